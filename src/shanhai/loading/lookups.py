"""What is recorded already, as a load asks for it: rows by scope and key, keys that exist, names of regions."""

from functools import cache
from typing import Any

import polars
from django.apps import apps
from django.db import connection
from psycopg import sql

from shanhai.access.entering import SEPARATOR, local_key, whole_key
from shanhai.intake.declare import Sheet
from shanhai.intake.loading import Lookup
from shanhai.journal.models import Record
from shanhai.reference.models import Region, Scope
from shanhai.reference.queries import opened_under, personal_values


def model_of(record_type: str) -> type[Record]:
    """The model of a record type such as `funds.allocation`."""
    found: type[Record] = apps.get_model(record_type)
    return found


def lookup() -> Lookup:
    """What the load of the signed-in reader is held against."""
    return Lookup(recorded=_recorded, exists=_exists, regions=_regions())


@cache
def _regions() -> dict[str, str]:
    return dict(Region.objects.filter(last_on__isnull=True).values_list("code", "name"))


def _codes() -> dict[str, int]:
    return dict(Scope.objects.values_list("code", "id"))


def _whole(identities: polars.DataFrame) -> list[str]:
    """The keys as records carry them: scope code and local key."""
    return [whole_key(key, code) for code, key in identities.select("scope_code", "_key").iter_rows()]


def _exists(record_type: str, identities: polars.DataFrame) -> polars.DataFrame:
    model = model_of(record_type)
    keys = _whole(identities)
    known = set(model._default_manager.filter(key__in=keys).values_list("key", flat=True))
    return identities.filter(polars.Series([key in known for key in keys], dtype=polars.Boolean))


def _recorded(sheet: Sheet, identities: polars.DataFrame) -> polars.DataFrame:
    """The recorded rows of these keys, in the columns of the sheet."""
    model = model_of(sheet.name)
    schema = {name: kind for name, kind in sheet.schema.items() if name != "_row"}
    stored = {field.column for field in model._meta.concrete_fields}
    columns = [name for name in schema if name in stored]
    rows = _fetch(model, columns, _whole(identities), named_by=_name_of(sheet))
    lines = [_as_sheet(dict(zip(["key", *columns], row, strict=True)), schema) for row in rows]
    if len(sheet.key) == 1 and sheet.key[0] not in stored:
        # A number that is the whole key is kept as the key alone.
        lines = [line | {sheet.key[0]: line["_key"]} for line in lines]
    if "account" in schema and lines:
        lines = _with_accounts(model, lines)
    if "identity" in schema and lines:
        people = personal_values([line["_person"] for line in lines])
        lines = [line | people.get(line["_person"], {}) for line in lines]
    return polars.DataFrame([{name: line.get(name) for name in schema} for line in lines], schema=schema)


def _with_accounts(model: type[Record], lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their account numbers, sealed under the key of the person, opened in memory to be compared."""
    if "account_sealed" not in {field.column for field in model._meta.concrete_fields}:
        return lines
    keys = [whole_key(line["_key"], line["scope_code"]) for line in lines]
    rows: Any = model._default_manager
    sealed = dict(rows.filter(key__in=keys).values_list("key", "account_sealed"))
    asked = [(line["_person"], sealed.get(key, "")) for key, line in zip(keys, lines, strict=True)]
    return [line | {"account": account} for line, account in zip(lines, opened_under(asked), strict=True)]


def _name_of(sheet: Sheet) -> sql.Composable:
    """What the keys of a sheet's rows are in the database: the key of the record, or what the key columns say of it.

    Rows that are only added have numbers of their own, which no workbook knows.
    """
    if not sheet.only_added:
        return sql.Identifier("key")
    local = sql.SQL("substr({0}, strpos({0}, {1}) + 1)")
    parts = [
        local.format(sql.Identifier(name), sql.Literal(SEPARATOR)) if name.endswith("_key") else sql.Identifier(name)
        for name in sheet.key
    ]
    return sql.SQL("split_part(key, {0}, 1) || {0} || concat_ws({1}, {2})").format(
        sql.Literal(SEPARATOR), sql.Literal(sheet.key_separator), sql.SQL(", ").join(parts)
    )


def _fetch(
    model: type[Record], columns: list[str], keys: list[str], *, named_by: sql.Composable
) -> list[tuple[Any, ...]]:
    """Rows by key; keys travel as one array, however many there are."""
    personal = "person_key" in {field.column for field in model._meta.concrete_fields}
    named = [*columns, *(["person_key"] if personal else [])]
    statement = sql.SQL("SELECT {key}, {columns} FROM {table} WHERE {key} = ANY(%s)").format(
        key=named_by, columns=sql.SQL(", ").join(map(sql.Identifier, named)), table=sql.Identifier(model._meta.db_table)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [keys])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    if personal:
        columns.append("person_key")
    return found


def _as_sheet(row: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A recorded row as the workbook writes it: local keys, nothing instead of empty text."""
    code, _, local = row["key"].partition(SEPARATOR)
    line = {"scope_code": code, "_key": local, "_person": row.get("person_key", row["key"])}
    for name in schema:
        if name in row and name not in line:
            value = row[name]
            if isinstance(value, str):
                value = local_key(value, code) if name.endswith("_key") else value
                value = value or None
            line[name] = value
    return line
