"""Targets against time: what an agreement promised for a year, what stands on a day, and the lead on 序时进度."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import OuterRef, Q, Subquery

from shanhai.areas.agreements.models import Agreement, Clause, Meeting, Target, TeamMember, Visit, WorkingTeam
from shanhai.asking import values
from shanhai.asking.scopes import Asked, by_code
from shanhai.base.dates import time_progress
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.base.money import ratio
from shanhai.figures.folding import Value
from shanhai.figures.model import Figure
from shanhai.reference.models import Closing, Person, Scope

#: Money units a target may be written in, as multiples of 元.
_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


@dataclass(frozen=True, slots=True)
class Progress:
    """A yearly target on a day: the value of its figure, the share reached, the share of the year that is over.

    `promised` is the target in the unit of the figure. `share` and `lead` are None where the figure has no value;
    the lead is the share reached less the share of the year: above zero ahead of time, below zero behind.
    """

    target: Target
    promised: Decimal
    value: Value
    time: Fraction
    share: Fraction | None

    @property
    def lead(self) -> Fraction | None:
        """How far ahead of 序时进度, as a share of the target."""
        return None if self.share is None else self.share - self.time

    @property
    def behind(self) -> bool:
        """Whether less is reached than the time that is over would ask."""
        return self.lead is not None and self.lead < 0


def progress_of(target: Target, *, on: date) -> Progress:
    """How a target stands on a day: the figure counted from the first day of its year to that day."""
    asked = by_code(target.scope.code)
    window = values.window_of(asked, as_of=on, year=target.target_year)
    return _progress(target, values.value(asked, target.figure, window), on)


def _progress(target: Target, value: Value, on: date) -> Progress:
    unit = value.figure.unit
    promised = target.amount * _multiple(target, unit.code, unit.zh)
    amount = value.amount if isinstance(value.amount, Decimal) else None
    share = ratio(amount, promised) if amount is not None and promised else None
    return Progress(target, promised, value, _time(target.target_year, on), share)


def progress_of_year(asked: Asked, targets: Sequence[Target], *, on: date) -> list[Progress]:
    """Every target of one year on a day; those of one narrowing are counted together."""
    if not targets:
        return []
    groups: defaultdict[tuple[tuple[str, str], ...], list[tuple[Target, Figure]]] = defaultdict(list)
    for target in targets:
        figure, narrowed = values.named(target.figure)
        groups[tuple(sorted(narrowed.items()))].append((target, figure))
    window = values.window_of(asked, as_of=on, year=targets[0].target_year)
    found: dict[str, Value] = {}
    for narrowing, members in groups.items():
        counted = values.values(asked, window, figures={figure for _, figure in members}, narrowed=dict(narrowing))
        found |= {target.key: counted[figure.name] for target, figure in members}
    return [_progress(target, found[target.key], on) for target in targets]


def latest_targets(asked: Asked, day: date) -> list[Target]:
    """The targets of the latest year that has any and has begun by the day, by figure.

    Each says under `closed_on` up to which day the records of its scope were closed last.
    """
    begun = Target.objects.filter(scope=asked.scope, target_year__lte=day.year)
    latest = begun.order_by("-target_year").values("target_year")[:1]
    closing = Closing.objects.filter(scope=OuterRef("scope")).order_by("-closed_on").values("closed_on")[:1]
    found = begun.filter(target_year=Subquery(latest)).annotate(closed_on=Subquery(closing))
    return list(found.order_by("figure", "key"))


def progress_of_agreement(agreement: Agreement, *, on: date) -> list[Progress]:
    """Every target of an agreement on a day, by year and figure."""
    targets = Target.objects.filter(scope=agreement.scope, agreement_key=agreement.key).select_related("scope")
    return [progress_of(target, on=on) for target in targets.order_by("target_year", "figure")]


def _time(year: int, on: date) -> Fraction:
    """The share of the year that is over on a day: nothing before it, all of it afterwards."""
    if on.year != year:
        return Fraction(int(on.year > year))
    return time_progress(on)


def _multiple(target: Target, code: str, zh: str) -> int:
    """How many of the figure's own units one unit of the target is."""
    unit = target.unit.strip()
    if code == "CNY" and unit in _MONEY:
        return _MONEY[unit]
    if unit in (code, zh) or zh.startswith(unit):
        return 1
    raise Refused(
        say(
            "年度目标“{key}”的单位是“{unit}”，指标 {figure} 的单位是“{zh}”，无法比较。请更正目标的单位。",
            key=target.key,
            unit=target.unit,
            figure=target.figure,
            zh=zh,
        )
    )


