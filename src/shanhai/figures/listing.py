"""The rows a leaf folds, as the engine lists them: all of them folded by the engine, or the rows of one record.

The text is that of the list of rows, not that of the fold, so what comes of it holds the value to its rows.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shanhai.figures import compiling
from shanhai.figures.compiling import Leaf, Shape
from shanhai.figures.engines import Engine, Line
from shanhai.figures.folding import Folded
from shanhai.figures.model import Figure
from shanhai.figures.terms import How
from shanhai.figures.windows import Window

_NAMING = ("id", "key", "scope_id", "entry")


def columns_of(figure: Figure) -> tuple[str, ...]:
    """The columns listed of each row: what names it, what is folded, what places it."""
    told = (figure.folded, figure.day, figure.until, *figure.slices.values())
    return tuple(dict.fromkeys((*_NAMING, *filter(None, told))))


def text_of(leaf: Leaf, engine: Engine, window: Window, narrowed: Mapping[str, str]) -> str:
    """The text that lists the rows of a leaf."""
    text = compiling.listing(leaf, columns_of(leaf.figure), Shape.of((window,), narrowed), engine.dialect)
    return compiling.written(text, (window,), narrowed)


def part_of(text: str, engine: Engine, *, first: int, size: int) -> list[Line]:
    """The rows of a list from a place on."""
    return engine.fetch(f"SELECT * FROM ({text}) AS listed LIMIT {int(size)} OFFSET {int(first)}")


def folded_by_engine(leaf: Leaf, text: str, engine: Engine) -> tuple[Folded, int]:
    """The fold of all listed rows, and how many different records they are."""
    (line,) = engine.fetch(f"SELECT {_fold(leaf.figure)}, count(*), count(DISTINCT id) FROM ({text}) AS listed")
    amount, rows, records = line
    return Folded(amount if leaf.figure.how.dated or amount is None else int(amount), int(rows)), int(records)


def _fold(figure: Figure) -> str:
    name = figure.folded
    if figure.how is How.COUNT:
        return "count(*)"
    if figure.how is How.COUNT_DISTINCT:
        return f"count(DISTINCT (scope_id, {name}))" if figure.base.column(name).scoped else f"count(DISTINCT {name})"
    if figure.how is How.COMMON:
        return f"CASE WHEN min({name}) = max({name}) THEN min({name}) END"
    if figure.how.dated or figure.how is How.LARGEST:
        return f"{'min' if figure.how is How.MIN_DATE else 'max'}({name})"
    return f"sum({name})"


def given_by(
    key: str, figures: Sequence[Figure], engine: Engine, window: Window
) -> dict[str, tuple[Figure, Mapping[str, Any]]]:
    """For each figure that counts the record of a key: the columns it counts of it. One journey for all figures."""
    if not figures:
        return {}
    named = compiling.quoted(key)
    lines = [
        f"(SELECT row_to_json(listed)::text FROM ({text_of(Leaf(figure, figure.time), engine, window, {})}) AS listed"
        f" WHERE key = {named} LIMIT 1)"
        for figure in figures
    ]
    (answer,) = engine.few(f"SELECT {', '.join(lines)}")
    return {figure.name: (figure, row) for figure, row in zip(figures, _read(answer), strict=True) if row is not None}


def _read(cells: Iterable[Any]) -> Iterable[Mapping[str, Any] | None]:
    return (None if cell is None else json.loads(cell) for cell in cells)
