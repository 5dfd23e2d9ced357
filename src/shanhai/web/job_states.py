"""How far a piece of background work is: kept with its delivery, where site and worker both find it.

The queue in the database holds only that there is work (an opaque token and who asked); what it is, how far it came and
what came of it lies in the folder of the delivery, which only its sender can name. Beside it each user has a folder of
tokens that they have not seen the end of, so that every page can tell them without asking the database.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from shanhai.web.keeping import STATE, Delivery, of_user, write

#: Phases of a piece of work; the last two are its end. What its sender stops is removed altogether.
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
_STOP = "stop.asked"


@dataclass(frozen=True, slots=True)
class State:
    """Where a piece of work stands: which work, what it was asked, since when, at which step, and how it ended."""

    job: str
    asked_at: str
    phase: str = WAITING
    ended_at: str = ""
    step: str = ""
    done: int = 0
    total: int = 0
    sentence: str = ""
    given: dict[str, Any] = field(default_factory=dict)
    language: str = "zh-hans"
    unit: str = "auto"

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.phase in (WAITING, RUNNING)


def state_of(delivery: Delivery) -> State | None:
    """Where the work of a delivery stands; nothing where none was asked for."""
    try:
        return State(**json.loads((delivery.folder / STATE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def keep_state(delivery: Delivery, state: State, **changes: Any) -> State:
    """Keep where the work stands now; nothing where its sender has taken the delivery back meanwhile."""
    changed = replace(state, **changes)
    if delivery.folder.is_dir():
        write(delivery.folder / STATE, asdict(changed))
    return changed


@contextmanager
def alone(delivery: Delivery) -> Iterator[None]:
    """Nobody else changes what is asked of this delivery meanwhile: two presses of a button are one wish."""
    descriptor = os.open(delivery.folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def ask_to_stop(delivery: Delivery) -> None:
    """Ask running work to stop at its next step."""
    (delivery.folder / _STOP).touch()


def asked_to_stop(delivery: Delivery) -> bool:
    """Whether its sender wants it stopped, or has taken it back."""
    return not delivery.folder.is_dir() or (delivery.folder / _STOP).exists()


def _unseen_folder(user_id: int) -> Path:
    folder: Path = settings.HOME.root / "unseen" / str(user_id)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def mark_unseen(user_id: int, token: str) -> None:
    """From now on every page tells its user of this work."""
    (_unseen_folder(user_id) / token).touch()


def mark_seen(user_id: int, token: str) -> None:
    """Its user has seen how it ended."""
    (_unseen_folder(user_id) / token).unlink(missing_ok=True)


def unseen_by(user_id: int) -> list[tuple[Delivery, State]]:
    """Work of a user that runs, or whose end they have not seen, the newest first; what was swept away is forgotten."""
    found = []
    for mark in _unseen_folder(user_id).iterdir():
        delivery = of_user(user_id, mark.name)
        state = state_of(delivery) if delivery else None
        if delivery and state:
            found.append((delivery, state))
        else:
            mark.unlink(missing_ok=True)
    return sorted(found, key=lambda each: each[1].asked_at, reverse=True)


def work_glance(user_id: int) -> tuple[tuple[str, str], ...]:
    """What the header of a page says of a user's work depends on this."""
    return tuple((delivery.token, state.phase) for delivery, state in unseen_by(user_id))
