"""The measures of the running site, in the format Prometheus reads: how much, how fast, how far; never who or what.

Each process counts for itself in a file of the folder PROMETHEUS_MULTIPROC_DIR; whichever process is asked adds them
up. What the database knows is asked when the measures are. Labels are words of the program: routes, codes, verdicts.
"""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric

from shanhai.check.checking import Checked
from shanhai.journal.signing import heads_file, last_signed
from shanhai.loading.executing import Outcome
from shanhai.web.metrics_folder import VARIABLE
from shanhai.web.proxies import from_this_machine
from shanhai.web.sessions import without_session

_OWN = CollectorRegistry()
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_QUERIES = (0, 1, 2, 4, 6, 8, 10, 12, 16, 24, 48, 100)
REQUESTS = Histogram(
    "shanhai_request_seconds", "Requests by route and status", ("route", "status"), buckets=_SECONDS, registry=_OWN
)
QUERIES = Histogram(
    "shanhai_request_queries", "SQL statements a request sent", ("route",), buckets=_QUERIES, registry=_OWN
)
LOADS = Counter("shanhai_loads", "Loads of workbooks by what came of them", ("outcome",), registry=_OWN)
FINDINGS = Counter("shanhai_findings", "Findings of loads", ("blocks",), registry=_OWN)
CHECKS = Counter("shanhai_checks", "Articles checked", registry=_OWN)
CLAIMS = Counter("shanhai_claims", "Claims of checked articles by verdict", ("verdict",), registry=_OWN)

#: What the database tells of itself: the measure, what it is, in the order of the columns below.
_STATE = (
    ("shanhai_sessions_open", "Sessions that are signed in"),
    ("shanhai_journal_loads", "Loads the journal holds, from pages and from the command line"),
    ("shanhai_journal_entries", "Entries of the journal"),
    ("shanhai_journal_links", "Links of the journal's chain"),
    ("shanhai_database_bytes", "Size of the database"),
)
_ASKED = """
    SELECT running.sessions_open, running.loads, chain.entries, chain.links, pg_database_size(current_database())
    FROM asking_running() AS running,
         (SELECT coalesce(sum(entry_count), 0) AS entries, coalesce(max(n), 0) AS links FROM journal_link) AS chain
"""
_QUEUE = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status"


def count_request(route: str, status: int, *, seconds: float, queries: int) -> None:
    """Note an answered request."""
    REQUESTS.labels(route, str(status)).observe(seconds)
    QUERIES.labels(route).observe(queries)


def count_load(outcome: Outcome) -> Outcome:
    """Note a load, tried or saved; answers it, so that it can be noted where it is made."""
    told = "blocked" if outcome.blocked else "saved" if outcome.saved else "tried"
    LOADS.labels(told).inc()
    for finding in outcome.findings:
        FINDINGS.labels("yes" if finding.blocks else "no").inc()
    return outcome


def count_check(checked: Checked) -> Checked:
    """Note an article that was checked; answers it."""
    CHECKS.inc()
    for judged in checked.judged:
        CLAIMS.labels(str(judged.verdict)).inc()
    return checked


class _State:
    """What the database and the data folder tell when they are asked."""

    def collect(self) -> Iterator[Metric]:
        """The measures; those of the database are left out while it cannot be reached."""
        yield GaugeMetricFamily("shanhai_disk_free_bytes", "Room left beside the data", shutil.disk_usage(_root()).free)
        if heads_file().exists():
            age = time.time() - heads_file().stat().st_mtime
            yield GaugeMetricFamily("shanhai_journal_last_signature_age_seconds", "Since a head was last signed", age)
        try:
            yield from _of_the_database()
        except DatabaseError:
            yield GaugeMetricFamily("shanhai_database_up", "Whether the database answers", 0)


def _root() -> Path:
    root: Path = settings.HOME.root
    return root


def _of_the_database() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        values = [float(value) for value in cursor.fetchone()]
        cursor.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
        queue = []
        if cursor.fetchone()[0]:
            cursor.execute(_QUEUE)
            queue = cursor.fetchall()
    yield GaugeMetricFamily("shanhai_database_up", "Whether the database answers", 1)
    for (name, told), value in zip(_STATE, values, strict=True):
        yield GaugeMetricFamily(name, told, value)
    unsigned = values[3] - last_signed()
    yield GaugeMetricFamily("shanhai_journal_unsigned_links", "Links whose head is not signed yet", max(0, unsigned))
    jobs = GaugeMetricFamily("shanhai_jobs", "Pieces of background work by state", labels=["state"])
    for state, number in queue:
        jobs.add_metric([state], number)
    yield jobs


def _everything() -> bytes:
    registry = _OWN
    if folder := os.environ.get(VARIABLE):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
    state = CollectorRegistry()
    state.register(_State())
    return bytes(generate_latest(registry) + generate_latest(state))


@without_session
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The measures, for this machine itself or for whoever brings the token; to others there is no such page."""
    if not (from_this_machine(request) or _brings_token(request)):
        return HttpResponse(status=404)
    return HttpResponse(_everything(), content_type=CONTENT_TYPE_LATEST)


def _brings_token(request: HttpRequest) -> bool:
    token: str = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    return bool(token) and secrets.compare_digest(given.encode(), f"Bearer {token}".encode())
