"""The cells of a plain worksheet part, found in its XML all at once.

Most worksheets hold nothing but numbers, dates and texts. Their XML is taken apart as one array of bytes: where each
cell stands, of which kind it is, and between which two bytes its value lies. Whatever is not of that kind raises
`UnusualError`, and the general reader takes the worksheet instead. Rows and columns count from 0.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

NUMBER, SHARED, INLINE = 0, 1, 2
_KINDS = ((NUMBER, b' t="n">'), (SHARED, b' t="s">'), (INLINE, b' t="inlineStr">'))
UNKNOWN = (b"\r", b"<!", b"_x", b"&#", b":c ", b":si>")
"""What only the general reader knows: line ends to be made one, comments, two ways to spell a letter, prefixed names."""
_PRESERVED = b' xml:space="preserve"'
_ROOM = b"\0" * 64
_LONGEST_ROW, _LONGEST_COLUMN, LONGEST_STYLE = 7, 3, 5


class UnusualError(Exception):
    """The part holds something that only the general reader understands."""


@dataclass(frozen=True, slots=True)
class Block:
    """The filled cells of some whole rows, in their order; `written` is the value as it stands in the file."""

    row: Places
    column: Places
    kind: Places
    style: Places
    written: pl.Series


def cells_of(block: bytes) -> Block | None:
    """Every filled cell of a block of whole rows; None where it has none."""
    if any(word[-1:] in block and word[:1] in block and word in block for word in UNKNOWN):
        raise UnusualError
    data = np.frombuffer(block + _ROOM, np.uint8)
    cells = _starts(data)
    if not len(cells):
        return None
    words: Words = np.ndarray((len(block) + len(_ROOM) - 8,), np.uint64, data, 0, (1,))
    row, column, at = _references(words, cells)
    style, at = _styles(words, at)
    kind, at, opened = _kinds(data, words, at)
    stops = _stops(block, cells, row)
    filled = np.flatnonzero(opened & ~_spells(words, at, b"</c>"))
    kind = kind[filled]
    begins, ends = _values(words, at[filled], stops[filled], kind == INLINE)
    return Block(row[filled], column[filled], kind, style[filled], _texts(block, begins, ends))


def _be_sure(held: Flags) -> None:
    if not held.all():
        raise UnusualError


def _starts(data: Bytes) -> Places:
    """Where the tags of cells begin: `<c` and a blank, while `<cols>` and the like go on in letters."""
    begun: Flags = data[:-1] == ord("<")
    begun &= data[1:] == ord("c")
    found = np.flatnonzero(begun)
    after = data[found + 2]
    _be_sure((after == ord(" ")) | (after >= ord("A")))
    cells: Places = found[after == ord(" ")]
    return cells


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


def _counted(words: Words, at: Places, *, first: str, base: int, longest: int) -> tuple[Places, Places]:
    """The number written at each place and where it ends: in digits, or in letters (A is 1, AA is 27)."""
    letters = words[at]
    number = np.zeros(len(at), np.int64)
    goes_on: Flags = np.ones(len(at), np.bool_)
    for step in range(longest):
        digit = ((letters >> np.uint64(8 * step)) & np.uint64(255)).astype(np.int64) - ord(first)
        goes_on = goes_on & (digit >= 0) & (digit < base)
        if not goes_on.any():
            break
        number = np.where(goes_on, number * base + digit + (base == 26), number)
        at = at + goes_on
    return number, at


def _references(words: Words, cells: Places) -> tuple[Places, Places, Places]:
    """Row and column of the cells whose tags begin here, and where the closing quote after them stands."""
    _be_sure(_spells(words, cells, b'<c r="'))
    column, at = _counted(words, cells + 6, first="A", base=26, longest=_LONGEST_COLUMN)
    row, at = _counted(words, at, first="0", base=10, longest=_LONGEST_ROW)
    _be_sure(_spells(words, at, b'"') & (row > 0) & (column > 0))
    return row - 1, column - 1, at + 1


def _styles(words: Words, at: Places) -> tuple[Places, Places]:
    style = np.zeros(len(at), np.int64)
    styled = np.flatnonzero(_spells(words, at, b' s="'))
    if len(styled):
        style[styled], end = _counted(words, at[styled] + 4, first="0", base=10, longest=LONGEST_STYLE)
        _be_sure(_spells(words, end, b'"'))
        at[styled] = end + 1
    return style, at


def _kinds(data: Bytes, words: Words, at: Places) -> tuple[Places, Places, Flags]:
    """The kind of each cell, where its tag has ended, and whether anything comes before the cell is closed."""
    kind = np.full(len(at), NUMBER, np.int64)
    filled = data[at] != ord("/")
    length = np.ones(len(at), np.int64)
    typed = np.flatnonzero(filled & (data[at] != ord(">")))
    for value, word in _KINDS if len(typed) else ():
        same = typed[_spells(words, at[typed], word)]
        kind[same], length[same] = value, len(word)
    _be_sure(data[at + length - 1] == np.where(filled, ord(">"), ord("/")))
    return kind, at + length, filled


def _stops(block: bytes, cells: Places, row: Places) -> Places:
    """Where the next cell begins or the row ends."""
    stops = np.append(cells[1:], len(block))
    last = np.append(np.flatnonzero(np.diff(row)), len(row) - 1)
    stops[last] = [block.find(b"</row>", start) for start in cells[last].tolist()]
    return stops


def _values(words: Words, at: Places, stops: Places, inline: Flags) -> tuple[Places, Places]:
    """Between which bytes the value of each cell lies: inside `<v>`, or inside `<is><t>`."""
    begins, ends = at + 3, stops - len(b"</v></c>")
    texts = np.flatnonzero(inline)
    numbers = np.flatnonzero(~inline)
    _be_sure(_spells(words, at[numbers], b"<v>") & _spells(words, ends[numbers], b"</v></c>"))
    if len(texts):
        begins[texts], ends[texts] = _inline(words, at[texts], stops[texts])
    _be_sure(begins <= ends)
    return begins, ends


def _inline(words: Words, at: Places, stops: Places) -> tuple[Places, Places]:
    begins, ends = at + len(b"<is><t>"), stops - len(b"</t></is></c>")
    _be_sure(_spells(words, at, b"<is><t") & _spells(words, ends, b"</t></is></c>"))
    kept = np.flatnonzero(~_spells(words, begins - 1, b">"))
    if len(kept):
        _be_sure(_spells(words, begins[kept] - 1, _PRESERVED + b">"))
        begins[kept] += len(_PRESERVED)
    return begins, ends


def _texts(block: bytes, begins: Places, ends: Places) -> pl.Series:
    """The values as texts: every second piece of the block, cut at begins and ends; nothing is copied."""
    offsets = np.column_stack((begins, ends)).ravel().astype(np.int32)
    pieces = pa.StringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(block))
    texts = pl.Series("written", pl.from_arrow(pieces)).gather_every(2)
    if texts.str.contains("<", literal=True).any():
        raise UnusualError
    return unescaped(texts) if b"&" in block else texts


def unescaped(texts: pl.Series) -> pl.Series:
    """Texts with the five entities of XML read as what they stand for."""
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        texts = texts.str.replace_all(entity, letter, literal=True)
    return texts
