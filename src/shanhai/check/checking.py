"""Checking a whole text: read it, find the pairing and the day, bind every claim, judge it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shanhai.asking import values
from shanhai.asking.scopes import Asked, began_on, by_code, last_closing, short_names
from shanhai.base.findings import Finding
from shanhai.base.language import say
from shanhai.check.binding import Binding, Lexicon, Places, all_named, bind_all, level_named
from shanhai.check.narrowing import bare
from shanhai.check.periods import period_told
from shanhai.check.reading import ReadClaim, Reading, read
from shanhai.check.territory import Territory, territories
from shanhai.check.verdicts import Judged, Records, Verdict, judge
from shanhai.figures import declare
from shanhai.figures.naming import SLICE_NAMES
from shanhai.figures.windows import Window
from shanhai.reference.models import Region, Scope

_OTHER_SCHEMES = ("衔接资金", "衔接推进", "衔接补助", "定点帮扶资金", "涉农整合", "省内对口", "以工代赈")
_ABOVE_US = re.compile(r"全省|两省|个县|个市|各县")
_TOGETHER = re.compile("结对|东西部协作|对口|帮扶")
_INSTITUTION = re.compile(r"(?!实验|中心|新建|乡镇|基层|农村)[㐀-鿿]{2,8}?(?:小学|中学|幼儿园|学校|卫生院|医院)")
_NAME_LENGTH = 4
#: Behind a place: the rest of the name of a firm that only comes from there (南充市某某公司).
_FIRM = r"[^,，。;；、\s引招与和向为等有家的落在由把将帮]{0,14}(?:公司|集团|合作社)"
_LIST_MARKS = re.compile(r"[、;；/|,，\s]+")
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_KINDS_OF_WORK = ("建设项目", "改造项目", "提升项目", "新建项目", "项目", "工程", "建设")


@dataclass(frozen=True, slots=True)
class Checked:
    """A text with its claims judged: the reading, a judgement per claim, what was found, whom and which day it was held against."""

    reading: Reading
    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    asked: Asked | None
    held_on: date | None
    reconstructed: bool


def check(text: str, *, pairing: str | None = None, published: date | None = None) -> Checked:
    """Check a text under the rights of the signed-in reader."""
    scopes = [by_code(code) for code in ([pairing] if pairing else _pairings())]
    names = {asked.scope.code: _places(asked) for asked in scopes}
    reading = read(
        text, published=published, names=tuple({name for places in names.values() for name in places.counties})
    )
    asked = scopes[0] if pairing else _named_in(reading.restored.text, scopes, names)
    findings = list(reading.findings)
    if asked is None:
        findings.append(
            Finding(
                "check.no_pairing",
                say("文中没有写明您能查看的任何一对结对地区，数字已列出，未与记录核对。"),
                blocks=False,
            )
        )
        return Checked(reading, tuple(_unpaired(claim) for claim in reading.claims), tuple(findings), None, None, False)
    held_on = _held_on(asked, published, findings)
    judged = _judge_all(reading, asked, held_on, names[asked.scope.code])
    return Checked(reading, judged, tuple(findings), asked, held_on, asked.scope.is_example)


def _pairings() -> list[str]:
    """The pairings a text may be about, as the reader sees them."""
    kept = Scope.objects.filter(kind="pairing", is_notice=False).exclude(level="province")
    return list(kept.order_by("code").values_list("code", flat=True))


def _unpaired(claim: ReadClaim) -> Judged:
    if claim.unreadable:
        return _uncertain()
    return Judged(Verdict.NOT_IN_RECORDS, say("没有找到文中所说的结对地区，未与记录核对。"))


def _uncertain() -> Judged:
    return Judged(Verdict.UNCERTAIN, say("数字旁边有缺损的字，可能丢了数位。请对照原文后再核对。"))


def _held_on(asked: Asked, published: date | None, findings: list[Finding]) -> date | None:
    """The day the text is held against: its publication, else the latest closing; never today."""
    if published:
        return published
    closing = last_closing(asked.scope)
    if closing is None:
        findings.append(
            Finding(
                "check.no_closing",
                say("没有给出发表日期，这一结对也没有关账记录，数字未与记录核对。请给出发表日期。"),
                blocks=False,
            )
        )
        return None
    findings.append(
        Finding(
            "check.held_against_closing",
            say("没有给出发表日期，按最近一次关账（{closed_by}，截至 {closed_on}）的记录核对。", closed_by=closing.closed_by, closed_on=closing.closed_on), blocks=False,
        )
    )  # fmt: skip
    return closing.closed_on


def _judge_all(reading: Reading, asked: Asked, held_on: date | None, places: Places) -> tuple[Judged, ...]:
    lexicon = Lexicon(_record_names(asked), places)
    found = territories(reading)
    bound = bind_all(reading.claims, found, declare.registry(), lexicon)
    began = began_on(asked.scope)
    years = held_on.year - began.year if began and held_on else 0
    one = _Text(Records(asked), held_on, years, places, _other_places(places))
    return tuple(
        _uncertain() if claim.unreadable else _judged(claim, territory, binding, one)
        for claim, territory, binding in zip(reading.claims, found, bound, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """What every claim of a text is held against: the records, the day, the years together, names of its places and all others."""

    records: Records
    held_on: date | None
    years: int
    places: Places
    others: tuple[str, ...]


def _judged(claim: ReadClaim, territory: Territory, binding: Binding | None, one: _Text) -> Judged:
    if claim.unit == "CNY" and (scheme := next((scheme for scheme in _OTHER_SCHEMES if scheme in territory.own), "")):
        return Judged(Verdict.OUTSIDE, say("这句话说的是“{scheme}”，不是这一结对的协作资金。", scheme=scheme))
    if binding is None:
        return Judged(Verdict.NOT_IN_RECORDS, say("记录里还没有能对应这句话的指标。"))
    if elsewhere := _elsewhere(binding, territory, one):
        return Judged(Verdict.OUTSIDE, say("这句话说的是“{elsewhere}”，不属于这一结对。", elsewhere=elsewhere))
    if one.held_on is None:
        return Judged(Verdict.NOT_CHECKABLE, say("没有发表日期，也没有关账记录，不知道应按哪一天核对。"))
    span = period_told(claim, territory, one.held_on, years=one.years)
    if span is None:
        return Judged(Verdict.NOT_CHECKABLE, say("文中说的时间段没有写明起止日期，记录无法按同一时间段计算。"))
    asked = one.records.asked
    window = Window(end=span.end, start=span.start, scopes=asked.ids, kinds=frozenset({asked.scope.kind}))
    return judge(claim, binding, one.records, window)


def _places(asked: Asked) -> Places:
    scope = asked.scope
    provinces = [scope.east_code[:2] + "0000", scope.west_code[:2] + "0000"]
    found = short_names([scope.east_code, scope.west_code, *provinces])
    counties = tuple(name for code in (scope.east_code, scope.west_code) for name in found.get(code, ()))
    upper = tuple(name for code in provinces for name in found.get(code, ()))
    joined = _joined(found, scope.east_code, scope.west_code), _joined(found, *provinces)
    sides, above = (
        [found.get(code, ()) for code in codes] for codes in ((scope.east_code, scope.west_code), provinces)
    )
    return Places(counties + joined[0], upper + joined[1], tuple(sides), tuple(above))


def _joined(found: Mapping[str, tuple[str, ...]], east: str, west: str) -> tuple[str, ...]:
    """Both sides in one word, either way round, as texts write them (温阆, 浙川): first characters, and the last of one."""
    one, other = found.get(east, ("",))[-1], found.get(west, ("",))[-1]
    if not one or not other:
        return ()
    words = (one[0] + other[0], one[0] + other[-1], other[-1] + one[0], other[0] + one[0])
    return tuple(dict.fromkeys(words))


def _named_in(text: str, scopes: list[Asked], names: Mapping[str, Places]) -> Asked | None:
    """The pairing both of whose counties the text names, the more often the better; else the only one with a side named in it."""
    weighed = []
    one_sided = []
    for asked in scopes:
        found = short_names([asked.scope.east_code, asked.scope.west_code])
        counts = [
            max((text.count(name) for name in found.get(code, ())), default=0)
            for code in (asked.scope.east_code, asked.scope.west_code)
        ]
        together = sum(
            text.count(word)
            for word in names[asked.scope.code].counties
            if len(word) == 2 and not any(word in name for side in found.values() for name in side)
        )
        if all(counts) or together:
            weighed.append((sum(counts) + together, asked))
        elif any(counts) and _TOGETHER.search(text):
            one_sided.append(asked)
    if weighed:
        return max(weighed, key=lambda each: each[0])[1]
    return one_sided[0] if len(one_sided) == 1 else None


def _record_names(asked: Asked) -> dict[str, dict[str, tuple[str, ...]]]:
    """What the records call the values of each slice: names of projects by their keys, cut to what a text may write."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for label, named in SLICE_NAMES.items():
        columns = ", ".join(f'"{column}"' for column in named.columns)
        rows = values.engine().fetch(
            f'SELECT key, {columns} FROM "{named.table.relation}" WHERE scope_id = {asked.scope.pk:d}'
        )
        found[label] = {row[0]: tuple(_spellings(row[1:])) for row in rows}
    return found


