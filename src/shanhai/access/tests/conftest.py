"""One row of every walled table in two pairings, and sessions of anybody, in a transaction that is taken back."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import psycopg
import pytest
from django.db import models
from psycopg import sql
from psycopg.types.json import Jsonb

from shanhai.access.walls import walled_models

OWN, OTHER, PROVINCES = "331081-511381", "330282-513324", "330000-510000"
_MADE_UP = {
    "BooleanField": False, "DateField": date(2024, 1, 1), "DateTimeField": datetime(2024, 1, 1), "UUIDField": None,
    "JSONField": Jsonb({}), "ForeignKey": 0, "ArrayField": ["x"],
    "BinaryField": b"x", "IntegerField": 1, "BigIntegerField": 1, "DecimalField": 1,
}  # fmt: skip


class Rows:
    """The filled database, looked at as the web role."""

    def __init__(self, connection: "psycopg.Connection", scopes: dict[str, int]) -> None:
        self.connection = connection
        self.scopes = scopes
        self.users = 0

    def run(self, statement: Any, values: Any = ()) -> list[Any]:
        """As the web role; a refusal leaves the transaction as it was."""
        with self.connection.transaction():
            self.connection.execute("SET LOCAL ROLE shanhai_web")
            try:
                cursor = self.connection.execute(statement, values)
                return cursor.fetchall() if cursor.description else [cursor.rowcount]
            finally:
                if self.connection.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS:
                    self.connection.execute("RESET ROLE")

    def scopes_seen(self, table: str) -> set[int]:
        column = "id" if table == "reference_scope" else "scope_id"
        return {
            row[0]
            for row in self.run(sql.SQL("SELECT {} FROM {}").format(sql.Identifier(column), sql.Identifier(table)))
        }

    def carry(self, token: str) -> None:
        self.connection.execute("SELECT set_config('shanhai.session', %s, true)", (token,))

    def session(self, *grants: tuple[str, ...], lasting: str = "1 hour", active: bool = True) -> str:
        """Open a session for a new user with grants (role, side, scope or region or 'all')."""
        self.users += 1
        (user,) = self.connection.execute(
            "INSERT INTO access_user (username, display_name, password, is_active) VALUES (%s, '', '!', %s) RETURNING id",
            (f"tests-{self.users}", active),
        ).fetchone()
        for role, side, where in grants:
            reach = "all" if where == "all" else "scope" if where in self.scopes else "region"
            self.connection.execute(
                "INSERT INTO access_grant (user_id, role, reach, scope_id, region_code, side)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                (user, role, reach, self.scopes.get(where), where if reach == "region" else "", side),
            )
        token = secrets.token_urlsafe(16)
        self.connection.execute(
            "INSERT INTO access_session (digest, user_id, opened_at, expires_at)"
            " VALUES (%s, %s, now(), now() + %s::interval)",
            (hashlib.sha256(token.encode()).hexdigest(), user, lasting),
        )
        self.carry(token)
        return token


def _value(field: "models.Field[Any, Any]") -> Any:
    if field.null:
        return None
    if field.choices:
        return field.choices[0][0]
    # Each text is its field's name, so that a table may ask two of them to differ.
    return _MADE_UP.get(field.get_internal_type(), "" if field.blank else field.name[: field.max_length])


@pytest.fixture(scope="module")
def _filled(shared_office) -> Iterator["psycopg.Connection"]:
    with psycopg.connect(shared_office.urls.admin) as connection:
        connection.execute("SET session_replication_role = replica")
        _without_rules(connection)
        for model in walled_models():
            if model._meta.db_table != "reference_scope":
                for code in (OWN, OTHER, PROVINCES):
                    _fill(connection, model, shared_office.scopes[code])
        connection.execute("SET session_replication_role = origin")
        yield connection
        connection.rollback()


#: Of tables of records alone: nobody else reads these while the rows stand, so that nobody waits for the tables.
_OF_RECORDS = "EXISTS (SELECT 1 FROM pg_attribute WHERE attname = 'owner_side' AND attrelid = {})"
_RULES = f"""
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint
    WHERE contype IN ('c', 'u', 'x') AND right(conname, 4) <> '_key' AND {_OF_RECORDS.format("conrelid")}
    UNION ALL
    SELECT format('DROP INDEX %s', indexrelid::regclass) FROM pg_index
    WHERE indisunique AND indpred IS NOT NULL AND {_OF_RECORDS.format("indrelid")}
"""


def _without_rules(connection: "psycopg.Connection") -> None:
    """Let rows stand that no rule of an area would: they are here for the walls, and taken back with the transaction."""
    for (statement,) in connection.execute(_RULES).fetchall():
        connection.execute(statement)


def _fill(connection: "psycopg.Connection", model: type[models.Model], scope: int) -> None:
    row = {
        field.column: _value(field) for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)
    }
    row = {name: value for name, value in row.items() if value is not None} | {"scope_id": scope}
    for field in model._meta.concrete_fields:
        if field.get_internal_type() == "UUIDField":
            row[field.column] = f"00000000-0000-0000-0000-{scope:012}"
        elif field.primary_key and field.column in row:  # a number of the table's own, one for each scope
            row[field.column] = scope
    if "owner_side" in row:
        row["owner_side"] = "west"
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join([sql.Placeholder()] * len(row)),
        ),
        list(row.values()),
    )  # fmt: skip


@pytest.fixture
def rows(_filled, shared_office) -> Iterator[Rows]:
    with _filled.transaction(force_rollback=True):
        yield Rows(_filled, shared_office.scopes)
