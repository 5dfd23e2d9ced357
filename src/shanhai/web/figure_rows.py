"""The rows behind a figure as a table: record, journal entry, and the columns that were folded or place the row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shanhai.base.language import say
from shanhai.figures import declare
from shanhai.figures.opening import Opened
from shanhai.journal.models import Record
from shanhai.web import amounts
from shanhai.web.wording import cell, label, local, model_named, named_record, record_url, references

_MEASURED = ("", "_fen", "_mu2", "_permyriad", "_kg2")


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of the table: the name rows carry it under, what it is called, whether it holds numbers."""

    name: str
    label: str
    number: bool = False


def columns_of(opened: Opened) -> list[Shown]:
    """The columns that the rows have, in the order they come in."""
    names = list(dict.fromkeys(name for row in opened.rows for name in row))
    return [_column(name, opened) for name in names]


def _column(name: str, opened: Opened) -> Shown:
    if name in ("record", "journal", "part"):
        return Shown(
            name,
            {"record": say("记录"), "journal": say("日志条目"), "part": say("计入")}[name],
            number=name == "journal",
        )
    sample = next(row for row in opened.rows if row.get(name) is not None or name in row)
    model = _model(sample)
    stored = next((name + ending for ending in _MEASURED if _has(model, name + ending)), name)
    told = say("人员（临时序号）") if name == "person_key" else label(model, stored)
    number = any(isinstance(row.get(name), int | Decimal) for row in opened.rows)
    unit = say("（元）") if stored.endswith("_fen") else ""
    return Shown(name, told + unit, number)


def _model(row: Mapping[str, Any]) -> type[Record]:
    return model_named(str(row["record"]).partition(":")[0])


def _has(model: type[Record], column: str) -> bool:
    return any(field.column == column for field in model._meta.concrete_fields)


def cells_of(opened: Opened, row: Mapping[str, Any], columns: Sequence[Shown]) -> list[Any]:
    """A row's cells for a file: numbers and days as they are, codes in words."""
    return [_plain_cell(row, column) for column in columns]


def _plain_cell(row: Mapping[str, Any], column: Shown) -> Any:
    value = row.get(column.name)
    if column.name == "part":
        return amounts.figure_word(declare.registry()[str(value)])
    if value is None or column.name == "record" or isinstance(value, int | Decimal | date):
        return value
    return local(str(value)) if column.name.endswith("_key") else cell(_model(row), column.name, value)


def table_of(opened: Opened, *, caption: str) -> dict[str, Any]:
    """The rows of a page for the table component; the record and its references lead to their pages."""
    columns = columns_of(opened)
    return {
        "caption": caption,
        "hide_caption": True,
        "stack": True,
        "columns": [{"label": each.label, "number": each.number} for each in columns],
        "rows": [{"cells": [_cell(row, column) for column in columns]} for row in opened.rows],
        "empty": {"text": say("没有计入的记录。")},
    }


def _cell(row: Mapping[str, Any], column: Shown) -> dict[str, Any]:
    told: dict[str, Any] = {"label": column.label, "number": column.number}
    if column.name == "record":
        record = named_record(str(row["record"]))
        return told | {"text": record["key"], "url": record["url"], "head": True}
    if column.name == "journal":
        record = named_record(str(row["record"]))
        return told | {
            "text": say("第 {journal} 号", journal=row["journal"]),
            "url": f"{record['url']}#entry-{row['journal']}",
        }
    value = _plain_cell(row, column)
    if column.name.endswith("_key") and isinstance(row.get(column.name), str) and row[column.name]:
        target = references(_model(row)).get(column.name)
        return told | {"text": value, "url": record_url(target, row[column.name]) if target else ""}
    return told | {"text": _shown(value)}


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return value.isoformat() if isinstance(value, date) else str(value)
