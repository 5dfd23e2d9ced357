"""What changed lately in a pairing and who changed it, act by act."""

from dataclasses import dataclass
from typing import Any

from shanhai.base.language import say
from shanhai.journal.acts import KINDS
from shanhai.journal.models import Act, Entry, Link
from shanhai.reference.models import Scope
from shanhai.web import wording

MOST = 8
#: How many statements are looked back over; entries have no index by act, but a statement's first entry is found by key.
_LOOKED_BACK = 400


@dataclass(frozen=True, slots=True)
class Written:
    """What one statement of an act wrote: the type, how many, the first key."""

    record_type: str
    count: int
    key: str


def lately(scope: Scope) -> list[dict[str, Any]]:
    """The latest acts, newest first, each with what it wrote."""
    counts = dict(Link.objects.order_by("-n").values_list("first_seq", "entry_count")[:_LOOKED_BACK])
    firsts = Entry.objects.filter(seq__in=list(counts), scope_id=scope.pk).order_by("-seq")
    written: dict[Any, list[Written]] = {}
    for seq, act_id, record_type, key in firsts.values_list("seq", "act_id", "record_type", "record_key"):
        written.setdefault(act_id, []).append(Written(record_type, counts[seq], key))
    latest = list(written)[:MOST]
    acts = {act.pk: act for act in Act.objects.filter(pk__in=latest)}
    return [_line(acts[act_id], written[act_id]) for act_id in latest if act_id in acts]


def _line(act: Act, written: list[Written]) -> dict[str, Any]:
    kind = KINDS.get(act.code)
    types = wording.record_types()
    counts: dict[str, int] = {}
    for one in written:
        if one.record_type in types:
            counts[one.record_type] = counts.get(one.record_type, 0) + one.count
    parts = [
        say("{type} {n} 条", type=wording.type_word(types[name]), n=n) for name, n in sorted(counts.items(), key=_most)
    ]
    single = written[0] if sum(counts.values()) == 1 and written[0].record_type in types else None
    return {
        "when": wording.moment(act.acted_at),
        "who": act.acted_by_name or act.acted_by,
        "act": say(kind.zh) if kind else act.code,
        "told": say("、").join(parts[:3]) + (say("等") if len(parts) > 3 else ""),
        "url": wording.record_url(single.record_type, single.key) if single else "",
        "reason": act.reason,
    }


def _most(counted: tuple[str, int]) -> int:
    return -counted[1]
