"""The only way into the tables of records: whole lists, one transaction, one act, every line journalled.

Rows travel as a polars frame: COPY into a temporary table (a table under row-level security takes
no COPY), then INSERT ... SELECT under the writer's rights; the journal lines are written by the
same statement from the rows as they were stored, so the two cannot differ.
"""

import io
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import polars
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from psycopg import sql

from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.journal import refusals
from shanhai.journal.acts import ActKind, Author
from shanhai.journal.faults import reach
from shanhai.journal.models import Record

#: Serialises writers of the journal, so that the entries of one statement are neighbours in the chain.
CHAIN_LOCK = 5_113_813_310
#: Columns of a record that the mechanism fills; a frame may give some of them row by row.
MECHANISM = ("id", "act_id", "entry", "version", "source")
#: Called after each act is committed, to sign the new head; set by the application when it starts.
after_commit: list[Callable[[], None]] = []


@dataclass(frozen=True, slots=True)
class Setting:
    """Where rows belong when they do not say so themselves: scope, scheme, side and stage."""

    scope_id: int
    owner_side: str
    scheme: str = "east_west"
    stage: str = "achieved"


def _unheard(model: type[Record]) -> None:
    """Nobody asked to hear before records are written."""


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act that has begun in this transaction; its entries are written under its number.

    `before_writing` hears of each list of records before it is written: what stands then is what stood before.
    """

    id: uuid.UUID
    kind: ActKind
    author: Author
    at: datetime
    source: dict[str, Any] = field(default_factory=dict)
    before_writing: Callable[[type[Record]], None] = _unheard


@contextmanager
def act(
    kind: ActKind,
    *,
    author: Author,
    scope_id: int | None,
    reason: str = "",
    source: dict[str, Any] | None = None,
    before_writing: Callable[[type[Record]], None] = _unheard,
) -> Iterator[OpenAct]:
    """One act in one transaction: who, when, why, from what. All of its entries are kept or none.

    Rules that look at the whole of an act (no account below zero) are held at its end; what the database
    refuses is raised as `Refused` with a sentence.
    """
    try:
        with transaction.atomic():
            begun = OpenAct(uuid.uuid4(), kind, author, timezone.now(), source or {}, before_writing)
            opened = _open(begun, scope_id, reason)
            yield opened
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            reach("act.closing")
            _sign_after_commit()
    except IntegrityError as refused:
        raise Refused(refusals.sentence(refused)) from refused


def _open(opened: OpenAct, scope_id: int | None, reason: str) -> OpenAct:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "INSERT INTO journal_act (id, code, acted_at, acted_by, acted_by_name, reason, source, scope_id)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                opened.id, opened.kind.code, opened.at, opened.author.username, opened.author.name, reason,
                json.dumps(opened.source), scope_id,
            ],
        )  # fmt: skip
    reach("act.opened")
    return opened


def _sign_after_commit() -> None:
    """What is committed stays, whatever becomes of its signature: a hook that fails is logged and made up for later."""
    transaction.on_commit(partial(reach, "act.committed"))
    for hook in after_commit:
        transaction.on_commit(hook, robust=True)
    transaction.on_commit(partial(reach, "act.signed"))


def record(model: type[Record], frame: polars.DataFrame, *, under: OpenAct, setting: Setting) -> int:
    """Write new records; answers how many.

    `frame` has a `key` and columns of the model; `_row` is the row of the worksheet.
    """
    if frame.is_empty():
        return 0
    columns = _stage_rows(model, frame, under, setting)
    table = model._meta.db_table
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL(
        """
        WITH fresh AS (
            INSERT INTO {table} ({columns}, source, act_id, entry, version)
            SELECT {columns}, source, %(act)s, nextval('journal_entry_seq_seq'), 1 FROM incoming
            RETURNING *
        )
        INSERT INTO journal_entry (seq, act_id, scope_id, record_type, record_key, before, after)
        SELECT entry, act_id, scope_id, %(type)s, key, NULL, row_to_json(fresh)::text FROM fresh
        """
    ).format(table=sql.Identifier(table), columns=named)
    return _execute(statement, _values(model, under))


def correct(model: type[Record], frame: polars.DataFrame, *, under: OpenAct, setting: Setting) -> int:
    """Put records right: rows of known keys take the values given; the journal keeps before and after.

    Only the columns in `frame` change. Answers how many records were written; keys that are not recorded are refused.
    """
    if frame.is_empty():
        return 0
    columns = [name for name in _stage_rows(model, frame, under, setting) if name in frame.columns and name != "key"]
    columns = [name for name in columns if name not in ("scope_id", "owner_side")]
    assignments = sql.SQL(", ").join(sql.SQL("{0} = old.{0}").format(sql.Identifier(name)) for name in columns)
    statement = sql.SQL(
        """
        WITH old AS MATERIALIZED (
            SELECT kept.id AS kept_id, row_to_json(kept)::text AS before, incoming.*
            FROM {table} AS kept JOIN incoming USING (scope_id, key)
        ), fresh AS (
            UPDATE {table} AS kept
            SET {assignments}, source = old.source, act_id = %(act)s, version = kept.version + 1,
                entry = nextval('journal_entry_seq_seq')
            FROM old WHERE kept.id = old.kept_id
            RETURNING kept.entry, kept.act_id, kept.scope_id, kept.key, old.before, row_to_json(kept)::text AS after
        )
        INSERT INTO journal_entry (seq, act_id, scope_id, record_type, record_key, before, after)
        SELECT entry, act_id, scope_id, %(type)s, key, before, after FROM fresh
        """
    ).format(table=sql.Identifier(model._meta.db_table), assignments=assignments)
    with _found_in_one_pass(model):
        written = _execute(statement, _values(model, under))
    if written != frame.height:
        raise Refused(
            say(
                "要更正 {height} 条{verbose_name}，其中 {unknown} 条没有登记过，没有更正任何一条。请核对编号。",
                height=frame.height,
                verbose_name=say(str(model._meta.verbose_name)),
                unknown=frame.height - written,
            )
        )
    return written


@contextmanager
def _found_in_one_pass(model: type[Record]) -> Iterator[None]:
    """Find the rows of a table that nobody has measured yet by one pass over it.

    Of such a table PostgreSQL does not know that most rows share one scope: it looks each row up in any index that
    begins with the scope and reads the whole scope for every row. A measured table is left to PostgreSQL.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples < 0 FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table])
        (unmeasured,) = cursor.fetchone()
        if unmeasured:
            cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off")
        yield
        if unmeasured:
            cursor.execute("SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL enable_mergejoin TO DEFAULT")


