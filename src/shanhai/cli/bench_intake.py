"""The intake benchmark: a workbook of 200,000 rows read, checked, journalled and loaded, beside the bare pipeline and the
usual way, which both load too, without a journal."""

import tempfile
from collections.abc import Callable
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


def intake() -> dict[str, Any]:
    """Measure once and answer times, ratios, and whether every bad cell was found."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "bench.xlsx"
        bad = intake_bench.write_bench_workbook(book)
        _bench_table()
        _, bare = intake_bench.timed(lambda: _copy(intake_bench.bare(book)))
        found, ours = _with_server(lambda: _read_and_load(book))
        usual = intake_bench.usual(book, _address())
    ratios, told = {"ours_to_bare_wall": ours["wall"] / bare.wall}, None
    if usual:
        reading, loading = usual
        ratios |= {
            "usual_to_ours_wall": loading.wall / ours["wall"], "usual_to_ours_cpu": loading.cpu / ours["cpu"],
            "usual_reading_alone_to_ours_wall": reading.wall / ours["wall"],
        }  # fmt: skip
        told = {"wall": loading.wall, "cpu": loading.cpu, "reading_alone_wall": reading.wall}
    return {
        "bench": "intake", "rows": intake_bench.ROWS, "bad_cells": len(bad), "missed": len(bad - found), "false": len(found - bad),
        "ours": ours, "bare": {"wall": bare.wall, "cpu": bare.cpu}, "ratios": ratios,
        "usual": told,
    }  # fmt: skip


def _address() -> str:
    """Where another process reaches this database as this one does."""
    known = connection.get_connection_params()
    named = ("host", "port", "dbname", "user", "password")
    return make_conninfo(**{name: known[name] for name in named if known.get(name)})


def _bench_table() -> None:
    with acting_as(OPERATOR):
        found_scopes([{
            "kind": "pairing", "code": PAIRING, "name": "基准", "scheme": "east_west", "level": "county", "east_code": PAIRING[:6],
            "west_code": PAIRING[7:], "is_example": True,
        }])  # fmt: skip
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


def _with_server(work: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    """What the work took on the wall, of this process and of the database's session together."""
    server = Cluster(settings.HOME)
    before = _session_cpu(server)
    result, timing = intake_bench.timed(work)
    return result, {"wall": timing.wall, "cpu": timing.cpu + _session_cpu(server) - before, "peak_bytes": timing.memory}


def _session_cpu(server: Cluster) -> float:
    """Processor seconds of this process's database session so far; none where the system does not tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists() or not server.home.root.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100
