"""Worksheets as rows of raw values, whatever the file: xlsx, xls, xlsb, ods by calamine, or CSV.

A full worksheet of 1,048,576 rows passes through in pieces; blank rows are left behind at once.
"""

import csv
import gc
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

import polars as pl
import python_calamine

from shanhai.base.findings import Finding, Place
from shanhai.base.language import say
from shanhai.base.text import without_guard
from shanhai.intake.cells import Cells, from_values, joined
from shanhai.intake.headers import SEARCHED_ROWS
from shanhai.intake.opening import Kind

PIECE = 50_000
"""Rows turned into columns at a time."""
LARGEST_GRID = 40_000_000
"""Cells, blank ones included, that one worksheet may span; the reader keeps a place for each of them."""

DAMAGE = (python_calamine.CalamineError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)
"""What readers raise for a file whose parts are broken: also a place before its start, a compression nobody knows."""

Row = Sequence[object]


class Book(Protocol):
    """An opened file that holds worksheets."""

    def worksheets(self) -> list[tuple[str, bool]]:
        """Name of every worksheet and whether it is hidden, in the file's order."""

    def rows(self, name: str) -> Iterator[Row]:
        """All rows of a worksheet from the first on; cells from column A on."""


class CalamineBook:
    """A workbook read by calamine."""

    def __init__(self, path: Path) -> None:
        self._book = python_calamine.CalamineWorkbook.from_path(str(path))

    def worksheets(self) -> list[tuple[str, bool]]:
        """Name of every worksheet and whether it is hidden; charts are no worksheets."""
        visible = python_calamine.SheetVisibleEnum.Visible
        kinds = python_calamine.SheetTypeEnum.WorkSheet
        return [(each.name, each.visible != visible) for each in self._book.sheets_metadata if each.typ == kinds]

    def rows(self, name: str) -> Iterator[Row]:
        """All rows; the reader leaves out blank columns at the left, which are put back."""
        sheet = self._book.get_sheet_by_name(name)
        if sheet.start is None:
            return iter(())
        left: list[object] = [""] * sheet.start[1]
        return ([*left, *row] for row in sheet.iter_rows()) if left else iter(sheet.iter_rows())


class CsvBook:
    """A CSV file: one worksheet of texts, named after the file."""

    def __init__(self, path: Path, text: str) -> None:
        self._name, self._text = path.stem, text

    def worksheets(self) -> list[tuple[str, bool]]:
        """The one table."""
        return [(self._name, False)]

    def rows(self, name: str) -> Iterator[Row]:
        """All rows, split at the separator that the first line uses most; guarding apostrophes are taken off."""
        first = self._text.lstrip().split("\n", 1)[0]
        separator = max(",\t;，", key=first.count)
        rows = csv.reader(io.StringIO(self._text), delimiter=separator)
        return ([without_guard(cell) for cell in row] for row in rows) if "'" in self._text else iter(rows)


def open_book(path: Path, kind: Kind) -> tuple[Book | None, Finding | None]:
    """The worksheets of a file of a known kind, or the finding that says why it cannot be read.

    Raises one of `DAMAGE` for a broken file, as every step of reading may.
    """
    if kind is Kind.CSV:
        text = _decoded(path.read_bytes())
        if text is None:
            sentence = say("文本文件的编码无法识别。请另存为 UTF-8 编码的 CSV，或 Excel 工作簿（.xlsx）。")
            return None, Finding("intake.encoding", sentence, Place(file=path.name))
        return CsvBook(path, text), None
    try:
        return CalamineBook(path), None
    except python_calamine.PasswordError:
        sentence = say("工作簿设了打开密码，无法读取。请取消密码后重新上传。")
        return None, Finding("intake.encrypted", sentence, Place(file=path.name))


def _decoded(data: bytes) -> str | None:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


class Table(Protocol):
    """A worksheet as its readers want it: first its head, then whole columns."""

    def head(self) -> list[Row]:
        """The first rows, in which the header row is looked for."""

    def columns(
        self, wanted: Mapping[str, int], *, first: int, marked: frozenset[int] = frozenset()
    ) -> tuple[pl.Series, dict[str, Cells]]:
        """The wanted columns of all rows from row `first` (from 0) on, blank rows left out.

        Answers the row numbers as a worksheet shows them (from 1) and the cells by field. Rows in `marked` (from 0)
        are kept although they look blank.
        """


class RowTable:
    """A worksheet that comes row by row; its columns can be taken once."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._head = list(islice(rows, SEARCHED_ROWS))
        self._rows = chain(self._head, rows)

    def head(self) -> list[Row]:
        """The first rows, in which the header row is looked for."""
        return self._head

    def columns(
        self, wanted: Mapping[str, int], *, first: int, marked: frozenset[int] = frozenset()
    ) -> tuple[pl.Series, dict[str, Cells]]:
        """The wanted columns, put together piece by piece."""
        return columns_of(islice(self._rows, first, None), wanted, first=first, marked=marked)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without the cycle collector: rows of plain values make no cycles, and walking millions of them takes seconds."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def columns_of(
    rows: Iterator[Row], columns: Mapping[str, int], *, first: int, marked: frozenset[int] = frozenset()
) -> tuple[pl.Series, dict[str, Cells]]:
    """The wanted columns of all rows from row number `first` (from 0) on, blank rows left out.

    Answers the row numbers as a worksheet shows them (from 1) and the cells by field. Rows in `marked` (from 0)
    are kept although they look blank.
    """
    numbers: list[pl.Series] = []
    pieces: dict[str, list[Cells]] = {name: [] for name in columns}
    start = first
    with _no_collector():
        for piece in iter(lambda: list(islice(rows, PIECE)), []):
            kept, cells = _piece(piece, columns, start=start, marked=marked)
            if len(kept):
                numbers.append(kept)
                for name, column in cells.items():
                    pieces[name].append(column)
            start += len(piece)
    beyond = sorted(row + 1 for row in marked if row >= start)
    if beyond:
        numbers.append(pl.Series("_row", beyond, dtype=pl.UInt32))
        for parts in pieces.values():
            parts.append(Cells(len(beyond)))
    if not numbers:
        return pl.Series("_row", [], dtype=pl.UInt32), {name: from_values([]) for name in columns}
    return pl.concat(numbers, rechunk=True), {name: joined(pieces.pop(name)) for name in columns}


def _piece(
    piece: list[Row], columns: Mapping[str, int], *, start: int, marked: frozenset[int]
) -> tuple[pl.Series, dict[str, Cells]]:
    width = min(map(len, piece))
    if width <= max(columns.values(), default=0):
        widest = max(columns.values()) + 1
        piece = [list(row) + [""] * (widest - len(row)) for row in piece]
    cells = {name: from_values([row[place] for row in piece]) for name, place in columns.items()}
    return only_filled(cells, len(piece), start=start, marked=marked)


def only_filled(
    cells: dict[str, Cells], length: int, *, start: int, marked: frozenset[int]
) -> tuple[pl.Series, dict[str, Cells]]:
    """The numbers of the rows (from 1) in which any cell is filled, or that are marked, and their cells."""
    filled = pl.Series([False], dtype=pl.Boolean).new_from_index(0, length)
    for column in cells.values():
        filled |= ~column.blank()
    kept_marks = [row - start for row in marked if start <= row < start + length]
    if kept_marks:
        filled = filled.scatter(kept_marks, True)
    positions = filled.arg_true()
    numbers = (positions + start + 1).cast(pl.UInt32).alias("_row")
    if len(positions) == length:
        return numbers, cells
    return numbers, {name: column.take(positions) for name, column in cells.items()}
