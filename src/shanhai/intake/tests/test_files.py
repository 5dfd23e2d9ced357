"""Files as clerks send them: what is no workbook, encrypted, formulas, merged and hidden cells, whole worksheets."""

import datetime as dt
import io
import zipfile

import msoffcrypto.format.ooxml
import openpyxl
import pytest
import xlsxwriter

from shanhai.intake.opening import Kind, identify
from shanhai.intake.reading import read
from shanhai.intake.tests.declared import PAYMENT, PAYMENT_HEADERS, PROJECT, SHEETS, payment, workbook

FULL_HEIGHT = 1_048_576


def codes(reading):
    """Findings as code, cell, whether they block."""
    return [
        (each.code.removeprefix("intake."), f"{each.place.column}{each.place.row or ''}", each.blocks)
        for each in reading.findings
    ]


def test_a_plain_workbook_is_read_without_findings(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1"), payment("ZF-2", 7)])
    reading = read(path, SHEETS)
    assert reading.findings == []
    assert reading.sheets[0].frame["amount_fen"].to_list() == [10050, 700]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "not_workbook"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web_table"),
        (b"PK\x03\x04 cut off", "damaged"),
        ("只是一句话\n".encode(), "not_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "not_workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_workbook"),
    ],
)
def test_what_is_no_workbook_is_refused_whatever_its_name(tmp_path, content, code):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(content)
    reading = read(path, SHEETS)
    assert (reading.kind, codes(reading)) == (None, [(code, "", True)])


def test_a_word_document_and_an_archive_are_named_as_such(tmp_path):
    for part, word in (("word/document.xml", "Word"), ("a.txt", "压缩包")):
        path = tmp_path / "b.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        assert word in read(path, SHEETS).findings[0].message


def test_an_encrypted_workbook_is_told_from_a_broken_one(tmp_path):
    plain = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1")])
    locked = tmp_path / "locked.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("密码", target)
    assert codes(read(locked, SHEETS)) == [("encrypted", "", True)]


def test_a_csv_file_is_read_in_utf8_and_in_gb18030(tmp_path):
    text = '编号,金额（元）,支付日期,领域,项目编号,备注\r\nZF-1,"1,234.50",2024-06-28,产业帮扶,,甲\r\n'
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        path = tmp_path / "支付.csv"
        path.write_bytes(text.encode(encoding))
        reading = read(path, SHEETS)
        assert (reading.kind, reading.findings) == (Kind.CSV, [])
        assert reading.sheets[0].frame["amount_fen"].to_list() == [123450]


def formula_book(path, value):
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("支付")
        page.write_row(0, 0, PAYMENT_HEADERS)
        page.write_row(1, 0, ["ZF-1", 5])
        page.write_string(2, 0, "ZF-2")
        page.write_formula(2, 1, "=B2*2", None, value)
    return path


def test_a_formula_with_its_result_is_taken_and_told(tmp_path):
    reading = read(formula_book(tmp_path / "a.xlsx", 10), SHEETS)
    assert codes(reading) == [("formula_stored", "B3", False)]
    assert reading.sheets[0].frame["amount_fen"].to_list() == [500, 1000]


def test_a_formula_without_its_result_is_a_finding_at_its_cell_not_a_blank(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1", "=1+1"), [None, None, None, '=IF(1,"","")']]
    )
    assert codes(read(path, SHEETS)) == [
        ("required", "A3", True), ("formula_unstored", "B2", True),
        ("required", "B3", True), ("formula_unstored", "D3", True),
    ]  # fmt: skip
    assert codes(read(formula_book(tmp_path / "b.xlsx", 0), SHEETS)) == [("formula_unstored", "B3", True)]


