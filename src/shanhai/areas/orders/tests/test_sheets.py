"""Workbooks of orders: what is wrong is told in its very cell, and nothing is saved; a whole one is saved, and again is the same."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from shanhai.areas.orders.models import Delivery, Settlement
from shanhai.areas.orders.tests.conftest import AGREEMENT, DELIVERY, PAIRING, SERIES, SETTLEMENT, point
from shanhai.base.identifiers import example_organisation
from shanhai.intake.declare import SHEETS
from shanhai.loading.executing import Order, load
from shanhai.loading.tests.programme import write

pytestmark = pytest.mark.slow
HOUSEHOLD = {"household_no": "NH", "region_code": "511381", "village": "示例一村", "member_count": 3, "kind_code": "ordinary"}  # fmt: skip


def row(record_type, values):
    """A row as a clerk fills it in: the columns of the sheet, nothing where nothing is told."""
    fields = {column.field for column in SHEETS[record_type].columns}
    told = {name: value for name, value in values.items() if name in fields and value != ""}
    return {"scope_code": PAIRING, "owner_side": "west"} | told


@pytest.fixture
def loading(acting, office, tmp_path, today):
    """Load one workbook as a clerk of the west: `loading({"orders.delivery": [...]})`."""

    def loaded(rows, **order):
        path = write(tmp_path / "订单.xlsx", {name: [row(name, one) for one in given] for name, given in rows.items()})
        return load(Order([(path.name, path)], **order), actor=acting("clerk", side="west"), today=today)

    return loaded


def whole(**changed):
    """A workbook in which everything fits."""
    rows = {
        "reference.household": [HOUSEHOLD],
        "orders.priceseries": [SERIES],
        "orders.pricepoint": [point(date(2022, 3, 7), 1516)],
        "orders.purchaseagreement": [AGREEMENT | {"buyer_code": example_organisation(61)}],
        "orders.delivery": [DELIVERY],
        "orders.settlement": [SETTLEMENT],
    }
    return rows | changed


def cells(outcome):
    """Code, worksheet and cell of everything that blocks."""
    return [(one.code, one.place.sheet, f"{one.place.column}{one.place.row}") for one in outcome.findings if one.blocks]


def test_a_whole_workbook_is_saved_and_is_the_same_again(loading):
    assert loading(whole()).saved
    again = loading(whole())
    assert cells(again) == []
    assert again.plan.sheets
    assert not any(sheet.new.height or sheet.changed.height for sheet in again.plan.sheets)
    assert (Delivery.objects.count(), Settlement.objects.count()) == (1, 1)


@pytest.mark.parametrize(("changed", "cell"), [
    ({"orders.pricepoint": [point(date(2022, 2, 28), 1500)]}, ("orders.no_price", "结算", "J2")),
    ({"orders.settlement": [SETTLEMENT | {"price_fen": None}]}, ("intake.required", "结算", "J2")),
    ({"orders.settlement": [SETTLEMENT | {"amount_fen": 765_000}]}, ("orders.other_amount", "结算", "K2")),
    ({"orders.delivery": [DELIVERY | {"delivered_on": date(2023, 1, 5)}]}, ("orders.delivered_after_agreement_ended", "交售", "H2")),
    ({"orders.delivery": [DELIVERY | {"weight_kg": Decimal(0)}]}, ("orders.weight_not_positive", "交售", "J2")),
    ({"orders.delivery": [DELIVERY | {"household_key": "NH-9"}]}, ("intake.no_such_record", "交售", "E2")),
])  # fmt: skip
def test_what_is_wrong_is_told_in_its_cell_and_nothing_is_saved(loading, changed, cell):
    for dry_run in (True, False):
        outcome = loading(whole(**changed), dry_run=dry_run)
        assert cell in cells(outcome)
        assert not outcome.saved
    assert not Delivery.objects.exists()


def test_the_template_of_every_sheet_has_examples_that_pass_its_checks():
    for name, sheet in SHEETS.items():
        if name.startswith("orders."):
            assert all(column.example or not sheet.requires(column) for column in sheet.columns), name


def test_a_workbook_is_read_as_a_clerk_wrote_it(loading, tmp_path):
    loading(whole())
    book = openpyxl.load_workbook(tmp_path / "订单.xlsx")
    assert book["订购协议"]["P2"].value == Decimal("5.00")
