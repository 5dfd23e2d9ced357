"""From a claim to the figure it speaks of: by words, unit, stage and scope; the value takes no part.

Each figure gathers weight from the words of its declaration that stand in the claim's territory: amounts from their
clause, days and spans from the words nearest to them. An item of a list is of the figure its list began with.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shanhai.base.units import Kind
from shanhai.check.narrowing import Lexicon, Narrowing, Places, fields_in, narrowing
from shanhai.check.reading import ReadClaim
from shanhai.check.territory import Territory
from shanhai.figures.model import Figure
from shanhai.figures.naming import PROVINCES
from shanhai.figures.terms import How, Stage

__all__ = ["Binding", "Lexicon", "Places", "all_named", "bind_all", "level_named"]

#: Among the words of a figure: the number itself (项目# is 项目40余个, and not 1个项目).
NUMBER = "#"
_CLAUSE = re.compile("[,，;；]")
_ITEM_LENGTH = 18
_REACH = 40
_CONTENT = re.compile(r"[㐀-鿿]{2}")
_ABOVE = "province_pairing"
_OF_IT = re.compile(r"。[^。]{0,2}(?:其中|包括|具体|分别)")
_NOT_WHOLE = re.compile(r"其中")
_TIES = re.compile("协作|帮扶|结对|对口|援助|援建|工作队|两地|两市|双方|专项资金|跨省|东部")
_KIND_OF_PROJECT = re.compile(r"([㐀-鿿]{2})项目")
_PLAIN_KIND = re.compile(r"协作|帮扶|各类|合作|援建|对口|支援|具体|西部|[个余多的类了批子有收库工]$")
_SOME_PART = re.compile(r"[\s　【（(]*(?:在|从)?([㐀-鿿]{2,8}?)(?:方面|领域|上看|上)[,，:：】]")
_ALL_PARTS = re.compile("资金|经费|项目|总体|整体|协作|投入|数字|数据|账|财政|规模|总量|温|阆|事实|安排")
_OF_A_TIME = re.compile(r"\d{4}年|[今去前]年|半年|季度")
_TOWN = re.compile(r"[㐀-鿿]{2,3}(?:镇|乡|村|街道)(?!等|振兴|建设|卫|医|级|集体)")
#: 将3000万元用于 and 争取协作资金 tell what was done; the reading takes both signs for a plan.
_NOT_A_PLAN = re.compile(
    r"将(?=\d)|将(?=[^,，。]{0,8}\d[^,，。]*(?:用于|投入|投向))|争取(?!实现|达到|在|到20|今年|明年|年内|早日)(?:了|到)?"
)
_PLAN = re.compile(
    r"拟|计划|预计|预期|规划|力争|争取|有望|即将|目标|将|下一步|未来|明年|届时|力求|确保|承诺|要求|建成后|投产后"
)


@dataclass(frozen=True, slots=True)
class Binding:
    """The figure a claim speaks of, its slice, and how strongly the words say so; `rivals` were nearly as strong."""

    figure: Figure
    narrowed: Mapping[str, str]
    weight: float
    rivals: tuple[Figure, ...] = ()


def bind_all(
    claims: Sequence[ReadClaim], found: Sequence[Territory], figures: Iterable[Figure], lexicon: Lexicon
) -> list[Binding | None]:
    """The figure each claim speaks of, or none, in their order."""
    known = list(figures)
    bound: list[Binding | None] = []
    listed: Binding | None = None
    for claim, territory in zip(claims, found, strict=True):
        binding = _bind(claim, territory, known, lexicon)
        if binding is None and listed is not None and _is_item(claim, territory, listed):
            binding = _as_item(territory, listed, lexicon)
        bound.append(binding)
        if claim.unit == "CNY":
            listed = binding
    return bound


def _bind(claim: ReadClaim, territory: Territory, figures: Iterable[Figure], lexicon: Lexicon) -> Binding | None:
    if claim.value is None or claim.relation == "from":
        return None
    weighed = []
    for figure in figures:
        if not _comparable(claim, territory, figure) or not _fits_relation(claim, figure):
            continue
        part = narrowing(figure, territory, lexicon)
        weight = _weight(figure, territory, part, lexicon.places)
        if weight > 0 and _is_of(figure, part, claim, territory):
            weighed.append((weight, figure, part.slice))
    if not weighed:
        return None
    weighed.sort(key=lambda each: (-each[0], each[1].name))
    weight, figure, narrowed = weighed[0]
    rivals = tuple(other for heavy, other, _ in weighed[1:] if heavy >= weight - 1)
    return Binding(figure, narrowed, weight, rivals)


def _comparable(claim: ReadClaim, territory: Territory, figure: Figure) -> bool:
    """Unit and stage must be the figure's; a dated fact has no stage of its own unless it is a plan."""
    if figure.unit.code != claim.unit or not figure.words.measure:
        return False
    stage = stage_told(claim, territory)
    return stage != "planned" if claim.unit == "date" else str(figure.stage) == stage


