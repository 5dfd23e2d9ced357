"""The rule by which a delivery is paid: pure, to the fen, from its inputs alone."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.areas.orders.checks import Point, Terms, Weighed, half_up, price_of, reckon, week_due

WEEK = date(2022, 3, 7)
DELIVERED, LATE = date(2022, 3, 16), date(2022, 12, 31)
POINTS = (
    Point(WEEK - timedelta(7), 0, 1500, WEEK),
    Point(WEEK, 0, 1516, WEEK + timedelta(8)),
    Point(WEEK, 1, 1540, WEEK + timedelta(29)),
)


def terms(**changed):
    told = {
        "premium": 500,
        "floor": 1200,
        "ceiling": 3000,
        "lag_weeks": 1,
        "missing": "refuse",
        "revised": "first",
        "grades": {"first": 10_000, "second": 9_500},
    }
    return Terms(**(told | changed))


def weighed(kilograms="480.55", grade="first", day=DELIVERED):
    return Weighed(day, int(Fraction(kilograms) * 100), grade)


def test_price_and_amount_are_rounded_half_up_once_each():
    found = reckon(terms(), POINTS, weighed(), LATE)
    assert (found.week, found.revision, found.reference) == (WEEK, 0, 1516)
    assert (found.price, found.due, found.bound) == (1592, 765_036, "none")


def test_a_lower_grade_is_paid_its_share_of_the_price():
    assert reckon(terms(), POINTS, weighed(grade="second"), LATE).price == half_up(Fraction(1516 * 105 * 95, 10_000))


def test_a_grade_without_a_share_is_not_priced():
    assert reckon(terms(), POINTS, weighed(grade="third"), LATE) is None


@pytest.mark.parametrize(("changed", "price", "bound"), [
    ({"floor": 1700}, 1700, "floor"), ({"ceiling": 1550}, 1550, "ceiling"), ({"floor": None, "ceiling": None}, 1592, "none"),
    ({"floor": 1592}, 1592, "floor"),
])  # fmt: skip
def test_floor_and_ceiling_hold_the_price(changed, price, bound):
    found = reckon(terms(**changed), POINTS, weighed(), LATE)
    assert (found.price, found.bound) == (price, bound)


@pytest.mark.parametrize(("day", "lag", "week"), [
    (date(2022, 3, 14), 0, date(2022, 3, 14)), (date(2022, 3, 20), 0, date(2022, 3, 14)),
    (date(2022, 3, 20), 2, date(2022, 2, 28)), (date(2022, 1, 2), 1, date(2021, 12, 20)),
])  # fmt: skip
def test_the_week_is_told_by_the_delivery_and_the_lag(day, lag, week):
    assert week_due(terms(lag_weeks=lag), day) == week


def test_a_missing_week_is_taken_from_the_one_before_only_where_the_rule_says_so():
    missing = date(2022, 3, 24)
    assert price_of(terms(missing="previous"), POINTS, missing, LATE).week == WEEK
    assert price_of(terms(missing="wait"), POINTS, missing, LATE) is None
    assert price_of(terms(missing="refuse"), POINTS, missing, LATE) is None


def test_a_price_not_yet_published_is_no_price():
    assert price_of(terms(missing="wait"), POINTS, DELIVERED, WEEK + timedelta(7)) is None
    assert price_of(terms(missing="wait"), POINTS, DELIVERED, WEEK + timedelta(8)).price == 1516


def test_a_revision_counts_from_the_day_it_is_published_where_the_rule_takes_the_latest():
    latest = terms(revised="latest")
    assert price_of(latest, POINTS, DELIVERED, WEEK + timedelta(28)).price == 1516
    assert price_of(latest, POINTS, DELIVERED, WEEK + timedelta(29)).price == 1540
    assert price_of(terms(revised="first"), POINTS, DELIVERED, LATE).price == 1516


@pytest.mark.slow
@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_half_up_is_the_nearest_and_a_half_goes_up(above, below):
    exact = Fraction(above, below)
    rounded = half_up(exact)
    assert Fraction(-1, 2) < rounded - exact <= Fraction(1, 2)


@pytest.mark.slow
@given(st.integers(500, 5_000), st.integers(0, 2_000), st.integers(1, 10**7), st.sampled_from(["first", "second"]))
def test_the_due_never_leaves_what_floor_ceiling_and_grade_allow(price, premium, weight, grade):
    rule = terms(premium=premium)
    found = reckon(rule, (Point(WEEK, 0, price, WEEK),), Weighed(DELIVERED, weight, grade), LATE)
    share = rule.grades[grade]
    assert half_up(Fraction(1200 * share, 10_000)) <= found.price <= half_up(Fraction(3000 * share, 10_000))
    assert found.due == half_up(Fraction(weight * found.price, 100))
