"""Quantities: a number together with its measure word, range, percentage, tenths, fraction, multiple or ratio."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from shanhai.check.compound_quantities import compound_at
from shanhai.check.measure_words import Measure, measure_at
from shanhai.check.numerals import DIGITS, Number, amount, number_at

#: A character that was lost.
LOST = "?"
_AFTER_UNIT = frozenset(
    [
        "year",
        "month",
        "day",
        "hour",
        "minute",
        "second",
        "year_of_age",
        "times",
        "li",
        "km",
        "metre",
        "percent",
        "tonne",
        "mu",
        "workday",
    ]
)
_MORE = re.compile(r"多(?![个次种项家名元方样年位功边数少亏媒余半加措年渠])|有余")
_HALF = re.compile(r"半(?![年月天个路数山途夜截边成径导决球岛])")
_POINTS_AHEAD = re.compile(
    r"(?:提高|提升|上升|回落|下降|降低|增加|减少|扩大|缩小|收窄|上涨|下跌|[高低涨跌超多少升降增减])(?:了|出|近|约|超过?)*$"
)
_OF_INTEREST = re.compile(
    r"(?:贴息|利率|利息|年息|年化|让利|返点|抽成|佣金|手续费|毛利|净利|占比|比例|比重)[^,。;]{0,5}$"
)
_HALF_OF = re.compile(r"个半(月|小时|钟头)")
_RANGE = re.compile(r"(?:[-~]|到|至|或)")
_NOT_TENTHS = "功立员果本绩为交长分就品熟年套型形千效因份片批规"
_TENTHS = re.compile(
    rf"({DIGITS}|[一二两三四五六七八九十])(?:(?:到|至|-)?({DIGITS}|[一二三四五六七八九十]))?成(?![{_NOT_TENTHS}]|都(?![不没还])|人(?!家|均|口|[员群来参反选]))([一二三四五六七八九](?![个名家项月日年])|半)?"
)
_HUNDREDTHS = re.compile(rf"百分之({DIGITS}|[零一二三四五六七八九十百]+)(?:点([零一二三四五六七八九]+))?")
_PARTS = re.compile(r"([二三四五六七八九十百]{1,3}|\d{1,3})分之([一二两三四五六七八九十]|\d{1,2})")
_HALVES = re.compile(
    r"(一大半|一小半|一多半|一半|半数|大半(?=[的人村户在以数]|[,。;])|对半(?=[分开出])|过半(?=[,。;数的]))(多(?![个次年]))?"
)
_HALF_TIME = re.compile(
    r"(大?)半(?:个)?(天|年|小时|钟头|月|日)(多(?![个次种年样元家]))?(?!会|报|度|票|坡|来$|导|账|总|考|程|路)"
)
_FOLD = re.compile(r"翻(?:了|上)?([一二两三四五六]|\d)?番(多)?")
_PARTS_RATIO = re.compile(rf"{DIGITS}(?:[∶:]{DIGITS})+|(?<![\d:]){DIGITS}比{DIGITS}(?:比{DIGITS})*(?!\d)")
_HALF_UNITS = {"天": "day", "日": "day", "年": "year", "小时": "hour", "钟头": "hour", "月": "month"}
_COLLOQUIAL = re.compile(rf"({DIGITS}|[一二两三四五六七八九十]+)个(多?)(亿|万)(?![人名户亩吨])(?:元)?")
_SLASHED = re.compile(r"([1-9])/([2-9]|10)(?=的|以上|左右|强|多|[,。;])")
_NO_PAPERS = re.compile(r"零(?:材料|证明)")
_CARDINAL = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number read at text[start:end]; `unit` is empty where only a noun can tell; `word` its measure word.

    `by_noun` says that a noun decides the unit; `inside` is 余, 多 or 来; `number` the number itself, if any.
    """

    start: int
    end: int
    value: Decimal | str | None
    unit: str
    high: Decimal | None = None
    by_noun: bool = False
    word: str = ""
    inside: str = ""
    number: Number | None = None


def quantity_at(text: str, at: int) -> Quantity | None:
    """The quantity that begins at this place, its measure word, particle and range included; None where none does."""
    return _special_at(text, at) or _counted_at(text, at)


