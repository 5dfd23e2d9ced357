"""What users do with records of every area: give their word on the other side's, and add evidence."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars
from django.db import connection, connections
from django.db.models import Max

from shanhai.access import evidence
from shanhai.access.entering import SEPARATOR, Context, hold
from shanhai.access.sessions import Actor, check_may
from shanhai.access.terms import CLERK, FINANCE, OWNER, TEAM
from shanhai.access.words import NO_REASON, Hearing, Saying, lacks_reason, other_side
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.journal import actions
from shanhai.journal.acts import kind
from shanhai.journal.models import PartnerWord, Record
from shanhai.journal.terms import Word

GIVE_WORD = kind("access.word.given", "对对方的记录表态", duties=(CLERK, FINANCE))
KEEP_EVIDENCE = kind("access.evidence.kept", "添加凭证", duties=(CLERK, FINANCE, OWNER, TEAM))


class Corrected(Refused):
    """A record was corrected after it was read; no word was given on it."""


class NoReason(Refused):
    """A dispute says nothing of what is wrong."""


def give_word(
    record: Record, *, word: Word, note: str, actor: Actor, today: date, seen: int | None = None
) -> str:  # fmt: skip
    """Confirm or dispute a record of the other side; answers the key of the word given.

    Only a clerk or finance officer of the other side gives it, and a dispute says why. The latest word counts.
    `seen` is the entry at which the giver saw the record, where that was before it was read here: a word is given on
    what was seen, so where the record was corrected since, none is.
    """
    entry = record.entry if seen is None else seen
    with _speaking([record], [entry], actor=actor, note=note.strip()) as speaking:
        if speaking.moved():
            raise Corrected(say("这条记录在您打开之后更正过，您的表态没有保存。请看过现在的内容，再表态。"))
        if lacks_reason(word, note):
            raise NoReason(say(NO_REASON))
        return speaking.give(word, today)[0]


def confirm_records(records: Sequence[Record], *, actor: Actor, today: date) -> uuid.UUID:
    """Confirm records of the other side that wait for a word, all in one act; answers its number.

    The records are of one scope and one side's book, of whatever types. Where one of them was corrected since it was
    read, or has its word already (confirmed or disputed), none is confirmed. A dispute has its own reason, so each is
    given alone.
    """
    if not records:
        raise Refused(say("没有要确认的记录。"))
    with _speaking(records, [record.entry for record in records], actor=actor) as speaking:
        if moved := speaking.moved(or_spoken_of=True):
            raise Refused(say("其中 {n} 条刚刚更正过，或者已经表过态，没有确认任何一条。请重新核对。", n=moved))
        speaking.give(Word.CONFIRMED, today)
    return speaking.opened.id


def give_words(*, rows: polars.DataFrame, context: Context) -> int:
    """Give a side's word on the records that rows of a worksheet name, within the act of the load; answers how many.

    A word is added and never changed: the same word again is nothing new, another one counts from now on.
    """
    check_may(context.actor, GIVE_WORD, scope_id=context.scope_id, side=context.side)
    heard = Hearing.of(rows, context)
    hold(heard.problems)
    return len(_write(heard.sayings, setting=actions.Setting(context.scope_id, context.side), under=context.act))


@dataclass(frozen=True, slots=True)
class _Speaking:
    """A side's word being given on records of the other side's book, as seen at these entries, within its act."""

    records: Sequence[Record]
    seen: Sequence[int]
    side: str
    note: str
    opened: actions.OpenAct

    @property
    def scope_id(self) -> int:
        return self.records[0].scope_id

    def moved(self, *, or_spoken_of: bool = False) -> int:
        """How many records are not any more as they were seen, or have a word since; nobody else writes meanwhile."""
        by_type: dict[type[Record], dict[str, int]] = {}
        for record, entry in zip(self.records, self.seen, strict=True):
            by_type.setdefault(type(record), {})[record.key] = entry
        return sum(self._moved(model, seen, or_spoken_of=or_spoken_of) for model, seen in by_type.items())

    def _moved(self, model: type[Record], seen: dict[str, int], *, or_spoken_of: bool) -> int:
        kept = model._default_manager.filter(scope_id=self.scope_id, key__in=seen)
        entries = dict(kept.values_list("key", "entry"))
        spoken = self._spoken_of(model) if or_spoken_of else {}
        return sum(entries.get(key) != entry or spoken.get(key, 0) > entry for key, entry in seen.items())

    def _spoken_of(self, model: type[Record]) -> dict[str, int]:
        words = PartnerWord.objects.filter(scope_id=self.scope_id, record_type=model.type_name())
        return dict(words.values_list("record_key").annotate(Max("entry")))

    def give(self, word: Word, today: date) -> list[str]:
        """Write the word on each record; answers the keys."""
        sayings = [Saying(record, word, self.note, today) for record in self.records]
        return _write(sayings, setting=actions.Setting(self.scope_id, self.side), under=self.opened)


def _write(sayings: Sequence[Saying], *, setting: actions.Setting, under: actions.OpenAct) -> list[str]:
    """Write words of one side; answers their keys, numbered on from the words given before."""
    if not sayings:
        return []
    given = PartnerWord.objects.filter(scope_id=setting.scope_id).count()
    code = sayings[0].record.scope.code
    rows = [
        {
            "key": f"{code}{SEPARATOR}BT-{number:06d}", "scheme": one.record.scheme,
            "record_type": one.record.type_name(), "record_key": one.record.key, "word": str(one.word),
            "note": one.note, "said_on": one.said_on, **one.marks,
        }
        for number, one in enumerate(sayings, start=given + 1)
    ]  # fmt: skip
    actions.record(PartnerWord, polars.DataFrame(rows), under=under, setting=setting)
    return [str(row["key"]) for row in rows]


@contextmanager
def _speaking(records: Sequence[Record], seen: Sequence[int], *, actor: Actor, note: str = "") -> Iterator[_Speaking]:
    """The act of giving a word on records; refused where none is due, or it is not the actor's to give."""
    books = {(record.scope_id, other_side(record)) for record in records}
    if any(not side for _, side in books):
        raise Refused(say("这条记录不涉及对方，不需要对方表态。"))
    if len(books) != 1:
        raise Refused(say("一次只能确认同一范围内、同一方登记的记录，没有确认任何一条。"))
    ((scope_id, side),) = books
    check_may(actor, GIVE_WORD, scope_id=scope_id, side=side)
    with actions.act(GIVE_WORD, author=actor.author, scope_id=scope_id, reason=note, source={"kind": "form"}) as opened:
        yield _Speaking(records, seen, side, note, opened)


