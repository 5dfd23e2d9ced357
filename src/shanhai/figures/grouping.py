"""From declarations to SQL for every scope and year at once.

Days fall into periods: the time before the first year, each year asked, and what lies between two of them. What adds
up is folded by scope and period in one pass over its rows; a year takes its own period, a total so far those up to
it. Things told apart are gathered once by scope and key, with the periods in which each occurs as bits of one whole
number; every distinct count, in a year, since the beginning, under any condition, comes from these. Records that
stand for the same person are put together there, and persons are held against other rows there, so that neither is
done for every row. What depends on the window in another way is folded year by year, still for all scopes at once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ibis

from shanhai.figures import compiling, peeling
from shanhai.figures.compiling import Conditions, Leaf, Shape, Stored
from shanhai.figures.peeling import Keyed, Plain
from shanhai.figures.terms import How
from shanhai.figures.windows import Window

_MOST = 62
"""Periods that fit the bits of a whole number in both engines."""


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of some windows, which follow one another: for each, whether days lie between it and the one before.

    Period 0 is the time before the first window.
    """

    gaps: tuple[bool, ...]

    @classmethod
    def of(cls, windows: tuple[Window, ...]) -> "Periods":
        """The periods of windows in the order of time."""
        ends = (None, *(window.end.toordinal() for window in windows))
        starts = (window.start.toordinal() for window in windows if window.start)
        found = cls(tuple(end is not None and start > end + 1 for end, start in zip(ends, starts, strict=False)))
        if found.number(len(windows) - 1) >= _MOST:
            raise ValueError("So many years do not fit one question; ask for fewer.")
        return found

    def number(self, span: int) -> int:
        """The period of a window."""
        return 1 + span + sum(self.gaps[: span + 1])

    def of_day(self, day: Any, told: Any) -> Any:
        """What is told of the period a day lies in, as an expression."""
        cases = [(day < compiling.day_at(":start0"), told(0))]
        for span, gap in enumerate(self.gaps):
            if gap:
                cases.append((day < compiling.day_at(f":start{span}"), told(self.number(span) - 1)))
            cases.append((day <= compiling.day_at(f":end{span}"), told(self.number(span))))
        return ibis.cases(*cases)

    def bits(self, span: int, *, within: bool) -> int:
        """The bits of the periods a window counts: its own, or all up to it."""
        number = self.number(span)
        return 1 << number if within else (1 << (number + 1)) - 1


