"""Rows out: workbooks and CSV files that others may open without harm, and that read back as they were.

Text is written as text, so nothing in it runs as a formula; numbers stay numbers. Zero, blank, not
applicable, not yet due and withheld are five different cells.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from shanhai.base.identifiers import mask_account, mask_identity
from shanhai.base.text import columns_wide, safe_cell
from shanhai.intake import columns as kinds
from shanhai.intake.columns import Column
from shanhai.intake.declare import Sheet

_EXACT_DIGITS = 15


class State(StrEnum):
    """Why a value is no number; a zero is a number and has no state."""

    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    NOT_YET_DUE = "not_yet_due"
    WITHHELD = "withheld"


WORDS = {State.BLANK: "", State.NOT_APPLICABLE: "不适用", State.NOT_YET_DUE: "未到期", State.WITHHELD: "不予显示"}
"""What a cell shows for each state."""

Cell = str | int | float | Decimal | dt.date | bool | State | None
"""What may be written into a cell; None is blank."""


def write_rows(
    path: Path, title: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:  # fmt: skip
    """Write one table; a path that ends in `.csv` gives a CSV file in UTF-8, else a workbook with one worksheet."""
    if path.suffix.lower() == ".csv":
        _write_csv(path, headers, rows)
    else:
        _write_workbook(path, title, headers, rows)


def write_sheet(path: Path, sheet: Sheet, frame: pl.DataFrame) -> None:
    """Export recorded rows by their sheet's declaration, so that loading the file again changes nothing.

    Personal identifiers are masked; such a column therefore does not read back.
    """
    columns = [column for column in sheet.columns if column.field in frame.columns]
    written = frame.select(field for column in columns for field in column.fields if field in frame.columns)
    rows = ([shown(column, row) for column in columns] for row in written.iter_rows(named=True))
    write_rows(path, sheet.zh, [column.zh for column in columns], rows)


def shown(column: Column, row: Mapping[str, Any]) -> Cell:
    """A typed value as the clerk would write it in the column's cell."""
    value: Any = row[column.field]
    cell: Cell = value
    match column:
        case _ if value is None:
            return None
        case kinds.Money():
            return Decimal(value).scaleb(-2)
        case kinds.Choice():
            cell = column.choices.get(value, value)
        case kinds.YesNo():
            return "是" if value else "否"
        case kinds.Identity():
            return mask_identity(value)
        case kinds.Account():
            return mask_account(value)
        case kinds.Day(partial=True):
            kept = {"year": 4, "month": 7}.get(row.get(f"{column.field}_precision") or "")
            cell = value.isoformat()[:kept] if kept else value
    return cell


def _plain(cell: Cell) -> str | int | float | Decimal | dt.date:
    if cell is None:
        return ""
    if isinstance(cell, State):
        return WORDS[cell]
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return cell


def _write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """With a byte-order mark, by which spreadsheets know UTF-8; texts that would run as a formula get an apostrophe."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([safe_cell(header) for header in headers])
        for row in rows:
            writer.writerow([_csv_cell(_plain(cell)) for cell in row])


def _csv_cell(value: str | int | float | Decimal | dt.date) -> str:
    if isinstance(value, str):
        return safe_cell(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _write_workbook(path: Path, title: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        page = workbook.add_worksheet(title[:31])
        looks = {
            "header": workbook.add_format({"bold": True, "bg_color": "#E6EEF7"}),
            "text": workbook.add_format({"num_format": "@", "quote_prefix": True}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "two": workbook.add_format({"num_format": "#,##0.00"}),
        }
        for place, header in enumerate(headers):
            page.set_column(place, place, min(40, columns_wide(header) + 6))
        page.freeze_panes(1, 0)
        for place, header in enumerate(headers):
            page.write_string(0, place, header, looks["header"])
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write_cell(page, (number, place), _plain(cell), looks)


def _write_cell(page: Any, spot: tuple[int, int], value: Any, looks: Mapping[str, Any]) -> None:
    """Numbers as numbers while a worksheet keeps all their digits, else as text."""
    if value == "":
        return
    if isinstance(value, dt.date):
        page.write_datetime(*spot, value, looks["day"])
    elif isinstance(value, str):
        page.write_string(*spot, value, looks["text"])
    elif isinstance(value, int | Decimal) and len(Decimal(value).as_tuple().digits) > _EXACT_DIGITS:
        page.write_string(*spot, f"{value:f}" if isinstance(value, Decimal) else str(value), looks["text"])
    else:
        page.write_number(*spot, value, looks["two"] if isinstance(value, Decimal) else None)
