"""Pure checks on rows of orders: what, in which row and column."""

from datetime import date
from decimal import Decimal

import polars
import pytest

from shanhai.areas.orders import checks


def found(check, **columns):
    frame = polars.DataFrame({"_row": [3]} | {name: [value] for name, value in columns.items()})
    return [(row, column, code) for row, column, code, sentence in check(frame) if sentence.endswith("。")]


@pytest.mark.parametrize(("check", "wrong", "right", "column", "code"), [
    (checks.above_zero("weight_kg", "x.y"), {"weight_kg": 0}, {"weight_kg": 1}, "weight_kg", "x.y"),
    (checks.not_below_zero("cost_fen", "x.y"), {"cost_fen": -1}, {"cost_fen": 0}, "cost_fen", "x.y"),
    (checks.ends_after_it_begins("first_on", "last_on"), {"first_on": date(2022, 2, 1), "last_on": date(2022, 1, 1)},
     {"first_on": date(2022, 1, 1), "last_on": date(2022, 1, 1)}, "last_on", "orders.ends_before_it_begins"),
    (checks.week_begins_on_monday, {"week_on": date(2022, 3, 8)}, {"week_on": date(2022, 3, 7)}, "week_on", "orders.week_not_monday"),
    (checks.published_after_its_week_began, {"week_on": date(2022, 3, 7), "published_on": date(2022, 3, 6)},
     {"week_on": date(2022, 3, 7), "published_on": date(2022, 3, 7)}, "published_on", "orders.published_before_week"),
    (checks.floor_below_ceiling, {"floor_fen": 2, "ceiling_fen": 1}, {"floor_fen": 1, "ceiling_fen": None}, "floor_fen", "orders.floor_above_ceiling"),
    (checks.weight_believable, {"head_count": 4, "weight_kg": Decimal("4800.00")}, {"head_count": 4, "weight_kg": Decimal("480.00")},
     "weight_kg", "orders.weight_unusual"),
    (checks.gain_is_income_less_cost_less_baseline, {"income_fen": 10, "cost_fen": 3, "baseline_fen": 2, "gain_fen": 6},
     {"income_fen": 10, "cost_fen": 3, "baseline_fen": 2, "gain_fen": 5}, "gain_fen", "orders.gain_does_not_add_up"),
    (checks.amount_is_price_times_quantity, {"quantity_kg": Decimal("2.50"), "price_fen": 101, "amount_fen": 252},
     {"quantity_kg": Decimal("2.50"), "price_fen": 101, "amount_fen": 253}, "amount_fen", "orders.amount_not_price_times_quantity"),
])  # fmt: skip
def test_a_wrong_cell_is_found_and_a_right_one_is_not(check, wrong, right, column, code):
    assert found(check, **wrong) == [(3, column, code)]
    assert found(check, **right) == []


def test_a_tomorrow_that_is_monday_is_named_to_the_clerk():
    frame = polars.DataFrame({"_row": [3], "week_on": [date(2022, 3, 9)]})
    (problem,) = checks.week_begins_on_monday(frame)
    assert "2022-03-07" in problem[3]
