"""A clerk's desk for orders: a series, prices, an agreement, households; rows are written by action."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars
import pytest

from shanhai.access.entering import Context
from shanhai.areas.orders import actions as orders
from shanhai.journal import actions
from shanhai.journal.acts import ActKind

ACT = ActKind("orders.tests.recorded", "登记", ("clerk",))
PAIRING = "331081-511381"
SERIES = {"_key": "JG", "series_no": "JG", "name": "示例周价", "produce_code": "pig", "place": "西南", "publisher": "示例机构", "registered_on": date(2022, 1, 1)}  # fmt: skip
AGREEMENT = {
    "_key": "DG", "agreement_no": "DG", "title": "示例协议", "buyer_name": "示例公司", "buyer_code": "", "buyer_side_code": "west",
    "seller_name": "示例合作社", "witness_name": "", "produce_code": "pig", "signed_on": date(2021, 12, 20), "first_on": date(2022, 1, 1),
    "last_on": date(2022, 12, 31), "head_count": 100, "series_key": "JG", "premium_percent": Decimal("5.00"), "floor_fen": 1200,
    "ceiling_fen": 3000, "lag_weeks": 1, "missing_code": "refuse", "revised_code": "latest", "first_percent": Decimal("100.00"),
    "second_percent": Decimal("95.00"), "third_percent": None, "grade_rule": "示例", "weighing_rule": "示例",
}  # fmt: skip
DELIVERY = {
    "_key": "JS", "delivery_no": "JS", "agreement_key": "DG", "household_key": "NH", "town": "千佛镇", "village": "示例一村",
    "delivered_on": date(2022, 3, 16), "head_count": 4, "weight_kg": Decimal("480.55"), "grade_code": "first", "ticket_no": "示例磅-1",
}  # fmt: skip
#: 15.16 x 1.05 = 15.918, half up 15.92; x 480.55 = 7,650.356, half up 7,650.36.
SETTLEMENT = {
    "_key": "JSD", "settlement_no": "JSD", "delivery_key": "JS", "corrects_key": "", "settled_on": date(2022, 3, 25), "week_on": date(2022, 3, 7),
    "revision": 0, "reference_fen": 1516, "price_fen": 1592, "amount_fen": 765_036,
}  # fmt: skip


def point(week, price, *, revision=0, published=None, series="JG"):
    """A published price of a week, a week later unless told otherwise."""
    return {
        "_key": f"{series}/{week.isoformat()}/{revision}", "series_key": series, "week_on": week, "revision": revision,
        "price_fen": price, "published_on": published or date.fromordinal(week.toordinal() + 8), "document_no": "",
    }  # fmt: skip


@pytest.fixture
def enter(acting, office, today):
    """Write rows by an action, as a clerk of a side of a pairing: `enter("deliver", {...}, {...})`."""

    def written(name: str, *rows: dict[str, Any], side: str = "west", **context: Any) -> int:
        actor = acting(context.pop("role", "clerk"), side=side, scope=PAIRING)
        frame = polars.DataFrame([{"_row": at} | row for at, row in enumerate(rows, start=2)], infer_schema_length=None)
        scope = office.scopes[PAIRING]
        with actions.act(ACT, author=actor.author, scope_id=scope) as opened:
            where = Context(
                actor=actor, scope_id=scope, scope_code=PAIRING, side=side, act=opened, today=today, **context
            )
            return getattr(orders, name)(rows=frame, context=where)

    return written


@pytest.fixture
def ordered(enter):
    """A series with one price, an agreement, a delivery; answers the writer."""
    enter("register_series", SERIES)
    enter("publish_prices", point(date(2022, 3, 7), 1516))
    enter("sign", AGREEMENT)
    enter("deliver", DELIVERY)
    return enter
