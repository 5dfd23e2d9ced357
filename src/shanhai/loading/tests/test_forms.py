"""A form is a worksheet of one row: read the same, checked the same, saved by the same actions under its own act."""

import openpyxl
import pytest

from shanhai.intake.declare import SHEETS
from shanhai.intake.one_row import field_of, read_one, written
from shanhai.intake.reading import read
from shanhai.intake.typed import Known
from shanhai.journal.models import Act, Entry
from shanhai.loading.forms import FormOrder, as_recorded, load_form, recorded_values
from shanhai.loading.lookups import model_of
from shanhai.loading.tests.programme import PAIRING

KNOWN = Known({"331081": "温岭市", "511381": "阆中市"})
WRONG = {"amount_fen": "十二万", "paid_on": "2024-13-45", "field_code": "没有这一项", "identity": "331081198503120000"}


def example_of(sheet):
    return {column.field: column.example for column in sheet.columns}


def in_a_workbook(sheet, values, folder):
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet.zh
    page.append([column.zh for column in sheet.columns])
    page.append([values[column.field] or None for column in sheet.columns])
    book.save(folder / "一行.xlsx")
    (found,) = read(folder / "一行.xlsx", [sheet], KNOWN).sheets
    return found


def told(found):
    return [(finding.code, finding.message, finding.place.column, finding.blocks) for finding in found.findings]


@pytest.mark.parametrize("name", list(SHEETS))
def test_the_example_row_reads_from_a_form_as_from_a_workbook(name, tmp_path):
    sheet = SHEETS[name]
    values = example_of(sheet)
    formed, booked = read_one(sheet, values, KNOWN).sheets[0], in_a_workbook(sheet, values, tmp_path)
    assert formed.frame.equals(booked.frame)
    assert told(formed) == told(booked)


@pytest.mark.parametrize("name", list(SHEETS))
def test_a_wrong_row_has_the_same_findings_in_a_form_as_in_a_workbook(name, tmp_path):
    sheet = SHEETS[name]
    values = {
        field: WRONG.get(field, "" if field in sheet.key else value) for field, value in example_of(sheet).items()
    }
    formed, booked = read_one(sheet, values, KNOWN).sheets[0], in_a_workbook(sheet, values, tmp_path)
    assert formed.frame.equals(booked.frame)
    assert told(formed) == told(booked)
    assert any(finding.blocks for finding in formed.findings)


@pytest.mark.parametrize("name", list(SHEETS))
def test_a_row_written_back_reads_the_same(name):
    sheet = SHEETS[name]
    frame = read_one(sheet, example_of(sheet), KNOWN).sheets[0].frame
    again = read_one(sheet, written(sheet, frame.row(0, named=True)), KNOWN).sheets[0]
    assert again.frame.equals(frame)


def test_a_finding_leads_to_its_field():
    sheet = SHEETS["funds.payment"]
    read_row = read_one(sheet, example_of(sheet) | {"amount_fen": "十二万"}, KNOWN).sheets[0]
    (finding,) = [each for each in read_row.findings if each.blocks]
    assert field_of(read_row, finding) == "amount_fen"


@pytest.fixture
def paying(programme_loaded, today):
    """Save a payment by form, as Langzhong's finance officer."""
    actor = programme_loaded.sign_in("finance", side="west")
    recorded = {"scope_code": PAIRING, "owner_side": "west"} | recorded_values(
        SHEETS["funds.payment"], scope_code=PAIRING, local_key=_first_payment()
    )

    def save(*, correct="", dry_run=False, **changed):
        order = FormOrder(SHEETS["funds.payment"], recorded | changed, "/forms/new/funds.payment", correct, dry_run)
        return load_form(order, actor=actor, today=today)

    return save


def _first_payment():
    key = model_of("funds.payment")._default_manager.filter(owner_side="west").order_by("entry").first().key
    return key.partition("/")[2]


