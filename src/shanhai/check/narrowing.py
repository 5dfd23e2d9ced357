"""Which part of a figure a text speaks of: a project by its name, a field of cooperation by the words nearest to the number."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from shanhai.check.territory import Territory
from shanhai.figures.model import Figure
from shanhai.figures.naming import SLICE_WORDS

_TOTAL = re.compile(r"共|总|累计|合计|全部|先后")
#: A sentence that speaks for the whole cooperation owes nothing to what was said before it.
_WHOLE = re.compile(
    r"(?<!\d)(?:[一两二三四五六七八九十]+|\d{1,2})年(?=[来间里,，共累安])|以来|两地|两市|双方|我市|全市|总额|总数|总计|合计|总账|全部"
)
_AIMED = re.compile("围绕|聚焦|立足|瞄准|突出|坚持|着眼|按照|推进")
_PURPOSE = (
    "新建", "建设", "建成", "用于", "用在", "花在", "投向", "支持", "帮助", "改善", "添置", "购置", "兴建", "改造", "为", "给", "补齐", "建起",
    "修建", "扩建", "办", "建了", "建立", "盖", "买", "添", "开展", "实施", "换来", "推动", "让", "投给", "投到", "重点", "主要", "打造",
)  # fmt: skip
_OPENING = 10
_FIELD = "field"
_JOINT = re.compile(r"[、和及与以]|以及")
_NAMED_AS = re.compile(r"[^,，。;；、]{0,3}?(?:上|方面|领域|帮扶|协作|事业|中|里|板块|口)")
_MANY = ("等",)
_SIGNS = '·•—-－ “”"《》「」'


@dataclass(frozen=True, slots=True)
class Places:
    """The names of both sides at both levels, both in one word among them (温阆); `sides` and `above`: the names of each county and of each province."""

    counties: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    sides: tuple[tuple[str, ...], ...] = ()
    above: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a reader's records call things: by slice label, value and its names (projects by their keys)."""

    names: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    places: Places = field(default_factory=Places)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A slice, or none; `near`: its words stand beside the number; `several`: the words name more than one part."""

    slice: Mapping[str, str] = field(default_factory=dict)
    near: bool = False
    several: bool = False


def narrowing(figure: Figure, territory: Territory, lexicon: Lexicon) -> Narrowing:
    """The part of the figure the words ask for: what its own clause names, else the purpose behind, else what stands ahead."""
    names = lexicon.names.get("project", {}) if "project" in figure.slices else {}
    label = next((label for label in figure.slices if label in SLICE_WORDS), "")
    words = SLICE_WORDS.get(label, {})
    if figure.unit.code == "date":
        return _dated(territory, label, words)
    if words and _several(territory.own, words):
        return Narrowing(several=not _adds_up(territory))
    for text in _nearby(territory):
        if project := _one_named(bare(text), names):
            return Narrowing({"project": project}, near=True)
        if words and (value := _field_at(text, territory, words)):
            return Narrowing({label: value}, near=True)
    if words and label != _FIELD and (value := _carried(territory, words)):
        return Narrowing({label: value}, near=True)
    if not _WHOLE.search(territory.left) and (project := _one_named(bare(territory.topic), names)):
        return Narrowing({"project": project})
    value = _above(territory, words)
    return Narrowing({label: value}) if value else Narrowing()


def _nearby(territory: Territory) -> Iterator[str]:
    """The stretches that may name a part, nearest first: its own clause, the purpose behind it, what stands ahead."""
    yield territory.own
    yield _purpose(territory)
    yield territory.before


def _carried(territory: Territory, words: Mapping[str, tuple[str, ...]]) -> str:
    """Whom or what the sentence has spoken of so far: it holds until another is named, also beside a number for all years.

    Not for fields of work: a sentence on one field may close with what was spent on all.
    """
    said = re.split("[;；]", territory.left)[-1]
    return _closest(said, words, len(said))


def _field_at(text: str, territory: Territory, words: Mapping[str, tuple[str, ...]]) -> str:
    if text == territory.own:
        return _closest(text, words, max(text.find(territory.number), 0))
    return _ahead(territory, words) if text == territory.before else _closest(text, words, 0)


def _adds_up(territory: Territory) -> bool:
    return bool(_TOTAL.search(territory.own.partition(territory.number)[0]))


def _purpose(territory: Territory) -> str:
    """The purpose told behind the amount (…万元，新建三所学校); another amount there has a purpose of its own."""
    behind = territory.right.lstrip(",，、 ")
    if territory.right[:1] in "、;；" or not any(cue in behind[:8] for cue in _PURPOSE):
        return ""
    first = re.split("[,，；;]", behind)[0]
    return "" if re.search(r"\d[^,，]*元", first) else first


def fields_in(text: str, label: str = "field") -> set[str]:
    """The values of a slice that a text names by their fixed words."""
    return {value for value, spellings in SLICE_WORDS.get(label, {}).items() if any(word in text for word in spellings)}


def fields_in_words(text: str, words: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The values whose words stand in a text."""
    return {value for value, spellings in words.items() if any(word in text for word in spellings)}


