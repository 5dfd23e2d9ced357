"""The server of a home: first start, attaching, what can go wrong around it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from shanhai.database import Cluster, DatabaseUnavailable, bootstrap, programs, server
from shanhai.database.locking import held
from shanhai.database.settings import write_settings

pytestmark = pytest.mark.slow


def write(cluster, *values):
    with psycopg.connect(cluster.url("owner"), autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept (value text)")
        for value in values:
            owner.execute("INSERT INTO kept VALUES (%s)", (value,))


def read(cluster):
    with psycopg.connect(cluster.url("web")) as web:
        return [value for (value,) in web.execute("SELECT value FROM kept ORDER BY value")]


@pytest.fixture
def durable_office(office):
    """A server that keeps what it has committed, as in an office."""
    office.stop()
    cluster = Cluster(office.home)
    cluster.start()
    return cluster


def snapshot(folder):
    """Every file with its content and mode, to see that nothing was touched."""
    return {
        path.relative_to(folder): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


def test_the_first_start_makes_all_and_the_next_attaches(office):
    write(office, "温岭", "阆中")
    number = server.process_of(office.home)
    began = time.perf_counter()
    Cluster(office.home).start()
    assert time.perf_counter() - began < 0.5  # 0.02 on a quiet machine
    assert server.process_of(office.home) == number
    assert read(office) == ["温岭", "阆中"]


def test_nothing_is_open_to_others(office):
    home = office.home
    for folder in (home.root, home.cluster, home.keys, home.socket_folder):
        assert folder.stat().st_mode & 0o077 == 0, folder
    with psycopg.connect(office.url("admin")) as admin:
        assert admin.execute("SHOW listen_addresses").fetchone() == ("",)
        rules = admin.execute("SELECT type, auth_method FROM pg_hba_file_rules").fetchall()
    assert rules == [("local", "scram-sha-256")]


def test_text_and_time_are_the_same_on_every_machine(office):
    with psycopg.connect(office.url("web")) as web:
        row = web.execute(
            "SELECT datlocprovider, datlocale, current_setting('server_encoding'), current_setting('TimeZone'),"
            " upper('é') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row == ("b", "C.UTF-8", "UTF8", "Asia/Shanghai", "É")


@pytest.mark.parametrize("language", ["", "xx_YY.bogus", "zh_CN.GBK"])
def test_no_locale_of_the_machine_is_needed(home, monkeypatch, language):
    for name in ("LANG", "LC_ALL", "LC_CTYPE"):
        monkeypatch.setenv(name, language)
    cluster = Cluster(home, durable=False)
    cluster.start()
    write(cluster, "山海")
    assert read(cluster) == ["山海"]


def test_settings_of_the_user_for_other_databases_do_not_reach_this_one(home, monkeypatch):
    for name, value in {"PGDATA": "/nowhere", "PGPORT": "1", "PGHOST": "elsewhere", "PGDATABASE": "other"}.items():
        monkeypatch.setenv(name, value)
    cluster = Cluster(home, durable=False)
    cluster.start()
    write(cluster, "山海")
    assert read(cluster) == ["山海"]


@pytest.mark.parametrize("name", ["数据 文件夹", "山海" * 40, "comma,and'quote\"and%20"])
def test_any_name_of_a_data_folder_will_do(place, name):
    from shanhai.database import Home

    home = Home.at(place / name)
    cluster = Cluster(home, durable=False)
    try:
        cluster.start()
        write(cluster, "x")
        assert read(cluster) == ["x"]
        assert home.socket_folder.stat().st_mode & 0o777 == 0o700
    finally:
        cluster.stop()
    if home.root not in home.socket_folder.parents:
        assert home.socket_record.read_text().strip() == str(home.socket_folder)
        home.socket_folder.rmdir()


def test_stopping_keeps_what_was_committed(office):
    write(office, "kept")
    office.stop()
    assert not server.answers(office.home)
    office.stop()
    office.start()
    assert read(office) == ["kept"]


def test_a_moved_data_folder_goes_on(office, place):
    from shanhai.database import Home

    write(office, "moved")
    office.stop()
    office.home.root.rename(place / "moved")
    moved = Cluster(Home.at(place / "moved", office.home.keys), durable=False)
    moved.start()
    try:
        assert read(moved) == ["moved"]
    finally:
        moved.stop()


def test_the_server_outlives_the_command_that_started_it(home):
    code = "import sys; from shanhai.database import *; Cluster(Home.at(sys.argv[1]), durable=False).start()"
    command = [sys.executable, "-c", code, str(home.root)]
    # Output is captured to its end: a server that kept it open would hang here.
    subprocess.run(command, check=True, capture_output=True, timeout=60, env=with_source())
    number = server.process_of(home)
    assert number is not None
    assert os.getsid(number) == number != os.getsid(0)
    write(Cluster(home), "outlived")


def with_source():
    return os.environ | {"PYTHONPATH": str(Path(programs.__file__).parents[2])}


def test_two_first_starts_at_once_end_in_one_server(home):
    clusters = [Cluster(home, durable=False) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(Cluster.start, clusters))
    assert len({connections.web for connections in found}) == 1
    write(clusters[0], "one")
    assert read(clusters[3]) == ["one"]
    assert not list(home.root.glob("cluster.new-*"))


def test_a_run_that_waits_too_long_says_for_whom(home):
    home.root.mkdir()
    second = held(home.lock, patience=0.1)
    with held(home.lock), pytest.raises(DatabaseUnavailable, match=rf"进程号 {os.getpid()}"), second:
        pass


def test_a_lock_file_left_by_a_killed_run_holds_nobody_up(home):
    home.root.mkdir()
    code = "import sys,os,signal; from pathlib import Path; from shanhai.database.locking import held\n"
    code += "with held(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    killed = subprocess.run([sys.executable, "-c", code, str(home.lock)], env=with_source())
    assert killed.returncode == -signal.SIGKILL
    assert home.lock.exists()
    with held(home.lock, patience=0.1):
        pass


@pytest.mark.fault
def test_a_killed_server_starts_again_with_all_that_was_committed(durable_office):
    office = durable_office
    write(office, "before")
    number = server.process_of(office.home)
    os.kill(number, signal.SIGKILL)
    office.start()
    assert server.process_of(office.home) != number
    assert read(office) == ["before"]


@pytest.mark.fault
def test_a_server_whose_socket_was_cleared_away_is_ended_and_started_anew(durable_office):
    office = durable_office
    write(office, "before")
    number = server.process_of(office.home)
    (office.home.socket_folder / server.SOCKET_NAME).unlink()
    office.start()
    assert server.process_of(office.home) != number
    assert read(office) == ["before"]


@pytest.mark.fault
def test_a_killed_server_whose_session_works_on_is_waited_for(office):
    busy = psycopg.connect(office.url("web"), autocommit=True)
    busy.pgconn.send_query(b"DO $$ BEGIN FOR i IN 1..5000000 LOOP PERFORM i; END LOOP; END $$")
    os.kill(server.process_of(office.home), signal.SIGKILL)
    office.start()
    busy.close()
    assert "pre-existing shared memory block" in office.home.log.read_text()
    write(office, "after")
    assert read(office) == ["after"]


@pytest.mark.fault
def test_a_process_number_given_to_another_program_is_not_taken_for_the_server(durable_office):
    office = durable_office
    write(office, "before")
    os.kill(server.process_of(office.home), signal.SIGKILL)
    traces = office.home.cluster / "postmaster.pid"
    traces.write_text(f"{os.getpid()}\n" + traces.read_text().partition("\n")[2])
    assert server.process_of(office.home) is None
    office.start()
    assert read(office) == ["before"]


KILLED_AT = """
import os, signal, subprocess, sys
from shanhai.database import Cluster, Home, bootstrap, programs

