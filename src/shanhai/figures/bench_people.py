"""How fast twelve figures over people and money are, for all pairings and years at once, in one run with baselines.

Baselines: reading every column needed once; a script tuned by hand for DuckDB; one plain statement for each figure in
PostgreSQL over indexed tables. All give the same answers, or the benchmark stops.
"""

import time
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import psycopg
from psycopg import sql

from shanhai.base.units import Kind
from shanhai.figures import bench, bench_people_data, evaluating, parquet, people, series
from shanhai.figures.bench import AS_OF, Cost, DifferentValuesError
from shanhai.figures.bench_people_data import Size, county_of
from shanhai.figures.bench_people_figures import ALLOCATION, BENEFIT, PAYMENT, PLACEMENT, REGISTRY
from shanhai.figures.engines import DuckEngine
from shanhai.figures.folding import Cell
from shanhai.figures.tables import Table
from shanhai.figures.windows import Window

YEARS = (2021, 2022, 2023, 2024)
ROWS, PAIRINGS = 10_000_000, 400
_TOP = 20
_MEMORY = {"work_mem": "256MB", "maintenance_work_mem": "1GB"}
_INDEXES = {
    BENEFIT: ("paid_on", "person_key", "household_key"),
    PLACEMENT: ("started_on", "person_key"),
    ALLOCATION: ("allocated_on",),
    PAYMENT: ("paid_on",),
    people.PERSON: ("key",),
    people.HOUSEHOLD: ("key",),
}
"""Columns indexed in PostgreSQL, each behind the scope."""
_HERE = Path(__file__).parent

Answers = dict[tuple[str, Any, int], int]
"""Whole stored numbers by figure, scope and year; of the counties ranked, by name, county and 0."""


