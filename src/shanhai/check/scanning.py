"""Going through a running text from left to right and taking every figure that claims something."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from shanhai.base.units import UNITS
from shanhai.check.bare_numbers import is_large, is_money, unit_of_bare_number
from shanhai.check.counting import Around, counted_unit
from shanhai.check.day_words import days_in
from shanhai.check.hedges import combined, hedge_after, hedge_before
from shanhai.check.non_claims import blocked_spans, idle_ones
from shanhai.check.quantities import LOST, Quantity, quantity_at
from shanhai.check.surroundings import Bounds, bounds_of
from shanhai.check.tables import cell_at, unit_of_bare

_PLACE_COUNT = r"\d?[省市县区乡镇村州]"
_LARGE_AMOUNT = r"\d{2,}(?:\.\d+)?[余多]?[万亿]"
_START = re.compile(
    rf"(?<![\d.])\d|(?<=(?<!\d)[12]\d\d\d)(?:\d(?={_PLACE_COUNT})|[1-9](?={_LARGE_AMOUNT}))|"
    r"[零〇一二两三四五六七八九十百千万亿半几数翻对过大减折]"
)
_FIRMS_BEFORE = re.compile(
    r"(?:企业|主体|商户|公司|合作社|规上|厂商|国企|民企|外企|上市|“专精特新”|专精特新)(?:工业)?"
    r"(?:约|近|超过?|共|达到?|有|新增|增加|增至|为|:|数|总数|不少于|不低于|至少|累计|合计|突破|[(“])*$"
)
_DWELLERS = re.compile(r"农户|牧户|居民|贫困户|脱贫|监测户|困难户|低保|群众|村民|家庭|人家|养殖|种植")
_FIRMS_AFTER = re.compile(r"[^,。;、的\d]{0,6}?(?:企业|国企|民企|央企|市场主体|商户|工商户)")
#: A year whose 年 was lost, glued to the figure behind it.
_GLUED_YEAR = re.compile(rf"(?:19|20)\d\d(?:(?=\d{_PLACE_COUNT})|(?=[1-9]{_LARGE_AMOUNT}))")
_LOST_ORDINAL = re.compile(r"[次届批期轮名位]")
#: What is left of a number whose first digits were lost (?023年).
_CUT_OFF = re.compile(r"0\d")
_RATIO_CUE = re.compile(
    r"比例|收入比|比(?:缩小|扩大|下降|提高|调整|降低)?(?:到|至|为|是|达)|比为|之比|按|配比|结构|分成|出资|配套|占比|股|∶"
)
_FROM = re.compile(r"(?:从(?!前|来|此|事|业|严|未)|由(?!于|此|来))[^,。;\d]{0,10}$")
_CAMERAS = re.compile(r"探头|摄像|监控|视频")
#: What follows 里 where it is a distance and no part of a name.
_DISTANCE = re.compile(r"[山路地外远,。;!的之、开水旱长长]|坡路|土路|小路|$")
_TO_NOTHING = re.compile(r"(?:降|减|缩|归)(?:到|至|为)了?$")
_VAGUE_UNITS = frozenset(["mu", "li", "km", "CNY", "tonne", "metre", "sqm", "km2"])
_PLACES = frozenset(["province_level", "prefecture", "city", "district", "county", "township", "village"])


@dataclass(frozen=True, slots=True)
class Found:
    """A claim found at text[start:end] of the running text."""

    start: int
    end: int
    value: Decimal | str | None
    high: Decimal | None
    unit: str
    qualifier: str
    word: str


class _Blocked:
    """Spans whose numerals claim nothing."""

    def __init__(self, text: str) -> None:
        self._at = {at for start, end, _why in blocked_spans(text) for at in range(start, end)}
        self._idle = idle_ones(text)

    def holds(self, start: int, end: int, *, ranged: bool = False) -> bool:
        """Whether any sign of text[start:end] stands in such a span, or the whole is an idle 一 and no range (一到两个)."""
        idle = end == start + 1 and start in self._idle and not ranged
        return idle or any(at in self._at for at in range(start, end))


def scan(text: str, *, published: date | None = None) -> list[Found]:
    """All claims of a running text in their order."""
    days = days_in(text, published=published)
    blocked = _Blocked(text)
    found: list[Found] = [
        Found(day.start, day.end, day.value, None, "date", "exact", "")
        for day in days
        if day.states and not blocked.holds(day.start, day.end)
    ]
    taken = [(day.start, day.end) for day in days]
    history: list[tuple[Quantity, str]] = []
    at = 0
    while (start := _START.search(text, at)) is not None:
        at = start.start()
        after_day = _inside(taken, at)
        if after_day:
            at = after_day
            continue
        step, claims = _take(text, at, blocked, history)
        found += claims
        at = max(step, at + 1)
    return _named_elsewhere(sorted(found, key=lambda one: one.start))


def _named_elsewhere(found: list[Found]) -> list[Found]:
    """A headline's 950个 is what the text counts when it gives the same number again with its noun; else things."""
    named = {(one.value, one.word): one.unit for one in reversed(found) if one.unit != "unit"}
    return [replace(one, unit=named.get((one.value, one.word), "item")) if one.unit == "unit" else one for one in found]


