"""A server for tests: one for the whole run, in a temporary folder, gone at its end."""

import atexit
import functools
import os
import shutil
import tempfile
from pathlib import Path

import psycopg

from shanhai.database.cluster import Cluster
from shanhai.database.connections import Connections
from shanhai.database.home import Home
from shanhai.database.roles import create_database, database_statements
from shanhai.database.settings import SHARED_MEMORY

PREFIX = "shanhai-tests-"


@functools.cache
def cluster_for_tests() -> Cluster:
    """The server of this test run, started on first use; a power cut may destroy it, which makes it fast.

    What an earlier run left, because it was killed, is ended and removed first.
    """
    _remove_left(quick_place())
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=quick_place()))
    cluster = Cluster(Home.at(folder / "var"), durable=False)
    atexit.register(_remove, cluster)
    cluster.start()
    return cluster


def quick_place() -> Path:
    """Where test servers lie: in memory where there is plenty, for a cluster is a thousand files to make and remove."""
    if os.access(SHARED_MEMORY, os.W_OK) and shutil.disk_usage(SHARED_MEMORY).free >= 4 << 30:
        return SHARED_MEMORY
    return Path(tempfile.gettempdir())


def fresh_database(cluster: Cluster, name: str) -> Connections:
    """An empty database of this name with roles and rights as in an office; an older one of the name is dropped."""
    with psycopg.connect(cluster.url("admin", database="postgres"), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        create_database(admin, name)
    with psycopg.connect(cluster.url("admin", database=name), autocommit=True) as admin:
        for statement in database_statements(name):
            admin.execute(statement)
    web, owner, admin_url = (cluster.url(role, database=name) for role in ("web", "owner", "admin"))
    return Connections(web=web, owner=owner, admin=admin_url)


def _remove(cluster: Cluster) -> None:
    cluster.stop()
    shutil.rmtree(cluster.home.root.parent, ignore_errors=True)


def _remove_left(place: Path) -> None:
    for folder in place.glob(f"{PREFIX}*-*"):
        number = folder.name.removeprefix(PREFIX).split("-")[0]
        mine = folder.stat().st_uid == os.geteuid()
        if mine and number.isdigit() and not Path("/proc", number).exists() and Path("/proc/self").exists():
            _remove(Cluster(Home.at(folder / "var"), durable=False))
