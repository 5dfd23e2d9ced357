"""A disk that is really full: a file system of a few megabytes, mounted where that is allowed."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest

from shanhai.database import Cluster, DatabaseUnavailable, Home, backup, bootstrap, explained, restore

pytestmark = pytest.mark.slow


@pytest.fixture
def disk(place):
    """Mounts a file system of so many megabytes."""
    mount = shutil.which("mount")
    mounted = []

    def of(megabytes):
        folder = place / f"disk{megabytes}"
        folder.mkdir()
        options = [mount or "mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "shanhai", str(folder)]
        if os.geteuid() != 0 or subprocess.run(options, capture_output=True, check=False).returncode != 0:
            pytest.skip("file systems may not be mounted here")
        mounted.append(folder)
        return folder

    yield of
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def no_look_before(monkeypatch):
    """Without the check of the room left, the disk fills while the work goes on."""
    monkeypatch.setattr(bootstrap, "check_room", lambda *_folder, **_needed: None)


@pytest.mark.parametrize("megabytes", [1, 12, 30])
def test_a_first_start_on_a_full_disk_leaves_nothing(disk, no_look_before, megabytes, place):
    home = Home.at(disk(megabytes) / "var", place / "keys")
    with pytest.raises(DatabaseUnavailable, match=r"磁盘已写满"):
        Cluster(home, durable=False).start()
    assert not home.cluster.exists()
    assert not list(home.root.glob("cluster.new-*"))


def test_the_room_is_looked_at_first(disk, place):
    home = Home.at(disk(12) / "var", place / "keys")
    with pytest.raises(DatabaseUnavailable, match=r"只剩 1[12] MB"):
        Cluster(home).start()


@pytest.fixture
def nearly_full(disk, no_look_before, place, finished):
    """A server on a disk with hardly any room left."""
    home = Home.at(disk(120) / "var", place / "keys")
    shutil.copytree(finished.cluster, home.cluster)
    shutil.copytree(finished.keys, home.keys)
    for folder in (home.root, home.cluster, home.keys):
        folder.chmod(0o700)
    cluster = Cluster(home)
    cluster.start()
    with psycopg.connect(cluster.url("owner"), autocommit=True) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 'kept' AS value")
    yield cluster
    cluster.stop()


def test_a_load_that_fills_the_disk_is_undone_and_the_rest_is_kept(nearly_full):
    with pytest.raises(psycopg.Error) as failure, psycopg.connect(nearly_full.url("owner")) as owner:
        owner.execute("CREATE TABLE large AS SELECT repeat(md5(n::text), 50) FROM generate_series(1, 200000) n")
    sentence = explained(failure.value)
    assert sentence is not None
    assert "没有生效" in str(sentence)
    nearly_full.start()
    with psycopg.connect(nearly_full.url("owner")) as owner:
        assert owner.execute("SELECT value, to_regclass('large') FROM kept").fetchall() == [("kept", None)]


def test_a_start_on_a_full_disk_is_told_and_works_once_there_is_room(nearly_full):
    nearly_full.stop()
    filler = nearly_full.home.root.parent / "filler"
    fill(filler)
    try:
        nearly_full.start()
    except DatabaseUnavailable as refusal:
        assert "磁盘已写满" in str(refusal)
    filler.unlink()
    nearly_full.start()
    with psycopg.connect(nearly_full.url("owner")) as owner:
        assert owner.execute("SELECT value FROM kept").fetchall() == [("kept",)]


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            return


def test_a_backup_to_a_full_disk_leaves_the_older_one(office, disk):
    folder = disk(2)
    made = backup(office.home, folder / "a.bak").file.read_bytes()
    fill(folder / "filler")
    with pytest.raises(DatabaseUnavailable, match=r"磁盘已写满"):
        backup(office.home, folder / "a.bak")
    assert (folder / "a.bak").read_bytes() == made
    assert sorted(path.name for path in folder.iterdir()) == ["a.bak", "filler"]


def test_a_restore_onto_a_full_disk_changes_nothing(nearly_full, place):
    file = backup(nearly_full.home, place / "a.bak").file
    filler = nearly_full.home.root.parent / "filler"
    filler.write_bytes(b"\0" * (20 << 20))
    with pytest.raises(DatabaseUnavailable):
        restore(nearly_full.home, file, force=True)
    filler.unlink()
    nearly_full.start()
    with psycopg.connect(nearly_full.url("owner")) as owner:
        assert owner.execute("SELECT value FROM kept").fetchall() == [("kept",)]
    assert not (nearly_full.home.root / "restore.new").exists()
