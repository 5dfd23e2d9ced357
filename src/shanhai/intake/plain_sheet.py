"""A plain worksheet as whole columns: the cells found in its XML, given the kind they have in the file."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from shanhai.intake import plain_cells
from shanhai.intake.cells import EDGES, MOMENT, Cells
from shanhai.intake.grid import Row, only_filled
from shanhai.intake.headers import SEARCHED_ROWS
from shanhai.intake.opening import Package
from shanhai.intake.plain_cells import INLINE, NUMBER, SHARED, Block, Flags, UnusualError

_SHARED = re.compile(
    rb'<si>\s*<t(?: xml:space="preserve")?>([^<]*)</t>\s*(?:<phoneticPr[^>]*/>)?\s*</si>|<si>\s*<t/>\s*</si>|<si/>'
)
_FIRST_SERIAL, _LAST_SERIAL = 61, 2_958_465
"""Whole days after 29 February 1900, which never was, up to the last day of 9999."""
_EPOCH = -25_569
"""Day 0 of a worksheet, counted from 1970."""
_CELLS = {"row": pl.UInt32, "column": pl.UInt16}
_KINDS: dict[str, pl.DataType] = {"text": pl.String(), "number": pl.Float64(), "moment": MOMENT}


@dataclass(slots=True)
class PlainTable:
    """The filled cells of a worksheet, one frame for texts, one for numbers, one for dates."""

    frames: dict[str, pl.DataFrame]
    height: int
    width: int

    def head(self) -> list[Row]:
        """The first rows, in which the header row is looked for."""
        rows: list[list[object]] = [[""] * self.width for _ in range(min(self.height, SEARCHED_ROWS))]
        for frame in self.frames.values():
            for row, column, value in frame.filter(pl.col("row") < SEARCHED_ROWS).iter_rows():
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
        for kind, frame in self.frames.items():
            here = frame.filter((pl.col("column") == place) & (pl.col("row") >= first))
            kinds[kind] = _spread(here, kind, first, length) if len(here) else None
        return Cells(length, kinds["text"], kinds["number"], kinds["moment"])


def _spread(cells: pl.DataFrame, kind: str, first: int, length: int) -> pl.Series:
    """The cells of a column at their rows, null between them."""
    values = cells.get_column(kind)
    if len(values) == length:
        return values.alias("")
    places = np.full(length, len(values), np.int64)
    places[cells.get_column("row").to_numpy() - first] = np.arange(len(values))
    return values.extend_constant(None, 1).gather(places).alias("")


@dataclass(slots=True)
class PlainReader:
    """Takes the blocks of a worksheet one after another; `table` answers None once anything unusual was met."""

    package: Package
    shared: pl.Series | None
    usual: bool = True
    last: int = -1
    width: int = 0
    end: bytes = b""
    pieces: dict[str, list[pl.DataFrame]] = field(default_factory=lambda: {kind: [] for kind in _KINDS})

    def take(self, block: bytes) -> bool:
        """Take a block of whole rows; answers whether all its cells are plain."""
        if not self.usual:
            return False
        try:
            found = plain_cells.cells_of(block)
            if found is not None:
                self._keep(found)
        except (UnusualError, pl.exceptions.PolarsError):
            self.usual = False
            self.pieces.clear()
        self.end = block
        return self.usual

    def table(self) -> PlainTable | None:
        """The worksheet, where all of it was plain and whole."""
        if not self.usual or b"</sheetData>" not in self.end or not self.end.rstrip().endswith(b"</worksheet>"):
            return None
        frames = {}
        for kind in _KINDS:
            parts = self.pieces.pop(kind)
            frames[kind] = pl.concat(parts) if parts else pl.DataFrame(schema=_CELLS | {kind: _KINDS[kind]})
        return PlainTable(frames, self.last // 2**14 + 1, self.width)

    def _keep(self, found: Block) -> None:
        if not len(found.row):
            return
        order = found.row * 2**14 + found.column
        if int(order[0]) <= self.last or not (np.diff(order) > 0).all():
            raise UnusualError
        self.last, self.width = int(order[-1]), max(self.width, int(found.column.max()) + 1)
        numbers = found.kind == NUMBER
        days = numbers & _among(found, self.package.day_styles)
        if self.package.from_1904 or (numbers & _among(found, self.package.other_styles)).any():
            raise UnusualError
        self._add("text", found, found.kind == INLINE, found.written)
        self._add("text", found, found.kind == SHARED, found.written)
        self._add("number", found, numbers & ~days, found.written)
        self._add("moment", found, days, found.written)

    def _add(self, kind: str, found: Block, mask: Flags, written: pl.Series) -> None:
        if not mask.any():
            return
        values = self._values(kind, found, mask, written.filter(pl.Series(mask)))
        cells = pl.DataFrame({"row": found.row[mask], "column": found.column[mask]}, schema=_CELLS)
        cells = cells.with_columns(values.alias(kind))
        self.pieces[kind].append(cells.filter(pl.col("text") != "") if kind == "text" else cells)

    def _values(self, kind: str, found: Block, mask: Flags, written: pl.Series) -> pl.Series:
        if kind == "text":
            shared = found.kind[mask][0] == SHARED
            return self._shared_texts(written) if shared else written.str.strip_chars(EDGES)
        numbers = written.cast(pl.Float64)
        if not numbers.is_finite().all():
            raise UnusualError
        return numbers if kind == "number" else _days(numbers)

    def _shared_texts(self, written: pl.Series) -> pl.Series:
        if self.shared is None:
            raise UnusualError
        return self.shared.gather(written.cast(pl.UInt32))


def _among(found: Block, styles: frozenset[int]) -> Flags:
    listed = np.zeros(10**plain_cells.LONGEST_STYLE, np.bool_)
    listed[list(styles)] = True
    among: Flags = listed[found.style]
    return among


def _days(serials: pl.Series) -> pl.Series:
    whole = serials.cast(pl.Int32)
    if not ((whole == serials) & whole.is_between(_FIRST_SERIAL, _LAST_SERIAL)).all():
        raise UnusualError
    return (whole + _EPOCH).cast(pl.Date).cast(MOMENT)


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
