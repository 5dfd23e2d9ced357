"""The test house: a home of its own, one PostgreSQL for the run, and people who may do what their roles say.

Nothing of the database starts before a test asks for it. Tests of records use `db` (their own transaction, taken back)
and `acting`, which signs somebody in inside it. Tests that must commit, kill or break things use `committed`: a whole
database of their own, copied from the migrated one, because a journal cannot be emptied.
"""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(tempfile.mkdtemp(prefix=f"shanhai-tests-{os.getpid()}-home-"))
_MINE = os.getpid()
for _name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "SHANHAI_KEYS", "SHANHAI_FAULT"):
    os.environ.pop(_name, None)
# Playwright leaves its event loop running in this thread while a browser is open; Django would take every test for async.
os.environ |= {
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    "SHANHAI_TEST": "1",
    "SHANHAI_HOME": str(_FOLDER / "var"),
    "DJANGO_SETTINGS_MODULE": "shanhai.settings",
}


@atexit.register
def _remove_home() -> None:
    if os.getpid() == _MINE:
        shutil.rmtree(_FOLDER, ignore_errors=True)


sys.path.insert(0, str(Path(__file__).parent / "tools"))
from compile_messages import compile_stale  # noqa: E402

compile_stale()

import django  # noqa: E402 - the environment above decides which settings there are
import polars  # noqa: E402
import psycopg  # noqa: E402

from shanhai.database import Connections, home_from_environment  # noqa: E402
from shanhai.database.keys import ensure_secrets  # noqa: E402
from shanhai.database.roles import database_statements  # noqa: E402
from shanhai.database.testing import cluster_for_tests, fresh_database  # noqa: E402

ensure_secrets(home_from_environment())
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from psycopg.conninfo import conninfo_to_dict  # noqa: E402

from shanhai.access import sessions  # noqa: E402
from shanhai.access.models import User  # noqa: E402
from shanhai.access.sessions import Actor  # noqa: E402
from shanhai.cli import showing, starting  # noqa: E402
from shanhai.database.home import Home  # noqa: E402
from shanhai.journal import actions, signing  # noqa: E402
from shanhai.journal.acts import ActKind  # noqa: E402
from shanhai.loading.executing import Order, load  # noqa: E402
from shanhai.loading.tests.programme import programme, write  # noqa: E402
from shanhai.reference.models import Pairing  # noqa: E402

_PAIR = ActKind("house.tests.paired", "登记结对关系", ("operator",))
BUILT, SHARED = "house_built", "house_shared"
PAIRING, OTHER, PROVINCES, FUND = "331081-511381", "330282-513324", "330000-510000", "FUND-511381"
#: code, kind, scheme, level, east, west, example
_SCOPES = (
    (PAIRING, "pairing", "east_west", "county", "331081", "511381", True),
    (OTHER, "pairing", "east_west", "county", "330282", "513324", False),
    (PROVINCES, "pairing", "east_west", "province", "330000", "510000", False),
    (FUND, "region_fund", "own_fund", "county", "", "511381", False),
)  # fmt: skip


@dataclass(slots=True)
class Office:
    """A database with its scopes and accounts: what a test may ask of the house."""

    urls: Connections
    scopes: dict[str, int]
    loaded: list[dict[str, Any]] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)

    def account(self, role: str, **grant: Any) -> str:
        """The name of an account with one grant, made on first use; a scope's code, else the region or everything."""
        side, scope, region = grant.get("side", "any"), grant.get("scope", PAIRING), grant.get("region", "")
        reach = grant.get("reach") or ("region" if region else "scope")
        name = "-".join(part for part in (role, side, reach, region or (scope if reach == "scope" else "")) if part)
        if name not in self._known:
            granted = (role, reach, self.scopes[scope] if reach == "scope" else None, region, side)
            with psycopg.connect(self.urls.owner, autocommit=True) as owner:
                _add_account(owner, name, granted)
            self._known.add(name)
        return name

    def sign_in(self, role: str, **grant: Any) -> Actor:
        """Sign the account in within the transaction that is open; answers the actor as the database knows them."""
        user = User.objects.get(username=self.account(role, **grant))
        sessions.carry(sessions.open_session(user.pk))
        actor = sessions.actor_of_session()
        assert actor is not None
        return actor


def _add_account(owner: "psycopg.Connection", name: str, granted: tuple[Any, ...]) -> None:
    found = owner.execute(
        "INSERT INTO access_user (username, display_name, password, is_active) VALUES (%s, %s, '!', true)"
        " ON CONFLICT (username) DO NOTHING RETURNING id",
        (name, f"示例 {name}"),
    ).fetchone()
    if found:
        owner.execute(
            "INSERT INTO access_grant (user_id, role, reach, scope_id, region_code, side)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            (found[0], *granted),
        )


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say in which order the tests ran, so that a failure of that order can be had again."""
    if terminalreporter.stats.get("failed") or terminalreporter.stats.get("error"):
        terminalreporter.write_line(f"the same order again: --randomly-seed={config.getoption('randomly_seed')}")


@pytest.fixture(scope="session")
def built(django_db_blocker: Any) -> Connections:
    """The migrated database everything is copied from: reference data, four scopes, the operator; no records."""
    cluster = cluster_for_tests()
    urls = fresh_database(cluster, BUILT)
    with django_db_blocker.unblock(), _pointing(urls):
        starting._migrate(urls)
        with connections["owner"].cursor() as cursor:
            cursor.executemany(
                "INSERT INTO reference_scope"
                " (code, name, kind, scheme, level, east_code, west_code, is_example, is_notice)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, false)",
                [(code, f"范围 {code}", *rest) for code, *rest in _SCOPES],
            )
    return urls


def _point_at(urls: Connections) -> None:
    """Let Django's two connections lead to this database."""
    for alias, url in (("default", urls.web), ("owner", urls.owner)):
        connections[alias].close()
        parts = conninfo_to_dict(url)
        connections[alias].settings_dict.update(
            NAME=parts["dbname"],
            USER=parts["user"],
            PASSWORD=parts["password"],
            HOST=parts["host"],
            PORT=str(parts["port"]),
        )


