"""A plain worksheet as whole columns: the cells found in its XML, given the kind they have in the file."""

import re
import threading
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from shanhai.intake import plain_cells
from shanhai.intake.cells import EDGES, MOMENT, Cells
from shanhai.intake.grid import Row, only_filled
from shanhai.intake.headers import SEARCHED_ROWS
from shanhai.intake.opening import Package
from shanhai.intake.plain_cells import DAY, INLINE, NUMBER, SHARED, Block, Openings, UnusualError

_SHARED = re.compile(
    rb'<si>\s*<t(?: xml:space="preserve")?>([^<]*)</t>\s*(?:<phoneticPr[^>]*/>)?\s*</si>|<si>\s*<t/>\s*</si>|<si/>'
)
_FIRST_SERIAL, _LAST_SERIAL = 61, 2_958_465
"""Whole days after 29 February 1900, which never was, up to the last day of 9999."""
_EPOCH = -25_569
"""Day 0 of a worksheet, counted from 1970."""
_KINDS: dict[str, pl.DataType] = {"text": pl.String(), "number": pl.Float64(), "moment": MOMENT}
_KIND_OF = {INLINE: "text", SHARED: "text", NUMBER: "number", DAY: "moment"}

Rows = NDArray[np.uint32]
Piece = tuple[Rows, NDArray[np.uint16], pl.Series]
"""Rows, columns and values of some cells."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled cells of one column that are of one kind: their rows, ascending, and their values."""

    rows: Rows
    values: pl.Series

    def between(self, first: int, last: int) -> "Filled":
        """The cells from row `first` on and before row `last`."""
        start, stop = np.searchsorted(self.rows, np.array((first, last), np.uint32)).tolist()
        return Filled(self.rows[start:stop], self.values.slice(start, stop - start))


@dataclass(slots=True)
class PlainTable:
    """The filled cells of a worksheet by kind (text, number or moment) and column."""

    cells: dict[str, dict[int, Filled]]
    height: int
    width: int

    def head(self) -> list[Row]:
        """The first rows, in which the header row is looked for."""
        rows: list[list[object]] = [[""] * self.width for _ in range(min(self.height, SEARCHED_ROWS))]
        for columns in self.cells.values():
            for column, filled in columns.items():
                early = filled.between(0, SEARCHED_ROWS)
                for row, value in zip(early.rows.tolist(), early.values, strict=True):
                    rows[row][column] = value
        return list(rows)

    def columns(
        self, wanted: Mapping[str, int], *, first: int, marked: frozenset[int] = frozenset()
    ) -> tuple[pl.Series, dict[str, Cells]]:
        """The wanted columns from row `first` (from 0) on, blank rows left out, with the row numbers (from 1)."""
        cells = {name: self._column(place, first) for name, place in wanted.items()}
        return only_filled(cells, max(self.height - first, 0), start=first, marked=marked)

    def _column(self, place: int, first: int) -> Cells:
        length = max(self.height - first, 0)
        kinds = {}
        for kind, columns in self.cells.items():
            here = columns[place].between(first, self.height) if place in columns else None
            kinds[kind] = _spread(here, first, length) if here and len(here.rows) else None
        return Cells(length, kinds["text"], kinds["number"], kinds["moment"])


