"""A declared figure, and the registry of all of them."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import ibis

from shanhai.base.units import Unit
from shanhai.figures.tables import Table
from shanhai.figures.terms import DeclarationError, Empty, How, Stage, Time, Words

RowsOf = Callable[..., ibis.Table]
"""A function from the tables read to the rows counted."""

_SOME_DAY = ibis.literal("2000-01-01").cast("date")
"""Stands for the last day of a window while an expression is only looked at, not run."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Figure:
    """A figure: the rows it counts, how they fold, and everything a reader must know to believe it.

    Counted figures have `reads`, `rows`, and where needed `column`, `on`, `until`, `identity`; derived ones name
    other figures (`numerator` and `denominator`, `begins` and `ends`, `of` and `minus`).
    """

    name: str
    zh: str
    en: str
    unit: Unit
    time: Time
    stage: Stage
    how: How
    rule: str
    basis: str
    rows: RowsOf | None = None
    reads: tuple[Table, ...] = ()
    column: str = ""
    on: str = ""
    until: str = ""
    identity: str = ""
    numerator: str = ""
    denominator: str = ""
    against: Stage | None = None
    begins: str = ""
    ends: str = ""
    of: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    slices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    words: Words = field(default_factory=Words)
    version: int = 1
    empty: Empty | None = None
    applies: tuple[str, ...] = ()
    due: str = ""
    withhold_below: int = 0

    @property
    def area(self) -> str:
        """The area that declared it."""
        return self.name.partition(".")[0]

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the figures it is derived from, in the order of its formula; none where it counts rows."""
        named = (self.numerator, self.denominator, self.begins, self.ends, *self.of, *self.minus)
        return tuple(name for name in named if name)

    @property
    def base(self) -> Table:
        """The table whose records it counts."""
        return self.reads[0]

    @property
    def day(self) -> str:
        """The column that places a row in time; a first or last day places itself."""
        return self.on or (self.column if self.how.dated else "")

    @property
    def folded(self) -> str:
        """The column its fold reads; empty for a count of rows."""
        return self.column or self.identity

    def counted_rows(self, *, start: ibis.Value | None = None, end: ibis.Value | None = None) -> ibis.Table:
        """The rows it counts, unbound, before window and scope; the window's days go to the function if it asks."""
        if self.rows is None:
            raise DeclarationError(f"{self.name} is derived and has no rows of its own.")
        days = {"start": start, "end": _SOME_DAY if end is None else end}
        asked = {name for name in inspect.signature(self.rows).parameters if name in days}
        given = {name: ibis.null("date") if days[name] is None else days[name] for name in asked}
        return self.rows(*(read.rows() for read in self.reads), **given)

    @property
    def scale(self) -> int:
        """How many stored whole numbers make one of its unit."""
        measured = self.how in {How.SUM, How.BALANCE, How.COMMON, How.LARGEST}
        return self.base.column(self.column).scale if measured else 1

    @property
    def when_empty(self) -> Empty:
        """What no rows mean for it."""
        counts = self.how in {How.COUNT, How.COUNT_DISTINCT}
        return self.empty or (Empty.ZERO if counts else Empty.BLANK)


class Registry:
    """Figures by name."""

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        """Start with the figures given, or with none."""
        self._figures = {figure.name: figure for figure in figures}

    def add(self, figure: Figure) -> Figure:
        """Take a figure in; a name is declared once."""
        if figure.name in self._figures:
            raise DeclarationError(f"{figure.name} is declared twice; a figure has one definition.")
        self._figures[figure.name] = figure
        return figure

    def __contains__(self, name: object) -> bool:
        """Whether a figure of this name is declared."""
        return name in self._figures

    def __iter__(self) -> Iterator[Figure]:
        """All figures, by name."""
        return iter(sorted(self._figures.values(), key=lambda figure: figure.name))

    def of_area(self, area: str) -> list[Figure]:
        """The figures of an area in the order in which it declares them."""
        return [figure for figure in self._figures.values() if figure.area == area]

    def __len__(self) -> int:
        """How many figures are declared."""
        return len(self._figures)

    def get(self, name: str) -> Figure | None:
        """The figure of this name, or None."""
        return self._figures.get(name)

    def __getitem__(self, name: str) -> Figure:
        """The figure of this name; an unknown one is refused."""
        if name not in self._figures:
            raise DeclarationError(f"No figure is called {name!r}.")
        return self._figures[name]

    def parts_of(self, figure: Figure) -> tuple[Figure, ...]:
        """The figures a derived figure comes from."""
        return tuple(self[name] for name in figure.parts)

    def counted(self, figure: Figure) -> tuple[Figure, ...]:
        """The figures over rows that a figure finally rests on, itself where it counts rows; each once, in order."""
        if not figure.how.derived:
            return (figure,)
        return tuple(dict.fromkeys(leaf for part in self.parts_of(figure) for leaf in self.counted(part)))
