"""Findings go back in the clerk's own workbook, in the very cells; nothing of it is lost."""

import openpyxl
import pytest
from openpyxl.styles import Font

from shanhai.intake import errors
from shanhai.intake.loading import plan
from shanhai.intake.reading import read
from shanhai.intake.tests.declared import PAYMENT_HEADERS, SHEETS, nothing_recorded, payment, workbook


@pytest.fixture
def marked(tmp_path):
    """The error copy of a workbook with a wrong amount in B3, a merged title and a second worksheet with looks."""
    path = workbook(
        tmp_path / "台账.xlsx",
        支付=[["2025年台账"], PAYMENT_HEADERS, payment("ZF-1", "=cmd()", None), payment("ZF-2", "一百万")],
        附表=[["=1+1", "甲"]],
    )  # fmt: skip
    book = openpyxl.load_workbook(path)
    book["支付"].merge_cells("A1:F1")
    book["支付"].column_dimensions["B"].width = 33
    book["附表"]["B1"].font = Font(bold=True, color="FF0000")
    book.save(path)
    made = plan([path], SHEETS, nothing_recorded())
    target = tmp_path / "错误.xlsx"
    assert errors.write_errors(made.readings[0], path, errors.of_file(made.findings, "台账.xlsx"), target)
    return openpyxl.load_workbook(target)


def test_the_very_cell_is_filled_and_says_found_expected_and_what_to_do(marked):
    cell = marked["支付"]["B4"]
    assert cell.value == "一百万"
    assert cell.fill.fgColor.rgb.endswith("FFC7CE")
    assert "这里需要数字（单位：元" in cell.comment.text
    assert "请改为 1000000" in cell.comment.text


def test_the_list_comes_first_and_links_to_every_cell(marked):
    page = marked.worksheets[0]
    assert (page.title, marked.active.title) == ("问题清单", "问题清单")
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [row[1:5] for row in rows[:2]] == [["是", "支付", "B3", "（公式）"], ["是", "支付", "B4", "一百万"]]
    assert page["D3"].hyperlink.location == "'支付'!B4"


def test_other_worksheets_formats_formulas_and_merged_cells_are_kept(marked):
    assert marked.sheetnames == ["问题清单", "支付", "附表"]
    assert marked["附表"]["A1"].value == "=1+1"
    assert marked["附表"]["B1"].font.bold
    assert [str(span) for span in marked["支付"].merged_cells.ranges] == ["A1:F1"]
    assert marked["支付"].column_dimensions["B"].width == 33


def test_the_copy_mended_and_sent_again_is_read_without_its_list(tmp_path, marked):
    marked["支付"]["B3"], marked["支付"]["B4"] = 5, 1_000_000
    marked.save(tmp_path / "again.xlsx")
    reading = read(tmp_path / "again.xlsx", SHEETS)
    assert [each.code for each in reading.findings] == ["intake.unknown_sheet"]
    assert reading.sheets[0].frame["amount_fen"].to_list() == [500, 100_000_000]


def test_a_formula_among_the_found_values_does_not_run_in_the_list(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, ["ZF-1", "'=1+1"]])
    reading = read(path, SHEETS)
    errors.write_errors(reading, path, errors.of_file(reading.findings, "a.xlsx"), tmp_path / "out.xlsx")
    page = openpyxl.load_workbook(tmp_path / "out.xlsx")["问题清单"]
    assert [cell.data_type for cell in page["E"]] == ["s", "s"]


def test_a_finding_in_a_merged_range_marks_its_top_left_cell(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1", 5), payment("ZF-2", 6)])
    book = openpyxl.load_workbook(path)
    book["支付"].merge_cells("A2:A3")
    book.save(path)
    reading = read(path, SHEETS)
    errors.write_errors(reading, path, reading.findings, tmp_path / "out.xlsx")
    assert "合并单元格" in openpyxl.load_workbook(tmp_path / "out.xlsx")["支付"]["A2"].comment.text


def test_large_workbooks_get_a_findings_workbook_that_links_to_each_cell(tmp_path, monkeypatch):
    monkeypatch.setattr(errors, "LARGEST_COPY", 1)
    path = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1", "x"), payment("ZF-2", "=y")])
    reading = read(path, SHEETS)
    assert not errors.write_errors(reading, path, errors.of_file(reading.findings, "a.xlsx"), tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    page = book["问题清单"]
    assert book.sheetnames == ["问题清单"]
    assert (page["D2"].value, page["D2"].hyperlink.target, page["D2"].hyperlink.location) == (
        "B2",
        "a.xlsx",
        "'支付'!B2",
    )


def test_what_is_no_workbook_gets_a_findings_workbook_too(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"%PDF-1.7")
    reading = read(path, SHEETS)
    assert not errors.write_errors(reading, path, reading.findings, tmp_path / "out.xlsx")
    assert "PDF" in openpyxl.load_workbook(tmp_path / "out.xlsx")["问题清单"]["G2"].value
