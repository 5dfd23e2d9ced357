"""The cells of a plain worksheet part, found in its XML all at once.

Most worksheets hold nothing but numbers, dates and texts. Their XML is taken apart as one array of bytes: where each
cell stands, of which kind it is, and between which two bytes its value lies. Whatever is not of that kind raises
`UnusualError`, and the general reader takes the worksheet instead. Rows and columns count from 0.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

NUMBER, DAY, SHARED, INLINE, _BLANK = range(5)
UNKNOWN = (b"\r", b"<!", b"_x", b"&#", b":c ", b":si>")
"""What only the general reader knows: line ends to be made one, comments, two ways to spell a letter, prefixed names."""
_OPENING = re.compile(
    rb'"(?: s="(?P<style>[0-9]{1,5})")?(?:'
    rb'(?P<blank>(?: t="(?:n|s|inlineStr)")?></c>|/>)|(?: t="(?P<kind>n|s)")?><v>|'
    rb' t="(?P<inline>inlineStr)"><is><t(?: xml:space="preserve")?>)'
)
"""What stands between the number of a cell's row and its value: style and kind, to the tag the value is in."""
_MOST_OPENINGS = 200
_ROOM = 72
"""Letters behind a block that may be looked at and are never there: more than the longest opening."""
_LARGEST = 2**31 - 1
"""Bytes of a block that Arrow can count; a single row of more is not plain."""
_LONGEST_ROW, _LONGEST_COLUMN = 7, 3
_QUOTES, _ONES, _TOPS = (np.uint64(byte * 0x0101010101010101) for byte in (ord('"'), 1, 128))
_PLACE_OF_ONE = np.uint64(0x0001020304050607)
"""Times a word with a 1 in one of its bytes, this has the number of that byte in its top byte."""


class UnusualError(Exception):
    """The part holds something that only the general reader understands."""


@dataclass(slots=True)
class Opening:
    """One way in which cells begin after their place, and how many did."""

    word: bytes
    kind: int
    seen: int = 0


@dataclass(slots=True)
class Openings:
    """The ways in which the cells of a worksheet begin, learnt from its cells; `number_of` says what a number is by its style.

    A worksheet has few of them, so that cells are compared with whole beginnings instead of being read part by part.
    """

    number_of: Callable[[int], int]
    known: list[Opening] = field(default_factory=list)

    def learn(self, block: bytes, at: int) -> Opening:
        """The way in which the cell whose place ends here begins."""
        found = _OPENING.match(block, at)
        if not found or len(self.known) == _MOST_OPENINGS:
            raise UnusualError
        self.known.append(Opening(found[0], self._kind(found)))
        return self.known[-1]

    def _kind(self, found: re.Match[bytes]) -> int:
        if found["blank"]:
            return _BLANK
        if found["inline"]:
            return INLINE
        return SHARED if found["kind"] == b"s" else self.number_of(int(found["style"] or 0))

    def sort(self) -> None:
        """The most frequent first."""
        self.known.sort(key=lambda each: -each.seen)


