"""What changed lately in a pairing and who changed it, act by act."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from shanhai.base.language import say
from shanhai.journal.acts import KINDS
from shanhai.reference.models import Scope
from shanhai.web import wording

MOST = 8
#: How many statements are looked back over; entries have no index by act, but a statement's first entry is found by key.
_LOOKED_BACK = 400


#: The first entry of each late statement with its act; the rest of a statement is told by its number.
_LATE = """
    SELECT entry.act_id, entry.record_type, entry.record_key, link.entry_count,
           act.code, act.acted_at, coalesce(nullif(act.acted_by_name, ''), act.acted_by), act.reason
    FROM (SELECT first_seq, entry_count FROM journal_link ORDER BY n DESC LIMIT %s) AS link
    JOIN journal_entry AS entry ON entry.seq = link.first_seq AND entry.scope_id = %s
    JOIN journal_act AS act ON act.id = entry.act_id
    ORDER BY entry.seq DESC
"""


@dataclass(frozen=True, slots=True)
class Late:
    """A late act: what it is, when, who, why, and what it wrote as (type, first key, how many)."""

    code: str
    at: datetime
    who: str
    reason: str
    written: list[tuple[str, str, int]] = field(default_factory=list)


def lately(scope: Scope) -> list[dict[str, Any]]:
    """The latest acts, newest first, each with what it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(_LATE, [_LOOKED_BACK, scope.pk])
        acts: dict[Any, Late] = {}
        for act_id, name, key, count, *told in cursor.fetchall():
            acts.setdefault(act_id, Late(*told)).written.append((name, key, count))
    return [_line(late) for late in list(acts.values())[:MOST]]


def _line(late: Late) -> dict[str, Any]:
    kind, types = KINDS.get(late.code), wording.record_types()
    counts: Counter[str] = Counter()
    for name, _, count in late.written:
        if name in types:
            counts[name] += count
    parts = [say("{type} {n} 条", type=wording.type_word(types[name]), n=n) for name, n in counts.most_common()]
    name, key, _ = late.written[0]
    return {
        "when": wording.moment(late.at),
        "who": late.who,
        "act": say(kind.zh) if kind else late.code,
        "told": say("、").join(parts[:3]) + (say("等") if len(parts) > 3 else ""),
        "url": wording.record_url(name, key) if counts.total() == 1 and name in types else "",
        "reason": late.reason,
    }
