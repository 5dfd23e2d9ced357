"""The columns of a list of records: which there are, which are shown, how each cell is written and sorted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from shanhai.base.language import say
from shanhai.intake.declare import SHEETS
from shanhai.journal.models import Record
from shanhai.journal.terms import Side
from shanhai.web import wording

_MOST = 6
_SORTED = (models.DateField, models.IntegerField, models.DecimalField, models.CharField)


def choosable(model: type[Record]) -> list[str]:
    """Every column a list of the type may show; the key always stands first and is not among them."""
    sheet = SHEETS.get(model.type_name())
    number = sheet.key[0] if sheet and len(sheet.key) == 1 else ""
    return [name for name in wording.own_columns(model) if name != number and not name.endswith("_precision")]


def usual(model: type[Record]) -> list[str]:
    """The columns shown where nothing was chosen: the first ones, the amount and the day among them."""
    told = choosable(model)
    first = [name for name in told if not name.endswith(("_fen", "_on"))]
    last = [next((name for name in told if name.endswith(ending)), "") for ending in ("_fen", "_on")]
    return [*first[: _MOST - 2], *filter(None, last)]


def sortable(model: type[Record]) -> tuple[str, ...]:
    """The columns a list may be sorted by."""
    fields = {str(field.column): field for field in model._meta.concrete_fields}
    return (
        "key",
        *(name for name in choosable(model) if isinstance(fields[name], _SORTED) and not name.endswith("_mask")),
    )


def is_number(column: str) -> bool:
    """Whether a column holds numbers, which stand to the right."""
    return column.endswith(("_fen", "_count", "amount", "_mu", "_percent", "_year"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A column as a page writes it, worked out once for all rows: its word, its code list, the type it refers to."""

    name: str
    label: str
    number: bool
    target: str
    choices: Mapping[Any, str]

    def cell(self, record: Record) -> dict[str, Any]:
        """The cell of a record."""
        value = getattr(record, self.name)
        told: dict[str, Any] = {"label": self.label, "number": self.number}
        if value is None or value == "":
            return told | {"text": "–"}
        if target := self.target or wording.spoken_of(record).get(self.name, ""):
            return told | {"text": wording.local(value), "url": wording.record_url(target, value)}
        if self.name.endswith("_fen"):
            return told | {"text": wording.money(value)}
        return told | {"text": self.choices.get(value) or wording.plain(value)}


def shown(model: type[Record], columns: Sequence[str]) -> list[Shown]:
    """The columns of a list in the language being read."""
    links = wording.references(model)
    return [
        Shown(
            name,
            wording.label(model, name),
            is_number(name),
            links.get(name, ""),
            {code: say(told) for code, told in wording.codes(model, name).items()},
        )
        for name in columns
    ]


def rows_of(model: type[Record], records: Sequence[Record], columns: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the table: the key with its link, the columns, whose book each stands in."""
    written, number, book = shown(model, columns), say("编号"), say("填报方")
    sides = {str(side): say(str(side.label)) for side in Side}
    name = model.type_name()
    return [
        {
            "cells": [
                {
                    "text": wording.local(record.key),
                    "url": wording.record_url(name, record.key),
                    "head": True,
                    "label": number,
                },
                *(column.cell(record) for column in written),
                {"text": sides[record.owner_side], "label": book},
            ]
        }
        for record in records
    ]


def file_cells(model: type[Record], record: Record, columns: Sequence[str]) -> list[Any]:
    """A row for a file: numbers and days as they are, amounts in yuan, codes in words."""
    cells = [_file_cell(model, column, getattr(record, column)) for column in columns]
    return [wording.local(record.key), *cells, say(str(Side(record.owner_side).label))]


def _file_cell(model: type[Record], column: str, value: Any) -> Any:
    if column.endswith("_fen") and value is not None:
        return wording.yuan(value)
    if isinstance(value, str) and column in wording.references(model):
        return wording.local(value)
    return wording.cell(model, column, value) if isinstance(value, str | bool) else value


def heading(model: type[Record], column: str, *, in_file: bool = False) -> str:
    """What a column is called; in a file an amount names its unit."""
    word = wording.label(model, column)
    return say("{column}（元）", column=word) if in_file and column.endswith("_fen") else word
