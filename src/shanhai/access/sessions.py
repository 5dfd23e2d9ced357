"""Signed-in sessions: opened after a password was verified, carried as a secret token, set for each transaction."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

from shanhai.access.models import User
from shanhai.access.terms import ROLES, Stage
from shanhai.base.findings import Refused, WrongUse
from shanhai.base.language import listed, say
from shanhai.journal.acts import ActKind, Author

#: A session ends after so long whatever is done, and after so long without being used.
LIFETIME: timedelta = settings.SESSION_LASTS
IDLE: timedelta = settings.SESSION_IDLE
#: The steps of signing in (code, new password, second factor) are done within this.
STEP = timedelta(minutes=15)
COMMAND_LINE = "shanhai"


@dataclass(frozen=True, slots=True)
class Book:
    """A scope and a side that a role reaches."""

    scope_id: int
    side: str
    role: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is signed in and what they reach, as the database says."""

    user_id: int
    username: str
    name: str
    books: tuple[Book, ...]
    founds_scopes: bool = False
    administers: bool = False
    #: Whether the database last noted more than a minute ago that the session is being used.
    touch_due: bool = False

    @property
    def author(self) -> Author:
        """The actor as the journal names them."""
        return Author(self.username, self.name)

    def roles(self) -> set[str]:
        """The roles the actor holds anywhere."""
        return {book.role for book in self.books}

    def sides(self, scope_id: int) -> list[str]:
        """The sides whose books the actor writes in this scope, east first."""
        sides = {
            book.side for book in self.books if book.scope_id == scope_id and book.role not in ("auditor", "viewer")
        }
        return [side for side in ("east", "west", "own") if side in sides]


def check_may(actor: Actor, act: ActKind, *, scope_id: int, side: str) -> None:
    """The first wall: refuse an act that is not the actor's duty in this book."""
    held = {book.role for book in actor.books if book.scope_id == scope_id and book.side == side}
    if held.isdisjoint(act.duties):
        duties = listed(say(ROLES[role].zh) for role in act.duties)
        raise Refused(
            say(
                "“{zh}”由{duties}办理；账号“{username}”在这一方的账上没有这项职责，没有写入任何内容。",
                zh=say(act.zh),
                duties=duties,
                username=actor.username,
            )
        )


def may(actor: Actor, act: ActKind, *, scope_id: int, side: str) -> bool:
    """Whether the first wall lets the act through; for pages."""
    try:
        check_may(actor, act, scope_id=scope_id, side=side)
    except Refused:
        return False
    return True


def open_session(
    user_id: int, *, stage: str = Stage.FULL, address: str = "", agent: str = "", idle: timedelta | None = None
) -> str:
    """Open a session for a user who proved who they are; answers the secret token.

    One that is not whole yet carries its user through the steps of signing in and opens no record.
    """
    token = secrets.token_urlsafe(32)
    digest, whole = _hash(token), stage == Stage.FULL
    lasting = _seconds(LIFETIME if whole else STEP)
    unused = min(lasting, _seconds(idle or (IDLE if whole else STEP)))
    proven = proof("session", user_id, digest, stage, lasting, unused)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_open_session(%s, %s, %s, %s, %s, %s, %s, %s)",
            [user_id, digest, str(stage), lasting, unused, address, agent, proven],
        )
    return token


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())


def proof(*parts: object) -> str:
    """What shows the database that the application asks, after it has checked a password or a code."""
    secret = settings.SESSION_SECRET
    return _hash("|".join([secret, *(str(part) for part in parts), secret]))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def carry(token: str) -> None:
    """Set the session for the transaction that is open; it falls away with it, also on a pooled connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('shanhai.session', %s, true)", [token])


def end_session() -> None:
    """Sign out: the carried session opens nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_end_session()")


def carried_actor(token: str) -> Actor | None:
    """Carry a session for the open transaction and answer its actor, in one question; none where it opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT user_id, username, name, books, founds, administers, touch_due FROM access_carry(%s)", [token]
        )
        row = cursor.fetchone()
    if row is None:
        return None
    user_id, username, name, books, *may_and_due = row
    return Actor(user_id, username, name, tuple(Book(*book) for book in books), *may_and_due)


def actor_of_session() -> Actor | None:
    """The actor of the session that is carried, or none where it is unknown, ended or expired."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('shanhai.session', true)")
        return carried_actor(cursor.fetchone()[0] or "")


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody on the way in: whose session it is, which step it waits for, whether a second factor is in force."""

    user_id: int
    username: str
    stage: Stage
    enrolled: bool


def step_of_session() -> Step | None:
    """How far the carried session has come, or none where it is unknown, ended or expired."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, username, stage, enrolled FROM access_stage()")
        row = cursor.fetchone()
    return Step(row[0], row[1], Stage(row[2]), row[3]) if row else None


@dataclass(frozen=True, slots=True)
class Glance:
    """Who a session belongs to, a digest of everything they were granted, and the head of the journal."""

    user_id: int
    rights: str
    head: int
    #: Says nothing of what the page shows, so pages are not told apart by it.
    touch_due: bool = field(default=False, compare=False)


def glance(token: str) -> Glance | None:
    """What a page depends on beside its address, in one question outside any transaction; none without a session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, rights, head, touch_due FROM access_glance(%s)", [token])
        row = cursor.fetchone()
    return Glance(*row) if row else None


def touch(token: str) -> None:
    """Note that a session is being used, in a transaction of its own: the request itself may only read."""
    with transaction.atomic():
        carry(token)
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_touch_session()")


@contextmanager
def acting_for(user_id: int) -> Iterator[Actor]:
    """A transaction under the rights an account has now, for work it asked for earlier; its session ends with the work."""
    with transaction.atomic():
        carry(open_session(user_id))
        actor = actor_of_session()
        if actor is None:
            raise Refused(say("您的账号已经停用，没有做任何事。请联系本单位的管理人员。"))
        yield actor
        end_session()


@contextmanager
def acting_as(username: str) -> Iterator[Actor]:
    """A transaction under the rights of a user, for the command line of whoever holds the home's keys."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise WrongUse(say("没有名为“{username}”的账号。请用 shanhai user list 查看现有账号。", username=username))
    with transaction.atomic():
        carry(open_session(user.pk, agent=COMMAND_LINE, idle=LIFETIME))
        actor = actor_of_session()
        if actor is None:
            raise Refused(say("账号“{username}”的会话没有建立起来，请检查账号是否停用。", username=username))
        yield actor
