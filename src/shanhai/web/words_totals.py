"""How the records of each type that crosses the border stand between the two sides, as numbers that open their list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from shanhai.base.language import say
from shanhai.web import declare, wording
from shanhai.web.waits import Waits
from shanhai.web.words import LABELS, place_of
from shanhai.web.words_asked import WordsAsked
from shanhai.web.words_found import ACROSS, Count, Standing, crossing_types
from shanhai.web.words_told import table_of

#: The columns of the totals, in their order.
_STANDINGS = (Standing.CONFIRMED, Standing.ASSERTED, Standing.CHANGED, Standing.DISPUTED)


@dataclass(slots=True)
class Total:
    """The records of a type by how they stand, and since when the oldest that is not settled does."""

    counts: Counter[str] = field(default_factory=Counter)
    oldest_at: datetime | None = None

    def take(self, one: Count) -> None:
        """Count in the records of one side that stand the same."""
        self.counts[one.standing] += one.count
        if one.turn and one.oldest_at:
            self.oldest_at = min(one.oldest_at, self.oldest_at or one.oldest_at)


def facts_of(asked: WordsAsked, counts: Iterable[Count]) -> list[dict[str, str]]:
    """How many wait for each side, and how many are settled."""
    by_turn: Counter[str] = Counter()
    for one in counts:
        by_turn[one.turn] += one.count
    told = [
        *(
            (say("等{place}办", place=place_of(asked.scope, side)), side, asked.whole.narrowed(turn=side))
            for side in ACROSS
        ),
        (say("对方已确认"), "", asked.whole.narrowed(standing=str(Standing.CONFIRMED))),
    ]
    return [
        {"label": label, "value": say("{n} 条", n=f"{by_turn[turn]:,}"), "url": narrowed.url() + "#rows"}
        for label, turn, narrowed in told
    ]


def totals_of(asked: WordsAsked, counts: Iterable[Count], waits: Waits) -> dict[str, Any]:
    """A line for each type that is declared to cross, also where the pairing has none of it."""
    totals = {name: Total() for name in crossing_types()}
    for one in counts:
        totals[one.record_type].take(one)
    heads = [say("记录类型"), say("合计"), *(say(LABELS[one]) for one in _STANDINGS), say("最早一条未了结")]
    columns = [{"label": head, "number": 0 < place <= len(_STANDINGS) + 1} for place, head in enumerate(heads)]
    rows = [_cells(asked, name, total, waits) for name, total in totals.items()]
    whole = sum((total.counts for total in totals.values()), Counter[str]())
    numbers = [whole.total(), *(whole[standing] for standing in _STANDINGS)]
    foot = [{"text": say("合计"), "head": True}, *(_number(n) for n in numbers), {"text": ""}]
    table = table_of(say("各类记录的表态"), columns, [*rows, foot])
    return table | {"stack": False, "rows": table["rows"][:-1], "foot": table["rows"][-1]["cells"]}


def compared_of(asked: WordsAsked) -> list[dict[str, str]]:
    """The pages on which areas compare more than the other side's word on these records."""
    types = crossing_types()
    return [
        {
            "label": say(one.zh),
            "type": wording.type_word(types[one.compares]),
            "url": wording.with_query(reverse(one.name), scope=asked.scope.code),
        }
        for one in declare.PAGES.values()
        if one.compares in types
    ]


def _cells(asked: WordsAsked, name: str, total: Total, waits: Waits) -> list[dict[str, Any]]:
    model = crossing_types()[name]
    listed = wording.with_query(wording.list_url(name), scope=asked.scope.code, **(model.crossing or {}))
    first = localtime(total.oldest_at).date() if total.oldest_at else None
    narrowed = ((one, asked.whole.narrowed(record_type=name, standing=str(one))) for one in _STANDINGS)
    return [
        {"text": wording.type_word(model), "head": True},
        _number(total.counts.total(), listed),
        *(_number(total.counts[one], to.url() + "#rows") for one, to in narrowed),
        {"text": say("{day}（{n} 天）", day=first.isoformat(), n=waits.days(first)), "whole": True}
        if first
        else {"text": "–"},
    ]


def _number(count: int, url: str = "") -> dict[str, Any]:
    return {"text": f"{count:,}", "number": True, "url": url if count else ""}
