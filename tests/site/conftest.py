"""The office the site tests visit: a home of its own with the embedded database, and the real server process."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

from office import PASSWORD, ROOT, environment_of  # noqa: E402 - the folder must be on the path first
from visiting import Visitor  # noqa: E402
from workers import workers_of  # noqa: E402

STARTS_WITHIN = 60


def pytest_collection_modifyitems(items):
    """Every test here speaks with the server on this machine, and only with it."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"]))
            item.add_marker(pytest.mark.slow)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _run(arguments, environment):
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """The folder of an office with the example's records."""
    folder = tmp_path_factory.mktemp("site")
    environment = environment_of(folder)
    try:
        _run([str(FOLDER / "office.py"), str(folder)], environment)
        yield folder
    finally:
        subprocess.run(
            [sys.executable, "-m", "shanhai.cli", "stop"],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            timeout=60,
            check=False,
        )
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def site(home):
    """The address of the server, run as `shanhai serve` runs it."""
    port = _free_port()
    log = (home / "serve.log").open("wb")
    arguments = [sys.executable, "-m", "shanhai.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(arguments, env=environment_of(home), cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    try:
        _await(port, server, home / "serve.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()
        assert workers_of(home) == []


def _await(port, server, log):
    """Until the site answers and the worker beside it is ready."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                if "后台处理已就绪" in log.read_text("utf-8", "replace"):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8", "replace")[-4000:])


@pytest.fixture(scope="session")
def signed_in(site):
    """A visitor signed in under an account; signed in once per run."""
    known = {}

    def visitor(account):
        if account not in known:
            known[account] = Visitor(site)
            if account != "nobody":
                answer = known[account].sign_in(account, PASSWORD)
                assert answer.status == 302, answer.words
        return known[account]

    return visitor
