"""Measure words: what may follow a number, and whether it settles the unit or leaves it to a noun."""

import re
from dataclasses import dataclass
from decimal import Decimal

from shanhai.check.lexicons import section


@dataclass(frozen=True, slots=True)
class Measure:
    """The measure word text[start:end]; `unit` is its unit, or its usual one where `by_noun` lets a noun decide."""

    start: int
    end: int
    unit: str
    by_noun: bool
    word: str
    factor: Decimal = Decimal(1)


_FACTORS = {
    "分钱": ("CNY", Decimal("0.01")),
    "毛钱": ("CNY", Decimal("0.1")),
    "角钱": ("CNY", Decimal("0.1")),
    "公顷": ("mu", Decimal(15)),
    "斤": ("tonne", Decimal("0.0005")),
    "公斤": ("tonne", Decimal("0.001")),
    "千克": ("tonne", Decimal("0.001")),
    "星期": ("day", Decimal(7)),
    "个星期": ("day", Decimal(7)),
    "周": ("day", Decimal(7)),
}


def _compiled(lines: list[str]) -> tuple[re.Pattern[str], list[str]]:
    """One pattern, a group a word, long words first, so that 个工作日 is not read as 个; and the unit of each group."""
    pairs = [(unit, word) for unit, *found in (line.split() for line in lines) for word in found]
    pairs.sort(key=lambda pair: len(pair[1].split("(?")[0]), reverse=True)
    return re.compile("|".join(f"({word})" for _unit, word in pairs)), [unit for unit, _word in pairs]


_PLACES = section("measures", "place")
_SETTLED_WORDS, _SETTLED_UNITS = _compiled(section("measures", "settled"))
_NOUN_WORDS, _NOUN_UNITS = _compiled(section("measures", "by noun"))
_PLACE_WORDS, _PLACE_UNITS = _compiled(_PLACES)
_FUSED_WORDS, _ = _compiled([re.sub(r"\|(?:里|内(?:\(\?!的\))?|外|上|中|一)(?=[|)])", "", line) for line in _PLACES])
_FACTOR_WORDS = re.compile(
    r"[分毛角]钱|公顷|公斤|千克|斤|个星期|星期|周(?!年|边|期|末|围|转|口|到|岁|刊|报|一|二|三|四|五|六|日|密|全|知|游)"
)


#: What follows a place noun that only says where the counted bodies are (12个乡镇卫生院).
_BODIES_OF_PLACES = re.compile(
    r"(?:团购|养老|服务|文化|便民|公立|公办|民办|标准化|中心|快递|电商|物流|消费|帮扶|就业|劳务|医疗|卫生|教育|综合){0,2}"
    r"(?:卫生院|卫生室|医院|学校|小学|中学|幼儿园|敬老院|养老院|食堂|工厂|车间|驿站|站点|站|点|馆|店|室|中心|平台|书屋|(?<=城市)社区)"
    r"(?![长员亮头面])"
)


def measure_at(text: str, at: int) -> Measure | None:
    """The measure word that begins at this place, fused place nouns (个县, 省市) included; None where none does."""
    place = _FUSED_WORDS.match(text, at + 1) if text.startswith("个", at) else None
    if place is not None and place.lastindex and not _BODIES_OF_PLACES.match(text, place.end()):
        return Measure(at, place.end(), _PLACE_UNITS[place.lastindex - 1], by_noun=False, word=text[at : place.end()])
    found = _longest(text, at)
    if found is not None:
        return found
    factor = _FACTOR_WORDS.match(text, at)
    if factor is None:
        return None
    unit, times = _FACTORS[factor.group()]
    return Measure(at, factor.end(), unit, by_noun=False, word=factor.group(), factor=times)


def _longest(text: str, at: int) -> Measure | None:
    best: Measure | None = None
    for words, units, by_noun in (
        (_SETTLED_WORDS, _SETTLED_UNITS, False),
        (_NOUN_WORDS, _NOUN_UNITS, True),
        (_PLACE_WORDS, _PLACE_UNITS, False),
    ):
        match = words.match(text, at)
        if match and match.lastindex and (best is None or match.end() > best.end):
            best = Measure(at, match.end(), units[match.lastindex - 1], by_noun, match.group())
    return best
