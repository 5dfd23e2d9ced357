"""Rows out: text is text, numbers are numbers, five values stay five, and what goes out comes back the same."""

import csv
import datetime as dt
from decimal import Decimal

import openpyxl
import polars as pl
import pytest

from shanhai.intake.reading import read
from shanhai.intake.tests.declared import PAYMENT, PEOPLE, PROJECT, SHEETS
from shanhai.intake.writing import State, write_rows, write_sheet

HARMFUL = ["=1+1", "+cmd", "-1+2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "'=1"]


def cells(path):
    return [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2)]


def test_text_that_looks_like_a_formula_is_written_as_text_with_its_quote_mark(tmp_path):
    write_rows(tmp_path / "a.xlsx", "表", ["甲"], [[text] for text in HARMFUL])
    for text, (cell,) in zip(HARMFUL, cells(tmp_path / "a.xlsx"), strict=True):
        assert (cell.data_type, cell.quotePrefix) == ("s", True)
        assert cell.value.replace("_x000D_", "\r") == text


def test_in_a_csv_file_such_text_has_an_apostrophe_in_front(tmp_path):
    write_rows(tmp_path / "a.csv", "表", ["甲"], [[text] for text in HARMFUL[:4]] + [["-5"], ["普通"]])
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)][1:] == ["'=1+1", "'+cmd", "'-1+2", "'@SUM(A1)", "-5", "普通"]


def test_zero_blank_not_applicable_not_yet_due_and_withheld_are_five_cells(tmp_path):
    states = [0, State.BLANK, State.NOT_APPLICABLE, State.NOT_YET_DUE, State.WITHHELD, None]
    write_rows(tmp_path / "a.xlsx", "表", ["序", "值"], [[str(place), each] for place, each in enumerate(states)])
    assert [row[1].value for row in cells(tmp_path / "a.xlsx")] == [0, None, "不适用", "未到期", "不予显示", None]


def test_numbers_are_numbers_dates_dates_and_long_numbers_keep_all_their_digits_as_text(tmp_path):
    row = [Decimal("1234.50"), 7, dt.date(2024, 6, 30), True, Decimal("12345678901234567.89")]
    write_rows(tmp_path / "a.xlsx", "表", list("甲乙丙丁戊"), [row])
    ((money, count, day, yes, long),) = cells(tmp_path / "a.xlsx")
    assert (money.value, money.data_type, count.value, yes.value) == (1234.5, "n", 7, "是")
    assert (day.value.date(), long.value) == (dt.date(2024, 6, 30), "12345678901234567.89")


@pytest.mark.parametrize("name", ["支付.xlsx", "支付.csv"])
def test_what_is_exported_reads_back_identical(tmp_path, name):
    frame = pl.DataFrame(
        [
            {"no": "007", "amount_fen": 999999999, "paid_on": dt.date(2024, 6, 28), "field_code": "talent",
             "project_key": "=XM-1", "note": "=1+1"},
            {"no": "＝2", "amount_fen": 0, "paid_on": None, "field_code": None, "project_key": None, "note": "'甲\n乙"},
            {"no": "-3", "amount_fen": 1, "paid_on": None, "field_code": None, "project_key": None, "note": "'=1"},
        ],
        schema={column.field: column.dtype for column in PAYMENT.columns},
    )  # fmt: skip
    write_sheet(tmp_path / name, PAYMENT, frame)
    reading = read(tmp_path / name, SHEETS)
    assert reading.findings == []
    expected = frame.with_columns(no=pl.Series(["007", "=2", "-3"]))
    assert reading.sheets[0].frame.select(frame.columns).equals(expected)


def test_partial_dates_and_regions_read_back_as_exact_as_they_were(tmp_path):
    days, known = [dt.date(2021, 6, 1), dt.date(2021, 1, 1), dt.date(2021, 6, 2)], ["month", "year", "day"]
    frame = pl.DataFrame({"no": list("123"), "name": list("甲乙丙"), "budget_fen": [10**7] * 3, "begun_on": days,
                          "begun_on_precision": known, "region_code": ["331081"] * 3})  # fmt: skip
    write_sheet(tmp_path / "a.xlsx", PROJECT, frame)
    back = read(tmp_path / "a.xlsx", SHEETS).sheets[0].frame
    assert back.select(frame.columns).equals(frame)


def test_personal_numbers_leave_masked(tmp_path):
    frame = pl.DataFrame({"no": ["1"], "identity_no": ["110101199003078515"], "account_no": ["6222020012345678901"]})
    write_sheet(tmp_path / "a.xlsx", PEOPLE, frame)
    shown = [cell.value for cell in cells(tmp_path / "a.xlsx")[0]]
    assert shown == ["1", "110" + "*" * 13 + "15", "*" * 15 + "8901"]