def test_an_error_cell_is_not_read_as_blank(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1", "#N/A", None, "#REF!")])
    reading = read(path, SHEETS)
    assert codes(reading) == [("formula_error", "B2", True), ("formula_error", "D2", True)]
    assert "#REF!" in reading.findings[1].message


def test_merged_cells_among_the_rows_are_named_with_their_range(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", 支付=[["台账"], PAYMENT_HEADERS, payment("ZF-1"), payment("ZF-2"), payment("ZF-3")]
    )
    book = openpyxl.load_workbook(path)
    for span in ("A1:F1", "B3:B5"):
        book["支付"].merge_cells(span)
    book.save(path)
    (finding,) = read(path, SHEETS).findings
    assert (finding.code, str(finding.place.column) + str(finding.place.row)) == ("intake.merged", "B3")
    assert finding.message.startswith("B3:B5 是合并单元格")


def test_hidden_worksheets_are_named_and_not_read_hidden_rows_and_columns_told(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1"), payment("ZF-2")], 项目=[["项目编号"]], 底稿=[["x"]]
    )  # fmt: skip
    book = openpyxl.load_workbook(path)
    book["项目"].sheet_state = "hidden"
    book["底稿"].sheet_state = "veryHidden"
    book["支付"].row_dimensions[3].hidden = True
    book["支付"].column_dimensions["C"].hidden = True
    book.save(path)
    reading = read(path, SHEETS)
    assert codes(reading) == [
        ("hidden_sheet", "", True), ("hidden_sheet", "", False),
        ("hidden_rows", "3", False), ("hidden_column", "C1", False),
    ]  # fmt: skip
    assert len(reading.sheets) == 1


def test_a_percentage_is_read_as_shown_where_shares_are_meant_and_refused_for_money(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1", 0.5)], 人员=[["序号", "比例"], [1, 0.42]]
    )
    book = openpyxl.load_workbook(path)
    book["支付"]["B2"].number_format = book["人员"]["B2"].number_format = "0.00%"
    book.save(path)
    reading = read(path, SHEETS)
    assert ("percent_for_money", "B2", True) in codes(reading)
    assert reading.sheets[1].frame["share"].to_list() == [42]


def test_several_sheets_in_one_workbook_by_name_by_alias_and_by_their_headers(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1")], 项目库=[["项目编号", "项目名称"], ["XM-1", "甲"]],
        付款2024=[PAYMENT_HEADERS, payment("ZF-2")], 汇总=[["随手记"], ["x"]], 空表=[],
    )  # fmt: skip
    reading = read(path, SHEETS)
    assert [each.sheet.name for each in reading.sheets] == ["test.payment", "test.project", "test.payment"]
    assert [(each.code, each.place.sheet) for each in reading.findings if each.code == "intake.unknown_sheet"] == [
        ("intake.unknown_sheet", "汇总")
    ]


def test_a_workbook_with_no_known_sheet_blocks_and_says_which_are_known(tmp_path):
    reading = read(workbook(tmp_path / "a.xlsx", 表一=[["甲"], ["乙"]]), SHEETS)
    assert reading.findings[-1].code == "intake.no_sheet"
    assert "“支付”、“项目”、“人员”" in reading.findings[-1].message


def test_columns_beginning_right_of_a_and_rows_below_one_keep_their_addresses(tmp_path):
    rows = [[], [None, None, *PAYMENT_HEADERS], [], [None, None, *payment("ZF-1", "x")]]
    reading = read(workbook(tmp_path / "a.xlsx", 支付=rows), SHEETS)
    assert codes(reading) == [("not_money", "D4", True)]


@pytest.mark.slow
def test_a_worksheet_that_says_it_spans_everything_is_refused_before_it_is_read(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        page = book.add_worksheet("支付")
        page.write(0, 0, "编号")
        page.write(FULL_HEIGHT - 1, 16_383, "误")
    assert codes(read(tmp_path / "a.xlsx", SHEETS)) == [("too_spread", "", True)]


@pytest.mark.slow
def test_a_worksheet_of_full_height_with_one_row_in_it_is_read_at_once(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"constant_memory": True}) as book:
        page = book.add_worksheet("支付")
        page.write_row(0, 0, PAYMENT_HEADERS)
        page.write_row(1, 0, ["ZF-1", 5])
        page.write_row(FULL_HEIGHT - 1, 0, ["ZF-2", "末行"])
    reading = read(tmp_path / "a.xlsx", SHEETS)
    assert reading.sheets[0].frame["_row"].to_list() == [2, FULL_HEIGHT]
    assert codes(reading) == [("full_height", str(FULL_HEIGHT), False), ("not_money", f"B{FULL_HEIGHT}", True)]


def test_dates_numbers_and_texts_of_a_workbook_keep_their_kind(tmp_path):
    rows = [
        ["项目编号", "项目名称", "开工时间"],
        [12.0, 3.5, dt.datetime(2024, 1, 2, 10, 30)],
        ["'007", "甲", "2024年"],
    ]
    frame = read(workbook(tmp_path / "a.xlsx", 项目=rows), (PROJECT,)).sheets[0].frame
    assert frame["no"].to_list() == ["12", "007"]
    assert frame["name"].to_list() == ["3.5", "甲"]
    assert frame["begun_on"].to_list() == [dt.date(2024, 1, 2), dt.date(2024, 1, 1)]


def test_prefixed_xml_as_some_programs_write_it_shows_its_formulas_too(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1", "=1+1")])
    rewritten = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(rewritten, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if "sheet1" in name:
                text = (
                    data.decode()
                    .replace("<worksheet xmlns=", "<x:worksheet xmlns:x=")
                    .replace("</worksheet", "</x:worksheet")
                )
                for tag in ("sheetData", "row", "c", "f", "v", "is", "t"):
                    for end in (">", " ", "/"):
                        text = text.replace(f"<{tag}{end}", f"<x:{tag}{end}")
                    text = text.replace(f"</{tag}>", f"</x:{tag}>")
                data = text.encode()
            target.writestr(name, data)
    path.write_bytes(rewritten.getvalue())
    assert ("formula_unstored", "B2", True) in codes(read(path, (PAYMENT,)))


def test_a_formula_in_a_cell_without_its_address_is_not_passed_over(tmp_path):
    path = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1", "=1+1")])
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b'<c r="B2">', b"<c>")
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    assert ("formula_unplaced", "", True) in codes(read(path, SHEETS))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_a_workbook_broken_inside_is_a_finding(tmp_path, part):
    path = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS, payment("ZF-1")])
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data[: len(data) // 2] if name == part else data)
    reading = read(path, SHEETS)
    assert all(each.blocks for each in reading.findings)
    assert reading.findings or part == "[Content_Types].xml"


def zipped(path, **parts):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


def test_other_workbook_kinds_are_known_by_their_parts(tmp_path):
    spreadsheet = "application/vnd.oasis.opendocument.spreadsheet"
    assert identify(zipped(tmp_path / "a", mimetype=spreadsheet)) == (Kind.ODS, None)
    assert identify(zipped(tmp_path / "b", **{"xl__workbook.bin": "x"})) == (Kind.XLSB, None)
    assert read(zipped(tmp_path / "c.xlsb", **{"xl__workbook.bin": "x"}), SHEETS).findings[0].code == "intake.damaged"


def test_a_file_that_unpacks_to_more_than_is_sensible_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("shanhai.intake.opening.LARGEST_UNPACKED", 10)
    path = workbook(tmp_path / "a.xlsx", 支付=[PAYMENT_HEADERS])
    assert codes(read(path, SHEETS)) == [("too_large", "", True)]


def test_a_zip_with_a_password_is_told_as_such(tmp_path):
    path = zipped(tmp_path / "a.xlsx", **{"xl__workbook.xml": "x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert codes(read(path, SHEETS)) == [("encrypted", "", True)]


def test_a_text_file_in_no_known_encoding_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("编号".encode() + b"\xff\xff\x80")
    assert codes(read(path, SHEETS)) == [("encoding", "", True)]
