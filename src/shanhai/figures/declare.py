"""Declaring figures: the one door for an area's `figures.py`.

    from shanhai.figures import declare

    ALLOCATION = declare.table("funds.allocation", allocated_on="date", amount_fen="fen", project_key="string")

    @declare.figure(
        "funds.arranged", zh="安排协作资金", en="Cooperation funds arranged", unit="CNY", time="flow",
        stage="achieved", reads=(ALLOCATION,), how="sum", column="amount_fen", on="allocated_on",
        rule="…", basis="…", slices={"project": "project_key"},
        words=declare.words(measure=("安排",), object=("协作资金",)),
    )
    def arranged(allocation: declare.Rows) -> declare.Rows:
        return allocation.filter(allocation.amount_fen != 0)

    declare.ratio("funds.spending_rate", numerator="funds.paid_out", denominator="funds.arranged", …)
    declare.span_years("agreements.years_together", begins="agreements.pairing_began", …)
    declare.total("funds.unspent", of=("funds.arranged",), minus=("funds.paid_out",), …)

What could give a wrong number is refused here, when the module is loaded, with a `DeclarationError`.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Required, TypedDict, Unpack

from ibis import Table as Rows
from ibis import Value as Day

from shanhai.base import units
from shanhai.figures import rules
from shanhai.figures.model import Figure, Registry, RowsOf
from shanhai.figures.naming import PROVINCES, named, slice_words, way
from shanhai.figures.tables import Table, table
from shanhai.figures.terms import DeclarationError, Empty, How, Stage, Time, Words, words

__all__ = [
    "PROVINCES", "Day", "DeclarationError", "Figure", "Registry", "Rows", "Table", "Words",
    "collecting", "complete", "figure", "named", "ratio", "refers", "registry", "slice_words", "span_years", "table",
    "total", "way", "words",
]  # fmt: skip


class Told(TypedDict, total=False):
    """What every figure tells about itself, whatever its fold.

    `rule` is the counting rule in words (Chinese), `basis` the official paper or glossary entry it follows.
    `empty`: what no rows mean, `zero` or `blank`; unless told, a count of nothing is zero and a sum of nothing is
    blank. `applies`: kinds of scope it is asked of (`pairing`, `region_fund`); none means all. `due="year_end"`: the
    value of a year is not due before its last day. `withhold_below`: smaller counts of persons are not shown.
    """

    zh: Required[str]
    en: Required[str]
    unit: Required[str]
    rule: Required[str]
    basis: Required[str]
    words: Words
    version: int
    empty: str
    applies: tuple[str, ...]
    due: str
    withhold_below: int


class Counted(Told, total=False):
    """A figure over rows: what it reads, how the rows fold, and which day places a row in time.

    `on` is the column with the day of the event; `until` the last day a row stands (stock only; empty where it
    still stands). `identity` is the column that tells persons or households apart. `slices` names the columns
    it may be narrowed by. The function gets the tables of `reads` in order, and `start` or `end` (days of the
    window) where it asks for them by keyword; it returns rows of the first table, one per record.
    """

    time: Required[str]
    stage: Required[str]
    reads: Required[tuple[Table, ...]]
    how: Required[str]
    column: str
    on: str
    until: str
    identity: str
    slices: Mapping[str, str]


class Divided(Told, total=False):
    """A ratio: always divided anew from its parts. `against` names the denominator's stage where it differs."""

    numerator: Required[str]
    denominator: Required[str]
    stage: Required[str]
    against: str


class Spanned(Told, total=False):
    """Whole years, counted in months, from one date figure to another, or to the last day of the window."""

    begins: Required[str]
    ends: str
    stage: Required[str]


class Totalled(Told, total=False):
    """A sum of like figures, less others; `time="stock"` over flows takes them from the beginning.

    A part without any record adds nothing; only where no part has a record is the total blank.
    """

    of: Required[tuple[str, ...]]
    minus: tuple[str, ...]
    time: Required[str]
    stage: Required[str]


_registry = Registry()


def refers(rows: Rows, column: str, to: Rows) -> list[Any]:
    """For joins inside a figure: `column` of `rows` holds the key of a record of `to`, in the same scope.

    Keys are unique inside a scope only; a join on the key alone would take another pairing's record for this one's.
    """
    return [rows["scope_id"] == to["scope_id"], rows[column] == to["key"]]


def registry() -> Registry:
    """The figures declared so far; the catalogue fills it by loading the areas' `figures` modules."""
    return _registry


@contextmanager
def collecting(into: Registry) -> Iterator[Registry]:
    """Collect what is declared inside the block into another registry (for examples and tests)."""
    global _registry
    before, _registry = _registry, into
    try:
        yield into
    finally:
        _registry = before


def figure(name: str, **told: Unpack[Counted]) -> Callable[[RowsOf], Figure]:
    """Declare the decorated function as the rows of figure `name` (area.noun in the field's words)."""

    def declared(rows: RowsOf) -> Figure:
        found = _figure(name, dict(told), rows=rows)
        rules.check_rows(found)
        return _registry.add(found)

    return declared


def ratio(name: str, **told: Unpack[Divided]) -> Figure:
    """Declare a ratio of two figures; `unit` is a ratio (percent, times) or the numerator's unit per counted thing."""
    return _derived(name, dict(told), How.RATIO, Time.RATIO)


def span_years(name: str, **told: Unpack[Spanned]) -> Figure:
    """Declare the whole years between two dates; `unit` is `year`."""
    return _derived(name, dict(told), How.SPAN_YEARS, Time.STOCK)


def total(name: str, **told: Unpack[Totalled]) -> Figure:
    """Declare a sum of figures of one unit, one stage and one behaviour in time."""
    return _derived(name, dict(told), How.TOTAL, None)


def _derived(name: str, told: dict[str, Any], how: How, time: Time | None) -> Figure:
    fixed = {"how": how} | ({"time": time} if time else {})
    found = _figure(name, told | fixed)
    rules.check_derived(found, _registry)
    return _registry.add(found)


def _figure(name: str, told: dict[str, Any], rows: RowsOf | None = None) -> Figure:
    """A figure from what was told, its words turned into terms; a missing or unknown word is refused."""
    fields = dict(told)
    try:
        fields["how"] = rules.how(name, fields.get("how", ""))
        fields["time"] = Time(fields.get("time", ""))
        fields["stage"] = Stage(fields.get("stage", ""))
        fields["unit"] = units.unit(fields.get("unit", ""))
        fields |= {"against": Stage(fields["against"])} if fields.get("against") else {}
        fields |= {"empty": Empty(fields["empty"])} if fields.get("empty") else {}
    except (ValueError, KeyError) as wrong:
        raise DeclarationError(f"{name}: {wrong} is not a known how, time, stage, empty or unit.") from wrong
    fields["slices"] = MappingProxyType(dict(fields.get("slices", {})))
    for owed in ("zh", "en", "rule", "basis"):
        fields.setdefault(owed, "")
    try:
        found = Figure(name=name, rows=rows, **fields)
    except TypeError as wrong:
        raise DeclarationError(f"{name}: {wrong}.") from wrong
    rules.check_told(found)
    return found


def complete() -> None:
    """Hold derived figures to parts in other areas, once every area is loaded (called by the catalogue)."""
    rules.complete(_registry)
