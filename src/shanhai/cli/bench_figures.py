"""`bench figures`: all figures of the ledger, and twelve of people for all pairings and years, each with its baselines."""

import tempfile
import time
from pathlib import Path
from typing import Any

from django.db import connections

import shanhai.areas
from shanhai.figures import bench, bench_people, declare

AREAS = Path(shanhai.areas.__file__).parent
#: Lines of each table in twenty of the ledger, as an office has them.
LEDGERS = {
    "funds.payment": 10, "funds.allocation": 5, "funds.release": 3, "funds.issue": 1, "funds.receipt": 1, "funds.refund": 1,
    "funds.carryover": 1,
}  # fmt: skip
_FIVE_MINUTES = 300


def figures(rows: int = bench_people.ROWS) -> dict[str, Any]:
    """Measure over `rows` benefits, and half as many placements and ledger lines."""
    started = time.perf_counter()
    owner = connections["owner"]
    owner.ensure_connection()
    with tempfile.TemporaryDirectory() as folder:
        ledger = bench.bench_figures(
            declare.registry(),
            Path(folder),
            script=bench.scripts(AREAS),
            ledgers=LEDGERS,
            lines=rows // 2,
            postgres=owner.connection,
        )
    with tempfile.TemporaryDirectory() as folder:
        people = bench_people.bench_people(Path(folder), rows=rows, postgres=owner.connection)
    return {"bench": "figures"} | ledger | {"people": people} | _duration(rows, time.perf_counter() - started)


def _duration(rows: int, seconds: float) -> dict[str, Any]:
    """How long all of it took here, and, where that is more than five minutes, about how many rows take five."""
    fits = int(rows * _FIVE_MINUTES / seconds)
    longer = f"--rows {rows} needs longer than five minutes on this machine; --rows {fits} takes about five."
    return {"seconds": round(seconds, 1), "longer": longer if seconds > _FIVE_MINUTES else ""}
