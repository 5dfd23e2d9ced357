"""The overlaps benchmark: the audit of 235,000 people's placements, beside the plain self-join in PostgreSQL.

What is timed of ours: reading the rows (from Parquet, as the figures' engine reads them; and, apart, out of PostgreSQL
by COPY), the audit, the whole frame of results and the double counts between classes. What is timed of SQL: counting
and adding up what the self-join finds, which is less than fetching it, with the index it wants, vacuumed and analysed.
Both must find the same rows, to the last column; otherwise the benchmark stops.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy
import polars
import psycopg
from django.db import connections

from shanhai.areas.labour.queries.overlaps import OVERLAP, PLACEMENT, double_counts, overlaps
from shanhai.cli.bench_clock import Cost, seconds

PEOPLE, RUNS = 235_000, 3
ON = date(2024, 6, 30)
_CLASSES = ("east", "province", "elsewhere", "welfare")
_TABLE = """
    CREATE SCHEMA overlaps_measured;
    SET search_path TO overlaps_measured;
    SET work_mem TO '256MB';
    CREATE TABLE placement (
        placement_key text NOT NULL, person_key text NOT NULL, class_code text NOT NULL,
        started_on date NOT NULL, ended_on date
    )
"""
_INDEX = """
    CREATE INDEX ON placement (person_key, started_on) INCLUDE (placement_key, ended_on, class_code);
    VACUUM ANALYZE placement
"""
_JOIN = f"""
    SELECT one.person_key, one.placement_key AS first_key, other.placement_key AS second_key,
        one.class_code AS first_class, other.class_code AS second_class, other.started_on AS from_on,
        least(one.ended_on, other.ended_on, DATE '{ON}') AS until_on,
        least(one.ended_on, other.ended_on, DATE '{ON}') - other.started_on + 1 AS days,
        one.class_code <> other.class_code AS two_classes
    FROM placement AS one
    JOIN placement AS other ON other.person_key = one.person_key
        AND (other.started_on, other.placement_key) > (one.started_on, one.placement_key)
        AND other.started_on <= least(one.ended_on, DATE '{ON}')
