"""A form as a load of one row: the same reading, checks, lookups and actions as a workbook, one act of its own kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars
from django.db import connection

from shanhai.access.sessions import Actor
from shanhai.intake.declare import KEY, ROW, Sheet
from shanhai.intake.loading import Plan, compare
from shanhai.intake.one_row import read_one, written
from shanhai.intake.typed import Known
from shanhai.journal.actions import CHAIN_LOCK
from shanhai.loading.executing import AMEND, ENTER, Deed, Outcome, carry_out, ordered_sheets
from shanhai.loading.lookups import lookup


@dataclass(frozen=True, slots=True)
class FormOrder:
    """What is asked of a form: the row it gives to a sheet, the page it stands on, and the reason where it corrects."""

    sheet: Sheet
    values: Mapping[str, str]
    page: str
    correct: str = ""
    dry_run: bool = False


def load_form(order: FormOrder, *, actor: Actor, today: date) -> Outcome:
    """Save the row of a form, or say what stands against it; a dry run says which figures it would move.

    Saving does not say it once more: it was shown before, and all other writers wait meanwhile.
    """
    found = lookup()
    reading = read_one(order.sheet, order.values, Known(found.regions))
    planned = compare([reading], ordered_sheets(), found, correct=order.correct)
    _forget_rows(planned)
    source = {"kind": "form", "page": order.page}
    kind = AMEND if order.correct else ENTER
    deed = Deed(kind, lambda _: source, order.correct, order.dry_run, tells=order.dry_run)
    return carry_out(planned, deed, actor=actor, today=today)


def _forget_rows(planned: Plan) -> None:
    """A form has no rows: a record must not say that it came from the second one."""
    for sheet in planned.sheets:
        sheet.new = sheet.new.with_columns(polars.lit(0, dtype=polars.UInt32).alias(ROW))
        sheet.changed = sheet.changed.with_columns(polars.lit(0, dtype=polars.UInt32).alias(ROW))


def recorded_values(sheet: Sheet, *, scope_code: str, local_key: str) -> dict[str, str]:
    """The recorded row of a key as a clerk would write it, personal values in clear: for comparing, never for a page."""
    named: dict[str, Any] = {"scope_code": [scope_code], KEY: [local_key]}
    rows = lookup().recorded(sheet, polars.DataFrame(named))
    return written(sheet, rows.row(0, named=True)) if rows.height else {}


def as_recorded(sheet: Sheet, values: Mapping[str, str]) -> dict[str, str]:
    """Typed values as the record would tell them (`440000` is `440000.00`); what is not understood stays as typed."""
    frame = read_one(sheet, values, Known(lookup().regions)).sheets[0].frame
    told = written(sheet, frame.row(0, named=True)) if frame.height else {}
    return {name: told.get(name) or value for name, value in values.items()}


def local_key_of(sheet: Sheet, values: Mapping[str, str]) -> str:
    """The number under which a row would be recorded, without its scope; empty where part of it is missing."""
    keys = read_one(sheet, values).sheets[0].frame.get_column(KEY)
    return str(keys[0]) if len(keys) and keys[0] is not None else ""


def hold_writers() -> None:
    """Wait until nobody else is writing, and keep others waiting to the end of this transaction.

    Every act takes this lock first; who compares versions under it compares with what is truly recorded.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
