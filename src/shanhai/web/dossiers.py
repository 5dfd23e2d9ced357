"""A record's dossier: the records that name it, of every type of every area, in one question; then those that name them.

An area's page of a record shows what other areas know of it without knowing them: money, contracts, assets, postings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.urls import reverse
from psycopg import sql

from shanhai.base.language import say
from shanhai.journal.models import Record
from shanhai.web import wording

#: So many records of a type are shown; the list of the type has all.
SHOWN = 20
_WHO = ("payee_name", "party_name", "to_unit", "name", "title", "purpose", "wording", "document_no")


@dataclass(frozen=True, slots=True)
class Line:
    """A record of the dossier: its key, day, amount in fen, what it is about, its code, another record it names."""

    type_name: str
    key: str
    day: date | None
    fen: int | None
    text: str
    code: str
    other: str
    count: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """The records of one type: the first of them, how many there are, their sum in fen where they carry money."""

    model: type[Record]
    column: str
    lines: Sequence[Line]

    @property
    def count(self) -> int:
        """How many there are."""
        return self.lines[0].count

    @property
    def total(self) -> int | None:
        """Their sum."""
        return self.lines[0].total


def dossier(record: Record) -> dict[str, Chapter]:
    """What names the record, by type in the order of the sheets; then what names only something of that."""
    direct = _asked(record, {name: (column, [record.key]) for name, column in _naming(record.type_name()).items()})
    keys = {name: [line.key for line in chapter.lines] for name, chapter in direct.items()}
    further: dict[str, tuple[str, list[str]]] = {}
    for name, among in keys.items():
        for other, column in _naming(name).items():
            if other not in _naming(record.type_name()):
                further.setdefault(other, (column, among))
    found = direct | _asked(record, further)
    return {name: found[name] for name in wording.record_types() if name in found}


def _naming(target: str) -> dict[str, str]:
    """The types that name records of a type, each with its column."""
    found: dict[str, str] = {}
    for name, model in wording.record_types().items():
        for column, to in wording.references(model).items():
            if to == target:
                found.setdefault(name, column)
    return found


def _asked(record: Record, asked: Mapping[str, tuple[str, list[str]]]) -> dict[str, Chapter]:
    parts = [_part(record, wording.model_named(name), column, keys) for name, (column, keys) in asked.items()]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts))
        lines = [Line(*row) for row in cursor.fetchall()]
    by_type: dict[str, list[Line]] = {}
    for line in lines:
        by_type.setdefault(line.type_name, []).append(line)
    return {name: Chapter(wording.model_named(name), asked[name][0], found) for name, found in by_type.items()}


def _part(record: Record, model: type[Record], column: str, keys: Iterable[str]) -> sql.Composed:
    columns = wording.own_columns(model)
    money = wording.money_column(model)
    day = next((name for name in columns if name.endswith("_on")), "")
    who = next((name for name in _WHO if name in columns), "")
    other = next((name for name in wording.references(model) if name != column), "")
    return sql.SQL(
        "(SELECT {name}, key, {day}, {money}, {who}, {code}, {other}, count(*) OVER (), (sum({money}) OVER ())::bigint"
        " FROM {table} WHERE scope_id = {scope} AND {column} = ANY({keys}) ORDER BY {day}, key LIMIT {most})"
    ).format(
        name=sql.Literal(model.type_name()),
        day=_or_null(day, "date"),
        money=_or_null(money, "bigint"),
        who=_or_null(who, "text"),
        code=_or_null(code_column(model), "text"),
        other=_or_null(other, "text"),
        table=sql.Identifier(model._meta.db_table),
        scope=sql.Literal(record.scope_id),
        column=sql.Identifier(column),
        keys=sql.Literal(list(keys)),
        most=sql.Literal(SHOWN),
    )


def _or_null(column: str, kind: str) -> sql.Composable:
    return sql.Identifier(column) if column else sql.SQL(f"NULL::{kind}")


def code_column(model: type[Record]) -> str:
    """The first column with a code list that is not the field of cooperation."""
    own = wording.own_columns(model)
    coded = (str(field.column) for field in model._meta.concrete_fields if field.flatchoices)
    return next((name for name in coded if name in own and name != "field_code"), "")


def table_of(record: Record, chapter: Chapter) -> dict[str, Any]:
    """A chapter as a table, with its sum and the way to all of it."""
    model, name = chapter.model, chapter.model.type_name()
    money = wording.money_column(model)
    code = code_column(model)
    refs = [column for column in wording.references(model) if column != chapter.column]
    other = refs[0] if refs else ""
    day = next((column for column in wording.own_columns(model) if column.endswith("_on")), "")
    shown = {
        "day": day,
        "code": code,
        "who": next((each for each in _WHO if each in wording.own_columns(model)), ""),
        "other": other,
        "money": money,
    }
    heads = {part: wording.label(model, column) for part, column in shown.items() if column}
    columns = [{"label": say("编号")}, *({"label": word, "number": part == "money"} for part, word in heads.items())]
    rows = [{"cells": [_key(name, line.key), *(_cell(chapter, (part, shown[part]), line, word) for part, word in heads.items())]}
            for line in chapter.lines]  # fmt: skip
    word = wording.type_word(model)
    list_url = wording.with_query(reverse("list", args=[name]), scope=record.scope.code, **{chapter.column: record.key})
    return {
        "id": name.replace(".", "-"),
        "title": word,
        "count": chapter.count,
        "total": wording.money(chapter.total) if chapter.total is not None else "",
        "more_url": list_url if chapter.count > len(chapter.lines) else "",
        "table": {"caption": word, "hide_caption": True, "stack": True, "columns": columns, "rows": rows},
    }


def _key(name: str, key: str) -> dict[str, Any]:
    return {"text": wording.local(key), "url": wording.record_url(name, key), "head": True, "label": say("编号")}


def _cell(chapter: Chapter, column: tuple[str, str], line: Line, word: str) -> dict[str, Any]:
    part, name = column
    value = {"day": line.day, "code": line.code, "who": line.text, "other": line.other, "money": line.fen}[part]
    told: dict[str, Any] = {"label": word, "number": part == "money"}
    if part == "other" and value:
        target = wording.references(chapter.model)[name]
        return told | {"text": wording.local(str(value)), "url": wording.record_url(target, str(value))}
    return told | {"text": wording.cell(chapter.model, name, value) or "–"}
