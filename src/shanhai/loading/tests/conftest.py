"""The operator's desk: load rows as workbooks, and look at what stands."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from shanhai.journal.models import Record
from shanhai.loading.executing import Order, Outcome, load
from shanhai.loading.tests.programme import write


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Any:
    """Where the test loads: beside the small programme where it asks for `loaded`, else where nothing is recorded."""
    return request.getfixturevalue("programme_loaded" if "loaded" in request.fixturenames else "office")


@pytest.fixture
def loading(place: Any, tmp_path: Path, today: date) -> Callable[..., Outcome]:
    """Load rows by record type, as the operator unless told otherwise; further words go into the order."""

    def done(rows: dict[str, Any], *, role: str = "operator", reach: str = "all", **order: Any) -> Outcome:
        side = order.pop("side", "any")
        actor = place.sign_in(role, side=side, reach=reach)
        path = write(tmp_path / "工作簿.xlsx", rows)
        return load(Order([(path.name, path)], **order), actor=actor, today=today)

    return done


@pytest.fixture
def loaded(place: Any) -> None:
    """The whole small programme stands, seen by somebody who may see all of it."""
    place.sign_in("operator", reach="all")


def record_tables() -> list[str]:
    """Every table of records, and the ledger's."""
    from django.apps import apps

    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, Record)]
    return sorted([*tables, "funds_posting", "funds_balance", "reference_personkey", "reference_scope"])


def counts() -> dict[str, int]:
    """Rows of every table a load could write to, journal and all."""
    found = {}
    with connection.cursor() as cursor:
        for table in (*record_tables(), "journal_act", "journal_entry", "journal_link"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


@pytest.fixture
def standing(place: Any) -> Callable[[], dict[str, int]]:
    """Count, as somebody who sees everything."""
    place.sign_in("operator", reach="all")
    return counts