def _spread(cells: Filled, first: int, length: int) -> pl.Series:
    """The cells of a column at their rows, null between them."""
    values = cells.values
    if len(values) == length:
        return values
    places = np.full(length, len(values), np.int64)
    places[cells.rows - first] = np.arange(len(values))
    return values.extend_constant(None, 1).gather(places)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stands in a block: its first and last row, how wide it is, and its cells by kind; and the block."""

    first: int
    last: int
    width: int
    pieces: dict[str, list[Piece]]
    block: bytes


class PlainReader:
    """Takes the blocks of a worksheet one after another; `table` answers None once anything unusual was met.

    Blocks may be looked at in several threads at once (`look`); what was seen is kept in their order (`keep`).
    """

    def __init__(self, package: Package, shared: pl.Series | None) -> None:
        self._package, self._shared = package, shared
        self._mine = threading.local()
        self._usual = not package.from_1904
        self._last = -1
        self._width = 0
        self._end = b""
        self._pieces: dict[str, list[Piece]] = {kind: [] for kind in _KINDS}

    def take(self, block: bytes) -> bool:
        """Take a block of whole rows; answers whether all its cells are plain."""
        return self.keep(self.look(block))

    def look(self, block: bytes) -> _Seen | None:
        """What stands in a block; None where something is unusual, or was before."""
        if not self._usual:
            return None
        try:
            found = plain_cells.cells_of(block, self._openings())
            pieces = self._pieces_of(found) if found is not None and len(found.row) else {}
        except (UnusualError, pl.exceptions.PolarsError):
            self._usual = False
            return None
        if found is None or not pieces:
            return _Seen(-1, -1, 0, {}, block)
        return _Seen(int(found.row[0]), int(found.row[-1]), int(found.column.max()) + 1, pieces, block)

    def keep(self, seen: _Seen | None) -> bool:
        """Keep what was seen in the next block; answers whether all its cells are plain."""
        if seen is None or not self._usual or (seen.pieces and seen.first <= self._last):
            self._usual = False
            self._pieces.clear()
            return False
        if seen.pieces:
            self._last, self._width = seen.last, max(self._width, seen.width)
            for name, pieces in seen.pieces.items():
                self._pieces[name] += pieces
        self._end = seen.block
        return True

    def table(self) -> PlainTable | None:
        """The worksheet, where all of it was plain and whole."""
        if not self._usual or b"</sheetData>" not in self._end or not self._end.rstrip().endswith(b"</worksheet>"):
            return None
        cells = {kind: _by_column(self._pieces.pop(kind), kind) for kind in _KINDS}
        return PlainTable(cells, self._last + 1, self._width)

    def _openings(self) -> Openings:
        """The beginnings of cells that this thread has learnt."""
        if not hasattr(self._mine, "openings"):
            self._mine.openings = Openings(self._number_of)
        found: Openings = self._mine.openings
        return found

    def _number_of(self, style: int) -> int:
        """What a number of this style is: a day or a number."""
        if style in self._package.other_styles:
            raise UnusualError
        return DAY if style in self._package.day_styles else NUMBER

    def _pieces_of(self, found: Block) -> dict[str, list[Piece]]:
        """The cells of a block by kind."""
        pieces: dict[str, list[Piece]] = {}
        escaped = b"&" in found.data
        for kind, name in _KIND_OF.items():
            chosen = np.flatnonzero(found.kind == kind)
            if len(chosen):
                values = self._values(kind, found.written(chosen), escaped)
                rows, columns = found.row[chosen].astype(np.uint32), found.column[chosen].astype(np.uint16)
                pieces.setdefault(name, []).append((rows, columns, values))
        return pieces

    def _values(self, kind: int, written: pl.Series, escaped: bool) -> pl.Series:
        if kind == INLINE:
            return _texts(written, escaped)
        if kind == SHARED:
            return self._shared_texts(written)
        numbers = written.cast(pl.Float64)
        if not np.isfinite(numbers.to_numpy()).all():
            raise UnusualError
        return numbers if kind == NUMBER else _days(numbers)

    def _shared_texts(self, written: pl.Series) -> pl.Series:
        if self._shared is None:
            raise UnusualError
        return self._shared.gather(written.cast(pl.UInt32))


def _by_column(pieces: list[Piece], kind: str) -> dict[int, Filled]:
    """The cells of one kind sorted into their columns, texts of blanks left out."""
    if not pieces:
        return {}
    rows, columns = (np.concatenate([piece[place] for piece in pieces]) for place in (0, 1))
    values = pl.concat([piece[2] for piece in pieces], rechunk=True)
    order = np.argsort(columns, kind="stable")
    if kind == "text" and (values == "").any():
        order = order[(values != "").to_numpy()[order]]
    rows, values = rows[order], values.gather(order)
    found, starts = np.unique(columns[order], return_index=True)
    bounds = [*starts.tolist(), len(order)]
    return {
        column: Filled(rows[start:stop], values.slice(start, stop - start))
        for column, (start, stop) in zip(found.tolist(), pairwise(bounds), strict=True)
    }


def _texts(written: pl.Series, escaped: bool) -> pl.Series:
    if written.str.contains("<", literal=True).any():
        raise UnusualError
    texts = plain_cells.unescaped(written) if escaped else written
    return texts.str.strip_chars(EDGES)


def _days(serials: pl.Series) -> pl.Series:
    days = serials.to_numpy()
    if not ((days == np.floor(days)) & (days >= _FIRST_SERIAL) & (days <= _LAST_SERIAL)).all():
        raise UnusualError
    return pl.Series((days + _EPOCH).astype(np.int32)).cast(pl.Date).cast(MOMENT)


def shared_texts(path: Path, package: Package) -> pl.Series | None:
    """The texts that cells share, trimmed; None where one of them is more than a plain text."""
    with zipfile.ZipFile(path) as archive:
        if package.shared_part not in archive.namelist():
            return pl.Series([], dtype=pl.String)
        data = archive.read(package.shared_part)
    found = _SHARED.findall(data)
    if len(found) != data.count(b"<si>") + data.count(b"<si/>") or any(word in data for word in plain_cells.UNKNOWN):
        return None
    try:
        texts = pl.Series([text.decode() for text in found], dtype=pl.String)
    except UnicodeDecodeError:
        return None
    return plain_cells.unescaped(texts).str.strip_chars(EDGES)
