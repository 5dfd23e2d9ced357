"""Between the engines: tables of PostgreSQL to Parquet, and Parquet to PostgreSQL for tests and benchmarks."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
from psycopg import sql
from pyarrow import csv

from shanhai.figures.engines import arrow_schema
from shanhai.figures.tables import Table

SERVER_TYPES = {"int64": "bigint", "string": "text", "date": "date", "boolean": "boolean"}
_BLOCK = 8 << 20
_UNREAD = sql.SQL(
    "act_id uuid DEFAULT '00000000-0000-4000-8000-000000000000', version integer DEFAULT 1, source jsonb DEFAULT "
    """'{"kind": "workbook", "file": "2024年资金台账.xlsx", "sheet": "资金支付", "row": 2, "cells": "A2:H2"}'"""
)


def export(connection: "psycopg.Connection[Any]", tables: Iterable[Table], folder: Path) -> dict[str, int]:
    """Write the declared columns of each table to `folder/<relation>.parquet`; gives the number of rows of each.

    Reads what the connection's role may read. Inside one repeatable-read transaction the files belong together.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return {table.name: _export(connection, table, folder / f"{table.relation}.parquet") for table in tables}


def _export(connection: "psycopg.Connection[Any]", table: Table, file: Path) -> int:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    text = sql.SQL("COPY (SELECT {} FROM {} ORDER BY id) TO STDOUT (FORMAT csv, FORCE_QUOTE *)").format(
        columns, sql.Identifier(table.relation)
    )
    content = pa.BufferOutputStream()
    with connection.cursor() as cursor, cursor.copy(text) as copy:
        for block in copy:
            content.write(block)
    schema = arrow_schema(table)
    read = _read_csv(content.getvalue(), schema)
    pq.write_table(read, file)
    return int(read.num_rows)


def _read_csv(content: Any, schema: Any) -> Any:
    """PostgreSQL's CSV as Arrow: everything quoted is a value, an empty text included; nothing at all is NULL."""
    if content.size == 0:
        return schema.empty_table()
    return csv.read_csv(
        pa.BufferReader(content),
        read_options=csv.ReadOptions(column_names=schema.names, block_size=_BLOCK),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            true_values=["t"],
            false_values=["f"],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def load(connection: "psycopg.Connection[Any]", tables: Iterable[Table], folder: Path) -> None:
    """Make each table in PostgreSQL from its Parquet file, without journal or rights; for tests and benchmarks.

    Beside the declared columns stand those every record has and no figure reads: its act and its source.
    """
    for table in tables:
        columns = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(SERVER_TYPES[column.dtype]))
            for column in table.columns.values()
        )
        name = sql.Identifier(table.relation)
        connection.execute(sql.SQL("CREATE UNLOGGED TABLE {} ({}, {})").format(name, columns, _UNREAD))
        _copy_in(connection, table, folder / f"{table.relation}.parquet")


def _copy_in(connection: "psycopg.Connection[Any]", table: Table, file: Path) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    name = sql.Identifier(table.relation)
    with duckdb.connect(":memory:") as duck, connection.cursor() as cursor:
        batches = duck.from_parquet(str(file)).to_arrow_reader(200_000)
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(name, columns)) as copy:
            for batch in batches:
                content = pa.BufferOutputStream()
                csv.write_csv(batch, content, csv.WriteOptions(include_header=False))
                copy.write(content.getvalue().to_pybytes())
