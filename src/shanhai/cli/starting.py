"""From nothing to a running home: the database started, secrets made, tables and walls built, reference loaded."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from shanhai.database import Cluster, Home, home_from_environment
from shanhai.database.connections import Connections, external_connections
from shanhai.database.keys import ensure_secrets
from shanhai.database.roles import journal_membership
from shanhai.reference import loading

OPERATOR = "operator"


@cache
def start() -> Home:
    """Start or attach to the database and set Django up; a home that is new is prepared first."""
    home = home_from_environment()
    reached = external_connections() or Cluster(home).start()
    ensure_secrets(home)
    django.setup()
    if _unmigrated() or _late("shanhai.access.walls").open_tables():
        _migrate(reached)
    _inspect()
    return home


@contextmanager
def scratch_home() -> Iterator[None]:
    """A home in a temporary folder, with a database of its own, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="shanhai-bench-", ignore_cleanup_errors=True) as folder:
        os.environ["SHANHAI_HOME"] = f"{folder}/var"
        os.environ.pop("DATABASE_URL", None)
        try:
            yield
        finally:
            Cluster(home_from_environment()).stop()


def _unmigrated() -> bool:
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrate(reached: Connections) -> None:
    """Run the migrations as the owner, who is of the journal's role only meanwhile; then load what comes with the program."""
    reached.require("owner")
    if reached.admin:
        with psycopg.connect(reached.admin, autocommit=True) as admin, journal_membership(admin):
            call_command("migrate", database="owner", verbosity=0)
    else:
        call_command("migrate", database="owner", verbosity=0)
    _load_reference()
    _keep_secret()


def _inspect() -> None:
    walls = _late("shanhai.access.walls")
    walls.inspect()
    _late("shanhai.journal.signing").sign_new_heads()
    hooks = _late("shanhai.journal.actions").after_commit
    if not hooks:
        hooks.append(_late("shanhai.journal.signing").sign_new_heads)


def _late(module: str) -> Any:
    """A module that can be imported only once Django is set up, which is what this module is for."""
    return import_module(module)


def _load_reference() -> None:
    regions = [
        {
            "code": region.code, "name": region.name, "level": region.level, "parent_code": region.parent_code,
            "first_on": region.first_on, "last_on": region.last_on, "successor_code": region.successor_code, "note": region.note,
        }
        for region in loading.load_regions()
    ]  # fmt: skip
    days = [{"day_on": day.day, "kind": day.kind, "name": day.name} for day in loading.load_calendar_days()]
    _late("shanhai.reference.actions").load_reference("owner", regions=regions, days=days)


def _keep_secret() -> None:
    """Give the database its half of the session secret, and the operator an account that no password opens."""
    accounts = _late("shanhai.access.actions")
    accounts.keep_secret("owner", settings.SESSION_SECRET)
    if OPERATOR not in accounts.account_names("owner"):
        add_user(OPERATOR, "管理员", password=None, grants=[{"role": "operator", "reach": "all", "side": "any"}])


def add_user(username: str, name: str, *, password: str | None, grants: list[dict[str, Any]]) -> None:
    """Make an account with its grants over the owner's connection; one without a password works on the command line alone."""
    hashed = _late("django.contrib.auth.hashers").make_password(password or None)
    _late("shanhai.access.actions").add_account("owner", username=username, name=name, hashed=hashed, grants=grants)
