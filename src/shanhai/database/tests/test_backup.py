"""Backup, destroy, restore: the same rows and files; and what must not be damaged on the way."""

import shutil

import psycopg
import pytest

from shanhai.database import Cluster, DatabaseUnavailable, Home, archive, backup, restore
from shanhai.database.replacing import NEW, OLD
from shanhai.database.roles import handing_over, journal_membership

pytestmark = pytest.mark.slow


@pytest.fixture
def filled(office):
    """An office with records, a journal owned by its own role, evidence, and signed heads."""
    with (
        psycopg.connect(office.url("admin"), autocommit=True) as admin,
        psycopg.connect(office.url("owner"), autocommit=True) as owner,
        journal_membership(admin),
    ):
        owner.execute("CREATE TABLE record (key text PRIMARY KEY, amount_fen bigint)")
        owner.execute("INSERT INTO record SELECT 'FP-' || n, n * 100 FROM generate_series(1, 1000) n")
        owner.execute("ALTER TABLE record ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE record FORCE ROW LEVEL SECURITY")
        owner.execute("CREATE POLICY small ON record USING (amount_fen < 100000)")
        owner.execute("CREATE TABLE line (id bigint GENERATED ALWAYS AS IDENTITY, what text)")
        owner.execute(handing_over("line"))
    with psycopg.connect(office.url("web"), autocommit=True) as web:
        web.execute("INSERT INTO line (what) VALUES ('entered')")
    (office.home.evidence / "ab").mkdir(parents=True)
    (office.home.evidence / "ab" / "凭证.pdf").write_bytes(b"%PDF" * 1000)
    (office.home.root / "heads").write_text("1 signed\n")
    return office


def state(cluster):
    """All that a backup must bring back: rows, rights, files."""
    with psycopg.connect(cluster.url("admin")) as admin:
        rows = admin.execute("SELECT * FROM record ORDER BY key").fetchall()
        lines = admin.execute("SELECT * FROM line").fetchall()
        rights = admin.execute(
            "SELECT relname, relowner::regrole::text, relacl::text, relrowsecurity FROM pg_class"
            " WHERE relname IN ('record', 'line') ORDER BY relname"
        ).fetchall()
        defaults = admin.execute(
            "SELECT defaclrole::regrole::text, defaclobjtype, defaclacl::text FROM pg_default_acl ORDER BY 1, 2, 3"
        ).fetchall()
    home = cluster.home
    files = {
        str(path.relative_to(home.root)): path.read_bytes()
        for path in [home.root / "heads", *home.evidence.rglob("*")]
        if path.is_file()
    }
    return rows, lines, rights, defaults, files


def test_backup_destroy_restore_brings_back_the_same(filled, place):
    before = state(filled)
    made = backup(filled.home, place / "2024.bak")
    assert (made.files, made.size) == (2, (place / "2024.bak").stat().st_size)
    filled.stop()
    shutil.rmtree(filled.home.root)
    restore(filled.home, place / "2024.bak")
    assert len(before[0]) == 1000
    assert state(filled) == before
    assert not (filled.home.root / NEW).exists()


def test_a_backup_is_private_and_holds_no_key(filled, place):
    file = backup(filled.home, place / "a.bak").file
    assert file.stat().st_mode & 0o777 == 0o600
    content = file.read_bytes()
    for key in filled.home.keys.iterdir():
        assert key.read_bytes().strip() not in content
    assert b"SCRAM-SHA-256" not in content
    assert sorted(place.iterdir()) == sorted([file, filled.home.root, filled.home.keys])


def test_a_backup_is_restored_on_another_machine_with_other_keys(filled, place):
    before = state(filled)
    file = backup(filled.home, place / "a.bak").file
    other = Cluster(Home.at(place / "other"))
    restore(other.home, file)
    try:
        assert state(other) == before
        assert other.url("web").split("@")[0] != filled.url("web").split("@")[0]
        with psycopg.connect(other.url("owner")) as owner, pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("DROP TABLE line")
    finally:
        other.stop()


