"""The points at which a write can be killed on purpose, to show that all of it is kept or none.

`SHANHAI_FAULT` names a point; a number after a colon names which passing of it (`sheet.saved:2`). Without the
variable every point is passed over. A point ending in `.running` strikes a little later, while the database works.
"""

import os
import signal
import threading
from collections import Counter

POINTS = (
    "load.begun", "act.opened", "rows.copying", "rows.staged", "statement.running", "records.written", "sheet.saved",
    "act.closing", "act.committed", "head.signing", "act.signed",
)  # fmt: skip
#: The same for background work: taken up, done but its answer not kept, kept but not marked as ended.
JOB_POINTS = ("job.begun", "job.done", "job.kept")
#: How long after its start a statement is struck, in seconds.
_LATER = 0.01
_asked, _, _which = os.environ.get("SHANHAI_FAULT", "").partition(":")
_passed: Counter[str] = Counter()


def reach(point: str) -> None:
    """Pass a point, or be killed there without a chance to tidy up; an unknown point is a broken program."""
    if point not in POINTS and point not in JOB_POINTS:
        raise ValueError(f"fault point {point} is not listed")
    if point != _asked:
        return
    _passed[point] += 1
    if _passed[point] == int(_which or 1):
        _strike(_LATER if point.endswith(".running") else 0.0)


def _strike(after: float) -> None:
    if after:
        threading.Timer(after, os.kill, (os.getpid(), signal.SIGKILL)).start()
    else:
        os.kill(os.getpid(), signal.SIGKILL)
