"""How an action enters rows: the first wall, keys made whole inside the scope, then one journalled write.

In a workbook a key is local (`LZ-2021-003`); in the record it carries its scope
(`331081-511381/LZ-2021-003`), so a key names one record everywhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars

from shanhai.access.sessions import Actor, check_may
from shanhai.base.findings import RefusedRows, RowProblem
from shanhai.journal import actions
from shanhai.journal.acts import ActKind
from shanhai.journal.models import Record

#: Separates the code of the scope from the key inside it.
SEPARATOR = "/"
#: Where a row stood in its workbook.
MARKS = ("_row", "_sheet", "_file")


@dataclass(frozen=True, slots=True)
class Context:
    """What every action needs beside its rows: who, in which scope and book, under which act, and today."""

    actor: Actor
    scope_id: int
    scope_code: str
    side: str
    act: actions.OpenAct
    today: date
    scheme: str = "east_west"
    correcting: bool = False
    is_example: bool = False

    def under(self, **changes: Any) -> "Context":
        """The same context with something else in it."""
        return replace(self, **changes)


def enter(
    model: type[Record], rows: polars.DataFrame, *, kind: ActKind, context: Context, stage: str = "achieved"
) -> int:
    """Write rows as new records, or put known ones right where the context says so; answers how many."""
    check_may(context.actor, kind, scope_id=context.scope_id, side=context.side)
    setting = actions.Setting(context.scope_id, context.side, context.scheme, stage)
    frame = _columns_of(model, whole_keys(rows, context))
    write = actions.correct if context.correcting else actions.record
    return write(model, frame, under=context.act, setting=setting)


def hold(problems: Iterable[tuple[dict[str, Any], str, str, str]]) -> None:
    """Refuse rows that what is recorded stands against; each problem is marked in its cell, and nothing is saved.

    A problem is (row, field, code, sentence): the row as `rows.iter_rows(named=True)` gives it, the field of the sheet,
    and a sentence that says what was found, what was expected and what to do.
    """
    found = [
        RowProblem(row.get("_file") or "", row.get("_sheet") or "", row.get("_row") or 0, field, code, sentence)
        for row, field, code, sentence in problems
    ]
    if found:
        raise RefusedRows(found)


def whole_key(key: str | None, scope_code: str) -> str:
    """The key as records carry it, from the key as a workbook of the scope writes it; a blank one stays blank."""
    prefix = scope_code + SEPARATOR
    return prefix + key if key and not key.startswith(prefix) else key or ""


def keys_in(rows: polars.DataFrame, column: str, context: Context) -> list[str]:
    """The keys of a column as records carry them, in the order of the rows."""
    return [whole_key(key, context.scope_code) for key in rows.get_column(column)]


def whole_keys(rows: polars.DataFrame, context: Context) -> polars.DataFrame:
    """The rows with their own `key`, and every key they refer to, as records carry them."""
    frame = rows.rename({"_key": "key"}) if "_key" in rows.columns else rows
    prefix = context.scope_code + SEPARATOR
    named = [name for name in frame.columns if name == "key" or name.endswith("_key")]
    return frame.with_columns(polars.col(named).cast(polars.String).fill_null("")).with_columns(
        polars.when((polars.col(name) == "") | polars.col(name).str.starts_with(prefix))
        .then(polars.col(name))
        .otherwise(polars.lit(prefix) + polars.col(name))
        .alias(name)
        for name in named
    )


def whole_rows(rows: polars.DataFrame, context: Context) -> Iterator[dict[str, Any]]:
    """Every row by name, with its keys as records carry them."""
    return whole_keys(rows, context).iter_rows(named=True)


def local_key(key: str, scope_code: str) -> str:
    """The key as a workbook of the scope writes it."""
    return key.removeprefix(scope_code + SEPARATOR)


def _columns_of(model: type[Record], frame: polars.DataFrame) -> polars.DataFrame:
    columns = {field.column for field in model._meta.concrete_fields}
    return frame.select(name for name in frame.columns if name in columns or name in MARKS)
