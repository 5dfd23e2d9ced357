"""What the pages write for a user who fills in a form: drafts, who is there, which forms were saved already.

None of it is a record: nothing counts it, nothing is journalled, and each row belongs to one user.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from shanhai.access.sessions import Actor
from shanhai.web.models import Draft, Presence, SavedForm

#: How long a user counts as being at a form after the page last asked; the page asks every 15 seconds.
PRESENT_FOR = timedelta(seconds=45)
_FORGOTTEN_AFTER = timedelta(minutes=10)
_SAVED_KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class FormName:
    """Which form of which book: the record type, and the key where a record is corrected."""

    scope_id: int
    side: str
    record_type: str
    record_key: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """The columns that name the form."""
        return {
            "scope_id": self.scope_id, "side": self.side, "record_type": self.record_type, "record_key": self.record_key,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form: the values typed, and those it was opened with at which version of the record."""

    values: Mapping[str, str]
    opened: Mapping[str, str] = field(default_factory=dict)
    version: int = 0


def keep_draft(name: FormName, typed: Typed, *, actor: Actor, now: datetime) -> None:
    """Keep what a user typed; one draft per form and user."""
    told = {"values": dict(typed.values), "opened": dict(typed.opened), "version": typed.version, "kept_at": now}
    Draft.objects.update_or_create(user_id=actor.user_id, **name.fields, defaults=told)


def drop_draft(name: FormName, *, actor: Actor) -> None:
    """Throw a draft away, because it was saved or is not wanted."""
    Draft.objects.filter(user_id=actor.user_id, **name.fields).delete()


def be_present(name: FormName, *, actor: Actor, now: datetime) -> None:
    """Note that the user has the form of a record open; old rows of the same user go."""
    Presence.objects.filter(user_id=actor.user_id, seen_at__lt=now - _FORGOTTEN_AFTER).delete()
    Presence.objects.update_or_create(
        user_id=actor.user_id, scope_id=name.scope_id, record_type=name.record_type, record_key=name.record_key,
        defaults={"seen_at": now},
    )  # fmt: skip


def leave(name: FormName, *, actor: Actor) -> None:
    """The user has done with the form of a record."""
    Presence.objects.filter(
        user_id=actor.user_id, scope_id=name.scope_id, record_type=name.record_type, record_key=name.record_key
    ).delete()  # fmt: skip


_TAKE = """
    INSERT INTO web_savedform (user_id, scope_id, token, digest, record_type, record_key, saved_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (user_id, scope_id, token) DO NOTHING
"""


def take_token(name: FormName, *, token: str, digest: str, actor: Actor, now: datetime) -> bool:
    """Use up the token of a form; false where it was used before. A second sender waits for the first one's end."""
    SavedForm.objects.filter(user_id=actor.user_id, saved_at__lt=now - _SAVED_KEPT_FOR).delete()
    row: list[Any] = [actor.user_id, name.scope_id, token, digest, name.record_type, name.record_key, now]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, row)
        return bool(cursor.rowcount)
