"""From folded rows to values: units, the five states, and the formulas of derived figures.

Evaluating (folded by an engine) and opening (folded again in Python) both end here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce
from typing import Any

from shanhai.base.units import Kind
from shanhai.figures.compiling import Leaf
from shanhai.figures.model import Figure, Registry
from shanhai.figures.terms import Empty, How, State, Time
from shanhai.figures.windows import Window

_EXACT = Context(prec=60)
"""Enough digits for any sum a database can hold; the default of 28 would round silently."""


@dataclass(frozen=True, slots=True)
class Folded:
    """What a fold gave: whole stored numbers (fen) or a day, None over no values; and how many rows were folded."""

    amount: int | date | None
    rows: int


@dataclass(frozen=True, slots=True)
class Value:
    """A figure's value: an amount in its unit (Decimal yuan for money, whole for counts) or a day, and its state.

    `amount` is None exactly where `state` is not VALUE. `rows` is how many record rows were counted; a derived
    figure's are those of its parts together, a part named twice counted once. `parts` are the values behind it.
    """

    figure: Figure
    amount: Decimal | date | None
    state: State
    rows: int
    parts: tuple["Value", ...] = ()

    @property
    def plain(self) -> str | int | None:
        """The amount for JSON: whole numbers as numbers, everything else as text, None where there is no value."""
        return _plain(self.figure, self.amount)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a figure says of one scope in one year, as its value would: amount and state, without the rows behind it.

    How many rows, which, and which parts are asked of `evaluate` and of `opening`, for the cell somebody looks at.
    """

    figure: Figure
    amount: Decimal | date | None
    state: State

    @property
    def plain(self) -> str | int | None:
        """The amount for JSON, as a value tells it."""
        return _plain(self.figure, self.amount)


def _plain(figure: Figure, amount: Decimal | date | None) -> str | int | None:
    if isinstance(amount, Decimal):
        counted = figure.unit.kind not in {Kind.MONEY, Kind.RATIO, Kind.AREA}
        whole = counted and amount == amount.to_integral_value()
        return int(amount) if whole else format(amount, "f")
    return amount.isoformat() if amount else None


def leaves(figure: Figure, registry: Registry, *, time: Time | None = None, span: int = 0) -> list[Leaf]:
    """The folds a figure rests on; a total that stands or accumulates takes its flows from the beginning."""
    if not figure.how.derived:
        return [Leaf(figure, time or figure.time, span)]
    imposed = imposed_time(figure, time)
    return [leaf for part in registry.parts_of(figure) for leaf in leaves(part, registry, time=imposed, span=span)]


def imposed_time(figure: Figure, time: Time | None) -> Time | None:
    """The behaviour in time a derived figure imposes on its parts; None leaves each its own."""
    return time or figure.time if figure.how is How.TOTAL else None


def value_of(
    leaf: Leaf, *, registry: Registry, window: Window, folded: Mapping[Leaf, Folded], labels: Iterable[str] = ()
) -> Value:
    """The value of a figure from its folds, in a window, narrowed by the slices of these labels."""
    figure = leaf.figure
    if absent := _absent(figure, window, labels):
        return Value(figure, None, absent, 0)
    if not figure.how.derived:
        return _settled(figure, folded[leaf])
    imposed = imposed_time(figure, leaf.time if figure.how is How.TOTAL else None)
    parts = tuple(
        value_of(
            Leaf(part, imposed or part.time, leaf.span),
            registry=registry, window=window, folded=folded, labels=labels,
        )
        for part in registry.parts_of(figure)
    )  # fmt: skip
    amount, state = _FORMULAS[figure.how](figure, parts, window)
    counted = set(leaves(figure, registry, time=imposed, span=leaf.span)) & folded.keys()
    return Value(figure, amount, state, sum(folded[each].rows for each in counted), parts)


def cell_of(leaf: Leaf, *, registry: Registry, window: Window, folded: Mapping[Leaf, Folded]) -> Cell:
    """The value of a figure from its folds, of which only amounts are known."""
    found = value_of(leaf, registry=registry, window=window, folded=folded)
    return Cell(found.figure, found.amount, found.state)


def _absent(figure: Figure, window: Window, labels: Iterable[str]) -> State | None:
    """Why a figure has no value here whatever its rows, or None."""
    if figure.applies and window.kinds and not window.kinds & set(figure.applies):
        return State.NOT_APPLICABLE
    if not figure.how.derived and not set(labels) <= figure.slices.keys():
        return State.NOT_APPLICABLE
    unfinished = figure.due == "year_end" and window.start and (window.end.month, window.end.day) != (12, 31)
    return State.NOT_YET_DUE if window.ahead or unfinished else None


