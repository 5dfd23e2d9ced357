"""What follows from a figure by scope and year without another look at any row: totals so far, growth, shares, ranks.

Each takes the cells of one figure as `evaluating.by_scope_and_year` gives them. Persons and households are added
nowhere: what counts them each once is refused here, and asked again of the rows for a longer time or more scopes.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import pairwise

from shanhai.figures.folding import Cell, quotient, together
from shanhai.figures.model import Figure
from shanhai.figures.terms import DeclarationError, How, State, Time

Cells = Mapping[int, Mapping[int, Cell]]
"""The cells of one figure by scope and year."""
Amounts = dict[int, dict[int, Decimal | None]]
"""Amounts by scope and year; None where there is none."""

_ADDED = {How.SUM, How.COUNT, How.TOTAL}


def running(cells: Cells) -> Amounts:
    """The total of each scope since the first year asked; years without records add nothing to those before."""
    _flows(cells)
    found: Amounts = {}
    for scope, years in cells.items():
        told = {year: cell.amount for year, cell in sorted(years.items())}
        stated = {year: amount for year, amount in told.items() if isinstance(amount, Decimal)}
        found[scope] = {
            year: together(amount for each, amount in stated.items() if each <= year)
            if any(each <= year for each in stated) and not _ahead(years[year])
            else None
            for year in told
        }
    return found


def growth(cells: Cells) -> Amounts:
    """How much per cent a year lies above the year before; none where either is missing or the year before is zero."""
    _flows(cells)
    return {scope: _growth(dict(sorted(years.items()))) for scope, years in cells.items()}


def _growth(years: Mapping[int, Cell]) -> dict[int, Decimal | None]:
    found: dict[int, Decimal | None] = dict.fromkeys(years)
    for (before, one), (year, other) in pairwise(years.items()):
        if year == before + 1 and isinstance(one.amount, Decimal) and isinstance(other.amount, Decimal) and one.amount:
            risen = together((other.amount, one.amount.copy_negate()))
            found[year] = quotient(risen, one.amount.copy_abs(), 100)
    return found


def shares(cells: Cells) -> Amounts:
    """Each scope's part, in per cent, of what all scopes given have together in a year."""
    _added(cells)
    wholes: dict[int, Decimal] = {}
    for years in cells.values():
        for year, cell in years.items():
            if isinstance(cell.amount, Decimal):
                wholes[year] = together((wholes.get(year, Decimal(0)), cell.amount))
    return {
        scope: {
            year: quotient(cell.amount, wholes[year], 100)
            if isinstance(cell.amount, Decimal) and wholes[year]
            else None
            for year, cell in years.items()
        }
        for scope, years in cells.items()
    }


def top(cells: Cells, number: int, group: Callable[[int], str] = str) -> list[tuple[str, Decimal]]:
    """The groups of scopes (counties) with the greatest totals over the years asked; equal ones by name."""
    _flows(cells)
    totals: dict[str, list[Decimal]] = {}
    for scope, years in cells.items():
        amounts = [cell.amount for cell in years.values() if isinstance(cell.amount, Decimal)]
        if amounts:
            totals.setdefault(group(scope), []).extend(amounts)
    ranked = sorted(((name, together(amounts)) for name, amounts in totals.items()), key=lambda one: (-one[1], one[0]))
    return ranked[:number]


def _ahead(cell: Cell) -> bool:
    return cell.state is State.NOT_YET_DUE


def _figure(cells: Cells) -> Figure | None:
    return next((cell.figure for years in cells.values() for cell in years.values()), None)


def _added(cells: Cells) -> None:
    figure = _figure(cells)
    if figure and figure.how not in _ADDED | {How.BALANCE}:
        raise DeclarationError(f"{figure.name} is a {figure.how}; it is not added over scopes or years.")


def _flows(cells: Cells) -> None:
    figure = _figure(cells)
    if figure and not (figure.how in _ADDED and figure.time is Time.FLOW):
        raise DeclarationError(f"{figure.name} is a {figure.how} and a {figure.time}; its years are not added.")
