"""What rows are held against before they are saved: the problems of each, with the cell it stands in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import polars
from django.db.models import Sum

from shanhai.access.entering import Context, keys_in, local_key, whole_rows
from shanhai.areas.orders import queries
from shanhai.areas.orders.checks import Point, Reckoned, Terms, reckon, week_due
from shanhai.areas.orders.models import (
    Baseline,
    Delivery,
    PricePoint,
    Product,
    PurchaseAgreement,
    Sale,
    Settlement,
)
from shanhai.areas.orders.terms import MissingWeek
from shanhai.base.language import say

Row = dict[str, Any]
Held = tuple[Row, str, str, str]
"""A row, the field in which it is wrong, a code, and the sentence for the clerk."""


def _day(value: Any) -> date:
    """A day from a frame or a form."""
    assert isinstance(value, date)
    return value


def prices(rows: polars.DataFrame, context: Context) -> Iterator[Held]:
    """A published price is never edited, and a revision follows the one before it."""
    listed = list(whole_rows(rows, context))
    if context.correcting:
        for row in listed:
            yield (
                row,
                "price_fen",
                "orders.price_is_never_edited",
                say("已登记的周价不能改。修订后的价格请另登一行，修订次数加一。"),
            )
        return
    series = {row["series_key"] for row in listed}
    recorded = PricePoint.objects.filter(scope_id=context.scope_id, series_key__in=series)
    known = set(recorded.values_list("series_key", "week_on", "revision"))
    told = known | {(row["series_key"], row["week_on"], row["revision"]) for row in listed}
    for row in listed:
        if row["revision"] and (row["series_key"], row["week_on"], row["revision"] - 1) not in told:
            yield row, "revision", "orders.revision_without_the_one_before", say(
                "{week} 这一周没有第 {before} 次修订的价格，不能登记第 {revision} 次。首次公布填 0，以后依次加一。",
                week=row["week_on"], before=row["revision"] - 1, revision=row["revision"],
            )  # fmt: skip


def agreements(rows: polars.DataFrame, context: Context) -> Iterator[Held]:
    """What settlements rest on is not changed behind them, and no recorded delivery is left outside its term."""
    if not context.correcting:
        return
    named = set(keys_in(rows, "_key", context))
    before = {one.key: one for one in PurchaseAgreement.objects.filter(scope_id=context.scope_id, key__in=named)}
    settled = set(Settlement.objects.filter(scope_id=context.scope_id, agreement_key__in=named).values_list("agreement_key", flat=True))  # fmt: skip
    days: defaultdict[str, list[date]] = defaultdict(list)
    for key, day in Delivery.objects.filter(scope_id=context.scope_id, agreement_key__in=named).values_list("agreement_key", "delivered_on"):  # fmt: skip
        days[key].append(day)
    for row in whole_rows(rows, context):
        key = row["key"]
        yield from _rule_kept(row, before.get(key), key in settled)
        if row.get("last_on") and days[key] and max(days[key]) > row["last_on"]:
            yield row, "last_on", "orders.term_leaves_delivery", say(
                "这份协议在 {day} 还有交售，结束日期不能早于那一天。请核对日期。", day=max(days[key])
            )  # fmt: skip


#: What a settlement is reckoned from; with settlements there, another rule needs another agreement.
_RULE = (
    "series_key", "premium_percent", "floor_fen", "ceiling_fen", "lag_weeks", "missing_code", "revised_code",
    "first_percent", "second_percent", "third_percent",
)  # fmt: skip


def _rule_kept(row: Row, before: PurchaseAgreement | None, settled: bool) -> Iterator[Held]:
    if before is None or not settled:
        return
    for name in _RULE:
        if name in row and row[name] != getattr(before, name):
            yield row, name, "orders.rule_behind_settlements", say(
                "这份协议已有结算单，定价规则不能再改。规则变了，请另登一份补充协议。"
            )  # fmt: skip


#: Where a delivery belongs; with settlements there, moving it would leave them behind.
_PLACE = ("agreement_key", "household_key", "town", "village")


def deliveries(rows: polars.DataFrame, context: Context) -> Iterator[Held]:
    """A delivery lies inside the term of its agreement, its grade is one that is bought, and settled ones stay where they are."""
    before = _recorded_deliveries(rows, context) if context.correcting else {}
    settled = set(Settlement.objects.filter(scope_id=context.scope_id, delivery_key__in=before).values_list("delivery_key", flat=True))  # fmt: skip
    named = {row.get("agreement_key", "") for row in whole_rows(rows, context)}
    known = {
        one.key: one
        for one in PurchaseAgreement.objects.filter(
            scope_id=context.scope_id, key__in=named | {one.agreement_key for one in before.values()}
        )
    }
    for row in whole_rows(rows, context):
        old = before.get(row["key"])
        if old and old.key in settled:
            yield from _place_kept(row, old)
        agreement = known.get(row.get("agreement_key", "") or (old.agreement_key if old else ""))
        if agreement is None:
            yield row, "agreement_key", "orders.no_such_agreement", say("没有登记过这份订购协议。请先登记协议。")
        else:
            yield from _inside(row, agreement)


def _recorded_deliveries(rows: polars.DataFrame, context: Context) -> dict[str, Delivery]:
    keys = set(keys_in(rows, "_key", context))
    return {one.key: one for one in Delivery.objects.filter(scope_id=context.scope_id, key__in=keys)}


def _place_kept(row: Row, old: Delivery) -> Iterator[Held]:
    for name in _PLACE:
        told = row.get(name)
        if told and told != getattr(old, name):
            yield row, name, "orders.delivery_is_settled", say(
                "这次交售已有结算单，不能改到别的协议、农户或村。重量、等级可以更正，再另登结算单补差。"
            )  # fmt: skip


def _inside(row: Row, agreement: PurchaseAgreement) -> Iterator[Held]:
    """Day and grade of a delivery against its agreement."""
    day = row.get("delivered_on")
    if day and day > agreement.last_on:
        yield row, "delivered_on", "orders.delivered_after_agreement_ended", say(
            "交售日期 {day} 晚于协议“{agreement}”的结束日期 {last}。请核对日期；协议续签的，请填新协议的编号。",
            day=day, agreement=agreement.agreement_no, last=agreement.last_on,
        )  # fmt: skip
    if day and day < agreement.first_on:
        yield row, "delivered_on", "orders.delivered_before_agreement_began", say(
            "交售日期 {day} 早于协议“{agreement}”的开始日期 {first}。请核对日期或协议编号。",
            day=day, agreement=agreement.agreement_no, first=agreement.first_on,
        )  # fmt: skip
    if row.get("grade_code") and row["grade_code"] not in queries.terms_of(agreement).grades:
        yield row, "grade_code", "orders.grade_not_bought", say(
            "协议“{agreement}”没有约定这个等级的价格。请核对等级。", agreement=agreement.agreement_no
        )  # fmt: skip


@dataclass(slots=True)
class Settled:
    """Rows of settlements reckoned again: what the rule gives each, and what is wrong with it."""

    problems: list[Held] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)

    def complete(self, rows: polars.DataFrame) -> polars.DataFrame:
        """The rows with everything that follows from their inputs."""
        if not self.columns:
            return rows
        followed = polars.DataFrame(self.columns, infer_schema_length=None)
        return rows.drop([name for name in followed.columns if name in rows.columns]).hstack(followed)


@dataclass(frozen=True, slots=True)
class _Books:
    """What settlements are reckoned from: deliveries, agreements, rules, prices, and what was settled before."""

    deliveries: Mapping[str, Delivery]
    agreements: Mapping[str, PurchaseAgreement]
    terms: Mapping[str, Terms]
    points: Mapping[str, list[Point]]
    before: "defaultdict[str, list[tuple[str, int]]]"

    @classmethod
    def of(cls, rows: polars.DataFrame, context: Context) -> "_Books":
        """As recorded, for the deliveries the rows name."""
        named = set(keys_in(rows, "delivery_key", context))
        found = {one.key: one for one in Delivery.objects.filter(scope_id=context.scope_id, key__in=named)}
        keys = {one.agreement_key for one in found.values()}
        known = {one.key: one for one in PurchaseAgreement.objects.filter(scope_id=context.scope_id, key__in=keys)}
        before: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        settled = Settlement.objects.filter(scope_id=context.scope_id, delivery_key__in=named).order_by(
            "settled_on", "entry"
        )
        for key, delivery, amount in settled.values_list("key", "delivery_key", "amount_fen"):
            before[delivery].append((key, amount))
        terms = {key: queries.terms_of(one) for key, one in known.items()}
        points = queries.points_of(context.scope_id, (one.series_key for one in known.values()))
        return cls(found, known, terms, points, before)  # fmt: skip


def settled(rows: polars.DataFrame, context: Context) -> Settled:
    """Every row reckoned from its delivery, agreement and published prices, and held against what it says."""
    found = Settled()
    listed = list(whole_rows(rows, context))
    if context.correcting:
        found.problems = [
            (row, "settlement_no", "orders.settlement_is_immutable",
             say("结算单登记后不能改。要更正，请另登一份结算单，在“更正哪一份结算单”里写明这一份的编号。"))
            for row in listed
        ]  # fmt: skip
        return found
    books = _Books.of(rows, context)
    order = sorted(range(len(listed)), key=lambda at: (bool(listed[at].get("corrects_key")), listed[at]["settled_on"]))
    for at in order:
        _settle_row(listed[at], books, found, context)
    if not found.problems:
        told = dict(zip(order, found.columns, strict=True))
        found.columns = [told[at] for at in range(len(listed))]
    return found


def _settle_row(row: Row, books: _Books, found: Settled, context: Context) -> None:
    delivery = books.deliveries.get(row["delivery_key"])
    if delivery is None:
        found.problems.append(
            (row, "delivery_key", "orders.no_such_delivery", say("没有登记过这次交售。请先登记交售。"))
        )
        return
    day = _day(row["settled_on"])
    if day < delivery.delivered_on:
        found.problems.append((row, "settled_on", "orders.settled_before_delivery", say(
            "结算日期早于交售日期（{day}）。请核对日期。", day=delivery.delivered_on)))  # fmt: skip
        return
    agreement = books.agreements[delivery.agreement_key]
    terms = books.terms[agreement.key]
    reckoned = reckon(terms, books.points.get(agreement.series_key, ()), queries.weighed_of(delivery), day)
    if reckoned is None:
        found.problems.append((row, "price_fen", "orders.no_price", _no_price(terms, delivery, day)))
        return
    earlier = books.before[delivery.key]
    found.problems += _chain(row, earlier, delivery, context)
    before = sum(amount for _key, amount in earlier)
    found.problems += [(row, *wrong) for wrong in _differs(row, reckoned, reckoned.due - before)]
    earlier.append((row["key"], reckoned.due - before))
    found.columns.append(_columns(reckoned, delivery, before))


def _no_price(terms: Terms, delivery: Delivery, settled_on: date) -> str:
    week = week_due(terms, delivery.delivered_on)
    if terms.missing == MissingWeek.WAIT:
        return say(
            "协议用 {week} 那一周的价格，到 {day} 还没有公布；协议约定等公布后再结算。请先登记周价，或推后结算日期。",
            week=week, day=settled_on,
        )  # fmt: skip
    if terms.missing == MissingWeek.REFUSE:
        return say(
            "协议用 {week} 那一周的价格，这一周没有公布价格；协议约定缺价时不得结算。请双方另行书面约定价格，登记补充协议后再结算。",
            week=week,
        )  # fmt: skip
    return say("协议用 {week} 那一周的价格，这一周和以前各周都没有公布的价格。请先登记周价。", week=week)


def _chain(row: Row, earlier: list[tuple[str, int]], delivery: Delivery, context: Context) -> Iterator[Held]:
    """A delivery is settled once; a further statement names the last one before it."""
    named = row.get("corrects_key", "")
    last = earlier[-1][0] if earlier else ""
    if named == last:
        return
    if not named:
        yield row, "delivery_key", "orders.settled_already", say(
            "这次交售已有结算单“{last}”。要更正，请在“更正哪一份结算单”里填它的编号。", last=local_key(last, context.scope_code)
        )  # fmt: skip
    elif not last:
        yield (
            row,
            "corrects_key",
            "orders.nothing_to_correct",
            say("这次交售还没有结算单，没有可更正的。请把这一格留空。"),
        )
    else:
        yield row, "corrects_key", "orders.corrects_another", say(
            "这次交售最近的一份结算单是“{last}”，更正只能接着它。请改填它的编号。", last=local_key(last, context.scope_code)
        )  # fmt: skip


def _differs(row: Row, reckoned: Reckoned, amount: int) -> Iterator[tuple[str, str, str]]:
    """Where a statement says something else than its inputs give."""
    if row["week_on"] != reckoned.week:
        yield "week_on", "orders.other_week", say("按协议应采用 {week} 那一周的价格。请核对。", week=reckoned.week)
    if row["revision"] != reckoned.revision:
        yield "revision", "orders.other_revision", say(
            "按协议和结算日期，应采用第 {revision} 次修订的价格（首次公布为 0）。请核对。", revision=reckoned.revision
        )  # fmt: skip
    for name, code, right, sentence in (
        ("reference_fen", "orders.other_reference", reckoned.reference, say("登记的周价是每公斤 {right} 元。请核对。", right=_yuan(reckoned.reference))),
        ("price_fen", "orders.other_price", reckoned.price, say(
            "按参考价、加价、保底价、封顶价和等级，结算价应是每公斤 {right} 元。请核对。", right=_yuan(reckoned.price))),
        ("amount_fen", "orders.other_amount", amount, say(
            "按结算价和磅单重量，扣除此前已结算的，金额应是 {right} 元。请改正金额，或先改正交售记录。", right=_yuan(amount))),
    ):  # fmt: skip
        if row[name] != right:
            yield name, code, sentence
    if row.get("corrects_key", "") and not amount:
        yield "amount_fen", "orders.nothing_changes", say("与此前已结算的没有差额，不需要更正。请删去这一行。")


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _columns(reckoned: Reckoned, delivery: Delivery, before: int) -> dict[str, Any]:
    """What follows from the inputs, and stands in the record beside what the statement says."""
    return {
        "agreement_key": delivery.agreement_key, "household_key": delivery.household_key, "town": delivery.town,
        "village": delivery.village, "delivered_on": delivery.delivered_on, "weight_kg2": delivery.weight_kg2,
        "grade_code": delivery.grade_code, "grade_permyriad": reckoned.grade, "premium_permyriad": reckoned.premium,
        "bound_code": reckoned.bound, "due_fen": reckoned.due, "settled_fen": before,
    }  # fmt: skip


def gains(rows: polars.DataFrame, context: Context) -> Iterator[Held]:
    """Income is the sum of the household's settlements of the year, and the baseline is the one recorded."""
    listed = list(whole_rows(rows, context))
    households = {row["household_key"] for row in listed}
    settled = Settlement.objects.filter(scope_id=context.scope_id, household_key__in=households)
    summed = settled.values_list("household_key", "settled_on").annotate(Sum("amount_fen")).order_by()
    income: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for key, day, amount in summed:
        income[key].append((day, amount))
    baselines = {
        one.key: one for one in Baseline.objects.filter(scope_id=context.scope_id, household_key__in=households)
    }
    for row in listed:
        key, until = row["household_key"], _day(row["accounted_on"])
        right = sum(amount for day, amount in income[key] if day.year == row["gain_year"] and day <= until)
        if row["income_fen"] != right:
            yield row, "income_fen", "orders.income_is_not_settled", say(
                "这一户 {year} 年到 {until} 的结算单合计 {right} 元。请改正结算收入，或先登记缺少的结算单。",
                year=row["gain_year"], until=until, right=_yuan(right),
            )  # fmt: skip
        baseline = baselines.get(row["baseline_key"])
        if baseline is None or baseline.household_key != key:
            yield row, "baseline_key", "orders.baseline_of_another", say("这份对照收入不是这一户的。请核对编号。")
        elif row["baseline_fen"] != baseline.net_fen:
            yield row, "baseline_fen", "orders.other_baseline", say(
                "登记的对照纯收入是 {right} 元。请核对。", right=_yuan(baseline.net_fen)
            )  # fmt: skip


