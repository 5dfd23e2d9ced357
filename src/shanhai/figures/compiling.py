"""From declarations to SQL: all figures over the same rows fold in one pass, and open through the same expression.

The text of a query depends on which figures, how many windows and which narrowings, not on their values; those stand
in it as marks (`':end0'`) and are written in when it is executed, so that a text is compiled once.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

import ibis
from ibis.expr import operations as ops
from sqlglot import exp

from shanhai.figures.model import Figure
from shanhai.figures.terms import How, Stage, Time
from shanhai.figures.windows import Window

SCOPES = -7_777_777_777_777
_MARK = re.compile(rf"':(?:start|end)\d+'|':slice_\w+'|{SCOPES}")
_ALONE = (ops.InSubquery, ops.ExistsSubquery, ops.ScalarSubquery, ops.WindowFunction, ops.Reduction)


Stored = int | date | None
"""An engine's answer as Python's: whole stored numbers (fen), or a day; None over no values."""
Conditions = tuple[Any, ...]
"""What a row must meet to be counted: ibis nodes, each once, the figure's own first."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One fold to compute: a figure over rows, in its own or an imposed behaviour in time, for one window."""

    figure: Figure
    time: Time
    span: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """What besides the leaves decides the text: first days, one scope or several, narrowings, grouping."""

    bounded: tuple[bool, ...] = (False,)
    scoped: bool = False
    single: bool = False
    slices: tuple[str, ...] = ()
    by: str = ""

    @classmethod
    def of(cls, windows: tuple[Window, ...], slices: Mapping[str, str], by: str = "") -> "Shape":
        """The shape of a question."""
        bounded = tuple(window.start is not None for window in windows)
        scopes = windows[0].scopes
        single = scopes is not None and len(scopes) == 1
        return cls(bounded, scopes is not None, single, tuple(sorted(slices)), by)


@dataclass(frozen=True, slots=True)
class Query:
    """A text with marks, and the leaves its columns hold: for each its fold and its number of rows."""

    text: str
    leaves: tuple[Leaf, ...]


@lru_cache(maxsize=512)
def folds(leaves: tuple[Leaf, ...], shape: Shape, dialect: str) -> tuple[Query, ...]:
    """One aggregate query per different set of underlying rows; with `shape.by`, one line per value of that slice."""
    return _grouped(leaves, shape, dialect, lambda leaf: leaf.figure.slices[shape.by] if shape.by else "")


def _grouped(leaves: tuple[Leaf, ...], shape: Shape, dialect: str, by: Callable[[Leaf], str]) -> tuple[Query, ...]:
    groups: dict[tuple[Any, str], list[Leaf]] = {}
    for leaf in sorted(leaves, key=lambda leaf: (leaf.figure.name, leaf.time, leaf.span)):
        source, _ = conditions_of(leaf, shape)
        groups.setdefault((source, by(leaf)), []).append(leaf)
    return tuple(_fold_query(tuple(members), key, shape, dialect) for (_, key), members in groups.items())


@lru_cache(maxsize=512)
def listing(leaf: Leaf, columns: tuple[str, ...], shape: Shape, dialect: str) -> str:
    """The text that lists the rows a leaf folds, in the order of their day and key."""
    source, conditions = conditions_of(leaf, shape)
    rows = source.to_expr().filter([condition.to_expr() for condition in conditions])
    return str(ibis.to_sql(rows.order_by([leaf.figure.day, "key"]).select(*columns), dialect=dialect))


@lru_cache(maxsize=512)
def folds_by_scope(leaves: tuple[Leaf, ...], shape: Shape, dialect: str) -> tuple[Query, ...]:
    """The same folds for every scope at once: one line per scope, which stands first in it."""
    return _grouped(leaves, replace(shape, single=True), dialect, lambda leaf: "scope_id")


@lru_cache(maxsize=512)
def conditions_of(leaf: Leaf, shape: Shape) -> tuple[Any, Conditions]:
    """The rows underneath a figure's filters, and every condition a row must meet to be counted, as ibis nodes."""
    figure, span = leaf.figure, leaf.span
    end = day_at(f":end{span}")
    start = day_at(f":start{span}") if shape.bounded[span] else None
    source, own = unfiltered(figure.counted_rows(start=start, end=end).op())
    rows = source.to_expr()
    day = rows[figure.day]
    asked = [day >= start] if leaf.time is Time.FLOW and start is not None else []
    asked.append(day <= end)
    if figure.until:
        asked.append(rows[figure.until].isnull() | (rows[figure.until] >= end))
    if codes := _codes(figure):
        asked.append(rows["stage"] == codes[0] if len(codes) == 1 else rows["stage"].isin(codes))
    if figure.how is How.COUNT_DISTINCT and figure.base.column(figure.folded).dtype == "string":
        asked.append(rows[figure.folded] != "")
    if shape.scoped:
        asked.append(rows["scope_id"].isin([SCOPES]))
    asked += [rows[figure.slices[label]] == ibis.literal(f":slice_{label}") for label in shape.slices]
    return source, tuple(dict.fromkeys([*own, *(condition.op() for condition in asked)]))


