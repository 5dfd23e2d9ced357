"""Raw cells of a column, kept by the kind they have in the file, so that meaning is given last.

A cell is text, a number, a date or something else (true/false, a time of day, an error such as
#N/A). The kind matters: an identity number stored as a number has already lost its last digits.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

EDGES = " \t\r\n\v\f\u00a0\u1680\u2002\u2003\u2009\u202f\u3000\u200b\u200c\u200d\u2060\ufeff"
_WORDS = {True: "TRUE", False: "FALSE"}
MOMENT = pl.Datetime("us")


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one column from the row after the header on; position 0 is that first row.

    In `text`, `number` and `moment` (a date with time) a position is null unless the cell has that kind;
    texts are trimmed and a text of blanks is null. A kind that no cell of the column has takes no memory.
    `other` shows the remaining cells as the worksheet does. `percent` holds positions of number cells that
    are formatted as a percentage.
    """

    length: int
    texts: pl.Series | None = None
    numbers: pl.Series | None = None
    moments: pl.Series | None = None
    other: dict[int, str] = field(default_factory=dict)
    percent: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return self.length

    @property
    def text(self) -> pl.Series:
        """The text cells."""
        return self._all(self.texts, pl.String())

    @property
    def number(self) -> pl.Series:
        """The number cells."""
        return self._all(self.numbers, pl.Float64())

    @property
    def moment(self) -> pl.Series:
        """The date cells, a date without time being its midnight."""
        return self._all(self.moments, MOMENT)

    def _all(self, series: pl.Series | None, dtype: pl.DataType) -> pl.Series:
        return pl.Series([None], dtype=dtype).new_from_index(0, self.length) if series is None else series

    def blank(self) -> pl.Series:
        """True where nothing was written."""
        nothing = pl.Series([True], dtype=pl.Boolean).new_from_index(0, self.length)
        for series in (self.texts, self.numbers, self.moments):
            if series is not None:
                nothing &= series.is_null()
        return nothing.scatter(list(self.other), False) if self.other else nothing

    def shown(self, position: int) -> str:
        """The cell as a clerk sees it."""
        if position in self.other:
            return self.other[position]
        if self.texts is not None and self.texts[position] is not None:
            return str(self.texts[position])
        moment = None if self.moments is None else self.moments[position]
        if moment is not None:
            return str(moment.date() if moment.time() == dt.time() else moment)
        number = None if self.numbers is None else self.numbers[position]
        if number is None:
            return ""
        return f"{number * 100:.15g}%" if position in self.percent else show_number(number)

    def take(self, positions: pl.Series) -> "Cells":
        """The cells at these ascending positions only, counted anew."""
        place = {int(old): new for new, old in enumerate(positions)} if self.other or self.percent else {}
        return Cells(
            len(positions),
            None if self.texts is None else self.texts.gather(positions),
            None if self.numbers is None else self.numbers.gather(positions),
            None if self.moments is None else self.moments.gather(positions),
            {place[old]: shown for old, shown in self.other.items() if old in place},
            frozenset(place[old] for old in self.percent if old in place),
        )


def show_number(number: float) -> str:
    """A number as the worksheet holds it: at most 15 digits, whole numbers without a point."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}"


def from_values(values: Sequence[object]) -> Cells:
    """The cells of one column from the values a reader gave: str, float, int, bool, dates, times; blanks are ""."""
    length = len(values)
    if not length or (values[0] == "" == values[-1] and values.count("") == length):
        return Cells(length)
    kinds = set(map(type, values))
    text = _of_kind(values, kinds, (str,), pl.String())
    if text is not None:
        text = text.str.strip_chars(EDGES)
        text = text.set(text == "", None)
        text = None if text.null_count() == length else text
    rare = kinds - {str, float, int, dt.datetime, dt.date, type(None)}
    other = {place: _show_other(value) for place, value in enumerate(values) if type(value) in rare} if rare else {}
    return Cells(length, text, _of_kind(values, kinds, (float, int), pl.Float64()), _moments(values, kinds), other)


def _of_kind(
    values: Sequence[object], kinds: set[type], wanted: tuple[type, ...], dtype: pl.DataType
) -> pl.Series | None:
    """The values of the wanted kinds, null elsewhere; a column of one kind takes the short way."""
    present = kinds.intersection(wanted)
    if not present:
        return None
    if kinds != present:
        values = [value if type(value) in present else None for value in values]
    return pl.Series(values, dtype=dtype, strict=False)


def _moments(values: Sequence[object], kinds: set[type]) -> pl.Series | None:
    """Dates and dates with time, a date being its midnight."""
    days = _of_kind(values, kinds, (dt.date,), pl.Date())
    moments = _of_kind(values, kinds, (dt.datetime,), MOMENT)
    if days is None:
        return moments
    days = days.cast(MOMENT)
    return days if moments is None else days.zip_with(days.is_not_null(), moments)


def _show_other(value: object) -> str:
    return _WORDS[value] if isinstance(value, bool) else str(value)


def joined(pieces: Sequence[Cells]) -> Cells:
    """Pieces of one column, read one after another, as one column."""
    if len(pieces) == 1:
        return pieces[0]
    other: dict[int, str] = {}
    start = 0
    for piece in pieces:
        other |= {start + place: shown for place, shown in piece.other.items()}
        start += len(piece)
    return Cells(
        start,
        _one([(piece.texts, piece.text) for piece in pieces]),
        _one([(piece.numbers, piece.number) for piece in pieces]),
        _one([(piece.moments, piece.moment) for piece in pieces]),
        other,
    )


def _one(parts: list[tuple[pl.Series | None, pl.Series]]) -> pl.Series | None:
    if all(kept is None for kept, _ in parts):
        return None
    return pl.concat([series for _, series in parts], rechunk=True)
