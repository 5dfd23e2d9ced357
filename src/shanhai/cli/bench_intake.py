"""The intake benchmark: a workbook of 200,000 rows read, checked, journalled and loaded, beside the bare pipeline and the
usual way, which both load too, without a journal."""

import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars
from django.conf import settings
from django.db import connection, connections, models, transaction
from psycopg.conninfo import make_conninfo

from shanhai.access import walls
from shanhai.access.entering import Context, enter
from shanhai.access.sessions import acting_as
from shanhai.access.terms import OPERATOR as OPERATOR_ROLE
from shanhai.base.dates import MachineClock, today
from shanhai.cli.showing import PAIRING
from shanhai.cli.starting import OPERATOR
from shanhai.database.cluster import Cluster
from shanhai.intake import bench as intake_bench
from shanhai.journal.actions import act
from shanhai.journal.acts import kind
from shanhai.journal.models import Record
from shanhai.reference.actions import found_scopes

ENTER = kind("bench.payment.recorded", "基准测试", duties=(OPERATOR_ROLE,))


class BenchPayment(Record):
    """The record of the intake benchmark: twenty columns, walled and journalled like any other."""

    voucher_no = models.TextField()
    document_no = models.TextField()
    project_no = models.TextField()
    project_name = models.TextField()
    payee_name = models.TextField()
    payee_code = models.TextField()
    account_no = models.TextField()
    region_code = models.TextField()
    field_code = models.TextField()
    is_final = models.BooleanField(null=True)
    amount_fen = models.BigIntegerField()
    tax_fen = models.BigIntegerField(null=True)
    retained_fen = models.BigIntegerField(null=True)
    approved_on = models.DateField()
    paid_on = models.DateField()
    household_count = models.BigIntegerField(null=True)
    person_count = models.BigIntegerField(null=True)
    area_mu = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    done_percent = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    note = models.TextField()

    class Meta(Record.Meta):
        app_label = "journal"
        managed = False
        db_table = "bench_payment"


#: A second round follows where the first left room for it: the command answers within five minutes.
ROUNDS, ROOM = 2, 130.0


@dataclass(frozen=True, slots=True)
class Round:
    """What the three ways took, one after another, and the bad cells ours found."""

    bare: intake_bench.Timing
    ours: intake_bench.Timing
    usual: tuple[intake_bench.Timing, intake_bench.Timing] | None
    found: set[str]


def intake() -> dict[str, Any]:
    """Measure, and answer times, ratios, and whether every bad cell was found.

    The three ways take turns, and of each its quickest round counts: what else a machine does slows now one, now another.
    """
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "bench.xlsx"
        bad = intake_bench.write_bench_workbook(book)
        _found_pairing()
        begun, rounds = time.perf_counter(), [_round(book)]
        while len(rounds) < ROUNDS and time.perf_counter() - begun < ROOM:
            rounds.append(_round(book))
    return _told(rounds, bad)


def _round(book: Path) -> Round:
    _bench_table()
    _, bare = intake_bench.timed(lambda: _copy(intake_bench.bare(book)))
    found, ours = _with_server(lambda: _read_and_load(book))
    return Round(bare, ours, intake_bench.usual(book, _address()), found)


def _told(rounds: list[Round], bad: set[str]) -> dict[str, Any]:
    bare, ours = _quickest(one.bare for one in rounds), _quickest(one.ours for one in rounds)
    ratios, usual = {"ours_to_bare_wall": ours.wall / bare.wall}, None
    if all(one.usual for one in rounds):
        reading, loading = (_quickest(one.usual[part] for one in rounds if one.usual) for part in (0, 1))
        ratios |= {
            "usual_to_ours_wall": loading.wall / ours.wall, "usual_to_ours_cpu": loading.cpu / ours.cpu,
            "usual_reading_alone_to_ours_wall": reading.wall / ours.wall,
        }  # fmt: skip
        usual = {"wall": loading.wall, "cpu": loading.cpu, "reading_alone_wall": reading.wall}
    missed, false = (
        {cell for one in rounds for cell in bad - one.found},
        {cell for one in rounds for cell in one.found - bad},
    )
    return {
        "bench": "intake", "rows": intake_bench.ROWS, "rounds": len(rounds), "bad_cells": len(bad), "missed": len(missed),
        "false": len(false), "ours": {"wall": ours.wall, "cpu": ours.cpu, "peak_bytes": max(one.ours.memory for one in rounds)},
        "bare": {"wall": bare.wall, "cpu": bare.cpu}, "ratios": ratios, "usual": usual,
        "walls": [[round(way.wall, 2) for way in (one.bare, one.ours, *(one.usual or ())[1:])] for one in rounds],
    }  # fmt: skip


def _quickest(timings: Iterable[intake_bench.Timing]) -> intake_bench.Timing:
    return min(timings, key=lambda timing: timing.wall)


def _address() -> str:
    """Where another process reaches this database as this one does."""
    known = connection.get_connection_params()
    named = ("host", "port", "dbname", "user", "password")
    return make_conninfo(**{name: known[name] for name in named if known.get(name)})


def _found_pairing() -> None:
    with acting_as(OPERATOR):
        found_scopes([{
            "kind": "pairing", "code": PAIRING, "name": "基准", "scheme": "east_west", "level": "county", "east_code": PAIRING[:6],
            "west_code": PAIRING[7:], "is_example": True,
        }])  # fmt: skip


def _bench_table() -> None:
    """An empty table of the bench's records, walled."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_payment")
    with connections["owner"].schema_editor() as editor:
        editor.create_model(BenchPayment)
    walls.build_one("owner", BenchPayment)


def _copy(frame: polars.DataFrame) -> None:
    """The bare end of the pipeline: COPY the cells as they are into a table of texts, no journal, no walls."""
    names = ", ".join(f"c{place} text" for place in range(frame.width))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare_rows ({names}) ON COMMIT DROP")
        with cursor.connection.cursor() as raw, raw.copy("COPY bare_rows FROM STDIN (FORMAT csv)") as into:
            into.write(frame.write_csv(include_header=False).encode())


def _read_and_load(book: Path) -> set[str]:
    """Read and check the workbook, then load its sound rows: one act, a journal line each, under the walls."""
    planned = intake_bench.ours(book)
    rows = intake_bench.without_bad_cells(planned).drop("_key").with_columns(_key=polars.col("voucher_no"))
    with acting_as(OPERATOR) as actor:
        book_of = actor.books[0].scope_id
        with act(ENTER, author=actor.author, scope_id=book_of) as opened:
            context = Context(
                actor=actor, scope_id=book_of, scope_code=PAIRING, side="west", act=opened, today=today(MachineClock()),
            )  # fmt: skip
            enter(BenchPayment, rows, kind=ENTER, context=context)
    return intake_bench.found_cells(planned)


def _with_server(work: Callable[[], Any]) -> tuple[Any, intake_bench.Timing]:
    """What the work took on the wall, of this process and of the database's session together."""
    server = Cluster(settings.HOME)
    before = _session_cpu(server)
    result, timing = intake_bench.timed(work)
    return result, replace(timing, cpu=timing.cpu + _session_cpu(server) - before)


def _session_cpu(server: Cluster) -> float:
    """Processor seconds of this process's database session so far; none where the system does not tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists() or not server.home.root.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100