"""
_COUNT = f"SELECT count(*), sum(days), count(*) FILTER (WHERE two_classes) FROM ({_JOIN}) AS found"


class DifferentOverlapsError(Exception):
    """The audit and the self-join found different rows; their speeds are not worth comparing."""


def audit() -> dict[str, Any]:
    """Measure once and answer times, ratios, and what was found."""
    placed = episodes(PEOPLE, seed=1)
    with tempfile.TemporaryDirectory() as folder, _loaded(placed) as server:
        file = Path(folder) / "placement.parquet"
        placed.write_parquet(file)
        ways: dict[str, Callable[[], object]] = {
            "ours": lambda: _audited(polars.read_parquet(file)),
            "ours_out_of_postgres": lambda: _audited(_fetched(server, "SELECT * FROM placement")),
            "self_join": lambda: server.execute(_COUNT).fetchall(),
        }
        costs = {name: min(_seconds(work, server) for _ in range(RUNS)) for name, work in ways.items()}
        found, doubles = _audited(polars.read_parquet(file))
        _same(found, _fetched(server, _JOIN))
        plan = [line for (line,) in server.execute(f"EXPLAIN {_COUNT}").fetchall()]
    return {
        "bench": "overlaps", "people": PEOPLE, "placements": placed.height, "overlaps": found.height,
        "two_classes": int(found["two_classes"].sum()), "double_counts": doubles.rows(named=True), "same_answer": True,
        "included": {
            "ours": "读取 Parquet、核查、生成全部结果行和跨类重复统计",
            "ours_out_of_postgres": "用 COPY 从 PostgreSQL 取出全部行，其余同上",
            "self_join": "只计数与求和，不取出结果行；索引已建好并已 VACUUM ANALYZE",
        },
        **costs, "plan": plan,
        "ratios": {
            "self_join_to_ours_cpu": round(costs["self_join"]["cpu"] / costs["ours"]["cpu"], 2),
            "self_join_to_ours_wall": round(costs["self_join"]["wall"] / costs["ours"]["wall"], 2),
            "self_join_to_ours_out_of_postgres_wall": round(
                costs["self_join"]["wall"] / costs["ours_out_of_postgres"]["wall"], 2
            ),
        },
        "limits": {"self_join_to_ours_wall": 5},
    }  # fmt: skip


def episodes(people: int, *, seed: int) -> polars.DataFrame:
    """Placements of so many people, one to eight each: one after the other, some begun early, some recorded twice."""
    chance = numpy.random.default_rng(seed)
    count = chance.integers(1, 9, people)
    person = numpy.repeat(numpy.arange(people), count)
    lasting, pause = chance.integers(20, 500, len(person)), chance.integers(1, 120, len(person))
    pause = numpy.where(chance.random(len(person)) < 0.06, -chance.integers(1, 60, len(person)), pause)
    steps = numpy.cumsum(lasting + pause)
    first = numpy.cumsum(count) - count
    begun = steps - (lasting + pause) - (steps - (lasting + pause))[first][person] + pause
    start = numpy.datetime64("2017-01-01") + chance.integers(0, 900, people)[person] + begun
    last = numpy.append(person[1:] != person[:-1], True)
    running = last & (chance.random(len(person)) < 0.4)
    ended = polars.Series(start + lasting).to_frame("ended_on").with_columns(running=running)
    once = polars.DataFrame({
        "person": person, "class_code": numpy.array(_CLASSES)[chance.choice(4, len(person), p=(0.45, 0.3, 0.2, 0.05))],
        "started_on": start, "ended_on": ended.select(polars.when(~polars.col("running")).then("ended_on"))["ended_on"],
    })  # fmt: skip
    again = once.filter(polars.Series(chance.random(len(person)) < 0.02)).with_columns(class_code=polars.lit("east"))
    every = polars.concat([once, again]).sample(fraction=1, shuffle=True, seed=seed).with_row_index("row")
    key = polars.format("331081-511381/JY{}", polars.col("row").cast(polars.String).str.zfill(7))
    who = polars.format("331081-511381/RY{}", polars.col("person").cast(polars.String).str.zfill(6))
    days = polars.col("started_on", "ended_on").cast(polars.Date)
    return every.with_columns(days, placement_key=key, person_key=who).select(PLACEMENT)


def _audited(placed: polars.DataFrame) -> tuple[polars.DataFrame, polars.DataFrame]:
    found = overlaps(placed, on=ON)
    return found, double_counts(found)


@contextmanager
def _loaded(placed: polars.DataFrame) -> Iterator["psycopg.Connection[Any]"]:
    """A connection whose schema of its own holds the placements, indexed; the schema is gone at the end."""
    owner = connections["owner"]
    owner.ensure_connection()
    server = owner.connection
    try:
        for statement in _TABLE.split(";"):
            server.execute(statement)
        with server.cursor() as cursor, cursor.copy("COPY placement FROM STDIN (FORMAT csv)") as into:
            into.write(placed.write_csv(include_header=False).encode())
        for statement in _INDEX.split(";"):
            server.execute(statement)
        yield server
    finally:
        server.execute("DROP SCHEMA IF EXISTS overlaps_measured CASCADE")
        server.execute("RESET search_path")
        server.execute("RESET work_mem")


def _fetched(server: "psycopg.Connection[Any]", query: str) -> polars.DataFrame:
    """The rows of a query, by COPY."""
    content = BytesIO()
    with server.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)") as out:
        for block in out:
            content.write(block)
    content.seek(0)
    kinds = _KINDS | {"two_classes": polars.String}
    found = polars.read_csv(content, infer_schema=False, schema_overrides=kinds)
    return found.with_columns(polars.col(name) == "t" for name in found.columns if name == "two_classes")


_KINDS: dict[str, Any] = OVERLAP | {"started_on": polars.Date, "ended_on": polars.Date}


def _same(mine: polars.DataFrame, theirs: polars.DataFrame) -> None:
    """Stop unless both hold the same rows."""
    order = ["person_key", "first_key", "second_key"]
    if not mine.sort(order).equals(theirs.select(mine.columns).sort(order)):
        raise DifferentOverlapsError(f"{mine.height} rows, by SQL {theirs.height}")


def _seconds(work: Callable[[], object], server: "psycopg.Connection[Any]") -> Cost:
    """What the work takes on the wall, of this process and of the server behind the connection, helpers included."""
    before = _server_cpu(server)
    cost = seconds(work)
    cost["cpu"] += _server_cpu(server) - before
    return cost


def _server_cpu(server: "psycopg.Connection[Any]") -> float:
    """Processor seconds of the connection's server process and of helpers that ended; none where it is not shown."""
    own = Path(f"/proc/{server.info.backend_pid}/stat")
    if not own.exists():
        return 0.0
    mine = own.read_text().rsplit(")", 1)[1].split()
    parent = Path(f"/proc/{mine[1]}/stat").read_text().rsplit(")", 1)[1].split()
    return (sum(map(int, mine[11:13])) + sum(map(int, parent[13:15]))) / os.sysconf("SC_CLK_TCK")
