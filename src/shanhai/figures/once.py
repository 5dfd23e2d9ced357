"""How a count of persons or households came about: rows, the same one again, records counted as one, the number.

Each step is counted by the engine from the list of rows the figure opens to, never worked out from the others, so the
statement holds the count to its rows: rows - repeated - merged = counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shanhai.base.units import Kind
from shanhai.figures import compiling
from shanhai.figures.compiling import Leaf, Shape
from shanhai.figures.engines import Engine
from shanhai.figures.model import Figure
from shanhai.figures.people import ENTERED
from shanhai.figures.terms import How
from shanhai.figures.windows import Window

_KINDS = {Kind.PERSONS, Kind.HOUSEHOLDS}


@dataclass(frozen=True, slots=True)
class Once:
    """The de-duplication of one count.

    `rows` records were read; they name `entered` different keys; `counted` persons or households stand behind these.
    """

    rows: int
    entered: int
    counted: int

    @property
    def repeated(self) -> int:
        """Rows that name somebody who was named before, under the same key."""
        return self.rows - self.entered

    @property
    def merged(self) -> int:
        """Records that were recognised as somebody counted already under another key."""
        return self.entered - self.counted


def counts_once(figure: Figure) -> bool:
    """Whether a figure counts persons or households, each once."""
    return figure.how is How.COUNT_DISTINCT and figure.unit.kind in _KINDS


def rows_text(figure: Figure, engine: Engine, window: Window, narrowed: Mapping[str, str]) -> str:
    """The text that lists, for each row counted, its scope, the key it counts as, and the key as it was entered."""
    entered = ENTERED if ENTERED in figure.counted_rows().columns else figure.folded
    columns = tuple(dict.fromkeys(("id", "key", "scope_id", figure.folded, entered)))
    text = compiling.listing(Leaf(figure, figure.time), columns, Shape.of((window,), narrowed), engine.dialect)
    named = f"scope_id, {figure.folded} AS counted_key, {entered} AS entered_key"
    return f"SELECT {named} FROM ({compiling.written(text, (window,), narrowed)}) AS told"


def once(figure: Figure, engine: Engine, window: Window, *, narrowed: Mapping[str, str] | None = None) -> Once:
    """The statement of a figure that counts persons or households."""
    text = rows_text(figure, engine, window, narrowed or {})
    distinct = "count(DISTINCT (scope_id, {}))"
    ((rows, entered, counted),) = engine.fetch(
        f"SELECT count(*), {distinct.format('entered_key')}, {distinct.format('counted_key')} FROM ({text}) AS told"
    )
    return Once(int(rows), int(entered), int(counted))
