"""Pure checks on rows of orders and sales, and the rule by which a delivery is paid."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import polars

from shanhai.areas.orders.terms import Bound, MissingWeek, RevisedWeek
from shanhai.base.language import say

Problem = tuple[int, str, str, str]
Check = Callable[[polars.DataFrame], Iterator[Problem]]
WHOLE = 10_000
"""A whole in parts of ten thousand: 500 is 5 per cent."""
#: Live weight per head of what is told, in kilograms; outside it somebody wrote 斤, or missed a digit.
BELIEVABLE_KG = (20, 400)


@dataclass(frozen=True, slots=True)
class Terms:
    """The price rule of an agreement; prices in fen per kilogram, shares in parts of ten thousand."""

    premium: int
    floor: int | None
    ceiling: int | None
    lag_weeks: int
    missing: str
    revised: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Point:
    """A published weekly price: its Monday, its revision, fen per kilogram, the day it was published."""

    week: date
    revision: int
    price: int
    published: date


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was handed over: the day, hundredths of a kilogram, the grade."""

    day: date
    weight: int
    grade: str


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the rule gives: the price used and where it comes from, and the whole that is due in fen."""

    week: date
    revision: int
    reference: int
    premium: int
    grade: int
    bound: str
    price: int
    due: int


def reckon(terms: Terms, points: Iterable[Point], weighed: Weighed, settled_on: date) -> Reckoned | None:
    """What a delivery is paid by its agreement, from prices published by the day of settlement; None without a price.

    The reference price with the premium, held between floor and ceiling, times the share of the grade, is rounded
    half up to the fen once; times the weight it is rounded half up to the fen again.
    """
    point = price_of(terms, points, weighed.day, settled_on)
    grade = terms.grades.get(weighed.grade)
    if point is None or grade is None:
        return None
    ruled = Fraction(point.price * (WHOLE + terms.premium), WHOLE)
    held, bound = _held(ruled, terms)
    price = half_up(held * Fraction(grade, WHOLE))
    due = half_up(Fraction(weighed.weight * price, 100))
    return Reckoned(point.week, point.revision, point.price, terms.premium, grade, bound, price, due)


def _held(ruled: Fraction, terms: Terms) -> tuple[Fraction, str]:
    if terms.floor is not None and ruled < terms.floor:
        return Fraction(terms.floor), str(Bound.FLOOR)
    if terms.ceiling is not None and ruled > terms.ceiling:
        return Fraction(terms.ceiling), str(Bound.CEILING)
    return ruled, str(Bound.NONE)


def week_due(terms: Terms, delivered_on: date) -> date:
    """The Monday of the week whose price an agreement looks at for a delivery of a day."""
    return delivered_on - timedelta(days=delivered_on.weekday(), weeks=terms.lag_weeks)


def price_of(terms: Terms, points: Iterable[Point], delivered_on: date, settled_on: date) -> Point | None:
    """The price an agreement takes for a delivery: of its week, or of an earlier one where the rule says so."""
    week = week_due(terms, delivered_on)
    known = [point for point in points if point.published <= settled_on and point.week <= week]
    if terms.missing != MissingWeek.PREVIOUS:
        known = [point for point in known if point.week == week]
    if not known:
        return None
    latest = max(point.week for point in known)
    wanted = max if terms.revised == RevisedWeek.LATEST else min
    return wanted((point for point in known if point.week == latest), key=lambda point: point.revision)


def half_up(exact: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def hundredths(amount: Decimal) -> int:
    """An amount with two decimals as a whole number of hundredths."""
    return int(amount.scaleb(2).to_integral_exact())


def above_zero(column: str, code: str) -> Check:
    """What was measured or paid is above zero."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        for row in frame.filter(polars.col(column) <= 0).iter_rows(named=True):
            yield row["_row"], column, code, say("填的数不大于零。请填写大于零的数。")

    return check


