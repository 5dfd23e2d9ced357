"""Bringing a data folder to the state of a backup, aside first, then in one move."""

import os
import shutil
from pathlib import Path

from shanhai.database import archive, locking, programs, server
from shanhai.database.backup import Backup, place_of
from shanhai.database.bootstrap import check_room, failed
from shanhai.database.cluster import Cluster, make_folder
from shanhai.database.connections import refuse_own_database
from shanhai.database.home import Home
from shanhai.database.nonroot import way_for
from shanhai.database.passwords import read_password
from shanhai.database.refusals import unavailable
from shanhai.database.replacing import ARRIVING, NEW, OLD, SET_ASIDE, finish_replacement, replace_contents

UNPACKED = "unpacked"


def restore(home: Home, file: Path, *, force: bool = False) -> Backup:
    """Bring a data folder to the state of a backup; with `force` also one that holds data, which is kept aside.

    The backup is verified to its last byte, brought into a new cluster aside, and only then put in place: until that
    moment nothing of the present data is touched. Passwords are those of the key folder, made where there are none.
    What was there before lies in `before-restore` until the next restore. The server runs afterwards.
    """
    file = file.expanduser().absolute()
    refuse_own_database("恢复")
    manifest = archive.verify(file)
    make_folder(home.root)
    with locking.held(home.lock):
        finish_replacement(home)
        _check_empty(home, force=force)
        size = sum(size for size, _ in manifest.members.values())
        check_room(home.root, needed=(256 << 20) + 4 * size)
        try:
            _prepare(home, file, manifest)
        except OSError as error:
            raise failed("恢复", os.strerror(error.errno or 0), home=home.root) from error
        finally:
            if not (home.root / NEW / ARRIVING / "cluster").exists():
                shutil.rmtree(home.root / NEW, ignore_errors=True)
        server.end(home)
        replace_contents(home)
    Cluster(home).start()
    return Backup(file, str(manifest.made.get("moment", "")), file.stat().st_size, len(manifest.members) - 1)


def _check_empty(home: Home, *, force: bool) -> None:
    present = sorted({path.name for path in home.root.iterdir()} - (home.volatile - {"cluster"}) - SET_ASIDE)
    if present and not force:
        raise unavailable(
            f"{home.root} 中已有数据（{'、'.join(present[:5])}）",
            expected="空的数据文件夹",
            to_do=f"把 SHANHAI_HOME 指向空文件夹；如确要替换，请明示替换（现有数据会移到其中的 {OLD}）",
        )


def _prepare(home: Home, file: Path, manifest: archive.Manifest) -> None:
    """Make the folder that is to come: the files of the backup, and a cluster filled from its dump."""
    new = home.root / NEW
    new.mkdir(mode=0o700)
    way_for(home).hand_over(new)
    archive.unpack(file, manifest, new / UNPACKED)
    arriving = Home(new / ARRIVING, home.keys)
    (new / UNPACKED / archive.FILES).mkdir(exist_ok=True)
    (new / UNPACKED / archive.FILES).rename(arriving.root)
    cluster = Cluster(arriving)
    try:
        cluster.start()
        _fill(cluster, new / UNPACKED / archive.DUMP)
    except BaseException:
        server.end(arriving)
        shutil.rmtree(arriving.root, ignore_errors=True)
        raise
    finally:
        server.end(arriving)
        if arriving.root not in arriving.socket_folder.parents:
            shutil.rmtree(arriving.socket_folder, ignore_errors=True)


def _fill(cluster: Cluster, dump: Path) -> None:
    command = [programs.program("pg_restore"), "--exit-on-error", "--jobs=2", place_of(cluster), str(dump)]
    answer = programs.run(command, password=read_password(cluster.home, "admin"))
    if answer.returncode != 0:
        raise failed("恢复", answer.stderr, home=cluster.home.root)
