"""What is too long or too large for its place in the database, told at its cell before anything is written."""

from collections.abc import Iterator
from typing import Any

import polars
from django.db import connection, models

from shanhai.access.entering import SEPARATOR
from shanhai.base.findings import Finding, Place
from shanhai.base.language import say
from shanhai.intake.declare import FILE, KEY, ROW, WORKSHEET
from shanhai.intake.loading import Plan, SheetPlan
from shanhai.loading.lookups import model_of

#: The scope's code stands before every key in the record.
_LONGEST_SCOPE = 24
_CODE = "loading.beyond_limits"


def beyond_limits(planned: Plan) -> list[Finding]:
    """A finding at every cell whose value its column cannot hold."""
    return [finding for sheet in planned.sheets for finding in _of_sheet(sheet)]


def _of_sheet(sheet: SheetPlan) -> Iterator[Finding]:
    fields = {str(field.column): field for field in model_of(sheet.sheet.name)._meta.concrete_fields}
    key = fields["key"].max_length or 0
    for name in sheet.frame.columns:
        field = fields.get(name)
        if field is None or name.startswith("_"):
            continue
        if sheet.frame.schema[name] == polars.String and field.max_length:
            limit = field.max_length - (_LONGEST_SCOPE + len(SEPARATOR) if name.endswith("_key") else 0)
            over = polars.col(name).str.len_chars() > limit
            yield from _at(sheet, over, name, say("最多 {count} 个字，请写短一些。", count=limit))
        elif isinstance(field, models.IntegerField):
            least, most = connection.ops.integer_field_range(field.get_internal_type())
            over = (polars.col(name) < least) | (polars.col(name) > most)
            yield from _at(sheet, over, name, say("数字过大，请核对。"))
    if sheet.sheet.only_added:
        return
    limit = key - _LONGEST_SCOPE - len(SEPARATOR)
    over = polars.col(KEY).str.len_chars() > limit
    yield from _at(sheet, over, sheet.sheet.key[-1], say("编号最多 {count} 个字，请写短一些。", count=limit))


def _at(sheet: SheetPlan, over: polars.Expr, name: str, sentence: str) -> Iterator[Finding]:
    for row in sheet.frame.filter(over).select(ROW, FILE, WORKSHEET).iter_rows(named=True):
        yield Finding(_CODE, sentence, _place(sheet, row, name))


def _place(sheet: SheetPlan, row: dict[str, Any], name: str) -> Place:
    letters = sheet.columns.get((row[FILE], row[WORKSHEET]), {})
    return Place(row[FILE], row[WORKSHEET], row[ROW], letters.get(name, ""))
