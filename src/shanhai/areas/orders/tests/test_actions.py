"""Orders as they are recorded, and what is refused in its cell when held against the records."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from shanhai.areas.orders.models import (
    Delivery,
    HouseholdGain,
    PricePoint,
    PurchaseAgreement,
    Sale,
    SaleContract,
    Settlement,
)
from shanhai.areas.orders.tests.conftest import AGREEMENT, DELIVERY, SETTLEMENT, point
from shanhai.base.findings import Refused, RefusedRows

WEEK = date(2022, 3, 7)
PRODUCT = {
    "_key": "CP", "product_no": "CP", "name": "示例柑橘", "producer_name": "示例合作社", "batch_no": "一", "document_no": "示例",
    "recognised_on": date(2022, 1, 10), "last_on": date(2025, 1, 9), "area_mu": Decimal("10.00"), "yield_kg": 100, "price_fen": 1000,
}  # fmt: skip
SALE = {
    "_key": "XS", "sale_no": "XS", "kind_code": "bought", "product_key": "CP", "contract_key": "", "seller_name": "示例合作社",
    "buyer_name": "示例工会", "channel_code": "union", "channel_name": "", "quantity_kg": Decimal("100.00"), "price_fen": 900,
    "amount_fen": 90_000, "sold_on": date(2022, 11, 18), "proof_no": "票-1",
}  # fmt: skip


def refused(enter, name, *rows, **context):
    """Field and code of each cell refused; nothing is saved."""
    with pytest.raises(RefusedRows) as caught, transaction.atomic():
        enter(name, *rows, **context)
    assert all(problem.message.endswith("。") for problem in caught.value.problems)
    return [(problem.row, problem.field, problem.code) for problem in caught.value.problems]


def test_an_agreement_is_signed_and_keeps_its_rule(ordered):
    found = PurchaseAgreement.objects.get()
    assert (found.stage, found.premium_permyriad, found.lag_weeks) == ("signed", 500, 1)


def test_a_delivery_takes_the_buyers_side_and_crosses_only_to_the_other(ordered):
    ordered("sign", AGREEMENT | {"_key": "DG2", "agreement_no": "DG2", "buyer_side_code": "east"})
    ordered(
        "deliver", DELIVERY | {"_key": "JS2", "delivery_no": "JS2", "agreement_key": "DG2", "ticket_no": "示例磅-2"}
    )
    assert {one.delivery_no: (one.weight_kg2, one.crosses_border) for one in Delivery.objects.all()} == {
        "JS": (48_055, False), "JS2": (48_055, True),
    }  # fmt: skip


@pytest.mark.parametrize(("changed", "field", "code"), [
    ({"delivered_on": date(2023, 1, 1)}, "delivered_on", "orders.delivered_after_agreement_ended"),
    ({"delivered_on": date(2021, 12, 31)}, "delivered_on", "orders.delivered_before_agreement_began"),
    ({"grade_code": "third"}, "grade_code", "orders.grade_not_bought"),
    ({"agreement_key": "NO"}, "agreement_key", "orders.no_such_agreement"),
])  # fmt: skip
def test_a_delivery_outside_its_agreement_is_refused_in_its_cell(ordered, changed, field, code):
    row = DELIVERY | {"_key": "JS2", "delivery_no": "JS2", "ticket_no": "示例磅-2"} | changed
    assert refused(ordered, "deliver", row) == [(2, field, code)]
    assert Delivery.objects.count() == 1


def test_a_settlement_keeps_every_input(ordered):
    assert ordered("settle", SETTLEMENT) == 1
    found = Settlement.objects.get()
    assert (found.premium_permyriad, found.grade_permyriad, found.bound_code, found.weight_kg2) == (
        500,
        10_000,
        "none",
        48_055,
    )
    assert (found.due_fen, found.settled_fen, found.amount_fen, found.village) == (765_036, 0, 765_036, "示例一村")


@pytest.mark.parametrize(("changed", "field", "code"), [
    ({"amount_fen": 765_035}, "amount_fen", "orders.other_amount"),
    ({"price_fen": 1591}, "price_fen", "orders.other_price"),
    ({"reference_fen": 1517}, "reference_fen", "orders.other_reference"),
    ({"week_on": date(2022, 3, 14)}, "week_on", "orders.other_week"),
    ({"revision": 1}, "revision", "orders.other_revision"),
    ({"settled_on": date(2022, 3, 15)}, "settled_on", "orders.settled_before_delivery"),
    ({"delivery_key": "NO"}, "delivery_key", "orders.no_such_delivery"),
    ({"corrects_key": "NO"}, "corrects_key", "orders.nothing_to_correct"),
])  # fmt: skip
def test_a_settlement_that_is_not_what_its_inputs_give_is_refused_in_its_cell(ordered, changed, field, code):
    assert (2, field, code) in refused(ordered, "settle", SETTLEMENT | changed)
    assert not Settlement.objects.exists()


@pytest.mark.parametrize(("missing", "told"), [("refuse", "不得结算"), ("wait", "等公布后"), ("previous", "以前各周")])
def test_a_settlement_without_a_price_is_refused_in_its_cell(enter, missing, told):
    enter("register_series", {"_key": "JG", "series_no": "JG", "name": "示例", "produce_code": "pig", "place": "西南", "publisher": "示例", "registered_on": WEEK})  # fmt: skip
    enter("sign", AGREEMENT | {"missing_code": missing})
    enter("deliver", DELIVERY)
    with pytest.raises(RefusedRows, match=told) as caught:
        enter("settle", SETTLEMENT)
    assert [(one.field, one.code) for one in caught.value.problems] == [("price_fen", "orders.no_price")]


def test_a_settlement_is_never_changed(ordered):
    ordered("settle", SETTLEMENT)
    assert refused(ordered, "settle", {"_key": "JSD", "amount_fen": 1}, correcting=True) == [
        (2, "settlement_no", "orders.settlement_is_immutable")
    ]


def test_a_delivery_is_settled_once_and_a_further_statement_puts_it_right(ordered):
    ordered("settle", SETTLEMENT)
    again = SETTLEMENT | {"_key": "JSD2", "settlement_no": "JSD2"}
    assert ("orders.settled_already") in {code for *_, code in refused(ordered, "settle", again)}
    ordered("publish_prices", point(WEEK, 1540, revision=1, published=date(2022, 4, 5)))
    #: 15.40 x 1.05 = 16.17; x 480.55 = 7,770.4935, half up 7,770.49; less 7,650.36.
    later = again | {"corrects_key": "JSD", "settled_on": date(2022, 4, 20), "revision": 1, "reference_fen": 1540, "price_fen": 1617, "amount_fen": 12_013}  # fmt: skip
    assert ordered("settle", later) == 1
    assert sum(Settlement.objects.values_list("amount_fen", flat=True)) == 777_049
    third = later | {"_key": "JSD3", "settlement_no": "JSD3", "amount_fen": 0, "corrects_key": "JSD2"}
    assert refused(ordered, "settle", third) == [(2, "amount_fen", "orders.nothing_changes")]
    assert ("orders.corrects_another") in {code for *_, code in refused(ordered, "settle", third | {"corrects_key": "JSD"})}  # fmt: skip


def test_a_corrected_weight_is_settled_by_a_further_statement(ordered):
    ordered("settle", SETTLEMENT)
    ordered("deliver", {"_key": "JS", "weight_kg": Decimal("470.00")}, correcting=True)
    later = SETTLEMENT | {"_key": "B", "settlement_no": "B", "corrects_key": "JSD", "amount_fen": 748_240 - 765_036}
    ordered("settle", later)
    assert Settlement.objects.get(settlement_no="B").amount_fen == -16_796


def test_a_settled_delivery_stays_where_it_is_and_inside_its_agreement(ordered):
    ordered("settle", SETTLEMENT)
    for field, told in (("household_key", "NH9"), ("village", "示例二村"), ("town", "柏垭镇")):
        assert refused(ordered, "deliver", {"_key": "JS", field: told}, correcting=True) == [
            (2, field, "orders.delivery_is_settled")
        ]
    assert refused(ordered, "deliver", {"_key": "JS", "delivered_on": date(2023, 1, 1)}, correcting=True) == [
        (2, "delivered_on", "orders.delivered_after_agreement_ended")
    ]


def test_the_database_holds_the_rule_and_the_chain_too(ordered, monkeypatch):
    ordered("settle", SETTLEMENT)
    monkeypatch.setattr("shanhai.areas.orders.actions.hold", lambda _problems: None)
    with pytest.raises(Refused, match="同样编号|orders_settlement"), transaction.atomic():
        ordered("settle", SETTLEMENT | {"_key": "JSD2", "settlement_no": "JSD2"})


def test_a_published_price_is_never_edited_and_revisions_follow_one_another(ordered):
    assert refused(ordered, "publish_prices", point(WEEK, 1500), correcting=True) == [(2, "price_fen", "orders.price_is_never_edited")]  # fmt: skip
    assert refused(ordered, "publish_prices", point(WEEK, 1500, revision=2)) == [
        (2, "revision", "orders.revision_without_the_one_before")
    ]
    ordered("publish_prices", point(WEEK, 1500, revision=1), point(WEEK, 1501, revision=2))
    assert PricePoint.objects.count() == 3


def test_the_rule_behind_settlements_is_not_changed_and_no_delivery_falls_out_of_the_term(ordered):
    ordered("settle", SETTLEMENT)
    assert refused(ordered, "sign", {"_key": "DG", "premium_percent": Decimal("6.00")}, correcting=True) == [
        (2, "premium_percent", "orders.rule_behind_settlements")
    ]
    assert refused(ordered, "sign", {"_key": "DG", "last_on": date(2022, 2, 1)}, correcting=True) == [
        (2, "last_on", "orders.term_leaves_delivery")
    ]
    assert ordered("sign", {"_key": "DG", "title": "示例协议（续）"}, correcting=True) == 1


GAIN = {
    "_key": "NH/2022", "household_key": "NH", "gain_year": 2022, "baseline_key": "NH/2021", "income_fen": 765_036, "cost_fen": 400_000,
    "baseline_fen": 100_000, "gain_fen": 265_036, "accounted_on": date(2022, 12, 31),
}  # fmt: skip
BASELINE = {"_key": "NH/2021", "household_key": "NH", "baseline_year": 2021, "net_fen": 100_000, "basis": "示例", "surveyed_on": date(2022, 1, 8)}  # fmt: skip


def test_a_gain_is_reckoned_from_settlements_and_baseline(ordered):
    ordered("settle", SETTLEMENT)
    ordered("set_baselines", BASELINE)
    assert refused(ordered, "account_gains", GAIN | {"income_fen": 765_037, "gain_fen": 265_037}) == [(2, "income_fen", "orders.income_is_not_settled")]  # fmt: skip
    assert refused(ordered, "account_gains", GAIN | {"baseline_fen": 0, "gain_fen": 365_036}) == [(2, "baseline_fen", "orders.other_baseline")]  # fmt: skip
    assert refused(ordered, "account_gains", GAIN | {"baseline_key": "XX/2021"}) == [(2, "baseline_key", "orders.baseline_of_another")]  # fmt: skip
    ordered("account_gains", GAIN)
    assert HouseholdGain.objects.get().gain_fen == 265_036


def test_one_sale_is_recorded_once_whoever_reports_it(enter):
    enter("recognise", PRODUCT)
    enter("sell", SALE)
    assert Sale.objects.get().crosses_border
    again = SALE | {"_key": "XS2", "sale_no": "XS2", "buyer_name": "示例平台"}
    assert refused(enter, "sell", again) == [(2, "proof_no", "orders.sold_twice")]
    twice = (SALE | {"_key": f"N{n}", "sale_no": f"N{n}", "proof_no": "票-9"} for n in (1, 2))
    assert refused(enter, "sell", *twice) == [(3, "proof_no", "orders.sold_twice")]


def test_a_product_is_recognised_on_the_day_it_is_sold(enter):
    enter("recognise", PRODUCT)
    for day in (date(2022, 1, 9), date(2025, 1, 10)):
        assert refused(enter, "sell", SALE | {"sold_on": day}) == [(2, "sold_on", "orders.product_not_recognised")]
    assert enter("sell", SALE | {"sold_on": date(2025, 1, 9)}) == 1


def test_what_is_signed_is_no_sale(enter):
    enter("recognise", PRODUCT)
    enter("contract", {"_key": "XQY", "contract_no": "XQY", "product_key": "CP", "seller_name": "甲", "buyer_name": "乙", "channel_code": "fair", "amount_fen": 1, "signed_on": date(2022, 9, 20)})  # fmt: skip
    assert SaleContract.objects.get().stage == "signed"
    assert not Sale.objects.exists()