def not_below_zero(column: str, code: str) -> Check:
    """A cost or a floor is not below zero."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        for row in frame.filter(polars.col(column) < 0).iter_rows(named=True):
            yield row["_row"], column, code, say("填的数小于零。请填写不小于零的数。")

    return check


def ends_after_it_begins(first: str, last: str) -> Check:
    """The last day does not lie before the first."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        for row in frame.filter(polars.col(last) < polars.col(first)).iter_rows(named=True):
            yield (
                row["_row"],
                last,
                "orders.ends_before_it_begins",
                say("结束日期早于开始日期（{first_day}）。请核对两个日期。", first_day=row[first]),
            )

    return check


def week_begins_on_monday(frame: polars.DataFrame) -> Iterator[Problem]:
    """A week is named by its Monday, so that one week has one name."""
    for row in frame.filter(polars.col("week_on").dt.weekday() != 1).iter_rows(named=True):
        monday = row["week_on"] - timedelta(days=row["week_on"].weekday())
        yield (
            row["_row"],
            "week_on",
            "orders.week_not_monday",
            say("{day} 不是周一。一周以周一的日期为名，这一周请填 {monday}。", day=row["week_on"], monday=monday),
        )


def published_after_its_week_began(frame: polars.DataFrame) -> Iterator[Problem]:
    """A price is not published before the week it was surveyed in."""
    for row in frame.filter(polars.col("published_on") < polars.col("week_on")).iter_rows(named=True):
        yield (
            row["_row"],
            "published_on",
            "orders.published_before_week",
            say("公布日期早于这一周的周一（{week}）。请核对两个日期。", week=row["week_on"]),
        )


def floor_below_ceiling(frame: polars.DataFrame) -> Iterator[Problem]:
    """保底价 does not lie above 封顶价."""
    for row in frame.filter(polars.col("floor_fen") > polars.col("ceiling_fen")).iter_rows(named=True):
        yield (
            row["_row"],
            "floor_fen",
            "orders.floor_above_ceiling",
            say("保底价高于封顶价，没有价格能同时满足。请核对两个价格。"),
        )


def weight_believable(frame: polars.DataFrame) -> Iterator[Problem]:
    """Weight per head, told where it looks like 斤 or a missing digit."""
    least, most = BELIEVABLE_KG
    for row in frame.drop_nulls(["weight_kg", "head_count"]).iter_rows(named=True):
        heads = row["head_count"]
        if heads > 0 and not least * heads <= row["weight_kg"] <= most * heads:
            yield (
                row["_row"],
                "weight_kg",
                "orders.weight_unusual",
                say(
                    "{heads} 头共 {weight} 公斤，平均每头 {each} 公斤，不合常情。请核对单位是不是公斤。",
                    heads=heads,
                    weight=row["weight_kg"],
                    each=(row["weight_kg"] / heads).quantize(Decimal("0.01")),
                ),
            )


def gain_is_income_less_cost_less_baseline(frame: polars.DataFrame) -> Iterator[Problem]:
    """增收 is reckoned from its three parts."""
    wanted = polars.col("income_fen") - polars.col("cost_fen") - polars.col("baseline_fen")
    for row in frame.filter(polars.col("gain_fen") != wanted).iter_rows(named=True):
        reckoned = Decimal(row["income_fen"] - row["cost_fen"] - row["baseline_fen"]).scaleb(-2)
        yield (
            row["_row"],
            "gain_fen",
            "orders.gain_does_not_add_up",
            say(
                "增收应是结算收入减成本减对照纯收入，算得 {reckoned} 元。请改正这一格或三个组成数。",
                reckoned=reckoned,
            ),
        )


def amount_is_price_times_quantity(frame: polars.DataFrame) -> Iterator[Problem]:
    """Where price and quantity are told, the sum is their product, to the fen."""
    for row in frame.drop_nulls(["quantity_kg", "price_fen", "amount_fen"]).iter_rows(named=True):
        reckoned = half_up(Fraction(hundredths(row["quantity_kg"]) * row["price_fen"], 100))
        if reckoned != row["amount_fen"]:
            yield (
                row["_row"],
                "amount_fen",
                "orders.amount_not_price_times_quantity",
                say(
                    "单价乘数量是 {reckoned} 元，与填写的金额不一致。请核对单价、数量和金额。",
                    reckoned=Decimal(reckoned).scaleb(-2),
                ),
            )