def looked_at(leaf: Leaf) -> set[tuple[str, str]]:
    """The columns (relation and name) a fold must read: of its conditions, of its joins, and the one it folds."""
    source, conditions = conditions_of(leaf, Shape())
    base = leaf.figure.base.relation
    found = {(base, name) for name in {leaf.figure.folded, leaf.figure.day} - {""}}
    found |= {(base, field.name) for condition in conditions for field in condition.find(ops.Field, ops.Value)}
    if leaf.figure.how is How.COUNT_DISTINCT and leaf.figure.base.column(leaf.figure.folded).scoped:
        found.add((base, "scope_id"))
    for node in source.find((ops.JoinLink, ops.Filter)):
        for field in (field for predicate in node.predicates for field in predicate.find(ops.Field, ops.Value)):
            found |= {(table.name, field.name) for table in field.rel.find(ops.UnboundTable)}
    return found


@cache
def relations(figure: Figure) -> frozenset[str]:
    """The tables and views whose rows decide the value of a figure over rows: its own, joined ones and those asked in between."""
    return frozenset(table.name for table in figure.counted_rows().op().find(ops.UnboundTable))


def unfiltered(node: Any) -> tuple[Any, list[Any]]:
    """Peel filters off a relation: what is underneath, and their predicates as said of that.

    A predicate that looks at other rows (a subquery, a window) means the rows it was written over, and stays.
    """
    filters = []
    while isinstance(node, ops.Filter) and not any(predicate.find(_ALONE) for predicate in node.predicates):
        filters.append(node)
        node = node.parent
    replaced = dict.fromkeys(filters, node)
    return node, [predicate.replace(replaced) for peeled in filters for predicate in peeled.predicates]


def _codes(figure: Figure) -> list[str]:
    """Stage codes of the rows a figure counts, where the table's rows claim different stages."""
    claims = figure.base.stage
    if isinstance(claims, Stage) or figure.base.column(figure.column or figure.day).stage:
        return []
    return sorted(code for code, claim in claims.items() if claim is figure.stage)


@lru_cache(maxsize=2048)
def _fold_query(leaves: tuple[Leaf, ...], key: str, shape: Shape, dialect: str) -> Query:
    """The query of leaves over the same rows: compiled once, whichever other figures are asked beside them."""
    members = [(leaf, conditions_of(leaf, shape)[1]) for leaf in leaves]
    source, _ = conditions_of(leaves[0], shape)
    shared = [each for each in members[0][1] if all(each in conditions for _, conditions in members)]
    rows = source.to_expr()
    if shared:
        rows = rows.filter([condition.to_expr() for condition in shared])
    metrics = {}
    for number, (leaf, conditions) in enumerate(members):
        rest = [each.replace({source: rows.op()}).to_expr() for each in conditions if each not in shared]
        where = ibis.and_(*rest) if rest else None
        metrics[f"v{number}"] = fold_of(leaf.figure, rows, where, single=shape.single)
        metrics[f"r{number}"] = count_of(rows, where)
    grouped = rows.group_by(key_=_stated(rows[key])) if key else rows
    text = ibis.to_sql(grouped.aggregate(**metrics), dialect=dialect)
    return Query(str(text), leaves)


def _stated(column: Any) -> Any:
    """A slice's value, with an empty text told as what it is: not stated."""
    return column.nullif("") if column.type().is_string() else column


def fold_of(figure: Figure, rows: Any, where: Any, *, single: bool) -> Any:
    """The fold of a figure over rows that meet a condition; `single` where they are of one scope."""
    if figure.how is How.COUNT:
        return count_of(rows, where)
    column = rows[figure.folded]
    if figure.how is How.COUNT_DISTINCT:
        if figure.base.column(figure.folded).scoped and not single:
            column = ibis.struct({"scope": rows["scope_id"], "key": column})
        return column.nunique(where=where)
    if figure.how is How.COMMON:
        least, most = column.min(where=where), column.max(where=where)
        return ibis.cases((least == most, least))
    if figure.how is How.MIN_DATE:
        return column.min(where=where)
    if figure.how in {How.MAX_DATE, How.LARGEST}:
        return column.max(where=where)
    return column.sum(where=where)


def count_of(rows: Any, where: Any) -> Any:
    """How many rows meet a condition, or there are."""
    return ops.CountStar(rows.op(), where=None if where is None else where.op()).to_expr()


def day_at(mark: str) -> Any:
    """The day that is written in at a mark."""
    return ibis.literal(mark).cast("date")


def written(text: str, windows: tuple[Window, ...], slices: Mapping[str, str]) -> str:
    """The text with the values of a question written in at its marks, quoted as SQL literals."""
    values = {f"':slice_{label}'": quoted(value) for label, value in slices.items()}
    values[str(SCOPES)] = ", ".join(str(int(scope)) for scope in windows[0].scopes or ()) or "NULL"
    for number, window in enumerate(windows):
        values[f"':end{number}'"] = quoted(date.isoformat(window.end))
        values[f"':start{number}'"] = quoted(date.isoformat(window.start)) if window.start else "NULL"
    return _MARK.sub(lambda mark: values[mark[0]], text)


def quoted(value: str) -> str:
    """A text as an SQL literal; one that holds NUL is refused, for no engine takes it."""
    if "\x00" in value:
        raise ValueError("A slice value cannot hold the character NUL.")
    return exp.Literal.string(value).sql()


def stored(cell: Any) -> Stored:
    """A cell an engine gave as Python's: engines give sums as int, Decimal or huge integer, days as date or text."""
    if cell is None or isinstance(cell, date):
        return cell
    return date.fromisoformat(cell) if isinstance(cell, str) else int(cell)