def bench_people(
    folder: Path, *, rows: int = ROWS, postgres: "psycopg.Connection[Any] | None" = None, runs: int = 3
) -> dict[str, Any]:
    """Measure the figures over `rows` generated benefits and half as many placements; gives a JSON-ready result.

    With a PostgreSQL connection whose role may create a schema (it is gone at the end), plain SQL is measured there
    too, over the same rows; loading them is told, and counts for nothing.
    """
    started = time.perf_counter()
    sizes = bench_people_data.generate(folder, Size(rows, rows // 2, PAIRINGS))
    generated = time.perf_counter() - started
    connection = duckdb.connect(":memory:")
    for table in sizes:
        connection.from_parquet(str(folder / f"{table.relation}.parquet")).create_view(table.relation)
    engine = DuckEngine(connection)
    script = _script("duckdb")
    answers: dict[str, Answers] = {}
    first = bench.measured(lambda: answers.update({"ours": ours(engine)}))
    costs = bench.alternating(
        {
            "ours": lambda: ours(engine),
            "by_hand": lambda: answers.update({"by_hand": by_hand(connection, script)}),
            "scan": lambda: bench.scan(engine, REGISTRY),
        },
        runs,
    )
    connection.close()
    found = answers["ours"]
    _compare(found, answers["by_hand"], "DuckDB by hand")
    result = {
        "rows": {table.name: count for table, count in sizes.items()},
        "pairings": PAIRINGS,
        "years": list(YEARS),
        "as_of": AS_OF.isoformat(),
        "figures": len(REGISTRY),
        "answers": len(found),
        "runs": runs,
        "generate_s": round(generated, 1),
        "ours_first": first.told(),
        **{name: cost.told() for name, cost in costs.items()},
        "ours_over_by_hand": costs["ours"].over(costs["by_hand"]),
        "by_hand_over_scan": costs["by_hand"].over(costs["scan"]),
        "limits": {"ours_over_by_hand": 1.2, "by_hand_over_scan": 13, "postgres_over_ours": 15},
    }
    if postgres is not None:
        result |= _in_postgres(postgres, sizes, folder, found=found, ours=costs["ours"])
    return result | {"seconds": round(time.perf_counter() - started, 1)}


def ours(engine: DuckEngine) -> Answers:
    """Every figure as the package evaluates it, and what follows from the money without another pass."""
    cells = evaluating.by_scope_and_year(REGISTRY, engine, Window(end=AS_OF), YEARS, registry=REGISTRY)
    found = {
        (name, scope, year): _stored(cell)
        for name, scopes in cells.items()
        for scope, years in scopes.items()
        for year, cell in years.items()
        if cell.amount
    }
    paid = cells["planting.paid"]
    derived = {"share": (series.shares, 4), "growth": (series.growth, 4), "running": (series.running, 2)}
    for name, (derive, places) in derived.items():
        found |= {
            (f"planting.paid {name}", scope, year): int(amount.scaleb(places))
            for scope, years in derive(paid).items()
            for year, amount in years.items()
            if amount
        }
    ranked = series.top(paid, _TOP, county_of)
    return found | {("county", county, 0): int(amount.scaleb(2)) for county, amount in ranked}


def _stored(cell: Cell) -> int:
    """A cell as the scripts tell it: money in fen, per cent in ten-thousandths, counts as they are."""
    places = {Kind.MONEY: 2, Kind.RATIO: 4}.get(cell.figure.unit.kind, 0)
    return int(cell.amount.scaleb(places)) if isinstance(cell.amount, Decimal) else 0


def _script(engine: str) -> list[str]:
    return bench.statements((_HERE / f"bench_people_{engine}.sql").read_text(encoding="utf-8"))


def by_hand(connection: "duckdb.DuckDBPyConnection | psycopg.Cursor[Any]", script: Iterable[str]) -> Answers:
    """What the statements of a script give: columns after scope and year are named after figures."""
    found: Answers = {}
    for statement in script:
        answer = connection.execute(statement)
        names = [column[0] for column in answer.description or ()]
        if names[:2] == ["scope_id", "year"]:
            for scope, year, *cells in answer.fetchall():
                found |= {(name, scope, year): int(cell) for name, cell in zip(names[2:], cells, strict=True) if cell}
        elif names[:1] == ["county"]:
            found |= {("county", str(county), 0): int(fen) for county, fen in answer.fetchall()}
    return found


def _compare(ours: Answers, other: Answers, way: str) -> None:
    """Stop unless both ways give the same; zero and nothing are the same here."""
    if ours == other:
        return
    differing = sorted(key for key in ours.keys() | other.keys() if ours.get(key) != other.get(key))
    key = differing[0]
    raise DifferentValuesError(
        f"{way}: {len(differing)} answers differ, first {key}: ours {ours.get(key)}, there {other.get(key)}."
    )


def _in_postgres(
    connection: "psycopg.Connection[Any]", tables: Mapping[Table, int], folder: Path, *, found: Answers, ours: Cost
) -> dict[str, Any]:
    """Plain SQL in PostgreSQL over the same rows, in a schema of their own that vanishes afterwards."""
    started = time.perf_counter()
    with connection.transaction(force_rollback=True), connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
        cursor.execute("CREATE SCHEMA people_measured")
        cursor.execute("SET LOCAL search_path TO people_measured")
        for name, memory in _MEMORY.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, memory])
        parquet.load(connection, tables, folder)
        _index(cursor)
        loaded = time.perf_counter() - started
        answers: list[Answers] = []
        cost = bench.measured(
            lambda: answers.append(by_hand(cursor, _script("postgres"))), bench.server_cpu(connection)
        )
    _compare(found, answers[0], "PostgreSQL")
    return {
        "postgres": cost.told(),
        "postgres_load_s": round(loaded, 1),
        "postgres_work_mem": _MEMORY["work_mem"],
        "postgres_over_ours": cost.over(ours),
    }


def _index(cursor: "psycopg.Cursor[Any]") -> None:
    """Indexes of the days and keys that the statements ask for, and statistics."""
    for table, columns in _INDEXES.items():
        relation = sql.Identifier(table.relation)
        for column in columns:
            cursor.execute(sql.SQL("CREATE INDEX ON {} (scope_id, {})").format(relation, sql.Identifier(column)))
        cursor.execute(sql.SQL("ANALYZE {}").format(relation))
