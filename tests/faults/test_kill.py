"""A load killed with kill -9 at every fault point: all of it is kept or none, and the same load again completes."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections, transaction

from shanhai.database import Cluster, Home
from shanhai.journal import faults, signing
from shanhai.journal.verification import verify
from shanhai.loading.executing import Order, load
from shanhai.loading.tests.programme import PAIRING, programme, write

pytestmark = [pytest.mark.fault, pytest.mark.slow]

PROJECTS = 60
#: Every point, some of them at a later passing; and what stands afterwards (None: one or the other). The first
#: signing is at the start of the process, before the load.
STRUCK = {
    "load.begun": "nothing", "act.opened": "nothing", "rows.copying:2": "nothing", "rows.staged:3": "nothing",
    "statement.running:2": None,
    "records.written:3": "nothing", "sheet.saved": "nothing", "act.closing": "nothing", "act.committed": "everything",
    "head.signing:2": "everything", "act.signed": "everything",
}  # fmt: skip
TABLES = ("projects_project", "projects_milestone", "funds_allocation")
_STEPS = ("proposed", "library", "planned")


def bulk(projects: int = PROJECTS):
    """Some hundred rows over three sheets."""
    rows = programme()
    project, allocation, life = rows["projects.project"][0], rows["funds.allocation"][1], rows["projects.milestone"][:3]
    keys = [f"DL-{number:04}" for number in range(projects)]
    return {
        "projects.project": [project | {"project_no": key} for key in keys],
        "projects.milestone": [
            move | {"project_key": key, "happened_on": date(2023, 1, 1) + timedelta(days=place)}
            for key in keys for place, move in enumerate(life)
        ],
        "funds.allocation": [
            allocation | {"document_no": "批量〔2023〕1号", "line_no": str(line), "project_key": key,
            "amount_fen": 12_000_00 + line}
            for line, key in enumerate(keys, start=1)
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def hits(request):
    """How often each point was struck, printed when all are through."""
    struck: Counter[str] = Counter()
    yield struck
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        sys.stdout.write("\nkill -9 hits per fault point: ")
        sys.stdout.write(", ".join(f"{point} {struck[point]}" for point in faults.POINTS) + "\n")


def environment(**changed: str) -> dict[str, str]:
    """A process as an office would start it: not under test, with the home's keys."""
    kept = {name: value for name, value in os.environ.items() if name not in ("SHANHAI_TEST", "DJANGO_SETTINGS_MODULE")}
    return kept | {"SHANHAI_HOME": str(settings.HOME.root), "SHANHAI_KEYS": str(settings.HOME.keys)} | changed


def run(*arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "shanhai.cli", *arguments], env=environment(**changed), capture_output=True, text=True,
         check=False,
        timeout=120,
    )  # fmt: skip


def loaded_here(office, path: Path, today: date):
    """The same load in this process."""
    with transaction.atomic():
        actor = office.sign_in("operator", reach="all")
        return load(Order([(path.name, path)]), actor=actor, today=today)


def standing(office) -> tuple[dict[str, int], int, int]:
    """Rows by table, acts and entries, as the administrator sees them."""
    with psycopg.connect(office.urls.admin) as admin:
        counted = {
            table: admin.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in (*TABLES, "funds_posting")
        }
        acts, entries = (
            admin.execute(f"SELECT count(*) FROM journal_{table}").fetchone()[0] for table in ("act", "entry")
        )
    return counted, acts, entries


def proven() -> list[str]:
    return [finding.code for finding in verify()[1]]


def test_every_point_there_is_is_struck():
    assert {point.partition(":")[0] for point in STRUCK} == set(faults.POINTS)


@pytest.mark.parametrize("point", STRUCK)
def test_a_load_killed_here_is_kept_whole_or_not_at_all(committed, tmp_path, today, hits, point):
    rows = programme()
    begun = write(
        tmp_path / "开始.xlsx", {name: rows[name] for name in ("reference.pairing", "funds.source", "funds.issue")}
    )
    assert loaded_here(committed, begun, today).saved
    before, acts, entries = standing(committed)
    path = write(tmp_path / "批量.xlsx", bulk())
    new = {"projects_project": PROJECTS, "projects_milestone": PROJECTS * len(_STEPS), "funds_allocation": PROJECTS}
    connections.close_all()

    killed = run(
        "load", str(path), SHANHAI_FAULT=point, DATABASE_URL=committed.urls.web, DATABASE_OWNER_URL=committed.urls.owner
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    hits[point.partition(":")[0]] += 1

    nothing = (before, acts, entries)
    everything = (
        before | new | {"funds_posting": before["funds_posting"] + 2 * PROJECTS},
        acts + 1,
        entries + sum(new.values()),
    )
    found = standing(committed)
    assert found in (nothing, everything)
    kept = "everything" if found == everything else "nothing"
    assert STRUCK[point] in (kept, None)
    assert set(proven()) <= {"journal.heads_unsigned"}

    again = loaded_here(committed, path, today)
    assert [str(finding) for finding in again.findings] == []
    assert again.saved == (kept == "nothing")
    assert standing(committed) == everything
    signing.sign_new_heads()
    assert proven() == []
    assert not loaded_here(committed, path, today).saved


def test_a_load_killed_together_with_its_database_is_not_kept_and_completes_afterwards(
    tmp_path, monkeypatch, today, hits
):
    """A home of its own, made durable as an office's is; the machine's plug is pulled: client and server die at once."""
    home = Home.at(tmp_path / "var")
    monkeypatch.setattr(settings, "HOME", home)
    rows = programme()
    begun = write(
        tmp_path / "开始.xlsx", {name: rows[name] for name in ("reference.pairing", "funds.source", "funds.issue")}
    )
    path = write(tmp_path / "批量.xlsx", bulk(40))
    try:
        first = run("load", str(begun))
        assert first.returncode == 0, first.stdout + first.stderr
        assert run("load", str(path), SHANHAI_FAULT="sheet.saved:2").returncode == -signal.SIGKILL
        hits["sheet.saved"] += 1
        os.kill(int((home.cluster / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
        again = run("load", str(path), "--json")
        assert again.returncode == 0, again.stdout + again.stderr
        assert json.loads(again.stdout)["saved"]
        proof = run("verify")
        assert proof.returncode == 0, proof.stdout + proof.stderr
    finally:
        Cluster(home).stop()


def test_the_pairing_of_the_loads_is_the_one_of_the_programme():
    assert {row["scope_code"] for rows in bulk(2).values() for row in rows} == {PAIRING}
