"""The template comes from the declaration and reads back as nothing to load."""

import openpyxl
import pytest

from shanhai.intake import declare as sheet
from shanhai.intake.reading import read
from shanhai.intake.templates import listing, write_template
from shanhai.intake.tests.declared import PAYMENT, PEOPLE, PROJECT, SHEETS

LONG = sheet.Sheet(
    "test.long", "长表", key=("no",),
    columns=(
        sheet.code("no", "编号"),
        sheet.choice("kind_code", "类别", choices={f"k{n}": f"很长很长的类别名称第{n}种" for n in range(60)}),
    ),
)  # fmt: skip


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "模板.xlsx"
    write_template((*SHEETS, LONG), path)
    return path


def test_a_template_has_chinese_headers_notes_and_an_example_row(template):
    page = openpyxl.load_workbook(template)["支付"]
    assert [cell.value for cell in page[1]] == [column.zh for column in PAYMENT.columns]
    assert page["B1"].comment.text.splitlines()[:2] == ["必填。", "应填：数字（单位：元，最多两位小数）。"]
    assert [page["A2"].value, page["B2"].value] == ["示例：ZF-001", "3000.00"]


def _column_format(page, place):
    return next(each.number_format for each in page.column_dimensions.values() if each.min <= place <= each.max)


def test_code_columns_are_text_so_that_no_digit_is_eaten(template):
    book = openpyxl.load_workbook(template)
    assert [_column_format(book["人员"], place) for place in (2, 3, 5)] == ["@", "@", "0"]
    assert [_column_format(book["支付"], place) for place in (1, 2, 3)] == ["@", "#,##0.00", "yyyy-mm-dd"]


def test_code_lists_are_drop_downs_long_ones_from_a_hidden_worksheet(template):
    book = openpyxl.load_workbook(template)
    (short,) = book["支付"].data_validations.dataValidation
    (long,) = book["长表"].data_validations.dataValidation
    assert short.formula1 == '"产业帮扶,人才支援,劳务协作"'
    assert long.formula1 == "'代码表'!$A$2:$A$61"
    assert book["代码表"].sheet_state == "hidden"
    assert book["代码表"]["A61"].value == "很长很长的类别名称第59种"


def test_the_guide_tells_every_column(template):
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(template)["填写说明"].iter_rows()]
    told = [row[:2] for row in rows if row[1]]
    assert all([each.zh, column.zh] in told for each in (PAYMENT, PROJECT, PEOPLE) for column in each.columns)


def test_an_unfilled_template_reads_as_no_rows_and_no_findings(template):
    reading = read(template, (*SHEETS, LONG))
    assert reading.findings == []
    assert [each.frame.height for each in reading.sheets] == [0, 0, 0, 0]


def test_the_example_without_its_mark_is_a_row_that_loads(template, tmp_path):
    book = openpyxl.load_workbook(template)
    for name in ("支付", "项目"):
        book[name]["A2"] = book[name]["A2"].value.removeprefix("示例：")
    book.save(tmp_path / "filled.xlsx")
    reading = read(tmp_path / "filled.xlsx", (*SHEETS, LONG))
    assert reading.findings == []
    assert [each.frame.height for each in reading.sheets] == [1, 1, 0, 0]


def test_sheets_are_listed_by_type_and_name():
    assert listing((PAYMENT,)) == [("test.payment", "支付", "")]


@pytest.mark.parametrize(
    ("columns", "key", "word"),
    [
        ((sheet.code("no", "编号"), sheet.text("no", "备注")), ("no",), "no stands twice"),
        ((sheet.code("no", "编号"), sheet.text("b", "编号")), ("no",), "编号 stands twice"),
        ((sheet.code("no", "编号"),), ("other",), "key other is not a column"),
        ((sheet.code("no", "编号"), sheet.money("amount", "金额")), ("no",), "amount must end _fen"),
        ((sheet.code("no", "编号"), sheet.day("paid", "日期")), ("no",), "paid must end _on"),
        ((sheet.code("no", "编号"),), (), "no key"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused_at_start(columns, key, word):
    with pytest.raises(ValueError, match=word):
        sheet.Sheet("test.wrong", "错", key=key, columns=columns)


def test_a_sheet_is_declared_once(monkeypatch):
    monkeypatch.setattr(sheet, "SHEETS", {})
    sheet.sheet("test.once", "一次", key=("no",), columns=(sheet.code("no", "编号"),))
    with pytest.raises(ValueError, match="declared twice"):
        sheet.sheet("test.other", "一次", key=("no",), columns=(sheet.code("no", "编号"),))
