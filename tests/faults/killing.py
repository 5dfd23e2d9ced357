"""What the fault tests share: some hundred rows to load, commands as an office runs them, what stands afterwards."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import transaction

from shanhai.journal.verification import verify
from shanhai.loading.executing import Order, load
from shanhai.loading.tests.programme import programme

PROJECTS = 60
TABLES = ("projects_project", "projects_milestone", "funds_allocation")
STEPS = ("proposed", "library", "planned")


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
