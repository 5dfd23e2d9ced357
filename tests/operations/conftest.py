"""The office the operations tests run: a home of its own with the example's records, and the program's real processes."""

import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parent / "site")]

from serving import command, environment, free_port, gunicorn, serving, shanhai, working  # noqa: E402 - the path comes first


def pytest_collection_modifyitems(items):
    """Tests that run servers speak with this machine alone."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"]))
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def home(tmp_path_factory, settle_office):
    """The folder and the surroundings of an office with the example's records."""
    folder = tmp_path_factory.mktemp("operations")
    surroundings = environment(folder, SHANHAI_METRICS_TOKEN="watchman-token")
    try:
        settle_office(folder)
        yield folder, surroundings
    finally:
        command(surroundings, "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module", params=["granian", "gunicorn"])
def server(request, home):
    """The address and the log of a site with two processes, under either server."""
    folder, surroundings = home
    port, log = free_port(), folder / f"{request.param}-{request.module.__name__.rpartition('.')[2]}.log"
    if request.param == "granian":
        arguments = shanhai(port, "--workers", "2", "--threads", "4")
    else:
        arguments = gunicorn(port)
        surroundings = surroundings | {"WEB_CONCURRENCY": "2", "SHANHAI_THREADS": "4"}
    with ExitStack() as running:
        running.enter_context(serving(arguments, surroundings, port=port, log=log))
        if request.param == "gunicorn":
            running.enter_context(working(surroundings, log=log))
        yield f"http://127.0.0.1:{port}", log
