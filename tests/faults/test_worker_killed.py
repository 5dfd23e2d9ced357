"""The worker killed with kill -9 while it saves a delivery: nothing is half saved, and the next worker completes it."""

import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from types import SimpleNamespace

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.utils import timezone
from killing import PROJECTS, TABLES, bulk, environment, loaded_here, proven, standing

from shanhai.journal import faults, signing
from shanhai.loading.tests.programme import programme, write
from shanhai.web import job_states, job_work, jobs, keeping
from shanhai.web.trying import SAVE, TRY

pytestmark = [pytest.mark.fault, pytest.mark.slow]

#: Where the worker is struck while it saves, and what stands afterwards (None: one or the other): the worker's own
#: points, and of those of a load, all of which test_kill strikes, one in each stage that a worker may be taken over in.
STRUCK = {
    "job.begun": "nothing", "load.begun": "nothing", "statement.running:2": None, "act.closing": "nothing",
    "act.committed": "everything", "head.signing:2": "everything", "job.done": "everything", "job.kept": "everything",
}  # fmt: skip
#: Seconds after which what is waited for will not come any more, on a machine that does much else.
LONG = 300
NO_REASONS = {"correction": "", "difference": ""}


@pytest.fixture(scope="module")
def hits(request):
    struck: Counter[str] = Counter()
    yield struck
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        points = ", ".join(f"{point} {times}" for point, times in sorted(struck.items()))
        sys.stdout.write(f"\nkill -9 hits of the worker per fault point: {points}\n")


@pytest.fixture
def sent(committed, tmp_path, today):
    """A delivery of some hundred rows, its sender, the environment of a worker; and how it is asked for."""
    rows = programme()
    begun = {name: rows[name] for name in ("reference.pairing", "funds.source", "funds.issue")}
    assert loaded_here(committed, write(tmp_path / "开始.xlsx", begun), today).saved
    path = write(tmp_path / "批量.xlsx", bulk())
    with transaction.atomic():
        actor = committed.sign_in("operator", reach="all")
        delivery = keeping.keep(actor, [SimpleUploadedFile(path.name, path.read_bytes())], now=timezone.now())

    def ask(name=SAVE, **given):
        with transaction.atomic():
            assert jobs.start(actor, delivery, name, **given)
        connections.close_all()

    urls = {"DATABASE_URL": committed.urls.web, "DATABASE_OWNER_URL": committed.urls.owner}
    return SimpleNamespace(office=committed, actor=actor, delivery=delivery, ask=ask, urls=urls, path=path)


@contextmanager
def worker(**changed):
    """A worker; gone afterwards, for one left behind would take up the work of the next test."""
    process = subprocess.Popen(
        [sys.executable, "-m", "shanhai.cli", "worker"],
        env=environment(**changed),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def killed(sent, point):
    """A worker runs until it is struck at the point."""
    with worker(SHANHAI_FAULT=point, **sent.urls) as struck:
        said, _ = struck.communicate(timeout=LONG)
    assert struck.returncode == -signal.SIGKILL, said.decode()


def settled(sent):
    """A worker runs until the work has ended, and is then asked to end, which it does with 0."""
    with worker(**sent.urls) as process:
        until = time.monotonic() + LONG
        while (state := job_states.state_of(sent.delivery)) and state.active and time.monotonic() < until:
            assert process.poll() is None, process.communicate()[0].decode()
            time.sleep(0.05)
        process.terminate()
        said, _ = process.communicate(timeout=LONG)
    assert process.returncode == 0, said.decode()
    return state


def everything(before, acts, entries):
    """What stands once the delivery is saved, and once only."""
    new = dict(zip(TABLES, (PROJECTS, 3 * PROJECTS, PROJECTS), strict=True))
    posted = {"funds_posting": before["funds_posting"] + 2 * PROJECTS}
    return before | new | posted, acts + 1, entries + sum(new.values())


def test_every_point_of_the_worker_is_struck():
    struck = {point.partition(":")[0] for point in STRUCK}
    assert set(faults.JOB_POINTS) <= struck <= {*faults.POINTS, *faults.JOB_POINTS}


@pytest.mark.parametrize("point", STRUCK)
def test_a_save_whose_worker_is_killed_here_is_whole_or_not_there_and_the_next_worker_completes_it(sent, hits, point):
    nothing = standing(sent.office)
    whole = everything(*nothing)
    sent.ask(**NO_REASONS)
    killed(sent, point)
    hits[point.partition(":")[0]] += 1
    found = standing(sent.office)
    assert found in (nothing, whole)
    assert STRUCK[point] in ("everything" if found == whole else "nothing", None)
    assert job_states.state_of(sent.delivery).active
    assert sent.delivery.answer().get("saved", False) == (point == "job.kept")

    state = settled(sent)
    assert (state.phase, state.sentence) == ("done", "")
    assert standing(sent.office) == whole
    answer = sent.delivery.answer()
    assert answer["saved"]
    assert answer["verdict"].startswith("已保存：")
    assert f"共 {5 * PROJECTS} 条" in answer["act"]["entries"]
    assert not sent.delivery.open
    signing.sign_new_heads()
    assert proven() == []


def test_a_try_whose_worker_is_killed_is_tried_again_and_saves_nothing(sent, hits):
    nothing = standing(sent.office)
    sent.ask(TRY)
    killed(sent, "sheet.saved")
    hits["sheet.saved"] += 1
    assert settled(sent).phase == "done"
    answer = sent.delivery.answer()
    assert answer["confirm"]
    assert not answer["saved"]
    assert sent.delivery.open
    assert standing(sent.office) == nothing


def test_work_that_kills_its_worker_three_times_is_given_up_with_a_sentence(sent, hits):
    nothing = standing(sent.office)
    sent.ask(**NO_REASONS)
    for _ in range(job_work.TIMES):
        killed(sent, "load.begun")
        hits["load.begun"] += 1
    state = settled(sent)
    assert state.phase == "failed"
    assert "没有保存任何内容" in state.sentence
    assert standing(sent.office) == nothing


def test_a_second_worker_waits_while_the_first_lives(sent):
    with worker(**sent.urls) as first, worker(**sent.urls) as second:
        sent.ask(TRY)
        until = time.monotonic() + LONG
        while job_states.state_of(sent.delivery).active and time.monotonic() < until:
            time.sleep(0.05)
        with psycopg.connect(sent.office.urls.admin) as admin:
            (working,) = admin.execute("SELECT count(*) FROM procrastinate_workers").fetchone()
            (held,) = admin.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted").fetchone()
        assert (working, held) == (1, 1)
        for process in (first, second):
            process.terminate()
        assert [process.wait(timeout=LONG) for process in (first, second)] == [0, 0]


@pytest.mark.parametrize("seen", [1, 3, 4, 5])
def test_a_worker_asked_to_end_while_it_begins_ends(sent, seen):
    """At the moments at which it holds its lock and has so many connections: of the lock, and of the pool it opens."""
    begun = """
        SELECT CASE WHEN EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted) THEN count(*) ELSE 0 END
        FROM pg_stat_activity WHERE datname = current_database() AND usename = 'shanhai_web'
    """
    with worker(**sent.urls) as process, psycopg.connect(sent.office.urls.admin, autocommit=True) as admin:
        until = time.monotonic() + LONG
        while admin.execute(begun).fetchone()[0] < seen:
            assert time.monotonic() < until
            time.sleep(0.001)
        process.terminate()
        assert process.wait(timeout=120) == 0
