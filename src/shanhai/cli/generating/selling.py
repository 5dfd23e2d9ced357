"""What households of a pairing sell by agreement: weekly prices, agreements, deliveries, and statements by their rule.

The rule is worked out here once more, over whole arrays and in whole numbers, so that what is true of the statements
does not rest on the code that reckons them for an office.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from shanhai.cli.generating.batches import Batch, keys
from shanhai.cli.generating.truth import Rows, Truth
from shanhai.cli.generating.world import FIRST_YEAR, Numbers, Pair, People, days_between

_FROM = date(FIRST_YEAR, 7, 1)
#: The second agreement is bought under from this day.
_SECOND_FROM = np.datetime64(date(FIRST_YEAR, 10, 1))
#: A Monday far enough before the first delivery for every lag.
_FIRST_WEEK = np.datetime64(date(FIRST_YEAR, 6, 7))
_WHOLE = 10_000
_GRADES = np.array(["first", "second", "third"])
_BOUNDS = np.array(["none", "floor", "ceiling"])
#: Of the two agreements: floor and ceiling in fen (one has no ceiling), which earlier week, shares of the grades.
_FLOOR, _CEILING, _LAG = np.array([1_400, 1_300]), np.array([2_300, 9_999_999]), np.array([1, 2])
_SHARES = np.array([[10_000, 9_500, 8_800], [10_000, 9_250, 8_500]])
#: The first takes an earlier week where one is missing, and the latest revision; the second waits, and takes what came first.
_WAITS, _LATEST = np.array([False, True]), np.array([True, False])
_REVISED_AFTER, _RESTATED_AFTER, _WEIGHED_AGAIN_AFTER = (np.timedelta64(days, "D") for days in (28, 10, 30))


@dataclass(frozen=True, slots=True)
class _Prices:
    """Fen per kilogram by week: as first published and as revised; zero is a week without either."""

    first: Numbers
    revised: Numbers

    @property
    def monday(self) -> Numbers:
        """The Mondays of the weeks."""
        return _FIRST_WEEK + np.arange(len(self.first)) * np.timedelta64(7, "D")


@dataclass(frozen=True, slots=True)
class _Deliveries:
    """Deliveries as arrays: household, agreement (0 or 1), day, heads, hundredths of a kilogram, grade."""

    home: Numbers
    agreement: Numbers
    day: Numbers
    heads: Numbers
    weight: Numbers
    grade: Numbers


@dataclass(frozen=True, slots=True)
class _Statements:
    """Statements on some of the deliveries, of which `of` is the place: what the rule gives, and what was settled before."""

    of: Numbers
    settled_on: Numbers
    weight: Numbers
    week: Numbers
    revision: Numbers
    reference: Numbers
    price: Numbers
    bound: Numbers
    due: Numbers
    before: Numbers

    def only(self, kept: Numbers) -> "_Statements":
        """Some of them."""
        return _Statements(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))


def orders(pair: Pair, people: People, random: np.random.Generator, truth: Truth) -> Iterator[Batch]:
    """Prices, two agreements, deliveries, statements; revised prices and weights put right bring further statements."""
    prices = _drawn_prices(pair, random)
    premium = random.choice(np.array([300, 500]), size=2)
    sold = _drawn_deliveries(pair, people, random)
    yield from _published(pair, prices)
    yield from _agreements(pair, premium, sold, truth)
    yield Batch("orders.delivery", _delivery_frame(pair, sold))
    settled = sold.day + random.integers(7, 21, len(sold.day)).astype("timedelta64[D]")
    first = _reckoned(sold, np.arange(len(sold.day)), settled, (prices, premium))
    first = first.only((first.reference > 0) & (first.settled_on <= np.datetime64(pair.size.last_on)))
    yield Batch("orders.settlement", _statement_frame(pair, (sold, premium), first, corrects=False))
    right, again = _weighed_again(pair, sold, first)
    sold.weight[right] += 500
    yield Batch("orders.delivery", _weights(pair, sold, right), corrects=True)
    further = _further(pair, sold, first, (prices, premium, again))
    yield Batch("orders.settlement", _statement_frame(pair, (sold, premium), further, corrects=True))
    _true_orders(truth, sold, (first, further), premium)


def _drawn_prices(pair: Pair, random: np.random.Generator) -> _Prices:
    """A price a week, about one in ten missing (never the first), one in five revised."""
    weeks = int((np.datetime64(pair.size.last_on) - _FIRST_WEEK) // np.timedelta64(7, "D")) + 1
    first = random.integers(1_200, 2_600, weeks)
    revised = np.where(random.random(weeks) < 0.2, first + random.integers(1, 90, weeks), 0)
    missing = random.random(weeks) < 0.1
    missing[0] = False
    return _Prices(np.where(missing, 0, first), np.where(missing, 0, revised))


def _drawn_deliveries(pair: Pair, people: People, random: np.random.Generator) -> _Deliveries:
    count = people.households
    day = days_between(random, count, _FROM, pair.size.last_on)
    heads = random.integers(1, 6, count)
    second = (day >= _SECOND_FROM) & (random.random(count) < 0.4)
    home, weight = random.integers(0, count, count), heads * random.integers(9_000, 13_000, count)
    return _Deliveries(home, second.astype(np.int64), day, heads, weight, random.integers(0, 3, count))


def _published(pair: Pair, prices: _Prices) -> Iterator[Batch]:
    """The series and its weeks: a first price at the end of the week, a revision four weeks after its Monday."""
    yield Batch("orders.priceseries", pl.DataFrame({
        "key": keys("JG", np.array([1]), pair.code), "series_no": ["JG-0000001"], "name": ["示例活猪周价"], "produce_code": ["pig"],
        "place": ["示例地区"], "publisher": ["示例价格监测机构"], "registered_on": [_FROM],
    }))  # fmt: skip
    given, changed = np.flatnonzero(prices.first), np.flatnonzero(prices.revised)
    changed = changed[prices.monday[changed] + _REVISED_AFTER <= np.datetime64(pair.size.last_on)]
    week = np.concatenate([given, changed])
    published = np.concatenate([prices.monday[given] + np.timedelta64(4, "D"), prices.monday[changed] + _REVISED_AFTER])
    yield Batch("orders.pricepoint", pl.DataFrame({
        "key": keys("ZJ", np.arange(len(week)), pair.code), "week_on": prices.monday[week],
        "revision": np.repeat([0, 1], [len(given), len(changed)]),
        "price_fen": np.concatenate([prices.first[given], prices.revised[changed]]), "published_on": published,
    }).with_columns(series_key=pl.lit(f"{pair.code}/JG-0000001"), document_no=pl.lit("示例")))  # fmt: skip


def _agreements(pair: Pair, premium: Numbers, sold: _Deliveries, truth: Truth) -> Iterator[Batch]:
    """Two agreements, for about as many heads as were delivered; one takes an earlier week and revisions, one neither."""
    signed = np.array([_FROM, date(FIRST_YEAR, 9, 20)], dtype="datetime64[D]")
    last = np.full(2, np.datetime64(pair.size.last_on))
    heads = np.bincount(sold.agreement, weights=sold.heads, minlength=2).astype(np.int64) + 10
    frame = pl.DataFrame({
        "key": keys("DG", np.arange(2), pair.code), "agreement_no": ["DG-0000000", "DG-0000001"], "signed_on": signed,
        "first_on": [_FROM, date(FIRST_YEAR, 10, 1)], "last_on": last, "head_count": heads, "premium_permyriad": premium,
        "floor_fen": _FLOOR, "ceiling_fen": [int(_CEILING[0]), None], "lag_weeks": _LAG,
        "missing_code": np.where(_WAITS, "wait", "previous"), "revised_code": np.where(_LATEST, "latest", "first"),
        "first_percent": _SHARES[:, 0], "second_percent": _SHARES[:, 1], "third_percent": _SHARES[:, 2],
    }).with_columns(
        pl.col("first_percent", "second_percent", "third_percent") / 100, premium_percent=pl.col("premium_permyriad") / 100,
        title=pl.lit("示例订购协议"), buyer_name=pl.lit("示例收购企业"), buyer_side_code=pl.lit("west"), seller_name=pl.lit("示例合作社"),
        produce_code=pl.lit("pig"), series_key=pl.lit(f"{pair.code}/JG-0000001"), grade_rule=pl.lit("示例"), weighing_rule=pl.lit("示例"),
    )  # fmt: skip
    yield Batch("orders.purchaseagreement", frame.cast({pl.Float64: pl.Decimal(7, 2)}), "signed")
    truth.rows("orders.agreements_signed", Rows(signed))
    truth.sums("orders.heads_agreed", Rows(signed, amount=heads))
    truth.common("orders.premium_agreed", Rows(signed, amount=premium, until=last))


def _delivery_frame(pair: Pair, sold: _Deliveries) -> pl.DataFrame:
    frame = pl.DataFrame({
        "key": keys("JS", np.arange(len(sold.day)), pair.code), "household_key": keys("NH", sold.home, pair.code),
        "agreement_key": keys("DG", sold.agreement, pair.code), "delivered_on": sold.day, "head_count": sold.heads,
        "weight_kg2": sold.weight, "grade_code": _GRADES[sold.grade],
    })  # fmt: skip
    return frame.with_columns(
        delivery_no=pl.col("key").str.split("/").list.last(), town=pl.lit("示例镇"), village=pl.lit("示例村"),
        weight_kg=(pl.col("weight_kg2") / 100).cast(pl.Decimal(12, 2)), ticket_no=pl.lit("示例"), buyer_side_code=pl.lit("west"),
    )  # fmt: skip


def _reckoned(sold: _Deliveries, of: Numbers, settled: Numbers, told: tuple[_Prices, Numbers]) -> _Statements:
    """What the rule gives these deliveries on these days; a reference of nought is a week without a price."""
    prices, premium = told
    agreement, weight = sold.agreement[of], sold.weight[of]
    due_week = (sold.day[of] - _FIRST_WEEK) // np.timedelta64(7, "D") - _LAG[agreement]
    with_price = np.maximum.accumulate(np.where(prices.first > 0, np.arange(len(prices.first)), 0))
    week = np.where(_WAITS[agreement], due_week, with_price[due_week])
    known = prices.monday[week] + _REVISED_AFTER <= settled
    revision = (_LATEST[agreement] & (prices.revised[week] > 0) & known).astype(np.int64)
    reference = np.where(revision == 1, prices.revised[week], prices.first[week])
    ruled = reference * (_WHOLE + premium[agreement])
    floor, ceiling = _FLOOR[agreement] * _WHOLE, _CEILING[agreement] * _WHOLE
    bound = np.where(ruled < floor, 1, np.where(ruled > ceiling, 2, 0))
    share = _SHARES[agreement, sold.grade[of]]
    price = _half_up(np.clip(ruled, floor, ceiling) * share, _WHOLE * _WHOLE)
    due = _half_up(weight * price, 100)
    return _Statements(of, settled, weight, week, revision, reference, price, bound, due, np.zeros_like(due))


def _half_up(parts: Numbers, whole: int) -> Numbers:
    return (2 * parts + whole) // (2 * whole)


def _weighed_again(pair: Pair, sold: _Deliveries, first: _Statements) -> tuple[Numbers, Numbers]:
    """One settled delivery in twenty of the second agreement was weighed wrongly: its place, and the day that is settled."""
    again = first.settled_on + _WEIGHED_AGAIN_AFTER
    found = np.flatnonzero((sold.agreement[first.of] == 1) & (again <= np.datetime64(pair.size.last_on)))[::20]
    return first.of[found], again[found]


def _weights(pair: Pair, sold: _Deliveries, of: Numbers) -> pl.DataFrame:
    frame = pl.DataFrame({"key": keys("JS", of, pair.code), "weight_kg2": sold.weight[of]})
    return frame.with_columns(weight_kg=(pl.col("weight_kg2") / 100).cast(pl.Decimal(12, 2)))


def _further(pair: Pair, sold: _Deliveries, first: _Statements, told: tuple[_Prices, Numbers, Numbers]) -> _Statements:
    """The statements that put the first ones right: after a revision that came too late for them, or another weight."""
    prices, premium, weighed_again_on = told
    restated = prices.monday[first.week] + _REVISED_AFTER + _RESTATED_AFTER
    late = _LATEST[sold.agreement[first.of]] & (prices.revised[first.week] > 0) & (first.revision == 0)
    late &= restated <= np.datetime64(pair.size.last_on)
    lighter = sold.weight[first.of] != first.weight
    at = np.concatenate([np.flatnonzero(late), np.flatnonzero(lighter)])
    day = np.concatenate([restated[late], weighed_again_on])
    found = _reckoned(sold, first.of[at], day, (prices, premium))
    found.before[:] = first.due[at]
    return found.only(found.due != found.before)


def _statement_frame(
    pair: Pair, told: tuple[_Deliveries, Numbers], statements: _Statements, *, corrects: bool
) -> pl.DataFrame:
    """A statement has the number of its delivery; a further one another prefix, and names the first."""
    (sold, premium), of = told, statements.of
    agreement = sold.agreement[of]
    monday = _FIRST_WEEK + statements.week * np.timedelta64(7, "D")
    own, first = keys("JB" if corrects else "JA", of, pair.code), keys("JA", of, pair.code)
    return pl.DataFrame({
        "key": own, "delivery_key": keys("JS", of, pair.code), "corrects_key": first if corrects else [""] * len(of),
        "settled_on": statements.settled_on, "week_on": monday, "revision": statements.revision,
        "reference_fen": statements.reference, "price_fen": statements.price, "amount_fen": statements.due - statements.before,
        "agreement_key": keys("DG", agreement, pair.code), "household_key": keys("NH", sold.home[of], pair.code),
        "delivered_on": sold.day[of], "weight_kg2": statements.weight, "grade_code": _GRADES[sold.grade[of]],
        "grade_permyriad": _SHARES[agreement, sold.grade[of]], "premium_permyriad": premium[agreement],
        "bound_code": _BOUNDS[statements.bound], "due_fen": statements.due, "settled_fen": statements.before,
    }, schema_overrides={"corrects_key": pl.String}).with_columns(
        settlement_no=pl.col("key").str.split("/").list.last(), town=pl.lit("示例镇"), village=pl.lit("示例村"),
    )  # fmt: skip


def _true_orders(
    truth: Truth, sold: _Deliveries, statements: tuple[_Statements, _Statements], premium: Numbers
) -> None:
    truth.distinct("orders.households_with_deliveries", Rows(sold.day, sold.home))
    truth.sums("orders.heads_delivered", Rows(sold.day, amount=sold.heads))
    truth.sums("orders.weight_delivered", Rows(sold.day, amount=sold.weight))
    day = np.concatenate([one.settled_on for one in statements])
    added = np.concatenate([one.due - one.before for one in statements])
    held = np.concatenate([one.bound for one in statements]) > 0
    used = premium[sold.agreement[np.concatenate([one.of for one in statements])]]
    truth.sums("orders.settled", Rows(day, amount=added))
    truth.rows("orders.bounded_settlements", Rows(day[held]))
    truth.common("orders.premium_settled", Rows(day[~held], amount=used[~held]))
