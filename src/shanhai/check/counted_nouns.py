"""Nouns that say what a number counts: every noun of the field's reports with the unit it is counted in."""

import re
from dataclasses import dataclass
from functools import cache

from shanhai.check.lexicons import section, sections, words

_NOT_UNITS = {"other words", "no nouns", "last letters", "common"}
#: Every counting noun with its unit.
UNIT_OF: dict[str, str] = {
    noun: unit for unit, lines in sections("nouns") if unit not in _NOT_UNITS for noun in " ".join(lines).split()
}
_LAST_LETTER = {
    letter: unit for unit, letters in (line.split() for line in section("nouns", "last letters")) for letter in letters
}
_NO_NOUNS = frozenset(words("nouns", "no nouns"))
_OTHER_WORDS = words("nouns", "other words")
_SUFFIXED = re.compile("[㐀-鿿]{1,5}?[馆站室厂棚亭塔村镇县](?![长里上委级])")
_COMMON = frozenset(words("nouns", "common"))
_LOST = "?"
#: Words that are more often verbs; far from the number they name nothing counted.
_VERBAL = frozenset(
    ["服务", "培训", "申请", "直播", "演出", "比赛", "业务", "宣讲", "讲课", "研学", "认证", "手术", "会议", "活动"]
)
_BY_LENGTH = {length: [noun for noun in UNIT_OF if len(noun) == length] for length in range(2, 7)}
_HAN = re.compile("[㐀-鿿]+")
_PLACES = frozenset(["province_level", "prefecture", "city", "district", "county", "township", "village", "community"])
_AGENTS = frozenset(["org", "enterprise", "person", "household"])
_BODIES = "村镇乡县市区州校"
_AFTER_BODIES = re.compile(
    "[各和与及的在有都均全已将被为是实组参结脱摘拿签启完开竣获共由从到通引之以率告摆喝免走吃住变送享]"
    "|改(?![造革良建扩])|修(?![复缮建])|装(?!备)|用(?![水电地工])|建[起成]|种上|办起"
)
_LINK = re.compile(
    r"(?:建设|改造|帮扶|示范|协作|合作|服务|培训|扶贫|援建|援助|重点|特色|级|类|型|等|专业|技术|新型|优质|旅游|教育|医疗|经济|农业|的|\(.{1,4}\)|”)*"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A counting noun found at text[start:end] and the unit that it stands for."""

    start: int
    end: int
    unit: str


@cache
def lexicon() -> re.Pattern[str]:
    """All nouns and words as one pattern, the longest first; made on first use, for it takes most of a second.

    A noun is none before 化 (标准化厂房), and one that ends in 市 not before 民, 场 and their like (湾区市民).
    """
    return re.compile(
        "|".join(
            re.escape(noun)
            + ("(?![民场委政直]|化(?![整解验肥妆]))" if noun.endswith("市") else "(?![馆室厂棚]|化(?![整解验肥妆]))")
            for noun in sorted({*UNIT_OF, *_OTHER_WORDS}, key=len, reverse=True)
        )
    )


def nouns_in(text: str, start: int, end: int) -> list[Noun]:
    """All counting nouns of text[start:end], from the left, the longest at each place."""
    return [
        Noun(match.start(), match.end(), UNIT_OF[match.group()])
        for match in lexicon().finditer(text, start, end)
        if match.group() in UNIT_OF and not _in_brackets(text, start, match.start())
    ]


def _in_brackets(text: str, start: int, at: int) -> bool:
    opened = text.rfind("(", start, at)
    return opened >= 0 and text.find(")", opened, at) < 0


def nouns_behind(text: str, start: int, end: int) -> list[Noun]:
    """The nouns of text[start:end] from the right, without those words that are more often verbs."""
    return [noun for noun in reversed(nouns_in(text, start, end)) if text[noun.start : noun.end] not in _VERBAL]


def noun_after(text: str, start: int, end: int) -> Noun | None:
    """The head of the noun phrase that begins at `start`: the last of the first unbroken chain of nouns."""
    head: Noun | None = None
    for noun in nouns_in(text, start, end):
        if head is not None and not _continues(text, head, noun):
            break
        inner = noun.start > start or (text[noun.start] not in _BODIES and not _AFTER_BODIES.match(text, noun.end))
        if head is None and noun.end - noun.start == 1 and inner and not _ends_phrase(text, noun.end, end):
            continue
        head = noun
    return head or _by_last_letter(text, start, end) or _by_suffix(text, start, end)


def _continues(text: str, head: Noun, noun: Noun) -> bool:
    """Whether a noun carries on the phrase: 学校建设项目 does, 贫困县优质产品 does not, since counties are counted."""
    if noun.unit == "item" and head.unit in _AGENTS:
        return False
    return head.end == noun.start or (
        head.unit not in _PLACES
        and "的" not in text[head.end : noun.start]
        and _LINK.fullmatch(text, head.end, noun.start) is not None
    )


def _by_last_letter(text: str, start: int, end: int) -> Noun | None:
    """A short phrase without a known noun, up to its end, by its last letter (特色馆: a place)."""
    if not 2 <= end - start <= 8 or text[end - 2 : end] in _NO_NOUNS or not _HAN.fullmatch(text, start, end):
        return None
    unit = _LAST_LETTER.get(text[end - 1], "")
    return Noun(end - 1, end, unit) if unit else None


def _by_suffix(text: str, start: int, end: int) -> Noun | None:
    """An unknown noun with a telling last letter, though the phrase goes on (体验馆开业)."""
    match = _SUFFIXED.match(text, start, end)
    if match is None or text[match.end() - 2 : match.end()] in _NO_NOUNS:
        return None
    return Noun(match.end() - 1, match.end(), _LAST_LETTER[match.group()[-1]])


def _ends_phrase(text: str, at: int, end: int) -> bool:
    return (
        at >= end
        or not "㐀" <= text[at] <= "鿿"
        or (text[at - 1] in _BODIES and _AFTER_BODIES.match(text, at) is not None)
    )


def noun_before(text: str, start: int, end: int) -> Noun | None:
    """The noun that ends exactly at `end`; one not in the lexicon by its last letter (名师工作室: a place)."""
    for at in range(max(start, end - 8), end):
        if text[at:end] in UNIT_OF:
            return Noun(at, end, UNIT_OF[text[at:end]])
    unit = "" if text[end - 2 : end] in _NO_NOUNS else _LAST_LETTER.get(text[end - 1 : end], "")
    return Noun(end - 1, end, unit) if unit and end - start >= 2 and "㐀" <= text[end - 2] <= "鿿" else None


def lost_noun(text: str, start: int, end: int, *, allowed: frozenset[str] | None = None) -> Noun | None:
    """A noun of which one character is lost (帮扶?间), where all nouns that fit are counted in one unit.

    Where several fit, those that the text uses elsewhere come first, then the commonest ones; `allowed` are the units
    that the measure word may count.
    """
    at = text.find(_LOST, start, end)
    if at < 0:
        return None
    for length in range(6, 1, -1):
        for first in range(max(start, at - length + 1), min(at, end - length) + 1):
            unit = _only_unit(text, _fitting(text[first : first + length]), allowed)
            if unit:
                return Noun(first, first + length, unit)
    return None


def _only_unit(text: str, nouns: list[str], allowed: frozenset[str] | None) -> str:
    possible = [noun for noun in nouns if allowed is None or UNIT_OF[noun] in allowed]
    for chosen in (
        possible,
        [noun for noun in possible if noun in text],
        [noun for noun in possible if noun in _COMMON],
    ):
        units = {UNIT_OF[noun] for noun in chosen}
        if len(units) == 1:
            return units.pop()
    return ""


def _fitting(written: str) -> list[str]:
    return [noun for noun in _BY_LENGTH.get(len(written), ()) if _alike(noun, written)]


def _alike(noun: str, written: str) -> bool:
    return written.count(_LOST) == 1 and all(one in (other, _LOST) for one, other in zip(written, noun, strict=True))
