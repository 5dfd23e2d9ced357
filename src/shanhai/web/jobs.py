"""Background work: a page asks for it, the worker does it, its sender may leave and come back.

    @job("lists.exported", noted("导出清单"), steps=("reading", "writing"))
    def export(asked: Asked) -> dict[str, Any]:
        with asked.result("清单.xlsx").open("wb") as target: ...
        return {}

    delivery = reserve(request.actor, now=timezone.now(), told={...})
    start(request.actor, delivery, "lists.exported", query={...})
    return redirect("job", token=delivery.token)

`asked.tell(step, done, total)` says how far it is; `asked.given` holds the words `start` was called with. What the work
answers is kept with the delivery: plain values, or a function of no arguments that tells them, which is asked once in
each language, so that a result can be read in another language than the one it was asked for in; a file under `asked.result(name)` is offered on the page of the work for a day. Work
that has a page of its own names its address with `page=`; that page shows `job_pages.progress` while `running`.

The work runs in one transaction under the rights its sender has when it runs. It may be taken up a second time after
the machine failed, so it must be such that doing it twice is doing it once.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from django.utils import timezone
from procrastinate.contrib.django import app

from shanhai.access.sessions import Actor
from shanhai.base.language import noted
from shanhai.base.progress import Tell
from shanhai.web.job_states import State, alone, keep_state, mark_seen, mark_unseen, state_of, unseen_by
from shanhai.web.keeping import Delivery
from shanhai.web.reading import reading

#: The one task the queue knows; what it is about lies with the delivery.
TASK = "shanhai.work"
#: How long a page waits for its work before it shows how far it is: small work is answered at once.
PATIENCE = timedelta(seconds=1.5)
_LOOK_AGAIN = 0.01
_RESULT = "result-"

STEPS = {
    "reading": noted("读取"),
    "comparing": noted("与已有记录比较"),
    "computing": noted("计算现有指标"),
    "writing": noted("写入"),
    "recomputing": noted("计算变动后的指标"),
    "marking": noted("标出问题"),
    "checking": noted("逐条核对"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a piece of work is given: for whom, which delivery, the words it was asked with, and whom to tell."""

    actor: Actor
    delivery: Delivery
    given: dict[str, Any]
    asked_at: datetime
    tell: Tell

    def result(self, name: str) -> Path:
        """Where the file to hand out is written; only one, under this name."""
        for other in self.delivery.folder.glob(f"{_RESULT}*"):
            other.unlink()
        return self.delivery.folder / f"{_RESULT}{name}"


Answer: TypeAlias = dict[str, Any]
Work: TypeAlias = Callable[[Asked], Answer | Callable[[], Answer]]


@dataclass(frozen=True, slots=True)
class Job:
    """A declared kind of background work: its name, what it is called, its steps, its page, whether it may be stopped."""

    name: str
    zh: str
    work: Work
    steps: tuple[str, ...] = field(default=())
    page: str = "job"
    back: str = "home"
    may_stop: bool = True


JOBS: dict[str, Job] = {}


def job(
    name: str, zh: str, *, steps: tuple[str, ...] = (), page: str = "job", back: str = "home", may_stop: bool = True
) -> Callable[[Work], Work]:
    """Declare background work; `page` shows its end, `back` is where one is led who stops it."""

    def declare(work: Work) -> Work:
        if name in JOBS or not set(steps) <= STEPS.keys():
            raise ValueError(f"job {name} is declared twice, or has a step without a word")
        JOBS[name] = Job(name, zh, work, steps, page, back, may_stop)
        return work

    return declare


def start(actor: Actor, delivery: Delivery, name: str, **given: Any) -> bool:
    """Ask for work on a delivery, to begin when this transaction is committed; not while other work on it is active.

    The queue is told the token and the number of the user, nothing else.
    """
    with alone(delivery):
        before = state_of(delivery)
        if before and before.active:
            return False
        now = reading()
        keep_state(
            delivery,
            State(JOBS[name].name, timezone.now().isoformat(), given=given, language=now.language, unit=now.unit),
        )
    mark_unseen(actor.user_id, delivery.token)
    app.configure_task(TASK, lock=delivery.token).defer(delivery=delivery.token, user=actor.user_id)
    return True


def settled(delivery: Delivery) -> State | None:
    """Where the work of a delivery stands, waited for while it is young enough to be answered at once."""
    while (state := state_of(delivery)) and state.active:
        if timezone.now() - datetime.fromisoformat(state.asked_at) > PATIENCE:
            return state
        time.sleep(_LOOK_AGAIN)
    return state


def running_of(actor: Actor) -> list[tuple[Delivery, State]]:
    """The user's work that waits or runs."""
    return [each for each in unseen_by(actor.user_id) if each[1].active]


def finished_of(actor: Actor) -> list[tuple[Delivery, State]]:
    """The user's work that has ended since they last looked."""
    return [each for each in unseen_by(actor.user_id) if not each[1].active]


def seen(actor: Actor, delivery: Delivery) -> None:
    """The user looks at how it ended."""
    mark_seen(actor.user_id, delivery.token)


def result_of(delivery: Delivery) -> tuple[str, Path] | None:
    """The file a piece of work hands out, with its name."""
    found = next(iter(delivery.folder.glob(f"{_RESULT}*")), None)
    return (found.name.removeprefix(_RESULT), found) if found else None
