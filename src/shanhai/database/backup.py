"""Everything of an office but the keys, in one file."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from shanhai.database import archive, programs, roles
from shanhai.database.bootstrap import failed
from shanhai.database.cluster import Cluster
from shanhai.database.connections import refuse_own_database
from shanhai.database.home import Home
from shanhai.database.passwords import read_password
from shanhai.database.refusals import unavailable
from shanhai.database.replacing import SET_ASIDE


@dataclass(frozen=True)
class Backup:
    """What a backup holds: the file, the moment of its database (ISO, with zone), bytes, and number of other files."""

    file: Path
    moment: str
    size: int
    files: int


def backup(home: Home, file: Path) -> Backup:
    """Write the database and the files of the data folder to one file (0600), without the keys.

    The file appears whole or not at all, and replaces only an older backup. Raises DatabaseUnavailable otherwise.
    """
    file = file.expanduser().absolute()
    refuse_own_database("备份")
    _check_target(home, file)
    if not home.cluster.exists():
        raise unavailable(
            f"{home.root} 中没有数据", expected="已使用过的数据文件夹", to_do="核对 SHANHAI_HOME，或先载入数据"
        )
    cluster = Cluster(home)
    cluster.start()
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".shanhai-") as folder:
            found = _write(cluster, part, Path(folder))
        part.rename(file)
    except OSError as error:
        raise failed("写备份", os.strerror(error.errno or 0), home=file.parent) from error
    finally:
        part.unlink(missing_ok=True)
    return Backup(file, found[0], file.stat().st_size, found[1])


def _check_target(home: Home, file: Path) -> None:
    if home.root in file.resolve().parents:
        raise unavailable(
            f"备份文件 {file} 在数据文件夹之内", expected="数据文件夹以外，最好是另一块磁盘", to_do="换一个位置"
        )
    if file.exists() and not archive.is_backup(file):
        raise unavailable(
            f"{file} 已存在，而且不是本系统的备份", expected="新文件名，或较早的备份文件", to_do="换一个文件名"
        )
    if not file.parent.is_dir():
        raise unavailable(f"文件夹 {file.parent} 不存在", expected="已有的文件夹", to_do="先建立该文件夹，或换一个位置")


def _write(cluster: Cluster, part: Path, folder: Path) -> tuple[str, int]:
    """Write the archive; answers the moment it shows and the number of files beside the database."""
    home = cluster.home
    with contextlib.closing(_snapshot_holder(cluster)) as holder:
        with _journal_still(cluster):
            snapshot, moment, dumped_by = _snapshot(holder)
            small = _copy_changing(home, folder / "changing")
        _dump(cluster, folder / archive.DUMP, snapshot)
    files = _files_of(home, small)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        writing = archive.Writing(target)
        writing.add(archive.DUMP, folder / archive.DUMP)
        for name, path in files.items():
            writing.add(f"{archive.FILES}{name}", path)
        writing.finish({"moment": moment, "postgresql": dumped_by, "home": home.root.name})
        target.flush()
        os.fsync(target.fileno())
    return moment, len(files)


def _snapshot_holder(cluster: Cluster) -> psycopg.Connection:
    holder = psycopg.connect(cluster.url("admin"))
    holder.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    holder.read_only = True
    return holder


def _snapshot(holder: psycopg.Connection) -> tuple[str, str, str]:
    row = holder.execute("SELECT pg_export_snapshot(), now()::text, current_setting('server_version')").fetchone()
    if row is None:
        raise RuntimeError("pg_export_snapshot gave no row")
    return str(row[0]), str(row[1]), str(row[2])


@contextlib.contextmanager
def _journal_still(cluster: Cluster) -> Iterator[None]:
    """Nobody writes to the journal meanwhile: what is signed outside the database must match what is dumped."""
    with psycopg.connect(cluster.url("admin")) as connection:
        tables = connection.execute(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = %s AND c.relkind IN ('r', 'p') ORDER BY c.oid",
            (roles.JOURNAL,),
        ).fetchall()
        for schema, table in tables:
            connection.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(sql.Identifier(schema, table)))
        yield


def _changing(home: Home) -> Iterator[Path]:
    """Files of the data folder that may be appended to; evidence is named by its content and never changes."""
    for path in sorted(home.root.iterdir()):
        if path.name not in home.volatile | SET_ASIDE | {home.evidence.name} and not path.name.startswith("cluster."):
            yield path


def _copy_changing(home: Home, into: Path) -> Path:
    into.mkdir()
    for path in _changing(home):
        if path.is_dir():
            shutil.copytree(path, into / path.name)
        elif path.is_file():
            shutil.copy2(path, into / path.name)
    return into


def _files_of(home: Home, small: Path) -> dict[str, Path]:
    """Every file to keep, by its name in the data folder."""
    found = {}
    for base, start in ((small, small), (home.root, home.evidence)):
        for path in sorted(start.rglob("*")) if start.exists() else ():
            if path.is_file() and not path.is_symlink():
                found[path.relative_to(base).as_posix()] = path
    return found


def _dump(cluster: Cluster, target: Path, snapshot: str) -> None:
    command = [programs.program("pg_dump"), "--format=custom", f"--snapshot={snapshot}", f"--file={target}"]
    answer = programs.run([*command, place_of(cluster)], password=read_password(cluster.home, "admin"))
    if answer.returncode != 0:
        raise failed("写备份", answer.stderr, home=target.parent)


def place_of(cluster: Cluster) -> str:
    """The admin's connection without its password, for a command line that others may see."""
    password = read_password(cluster.home, "admin")
    return "--dbname=" + cluster.url("admin").replace(f":{password}@", "@")
