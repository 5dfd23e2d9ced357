"""What villages delivered and were paid, and every settlement of a village reckoned again from what is recorded now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from shanhai.areas.orders import queries
from shanhai.areas.orders.checks import Reckoned, reckon
from shanhai.areas.orders.models import Delivery, PurchaseAgreement, Settlement


@dataclass(frozen=True, slots=True)
class VillageStanding:
    """A village of a year: households, deliveries, heads, hundredths of a kilogram, and what was settled in fen."""

    town: str
    village: str
    households: int
    deliveries: int
    heads: int
    weight: int
    settled: int


@dataclass(frozen=True, slots=True)
class Line:
    """A settlement with its delivery, its agreement, and what the rule gives for it today.

    `holds` says that it still follows from its inputs; where it does not, a further settlement is due.
    """

    settlement: Settlement
    delivery: Delivery
    agreement: PurchaseAgreement
    reckoned: Reckoned | None
    holds: bool


def _deliveries(scope_id: int, *, year: int | None, until: date) -> "QuerySet[Delivery]":
    found = Delivery.objects.filter(scope_id=scope_id, delivered_on__lte=until)
    return found.filter(delivered_on__year=year) if year else found


def _settlements(scope_id: int, *, year: int | None, until: date) -> "QuerySet[Settlement]":
    found = Settlement.objects.filter(scope_id=scope_id, settled_on__lte=until)
    return found.filter(settled_on__year=year) if year else found


def by_village(scope_id: int, *, year: int | None, until: date) -> list[VillageStanding]:
    """Every village that delivered, by town and name."""
    delivered = _deliveries(scope_id, year=year, until=until).values("town", "village").order_by("town", "village")
    counted = delivered.annotate(
        households=Count("household_key", distinct=True), deliveries=Count("key"), heads=Sum("head_count"),
        weight=Sum("weight_kg2"),
    )  # fmt: skip
    paid = _settlements(scope_id, year=year, until=until).values_list("town", "village").order_by()
    settled = {(town, village): amount for town, village, amount in paid.annotate(Sum("amount_fen"))}
    return [VillageStanding(**one, settled=settled.get((one["town"], one["village"]), 0)) for one in counted]


def statement(scope_id: int, town: str, village: str, *, year: int | None, until: date) -> list[Line]:
    """Every settlement of a village, by household and day, each reckoned again."""
    found = list(
        _settlements(scope_id, year=year, until=until)
        .filter(town=town, village=village)
        .order_by("household_key", "settled_on", "key")
    )
    return lines_of(scope_id, found)


def lines_of(scope_id: int, settlements: Iterable[Settlement]) -> list[Line]:
    """Settlements with what they rest on."""
    found = list(settlements)
    deliveries = {one.key: one for one in Delivery.objects.filter(
        scope_id=scope_id, key__in={one.delivery_key for one in found})}  # fmt: skip
    agreements = {one.key: one for one in PurchaseAgreement.objects.filter(scope_id=scope_id)}
    points = queries.points_of(scope_id, (one.series_key for one in agreements.values()))
    lines = []
    for one in found:
        delivery, agreement = deliveries[one.delivery_key], agreements[one.agreement_key]
        again = reckon(
            queries.terms_of(agreement),
            points.get(agreement.series_key, ()),
            queries.weighed_of(delivery),
            one.settled_on,
        )
        lines.append(Line(one, delivery, agreement, again, _holds(one, again)))
    return lines


def _holds(one: Settlement, again: Reckoned | None) -> bool:
    said = (
        one.week_on, one.revision, one.reference_fen, one.premium_permyriad, one.grade_permyriad, one.bound_code,
        one.price_fen, one.due_fen,
    )  # fmt: skip
    if again is None:
        return False
    return said == (
        again.week, again.revision, again.reference, again.premium, again.grade, again.bound, again.price, again.due,
    )  # fmt: skip


def unsettled(scope_id: int, *, until: date) -> int:
    """How many deliveries have no settlement by a day."""
    settled = Settlement.objects.filter(scope_id=scope_id, settled_on__lte=until).values("delivery_key")
    return Delivery.objects.filter(scope_id=scope_id, delivered_on__lte=until).exclude(key__in=settled).count()


def years_of(scope_id: int, *, until: date) -> list[int]:
    """The years with settlements, latest first."""
    days = Settlement.objects.filter(scope_id=scope_id, settled_on__lte=until).order_by()
    return sorted(days.values_list("settled_on__year", flat=True).distinct(), reverse=True)


def last_of_each(lines: Iterable[Line]) -> dict[str, Line]:
    """The last settlement of each delivery."""
    found: dict[str, Line] = {}
    for line in lines:
        known = found.get(line.delivery.key)
        if known is None or (line.settlement.settled_on, line.settlement.entry) > (
            known.settlement.settled_on,
            known.settlement.entry,
        ):
            found[line.delivery.key] = line
    return found


def paid_by_household(lines: Iterable[Line]) -> dict[str, int]:
    """What each household of a statement was paid, in fen."""
    found: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        found[line.settlement.household_key] += line.settlement.amount_fen
    return dict(found)