def test_a_home_with_data_is_not_replaced_untold(filled, place):
    file = backup(filled.home, place / "a.bak").file
    before = state(filled)
    with pytest.raises(DatabaseUnavailable, match=r"已有数据.*before-restore"):
        restore(filled.home, file)
    assert state(filled) == before


def test_told_so_the_present_data_are_replaced_and_kept_aside(filled, place):
    before = state(filled)
    file = backup(filled.home, place / "a.bak").file
    with psycopg.connect(filled.url("admin"), autocommit=True) as admin:
        admin.execute("DELETE FROM record")
    (filled.home.root / "heads").write_text("2 later\n")
    restore(filled.home, file, force=True)
    assert state(filled) == before
    assert (filled.home.root / OLD / "heads").read_text() == "2 later\n"
    assert (filled.home.root / OLD / "cluster" / "PG_VERSION").exists()
    assert backup(filled.home, file).files == 2


@pytest.mark.parametrize("flaw", ["bit", "tail", "foreign"])
def test_a_flawed_backup_changes_nothing(filled, place, flaw):
    file = backup(filled.home, place / "a.bak").file
    content = bytearray(file.read_bytes())
    if flaw == "bit":
        content[len(content) // 2] ^= 1
    file.write_bytes({"bit": content, "tail": content[:-20_000], "foreign": b"PK"}[flaw])
    before = state(filled)
    with pytest.raises(DatabaseUnavailable):
        restore(filled.home, file, force=True)
    assert state(filled) == before


def test_a_dump_that_cannot_be_brought_in_changes_nothing(filled, place):
    """Whole by its checksums, but no dump: the failure comes after the new cluster is made."""
    (place / "dump").write_bytes(b"no dump at all")
    with (place / "a.bak").open("wb") as target:
        writing = archive.Writing(target)
        writing.add(archive.DUMP, place / "dump")
        writing.finish({})
    before = state(filled)
    with pytest.raises(DatabaseUnavailable, match=r"恢复未成"):
        restore(filled.home, place / "a.bak", force=True)
    assert state(filled) == before
    assert not (filled.home.root / NEW).exists()
    assert not (filled.home.root / OLD).exists()


def test_writers_are_held_only_while_the_heads_are_copied(filled, place, monkeypatch):
    """A line written during the dump is neither in the dump nor in the heads."""
    from shanhai.database.backup import programs

    real = programs.run

    def slow_dump(command, **options):
        if any("pg_dump" in part for part in command):
            with psycopg.connect(filled.url("web"), autocommit=True) as web:
                web.execute("INSERT INTO line (what) VALUES ('later')")
            (filled.home.root / "heads").write_text("1 signed\n2 signed\n")
        return real(command, **options)

    monkeypatch.setattr(programs, "run", slow_dump)
    file = backup(filled.home, place / "a.bak").file
    restore(filled.home, file, force=True)
    _, lines, _, _, files = state(filled)
    assert [what for _, what in lines] == ["entered"]
    assert files["heads"] == b"1 signed\n"


def test_only_an_older_backup_is_replaced(filled, place):
    (place / "report.docx").write_bytes(b"PK mine")
    with pytest.raises(DatabaseUnavailable, match=r"不是本系统的备份"):
        backup(filled.home, place / "report.docx")
    assert (place / "report.docx").read_bytes() == b"PK mine"
    first = backup(filled.home, place / "a.bak")
    assert backup(filled.home, place / "a.bak").moment > first.moment


@pytest.mark.parametrize("name", ["var/a.bak", "var/evidence/a.bak", "nowhere/a.bak"])
def test_a_backup_in_the_data_folder_or_nowhere_is_refused(filled, place, name):
    with pytest.raises(DatabaseUnavailable):
        backup(filled.home, place / name)


def test_without_data_there_is_nothing_to_back_up(home, place):
    with pytest.raises(DatabaseUnavailable, match=r"没有数据"):
        backup(home, place / "a.bak")
    assert not home.root.exists()
