"""Worksheets written as text, for tests that read like the table a clerk would fill in.

A test decorated with `reads_sheet("funds.payment")` has the table as its docstring, cells separated by `|`, and
takes the findings as short words: `findings == ["intake.negative at B2"]`.

A cell that looks like a number is a number cell, 2024-06-30 is a date cell, an apostrophe in front makes it text.
"""

import datetime as dt
import inspect
import re
from collections.abc import Callable
from typing import Any

from shanhai.base.findings import Finding, Place
from shanhai.intake.declare import SHEETS, Sheet
from shanhai.intake.grid import RowTable
from shanhai.intake.marks import Marks
from shanhai.intake.rows import RawSheet, SheetRead, read_rows
from shanhai.intake.typed import Known

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_text(table: str, sheet: Sheet, known: Known | None = None) -> SheetRead:
    """Read a table written as text by a declaration, as if it stood in a worksheet from cell A1 on.

    A table shows only the columns it is about: that others, not required, are missing is not told.
    """
    lines = [line for line in table.strip("\n").splitlines() if line.strip()]
    rows = [[_cell(cell.strip()) for cell in line.split("|")] for line in lines]
    raw = RawSheet(Place("测试.xlsx", sheet.zh), RowTable(iter(rows)), Marks())
    read = read_rows(sheet, raw, known or Known())
    read.findings = [each for each in read.findings if each.blocks or each.code != "intake.missing_columns"]
    return read


def _cell(text: str) -> object:
    if _NUMBER.fullmatch(text):
        return float(text)
    if _DAY.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text.removeprefix("'")


def brief(findings: list[Finding]) -> list[str]:
    """Findings as short words: their code and the cell, such as `intake.negative at B2`."""
    return [
        f"{each.code} at {each.place.column}{each.place.row or ''}" if each.place else each.code for each in findings
    ]


def reads_sheet(sheet: str | Sheet, known: Known | None = None) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Give a test the findings of the table in its docstring as short words; and by name `frame` and `read`."""

    def decorate(test: Callable[..., None]) -> Callable[[], None]:
        wanted = list(inspect.signature(test).parameters)

        def run() -> None:
            read = read_text(inspect.cleandoc(test.__doc__ or ""), _declared(sheet), known)
            given: dict[str, Any] = {"findings": brief(read.findings), "frame": read.frame, "read": read}
            test(**{name: given[name] for name in wanted})

        run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
        return run

    return decorate


def _declared(sheet: str | Sheet) -> Sheet:
    return SHEETS[sheet] if isinstance(sheet, str) else sheet
