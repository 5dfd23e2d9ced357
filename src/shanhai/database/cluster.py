"""The database of one data folder: started when needed, attached to when it runs, stopped when told."""

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg

from shanhai.database import bootstrap, locking, programs, server
from shanhai.database.connections import Connections, external_connections, socket_url, unreachable
from shanhai.database.home import Home, fits_a_socket, private_folder
from shanhai.database.nonroot import Way, way_for
from shanhai.database.passwords import ensure_passwords, read_password
from shanhai.database.refusals import unavailable
from shanhai.database.replacing import finish_replacement
from shanhai.database.roles import DATABASE, end_forgotten_membership
from shanhai.database.settings import write_settings


class Cluster:
    """The embedded PostgreSQL of a home.

    A started server outlives the command that started it, so that the next command finds it ready; `stop` ends it.
    """

    def __init__(self, home: Home, *, durable: bool = True) -> None:
        """`durable=False` trades safety on power loss for speed, and is for tests only."""
        self.home = home
        self.durable = durable

    def start(self) -> Connections:
        """Make the database on first use, start it where it does not run, and answer how to reach it.

        Raises DatabaseUnavailable, having changed nothing, where that cannot be done.
        """
        home = self.home
        if not server.answers(home):
            make_folder(home.root)
            with _translated(home), locking.held(home.lock):
                if not server.answers(home):
                    self._start_alone()
        self._take_back()
        return self.connections()

    def stop(self) -> None:
        """Stop the server where it runs; what was committed is kept."""
        if self.home.root.exists():
            with _translated(self.home), locking.held(self.home.lock):
                server.end(self.home)

    def url(self, role: str, *, database: str = DATABASE) -> str:
        """The connection string of 'web', 'owner' or 'admin'."""
        password = read_password(self.home, role)
        return socket_url(role, password=password, folder=self.home.socket_folder, database=database)

    def connections(self) -> Connections:
        """The connection strings of all roles, whether the server runs or not."""
        return Connections(web=self.url("web"), owner=self.url("owner"), admin=self.url("admin"))

    def _start_alone(self) -> None:
        home = self.home
        finish_replacement(home)
        bootstrap.remove_unfinished(home)
        if home.cluster.exists():
            check_cluster(home)
        way = way_for(home)
        self._open_to(way)
        if not home.cluster.exists():
            ensure_passwords(home)
            bootstrap.make_cluster(home, way, durable=self.durable)
        read_password(home, "admin")
        way.hand_over(home.cluster)
        if server.out_of_reach(home):
            server.end(home)
        running = server.process_of(home)
        if running is not None and server.becomes_ready(home, running):
            return
        write_settings(home.cluster, durable=self.durable)
        server.clear_traces(home)
        server.launch(home, way)

    def _open_to(self, way: Way) -> None:
        """Make the folder of the socket and give it to the server's user."""
        home = self.home
        folder = home.socket_folder
        if not fits_a_socket(home.root / "run"):
            home.socket_record.write_text(f"{folder}\n", encoding="utf-8")
        private_folder(folder, owner=way.file_owner)
        if way.file_owner != os.geteuid():
            os.chown(folder, way.uid, way.gid)

    def _take_back(self) -> None:
        """Prove that the keys fit the data, and end a right that a killed migration left."""
        try:
            with psycopg.connect(self.url("admin"), autocommit=True, connect_timeout=10) as admin:
                end_forgotten_membership(admin)
        except psycopg.OperationalError as error:
            raise unreachable(error, where=f"{self.home.root} 中的数据库") from error


def connections(home: Home) -> Connections:
    """How to reach the database: DATABASE_URL and DATABASE_OWNER_URL where set, else the home's own, started here."""
    return external_connections() or Cluster(home).start()


def check_cluster(home: Home) -> None:
    """Refuse to touch a cluster that is not whole, not ours, or of another major version."""
    cluster = home.cluster
    try:
        found = int((cluster / "PG_VERSION").read_text(encoding="ascii").strip())
        made = json.loads((cluster / bootstrap.MARK).read_text(encoding="utf-8"))
    except PermissionError:
        return
    except (OSError, ValueError) as error:
        lacking = Path(getattr(error, "filename", None) or "PG_VERSION").name
        raise unavailable(
            f"{cluster} 不是本系统建立的数据库（{lacking} 缺失或不可读）",
            expected="空的数据文件夹，或本系统建立的数据文件夹",
            to_do="把 SHANHAI_HOME 指向别处；如数据确已损坏，请从备份恢复（restore）。该文件夹没有改动",
        ) from error
    ours = programs.major_version()
    if found != ours or made.get("format") != 1:
        raise unavailable(
            f"{home.root} 中的数据由 PostgreSQL 第 {found} 版写成",
            expected=f"第 {ours} 版（当前软件自带）",
            to_do=(
                "用写成它的那一版软件执行 backup 得到备份文件，再把 SHANHAI_HOME 指向一个新文件夹，"
                "用当前软件执行 restore。该文件夹没有改动"
            ),
        )


def make_folder(root: Path) -> None:
    """Make the data folder where there is none; raises DatabaseUnavailable where that is not allowed."""
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unavailable(
            f"建不了数据文件夹 {root}（{error.strerror}）",
            expected="可写的位置",
            to_do="把 SHANHAI_HOME 指向可写的文件夹后再试",
        ) from error


@contextlib.contextmanager
def _translated(home: Home) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence."""
    try:
        yield
    except OSError as error:
        said = f"{error.filename or ''} {os.strerror(error.errno) if error.errno else error}".strip()
        raise bootstrap.failed("使用数据文件夹", said, home=home.root) from error
