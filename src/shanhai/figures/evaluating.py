"""The values of figures: many at once in as few passes as there are different sets of rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from shanhai.figures import compiling, declare, folding, grouping
from shanhai.figures.compiling import Leaf, Shape, Stored
from shanhai.figures.engines import Engine
from shanhai.figures.folding import Cell, Folded, Value
from shanhai.figures.grouping import Periods
from shanhai.figures.model import Figure, Registry
from shanhai.figures.terms import How
from shanhai.figures.windows import Window

_NOTHING = Folded(None, 0)
_COUNTS = {How.COUNT, How.COUNT_DISTINCT}


def evaluate(
    figures: Iterable[Figure],
    engine: Engine,
    window: Window,
    *,
    slice: Mapping[str, str] | None = None,  # noqa: A002 - the word the field and `open` use
    registry: Registry | None = None,
) -> dict[str, Value]:
    """The value of each figure in a window, narrowed by a slice (`{"field": "education"}`).

    A figure that cannot be narrowed so is not applicable. Money is Decimal yuan. A count over no rows is zero, a sum
    or a day over no rows blank, unless the figure says otherwise.
    """
    return evaluate_windows(figures, engine, [window], slice=slice, registry=registry)[0]


def evaluate_windows(
    figures: Iterable[Figure],
    engine: Engine,
    windows: Iterable[Window],
    *,
    slice: Mapping[str, str] | None = None,  # noqa: A002
    registry: Registry | None = None,
) -> list[dict[str, Value]]:
    """The same figures for several windows over the same scopes, still in one pass per set of rows."""
    known = registry or declare.registry()
    asked, chosen, narrowed = list(figures), tuple(windows), dict(slice or {})
    if len({window.scopes for window in chosen}) > 1:
        raise ValueError("The windows of one question are about the same scopes.")
    wanted = _wanted(asked, known, spans=len(chosen), labels=narrowed)
    shape = Shape.of(chosen, narrowed) if chosen else Shape()
    folded: dict[Leaf, Folded] = {}
    queries = compiling.folds(wanted, shape, engine.dialect) if wanted else ()
    texts = [(compiling.written(query.text, chosen, narrowed), 2 * len(query.leaves)) for query in queries]
    for query, line in zip(queries, engine.lines(texts), strict=True):
        folded |= _line(query.leaves, line)
    return [
        {
            figure.name: folding.value_of(
                Leaf(figure, figure.time, span), registry=known, window=window, folded=folded, labels=narrowed
            )
            for figure in asked
        }
        for span, window in enumerate(chosen)
    ]


def by_year(
    figure: Figure, engine: Engine, years: Iterable[int], window: Window, *, registry: Registry | None = None
) -> dict[int, Value]:
    """A figure year by year, as of the window's last day: a flow within each year, a stock or cumulative at its end.

    A year that had not begun by then is not yet due.
    """
    asked = list(years)
    values = evaluate_windows([figure], engine, [window.year(year) for year in asked], registry=registry)
    return {year: value[figure.name] for year, value in zip(asked, values, strict=True)}


def by_slice(
    figures: Iterable[Figure], engine: Engine, window: Window, by: str, *, registry: Registry | None = None
) -> dict[str, dict[str | None, Value]]:
    """Each figure for every value of a slice, one pass per set of rows; None is the cell "not stated".

    The parts of a sum or a count add up to the whole; those of a distinct count need not, and never are added.
    Figures that cannot be narrowed so are left out.
    """
    known = registry or declare.registry()
    asked = [figure for figure in figures if all(by in leaf.slices for leaf in known.counted(figure))]
    wanted = _wanted(asked, known, spans=1, labels=[by])
    cells: dict[str | None, dict[Leaf, Folded]] = {}
    queries = compiling.folds(wanted, Shape.of((window,), {}, by), engine.dialect) if wanted else ()
    answers = engine.many([compiling.written(query.text, (window,), {}) for query in queries])
    for query, lines in zip(queries, answers, strict=True):
        for key, *line in lines:
            cells.setdefault(None if key is None else str(key), {}).update(_line(query.leaves, line))
    missing = dict.fromkeys(wanted, _NOTHING)
    return {
        figure.name: {
            key: folding.value_of(
                Leaf(figure, figure.time), registry=known, window=window, folded=missing | cell, labels=[by]
            )
            for key, cell in sorted(cells.items(), key=lambda item: (item[0] is None, item[0] or ""))
        }
        for figure in asked
    }


def by_scope_and_year(
    figures: Iterable[Figure], engine: Engine, window: Window, years: Iterable[int], *, registry: Registry | None = None
) -> dict[str, dict[int, dict[int, Cell]]]:
    """Each figure for every scope and year at once, by name, scope and year, as of the window's last day.

    What a cell says is what `evaluate` says of that scope alone in `window.year(year)`. Scopes are those of the
    window, or, where it names none, all that have rows. In one pass per set of rows, and one more per key told apart.
    """
    known = registry or declare.registry()
    asked, chosen = list(figures), {year: window.year(year) for year in sorted(set(years))}
    begun = {year: each for year, each in chosen.items() if not each.ahead}
    spans = {year: span for span, year in enumerate(begun)}
    found = _grouped(_wanted(asked, known, spans=1, labels=()), engine, tuple(begun.values()))
    cells: dict[str, dict[int, dict[int, Cell]]] = {figure.name: {} for figure in asked}
    for scope in sorted(found.keys() if window.scopes is None else set(window.scopes)):
        folded = _Counted(found.get(scope, {}))
        for figure in asked:
            cells[figure.name][scope] = {
                year: folding.cell_of(
                    Leaf(figure, figure.time, spans.get(year, 0)), registry=known, window=each, folded=folded
                )
                for year, each in chosen.items()
            }
    return cells


class _Counted(dict[Leaf, Folded]):
    """The folds of one scope; what no row came to is nothing."""

    def __init__(self, amounts: Mapping[Leaf, Stored]) -> None:
        super().__init__()
        for leaf, amount in amounts.items():
            none = amount is None or (not amount and leaf.figure.how in _COUNTS)
            self[leaf] = Folded(amount, 0 if none else 1)

    def __missing__(self, leaf: Leaf) -> Folded:
        return _NOTHING


def _grouped(leaves: tuple[Leaf, ...], engine: Engine, windows: tuple[Window, ...]) -> dict[int, dict[Leaf, Stored]]:
    """The folds of all leaves by scope, each for every window."""
    if not leaves or not windows:
        return {}
    periods = Periods.of(windows)
    plan = grouping.plan(leaves, periods, windows[0].scopes is not None, engine.dialect)
    found = grouping.Found(periods)
    texts = [compiling.written(each.text, windows, {}) for each in plan.queries]
    for query, lines in zip(plan.queries, engine.many(texts), strict=True):
        found.take(query, lines)
    return found.cells


def _wanted(figures: list[Figure], registry: Registry, *, spans: int, labels: Iterable[str]) -> tuple[Leaf, ...]:
    """Every fold needed, each once; those that cannot be narrowed as asked are left to be not applicable."""
    found = (
        leaf
        for span in range(spans)
        for figure in figures
        for leaf in folding.leaves(figure, registry, span=span)
        if set(labels) <= leaf.figure.slices.keys()
    )
    return tuple(dict.fromkeys(found))


def _line(leaves: tuple[Leaf, ...], line: Iterable[Any]) -> dict[Leaf, Folded]:
    cells = list(line)
    return {
        leaf: Folded(compiling.stored(cells[2 * number]), int(cells[2 * number + 1]))
        for number, leaf in enumerate(leaves)
    }
