"""How fast all figures are over millions of lines, against a script written by hand and PostgreSQL, in one run."""

import gc
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from shanhai.figures import bench_ledger, compiling, evaluating, folding, parquet
from shanhai.figures.engines import DuckEngine, PostgresEngine
from shanhai.figures.folding import Value
from shanhai.figures.model import Registry
from shanhai.figures.tables import Table
from shanhai.figures.windows import Window

AS_OF = date(2024, 6, 30)
COUNTY_LINES = 200_000
_TICKS = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of all processors."""

    wall: float
    cpu: float

    def over(self, other: "Cost") -> dict[str, float]:
        """This cost as a multiple of another."""
        return {"wall": round(self.wall / other.wall, 3), "cpu": round(self.cpu / other.cpu, 3)}

    def told(self) -> dict[str, float]:
        """Seconds, for JSON."""
        return {"wall_s": round(self.wall, 4), "cpu_s": round(self.cpu, 4)}


class DifferentValuesError(Exception):
    """Two ways to the same figure gave two values; their speeds are not worth comparing."""


def bench_figures(
    figures: Registry,
    folder: Path,
    *,
    script: str,
    ledgers: Mapping[str, int],
    lines: int = 5_000_000,
    postgres: "psycopg.Connection[Any] | None" = None,
    runs: int = 5,
) -> dict[str, Any]:
    """Measure every figure of a registry over `lines` generated ledger lines in Parquet; gives a JSON-ready result.

    `script` is the baseline written by hand: DuckDB statements separated by `;`, `:end` for the day, with a column
    named after each counted figure (stored whole numbers, such as fen) and `<figure> rows` where its rows are another
    number. Its values must be ours. `ledgers` says in which parts the tables share the lines. With a PostgreSQL
    connection whose role may create a schema (it is gone at the end), the same figures are asked there too, with
    indexes.
    """
    window = Window(end=AS_OF)
    sizes = bench_ledger.generate(figures, folder, lines=lines, ledgers=ledgers)
    engine = DuckEngine.over(folder, sizes)
    parts = statements(script)
    cold = measured(lambda: ours(figures, engine, window))
    costs = alternating(
        {
            "ours": lambda: ours(figures, engine, window),
            "by_hand": lambda: by_hand(engine, parts),
            "scan": lambda: scan(engine, figures),
        },
        runs,
    )
    values = ours(figures, engine, window)
    compare(values, by_hand(engine, parts))
    result = {
        "lines": sum(rows for table, rows in sizes.items() if table.name in ledgers),
        "rows": {table.name: rows for table, rows in sizes.items()},
        "figures": len(figures),
        "as_of": AS_OF.isoformat(),
        "runs": runs,
        "ours_first": cold.told(),
        **{name: cost.told() for name, cost in costs.items()},
        "ours_over_by_hand": costs["ours"].over(costs["by_hand"]),
        "by_hand_over_scan": costs["by_hand"].over(costs["scan"]),
        "limits": {"ours_over_by_hand": 1.2, "by_hand_over_scan": 6, "postgres_over_ours": 5},
    }
    if postgres is not None:
        all_rows = _in_postgres(postgres, figures, sizes, folder=folder, window=window)
        _agree(all_rows.values, values)
        result |= {
            "postgres": all_rows.cost.told(),
            "postgres_load_s": all_rows.load_s,
            "postgres_over_ours": all_rows.cost.over(costs["ours"]),
        }
    return result


def scripts(areas: Path, names: Iterable[str] = ("*",)) -> str:
    """The scripts written by hand beside the areas (`tests/by_hand.sql`), as one; of all areas unless some are named."""
    files = sorted(file for name in names for file in areas.glob(f"{name}/tests/by_hand.sql"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def ours(figures: Registry, engine: DuckEngine | PostgresEngine, window: Window) -> dict[str, Value]:
    """Every figure as the package evaluates it."""
    return evaluating.evaluate(figures, engine, window, registry=figures)


def statements(script: str) -> list[str]:
    """The statements of a script, without comments, with the day asked written in."""
    dated = re.sub(r"--.*", "", script).replace(":end", f"DATE '{AS_OF.isoformat()}'")
    return [statement for statement in dated.split(";") if statement.strip()]


def by_hand(engine: DuckEngine, parts: Iterable[str]) -> dict[str, Any]:
    """What the statements of a script give, by column name."""
    found: dict[str, Any] = {}
    for statement in parts:
        found |= engine.named(statement)
    return found


def scan(engine: DuckEngine, figures: Registry) -> None:
    """Read every column the figures need, once, and do nothing with it but look at each cell."""
    for relation, columns in _needed(figures).items():
        looks = ", ".join(
            f'max("{name}")' if dtype != "string" else f'max(strlen("{name}"))' for name, dtype in columns
        )
        engine.fetch(f'SELECT {looks} FROM "{relation}"')


def _needed(figures: Registry) -> dict[str, list[tuple[str, str]]]:
    """The columns of each table that some figure looks at, with their types."""
    leaves = dict.fromkeys(leaf for figure in figures for leaf in folding.leaves(figure, figures))
    looked = {place for leaf in leaves for place in compiling.looked_at(leaf)}
    tables = dict.fromkeys(table for leaf in leaves for table in leaf.figure.reads)
    return {
        table.relation: [
            (column.name, column.dtype) for column in table.columns.values() if (table.relation, column.name) in looked
        ]
        for table in tables
    }


def compare(values: Mapping[str, Value], by_hand: Mapping[str, Any]) -> None:
    """Stop unless the script gives the value and the rows of every counted figure."""
    for name, value in values.items():
        if value.figure.how.derived:
            continue
        if name not in by_hand:
            raise DifferentValuesError(f"The script written by hand does not give {name}.")
        ours = value.amount * value.figure.scale if isinstance(value.amount, Decimal) else value.amount
        if ours != by_hand[name] or by_hand.get(f"{name} rows", value.rows) != value.rows:
            raise DifferentValuesError(f"{name}: {ours} ({value.rows} rows), by hand {by_hand[name]}.")


@dataclass(frozen=True, slots=True)
class _Live:
    """What PostgreSQL gave, at what cost, and how long its rows took to load."""

    values: Mapping[str, Value]
    cost: Cost
    load_s: float


def _in_postgres(
    connection: "psycopg.Connection[Any]",
    figures: Registry,
    tables: Iterable[Table],
    *,
    folder: Path,
    window: Window,
) -> _Live:
    """The same figures in PostgreSQL over the same rows, in a schema of their own that vanishes afterwards."""
    started = time.perf_counter()
    with connection.transaction(force_rollback=True):
        connection.execute("CREATE SCHEMA figures_measured")
        connection.execute("SET LOCAL search_path TO figures_measured")
        parquet.load(connection, list(tables), folder)
        _index(connection, figures)
        loaded = time.perf_counter() - started
        engine = PostgresEngine(connection)
        cpu = server_cpu(connection)
        costs = [measured(lambda: ours(figures, engine, window), cpu) for _ in range(2)]
        values = ours(figures, engine, window)
    return _Live(values, min(costs, key=lambda cost: cost.wall), round(loaded, 1))


def bench_county(
    connection: "psycopg.Connection[Any]", figures: Registry, folder: Path, *, ledgers: Mapping[str, int]
) -> dict[str, Any]:
    """The live figures of one county with many records, asked all together, as a page or a command asks them."""
    sizes = bench_ledger.generate(figures, folder, lines=COUNTY_LINES, ledgers=ledgers, scopes=1)
    live = _in_postgres(connection, figures, sizes, folder=folder, window=Window(end=AS_OF, scopes=(1,)))
    return {"records": sum(sizes.values()), **live.cost.told(), "limit_wall_s": 1.0}


def _agree(one: Mapping[str, Value], other: Mapping[str, Value]) -> None:
    """Stop unless both engines say the same of every figure."""
    for name, value in one.items():
        if (value.amount, value.state, value.rows) != (other[name].amount, other[name].state, other[name].rows):
            raise DifferentValuesError(f"{name}: PostgreSQL {value.plain}, DuckDB {other[name].plain}.")


def _index(connection: "psycopg.Connection[Any]", figures: Registry) -> None:
    """Indexes a database of records has: by scope and day, by scope and key, by scope and each key referred to."""
    wanted: dict[tuple[str, tuple[str, ...]], None] = {}
    for figure in figures:
        if figure.how.derived:
            continue
        wanted[figure.base.relation, ("scope_id", figure.day)] = None
        wanted[figure.base.relation, (figure.day,)] = None
        for table in figure.reads:
            referred = [column.name for column in table.columns.values() if column.scoped]
            wanted |= {(table.relation, ("scope_id", name)): None for name in referred}
    for relation, columns in wanted:
        listed = sql.SQL(", ").join(map(sql.Identifier, columns))
        connection.execute(sql.SQL("CREATE INDEX ON {} ({})").format(sql.Identifier(relation), listed))
    for relation in dict.fromkeys(relation for relation, _ in wanted):
        connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(relation)))


def alternating(tasks: Mapping[str, Callable[[], object]], runs: int) -> dict[str, Cost]:
    """The least cost of each task over several rounds; in turns, so that a busy machine disturbs all alike."""
    costs: dict[str, list[Cost]] = {name: [] for name in tasks}
    for _ in range(runs):
        for name, task in tasks.items():
            costs[name].append(measured(task))
    return {
        name: Cost(min(cost.wall for cost in taken), min(cost.cpu for cost in taken)) for name, taken in costs.items()
    }


def measured(task: Callable[[], object], cpu: Callable[[], float] = time.process_time) -> Cost:
    """What a task costs; `cpu` reads the seconds of all processors it uses."""
    gc.collect()
    wall, used = time.perf_counter(), cpu()
    task()
    return Cost(time.perf_counter() - wall, cpu() - used)


def server_cpu(connection: "psycopg.Connection[Any]") -> Callable[[], float]:
    """Reads the processor time of the server behind a connection, helpers included, where the machine shows it."""
    backend = Path(f"/proc/{connection.info.backend_pid}/stat")
    parent = Path(f"/proc/{_stat(backend)[1]}/stat") if backend.exists() else backend

    def read() -> float:
        if not backend.exists():
            return time.process_time()
        own = sum(map(int, _stat(backend)[11:13]))
        helpers = sum(map(int, _stat(parent)[13:15]))
        return time.process_time() + (own + helpers) / _TICKS

    return read


def _stat(file: Path) -> list[str]:
    """The fields of a process's stat line after its name; the parent's number is the second."""
    return file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
