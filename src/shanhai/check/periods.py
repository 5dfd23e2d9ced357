"""The period a number speaks of: a year or part of one, a span of years, as of an earlier day; else since the beginning.

A year governs the number of its own clause, and those of the clauses behind it when it stands alone in front of them;
the day of an event told ahead does not.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from shanhai.check.reading import ReadClaim
from shanhai.check.territory import Territory

_YEAR = r"(?:19|20)\d\d"
_AS_OF = re.compile(
    rf"(?:截至|截止到?)(?:目前|今)?(?:({_YEAR})年|(今年|去年|前年))(?:(\d{{1,2}})月)?(?:(\d{{1,2}})日)?(底|末)?"
)
_SPAN = re.compile(rf"({_YEAR})年?(?:(\d{{1,2}})月)?(?:至|到|—+|-|~|～)({_YEAR})年(?:(\d{{1,2}})月)?")
_PART = r"(上半年|下半年|第?[一二三四]季度|\d{1,2}月|)(?:\d{1,2}日)?"
_ONE = re.compile(
    rf"(自|从)?(?:({_YEAR})年|(今年|去年|前年|本年|上年))(?:度|全年|内|期间|里|当年)?{_PART}(以来|算起|起|至今|到今|到现在|开始|后|至|到|—)?"
)
_LATELY = re.compile(r"近([一二两三四五六七八九十]|\d{1,2})年")
_OF_A_YEAR = re.compile(
    rf"(?:用于|用在|作为|属于|列入|结转)[^,，]{{0,4}}(?:{_YEAR}年|[今去明]年)(?!以来|起|至今)|(?:{_YEAR}年|[今去明]年)度?(?:项目|预算|资金|计划)"
)
_UNNAMED = re.compile("全年|本年度|当年|同期|年内")
_COUNTS = re.compile(r"\d|[一两二三四五六七八九十百]+(?:次|个|项|场|批|家|所|名|人|份)")
_CUMULATED = re.compile("累计|总|共|合计")
_SINCE = re.compile("[^,，]{0,12}?(?:以来|至今|算起|到现在|到今天)")
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2}
_NUMERALS = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_DATED_FIRST = re.compile(rf"(?:{_YEAR}年|[今去前]年|[^,，]{{0,12}}全年)(?!以来|起|\d)")
_CLAUSE = re.compile("[,，]")


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of what a number speaks of; no first day means since the beginning."""

    start: date | None
    end: date


def period_told(claim: ReadClaim, territory: Territory, held_on: date, *, years: int) -> Span | None:
    """The days a number speaks of, by the words ahead of it; None where they name a part of the time that has no fixed days.

    `years`: how many whole years the pairing has lasted on the day held against (近三年 is then all of it).
    """
    whole = Span(None, held_on)
    if claim.unit in ("date", "year"):
        return whole
    if found := _AS_OF.search(territory.left):
        return Span(None, min(_end_of(found, held_on), held_on))
    if found := _last(_SPAN, territory.left):
        return Span(_first(int(found[1]), found[2]), min(_final(int(found[3]), found[4]), held_on))
    if _OF_A_YEAR.search(territory.own.partition(territory.number)[2]):
        return None
    governing = _governing(territory)
    if found := _LATELY.search(governing):
        lately = _NUMERALS.get(found[1]) or int(found[1])
        return whole if lately >= years else None
    found = _last(_ONE, governing)
    if found is None and _UNNAMED.search(governing):
        return None
    return _one(found, governing, held_on) if found else whole


def _governing(territory: Territory) -> str:
    """The words of time that reach the number: of its own clause, and a bare one in front of clauses that count things."""
    clauses = _CLAUSE.split(re.split("[;；]", territory.left)[-1])
    own = clauses.pop()
    for clause in reversed(clauses):
        alone = re.sub(r"^[\s　“”答问：:在]+", "", clause).strip()
        if _ONE.fullmatch(alone) or _LATELY.fullmatch(alone.removesuffix("来").removesuffix("间")):
            return clause + own
        counted = _COUNTS.search(_ONE.sub("", clause))
        if counted and _DATED_FIRST.match(alone) and not _CUMULATED.search(own):
            return alone + own
        if not counted or _ONE.search(clause):
            return own
    return own


def _one(found: re.Match[str], text: str, held_on: date) -> Span:
    year = int(found[2]) if found[2] else held_on.year + _RELATIVE[found[3]]
    start, end = _part(year, found[4])
    since = found[5] or found[1] == "自" or _SINCE.match(text, found.end())
    return Span(start, held_on if since and start <= held_on else min(end, held_on))


def _part(year: int, told: str) -> tuple[date, date]:
    months = {"": (1, 12), "上半年": (1, 6), "下半年": (7, 12)}
    if told.endswith("月"):
        first = last = min(12, max(1, int(told[:-1])))
    elif told.endswith("季度"):
        quarter = "一二三四".index(told.removesuffix("季度")[-1])
        first, last = quarter * 3 + 1, quarter * 3 + 3
    else:
        first, last = months[told]
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _end_of(found: re.Match[str], held_on: date) -> date:
    year = int(found[1]) if found[1] else held_on.year + _RELATIVE[found[2]]
    if found[3] is None:
        return date(year, 12, 31) if found[5] or year < held_on.year else held_on
    month = min(12, max(1, int(found[3])))
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(last, int(found[4]))) if found[4] else date(year, month, last)


def _first(year: int, month: str | None) -> date:
    return date(year, min(12, max(1, int(month))) if month else 1, 1)


def _final(year: int, month: str | None) -> date:
    last = min(12, max(1, int(month))) if month else 12
    return date(year, last, calendar.monthrange(year, last)[1])


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found