def _fits_relation(claim: ReadClaim, figure: Figure) -> bool:
    """An average is told by a figure per thing counted (元 per household) alone, a difference also by a common term.

    What a rule adds (高于市场价5%) and what each gains (户均增收) read as changes; of other figures a change is no value.
    """
    per_thing = figure.how is How.RATIO and figure.unit.kind is not Kind.RATIO
    if claim.relation == "average":
        return per_thing
    if claim.relation == "change":
        return per_thing or figure.how is How.COMMON
    return not per_thing


def stage_told(claim: ReadClaim, territory: Territory) -> str:
    """The stage the words give: as read, but money asked for and got, and money "taken to" its use, are no plans."""
    if claim.stage == "planned":
        rest = _NOT_A_PLAN.sub("", territory.left + territory.number)
        return "planned" if _PLAN.search(rest) else "achieved"
    return claim.stage


def _is_of(figure: Figure, part: Narrowing, claim: ReadClaim, territory: Territory) -> bool:
    """Whether the figure can be cut to what the number counts: a subset, a field or a town it cannot be cut to is another number."""
    if part.several:
        return False
    if figure.unit.code in ("date", "year"):
        return True
    ahead = territory.own.partition(territory.number)[0]
    if (
        claim.relation == "subset"
        and not part.slice
        and _NOT_WHOLE.search(territory.left)
        and not _OF_A_TIME.search(ahead)
    ):
        return False
    if figure.unit.code in ("CNY", "project") and _is_cut(figure, part, territory, ahead):
        return False
    if (
        figure.unit.code == "project"
        and (kind := _KIND_OF_PROJECT.search(territory.own))
        and not _is_plain(kind[1], figure)
    ):
        return False
    return not claim.period.startswith("每")


def _is_cut(figure: Figure, part: Narrowing, territory: Territory, ahead: str) -> bool:
    """Whether the words cut the whole to a town, a field or another part of the work that the narrowing does not hold.

    A word for what the figure itself measures (养殖户 of orders) names no other part, nor do the words of the field that
    the figure is of (gifts in 社会帮扶).
    """
    if "project" in part.slice:
        return False
    others = ahead
    for thing in figure.words.object:
        others = others.replace(thing, "")
    fields = fields_in(others) - {figure.area}
    return bool(_TOWN.search(ahead)) or (not part.slice and (len(fields) == 1 or _of_some_part(territory)))


def _of_some_part(territory: Territory) -> bool:
    """Whether the sentence opens with a part of the work that no figure is cut by (文旅方面，…)."""
    opening = re.split("[;；]", territory.left)[-1]
    told = [
        found[1]
        for text in (opening, territory.heading * territory.inline_heading + "，")
        if (found := _SOME_PART.match(text))
    ]
    return any(not _ALL_PARTS.search(part) for part in told)


def _is_plain(word: str, figure: Figure) -> bool:
    """Whether what stands before 项目 only says that it is one of ours, and not of which kind (水利项目)."""
    return bool(_PLAIN_KIND.search(word)) or any(measure.endswith(word[-2:]) for measure in figure.words.measure)


def _weight(figure: Figure, territory: Territory, part: Narrowing, places: Places) -> float:
    if figure.words.narrowed and not part.slice:
        return 0
    if figure.unit.code == "date":
        return _day_weight(figure, territory, places)
    if figure.unit.code == "year":
        return _span_weight(figure, territory, places)
    return _amount_weight(figure, territory, part, places)


def _found(words: Iterable[str], text: str) -> list[str]:
    return [word for word in words if word and word in text]


def _longest(words: Iterable[str], text: str) -> int:
    return max(map(len, _found(words, text)), default=0)


def _amount_weight(figure: Figure, territory: Territory, part: Narrowing, places: Places) -> float:
    """Nothing where an excluded word stands in its clause; else the measure and the thing measured, or the part it is of.

    A word that is measure and thing at once (协作资金) says by itself what is meant, more weakly than a verb.
    """
    words, own = figure.words, territory.own.replace(territory.number, NUMBER, 1)
    if _found(words.excluded, own) or (words.about and not _found(words.about, territory.topic + territory.sentence)):
        return 0
    verbs = _longest((word for word in words.measure if word not in words.object), own)
    measure = verbs * 2 or min(1, _longest(words.measure, own))
    thing = _longest(_spelt(words.object, places), own)
    if measure and not thing and words.object:
        thing = _longest(words.object, territory.topic) if _is_answer(territory) else 0
    telling = bool(set(_found(words.object, own)) & set(words.measure))
    if not telling and not _speaks_of_us(territory.around, places):
        return 0
    if measure and (thing or not words.object or _named_part(figure, part)):
        return measure + thing + bool(part.slice) + bool(part.near)
    return 0


def _speaks_of_us(text: str, places: Places) -> bool:
    """Whether a passage speaks of the cooperation at all; a city's own budget and building do not."""
    return bool(_TIES.search(text)) or all_named(text, places.sides)


def all_named(text: str, sides: Sequence[Iterable[str]]) -> bool:
    """Whether a text names every side, by one of its names."""
    return bool(sides) and all(any(name in text for name in names) for names in sides)


