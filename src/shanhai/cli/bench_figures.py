"""`bench figures`: the figures of agreements, funds and projects over a large ledger, those of all areas beside it, those
of one county live, and twelve of people for all pairings and years, each with its baselines."""

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connections

import shanhai.areas
from shanhai.figures import bench, bench_people, declare
from shanhai.figures.model import Figure, Registry

AREAS = Path(shanhai.areas.__file__).parent
#: Lines of each table in twenty of the ledger, as an office has them.
LEDGERS = {
    "funds.payment": 10, "funds.allocation": 5, "funds.release": 3, "funds.issue": 1, "funds.receipt": 1, "funds.refund": 1,
    "funds.carryover": 1,
}  # fmt: skip
#: The areas whose figures rest on the ledger.
LEDGER_AREAS = ("agreements", "funds", "projects")
_FIVE_MINUTES = 300


def figures(rows: int = bench_people.ROWS) -> dict[str, Any]:
    """Measure over `rows` benefits, and half as many placements and ledger lines."""
    started = time.perf_counter()
    owner = connections["owner"]
    owner.ensure_connection()
    ledger = _ledger(Registry(_of(LEDGER_AREAS)), LEDGER_AREAS, lines=rows // 2, postgres=owner.connection)
    everything = _ledger(declare.registry(), ("*",), lines=rows // 2, runs=3)
    with tempfile.TemporaryDirectory() as folder:
        county = bench.bench_county(owner.connection, declare.registry(), Path(folder), ledgers=LEDGERS)
    with tempfile.TemporaryDirectory() as folder:
        people = bench_people.bench_people(Path(folder), rows=rows, postgres=owner.connection)
    found = {"bench": "figures"} | ledger | {"all_areas": _told(everything), "county": county, "people": people}
    return found | _duration(rows, time.perf_counter() - started)


def _of(areas: Iterable[str]) -> list[Figure]:
    return [figure for area in areas for figure in declare.registry().of_area(area)]


def _ledger(figures: Registry, areas: Iterable[str], **told: Any) -> dict[str, Any]:
    """These figures over ledger lines, beside the scripts written by hand for these areas."""
    with tempfile.TemporaryDirectory() as folder:
        return bench.bench_figures(
            figures, Path(folder), script=bench.scripts(AREAS, areas), ledgers=LEDGERS, **told
        )  # fmt: skip


def _told(everything: dict[str, Any]) -> dict[str, Any]:
    """All figures of all areas over the same ledger, fifty thousand rows in each other table: told, with no limit set."""
    return {name: value for name, value in everything.items() if name not in ("rows", "limits", "as_of")}


def _duration(rows: int, seconds: float) -> dict[str, Any]:
    """How long all of it took here, and, where that is more than five minutes, about how many rows take five."""
    fits = int(rows * _FIVE_MINUTES / seconds)
    longer = f"--rows {rows} needs longer than five minutes on this machine; --rows {fits} takes about five."
    return {"seconds": round(seconds, 1), "longer": longer if seconds > _FIVE_MINUTES else ""}