def _values(model: type[Record], under: OpenAct) -> dict[str, Any]:
    return {"act": under.id, "type": model.type_name()}


def _source(frame: polars.DataFrame, under: OpenAct) -> polars.Expr:
    """The source of each row as JSON: what the act says, and the row's own file, worksheet and line where it has them.

    Written here for all rows at once; put together row by row in the database it was a tenth of a load.
    """
    begun = json.dumps({"kind": under.source.get("kind", "form")})[:-1]
    row = polars.col("_row")
    parts = [
        polars.lit(begun),
        polars.when(row != 0).then(polars.concat_str(polars.lit(', "row": '), row)).otherwise(polars.lit("")),
    ]
    for name in ("sheet", "file"):
        given = polars.col(f"_{name}").cast(polars.String).fill_null("")
        told = {
            value: f', "{name}": {json.dumps(value, ensure_ascii=False)}'
            for value in frame.select(given.unique()).to_series()
        }
        parts.append(given.replace_strict(told | {"": ""}, return_dtype=polars.String))
    return polars.concat_str(*parts, polars.lit("}"))


def _execute(statement: sql.Composed, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        reach("statement.running")
        cursor.execute(statement, values)
        reach("records.written")
        return int(cursor.rowcount)


def _stage_rows(model: type[Record], frame: polars.DataFrame, under: OpenAct, setting: Setting) -> list[str]:
    """Copy the rows into the temporary table `incoming`; answers the columns of the model they fill."""
    under.before_writing(model)
    frame = _complete(frame, setting)
    fields = {str(field.column): field for field in model._meta.concrete_fields if field.column not in MECHANISM}
    frame = _with_defaults(frame, fields)
    columns = [name for name in frame.columns if name in fields]
    staged = frame.select(*columns, _source(frame, under).alias("source"))
    table = sql.Identifier(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS incoming")
        cursor.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT {columns}, source FROM {table} WITH NO DATA"
            ).format(columns=sql.SQL(", ").join(map(sql.Identifier, columns)), table=table)
        )
        copy = sql.SQL("COPY incoming ({columns}, source) FROM STDIN (FORMAT csv)").format(
            columns=sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        body = io.BytesIO()
        staged.write_csv(body, include_header=False)
        with cursor.connection.cursor() as raw, raw.copy(copy) as into:
            _send(body.getbuffer(), into.write)
    reach("rows.staged")
    return columns


def _send(body: memoryview, write: Callable[[memoryview], None]) -> None:
    half = len(body) // 2
    write(body[:half])
    reach("rows.copying")
    write(body[half:])


def _complete(frame: polars.DataFrame, setting: Setting) -> polars.DataFrame:
    """Add what the setting says where the rows do not."""
    settled = {
        "scope_id": setting.scope_id,
        "owner_side": setting.owner_side,
        "scheme": setting.scheme,
        "stage": setting.stage,
    }
    missing = {name: value for name, value in settled.items() if name not in frame.columns}
    marks = {"_row": 0, "_sheet": "", "_file": ""}
    missing |= {name: value for name, value in marks.items() if name not in frame.columns}
    return frame.with_columns(**{name: polars.lit(value) for name, value in missing.items()})


def _with_defaults(frame: polars.DataFrame, fields: "dict[str, models.Field[Any, Any]]") -> polars.DataFrame:
    """Text that a sheet leaves out is empty, not null; other defaults come from the model."""
    additions: dict[str, polars.Expr] = {}
    for name, declared in fields.items():
        if name in frame.columns:
            if not declared.null and frame.schema[name] == polars.String:
                additions[name] = polars.col(name).fill_null("")
        elif declared.has_default():
            additions[name] = polars.lit(declared.get_default())
        elif isinstance(declared, models.CharField | models.TextField) and not declared.null:
            additions[name] = polars.lit("")
    return frame.with_columns(**additions) if additions else frame


def keys_of(frame: polars.DataFrame) -> Sequence[str]:
    """The keys of the rows, in their order."""
    return frame.get_column("key").to_list()