_KEEP = """
    WITH fresh AS (
        INSERT INTO journal_evidence (digest, scope_id, owner_side, record_type, record_key, name, media_type, size, act_id, entry)
        VALUES (%(digest)s, %(scope)s, %(side)s, %(type)s, %(key)s, %(name)s, %(media)s, %(size)s, %(act)s,
                nextval(pg_get_serial_sequence('journal_entry', 'seq')))
        ON CONFLICT (digest, scope_id, record_type, record_key) DO NOTHING
        RETURNING *
    )
    INSERT INTO journal_entry (seq, act_id, scope_id, record_type, record_key, before, after)
    SELECT entry, act_id, scope_id, 'journal.evidence', digest, NULL, row_to_json(fresh)::text FROM fresh
"""


def keep_evidence(record: Record, *, name: str, body: bytes, actor: Actor) -> str:
    """Add a file to a record of the actor's own book; answers the SHA-256 it is kept under."""
    check_may(actor, KEEP_EVIDENCE, scope_id=record.scope_id, side=record.owner_side)
    media = evidence.media_type_of(body)
    digest = evidence.store(body)
    form = {"kind": "form"}
    with (
        actions.act(KEEP_EVIDENCE, author=actor.author, scope_id=record.scope_id, source=form) as opened,
        connection.cursor() as cursor,
    ):
        kept: dict[str, Any] = {
            "digest": digest, "scope": record.scope_id, "side": record.owner_side, "type": record.type_name(),
            "key": record.key, "name": name[:200], "media": media, "size": len(body), "act": opened.id,
        }  # fmt: skip
        cursor.execute(_KEEP, kept)
        if cursor.rowcount == 0:
            raise Refused(say("这份文件已经是这条记录的凭证，没有重复保存。"))
    return digest


def keep_secret(using: str, secret: str) -> None:
    """Give the database its half of the secret that proves a session; the owner role does this at set-up."""
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM access_secret")
        cursor.execute("INSERT INTO access_secret (value) VALUES (%s)", [secret])


def account_names(using: str) -> set[str]:
    """The accounts there are."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT username FROM access_user")
        return {row[0] for row in cursor.fetchall()}


def add_account(using: str, *, username: str, name: str, hashed: str, grants: list[dict[str, Any]]) -> None:
    """Make an account with its grants; a name that is taken is refused. The owner role does this."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_user (username, display_name, password, is_active) VALUES (%s, %s, %s, true)"
            " ON CONFLICT (username) DO NOTHING RETURNING id",
            [username, name, hashed],
        )
        made = cursor.fetchone()
        if made is None:
            raise Refused(say("账号“{username}”已经存在。请换一个账号名。", username=username))
        for grant in grants:
            cursor.execute(
                "INSERT INTO access_grant (user_id, role, reach, scope_id, region_code, side) VALUES (%s, %s, %s, %s, %s, %s)",
                [
                    made[0],
                    grant["role"],
                    grant["reach"],
                    grant.get("scope_id"),
                    grant.get("region_code", ""),
                    grant["side"],
                ],
            )
