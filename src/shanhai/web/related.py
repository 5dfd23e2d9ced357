"""The records a record stands among: what it refers to, what refers to it, and what shares its references.

For money this is the way from its source to the payee and back: a payment and its project, the allocation and the
release of the same source to the same project, the issue before them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import reverse
from psycopg import sql

from shanhai.base.language import say
from shanhai.journal.models import Record
from shanhai.web import wording

#: So many records of a type around another are counted and added; of more, only that they are more.
MOST = 2_000


def references_of(record: Record) -> dict[str, dict[str, str]]:
    """For each column that names another record: that record's address and title, all in one question."""
    links = {**wording.references(type(record)), **wording.spoken_of(record)}
    named = [(column, links[column], key) for column in links if (key := getattr(record, column))]
    if not named:
        return {}
    parts = [
        sql.SQL(
            "SELECT {column}, row_to_json(found)::text FROM {table} AS found WHERE scope_id = {scope} AND key = {key}"
        ).format(
            column=sql.Literal(column),
            table=sql.Identifier(wording.model_named(target)._meta.db_table),
            scope=sql.Literal(record.scope_id),
            key=sql.Literal(key),
        )
        for column, target, key in named
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts))
        found = {column: _of_row(links[column], json.loads(row)) for column, row in cursor.fetchall()}
    return {
        column: {"url": wording.record_url(links[column], other.key), "title": wording.title(other)}
        for column, other in found.items()
    }


def _of_row(target: str, row: dict[str, Any]) -> Record:
    """A record from its row, enough to be named by."""
    model = wording.model_named(target)
    return model(**{field.attname: row[str(field.column)] for field in model._meta.concrete_fields})


def related_to(record: Record) -> list[dict[str, Any]]:
    """One line per type of record around this one, in the order of the sheets, with the record in its own place."""
    anchors = _anchors(record)
    around = _around(record, anchors)
    lines = []
    for name in wording.record_types():
        if name in anchors:
            lines.append(_anchor(record, name, anchors[name]))
        if name in around:
            lines.append(_neighbours(record, around[name], anchors))
    return lines


def _anchors(record: Record) -> dict[str, str]:
    """The record itself and what it refers to: type and key."""
    anchors = {target: getattr(record, column) for column, target in wording.references(type(record)).items()}
    return {record.type_name(): record.key} | {
        target: key for target, key in anchors.items() if key and target != record.type_name()
    }


def _anchor(record: Record, name: str, key: str) -> dict[str, Any]:
    if name == record.type_name():
        label = wording.type_word(type(record))
        return {"label": label, "url": "", "text": say("{key}（本条）", key=wording.local(key))}
    word = wording.type_word(wording.model_named(name))
    return {"label": f"{word} {wording.local(key)}", "url": wording.record_url(name, key), "text": ""}


@dataclass(frozen=True, slots=True)
class Around:
    """The records of a type around one: how many (counted up to MOST), their sum in fen where they carry money, the first key."""

    name: str
    count: int
    total: int | None
    key: str


def _around(record: Record, anchors: Mapping[str, str]) -> dict[str, Around]:
    """What stands around a record, all types in one question."""
    parts = [part for model in wording.record_types().values() if (part := _part(record, model, anchors))]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts))
        found = [Around(*row) for row in cursor.fetchall()]
    return {one.name: one for one in found if one.count}


def _part(record: Record, model: type[Record], anchors: Mapping[str, str]) -> sql.Composed | None:
    """Records that share every reference they have in common with the anchors; one left empty means all of them."""
    shared = {column: anchors[target] for column, target in wording.references(model).items() if target in anchors}
    if not shared:
        return None
    money = wording.money_column(model)
    conditions = [
        sql.SQL("{} IN ({}, '')").format(sql.Identifier(column), sql.Literal(key)) for column, key in shared.items()
    ]
    if len(shared) > 1:
        stated = sql.SQL(" OR ").join(sql.SQL("{} <> ''").format(sql.Identifier(column)) for column in shared)
        conditions.append(sql.SQL("({})").format(stated))
    else:
        (column, key), *_ = shared.items()
        conditions = [sql.SQL("{} = {}").format(sql.Identifier(column), sql.Literal(key))]
    if model is type(record):
        conditions.append(sql.SQL("key <> {}").format(sql.Literal(record.key)))
    return sql.SQL(
        "SELECT {name}, count(*), sum(money)::bigint, min(key) FROM (SELECT key, {money} AS money FROM {table}"
        " WHERE scope_id = {scope} AND {conditions} LIMIT {most}) AS found"
    ).format(
        name=sql.Literal(model.type_name()),
        money=sql.Identifier(money) if money else sql.SQL("NULL::bigint"),
        table=sql.Identifier(model._meta.db_table),
        scope=sql.Literal(record.scope_id),
        conditions=sql.SQL(" AND ").join(conditions),
        most=sql.Literal(MOST + 1),
    )


def _neighbours(record: Record, around: Around, anchors: Mapping[str, str]) -> dict[str, Any]:
    """The records of a type around this one, with their sum; a single one leads to its own page."""
    model = wording.model_named(around.name)
    word, money = wording.type_word(model), wording.money(around.total) if around.total is not None else ""
    if around.count == 1:
        url = wording.record_url(around.name, around.key)
        return {"label": f"{word} {wording.local(around.key)}", "url": url, "text": money}
    url = _list_url(record, model, anchors)
    if around.count > MOST:
        return {"label": say("{type}超过 {n} 条", type=word, n=MOST), "url": url, "text": ""}
    told = say("合计 {amount}", amount=money) if money else ""
    return {"label": say("{type} {n} 条", type=word, n=around.count), "url": url, "text": told}


def _list_url(record: Record, model: type[Record], anchors: Mapping[str, str]) -> str:
    asked = {column: anchors[target] for column, target in wording.references(model).items() if target in anchors}
    return wording.with_query(reverse("list", args=[model.type_name()]), scope=record.scope.code, **asked)
