"""The weeks of a price series, and what was settled by the price of each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Sum

from shanhai.areas.orders.models import PricePoint, PriceSeries, PurchaseAgreement, Settlement


@dataclass(frozen=True, slots=True)
class Week:
    """A week with its published prices in the order of revisions, and the settlements that used it; money in fen."""

    monday: date
    prices: tuple[tuple[int, int, date], ...]
    count: int = 0
    lowest: int = 0
    highest: int = 0
    amount: int = 0

    @property
    def price(self) -> int:
        """The latest price published for the week."""
        return self.prices[-1][1]


def series_of(scope_id: int) -> list[PriceSeries]:
    """Every series, by number."""
    return list(PriceSeries.objects.filter(scope_id=scope_id).order_by("key"))


def years_of(scope_id: int, series_key: str, *, until: date) -> list[int]:
    """The years with prices, latest first."""
    points = PricePoint.objects.filter(scope_id=scope_id, series_key=series_key, published_on__lte=until).order_by()
    return sorted(points.values_list("week_on__year", flat=True).distinct(), reverse=True)


def agreements_on(scope_id: int, series_key: str, *, until: date) -> list[PurchaseAgreement]:
    """The agreements that refer to a series, signed by a day."""
    found = PurchaseAgreement.objects.filter(scope_id=scope_id, series_key=series_key, signed_on__lte=until)
    return list(found.order_by("signed_on", "key"))


def weeks(scope_id: int, series_key: str, agreements: list[str], *, year: int | None, until: date) -> list[Week]:
    """Every published week of a year, or of all, with what was settled by it up to a day."""
    points = PricePoint.objects.filter(scope_id=scope_id, series_key=series_key, published_on__lte=until)
    used = Settlement.objects.filter(scope_id=scope_id, agreement_key__in=agreements, settled_on__lte=until)
    if year:
        points, used = points.filter(week_on__year=year), used.filter(week_on__year=year)
    told: dict[date, list[tuple[int, int, date]]] = {}
    for monday, revision, price, published in points.order_by("week_on", "revision").values_list(
        "week_on", "revision", "price_fen", "published_on"
    ):
        told.setdefault(monday, []).append((revision, price, published))
    summed = (
        used.order_by()
        .values_list("week_on")
        .annotate(Count("key"), Min("price_fen"), Max("price_fen"), Sum("amount_fen"))
    )
    settled = {monday: tuple(rest) for monday, *rest in summed}
    return [Week(monday, tuple(prices), *settled.get(monday, ())) for monday, prices in told.items()]