def _special_at(text: str, at: int) -> Quantity | None:
    for read in (
        _compound_at,
        _colloquial_at,
        _slashed_at,
        _no_papers_at,
        _hundredths_at,
        _parts_at,
        _tenths_at,
        _halves_at,
        _fold_at,
        _ratio_at,
    ):
        found = read(text, at)
        if found is not None:
            return found
    return None


def _compound_at(text: str, at: int) -> Quantity | None:
    """七年零三个月, 两块五, 一刻钟."""
    found = compound_at(text, at)
    if found is None:
        return None
    end, value, unit, word = found
    more = _MORE.match(text, end) if unit in _AFTER_UNIT else None
    return Quantity(at, end + (more is not None), value, unit, word=word, inside="多" if more else "")


def _colloquial_at(text: str, at: int) -> Quantity | None:
    """5个多亿 and 3个亿: money, as people say it."""
    match = _COLLOQUIAL.match(text, at)
    if match is None:
        return None
    value = (amount(match[1]) or Decimal(0)) * (amount(match[3]) or Decimal(1))
    return Quantity(at, match.end(), value, "CNY", word="亿", inside=match[2])


def _slashed_at(text: str, at: int) -> Quantity | None:
    """2/3 of something; not a date, a page or a rate of two units."""
    match = _SLASHED.match(text, at)
    if match is None or (at and text[at - 1] in "0123456789/.-"):
        return None
    return Quantity(at, match.end(), round(Decimal(match[1]) / Decimal(match[2]), 4), "fraction", word="分之")


def _no_papers_at(text: str, at: int) -> Quantity | None:
    """零材料 says that no document is asked for."""
    match = _NO_PAPERS.match(text, at)
    return Quantity(at, match.end(), Decimal(0), "document", word="零") if match else None


def _hundredths_at(text: str, at: int) -> Quantity | None:
    match = _HUNDREDTHS.match(text, at)
    if match is None:
        return None
    value = amount(match[1]) or Decimal(0)
    if match[2]:
        value += Decimal("0." + "".join(str(_CARDINAL.get(digit, 0)) for digit in match[2]))
    return Quantity(at, match.end(), value, "percent", word="百分之")


def _parts_at(text: str, at: int) -> Quantity | None:
    match = _PARTS.match(text, at)
    if match is None:
        return None
    whole, part = amount(match[1]) or Decimal(1), _cardinal(match[2])
    return Quantity(at, match.end(), round(part / whole, 4), "fraction", word="分之")


def _cardinal(written: str) -> Decimal:
    return Decimal(_CARDINAL[written]) if written in _CARDINAL else Decimal(written)


def _tenths_at(text: str, at: int) -> Quantity | None:
    match = _TENTHS.match(text, at)
    if match is None:
        return None
    first = _cardinal(match[1]) * 10
    if match[2]:
        return Quantity(at, match.end(), first, "percent", high=_cardinal(match[2]) * 10, word="成")
    rest = Decimal(5) if match[3] == "半" else _cardinal(match[3]) if match[3] else Decimal(0)
    return Quantity(at, match.end(), first + rest, "percent", word="成")


def _halves_at(text: str, at: int) -> Quantity | None:
    match = _HALVES.match(text, at)
    if match is not None:
        more = "多" if match[2] or match[1] in {"一大半", "一多半", "大半", "过半"} else ""
        return Quantity(at, match.end(), Decimal("0.5"), "fraction", word="半", inside=more)
    match = _HALF_TIME.match(text, at)
    if match is None or (at and text[at - 1] in "一两三四五六七八九十年天月倍多大0123456789个后前下上"):
        return None
    more = "多" if match[1] or match[3] else ""
    return Quantity(at, match.end(), Decimal("0.5"), _HALF_UNITS[match[2]], word="半", inside=more)


def _fold_at(text: str, at: int) -> Quantity | None:
    match = _FOLD.match(text, at)
    if match is None:
        return None
    times = int(_cardinal(match[1])) if match[1] else 1
    return Quantity(at, match.end(), Decimal(2**times), "times", word="番", inside="多" if match[2] else "")