def _inside(spans: list[tuple[int, int]], at: int) -> int:
    place = bisect_right(spans, (at, len(spans) + 10**9)) - 1
    return spans[place][1] if place >= 0 and spans[place][0] <= at < spans[place][1] else 0


def _take(text: str, at: int, blocked: _Blocked, history: list[tuple[Quantity, str]]) -> tuple[int, list[Found]]:
    """The claims read at this place and where to go on."""
    quantity = quantity_at(text, at)
    if text[at] == "零" and _TO_NOTHING.search(text[max(0, at - 5) : at]) and history:
        return at + 1, [Found(at, at + 1, Decimal(0), None, history[-1][1], "exact", "零")]
    if quantity is None:
        return at + 1, []
    if _GLUED_YEAR.match(text, at):
        return at + 4, []
    core = quantity.number.end if quantity.number else quantity.end
    if blocked.holds(quantity.start, core, ranged=quantity.high is not None):
        return core, []
    if _is_from_to(text, quantity):
        return _split(text, quantity, history)
    one = _claim(text, _scaled(text, quantity), history)
    return (quantity.end, [one]) if one else (core, [])


def _scaled(text: str, quantity: Quantity) -> Quantity:
    """A bare number of a table whose unit stands in the head of its column (资金(万元))."""
    value = quantity.value
    cell = cell_at(text, quantity.start) if not quantity.word else None
    if cell is None or not isinstance(value, Decimal) or cell.text.strip() != text[quantity.start : quantity.end]:
        return quantity
    unit = unit_of_bare(cell)
    if unit is None:
        return quantity
    settled = unit[0] in UNITS
    return replace(
        quantity,
        value=value * unit[1],
        unit=unit[0] if settled else "",
        by_noun=not settled,
        word=unit[0],
    )


def _is_from_to(text: str, quantity: Quantity) -> bool:
    ranged = quantity.high is not None and quantity.number is not None and quantity.number.high is None
    return ranged and _FROM.search(text[max(0, quantity.start - 14) : quantity.start]) is not None


def _split(text: str, quantity: Quantity, history: list[tuple[Quantity, str]]) -> tuple[int, list[Found]]:
    """从500到800户: two figures and no range."""
    last = _claim(text, quantity, history)
    if last is None or quantity.number is None:
        return quantity.end, []
    second = re.compile(r"(?:-|~|到|至|或)").search(text, quantity.number.end)
    middle = second.end() if second else quantity.end
    first = Found(quantity.start, middle - 1, quantity.value, None, last.unit, "exact", quantity.word)
    return quantity.end, [
        first,
        Found(middle, quantity.end, quantity.high, None, last.unit, last.qualifier, quantity.word),
    ]