@pytest.mark.slow
def test_a_form_is_saved_under_an_act_that_says_who_from_which_page(paying):
    outcome = paying(voucher_no="ZF-FORM-1", amount_fen="1.50")
    assert outcome.saved, [str(each) for each in outcome.findings]
    act = Act.objects.get(pk=outcome.act_id)
    assert (act.code, act.acted_by) == ("loading.form.entered", "finance-west-scope-331081-511381")
    assert act.source == {"kind": "form", "page": "/forms/new/funds.payment"}
    record = model_of("funds.payment")._default_manager.get(key=f"{PAIRING}/ZF-FORM-1")
    assert record.source == {"kind": "form"}
    assert record.amount_fen == 150
    assert Entry.objects.filter(act_id=outcome.act_id).count() == 1


@pytest.mark.slow
def test_a_dry_run_says_what_moves_and_writes_nothing(paying):
    before = Entry.objects.count()
    outcome = paying(voucher_no="ZF-FORM-2", amount_fen="1.50", dry_run=True)
    assert "funds.paid_out" in {movement.figure for movement in outcome.movements}
    assert Entry.objects.count() == before


@pytest.mark.slow
def test_no_figure_is_asked_while_a_form_is_saved(paying, monkeypatch):
    asked = []
    monkeypatch.setattr("shanhai.loading.movements.values.values", lambda *_, **more: asked.append(more) or {})
    paying(voucher_no="ZF-FORM-5", amount_fen="1.50", dry_run=True)
    assert len(asked) == 2
    assert paying(voucher_no="ZF-FORM-5", amount_fen="1.50").saved
    assert len(asked) == 2


@pytest.mark.slow
def test_a_correction_needs_its_reason_and_keeps_both_values(paying):
    refused = paying(payee_name="改名后的单位")
    assert [each.code for each in refused.findings if each.blocks] == ["intake.correction"]
    outcome = paying(payee_name="改名后的单位", correct="收款人写错")
    assert outcome.saved
    entry = Entry.objects.get(act_id=outcome.act_id)
    assert entry.after["payee_name"] == "改名后的单位" != entry.before["payee_name"]
    assert Act.objects.get(pk=outcome.act_id).code == "loading.form.corrected"


@pytest.mark.slow
@pytest.mark.parametrize(
    "changed",
    [{"amount_fen": "-1"}, {"project_key": "XM-NONE"}, {"amount_fen": "99999999999"}, {"voucher_no": "长" * 300}],
    ids=["below zero", "no such project", "more than was released", "a number of 300 characters"],
)
def test_what_a_workbook_refuses_a_form_refuses_and_writes_nothing(paying, changed):
    before = Entry.objects.count()
    outcome = paying(**({"voucher_no": "ZF-FORM-3"} | changed))
    assert outcome.blocked
    assert not outcome.saved
    assert Entry.objects.count() == before


@pytest.mark.slow
def test_another_side_may_not_save_a_form(programme_loaded, paying, today):
    east = programme_loaded.sign_in("finance", side="east")
    values = example_of(SHEETS["funds.payment"]) | {"scope_code": PAIRING, "owner_side": "west"}
    known = recorded_values(SHEETS["funds.payment"], scope_code=PAIRING, local_key=_first_payment())
    order = FormOrder(SHEETS["funds.payment"], values | known | {"voucher_no": "ZF-FORM-4"}, "/")
    outcome = load_form(order, actor=east, today=today)
    assert [each.code for each in outcome.findings] == ["loading.refused"]


@pytest.mark.slow
def test_typed_values_are_told_as_the_record_tells_them(programme_loaded):
    programme_loaded.sign_in("finance", side="west")
    sheet = SHEETS["funds.payment"]
    typed = {
        "amount_fen": "440,000",
        "paid_on": "2021年11月15日",
        "payee_name": " 单位 ",
        "document_no": "",
        "note": "?",
    }
    told = as_recorded(sheet, example_of(sheet) | {"scope_code": PAIRING} | typed)
    assert (told["amount_fen"], told["paid_on"], told["payee_name"]) == ("440000.00", "2021-11-15", "单位")
    assert as_recorded(sheet, {"amount_fen": "十二万"}) == {"amount_fen": "十二万"}