def _settled(figure: Figure, folded: Folded) -> Value:
    if not folded.rows or folded.amount is None:
        if figure.when_empty is Empty.ZERO:
            return Value(figure, in_unit(0, figure.scale), State.VALUE, folded.rows)
        several = figure.how is How.COMMON and folded.rows
        return Value(figure, None, State.NOT_APPLICABLE if several else State.BLANK, folded.rows)
    if isinstance(folded.amount, date):
        return Value(figure, folded.amount, State.VALUE, folded.rows)
    if 0 < folded.amount < figure.withhold_below:
        return Value(figure, None, State.WITHHELD, folded.rows)
    return Value(figure, in_unit(folded.amount, figure.scale), State.VALUE, folded.rows)


def in_unit(stored: int, scale: int) -> Decimal:
    """Stored whole numbers in their unit, exactly: 11,700,000,000 fen at a scale of 100 are 117000000.00 yuan."""
    places = len(str(scale)) - 1
    return Decimal(stored).scaleb(-places, _EXACT)


def fold(figure: Figure, cells: Iterable[Any]) -> int | date | None:
    """Fold the cells of all rows in Python, as the engines fold them: empty cells add nothing and name nothing."""
    if figure.how is How.COUNT:
        return sum(1 for _ in cells)
    stated = [cell for cell in cells if cell is not None]
    if figure.how is How.COUNT_DISTINCT:
        return len(set(stated))
    if not stated:
        return None
    if figure.how is How.COMMON:
        return int(stated[0]) if len(set(stated)) == 1 else None
    if figure.how.dated:
        day: date = min(stated) if figure.how is How.MIN_DATE else max(stated)
        return day
    numbers = [int(cell) for cell in stated]
    return max(numbers) if figure.how is How.LARGEST else sum(numbers)


def _missing(parts: Iterable[Value]) -> State | None:
    """The state that keeps a formula from having a value; a blank part leaves the whole unknown."""
    states = {part.state for part in parts}
    order = (State.NOT_APPLICABLE, State.NOT_YET_DUE, State.WITHHELD, State.BLANK)
    return next((state for state in order if state in states), None)


def _ratio(figure: Figure, parts: tuple[Value, ...], window: Window) -> tuple[Decimal | date | None, State]:
    if missing := _missing(parts):
        return None, missing
    above, below = (part.amount for part in parts)
    if not (isinstance(above, Decimal) and isinstance(below, Decimal)) or below == 0:
        return None, State.NOT_APPLICABLE
    times = 100 if figure.unit.code == "percent" else 1
    places = Decimal("0.01") if figure.unit.kind is Kind.MONEY else Decimal("0.0001")
    return quotient(above, below, times, places), State.VALUE


def quotient(above: Decimal, below: Decimal, times: int = 1, places: Decimal = Decimal("0.0001")) -> Decimal:
    """One amount divided by another, halves away from zero, as every ratio is."""
    exact = _EXACT.divide(_EXACT.multiply(above, Decimal(times)), below)
    return exact.quantize(places, ROUND_HALF_UP, _EXACT)


def together(amounts: Iterable[Decimal]) -> Decimal:
    """A sum without rounding."""
    return reduce(_EXACT.add, amounts, Decimal(0))


def _span(figure: Figure, parts: tuple[Value, ...], window: Window) -> tuple[Decimal | date | None, State]:
    if missing := _missing(parts):
        return None, missing
    days = [part.amount for part in parts if isinstance(part.amount, date)]
    first, last = days[0], days[1] if figure.ends else window.end
    months = (last.year - first.year) * 12 + last.month - first.month
    return (Decimal(months // 12), State.VALUE) if months >= 0 else (None, State.NOT_YET_DUE)


def _total(figure: Figure, parts: tuple[Value, ...], window: Window) -> tuple[Decimal | date | None, State]:
    missing = _missing(parts)
    unrecorded = all(part.state is State.BLANK for part in parts)
    if (missing and missing is not State.BLANK) or (unrecorded and figure.when_empty is not Empty.ZERO):
        return None, missing or State.BLANK
    amounts = [part.amount if isinstance(part.amount, Decimal) else Decimal(0) for part in parts]
    added = len(figure.of)
    signed = amounts[:added] + [amount.copy_negate() for amount in amounts[added:]]
    return together(signed), State.VALUE


_FORMULAS = {How.RATIO: _ratio, How.SPAN_YEARS: _span, How.TOTAL: _total}
