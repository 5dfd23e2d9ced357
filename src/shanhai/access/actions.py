"""What users do with records of every area: give their word on the other side's, and add evidence."""

from datetime import date
from typing import Any

import polars
from django.db import connection, connections

from shanhai.access import evidence
from shanhai.access.entering import SEPARATOR
from shanhai.access.sessions import Actor, check_may
from shanhai.access.terms import CLERK, FINANCE, OWNER, TEAM
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.journal import actions
from shanhai.journal.acts import kind
from shanhai.journal.models import PartnerWord, Record
from shanhai.journal.terms import Side, Word

GIVE_WORD = kind("access.word.given", "对对方的记录表态", duties=(CLERK, FINANCE))
KEEP_EVIDENCE = kind("access.evidence.kept", "添加凭证", duties=(CLERK, FINANCE, OWNER, TEAM))
_ACROSS = {Side.EAST: Side.WEST, Side.WEST: Side.EAST}


def other_side(record: Record) -> str:
    """The side that confirms or disputes a record; none where it crosses no border."""
    return str(_ACROSS.get(Side(record.owner_side), "")) if record.crosses_border else ""


def give_word(record: Record, *, word: Word, note: str, actor: Actor, today: date) -> str:
    """Confirm or dispute a record of the other side; answers the key of the word given.

    Only a clerk or finance officer of the other side gives it, and a dispute says why. The latest word counts.
    """
    side = other_side(record)
    if not side:
        raise Refused(say("这条记录不涉及对方，不需要对方表态。"))
    check_may(actor, GIVE_WORD, scope_id=record.scope_id, side=side)
    if word is Word.DISPUTED and not note.strip():
        raise Refused(say("提出异议请写明理由：哪一项不一致，本方的账上是多少。"))
    with actions.act(
        GIVE_WORD, author=actor.author, scope_id=record.scope_id, reason=note.strip(), source={"kind": "form"}
    ) as opened:
        given = PartnerWord.objects.filter(scope_id=record.scope_id).count()
        key = f"{record.scope.code}{SEPARATOR}BT-{given + 1:06d}"
        row = {
            "key": key, "record_type": record.type_name(), "record_key": record.key, "word": str(word),
            "note": note.strip(), "said_on": today,
        }  # fmt: skip
        setting = actions.Setting(record.scope_id, side, record.scheme)
        actions.record(PartnerWord, polars.DataFrame([row]), under=opened, setting=setting)
    return key


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
