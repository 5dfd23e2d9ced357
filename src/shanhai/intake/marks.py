"""What the cells of an xlsx worksheet carry besides their values, found by streaming through its XML.

The fast reader gives values only: a formula without a stored value looks blank to it, an error such
as #N/A too, and it knows nothing of merged or hidden cells. Rows and columns here count from 0.
"""

import re
import zipfile
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Protocol

from shanhai.intake.opening import Package
from shanhai.intake.plain_cells import holds

_BLOCK = 1024 * 1024
_READERS, _AHEAD = 2, 3
_P = rb"(?:\w+:)?"
_HINT_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_F = rb"<" + _P + rb"f(?:[^>]*/>|[^>]*>[^<]*</" + _P + rb"f>)"
_FORMULA = re.compile(rb"<" + _P + rb"c( [^>]*)?>" + _F + rb"(?:<" + _P + rb"v>([^<]*)</" + _P + rb"v>)?")
_ERROR = re.compile(rb"<" + _P + rb'c ([^>]*t="e"[^>]*)>(?:' + _F + rb")?<" + _P + rb"v>([^<]*)<")
_HIDDEN_ROW = re.compile(rb"<" + _P + rb'row ([^>]*hidden="(?:1|true)"[^>]*)>')
_HIDDEN_COLUMN = re.compile(rb"<" + _P + rb'col ([^>]*hidden="(?:1|true)"[^>]*)>')
_MERGED = re.compile(rb"<" + _P + rb'mergeCell [^>]*ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_REFERENCE = re.compile(rb'\br="([A-Z]*)([0-9]+)"')
_BOUND = re.compile(rb'(min|max)="([0-9]+)"')
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension [^>]*ref="[A-Z]+[0-9]+:([A-Z]+)([0-9]+)"')


@dataclass(slots=True)
class Marks:
    """Formulas with their stored value or without, error cells, hidden rows and columns, merged ranges,
    number cells shown as percentages."""

    stored: dict[int, list[int]] = field(default_factory=dict)
    """column -> rows of formulas whose last value is stored"""
    unstored: list[tuple[int, int]] = field(default_factory=list)
    unplaced: int = 0
    """formulas without a result in cells that do not say where they stand"""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """first row, first column, last row, last column"""
    percent: dict[int, list[int]] = field(default_factory=dict)
    """column -> rows of number cells shown as a percentage"""


def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """The letters of a column from its number: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def size_of(path: Path, part: str) -> tuple[int, int]:
    """The height and width a worksheet says it has; 0, 0 where it does not say."""
    with zipfile.ZipFile(path) as archive:
        if part not in archive.namelist():
            return 0, 0
        with archive.open(part) as file:
            found = _DIMENSION.search(file.read(8192))
    return (int(found[2]), column_number(found[1].decode()) + 1) if found else (0, 0)


class Beside(Protocol):
    """Who reads the same blocks of whole rows as they go by."""

    def look(self, block: bytes) -> Any:
        """What stands in a block; asked in several threads at once."""

    def keep(self, seen: Any) -> bool:
        """Take what was seen, block after block; answers whether all cells of the block are plain."""


class _Nobody:
    """Nobody reads beside; no cell is known to be plain."""

    def look(self, block: bytes) -> None:
        """See nothing."""

    def keep(self, seen: None) -> bool:
        """Know nothing."""
        return False


def scan(path: Path, part: str, package: Package, *, beside: Beside | None = None) -> Marks:
    """Everything of note in one worksheet, in one pass over its XML and in bounded memory.

    `beside` reads every block as it goes by; where all its cells are plain, no formula and no error needs to be looked for.
    """
    marks, block, reader = Marks(), b"", beside or _Nobody()
    percent = _percent_pattern(package.percent_styles)
    with zipfile.ZipFile(path) as archive:
        if part not in archive.namelist():
            return marks
        # An exception keeps the generator, and with it an open file, alive: it is closed here and not by the collector.
        with closing(_blocks(archive, part)) as blocks, closing(_ahead(blocks, reader.look)) as looked:
            for place, (block, seen) in enumerate(looked):
                if place == 0:
                    _hidden_columns(marks, block.partition(b"sheetData")[0])
                plain = reader.keep(seen)
                if not plain and _HINT_FORMULA.search(block):
                    _formulas(marks, block, package)
                if percent:
                    _percentages(marks, percent, block)
                _rarer(marks, block, plain=plain)
        _merged(marks, block)
    return marks


def _rarer(marks: Marks, block: bytes, *, plain: bool) -> None:
    """Error cells and hidden rows."""
    if not plain and b't="e"' in block:
        _errors(marks, block)
    if holds(block, b"hidd"):
        marks.hidden_rows += [int(row[2]) - 1 for row in _references(_HIDDEN_ROW, block)]


def _blocks(archive: zipfile.ZipFile, part: str) -> Generator[bytes]:
    """The XML in blocks that end with a whole row."""
    rest = b""
    with archive.open(part) as file:
        while data := file.read(_BLOCK):
            cut = data.rfind(b"</row>")
            if cut < 0:
                cut = data.rfind(b":row>")
            if cut < 0:
                rest += data
                continue
            cut = data.index(b">", cut) + 1
            yield rest + data[:cut]
            rest = data[cut:]
    yield rest


def _ahead(blocks: Generator[bytes], look: Callable[[bytes], Any]) -> Generator[tuple[bytes, Any]]:
    """The same blocks, each with what was seen in it; some are looked at side by side while the next is unpacked.

    Unpacking and most of the looking is done by libraries that let other threads go on meanwhile.
    """
    with ThreadPoolExecutor(_READERS) as readers:
        coming: deque[tuple[bytes, Future[Any]]] = deque()
        for block in blocks:
            coming.append((block, readers.submit(look, block)))
            if len(coming) > _AHEAD:
                first, seen = coming.popleft()
                yield first, seen.result()
        for block, seen in coming:
            yield block, seen.result()


def _references(pattern: re.Pattern[bytes], block: bytes) -> Iterator[re.Match[bytes]]:
    for found in pattern.finditer(block):
        reference = _REFERENCE.search(found[1])
        if reference:
            yield reference


def _spot(attributes: bytes) -> tuple[int, int] | None:
    found = _REFERENCE.search(attributes)
    return (int(found[2]) - 1, column_number(found[1].decode())) if found else None


def _formulas(marks: Marks, block: bytes, package: Package) -> None:
    for found in _FORMULA.finditer(block):
        attributes, value = found[1] or b"", found[2]
        spot = _spot(attributes)
        empty = not value and b't="str"' not in attributes
        guessed = package.to_be_recalculated and value == b"0"
        if spot is None:
            marks.unplaced += empty
        elif empty or guessed:
            marks.unstored.append(spot)
        else:
            marks.stored.setdefault(spot[1], []).append(spot[0])


def _errors(marks: Marks, block: bytes) -> None:
    for found in _ERROR.finditer(block):
        spot = _spot(found[1])
        if spot is not None:
            marks.errors[spot] = unescape(found[2].decode("utf-8", "replace"))


def _hidden_columns(marks: Marks, block: bytes) -> None:
    for found in _HIDDEN_COLUMN.finditer(block):
        bound = {key: int(value) for key, value in _BOUND.findall(found[1])}
        marks.hidden_columns.append((bound[b"min"] - 1, bound[b"max"] - 1))


def _merged(marks: Marks, block: bytes) -> None:
    """Merged ranges, which stand behind all rows and so in the last block."""
    for found in _MERGED.finditer(block):
        left, right = column_number(found[1].decode()), column_number(found[3].decode())
        marks.merged.append((int(found[2]) - 1, left, int(found[4]) - 1, right))


def _percent_pattern(styles: frozenset[int]) -> re.Pattern[bytes] | None:
    if not styles:
        return None
    numbers = "|".join(map(str, sorted(styles)))
    return re.compile(rf'<(?:\w+:)?c r="([A-Z]+)([0-9]+)" s="(?:{numbers})"(?: t="n")?><'.encode())


def _percentages(marks: Marks, pattern: re.Pattern[bytes], block: bytes) -> None:
    for found in pattern.finditer(block):
        marks.percent.setdefault(column_number(found[1].decode()), []).append(int(found[2]) - 1)