def sales(rows: polars.DataFrame, context: Context) -> Iterator[Held]:
    """One sale has one number: the same proof again is the same sale; and its product was recognised on that day."""
    listed = list(whole_rows(rows, context))
    own = {row["key"] for row in listed}
    papers = {row["proof_no"] for row in listed if row.get("proof_no")}
    recorded = Sale.objects.filter(scope_id=context.scope_id, proof_no__in=papers).exclude(key__in=own)
    known: dict[tuple[str | None, str | None], str] = {
        (seller, proof): key for key, seller, proof in recorded.values_list("key", "seller_name", "proof_no")
    }
    products = {one.key: one for one in Product.objects.filter(
        scope_id=context.scope_id, key__in={row.get("product_key", "") for row in listed})}  # fmt: skip
    for row in listed:
        paper = (row.get("seller_name"), row.get("proof_no"))
        if other := known.get(paper):
            yield row, "proof_no", "orders.sold_twice", say(
                "同一销售方的这张凭证已登记为销售“{other}”。购买方、渠道报的是同一笔，不另登记；要更正请改那一笔。",
                other=local_key(other, context.scope_code),
            )  # fmt: skip
        known.setdefault(paper, row["key"])
        product, day = products.get(row.get("product_key", "")), row.get("sold_on")
        if product and day and not product.recognised_on <= day <= product.last_on:
            yield row, "sold_on", "orders.product_not_recognised", say(
                "“{product}”的认定从 {first} 到 {last} 有效，{day} 的销售不能算消费帮扶。请核对日期或认定编号。",
                product=product.name, first=product.recognised_on, last=product.last_on, day=day,
            )  # fmt: skip