def _ratio_at(text: str, at: int) -> Quantity | None:
    match = _PARTS_RATIO.match(text, at)
    if match is None or (at and text[at - 1] in "0123456789.:/-"):
        return None
    parts = re.split("[∶:比]", match.group())
    return Quantity(at, match.end(), ":".join(parts), "ratio", word="比")


def _counted_at(text: str, at: int) -> Quantity | None:
    number = number_at(text, at)
    if number is None:
        return None
    quantity = _with_measure(text, number)
    ranged = _range_from(text, number, quantity)
    return ranged or quantity


def _with_measure(text: str, number: Number) -> Quantity:
    inside, end = number.inside, number.end
    measure = None
    if text[end : end + 1] in tuple("余多来几"):
        measure = measure_at(text, end + 1)
        inside = text[end] if measure or text[end] in "余多" else inside
        end += bool(inside) and inside == text[end]
    measure = measure or measure_at(text, end)
    base = Quantity(number.start, end, number.value, "", high=number.high, inside=inside, number=number)
    if measure is None and not number.chinese and text[end : end + 1] == LOST:
        return _behind_lost(text, base)
    return _measured(text, base, measure) if measure else base


def _behind_lost(text: str, base: Quantity) -> Quantity:
    """A number whose next character is lost: a magnitude or a measure word, so what follows may still tell the unit."""
    measure = measure_at(text, base.end + 1)
    if measure is not None and measure.word in {"元", "人", "人次", "户", "亩"}:
        return replace(_measured(text, base, measure), word=LOST)
    return replace(base, end=base.end + 1, by_noun=True, word=LOST)


def _measured(text: str, base: Quantity, measure: Measure) -> Quantity:
    value, inside, end = base.value, base.inside, measure.end
    unit, by_noun, word = measure.unit, measure.by_noun, measure.word
    half_of = _HALF_OF.match(text, measure.start)
    if half_of:
        value, end, unit, by_noun, word = _plus_half(value), half_of.end(), _HALF_UNITS[half_of[1]], False, "个半"
    elif unit in _AFTER_UNIT and (half := _HALF.match(text, end)):
        value, end = _plus_half(value), half.end()
    if "多" in word:
        inside = "多"
    if word == "个点" and _is_points(text, base):
        unit, by_noun = "pp", False
    if (unit in _AFTER_UNIT or word == "倍") and (more := _MORE.match(text, end)):
        inside, end = "多", end + (more.group() == "多")
    if isinstance(value, Decimal):
        value *= measure.factor
    return replace(base, end=end, value=value, unit=unit, by_noun=by_noun, word=word, inside=inside)


def _is_points(text: str, base: Quantity) -> bool:
    """个点 for percentage points: behind a rise or a fall, or with a decimal, which no place has."""
    decimal = isinstance(base.value, Decimal) and base.value % 1 != 0
    if _OF_INTEREST.search(text, max(0, base.start - 12), base.start):
        return True
    return decimal or _POINTS_AHEAD.search(text, max(0, base.start - 8), base.start) is not None


def _plus_half(value: Decimal | str | None) -> Decimal | str | None:
    return value + Decimal("0.5") if isinstance(value, Decimal) else value


def _range_from(text: str, number: Number, first: Quantity) -> Quantity | None:
    sign = _RANGE.match(text, first.end)
    if sign is None or number.value is None:
        return None
    second = number_at(text, sign.end())
    if second is None or second.value is None:
        return None
    last = _with_measure(text, second)
    if not last.unit or (first.unit and (first.unit, first.word) != (last.unit, last.word)):
        return None
    if not isinstance(last.value, Decimal) or last.value <= number.value:
        return None
    low = first.value if first.unit else _same_magnitude(text, number, second)
    return replace(last, start=first.start, value=low, high=last.value, number=number)


def _same_magnitude(text: str, low: Number, high: Number) -> Decimal | None:
    """20到30万 means 20万 and 30万; 800到1.2万 does not mean 800万."""
    match = re.search(r"[百千万亿]+$", text[high.start : high.end])
    if low.value is None or match is None or text[low.end - 1] in "百千万亿":
        return low.value
    times = amount(match.group()) or Decimal(1)
    return low.value * times if high.value is not None and low.value * times < high.value else low.value
