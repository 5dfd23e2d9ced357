"""A ledger of any size for measuring: the declared tables filled by a fixed rule, written by DuckDB to Parquet.

The same size gives the same rows on every machine with the pinned DuckDB. Lines come in the order of their days, as
in a ledger; amounts spread over orders of magnitude; a few scopes and projects hold most of the lines, as in life;
what a line refers to by key stands in the same scope.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from ibis.expr import operations as ops

from shanhai.figures.model import Figure
from shanhai.figures.tables import Column, Table
from shanhai.figures.terms import Stage

FIRST, LAST = date(2021, 1, 1), date(2025, 6, 30)
SCOPES = 300
_BLOCK = 1000
_CODES = ("education", "health", "industry", "labour", "park", "other")
_UNIFORM = 1_000_003


def generate(
    figures: Iterable[Figure], folder: Path, *, lines: int, ledgers: Mapping[str, int], scopes: int = SCOPES
) -> dict[Table, int]:
    """Fill the tables that figures read and write them to `folder`; gives the rows of each.

    The tables named in `ledgers` share `lines` in these parts; every other table has a hundredth of `lines`.
    Lines lie in scopes 1 to `scopes`.
    """
    asked = [figure for figure in figures if not figure.how.derived]
    tables = dict.fromkeys(table for figure in asked for table in figure.reads)
    sizes = {table: _size(table, lines, ledgers) for table in tables}
    writer = _Writer(
        scopes=scopes,
        sizes={table.name: rows for table, rows in sizes.items()},
        codes=_codes(asked),
        ends=frozenset((figure.base.name, figure.until) for figure in asked if figure.until),
        referred=frozenset(
            table.name
            for table in tables
            if any(f"{table.name.partition('.')[2]}_key" in each.columns for each in tables)
        ),
    )
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(":memory:") as duck:
        for table in sizes:
            file = str(folder / f"{table.relation}.parquet").replace("'", "''")
            duck.execute(f"COPY ({writer.rows(table)}) TO '{file}' (FORMAT parquet)")
    return sizes


def _size(table: Table, lines: int, ledgers: Mapping[str, int], scopes: int = SCOPES) -> int:
    """Rows of a table, in whole blocks, so that what a key refers to lies in the scope of its block."""
    share = ledgers.get(table.name, 0) / sum(ledgers.values()) or 0.01
    return max(round(lines * share / _BLOCK), 1) * _BLOCK


def _codes(figures: Iterable[Figure]) -> dict[tuple[str, str], list[str]]:
    """For each column the codes that figures ask for, so that every figure has rows."""
    found: dict[tuple[str, str], set[str]] = {}
    for figure in figures:
        for comparison in figure.counted_rows().op().find((ops.Equals, ops.InValues)):
            for relation, column, code in _compared(comparison):
                found.setdefault((relation, column), set()).add(code)
    return {place: sorted(codes) for place, codes in found.items()}


def _compared(comparison: Any) -> list[tuple[str, str, str]]:
    """The column and the codes of one comparison; none where it compares something else."""
    if isinstance(comparison, ops.InValues):
        field, values = comparison.value, comparison.options
    else:
        field, values = comparison.left, (comparison.right,)
    tables = field.find(ops.UnboundTable) if isinstance(field, ops.Field) else []
    texts = [value.value for value in values if isinstance(value, ops.Literal) and isinstance(value.value, str)]
    return [(table.name, field.name, text) for table in tables for text in texts]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the SQL that makes rows: `i` is the number of the line, `t` that of the thing it is about."""

    sizes: Mapping[str, int]
    codes: Mapping[tuple[str, str], list[str]]
    ends: frozenset[tuple[str, str]]
    referred: frozenset[str]
    scopes: int

    def rows(self, table: Table) -> str:
        """The query that makes all rows of a table."""
        rows = self.sizes[table.name]
        cells = ", ".join(f'{self._cell(table, column)} AS "{name}"' for name, column in table.columns.items())
        things = 0 if table.name in self.referred else max(rows // 50 // _BLOCK, 1) * _BLOCK
        thing = f"CAST(floor({things} * pow({_share(table.name)}, 2)) AS BIGINT)" if things else "i"
        return f"SELECT {cells} FROM (SELECT i, {thing} AS t FROM range({rows}) AS line(i))"

    def _cell(self, table: Table, column: Column) -> str:
        share = _share(f"{table.name}.{column.name}")
        known = {
            "id": "i",
            "entry": "i + 17",
            "key": f"'{table.name.partition('.')[2]}-' || i",
            "scope_id": f"1 + CAST(floor({self.scopes} * pow({_share('scope', f't % {_BLOCK}')}, 3)) AS BIGINT)",
            "scheme": "'east_west'",
            "owner_side": f"CASE WHEN {share} < 0.5 THEN 'east' ELSE 'west' END",
            "stage": f"CASE WHEN {share} < 0.97 THEN '{_main_stage(table)}' ELSE 'planned' END",
        }
        if column.name in known:
            return known[column.name]
        if asked := self.codes.get((table.relation, column.name)):
            return _one_of((*asked, "other"), share)
        if column.dtype == "date":
            return self._day(table, column, share)
        return self._text(column, share) if column.dtype == "string" else _number(column, share)

    def _day(self, table: Table, column: Column, share: str) -> str:
        """Days in the order of the lines; later columns come later; half of what can end has not ended."""
        dated = [each.name for each in table.columns.values() if each.dtype == "date"]
        lag = f"CAST({share} * {200 * dated.index(column.name)} AS INTEGER)"
        days = (LAST - FIRST).days
        day = f"DATE '{FIRST}' + CAST({days} * i // {self.sizes[table.name]} AS INTEGER) + {lag}"
        return f"CASE WHEN {share} < 0.5 THEN {day} END" if (table.name, column.name) in self.ends else day

    def _text(self, column: Column, share: str) -> str:
        if column.scoped:
            record = column.name.removesuffix("_key")
            sizes = (rows for name, rows in self.sizes.items() if name.partition(".")[2] == record)
            return f"'{record}-' || (t % {next(sizes, _UNIFORM)})"
        if column.name.endswith(("_id", "_no")):
            return f"'N' || CAST(floor(100000 * {share}) AS BIGINT)"
        return _one_of(_CODES, share)


def _main_stage(table: Table) -> str:
    """The stage code most rows of a table have: one that claims a result, where there is one."""
    if isinstance(table.stage, Stage):
        return table.stage
    return next((code for code, claim in table.stage.items() if claim is Stage.ACHIEVED), next(iter(table.stage)))


def _number(column: Column, share: str) -> str:
    if column.dtype == "boolean":
        return f"{share} < 0.5"
    if column.name.endswith("_year"):
        return f"{FIRST.year - 2} + CAST(floor(7 * {share}) AS BIGINT)"
    spread = f"sqrt(-2 * ln({share} + 1e-7)) * cos(6.283185 * {_share(column.name)})"
    typical = {"CNY": 11, "mu": 9}.get(column.unit or "", 3)
    return f"CAST(exp({spread} * 1.3 + {typical}) AS BIGINT) * {column.scale}"


def _share(salt: str, number: str = "i") -> str:
    """A number from 0 to below 1 that depends on the line's number and on the salt only."""
    return f"((hash({number}, '{salt}') % {_UNIFORM}) / {_UNIFORM}.0)"


def _one_of(texts: Iterable[str], share: str) -> str:
    quoted = ["'" + text.replace("'", "''") + "'" for text in texts]
    return f"[{', '.join(quoted)}][CAST(1 + floor({len(quoted)} * {share}) AS BIGINT)]"