def _named_part(figure: Figure, part: Narrowing) -> bool:
    """Whether the part named stands for the thing measured: a result of a field or project, a plan of a project only."""
    return part.near and bool(part.slice) and (figure.stage == Stage.ACHIEVED or "project" in part.slice)


def _is_answer(territory: Territory) -> bool:
    return territory.topic.lstrip()[:1] in ("问", "Q")


def _day_weight(figure: Figure, territory: Territory, places: Places) -> float:
    """The nearer its measure stands to the day, the heavier; its clause must name the right level and no excluded word."""
    words = figure.words
    about = _spelt(words.object, places)
    best = 0.0
    for length, distance, clause in _beside(words.measure, territory):
        if _found(words.excluded, clause) or not _fits_level(
            figure, (clause, territory.whole, territory.sentence, territory.topic), places
        ):
            continue
        if about and not any(_found(about, text) for text in (territory.sentence, territory.topic, territory.heading)):
            continue
        best = max(best, _REACH - distance + length)
    return best


def _beside(measure: Iterable[str], territory: Territory) -> Iterator[tuple[int, int, str]]:
    """Where measure words stand beside the day: their length, distance in characters (a clause between counts four), clause."""
    ahead, behind = territory.before, territory.after
    bare = re.sub(r"^[,，、\s　]+", "", behind)
    # 始于1996年，新一轮…: what stands behind the comma is of the next day, unless the day stands alone in its clause.
    across = 12 if bare != behind and _CONTENT.search(_CLAUSE.split(ahead)[-1]) else 0
    behind = bare
    for word in measure:
        if (at := behind.find(word)) >= 0:
            yield len(word), at + across + 4 * len(_CLAUSE.findall(behind[:at])), _clause_at(behind, at)
        if (at := ahead.rfind(word)) >= 0:
            between = ahead[at + len(word) :]
            joined = re.fullmatch(r"[^,，]{0,8}?(?:于|在|是|为|:|：|（|\()?", between)
            yield (
                len(word),
                (0 if joined and between else len(between)) + 4 * len(_CLAUSE.findall(between)),
                _clause_at(ahead, at),
            )


def _clause_at(text: str, at: int) -> str:
    first = max((match.end() for match in _CLAUSE.finditer(text, 0, at)), default=0)
    behind = _CLAUSE.search(text, at)
    return text[first : behind.start() if behind else len(text)]


def _span_weight(figure: Figure, territory: Territory, places: Places) -> float:
    words = figure.words
    clause = _clause_at(territory.before + territory.number + territory.after, len(territory.before))
    near = clause + " " + territory.own
    if _found(words.excluded, near) or not _fits_level(figure, (near, territory.sentence, territory.topic), places):
        return 0
    measure = _longest(words.measure, near)
    about = (*_spelt(words.object, places), *(() if _ABOVE in figure.applies else places.counties))
    thing = (
        max(_longest(about, text) for text in (territory.sentence, territory.topic, territory.heading))
        if words.object
        else 1
    )
    return measure * 2 + thing if measure and thing else 0


def _spelt(words: Iterable[str], places: Places) -> list[str]:
    """The words with the place marks spelt out for this pairing."""
    return [spelt for word in words for spelt in (places.provinces if word == PROVINCES else (word,))]


def level_named(text: str, places: Places) -> str:
    """Which level a text speaks of: county, province, both, or nothing where it names none (浙江温岭 is a county's address)."""
    for province in places.provinces:
        for county in places.counties:
            text = text.replace(province + county, county).replace(f"{province}省{county}", county)
    provinces = bool(_found((*places.provinces, "两省", "省际"), text))
    counties = bool(_found((*places.counties, "两市", "两县"), text))
    return "both" if provinces and counties else "province" if provinces else "county" if counties else ""


def _fits_level(figure: Figure, texts: Iterable[str], places: Places) -> bool:
    """Whether the nearest text that names a level names the figure's; a text that names none leaves it open."""
    if not figure.applies:
        return True
    level = next((level for text in texts if (level := level_named(text, places))), "")
    return level in ("", "both", "province" if _ABOVE in figure.applies else "county")


def _is_item(claim: ReadClaim, territory: Territory, listed: Binding) -> bool:
    """Whether a number stands in a list that began with a bound one: a short name and the number, in its sentence or line by line."""
    if claim.unit != listed.figure.unit.code or claim.relation in ("average", "change") or claim.stage == "planned":
        return False
    name, _, rest = territory.own.partition(territory.number)
    lines = territory.since.count("\n")
    told_on = "。" not in territory.since or _OF_IT.search(territory.since) is not None
    listing = (lines <= 1 and told_on) or (lines == 0 and not rest.strip())
    return listing and len(name.strip()) <= _ITEM_LENGTH and not _found(listed.figure.words.excluded, territory.own)


def _as_item(territory: Territory, listed: Binding, lexicon: Lexicon) -> Binding | None:
    part = narrowing(listed.figure, territory, lexicon)
    if not part.slice or not part.near or part.several:
        return None
    return Binding(listed.figure, part.slice, 1)