def run(command, **options):
    if sys.argv[2] in " ".join(command):
        if sys.argv[2] == "initdb":
            subprocess.Popen(command, stdin=subprocess.DEVNULL, env=programs.environment(), cwd="/")
            signal.sigtimedwait([], 0.1)
        os.kill(os.getpid(), signal.SIGKILL)
    return real(command, **options)

real, programs.run = programs.run, run
if sys.argv[2] == "name":
    bootstrap.Path.rename = lambda *_paths: os.kill(os.getpid(), signal.SIGKILL)
Cluster(Home.at(sys.argv[1]), durable=False).start()
"""


@pytest.mark.fault
@pytest.mark.parametrize("point", ["initdb", "--single", " shanhai", "name"])
def test_a_first_start_killed_half_way_is_begun_anew(home, point):
    """Killed while the files are made, before the roles, before the database's rights, before it is given its name."""
    killed = subprocess.run([sys.executable, "-c", KILLED_AT, str(home.root), point], env=with_source(), check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not home.cluster.exists()
    cluster = Cluster(home, durable=False)
    cluster.start()
    write(cluster, "whole")
    assert read(cluster) == ["whole"]


def test_a_data_folder_of_another_version_is_told_and_left_alone(office):
    office.stop()
    (office.home.cluster / "PG_VERSION").write_text("17\n")
    before = snapshot(office.home.root)
    with pytest.raises(DatabaseUnavailable, match=r"第 17 版.*第 18 版.*backup.*restore"):
        office.start()
    assert snapshot(office.home.cluster) == {k.relative_to("cluster"): v for k, v in before.items() if in_cluster(k)}


def in_cluster(path):
    return path.parts[0] == "cluster" and len(path.parts) > 1


@pytest.mark.parametrize("content", [{}, {"PG_VERSION": "18\n"}, {"notes.txt": "mine"}])
def test_a_folder_that_is_not_ours_is_told_and_left_alone(home, content):
    home.cluster.mkdir(parents=True)
    for name, text in content.items():
        (home.cluster / name).write_text(text)
    before = snapshot(home.cluster)
    with pytest.raises(DatabaseUnavailable, match=r"不是本系统建立的数据库"):
        Cluster(home).start()
    assert snapshot(home.cluster) == before
    assert not home.keys.exists()


def test_keys_of_another_home_are_told(office, place):
    from shanhai.database import Home, passwords

    other = Home.at(office.home.root, place / "others.keys")
    passwords.ensure_passwords(other)
    with pytest.raises(DatabaseUnavailable, match=r"不接受密钥文件夹中的口令"):
        Cluster(other).start()


def test_lost_keys_are_told_and_not_made_anew(office):
    office.stop()
    for key in office.home.keys.iterdir():
        key.unlink()
    with pytest.raises(DatabaseUnavailable, match=r"密钥备份"):
        office.start()
    assert not list(office.home.keys.iterdir())


def test_too_little_room_is_told_before_anything_is_written(home, monkeypatch):
    from types import SimpleNamespace

    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=5 << 20))
    with pytest.raises(DatabaseUnavailable, match=r"只剩 5 MB"):
        Cluster(home).start()
    assert not home.cluster.exists()


