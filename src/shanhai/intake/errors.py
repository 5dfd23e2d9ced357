"""Findings go back to the clerk in the workbook itself: a copy with every cell marked and a list that links to it.

Workbooks of more than 20,000 rows, and files that cannot be written back (xls, CSV, what is no workbook), get
a findings workbook instead: the same list, linking to the cells by their address.
"""

import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from shanhai.base.findings import Finding
from shanhai.base.language import noted, say
from shanhai.base.text import safe_cell
from shanhai.intake.opening import Kind
from shanhai.intake.reading import Reading

LARGEST_COPY = 20_000
"""Rows up to which a marked copy is made."""
LIST = "问题清单"
_HEADERS = (
    noted("序号"), noted("是否阻止保存"), noted("工作表"), noted("单元格"), noted("发现"), noted("需要"), noted("说明"),
)  # fmt: skip
_WIDTHS = (6, 12, 16, 10, 24, 24, 90)
_STOPS = PatternFill("solid", fgColor="FFC7CE")
_WARNS = PatternFill("solid", fgColor="FFEB9C")
_LONGEST_COMMENT = 2_000


def write_errors(reading: Reading, source: Path, findings: Sequence[Finding], target: Path) -> bool:
    """Write the findings of one file; answers whether `target` is a marked copy of it.

    `findings` are those of this file, from its reading and from the plan of the load; the clerk's own cells,
    formats and other worksheets stay as they are in the copy.
    """
    rows = sum(sheet.frame.height for sheet in reading.sheets)
    if reading.kind is Kind.XLSX and rows <= LARGEST_COPY and _marked_copy(source, findings, target):
        return True
    _findings_workbook(reading, findings, target)
    return False


def of_file(findings: Iterable[Finding], name: str) -> list[Finding]:
    """The findings that belong to one file, those that block first, then by worksheet and row."""
    mine = [finding for finding in findings if finding.place is None or finding.place.file in {"", name}]
    return sorted(mine, key=lambda each: (not each.blocks, each.place.sheet if each.place else "", _row(each)))


def _row(finding: Finding) -> int:
    return (finding.place.row or 0) if finding.place else 0


def _marked_copy(source: Path, findings: Sequence[Finding], target: Path) -> bool:
    try:
        with warnings.catch_warnings():
            # openpyxl warns of parts it does not keep (slicers, extension lists); the list sheet says it is a copy
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(source, rich_text=True)
    except (InvalidFileException, KeyError, ValueError, TypeError, OSError):
        return False
    if LIST in workbook.sheetnames:
        del workbook[LIST]
    for finding in findings:
        _mark(workbook, finding)
    page = workbook.create_sheet(LIST, 0)
    _list(page, findings, workbook.sheetnames)
    if _has_drawings(source):
        page.cell(len(findings) + 3, 7, say("这份副本不含原文件中的图片和图形，请在原文件中改正后上传。"))
    workbook.active = 0
    for page in workbook.worksheets:
        page.sheet_view.tabSelected = page.title == LIST
    workbook.save(target)
    return True


def _has_drawings(source: Path) -> bool:
    """Whether the file holds pictures or shapes, which the copy cannot keep."""
    with zipfile.ZipFile(source) as archive:
        return any(re.match(r"xl/(media|drawings)/(?!comment|vml)", name) for name in archive.namelist())


def _mark(workbook: openpyxl.Workbook, finding: Finding) -> None:
    """Fill the cell and put the sentence beside it; in a merged range the top-left cell takes both."""
    place = finding.place
    if not place or not place.row or place.sheet not in workbook.sheetnames:
        return
    page = workbook[place.sheet]
    cell: Any = page[f"{place.column or 'A'}{place.row}"]
    if isinstance(cell, openpyxl.cell.cell.MergedCell):
        cell = _top_left(page, cell.coordinate)
    cell.fill = _STOPS if finding.blocks or cell.fill == _STOPS else _WARNS
    text = f"{cell.comment.text}\n{finding.message}" if cell.comment else finding.message
    comment = Comment(text[:_LONGEST_COMMENT], say("山海"))
    comment.width, comment.height = 360, 120
    cell.comment = comment


def _top_left(page: Worksheet, coordinate: str) -> Any:
    for merged in page.merged_cells.ranges:
        if coordinate in merged:
            return page.cell(merged.min_row, merged.min_col)
    return page[coordinate]


def _address(finding: Finding) -> tuple[str, str]:
    """Worksheet and cell of a finding; a row without a column is named by its first cell."""
    place = finding.place
    if not place or not place.sheet or not place.row:
        return (place.sheet if place else ""), ""
    return place.sheet, f"{place.column or 'A'}{place.row}"


def _line(number: int, finding: Finding) -> list[str]:
    worksheet, cell = _address(finding)
    stops = say("是") if finding.blocks else say("否（提示）")
    return [str(number), stops, worksheet, cell, safe_cell(finding.found), safe_cell(finding.expected), finding.message]


def _list(page: Worksheet, findings: Sequence[Finding], worksheets: Sequence[str]) -> None:
    page.append([say(header) for header in _HEADERS])
    for number, finding in enumerate(findings, start=1):
        page.append(_line(number, finding))
        worksheet, address = _address(finding)
        if address and worksheet in worksheets:
            cell = page.cell(number + 1, 4)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{_quoted(worksheet)}!{address}")
            cell.font = Font(color="0563C1", underline="single")
        for cell in page[number + 1]:
            cell.data_type = "n" if cell.data_type == "n" else "s"
    for place, width in enumerate(_WIDTHS):
        page.column_dimensions[chr(65 + place)].width = width
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"


def _quoted(worksheet: str) -> str:
    return "'" + worksheet.replace("'", "''") + "'"


def _findings_workbook(reading: Reading, findings: Sequence[Finding], target: Path) -> None:
    """The list alone; each address links to the cell in the clerk's own file, which must lie in the same folder."""
    with xlsxwriter.Workbook(str(target), {"constant_memory": True, "max_url_length": 2079}) as workbook:
        page = workbook.add_worksheet(LIST)
        bold, link = workbook.add_format({"bold": True}), workbook.add_format({"font_color": "#0563C1", "underline": 1})
        for place, width in enumerate(_WIDTHS):
            page.set_column(place, place, width)
        page.freeze_panes(1, 0)
        page.write_row(0, 0, [say(header) for header in _HEADERS], bold)
        linked = reading.kind not in {None, Kind.CSV}
        for number, finding in enumerate(findings, start=1):
            worksheet, address = _address(finding)
            for place, text in enumerate(_line(number, finding)):
                if place == 3 and address and linked and number <= _MOST_LINKS:
                    url = f"external:{reading.file}#{_quoted(worksheet)}!{address}"
                    page.write_url(number, place, url, link, text)
                else:
                    page.write_string(number, place, text)


_MOST_LINKS = 65_000
