"""Bad rows through a workbook: each in its very cell, nothing saved."""

from datetime import date

import openpyxl
import pytest

from shanhai.areas.labour.models import Placement, Subsidy
from shanhai.areas.labour.tests.conftest import PAIRING
from shanhai.intake.declare import SHEETS
from shanhai.loading.executing import Order, load

pytestmark = pytest.mark.slow


@pytest.fixture
def loading(desk, people, office, tmp_path, today):
    """Load one sheet as a workbook: `loading("labour.placement", {...}, {...})` by field names; a filled cell may be a number."""
    people(1990, 2024)

    def done(name, *rows):
        sheet, book = SHEETS[name], openpyxl.Workbook()
        book.active.title = sheet.zh
        book.active.append([column.zh for column in sheet.columns])
        for row in rows:
            told = {"scope_code": PAIRING, "owner_side": "西部受援方"} | row
            book.active.append([told.get(column.field) for column in sheet.columns])
        path = tmp_path / f"{name}.xlsx"
        book.save(path)
        actor = office.sign_in("operator", reach="all")
        return load(Order([(path.name, path)]), actor=actor, today=today)

    return done


def _row(**changed):
    return {"placement_no": "JY-1", "person_key": "P1", "class_code": "东部结对地", "employer": "示例鞋厂", "region_code": "331081",
            "started_on": date(2023, 2, 20)} | changed  # fmt: skip


def cells(outcome):
    return [(finding.place.column, finding.place.row, finding.code) for finding in outcome.findings if finding.blocks]


def test_two_places_before_birth_and_outside_the_pairing_stand_in_their_cells(loading):
    outcome = loading(
        "labour.placement", _row(), _row(placement_no="JY-2", employer="示例二厂", started_on=date(2023, 5, 1)),
        _row(placement_no="JY-3", person_key="P2"), _row(placement_no="JY-4", started_on=date(2021, 5, 1), ended_on=date(2021, 5, 31)),
    )  # fmt: skip
    started = "H"
    assert sorted(cells(outcome)) == [
        (started, 2, "labour.two_places"), (started, 4, "labour.before_birth"), (started, 5, "reference.outside_pairing"),
    ]  # fmt: skip
    assert not outcome.saved and not Placement.objects.exists()


def test_a_class_that_does_not_fit_the_place_stands_in_its_cell(loading):
    outcome = loading("labour.placement", _row(region_code="440300"))
    assert cells(outcome) == [("E", 2, "labour.class_elsewhere")]


def test_an_account_number_stored_as_a_number_is_refused_in_its_cell(loading):
    assert loading("labour.placement", _row()).saved
    claim = {
        "subsidy_no": "BT-1",
        "person_key": "P1",
        "placement_key": "JY-1",
        "kind_code": "稳岗补助",
        "applied_on": date(2023, 7, 5),
    }
    outcome = loading("labour.subsidy", claim | {"account": 6200123412341234567})
    assert [(column, row) for column, row, _ in cells(outcome)] == [("J", 2)]
    assert not outcome.saved and not Subsidy.objects.exists()
    assert [code for *_, code in cells(loading("labour.subsidy", claim | {"claimed_fen": 800}))] == [
        "labour.claimed_otherwise"
    ]
    assert loading("labour.subsidy", claim | {"account": "6200123412341234567"}).saved
    again = loading("labour.subsidy", claim | {"account": "6200123412341234567"})
    assert cells(again) == [] and Subsidy.objects.get().version == 1
    other = loading("labour.subsidy", claim | {"account": "6200123412349999999"})
    assert cells(other) == [("J", 2, "intake.correction")]
    assert "1234567" not in str(other.findings[0]) or "***" in str(other.findings[0])