@contextmanager
def _pointing(urls: Connections) -> Iterator[None]:
    """Lead Django's connections to this database for a while, then back where they led."""
    before = {alias: dict(connections[alias].settings_dict) for alias in ("default", "owner")}
    _point_at(urls)
    try:
        yield
    finally:
        for alias, known in before.items():
            connections[alias].close()
            connections[alias].settings_dict.update(known)


_COPIED: set[str] = set()


def _copy(name: str, *, passing: bool = False) -> Office:
    """A database of this name as the built one stands; only a `passing` one may be made again, over the old one."""
    assert passing or name not in _COPIED, f"two fixtures make the database {name}: the second would empty the first"
    _COPIED.add(name)
    cluster = cluster_for_tests()
    with psycopg.connect(cluster.url("admin", database="postgres"), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {BUILT} STRATEGY FILE_COPY")
    with psycopg.connect(cluster.url("admin", database=name), autocommit=True) as admin:
        for statement in database_statements(name):
            admin.execute(statement)
        scopes = dict(admin.execute("SELECT code, id FROM reference_scope").fetchall())
    web, owner, admin_url = (cluster.url(role, database=name) for role in ("web", "owner", "admin"))
    return Office(Connections(web=web, owner=owner, admin=admin_url), scopes)


@pytest.fixture(scope="session")
def shared_office(built: Connections) -> Office:
    """The database of all tests that take back what they did."""
    return _copy(SHARED)


@pytest.fixture(scope="session")
def django_db_setup(shared_office: Office, django_db_blocker: Any) -> None:
    """pytest-django's hook: its `db` works in the shared database as the web role."""
    with django_db_blocker.unblock():
        _point_at(shared_office.urls)


@pytest.fixture
def office(db: None, shared_office: Office) -> Office:
    """The shared database inside the test's own transaction."""
    return shared_office


@pytest.fixture
def acting(office: Office) -> Callable[..., Actor]:
    """Sign somebody in: `acting("finance", side="west")`; further words: scope=, region=, reach="all"."""
    return office.sign_in


@pytest.fixture
def paired(acting: Callable[..., Actor], office: Office) -> Callable[..., None]:
    """Register the rounds of the example pairing, each by its first day and its last: `paired((date(2021, 6, 1), None))`."""

    def registered(*rounds: tuple[date, date | None]) -> None:
        rows = [
            {"key": f"{PAIRING}/JD-{number}", "level": "county", "round_no": number, "east_code": "331081", "west_code": "511381",
             "first_on": first, "last_on": last, "is_example": True}
            for number, (first, last) in enumerate(rounds, start=1)
        ]  # fmt: skip
        frame = polars.DataFrame(rows, schema_overrides={"last_on": polars.Date})
        actor, scope = acting("operator", reach="all"), office.scopes[PAIRING]
        with actions.act(_PAIR, author=actor.author, scope_id=scope) as opened:
            actions.record(Pairing, frame, under=opened, setting=actions.Setting(scope, "east"))

    return registered


@pytest.fixture(scope="session")
def programme_office(built: Connections, django_db_blocker: Any) -> Office:
    """A database with the small programme of `loading.tests.programme` loaded into it."""
    office = _copy("house_programme")
    path = write(_FOLDER / "programme.xlsx", programme())
    with django_db_blocker.unblock(), _pointing(office.urls), transaction.atomic():
        outcome = load(
            Order([(path.name, path)]), actor=office.sign_in("operator", reach="all"), today=date(2024, 7, 1)
        )
    assert outcome.saved, [str(finding) for finding in outcome.findings]
    return office


@pytest.fixture
def programme_loaded(programme_office: Office, django_db_blocker: Any) -> Iterator[Office]:
    """The small programme, in a transaction that is taken back; nobody is signed in yet."""
    with django_db_blocker.unblock(), _pointing(programme_office.urls), transaction.atomic():
        yield programme_office
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def example_office(built: Connections, django_db_blocker: Any) -> Office:
    """A database with the example's workbooks and its notices loaded, as the demo loads them."""
    office = _copy("house_example")
    with django_db_blocker.unblock(), _pointing(office.urls):
        office.loaded = showing.load_examples(Path(__file__).parent / "examples")
    return office


@pytest.fixture
def example_loaded(example_office: Office, django_db_blocker: Any) -> Iterator[Office]:
    """The example, seen by its operator, in a transaction that is taken back."""
    with django_db_blocker.unblock(), _pointing(example_office.urls), transaction.atomic():
        example_office.sign_in("operator", reach="all")
        yield example_office
        transaction.set_rollback(True)


@pytest.fixture
def committed(
    built: Connections, django_db_blocker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """A database of the test's own in which commits stay, with its own file of signed heads; gone afterwards."""
    office = _copy("house_own", passing=True)
    monkeypatch.setattr(settings, "HOME", Home.at(tmp_path / "var", settings.HOME.keys))
    monkeypatch.setattr(actions, "after_commit", [signing.sign_new_heads])
    with django_db_blocker.unblock(), _pointing(office.urls):
        yield office
    with psycopg.connect(cluster_for_tests().url("admin", database="postgres"), autocommit=True) as admin:
        admin.execute("DROP DATABASE house_own WITH (FORCE)")


@pytest.fixture
def today() -> date:
    """The day on which tests of records take place."""
    return date(2024, 7, 1)
