"""PostgreSQL refuses to be root; each way around it, tried on this machine."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from shanhai.database import Cluster, DatabaseUnavailable, Home, nonroot, programs, server
from shanhai.database.nonroot import way_for

pytestmark = pytest.mark.slow


@pytest.fixture
def only(monkeypatch, as_root):
    """Leave only some of the ways."""

    def leave(*names):
        monkeypatch.setattr(nonroot, "WAYS_OF_ROOT", names)

    return leave


@pytest.fixture
def closed(as_root):
    """A folder that nobody but root may enter, as /root is."""
    folder = Path(tempfile.mkdtemp(prefix="sh-"))
    folder.chmod(0o700)
    yield folder
    shutil.rmtree(folder)


def started(home):
    cluster = Cluster(home, durable=False)
    try:
        cluster.start()
        owner = home.cluster.stat().st_uid
        with psycopg.connect(cluster.url("web")) as web:
            assert web.execute("SELECT 1").fetchone() == (1,)
        # Once more: what was chosen the first time must be found again.
        cluster.stop()
        cluster.start()
        assert home.cluster.stat().st_uid == owner
    finally:
        cluster.stop()
    return owner


def test_root_starts_in_a_namespace_below_a_closed_folder(closed, only):
    only("namespace")
    assert started(Home.at(closed / "var")) == 0
    assert closed.stat().st_mode & 0o777 == 0o700


def test_root_starts_as_another_user_where_folders_are_open(place, only):
    place.chmod(0o755)
    only("setuid")
    home = Home.at(place / "var")
    assert started(home) != 0
    assert home.root.stat().st_uid == home.socket_folder.stat().st_uid == home.cluster.stat().st_uid
    assert place.stat().st_uid == home.keys.stat().st_uid == 0


def test_root_starts_as_another_user_below_a_closed_folder(closed, only):
    only("setuid", "setuid_reaching")
    home = Home.at(closed / "var")
    assert way_for_new(home).name == "setuid_reaching"
    assert started(home) != 0
    assert closed.stat().st_mode & 0o777 == 0o700
    assert closed.stat().st_uid == 0


def way_for_new(home):
    home.root.mkdir(mode=0o700)
    return way_for(home)


def test_where_nothing_works_root_gets_a_sentence_and_nothing_is_changed(closed, only):
    only("setuid")
    home = Home.at(closed / "var")
    with pytest.raises(DatabaseUnavailable, match=r"不允许以 root 运行.*普通用户"):
        Cluster(home).start()
    assert home.root.stat().st_uid == 0
    assert not home.cluster.exists()


def test_files_of_another_user_stay_with_that_user(place, only):
    place.chmod(0o755)
    only("setuid", "setuid_reaching")
    home = Home.at(place / "var")
    first = started(home)
    only("namespace", "setuid", "setuid_reaching")
    assert started(home) == first


def test_no_way_ever_runs_the_server_as_root_inside(place, only):
    place.chmod(0o755)
    for name in ("namespace", "setuid", "setuid_reaching"):
        only(name)
        way = way_for(Home.at(place))
        command = way.command("run", "postgres", "--version")
        command[command.index(programs.program("postgres")) :] = ["/usr/bin/env", "id", "-u"]
        assert programs.run(command).stdout.strip() not in {"", "0"}
        os.chown(place, 0, 0)


def as_plain_user(place, code):
    """Run Python as a user without any right, who may read this checkout wherever it lies."""
    uid, gid = next(nonroot._other_users())
    command = nonroot.Way("namespace", uid, gid, place).command("run", "postgres")
    command[-1:] = [sys.executable, "-c", code, str(place / "var")]
    surroundings = os.environ | {"PYTHONPATH": str(Path(programs.__file__).parents[2])}
    answer = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    if "launch: namespace" in answer.stderr:
        pytest.skip("user namespaces are not allowed here")
    assert not answer.stderr
    return answer.stdout


def test_a_plain_user_needs_no_way(place, as_root):
    code = (
        "import os, sys; from shanhai.database import Cluster, Home, nonroot\n"
        "c = Cluster(Home.at(sys.argv[1]), durable=False); c.start(); c.start()\n"
        "print(os.geteuid() != 0, nonroot.way_for(c.home).name); c.stop()"
    )
    assert as_plain_user(place, code) == "True same\n"
    assert (place / "var" / "cluster").stat().st_mode & 0o777 == 0o700


def test_a_plain_user_is_told_whose_the_data_are(place, as_root):
    (place / "var" / "cluster").mkdir(parents=True)
    shutil.chown(place / "var" / "cluster", 4242)
    code = (
        "import sys; from shanhai.database import DatabaseUnavailable, Home, nonroot\n"
        "try: nonroot.way_for(Home.at(sys.argv[1]))\n"
        "except DatabaseUnavailable as refusal: print(refusal)"
    )
    assert "属于用户" in as_plain_user(place, code)


def test_a_plain_user_before_a_closed_data_folder_gets_a_sentence(place, as_root):
    (place / "var").mkdir(mode=0o700)
    shutil.chown(place / "var", 4242)
    code = (
        "import sys; from shanhai.database import Cluster, DatabaseUnavailable, Home\n"
        "try: Cluster(Home.at(sys.argv[1])).start()\n"
        "except DatabaseUnavailable as refusal: print(refusal)"
    )
    assert "没有读写权限" in as_plain_user(place, code)


def test_a_running_server_is_seen_by_number_and_folder(office):
    number = server.process_of(office.home)
    assert number and Path(f"/proc/{number}/cwd").readlink() == office.home.cluster
