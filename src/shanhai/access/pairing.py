"""The one rule of all areas on when cooperation happens, and its refusal: an act is dated inside the pairing."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import polars

from shanhai.access.entering import Context
from shanhai.base.language import listed, say, together
from shanhai.reference.queries import Round, paired_on, rounds_of

OUTSIDE = "reference.outside_pairing"


def outside_pairing(
    rows: polars.DataFrame,
    fields: Iterable[str],
    context: Context,
    *,
    only: Callable[[dict[str, Any]], bool] = lambda row: True,
    advice: str = "",
) -> Iterator[tuple[dict[str, Any], str, str, str]]:
    """Acts of the cooperation on a day on which the two regions were not paired, as problems for `hold`.

    Rounds may follow each other or leave a gap; a day has to lie inside one of them. Where no round is registered, as
    in a region's own fund, there is nothing to hold a day against. `only` tells which rows are acts of the cooperation;
    `advice` is a further sentence on what to do in the area.
    """
    rounds = rounds_of(context.scope_id)
    if not rounds:
        return
    named = list(fields)
    for row in rows.iter_rows(named=True):
        for field in named:
            day = row.get(field)
            if day is not None and not paired_on(day, rounds) and only(row):
                sentence = say(
                    "{day} 不在结对期内：结对关系“{scope}”登记的是{rounds}。协作事项的日期应在其中一轮之内。"
                    "请核对日期；轮次缺少或起止日期有误的，请管理员先登记或更正结对关系。",
                    day=day.isoformat(), scope=context.scope_code, rounds=listed(map(_told, rounds)),
                )  # fmt: skip
                yield row, field, OUTSIDE, together(sentence, advice)


def _told(one: Round) -> str:
    first = one.first.isoformat()
    if one.last is None:
        return say("第 {number} 轮（{first} 至今）", number=one.number, first=first)
    return say("第 {number} 轮（{first} 至 {last}）", number=one.number, first=first, last=one.last.isoformat())