def target_years(scope: Scope) -> list[int]:
    """The years that have targets, latest first."""
    years = Target.objects.filter(scope=scope).values_list("target_year", flat=True)
    return list(years.distinct().order_by("-target_year"))


@dataclass(frozen=True, slots=True)
class Paper:
    """An agreement with its clauses, and the years it promises something for."""

    agreement: Agreement
    clauses: Sequence[Clause]
    years: Sequence[int]


def papers(scope: Scope, agreements: Sequence[Agreement]) -> list[Paper]:
    """Agreements with what they grant and promise, in two questions."""
    keys = [agreement.key for agreement in agreements]
    clauses: defaultdict[str, list[Clause]] = defaultdict(list)
    for clause in Clause.objects.filter(scope=scope, agreement_key__in=keys).order_by("clause_no", "key"):
        clauses[clause.agreement_key].append(clause)
    years: defaultdict[str, list[int]] = defaultdict(list)
    promised = Target.objects.filter(scope=scope, agreement_key__in=keys).values_list("agreement_key", "target_year")
    for key, year in promised.distinct().order_by("target_year"):
        years[key].append(year)
    return [Paper(one, clauses[one.key], years[one.key]) for one in agreements]


def signed_years(scope: Scope) -> list[int]:
    """The years in which agreements were signed, latest first."""
    return [day.year for day in Agreement.objects.filter(scope=scope).dates("signed_on", "year", order="DESC")]


def falling_due(scope: Scope, *, on: date, within: date) -> tuple[list[Agreement], list[Clause]]:
    """What ends between two days: agreements and clauses, the next first."""
    ends = {"last_on__gte": on, "last_on__lte": within}
    agreements = Agreement.objects.filter(scope=scope, **ends).order_by("last_on", "key")[:50]
    return list(agreements), list(Clause.objects.filter(scope=scope, **ends).order_by("last_on", "key")[:50])


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting or a visit on the common list."""

    record: Meeting | Visit
    day: date

    @property
    def place(self) -> str:
        """Where the list goes on after it."""
        return f"{self.day.isoformat()}|{self.record.key}"


def events(scope: Scope, *, year: int | None, kind: str, after: str, size: int) -> list[Event]:
    """Meetings and visits, latest first, of a year and of a kind or direction where asked, after a place of the list."""
    meetings = Meeting.objects.filter(scope=scope)
    visits = Visit.objects.filter(scope=scope)
    if kind:
        meetings, visits = meetings.filter(kind_code=kind), visits.filter(direction_code=kind)
    if year:
        meetings, visits = meetings.filter(held_on__year=year), visits.filter(started_on__year=year)
    beyond = _place(after)
    if beyond:
        day, key = beyond
        meetings = meetings.filter(Q(held_on__lt=day) | Q(held_on=day, key__gt=key))
        visits = visits.filter(Q(started_on__lt=day) | Q(started_on=day, key__gt=key))
    found = [Event(one, one.held_on) for one in meetings.order_by("-held_on", "key")[:size]]
    found += [Event(one, one.started_on) for one in visits.order_by("-started_on", "key")[:size]]
    return sorted(found, key=lambda event: (-event.day.toordinal(), event.record.key))[:size]


def _place(given: str) -> tuple[date, str] | None:
    day, bar, key = given.partition("|")
    try:
        return (date.fromisoformat(day), key) if bar and "\x00" not in key else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Team:
    """A working team with its members: those on duty on a day, and those who were or will be."""

    team: WorkingTeam
    on_duty: Sequence[TeamMember]
    others: Sequence[TeamMember]


def teams(scope: Scope, *, on: date) -> tuple[list[Team], dict[str, str]]:
    """Every working team as it stands on a day, the latest first, and the masked names of the members by key."""
    members: defaultdict[str, list[TeamMember]] = defaultdict(list)
    for member in TeamMember.objects.filter(scope=scope).order_by("role_code", "first_on", "key"):
        members[member.team_key].append(member)
    found = [
        Team(
            team,
            [one for one in members[team.key] if _serves(one, on)],
            [one for one in members[team.key] if not _serves(one, on)],
        )
        for team in WorkingTeam.objects.filter(scope=scope).order_by("-first_on", "key")
    ]
    wanted = {one.person_key for each in members.values() for one in each}
    names = Person.objects.filter(scope=scope, key__in=wanted).values_list("key", "name_mask")
    return found, dict(names)


def _serves(member: TeamMember, day: date) -> bool:
    return member.first_on <= day and (member.last_on is None or member.last_on >= day)