def _claim(text: str, quantity: Quantity, history: list[tuple[Quantity, str]]) -> Found | None:
    bounds = bounds_of(text, quantity.start, quantity.end)
    unit = _unit(text, quantity, bounds, history)
    if not unit or not _plausible(text, quantity, unit) or _points_back(text, quantity, unit, history):
        return None
    history.append((quantity, unit))
    bare = (
        bool(quantity.number and quantity.number.bare)
        or quantity.value is None
        or bool(quantity.number and quantity.number.high)
    )
    qualifier = combined(
        before=hedge_before(
            text, quantity.start, unit=unit, bare=bool(quantity.number and quantity.number.bare)
        ),
        inside=quantity.inside, after=hedge_after(text, quantity.end), bare=bare,
    )  # fmt: skip
    return Found(quantity.start, quantity.end, quantity.value, quantity.high, unit, qualifier, quantity.word)


def _unit(text: str, quantity: Quantity, bounds: Bounds, history: list[tuple[Quantity, str]]) -> str:
    if quantity.word == LOST and quantity.unit:
        return quantity.unit
    if not quantity.word:
        return unit_of_bare_number(text, quantity, bounds, history)
    if quantity.word == "户" and _are_firms(text, quantity, bounds, history):
        return "enterprise"
    if not quantity.by_noun:
        return quantity.unit
    line = text.rfind("\n", 0, quantity.start) + 1
    clause = line if "\t" in text[line : bounds.clause_start] else bounds.clause_start
    if quantity.word == LOST and is_large(text, quantity) and is_money(text[bounds.clause_start : quantity.start]):
        return "CNY"
    return counted_unit(text, quantity, Around(clause, bounds.clause_end, bounds.sentence_start, line), before=history)


def _are_firms(text: str, quantity: Quantity, bounds: Bounds, history: list[tuple[Quantity, str]]) -> bool:
    """Whether 户 counts firms: their noun stands beside it, or the sentence counted firms in 户 and names no household since."""
    if _FIRMS_BEFORE.search(text[bounds.sentence_start : quantity.start]) or _FIRMS_AFTER.match(text, quantity.end):
        return True
    last = next((pair for pair in reversed(history) if pair[0].word == "户"), None)
    if last is None or last[1] != "enterprise" or last[0].start < bounds.sentence_start:
        return False
    return _DWELLERS.search(text, last[0].end, quantity.end + 8) is None


def _points_back(text: str, quantity: Quantity, unit: str, history: list[tuple[Quantity, str]]) -> bool:
    """四市 for the second time means the four of before; 26县 in digits is a figure each time."""
    if quantity.number and quantity.number.chinese and text[quantity.start - 1 : quantity.start] == LOST:
        return _LOST_ORDINAL.match(quantity.word) is not None
    if not (quantity.number and quantity.number.chinese and unit in _PLACES and "个" not in quantity.word):
        return False
    return any(earlier.value == quantity.value and earlier.word == quantity.word for earlier, _unit in history)


def _plausible(text: str, quantity: Quantity, unit: str) -> bool:
    """Whether a quantity with its unit claims something: no page size, no lone 'several', no clock time."""
    number = quantity.number
    if unit == "ratio":
        around = text[max(0, quantity.start - 16) : quantity.end + 6]
        return str(quantity.value).count(":") > 1 or _RATIO_CUE.search(around) is not None
    if number is None:
        return True
    if _CUT_OFF.match(text, number.start) or (number.bare and text[number.start - 1 : number.start].isdigit()):
        return False
    if quantity.value is None:
        return unit in _VAGUE_UNITS or any(letter in "十百千万亿" for letter in text[number.start : number.end])
    if number.bare:
        return (
            text[number.start : number.end] not in {"万", "亿"}
            or unit != "CNY"
            or bool(hedge_before(text, number.start, unit=unit, bare=True) or hedge_after(text, quantity.end))
        )
    if quantity.word == "路":
        return _CAMERAS.search(text[max(0, quantity.start - 20) : quantity.start]) is not None
    if unit == "li" and number.chinese:
        return quantity.inside != "" or _DISTANCE.match(text, quantity.end) is not None
    return True
