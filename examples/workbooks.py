"""Workbooks written from the package's own sheet declarations; the scripts of both example folders use it.

The same rows give the same file, byte for byte: dates of creation are fixed and the archive carries none.
"""

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import django
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from shanhai.base.text import columns_wide
from shanhai.intake import columns as kinds
from shanhai.intake.columns import Column
from shanhai.intake.declare import SHEETS, Sheet
from shanhai.intake.stated_totals import STATED

Row: TypeAlias = Mapping[str, Any]
"""One record by field names: money in fen, codes of choices, `date` or partial dates as text."""

NOTE_SHEET = "填写说明"
"""The intake passes over a worksheet of this name without a word."""
CREATED = datetime(2024, 7, 1, 9, 0, 0)  # noqa: DTZ001 - a workbook's property knows no time zone


def prepare() -> None:
    """Set Django up on an empty home, so that the areas declare their sheets; no database is touched."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "shanhai.settings"
    with tempfile.TemporaryDirectory() as home:
        os.environ["SHANHAI_HOME"] = str(Path(home) / "home")
        django.setup()


class Book:
    """One workbook of one scope: sheets are added by record type, then everything is written at once."""

    def __init__(self, path: Path, scope: str, note: Sequence[str]) -> None:
        """A book that will be written to `path`; `note` are the lines of its first sheet."""
        self._path, self._scope, self._note = path, scope, note
        self._rows: dict[str, list[Row]] = {}

    def add(self, name: str, side: str, rows: Iterable[Row]) -> None:
        """Add rows of a record type to the book, in the account of one side."""
        for row in rows:
            self._rows.setdefault(name, []).append({"scope_code": self._scope, "owner_side": side, **row})

    def state(self, rows: Iterable[Row]) -> None:
        """Add lines of 文中合计: what the notice's own text says its rows add up to."""
        self._rows.setdefault(STATED.name, []).extend(rows)

    def write(self) -> int:
        """Write the workbook; answers the number of records in it."""
        properties = {"title": self._path.stem, "comments": "\n".join(self._note), "created": CREATED}
        with xlsxwriter.Workbook(str(self._path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            book.set_properties(properties)
            looks = {
                "header": book.add_format({"bold": True, "bg_color": "#E6EEF7", "border": 1}),
                "text": book.add_format({"num_format": "@"}),
                "money": book.add_format({"num_format": "#,##0.00"}),
                "day": book.add_format({"num_format": "yyyy-mm-dd"}),
                "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            }
            page = book.add_worksheet(NOTE_SHEET)
            page.set_column(0, 0, 100, looks["wrap"])
            page.write_column(0, 0, self._note, looks["wrap"])
            for sheet in (*SHEETS.values(), STATED):
                if sheet.name in self._rows:
                    _page(book.add_worksheet(sheet.zh), sheet, self._rows[sheet.name], looks)
        return sum(len(rows) for name, rows in self._rows.items() if name != STATED.name)


def _page(page: Worksheet, sheet: Sheet, rows: Sequence[Row], looks: Mapping[str, Any]) -> None:
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.zh, looks["header"])
        width = max(columns_wide(str(row.get(column.field) or "")) for row in rows)
        page.set_column(place, place, min(44, max(columns_wide(column.zh), width, 8) + 3))
    fields = [column.field for column in sheet.columns]
    for number, row in enumerate(rows, start=1):
        if unknown := row.keys() - set(fields):
            raise ValueError(f"{sheet.name}: no column {sorted(unknown)}")
        for place, column in enumerate(sheet.columns):
            _cell(page, (number, place), _shown(sheet, column, row), looks)


def _shown(sheet: Sheet, column: Column, row: Row) -> str | int | Decimal | date | None:
    """A value as the clerk writes it; a required one that is missing is a slip in the script."""
    value = row.get(column.field)
    if value is None or value == "":
        if sheet.requires(column):
            raise ValueError(f"{sheet.name}: {column.field} is missing in {row}")
        return None
    match column:
        case kinds.Money():
            return Decimal(value).scaleb(-2)
        case kinds.Choice():
            return str(column.choices[value])
        case kinds.YesNo():
            return "是" if value else "否"
    shown: str | int | Decimal | date = value
    return shown


def _cell(
    page: Worksheet, spot: tuple[int, int], value: str | int | Decimal | date | None, looks: Mapping[str, Any]
) -> None:
    match value:
        case None:
            return
        case str():
            page.write_string(*spot, value, looks["text"])
        case date():
            page.write_datetime(*spot, datetime(value.year, value.month, value.day), looks["day"])  # noqa: DTZ001 - a cell knows no time zone
        case Decimal():
            page.write_number(*spot, float(value), looks["money"])
        case _:
            page.write_number(*spot, value)
