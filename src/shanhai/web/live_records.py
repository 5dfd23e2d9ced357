"""Records of many types as they are now, under the reader's own rights, in one query."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from psycopg import sql

from shanhai.journal.models import Record
from shanhai.web import wording

#: A record among all: its type, its key, its scope.
Name = tuple[str, str, int]


def live_records(names: Iterable[Name]) -> dict[Name, Record]:
    """The records of these names, as far as there are any; days and times in them stay as the database writes them."""
    wanted: dict[str, list[Name]] = {}
    for name in names:
        wanted.setdefault(name[0], []).append(name)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(_part(name, asked) for name, asked in wanted.items()))
        rows = [(name, json.loads(row)) for name, row in cursor.fetchall()]
    return {(name, row["key"], row["scope_id"]): _record(name, row) for name, row in rows}


def _part(record_type: str, names: list[Name]) -> sql.Composed:
    return sql.SQL(
        "SELECT {name}, row_to_json(r)::text FROM {table} r WHERE r.key = ANY ({keys}) AND r.scope_id = ANY ({scopes})"
    ).format(
        name=sql.Literal(record_type),
        table=sql.Identifier(wording.record_types()[record_type]._meta.db_table),
        keys=sql.Literal([key for _, key, _ in names]),
        scopes=sql.Literal(sorted({scope_id for _, _, scope_id in names})),
    )


def _record(record_type: str, row: Mapping[str, Any]) -> Record:
    model = wording.record_types()[record_type]
    return model(**{field.attname: row[str(field.column)] for field in model._meta.concrete_fields})
