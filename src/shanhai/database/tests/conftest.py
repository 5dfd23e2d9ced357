"""Homes and servers for the tests of the database."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from shanhai.database import Cluster, Connections, Home, server
from shanhai.database.testing import cluster_for_tests, fresh_database, quick_place


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder with a short path, so that a socket fits into it."""
    folder = Path(tempfile.mkdtemp(prefix="sh-", dir=quick_place()))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "SHANHAI_HOME", "SHANHAI_KEYS"):
        monkeypatch.delenv(name, raising=False)
    home = Home.at(place / "var")
    yield home
    server.end(home)


@pytest.fixture(scope="session")
def finished() -> Iterator[Home]:
    """A home as its first start leaves it, stopped; to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="sh-", dir=quick_place()))
    home = Home.at(folder / "var")
    cluster = Cluster(home, durable=False)
    cluster.start()
    cluster.stop()
    yield home
    shutil.rmtree(folder)


@pytest.fixture
def office(home: Home, finished: Home) -> Cluster:
    """A started database of its own."""
    shutil.copytree(finished.cluster, home.cluster)
    shutil.copytree(finished.keys, home.keys)
    for folder in (home.root, home.cluster, home.keys):
        folder.chmod(0o700)
    cluster = Cluster(home, durable=False)
    cluster.start()
    return cluster


@pytest.fixture(scope="session")
def shared_connections() -> Connections:
    """One database for all tests that leave roles and settings as they are."""
    return fresh_database(cluster_for_tests(), "database_tests")


@pytest.fixture
def connect(shared_connections: Connections) -> Iterator[Callable[[str], psycopg.Connection]]:
    opened: list[psycopg.Connection] = []

    def open_as(role: str) -> psycopg.Connection:
        opened.append(psycopg.connect(shared_connections.require(role), autocommit=True))
        return opened[-1]

    yield open_as
    for connection in opened:
        connection.close()


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may become somebody else")