@dataclass(frozen=True, slots=True)
class Added:
    """A text whose lines hold scope, period, and the folds of these leaves."""

    text: str
    leaves: tuple[tuple[Leaf, bool], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A text whose lines hold the number of their part, scope, and the counts of that part's leaves for each window."""

    text: str
    parts: tuple[tuple[Leaf, ...], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All texts of a question: what adds up, what is told apart, and what is folded window by window."""

    added: tuple[Added, ...]
    told: tuple[Told, ...]
    single: tuple[compiling.Query, ...]

    @property
    def queries(self) -> tuple["Added | Told | compiling.Query", ...]:
        """All of them, in a fixed order."""
        return (*self.added, *self.told, *self.single)


@lru_cache(maxsize=128)
def plan(leaves: tuple[Leaf, ...], periods: Periods, scoped: bool, dialect: str) -> Plan:
    """How to fold leaves (each told once, of window 0) for every scope and all windows."""
    found = {leaf: peeling.plain(leaf, Shape((True,), scoped)) for leaf in leaves}
    added: dict[tuple[Any, str], dict[Leaf, Plain]] = {}
    apart: dict[Leaf, Plain] = {}
    for leaf, rows in found.items():
        if rows and rows.keyed:
            apart[leaf] = rows
        elif rows:
            added.setdefault((rows.source, rows.when.day), {})[leaf] = rows
    windows = range(len(periods.gaps))
    rest = tuple(Leaf(leaf.figure, leaf.time, span) for leaf, rows in found.items() if not rows for span in windows)
    return Plan(
        tuple(_added(members, periods, dialect) for members in added.values()),
        tuple(_told(members, periods, dialect) for members in _clusters(apart)),
        compiling.folds_by_scope(rest, Shape((True,) * len(periods.gaps), scoped), dialect) if rest else (),
    )


def _shared(members: Iterable[Plain]) -> list[Any]:
    first, *others = members
    return [each for each in first.conditions if all(each in other.conditions for other in others)]


def _narrowed(members: list[Plain], periods: Periods) -> tuple[Any, list[Any]]:
    """The rows that several folds have in common, no later than the last window; and the conditions they share."""
    rows, shared = members[0].source.to_expr(), _shared(members)
    day = rows[members[0].when.day]
    bounds = [day <= compiling.day_at(f":end{len(periods.gaps) - 1}")]
    if all(member.when.within for member in members):
        bounds.append(day >= compiling.day_at(":start0"))
    return rows.filter(*[each.to_expr() for each in shared], *bounds), shared


def _where(rows: Any, source: Any, conditions: Conditions, shared: list[Any]) -> Any:
    rest = [each.replace({source: rows.op()}).to_expr() for each in conditions if each not in shared]
    return ibis.and_(*rest) if rest else None


def _added(members: Mapping[Leaf, Plain], periods: Periods, dialect: str) -> Added:
    rows, shared = _narrowed(list(members.values()), periods)
    metrics = {
        f"v{number}": compiling.fold_of(
            leaf.figure, rows, _where(rows, plain.source, plain.conditions, shared), single=True
        )
        for number, (leaf, plain) in enumerate(members.items())
    }
    day = rows[next(iter(members.values())).when.day]
    period = periods.of_day(day, lambda number: ibis.literal(number, "int8"))
    text = ibis.to_sql(rows.group_by(scope_=rows["scope_id"], period_=period).aggregate(**metrics), dialect=dialect)
    return Added(str(text), tuple((leaf, plain.when.within) for leaf, plain in members.items()))


_Place = tuple[Any, Keyed, str]
"""Rows gathered by one key: the rows, the key, and their day."""


def _place(rows: Plain) -> _Place:
    if rows.keyed is None:
        raise ValueError("Rows are gathered by a key.")
    return rows.source, rows.keyed, rows.when.day


def _clusters(apart: Mapping[Leaf, Plain]) -> list[dict[Leaf, Plain]]:
    """Leaves told apart that share gathered rows, directly or through others, together."""
    clusters: list[tuple[set[_Place], dict[Leaf, Plain]]] = []
    for leaf, rows in apart.items():
        places, members = {_place(each) for each in (rows, rows.among) if each}, {leaf: rows}
        for other in [each for each in clusters if each[0] & places]:
            clusters.remove(other)
            places, members = other[0] | places, other[1] | members
        clusters.append((places, members))
    return [members for _, members in clusters]


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Rows gathered by scope and key, in the text under a name: a column of bits for each set of conditions."""

    name: str
    keyed: Keyed
    members: list[Plain]

    @property
    def sets(self) -> list[frozenset[Any]]:
        """The different sets of conditions."""
        return list(dict.fromkeys(frozenset(member.conditions) for member in self.members))

    @property
    def _text(self) -> bool:
        """Whether the key is a text; then the demand that it is not empty leaves out what is not stated."""
        return bool(self.members[0].source.schema[self.keyed.column].is_string())

    def bits(self, rows: Plain) -> str:
        """The column with the periods in which a key has such rows."""
        return f"bits{self.sets.index(frozenset(rows.conditions))}"

    def table(self) -> Any:
        """The gathered rows as later parts of the text read them."""
        key = self.members[0].source.schema[self.keyed.column]
        bits = {f"bits{number}": "int64" for number in range(len(self.sets))}
        return ibis.table({"scope_id": "int64", "key": key, **bits}, name=self.name)

    def expression(self, periods: Periods) -> Any:
        """The query that gathers them; those the register knows under another key are put together at the end."""
        rows, shared = _narrowed(self.members, periods)
        rows = rows.filter(rows[self.keyed.column].notnull()) if not self._text else rows
        source = self.members[0].source
        bit = periods.of_day(rows[self.members[0].when.day], lambda number: ibis.literal(1 << number, "int64"))
        metrics = {
            self.bits(member): bit.bit_or(where=_where(rows, source, member.conditions, shared))
            for member in self.members
        }
        found = rows.group_by("scope_id", key=rows[self.keyed.column]).aggregate(**metrics)
        if self.keyed.register is None:
            return found
        standing = self.keyed.register.to_expr()
        joined = found.left_join(
            standing, [found.scope_id == standing.standing_scope, found.key == standing.standing_for]
        )
        renamed = joined.select(
            joined.scope_id, *(joined[name] for name in metrics), key=ibis.coalesce(joined.standing_key, joined.key)
        )
        return renamed.group_by("scope_id", "key").aggregate(**{name: renamed[name].bit_or() for name in metrics})


def _told(members: Mapping[Leaf, Plain], periods: Periods, dialect: str) -> Told:
    """One text: the rows of a cluster gathered by key, each once; then a part of counts for each way to read them."""
    rows_of: dict[_Place, list[Plain]] = {}
    ways: dict[tuple[_Place, _Place | None], dict[Leaf, Plain]] = {}
    for leaf, rows in members.items():
        for each in filter(None, (rows, rows.among)):
            rows_of.setdefault(_place(each), []).append(each)
        ways.setdefault((_place(rows), _place(rows.among) if rows.among else None), {})[leaf] = rows
    gathered = {
        place: _Gathered(f"keyed{number}", place[1], found) for number, (place, found) in enumerate(rows_of.items())
    }
    tables = ", ".join(
        f"{each.name} AS MATERIALIZED ({ibis.to_sql(each.expression(periods), dialect=dialect)})"
        for each in gathered.values()
    )
    width = len(periods.gaps) * max(map(len, ways.values()))
    parts = []
    for number, ((own, other), leaves) in enumerate(ways.items()):
        counts = _counts(leaves, gathered[own], other and gathered[other], periods)
        empty = {f"c{at}": ibis.literal(0, "int64") for at in range(len(leaves) * len(periods.gaps), width)}
        part = counts.select(ibis.literal(number, "int64").name("part_"), *counts.columns, **empty)
        parts.append(f"({ibis.to_sql(part, dialect=dialect)})")
    return Told(f"WITH {tables} {' UNION ALL '.join(parts)}", tuple(map(tuple, ways.values())))


def _counts(leaves: Mapping[Leaf, Plain], own: _Gathered, other: _Gathered | None, periods: Periods) -> Any:
    """By scope, how many keys each leaf counts in each window; those held against other rows stand there too."""
    rows = own.table()
    if other is not None:
        held = other.table()
        held = held.select(
            among_scope=held.scope_id, among_key=held.key, **{f"among_{name}": held[name] for name in held.columns[2:]}
        )
        rows = rows.inner_join(held, [rows.scope_id == held.among_scope, rows.key == held.among_key])
    counts: dict[str, Any] = {}
    for leaf in leaves.values():
        for span in range(len(periods.gaps)):
            counted = (rows[own.bits(leaf)] & periods.bits(span, within=leaf.when.within)) != 0
            if other is not None and leaf.among:
                bits = periods.bits(span, within=leaf.among.when.within)
                counted &= (rows[f"among_{other.bits(leaf.among)}"] & bits) != 0
            counts[f"c{len(counts)}"] = compiling.count_of(rows, counted)
    return rows.group_by(scope_=rows.scope_id).aggregate(**counts)


class Found:
    """What the texts of a plan gave, by scope and leaf."""

    def __init__(self, periods: Periods) -> None:
        self._spans = range(len(periods.gaps))
        self._numbers = [periods.number(span) for span in self._spans]
        self.cells: dict[int, dict[Leaf, Stored]] = {}

    def take(self, query: Added | Told | compiling.Query, lines: Iterable[Any]) -> None:
        """Take the lines that a text of the plan gave."""
        if isinstance(query, Added):
            self._add(query, lines)
        elif isinstance(query, Told):
            self._tell(query, lines)
        else:
            self._fold(query, lines)

    def _add(self, added: Added, lines: Iterable[Any]) -> None:
        """Take what adds up: a year its own period, a total so far all up to it."""
        by_scope: dict[int, dict[int, list[Any]]] = {}
        for scope, period, *cells in lines:
            by_scope.setdefault(int(scope), {})[int(period)] = cells
        for scope, periods in by_scope.items():
            cells_of = self.cells.setdefault(scope, {})
            for at, (leaf, within) in enumerate(added.leaves):
                told = {period: compiling.stored(cells[at]) for period, cells in periods.items()}
                for span, last in zip(self._spans, self._numbers, strict=True):
                    values = [told.get(last)] if within else [told[each] for each in told if each <= last]
                    cells_of[Leaf(leaf.figure, leaf.time, span)] = _together(leaf.figure.how, values)

    def _tell(self, told: Told, lines: Iterable[Any]) -> None:
        """Take what was told apart."""
        keys = [[Leaf(leaf.figure, leaf.time, span) for leaf in part for span in self._spans] for part in told.parts]
        for part, scope, *cells in lines:
            self.cells.setdefault(int(scope), {}).update(zip(keys[part], map(int, cells), strict=False))

    def _fold(self, query: compiling.Query, lines: Iterable[Any]) -> None:
        """Take what was folded window by window."""
        for scope, *cells in lines:
            told = zip(query.leaves, map(compiling.stored, cells[::2]), strict=True)
            self.cells.setdefault(int(scope), {}).update(told)


def _together(how: How, values: list[Stored]) -> Stored:
    """Several periods of one leaf as one."""
    stated: list[Any] = [value for value in values if value is not None]
    fold: Callable[[list[Any]], Stored] = _FOLDS.get(how, sum)
    return fold(stated) if stated else None


_FOLDS: dict[How, Callable[[list[Any]], Stored]] = {How.MIN_DATE: min, How.MAX_DATE: max}