def test_a_wrong_setting_of_the_office_is_told(office):
    office.stop()
    (office.home.cluster / "local.conf").write_text("work_mem = 'much'\n")
    with pytest.raises(DatabaseUnavailable, match=r"local.conf"):
        office.start()
    (office.home.cluster / "local.conf").write_text("work_mem = '48MB'\n")
    office.start()
    with psycopg.connect(office.url("web")) as web:
        assert web.execute("SHOW work_mem").fetchone() == ("48MB",)


def test_the_log_holds_no_values_of_records(office):
    with psycopg.connect(office.url("owner"), autocommit=True) as owner:
        owner.execute("CREATE TABLE person (number text PRIMARY KEY)")
        for _ in range(2):
            with contextlib.suppress(psycopg.errors.UniqueViolation):
                owner.execute("INSERT INTO person VALUES ('999999194910010014')")
        with pytest.raises(psycopg.Error):
            owner.execute("SELECT '999999194910010014'::date")
    said = office.home.log.read_text()
    assert "person_pkey" in said
    assert "number" not in said


def test_a_membership_left_by_a_killed_migration_ends_at_the_next_start(office):
    with psycopg.connect(office.url("admin"), autocommit=True) as admin:
        admin.execute("GRANT shanhai_journal TO shanhai_owner")
    office.start()
    with psycopg.connect(office.url("owner")) as owner, pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("SET ROLE shanhai_journal")


def test_an_office_server_is_durable(place):
    write_settings(place, durable=True)
    text = (place / "postgresql.conf").read_text()
    assert all(f"{name} = 'on'" in text for name in ("fsync", "synchronous_commit", "full_page_writes"))


def test_the_mark_is_ours(office):
    assert json.loads((office.home.cluster / bootstrap.MARK).read_text()) == {"format": 1}
