"""A dividend from workbook to record: refused in its cells while it does not add up, accepted when mended."""

from datetime import date

import pytest

from shanhai.areas.planting.models import BenefitPayment, DividendLine
from shanhai.areas.planting.tests.conftest import PAIRING, ROWS
from shanhai.base.identifiers import example_identity
from shanhai.loading.executing import Order, load
from shanhai.loading.tests.programme import programme, write

pytestmark = pytest.mark.slow
SIDE = {"scope_code": PAIRING, "owner_side": "west"}


@pytest.fixture
def loading(programme_loaded, tmp_path, today):
    """Load rows by record type as the operator."""

    def done(rows, **order):
        actor = programme_loaded.sign_in("operator", side="any", reach="all")
        path = write(tmp_path / "基地.xlsx", {name: [SIDE | row for row in found] for name, found in rows.items()})
        return load(Order([(path.name, path)], **order), actor=actor, today=today)

    return done


def of(action, **changed):
    """A row of a sheet from the row of its action."""
    return {name: value for name, value in ROWS[action].items() if name != "_key" and value != ""} | changed


def base():
    households = [
        {"household_no": f"NH-{n}", "region_code": "511381", "member_count": 3, "kind_code": "ordinary"} for n in (1, 2)
    ]
    people = [
        {
            "person_no": "RY-1",
            "name": "示例甲",
            "identity": example_identity(7, date(1980, 1, 1)),
            "household_key": "NH-1",
        }
    ]
    return {
        "reference.household": households,
        "reference.person": people,
        "planting.base": [of("register_bases", base_no="JD", started_on=date(2022, 3, 1))],
        "planting.parcel": [of("register_parcels", parcel_no="DK")],
    }


def dividend(*amounts, kept=300_00):
    day = date(2023, 11, 1)
    lines = [
        {"round_key": "JD/2023-1", "line_no": f"{n}", "household_key": f"NH-{n}", "amount_fen": amount}
        for n, amount in enumerate(amounts, start=1)
    ]
    return {
        "planting.dividendround": [of("decide_dividend", round_no="2023-1", kept_fen=kept, decided_on=day)],
        "planting.dividendline": lines,
    }


def places(outcome):
    return [
        (found.code.removeprefix("planting."), found.place.sheet, f"{found.place.column}{found.place.row}")
        for found in outcome.findings
        if found.blocks
    ]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_dividend_that_does_not_add_up_is_refused_in_its_cells_and_accepted_when_mended(loading, dry_run):
    assert programme()
    assert loading(base()).saved
    wrong = loading(dividend(400_00, 299_00), dry_run=dry_run)
    assert places(wrong) == [("list_does_not_add_up", "分红名单", "G3")]
    uneven = loading(dividend(400_00, 300_00, kept=200_00), dry_run=dry_run)
    assert places(uneven) == [("round_does_not_add_up", "分红决定", "F2")]
    assert not DividendLine.objects.exists()
    assert loading(dividend(400_00, 300_00)).saved
    paid = {"planting.benefitpayment": [payment("LJ-1", "NH-1", "1", 400_00), payment("LJ-2", "NH-2", "2", 299_00)]}
    assert places(loading(paid)) == [("payment_is_not_the_line", "利益联结支付", "I3")]
    paid["planting.benefitpayment"][1]["amount_fen"] = 300_00
    assert loading(paid).saved
    assert not loading(paid | dividend(400_00, 300_00)).saved  # the same again is nothing
    assert BenefitPayment.objects.count() == 2


def payment(number, household, line, amount):
    return {
        "payment_no": number, "base_key": "JD", "household_key": household, "channel_code": "dividend", "paid_on": date(2023, 12, 1), "amount_fen": amount,
        "ref_no": "示例", "line_key": f"JD/2023-1/{line}",
    }  # fmt: skip


def test_bad_rows_of_a_base_are_marked_in_their_cells(loading):
    assert loading(base()).saved
    work = {"person_key": "RY-1", "base_key": "JD", "hours": 8, "wage_fen": 100_00, "worked_on": date(2023, 3, 1)}
    assert places(loading({"planting.workday": [work, work | {"worked_on": date(2020, 3, 1)}]})) == [
        ("reference.outside_pairing", "务工", "D3")
    ]
    assert loading({"planting.workday": [work]}).saved
    lease = of("lease", lease_no="LZ", household_key="NH-1", last_on=date(2041, 1, 1), area_mu=10)
    assert places(loading({"planting.landlease": [lease]})) == [("lease_outlasts_base", "土地流转", "I2")]
    account = payment("LJ-1", "NH-1", "1", 1) | {
        "channel_code": "wage",
        "line_key": None,
        "person_key": "RY-1",
        "account": 6228480402564890018,
    }
    (found,) = [one for one in loading({"planting.benefitpayment": [account]}).findings if one.blocks]
    assert (found.place.sheet, found.place.column, found.place.row) == ("利益联结支付", "M", 2)
    assert "62284804" not in str(found)


def test_an_account_is_compared_with_the_recorded_one_without_being_shown(loading):
    assert loading(base()).saved
    work = {"person_key": "RY-1", "base_key": "JD", "hours": 8, "wage_fen": 100_00, "worked_on": date(2023, 3, 1)}
    row = payment("LJ-1", "NH-1", "1", 100_00) | {"channel_code": "wage", "line_key": None, "person_key": "RY-1"}
    row |= {"account": "00000000000000000018"}
    assert loading({"planting.workday": [work], "planting.benefitpayment": [row]}).saved
    again = loading({"planting.benefitpayment": [row]})
    assert (again.blocked, again.plan.sheets[0].same) == (False, 1)
    other = loading({"planting.benefitpayment": [row | {"account": "00000000000000000026"}]})
    assert places(other) == [("intake.correction", "利益联结支付", "M2")]
    assert "0000000000000000002" not in str(other.findings)
