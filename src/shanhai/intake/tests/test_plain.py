"""A plain worksheet read at once holds the very cells that the general reader finds, or is left to it."""

import datetime as dt
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.intake import marks, opening
from shanhai.intake.grid import CalamineBook, RowTable
from shanhai.intake.plain_cells import UnusualError
from shanhai.intake.plain_sheet import PlainReader, PlainTable, shared_texts

WIDTH = 28
TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=("Cs",)), max_size=20)
CELLS = st.one_of(
    TEXTS, st.sampled_from(["", "  ", "a&b<c>'\"", "两行\n文字", " 前后 ", "]]>", "&amp;"]),
    st.integers(-(10**9), 10**9), st.floats(-1e14, 1e14), st.dates(dt.date(1900, 3, 1), dt.date(2199, 1, 1)),
    st.none(),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, max_size=WIDTH), min_size=1, max_size=12)


def _written(path: Path, rows: list[list[object]], *, inline: bool) -> Path:
    with xlsxwriter.Workbook(str(path), {"constant_memory": inline, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("表")
        day, money = book.add_format({"num_format": "yyyy/m/d"}), book.add_format({"num_format": "#,##0.00"})
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, dt.date):
                    page.write_datetime(number, place, dt.datetime(value.year, value.month, value.day), day)
                elif isinstance(value, str):
                    page.write_string(number, place, value)
                elif value is not None:
                    page.write_number(number, place, value, money if place % 2 else None)
    return path


def _plain(path: Path) -> PlainTable | None:
    package = opening.package(path)
    reader = PlainReader(package, shared_texts(path, package))
    marks.scan(path, package.parts[0].path, package, beside=reader)
    return reader.table()


def _both(path: Path, *, first: int) -> tuple[object, object]:
    wanted = {f"c{place}": place for place in range(WIDTH)}
    plain, general = _plain(path), RowTable(CalamineBook(path).rows("表"))
    assert plain is not None
    return tuple(
        (numbers.to_list(), {
            name: [(each.text[place], each.number[place], each.moment[place]) for place in range(len(each))]
            for name, each in cells.items()
        })
        for numbers, cells in (table.columns(wanted, first=first) for table in (plain, general))
    )  # fmt: skip


@given(rows=ROWS, inline=st.booleans(), first=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
@pytest.mark.slow
def test_the_plain_reader_finds_the_cells_of_the_general_reader(tmp_path_factory, rows, inline, first):
    path = _written(tmp_path_factory.mktemp("plain") / "a.xlsx", rows, inline=inline)
    if _plain(path) is not None:
        plain, general = _both(path, first=first)
        assert plain == general


@pytest.mark.parametrize("inline", [True, False])
def test_texts_numbers_and_days_are_plain(tmp_path, inline):
    rows = [
        ["编号", "金额", "日期"],
        ["A&1 ", 12.5, dt.date(2024, 2, 29)],
        [" ", 0.1 + 0.2, None],
        [None, None, "待定"],
    ]
    path = _written(tmp_path / "a.xlsx", rows, inline=inline)
    plain, general = _both(path, first=1)
    assert plain == general
    assert plain[1]["c0"][0][0] == "A&1"
    assert _plain(path).head()[0][:3] == ["编号", "金额", "日期"]


@pytest.mark.parametrize(
    "unusual",
    [
        '<c r="A1"><f>1+1</f><v>2</v></c>', '<c r="A1" t="b"><v>1</v></c>', '<c r="A1" t="e"><v>#N/A</v></c>',
        '<c r="A1" t="str"><v>x</v></c>', "<c><v>1</v></c>", "<c r='A1'><v>1</v></c>",
        '<c r="A1" t="inlineStr"><is><r><t>粗</t></r><r><t>细</t></r></is></c>', '<c r="A1"><v>1</v><!-- 注 --></c>',
        '<c r="A1" t="inlineStr"><is><t>a</t><t>b</t></is></c>', '<c r="A1" t="inlineStr"><is><t>_x0041_</t></is></c>',
        '<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>', '<c r="A1"><v>一</v></c>', '<c r="A1" t="s"><v>7</v></c>',
        '<c\nr="A1"><v>1</v></c>', '<c r="A1" cm="1"><v>1</v></c>', '<c<c r="A1"><v>1</v></c>', '<c r="[1"><v>1</v></c>',
        '<c r="A1" t="inlineStr"><is><t>a</t><rPh/></is></c>', '<c r="A1" t="inlineStr"><is><t>a</v></c>', '<c r="a1"><v>1</v></c>',
        '<c r="A2"><v>1</v></c><c r="B1"><v>1</v></c>', '<c r="A1"><v>1</v></c><c r="A1"><v>1</v></c>', '<c r="A0"><v>1</v></c>',
        '<c r="A1" t="inlineStr"><v>1</v></c>', '<c r="A1"><v>1</v><x/></c>', '<c r="A12345678"><v>1</v></c>', '<c r="A1" s="123456"/>',
    ],
)  # fmt: skip
def test_whatever_is_not_plain_is_left_to_the_general_reader(tmp_path, unusual):
    whole, changed = _written(tmp_path / "a.xlsx", [[1]], inline=True), tmp_path / "b.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b'<c r="A1"><v>1</v></c>', unusual.encode())
            new.writestr(name, data)
    assert _plain(whole) is not None
    assert _plain(changed) is None


def test_a_part_that_breaks_off_is_left_to_the_general_reader(tmp_path):
    reader = PlainReader(opening.package(_written(tmp_path / "a.xlsx", [[1]], inline=True)), None)
    reader.take(b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>')
    assert reader.table() is None


def _taken(*rows: str, **package: object) -> PlainTable | None:
    """The table of a worksheet of these rows of cells."""
    reader = PlainReader(opening.Package((), frozenset(), to_be_recalculated=False, **package), None)
    written = "".join(f"<row>{cells}</row>" for cells in rows)
    reader.take(f"<worksheet><cols/><sheetData>{written}</sheetData></worksheet>".encode(errors="surrogateescape"))
    return reader.table()


PLACES = st.lists(st.tuples(st.integers(1, 1_048_576), st.integers(0, 16_383)), min_size=1, max_size=40, unique=True)


@given(places=PLACES, style=st.sampled_from(["", ' s="1"', ' s="12345"']), kind=st.sampled_from(["", ' t="n"']))
def test_cells_are_found_wherever_they_stand(places, style, kind):
    rows: dict[int, str] = defaultdict(str)
    for row, column in sorted(places):
        rows[row] += f'<c r="{marks.column_letters(column)}{row}"{style}{kind}><v>{row}</v></c>'
    table = _taken(*rows.values())
    found = {
        (row, column): value
        for column, filled in table.cells["number"].items()
        for row, value in zip(filled.rows.tolist(), filled.values, strict=True)
    }
    assert found == {(row - 1, column): float(row) for row, column in places}


@pytest.mark.parametrize(
    "blank", ['<c r="A1" s="2"/>', '<c r="A1"/>', '<c r="A1" s="2" t="s"></c>', '<c r="A1" s="2"></c>']
)
def test_a_blank_cell_is_plain_whatever_its_format(blank):
    table = _taken(blank + '<c r="B1" s="1"><v>45000</v></c>', day_styles=frozenset({1}), other_styles=frozenset({2}))
    assert (table.width, list(table.cells["moment"])) == (2, [1])
    assert _taken('<c r="B1" s="2"><v>45000</v></c>', other_styles=frozenset({2})) is None


@pytest.mark.parametrize(("styles", "plain"), [(200, True), (201, False)])
def test_cells_that_begin_in_too_many_ways_are_left_to_the_general_reader(styles, plain):
    cells = [f'<c r="A{number + 1}" s="{number}"><v>{number}</v></c>' for number in range(styles)]
    assert (_taken(*cells) is not None) == plain


@pytest.mark.parametrize(
    "cells",
    ['<c r="A1"><v>1</v></c><c r="A2"><v>2</v></c>', '<c r="A1" t="inlineStr"><is><t>\udcff\udcfe</t></is></c>',
     '<c r="A1" t="inlineStr"><is><t>一</t></is></c><c r="A2" t="inlineStr"><is><t>二</t></is></c>'],
)  # fmt: skip
def test_cells_of_two_rows_in_one_and_letters_that_are_none_are_left_to_the_general_reader(cells):
    """Bounds and letters are handed to Arrow unlooked at: wrong ones would bring the whole process down."""
    assert _taken(cells) is None


def test_a_part_is_closed_at_once_when_whoever_takes_its_blocks_fails(tmp_path, monkeypatch):
    path, opened, begin = _written(tmp_path / "a.xlsx", [[1]], inline=True), [], zipfile.ZipFile.open
    package = opening.package(path)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *given: opened.append(begin(*given)) or opened[-1])

    class Failing(PlainReader):
        def look(self, block: bytes) -> None:
            raise UnusualError

    with pytest.raises(UnusualError) as caught:
        marks.scan(path, package.parts[0].path, package, beside=Failing(package, None))
    assert [part.closed for part in opened] == [True], caught.value


@pytest.mark.parametrize(
    ("code", "kind"),
    [("yyyy-mm-dd", "day"), ("yyyy年m月d日", "day"), ("yyyy-mm-dd hh:mm", "other"), ("[h]:mm", "other"), ("0.00%", ""),
     ("#,##0.00", ""), ("@", ""), ('"¥"#,##0.00;[Red]"¥"\\-#,##0.00', ""), ('yyyy"年"m"月"d"日"', "other"), ("0.00E+00", "")],
)  # fmt: skip
def test_a_format_is_one_of_days_of_something_else_or_of_numbers(tmp_path, code, kind):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet().write(0, 0, 1, book.add_format({"num_format": code}))
    package = opening.package(tmp_path / "a.xlsx")
    assert (1 in package.day_styles, 1 in package.other_styles) == (kind == "day", kind == "other")