@dataclass(frozen=True, slots=True)
class Block:
    """The filled cells of some whole rows, in their order: where each stands, its kind, and where its value lies."""

    data: bytes
    row: Places
    column: Places
    kind: Bytes
    begins: Places
    ends: Places

    def written(self, chosen: Places) -> pl.Series:
        """The values of the chosen cells as they stand in the file: every second piece of the block, nothing copied.

        The bounds ascend inside the block, as Arrow takes on trust; what is no UTF-8 is refused by the cast.
        """
        bounds = np.column_stack((self.begins[chosen], self.ends[chosen])).ravel().astype(np.int32)
        length = len(bounds) - 1
        present = b"\x55" * (length // 8 + 1)
        pieces = pa.Array.from_buffers(
            pa.binary(), length, [pa.py_buffer(each) for each in (present, bounds, self.data)]
        )
        return pl.Series("", pl.from_arrow(pieces)).drop_nulls().cast(pl.String)


def holds(block: bytes, word: bytes) -> bool:
    """Whether the word stands in the block; its single letters are looked for first, which is ten times as fast."""
    return word[-1:] in block and word[:1] in block and word in block


def cells_of(block: bytes, openings: Openings) -> Block | None:
    """Every filled cell of a block of whole rows; None where it has none."""
    if len(block) > _LARGEST or any(holds(block, word) for word in UNKNOWN):
        raise UnusualError
    data = np.frombuffer(block + b"\0" * (_ROOM - len(block) % 8), np.uint8)
    words: Words = np.ndarray((len(data) - 8,), np.uint64, data, 0, (1,))
    cells, begun = _starts(data, words)
    if not len(cells):
        return None
    column, at = _columns(words, cells, begun)
    row, first, at = _rows(words, at)
    _be_sure(np.diff(column) > 0, but=first[1:] - 1)
    kind, at = _opened(block, words, at, openings)
    filled = np.flatnonzero(kind != _BLANK)
    stops = _stops(block, cells, first)[filled]
    kind, at = kind[filled], at[filled]
    ends = stops - np.where(kind == INLINE, len(b"</t></is></c>"), len(b"</v></c>"))
    _be_closed(words, ends, kind == INLINE)
    _be_sure(at <= ends)
    _be_sure(ends[:-1] <= at[1:])
    return Block(block, row[filled], column[filled], kind, at, ends)


def _be_sure(held: Flags, *, but: Places | None = None) -> None:
    if but is not None:
        held[but] = True
    if not held.all():
        raise UnusualError


def _starts(data: Bytes, words: Words) -> tuple[Places, Words]:
    """Where the tags of cells begin, and their first eight letters: `<c` and a blank, while `<cols>` and the like go on in letters."""
    begun: Flags = data[:-8] == ord("<")
    begun &= data[1:-7] == ord("c")
    # A cell takes more than eight letters, so that eight places are looked at together.
    eights = begun.view(np.uint64)
    some = np.flatnonzero(eights != 0)
    ones = eights[some]
    _be_sure((ones & (ones - np.uint64(1))) == 0)
    found: Places = some * 8 + ((ones * _PLACE_OF_ONE) >> np.uint64(56)).astype(np.int64)
    letters = words[found]
    after = (letters >> np.uint64(16)).astype(np.uint8)
    cells = after == ord(" ")
    if cells.all():
        return found, letters
    _be_sure(cells | (after >= ord("A")))
    return found[cells], letters[cells]


def _spells(words: Words, at: Places, word: bytes) -> Flags:
    """At which of these places the word stands, compared eight letters at a time."""
    same: Flags = _eight(words[at], word[:8])
    for step in range(8, len(word), 8):
        same &= _eight(words[at + step], word[step : step + 8])
    return same


def _eight(found: Words, word: bytes) -> Flags:
    if len(word) < 8:
        found = found & np.uint64((1 << 8 * len(word)) - 1)
    same: Flags = found == np.uint64(int.from_bytes(word, "little"))
    return same


def _counted(letters: Words, *, first: str, base: int, longest: int) -> tuple[Places, Places]:
    """The number written in these letters and how many it takes: in digits, or in letters (A is 1, AA is 27)."""
    number = np.zeros(len(letters), np.int64)
    length = np.zeros(len(letters), np.int64)
    goes_on: Flags = np.ones(len(letters), np.bool_)
    for step in range(longest):
        digit = ((letters >> np.uint64(8 * step)) & np.uint64(255)).astype(np.int64) - ord(first)
        goes_on = goes_on & (digit >= 0) & (digit < base)
        if not goes_on.any():
            break
        number = np.where(goes_on, number * base + digit + (base == 26), number)
        length += goes_on
    return number, length


def _columns(words: Words, cells: Places, begun: Words) -> tuple[Places, Places]:
    """The columns of the cells that begin here, and where the numbers of their rows stand."""
    _be_sure(_eight(begun & np.uint64((1 << 48) - 1), b'<c r="\0\0'))
    column = ((begun >> np.uint64(48)) & np.uint64(255)).astype(np.int64) - ord("A")
    _be_sure((column >= 0) & (column < 26))
    longer = np.flatnonzero(begun >= np.uint64(ord("A") << 56))
    at = cells + 7
    if len(longer):
        number, length = _counted(words[cells[longer] + 6], first="A", base=26, longest=_LONGEST_COLUMN)
        column[longer], at[longer] = number - 1, cells[longer] + 6 + length
    return column, at


def _rows(words: Words, at: Places) -> tuple[Places, Places, Places]:
    """The rows of cells from where their numbers stand, the first cell of each row, and where the quote after them stands.

    Cells of a row carry the same number: it is compared as it stands, and read once.
    """
    letters = words[at]
    other = letters ^ _QUOTES
    quote = (other - _ONES) & ~other & _TOPS
    number = letters & ((quote & (~quote + np.uint64(1))) - np.uint64(1))
    first = np.append(0, np.flatnonzero(number[1:] != number[:-1]) + 1)
    rows, length = _counted(number[first], first="0", base=10, longest=_LONGEST_ROW)
    _be_sure(_spells(words, at[first] + length, b'"') & (rows > 0))
    _be_sure(np.diff(rows) > 0)
    cells = np.diff(np.append(first, len(at)))
    return np.repeat(rows - 1, cells), first, at + np.repeat(length, cells)


def _opened(block: bytes, words: Words, at: Places, openings: Openings) -> tuple[Bytes, Places]:
    """The kind of each cell, and where its value begins."""
    kind, begins = np.full(len(at), _BLANK, np.uint8), at.copy()
    left, letters = np.arange(len(at)), words[at]
    known = iter(list(openings.known))
    while len(left):
        opening = next(known, None) or openings.learn(block, int(at[left[0]]))
        same = _eight(letters, opening.word[:8])
        alike = left[same]
        if len(opening.word) > 8 and len(alike):
            same[same] = _spells(words, at[alike] + 8, opening.word[8:])
            alike = left[same]
        if len(alike):
            kind[alike] = opening.kind
            begins[alike] += len(opening.word)
            opening.seen += len(alike)
            left, letters = left[~same], letters[~same]
    openings.sort()
    return kind, begins


def _stops(block: bytes, cells: Places, first: Places) -> Places:
    """Where the next cell begins or the row ends."""
    stops = np.append(cells[1:], len(block))
    last = np.append(first[1:], len(cells)) - 1
    stops[last] = [block.find(b"</row>", start) for start in cells[last].tolist()]
    return stops


def _be_closed(words: Words, ends: Places, inline: Flags) -> None:
    """Values end in the tags that close them and their cells."""
    letters = words[ends]
    _be_sure(np.where(inline, _eight(letters, b"</t></is"), _eight(letters, b"</v></c>")))
    _be_sure(_spells(words, ends[inline] + 8, b"></c>"))


def unescaped(texts: pl.Series) -> pl.Series:
    """Texts with the five entities of XML read as what they stand for."""
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        texts = texts.str.replace_all(entity, letter, literal=True)
    return texts
