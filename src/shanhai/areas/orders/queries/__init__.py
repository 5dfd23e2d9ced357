"""What orders and sales are asked: agreements with their rules, prices, and what stands behind a settlement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import polars

from shanhai.access.entering import Context, keys_in
from shanhai.areas.orders.checks import Point, Terms, Weighed, hundredths
from shanhai.areas.orders.models import Delivery, PricePoint, PurchaseAgreement
from shanhai.areas.orders.terms import Grade


def agreements_named(rows: polars.DataFrame, context: Context) -> dict[str, PurchaseAgreement]:
    """The agreements rows name, by key."""
    if "agreement_key" not in rows.columns:
        return {}
    named = set(keys_in(rows, "agreement_key", context))
    found = PurchaseAgreement.objects.filter(scope_id=context.scope_id, key__in=named)
    return {agreement.key: agreement for agreement in found}


def terms_of(agreement: PurchaseAgreement) -> Terms:
    """The price rule of an agreement; a grade it names no share for is not bought."""
    shares = {
        str(Grade.FIRST): agreement.first_percent,
        str(Grade.SECOND): agreement.second_percent,
        str(Grade.THIRD): agreement.third_percent,
    }
    return Terms(
        premium=agreement.premium_permyriad, floor=agreement.floor_fen, ceiling=agreement.ceiling_fen,
        lag_weeks=agreement.lag_weeks, missing=agreement.missing_code, revised=agreement.revised_code,
        grades={grade: hundredths(share) for grade, share in shares.items() if share is not None},
    )  # fmt: skip


def points_of(scope_id: int, series: Iterable[str]) -> Mapping[str, list[Point]]:
    """Every published price of these series, by series."""
    found: defaultdict[str, list[Point]] = defaultdict(list)
    rows = PricePoint.objects.filter(scope_id=scope_id, series_key__in=set(series)).order_by("week_on", "revision")
    for key, week, revision, price, published in rows.values_list(
        "series_key", "week_on", "revision", "price_fen", "published_on"
    ):
        found[key].append(Point(week, revision, price, published))
    return found


def weighed_of(delivery: Delivery) -> Weighed:
    """What a delivery was weighed at."""
    return Weighed(delivery.delivered_on, delivery.weight_kg2, delivery.grade_code)
