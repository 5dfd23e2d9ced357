"""The values of figures: many at once in as few passes as there are different sets of rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from shanhai.figures import compiling, declare, folding
from shanhai.figures.compiling import Leaf, Shape
from shanhai.figures.engines import Engine
from shanhai.figures.folding import Folded, Value
from shanhai.figures.model import Figure, Registry
from shanhai.figures.windows import Window

_NOTHING = Folded(None, 0)


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
    return {leaf: Folded(_stored(cells[2 * number]), int(cells[2 * number + 1])) for number, leaf in enumerate(leaves)}


def _stored(cell: Any) -> int | date | None:
    """An engine's answer as Python's: engines give sums as int, Decimal or huge integer, days as date."""
    if cell is None or isinstance(cell, date):
        return cell
    return date.fromisoformat(cell) if isinstance(cell, str) else int(cell)
