"""The two engines a figure's text runs on: PostgreSQL for the live value, DuckDB over Parquet."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Protocol

import duckdb
import psycopg
import pyarrow as pa

from shanhai.figures.tables import Table

Line = Sequence[Any]
_ARROW = {"int64": pa.int64(), "string": pa.string(), "date": pa.date32(), "boolean": pa.bool_()}

#: A figure reads whole tables. Where rows were loaded just now the planner takes tables for nearly empty and joins them
#: row by row: a join of 30,000 rows with 30,000 then takes minutes, and half a second hashed.
_WHOLE_TABLES, _AS_USUAL = "SET LOCAL enable_nestloop = off", "SET LOCAL enable_nestloop = on"


class Engine(Protocol):
    """Where a compiled text runs."""

    @property
    def dialect(self) -> str:
        """The SQL dialect it speaks, as sqlglot names it."""

    def fetch(self, text: str) -> list[Line]:
        """All lines a text gives."""

    def few(self, text: str) -> list[Line]:
        """The lines of a text that looks up single rows."""

    def lines(self, asked: Sequence[tuple[str, int]]) -> list[Line]:
        """The one line that each text gives; beside each text stands how many cells its line has."""

    def many(self, texts: Sequence[str]) -> list[list[Line]]:
        """All lines that each text gives; days may come as text."""


class PostgresEngine:
    """The live engine: runs on the connection handed in, inside its transaction and under its reader's row rights.

    It opens, commits and closes nothing. From Django hand in `connection.connection` inside `atomic`.
    """

    dialect = "postgres"

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def fetch(self, text: str) -> list[Line]:
        """All lines a text gives."""
        with self._connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
            cursor.execute(f"{_WHOLE_TABLES}; {text}; {_AS_USUAL}".encode())
            cursor.nextset()
            return list(cursor.fetchall())

    def few(self, text: str) -> list[Line]:
        """The lines of a text that looks up single rows, which is best done row by row."""
        with self._connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
            cursor.execute(text.encode())
            return list(cursor.fetchall())

    def lines(self, asked: Sequence[tuple[str, int]]) -> list[Line]:
        """The one line of each text, all in one journey: a statement over the texts side by side."""
        if not asked:
            return []
        beside = ", ".join(f"({text}) AS asked{number}" for number, (text, _) in enumerate(asked))
        (cells,) = self.fetch(f"SELECT * FROM {beside}")
        ends = list(accumulate(width for _, width in asked))
        return [cells[end - width : end] for end, (_, width) in zip(ends, asked, strict=True)]

    def many(self, texts: Sequence[str]) -> list[list[Line]]:
        """All lines of each text, all in one journey: each line travels as JSON beside the number of its text."""
        found: list[list[Line]] = [[] for _ in texts]
        parts = (
            f"SELECT {number}, row_to_json(asked)::text FROM ({text}) AS asked" for number, text in enumerate(texts)
        )
        for number, line in self.fetch(" UNION ALL ".join(parts)) if texts else ():
            found[number].append(list(json.loads(line).values()))
        return found


class DuckEngine:
    """The second engine: DuckDB in memory over Parquet files or Arrow tables, one per relation."""

    dialect = "duckdb"

    def __init__(self, connection: "duckdb.DuckDBPyConnection | None" = None) -> None:
        self._connection = connection or duckdb.connect(":memory:")

    @classmethod
    def over(cls, folder: Path, tables: Iterable[Table]) -> "DuckEngine":
        """Over a folder that holds `<relation>.parquet`, a file or a folder of files, for each table."""
        engine = cls()
        for table in tables:
            found = folder / f"{table.relation}.parquet"
            files = str(found / "*.parquet") if found.is_dir() else str(found)
            engine._connection.from_parquet(files).create_view(table.relation)
        return engine

    @classmethod
    def holding(
        cls,
        given: Mapping[Table, Iterable[Mapping[str, Any]]],
        connection: "duckdb.DuckDBPyConnection | None" = None,
    ) -> "DuckEngine":
        """Over rows given in Python, for examples and tests; columns left out are empty.

        On a connection handed in, the tables take the place of those it held before.
        """
        engine = cls(connection or duckdb.connect(":memory:", config={"threads": 1}))
        for table, rows in given.items():
            engine._connection.from_arrow(arrow(table, rows)).create_view(table.relation)
        return engine

    def fetch(self, text: str) -> list[Line]:
        """All lines a text gives."""
        return list(self._connection.execute(text).fetchall())

    few = fetch

    def lines(self, asked: Sequence[tuple[str, int]]) -> list[Line]:
        """The one line that each text gives."""
        return [self.fetch(text)[0] for text, _ in asked]

    def many(self, texts: Sequence[str]) -> list[list[Line]]:
        """All lines that each text gives."""
        return [self.fetch(text) for text in texts]

    def named(self, text: str) -> dict[str, Any]:
        """The first line a text gives, by column name."""
        answer = self._connection.execute(text)
        names = [column[0] for column in answer.description or ()]
        return dict(zip(names, answer.fetchone() or (), strict=True))


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow (and Parquet) columns of a table."""
    return pa.schema([(column.name, _ARROW[column.dtype]) for column in table.columns.values()])


def arrow(table: Table, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows given in Python as an Arrow table with all columns the figure declares."""
    schema = arrow_schema(table)
    return pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema=schema)
