"""What is recorded that new rows are held against: spells of people, groups on a day, months with evidence, rules."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Sum

from shanhai.areas.labour.checks import OPEN, Rule, Spell, Version
from shanhai.areas.labour.models import Placement, StayProof, Subsidy, SubsidyRule, Worker
from shanhai.areas.labour.terms import SubsidyResult, WorkerGroup
from shanhai.reference.models import Person

#: Beyond so many keys a whole scope is asked for rather than each by its key.
_MANY = 2_000


def stands_for(scope_id: int) -> dict[str, str]:
    """The key that stands for each person recognised as somebody recorded under another one."""
    merged = Person.objects.filter(scope_id=scope_id).exclude(canonical_key="")
    return dict(merged.values_list("key", "canonical_key"))


def everybody_alike(keys: Iterable[str], standing: Mapping[str, str]) -> set[str]:
    """The keys and all others that are recognised as the same people."""
    meant = {standing.get(key, key) for key in keys}
    return meant | {key for key, stands in standing.items() if stands in meant} | set(keys)


def spells_of(scope_id: int, people: Collection[str], standing: Mapping[str, str]) -> list[Spell]:
    """The recorded spells of people, each under the key that stands for the person."""
    rows = Placement.objects.filter(scope_id=scope_id)
    if len(people) <= _MANY:
        rows = rows.filter(person_key__in=people)
    columns = ("key", "person_key", "started_on", "ended_on", "employer", "class_code")
    return [
        Spell(key, standing.get(person, person), *rest)
        for key, person, *rest in rows.values_list(*columns).iterator(chunk_size=10_000)
    ]


def placements_named(scope_id: int, keys: Collection[str]) -> dict[str, Placement]:
    """Placements by their keys."""
    return {one.key: one for one in Placement.objects.filter(scope_id=scope_id, key__in=keys)}


def versions(scope_id: int) -> list[Version]:
    """Every recorded version of the subsidy rules."""
    columns = ("key", "kind_code", "group_code", "class_code", "first_on", "last_on")
    rows = SubsidyRule.objects.filter(scope_id=scope_id).values_list(*columns)
    return [Version(key, (kind, group, place), first, last) for key, kind, group, place, first, last in rows]


def rules_by_kind(scope_id: int) -> dict[str, list[Rule]]:
    """The versions of the subsidy rules, as decisions read them, by what they pay for."""
    found: defaultdict[str, list[Rule]] = defaultdict(list)
    for one in SubsidyRule.objects.filter(scope_id=scope_id).order_by("first_on", "key"):
        found[one.kind_code].append(
            Rule(
                one.key, one.amount_fen, one.per_code, one.group_code, one.class_code, one.months_minimum,
                one.months_maximum, one.cap_fen, one.first_on, one.last_on,
            )
        )  # fmt: skip
    return dict(found)


def groups_of(scope_id: int, people: Collection[str]) -> dict[str, list[tuple[date, date, str]]]:
    """The groups people are in, each with its first and last day, by the key in the register."""
    found: defaultdict[str, list[tuple[date, date, str]]] = defaultdict(list)
    rows = Worker.objects.filter(scope_id=scope_id, person_key__in=people)
    for person, first, last, group in rows.values_list("person_key", "first_on", "last_on", "group_code"):
        found[person].append((first, last or OPEN, group))
    return dict(found)


def group_on(groups: Iterable[tuple[date, date, str]], day: date) -> str:
    """The group on a day; somebody registered twice is lifted where one of the records says so."""
    held = {group for first, last, group in groups if first <= day <= last}
    return next((str(group) for group in WorkerGroup if group in held), "")


def months_of(scope_id: int, placements: Collection[str]) -> dict[str, set[date]]:
    """The months of each placement that have evidence; a month is one, whatever proves it."""
    found: defaultdict[str, set[date]] = defaultdict(set)
    rows = StayProof.objects.filter(scope_id=scope_id, placement_key__in=placements)
    for key, month in rows.values_list("placement_key", "month_on"):
        found[key].add(month.replace(day=1))
    return dict(found)


def accounts_of(scope_id: int, keys: Collection[str]) -> dict[str, tuple[str, str]]:
    """The account of each decision on a subsidy, as ciphertext and masked."""
    rows = Subsidy.objects.filter(scope_id=scope_id, key__in=keys)
    return {key: (sealed, mask) for key, sealed, mask in rows.values_list("key", "account_sealed", "account_mask")}


def granted_before(
    scope_id: int, people: Collection[str], *, without: Collection[str]
) -> dict[tuple[str, str, int], int]:
    """What people were granted, by person, kind and year; decisions that are being made again are left out."""
    granted = Subsidy.objects.filter(scope_id=scope_id, person_key__in=people, result_code=SubsidyResult.GRANTED)
    rows = granted.exclude(key__in=without).values_list("person_key", "kind_code", "applied_on__year")
    return {(person, kind, year): fen for person, kind, year, fen in rows.annotate(fen=Sum("amount_fen"))}
