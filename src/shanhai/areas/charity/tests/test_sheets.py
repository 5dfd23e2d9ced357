"""Workbooks of charity that must not load: each mistake is marked in its cell, and nothing is saved."""

from datetime import date

import openpyxl
import pytest

from shanhai.areas.charity.models import DisabilityTraining, DisabledEmployment, Donation
from shanhai.base.identifiers import example_identity
from shanhai.intake.declare import SHEETS
from shanhai.loading.executing import Order, load

pytestmark = pytest.mark.slow
PAIRING = "331081-511381"
RIGHT = example_identity(777, date(1988, 5, 20))
#: The last character, which proves the others, is another one.
WRONG = RIGHT[:17] + ("1" if RIGHT[17] == "0" else "0")
GIFT = {
    "donation_no": "JZ-X", "donor_name": "示例商会", "origin_code": "东部捐赠", "level_code": "社会各界", "kind_code": "物资", "amount_fen": 3600,
    "item_name": "棉服", "received_on": date(2023, 11, 20),
}  # fmt: skip
COURSE = {
    "training_no": "CP-X", "name": "示例班", "course": "编织", "organiser": "示例残联", "first_on": date(2021, 3, 1), "last_on": date(2021, 3, 5),
}  # fmt: skip
JOB = {
    "employment_no": "JY-X", "person_key": "RY-SH-60201", "standing_code": "残疾人", "employer_name": "示例厂", "workplace_code": "就近就业",
    "started_on": date(2024, 5, 1),
}  # fmt: skip
PERSON = {"person_no": "RY-X", "name": "示例乙", "identity": WRONG}
BAD = [
    ("charity.donation", GIFT, "valuation_code", "charity.goods_not_valued"),
    ("charity.disabilitytraining", COURSE, "first_on", "reference.outside_pairing"),
    ("charity.disabledemployment", JOB, "started_on", "charity.two_jobs_at_once"),
    ("reference.person", PERSON, "identity", "intake.identity_check"),
]


def book(folder, name, row):
    """A workbook with one row of a sheet; answers its path and the letter of every column."""
    sheet = SHEETS[name]
    made = openpyxl.Workbook()
    page = made.active
    page.title = sheet.zh
    full = {"scope_code": PAIRING, "owner_side": "西部受援方", **row}
    for number, column in enumerate(sheet.columns, start=1):
        page.cell(1, number, column.zh)
        page.cell(2, number, full.get(column.field))
    path = folder / "错.xlsx"
    made.save(path)
    letters = {
        column.field: openpyxl.utils.get_column_letter(number) for number, column in enumerate(sheet.columns, start=1)
    }
    return path, letters


@pytest.mark.parametrize(("name", "row", "field", "code"), BAD, ids=[case[3] for case in BAD])
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_mistake_is_marked_in_its_cell_and_nothing_is_saved(
    example_loaded, tmp_path, today, name, row, field, code, dry_run
):
    before = [model.objects.count() for model in (Donation, DisabilityTraining, DisabledEmployment)]
    path, letters = book(tmp_path, name, row)
    actor = example_loaded.sign_in("operator", reach="all")
    outcome = load(Order([(path.name, path)], dry_run=dry_run), actor=actor, today=today)
    assert not outcome.saved
    found = [
        (finding.code, f"{finding.place.column}{finding.place.row}" if finding.place else "")
        for finding in outcome.findings
        if finding.blocks
    ]
    assert (code, f"{letters[field]}2") in found
    assert [model.objects.count() for model in (Donation, DisabilityTraining, DisabledEmployment)] == before
