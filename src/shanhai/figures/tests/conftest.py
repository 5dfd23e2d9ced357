"""A PostgreSQL with the toy tables, for tests that hold both engines against each other."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from shanhai.database import testing
from shanhai.figures.engines import PostgresEngine
from shanhai.figures.parquet import SERVER_TYPES
from shanhai.figures.tests import toy


@pytest.fixture(scope="session")
def postgres() -> Iterator["psycopg.Connection"]:
    """A connection to an empty database of the test server, with the toy tables."""
    cluster = testing.cluster_for_tests()
    urls = testing.fresh_database(cluster, "figures_tests")
    with psycopg.connect(urls.admin) as connection:
        for table in toy.TABLES:
            columns = ", ".join(f'"{column.name}" {SERVER_TYPES[column.dtype]}' for column in table.columns.values())
            connection.execute(f'CREATE TABLE "{table.relation}" ({columns})')
        connection.commit()
        yield connection


@pytest.fixture
def holding(postgres):
    """A function that gives an engine over rows which are gone after the block."""

    @contextmanager
    def held(history):
        with postgres.transaction(force_rollback=True):
            for table, rows in history.items():
                insert(postgres, table, rows)
            yield PostgresEngine(postgres)

    return held


def insert(connection, table, rows):
    """Put rows into a toy table; columns left out stay empty."""
    names = list(table.columns)
    places = sql.SQL(", ").join([sql.Placeholder()] * len(names))
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    text = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table.relation), listed, places)
    with connection.cursor() as cursor:
        cursor.executemany(text, [[row.get(name) for name in names] for row in rows])
