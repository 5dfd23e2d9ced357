"""A load killed with kill -9 at every fault point: all of it is kept or none, and the same load again completes."""

import json
import os
import signal
import sys
from collections import Counter

import pytest
from django.conf import settings
from django.db import connections
from killing import PROJECTS, STEPS, bulk, loaded_here, proven, run, standing

from shanhai.database import Cluster, Home
from shanhai.journal import faults, signing
from shanhai.loading.tests.programme import PAIRING, programme, write

pytestmark = [pytest.mark.fault, pytest.mark.slow]

#: Every point, some of them at a later passing; and what stands afterwards (None: one or the other). The first
#: signing is at the start of the process, before the load.
STRUCK = {
    "load.begun": "nothing", "act.opened": "nothing", "rows.copying:2": "nothing", "rows.staged:3": "nothing",
    "statement.running:2": None,
    "records.written:3": "nothing", "sheet.saved": "nothing", "act.closing": "nothing", "act.committed": "everything",
    "head.signing:2": "everything", "act.signed": "everything",
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
    new = {"projects_project": PROJECTS, "projects_milestone": PROJECTS * len(STEPS), "funds_allocation": PROJECTS}
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
