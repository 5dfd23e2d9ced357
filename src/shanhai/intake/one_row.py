"""A worksheet of one row, as a form gives it: read by the same declaration as a workbook, and written back as text."""

from collections.abc import Mapping
from typing import Any

from shanhai.base.findings import Finding, Place
from shanhai.base.money import yuan
from shanhai.intake import columns as kinds
from shanhai.intake.columns import Column
from shanhai.intake.declare import Sheet
from shanhai.intake.grid import RowTable
from shanhai.intake.marks import Marks
from shanhai.intake.reading import Reading
from shanhai.intake.rows import RawSheet, SheetRead, read_rows
from shanhai.intake.typed import Known

_PRECISE = {"year": 4, "month": 7}


def read_one(sheet: Sheet, values: Mapping[str, str], known: Known | None = None) -> Reading:
    """Read one row of texts by field name as if it stood under the headers of a worksheet."""
    headers = [column.zh for column in sheet.columns]
    cells = [values.get(column.field, "") for column in sheet.columns]
    raw = RawSheet(Place(), RowTable(iter([headers, cells])), Marks())
    return Reading("", None, [read_rows(sheet, raw, known or Known())])


def field_of(read: SheetRead, finding: Finding) -> str:
    """The field whose cell a finding names; none for one about the row."""
    letters = finding.place.column if finding.place else ""
    return next((name for name, column in read.letters.items() if column == letters), "")


def written(sheet: Sheet, row: Mapping[str, Any]) -> dict[str, str]:
    """A typed row as a clerk would write it, field by field; what is blank is empty text."""
    return {column.field: _text(column, row) for column in sheet.columns}


def _text(column: Column, row: Mapping[str, Any]) -> str:
    value = row.get(column.field)
    match column, value:
        case _, None:
            return ""
        case kinds.Money(), int():
            return yuan(value)
        case kinds.Choice(), str():
            return column.choices.get(value, value)
        case kinds.YesNo(), bool():
            return "是" if value else "否"
        case kinds.Day(), _:
            return str(value)[: _PRECISE.get(str(row.get(f"{column.field}_precision")), 10)]
    return str(value)