def _spellings(names: Iterable[str | None]) -> list[str]:
    """The whole name, its short names, and the whole name without brackets and the words for the kind of work."""
    spellings: list[str] = []
    for name in names:
        for part in _LIST_MARKS.split(name or ""):
            whole = bare(_BRACKETS.sub("", part))
            for ending in _KINDS_OF_WORK:
                whole = whole.removesuffix(ending)
            owner = _INSTITUTION.match(whole)
            spellings += [told for told in (whole, owner.group() if owner else "") if len(told) >= _NAME_LENGTH]
    return list(dict.fromkeys(spellings))


def _other_places(places: Places) -> tuple[str, ...]:
    """Prefectures and counties of the country by their whole names; a sentence about one of them is not about this pairing."""
    ours = set(places.counties) | set(places.provinces)
    named = (
        Region.objects.filter(level__in=("county", "prefecture"), last_on__isnull=True)
        .values_list("name", flat=True)
        .distinct()
    )
    return tuple(name for name in named if name not in ours and len(name) >= 3)


def _elsewhere(binding: Binding, territory: Territory, one: _Text) -> str:
    """The other place the number is told of: in its own clause, else in a sentence that names neither side of this pairing."""
    own, ours = territory.own, one.places.counties
    if any(name in own for name in ours):
        return ""
    for text in (own, territory.before, territory.sentence):
        if other := next((name for name in one.others if name in text and not _within(name, text, ours)), ""):
            return other
        if any(name in text for name in ours):
            return ""
    above = binding.figure.applies == ("province_pairing",)
    if (
        not above
        and level_named(territory.sentence, one.places) == "province"
        and _speaks_above(territory.sentence, one.places)
    ):
        return "省级协作"
    return ""


def _speaks_above(text: str, places: Places) -> bool:
    """Whether a sentence without a county names both provinces, or says that it speaks of all their counties."""
    both = all_named(text, places.above)
    return bool(both or _ABOVE_US.search(text))


def _within(name: str, text: str, ours: Iterable[str]) -> bool:
    """Whether a name only stands in an address of ours (浙江省台州市温岭市), or in the name of a firm."""
    return any(f"{name}{our}" in text for our in ours) or name not in re.sub(name + _FIRM, "", text)