def _ahead(territory: Territory, words: Mapping[str, tuple[str, ...]]) -> str:
    """In the sentence ahead of the clause: a total there is of a field only where the text says so (在教育上, 教育帮扶)."""
    before = territory.before
    opening = re.split("[,，:：]", re.split("[;；]", territory.left)[-1])[0]
    if len(opening) <= _OPENING and not _AIMED.search(opening) and len(named := fields_in_words(opening, words)) == 1:
        return named.pop()
    if _adds_up(territory) or _WHOLE.search(before):
        named = {value for value, spellings in words.items() for word in spellings if _told_as_field(before, word)}
        if not named and not _WHOLE.search(before) and not _AIMED.search(before):
            named = fields_in_words(before, words)
        return named.pop() if len(named) == 1 else ""
    return _closest(before, words, len(before))


def _told_as_field(text: str, word: str) -> bool:
    at = text.rfind(word)
    if at < 0:
        return False
    return bool(_NAMED_AS.match(text, at + len(word)) or re.search(r"(?:在|为|给|用于|对)[^,，。]{0,12}$", text[:at]))


def _above(territory: Territory, words: Mapping[str, tuple[str, ...]]) -> str:
    """By the heading in front of the sentence, else by the sentence ahead, where the own one does not speak for the whole."""
    if territory.inline_heading:
        named = fields_in_words(territory.heading, words)
        if len(named) == 1:
            return named.pop()
    if _WHOLE.search(territory.left) or _adds_up(territory):
        return ""
    for text in (territory.topic, territory.heading):
        named = fields_in_words(text, words)
        if named:
            return named.pop() if len(named) == 1 else ""
    return ""


def _several(text: str, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether two parts are named side by side (教育和医疗): the number is of neither alone."""
    spots = sorted(
        (text.find(word), len(word), value) for value, spellings in words.items() for word in spellings if word in text
    )
    for (at, length, value), (behind, _length, other) in pairwise(spots):
        between = text[at + length : behind]
        if value != other and behind >= at + length and len(between) <= 6 and _JOINT.search(between):
            return True
    return False


def _dated(territory: Territory, label: str, words: Mapping[str, tuple[str, ...]]) -> Narrowing:
    near = _closest(territory.whole, words, len(territory.before))
    if near:
        return Narrowing({label: near}, near=True)
    for text in (territory.topic, territory.heading):
        named = fields_in_words(text, words)
        if named:
            return Narrowing({label: named.pop()}) if len(named) == 1 else Narrowing()
    return Narrowing()


def _one_named(text: str, names: Mapping[str, tuple[str, ...]]) -> str:
    spans: dict[str, tuple[int, int]] = {}
    for key, spellings in names.items():
        for spelling in spellings:
            at = text.find(spelling)
            if at >= 0 and not text.startswith(_MANY, at + len(spelling)) and len(spelling) > _length(spans.get(key)):
                spans[key] = (at, at + len(spelling))
    kept = [key for key, span in spans.items() if not any(_holds(other, span) for other in spans.values())]
    return kept[0] if len(kept) == 1 else ""


def _length(span: tuple[int, int] | None) -> int:
    return span[1] - span[0] if span else 0


def _holds(longer: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether a longer name holds this one in itself, or is written over it."""
    return _length(longer) > _length(span) and longer[0] < span[1] and span[0] < longer[1]


def bare(text: str) -> str:
    """A text as names are looked for in it: without signs, and without the words for a town's rank (老观中心卫生院 is 老观卫生院)."""
    return re.sub(
        r"中心(?=卫生院|小学|幼儿园)|[镇乡](?=卫生院|中心|小学|初级|幼儿园)",
        "",
        "".join(letter for letter in text if letter not in _SIGNS),
    )


def _closest(text: str, words: Mapping[str, Iterable[str]], at: int) -> str:
    best = ("", len(text) + 1, 0)
    for value, spellings in words.items():
        for word in spellings:
            place = text.find(word) if at == 0 else _nearest_place(text, word, at)
            if place >= 0 and (abs(place - at), -len(word)) < (best[1], -best[2]):
                best = (value, abs(place - at), len(word))
    return best[0]


def _nearest_place(text: str, word: str, at: int) -> int:
    """Where the word stands nearest to a position; -1 where it does not stand."""
    before, behind = text.rfind(word, 0, at), text.find(word, at)
    found = [place for place in (before, behind) if place >= 0]
    return min(found, key=lambda place: abs(place - at), default=-1)
