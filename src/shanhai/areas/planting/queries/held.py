"""What new rows are held against: land and rights of bases, leases, dues, lists, work and payments by key."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Sum

from shanhai.areas.planting.checks.land import Land, Old, Promise
from shanhai.areas.planting.checks.paying import Listed, Owed
from shanhai.areas.planting.models import (
    Base,
    BenefitPayment,
    DividendLine,
    DividendRound,
    LandLease,
    Parcel,
    RentDue,
    WorkDay,
)
from shanhai.areas.planting.terms import Channel
from shanhai.reference.models import Person


def land_of(scope_id: int, keys: Iterable[str], *, without: Collection[str]) -> dict[str, Land]:
    """The bases with these keys; leases in `without` are left out, the rows that replace them count instead."""
    wanted = set(keys)
    areas = standing_area(scope_id, wanted)
    bases = Base.objects.filter(scope_id=scope_id, key__in=wanted).values_list("key", "right_last_on")
    found = {key: Land(last, areas.get(key, 0)) for key, last in bases}
    leases = LandLease.objects.filter(scope_id=scope_id, base_key__in=wanted).exclude(key__in=without)
    for base, first, last, area in leases.values_list("base_key", "first_on", "last_on", "area_mu2"):
        found[base].leased.append((first, last, area))
    return found


def standing_area(scope_id: int, keys: Iterable[str]) -> dict[str, int]:
    """The land of bases in hundredths of a mu: parcels that no other parcel has taken the place of."""
    replaced = Parcel.objects.filter(scope_id=scope_id).exclude(former_key="").values("former_key")
    rows = Parcel.objects.filter(scope_id=scope_id, base_key__in=set(keys)).exclude(key__in=replaced)
    return dict(rows.values_list("base_key").annotate(area=Sum("area_mu2")))


def parcels(scope_id: int, keys: Iterable[str]) -> dict[str, Old]:
    """Recorded parcels by key."""
    rows = Parcel.objects.filter(scope_id=scope_id, key__in=set(keys)).values_list("key", "area_mu2", "built_on")
    return {key: Old(area, built) for key, area, built in rows}


def successors(scope_id: int, keys: Iterable[str]) -> dict[str, str]:
    """By former parcel the parcel recorded as standing on it."""
    rows = Parcel.objects.filter(scope_id=scope_id, former_key__in=set(keys))
    return dict(rows.values_list("former_key", "key"))


def leases(scope_id: int, keys: Iterable[str]) -> dict[str, Promise]:
    """Recorded leases by key, as their rents are held against them."""
    rows = LandLease.objects.filter(scope_id=scope_id, key__in=set(keys))
    told = rows.values_list("key", "base_key", "household_key", "yearly_fen", "first_on", "last_on")
    return {key: Promise(base, household, yearly, first, last) for key, base, household, yearly, first, last in told}


def dues_of_leases(scope_id: int, keys: Iterable[str], *, without: Collection[str]) -> dict[tuple[str, int], int]:
    """By lease and year, for how many months rent fell due already."""
    rows = RentDue.objects.filter(scope_id=scope_id, lease_key__in=set(keys)).exclude(key__in=without)
    found: defaultdict[tuple[str, int], int] = defaultdict(int)
    for lease, year, months in rows.values_list("lease_key", "due_year", "months"):
        found[lease, year] += months
    return dict(found)


def rounds(scope_id: int, keys: Iterable[str]) -> dict[str, DividendRound]:
    """Recorded rounds by key."""
    return {one.key: one for one in DividendRound.objects.filter(scope_id=scope_id, key__in=set(keys))}


def listed(scope_id: int, keys: Iterable[str], *, without: Collection[str]) -> dict[str, Listed]:
    """By round what stands on its list."""
    rows = DividendLine.objects.filter(scope_id=scope_id, round_key__in=set(keys)).exclude(key__in=without)
    totals: defaultdict[str, int] = defaultdict(int)
    households: defaultdict[str, set[str]] = defaultdict(set)
    for round_key, household, amount in rows.values_list("round_key", "household_key", "amount_fen"):
        totals[round_key] += amount
        households[round_key].add(household)
    return {key: Listed(total, frozenset(households[key])) for key, total in totals.items()}


def same_people(scope_id: int) -> dict[str, str]:
    """By record of a person the record that stands for it, where several mean one person."""
    rows = Person.objects.filter(scope_id=scope_id).exclude(canonical_key="")
    return dict(rows.values_list("key", "canonical_key"))


def days_worked(
    scope_id: int, days: tuple[date, date], people: Collection[str], *, without: Collection[str]
) -> dict[tuple[str, date], tuple[str, str]]:
    """By person and day the record and the base of a day of work."""
    rows = WorkDay.objects.filter(scope_id=scope_id, worked_on__range=days, person_key__in=people)
    kept = rows.exclude(key__in=without) if without else rows
    told = kept.values_list("person_key", "worked_on", "key", "base_key")
    return {(person, day): (key, base) for person, day, key, base in told}


def dues(scope_id: int, keys: Iterable[str], *, without: Collection[str]) -> dict[str, Owed]:
    """Rents that fell due, with what other payments paid of them."""
    wanted = set(keys)
    paid = paid_of(scope_id, "due_key", wanted, without)
    rows = RentDue.objects.filter(scope_id=scope_id, key__in=wanted)
    told = rows.values_list("key", "household_key", "base_key", "amount_fen", "due_on")
    return {key: Owed(household, base, amount, on, paid.get(key, 0)) for key, household, base, amount, on in told}


def lines(scope_id: int, keys: Iterable[str], *, without: Collection[str]) -> dict[str, Owed]:
    """Lines of dividend lists, with what other payments paid of them."""
    wanted = set(keys)
    paid = paid_of(scope_id, "line_key", wanted, without)
    told = list(
        DividendLine.objects.filter(scope_id=scope_id, key__in=wanted).values_list(
            "key", "household_key", "round_key", "amount_fen"
        )
    )
    decided = rounds(scope_id, (round_key for _, _, round_key, _ in told))
    return {
        key: Owed(household, decided[round_key].base_key, amount, decided[round_key].decided_on, paid.get(key, 0))
        for key, household, round_key, amount in told
        if round_key in decided
    }


def paid_of(scope_id: int, column: str, keys: Collection[str], without: Collection[str] = ()) -> dict[str, int]:
    """What payments paid of the dues or lines with these keys."""
    rows = BenefitPayment.objects.filter(scope_id=scope_id, **{f"{column}__in": keys})
    kept = rows.exclude(key__in=without) if without else rows
    return dict(kept.values_list(column).annotate(paid=Sum("amount_fen")))


Moves = dict[tuple[str, str], list[tuple[date, int]]]


def earned_and_paid(scope_id: int, people: Iterable[str], *, without: Collection[str]) -> tuple[Moves, Moves]:
    """By base and person the wages earned and the wages paid, each with its day."""
    wanted = set(people)
    work = WorkDay.objects.filter(scope_id=scope_id, person_key__in=wanted)
    paid = BenefitPayment.objects.filter(scope_id=scope_id, person_key__in=wanted, channel_code=Channel.WAGE)
    kept = paid.exclude(key__in=without) if without else paid
    return (
        _moves(work.values_list("base_key", "person_key", "worked_on", "wage_fen")),
        _moves(kept.values_list("base_key", "person_key", "paid_on", "amount_fen")),
    )


def _moves(rows: Any) -> Moves:
    found: Moves = defaultdict(list)
    for base, person, day, amount in rows:
        found[base, person].append((day, amount))
    return found
