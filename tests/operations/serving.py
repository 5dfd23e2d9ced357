"""Running the program as an office runs it: commands, and servers that are awaited and ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 120
#: What a worker says once it works.
READY = "后台处理已就绪"
_FOREIGN = ("DATABASE_", "SHANHAI_", "PROMETHEUS_", "WEB_CONCURRENCY")


def environment(folder, **more):
    """The environment of a home in a folder, without anything of the test run's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    home = {"SHANHAI_HOME": str(folder / "home"), "SHANHAI_KEYS": str(folder / "keys")}
    return kept | home | {"PYTHONPATH": str(ROOT / "src")} | more


def command(surroundings, *arguments):
    """A command of the program, run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "shanhai.cli", *arguments],
        env=surroundings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def done(surroundings, *arguments):
    """What a command says that must succeed."""
    answer = command(surroundings, *arguments)
    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-4000:]
    return answer.stdout


def free_port():
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(arguments, surroundings, *, port, log):
    """A server process, once it listens; ended with a signal as a supervisor ends it."""
    with log.open("ab") as target:
        server = subprocess.Popen(
            arguments, env=surroundings, cwd=ROOT, stdout=target, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _await(port, server, log)
        yield server
    finally:
        _end(server)


@contextmanager
def working(surroundings, *, log):
    """The background work as a process of its own, as it runs beside Gunicorn."""
    with log.open("ab") as target:
        arguments = [sys.executable, "-m", "shanhai.cli", "worker"]
        worker = subprocess.Popen(arguments, env=surroundings, cwd=ROOT, stdout=target, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + STARTS_WITHIN
        while READY not in log.read_text("utf-8", "replace"):
            assert worker.poll() is None and time.monotonic() < until, log.read_text("utf-8", "replace")[-4000:]
            time.sleep(0.1)
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=60)


def shanhai(port, *options):
    """The command line of `shanhai serve`."""
    return [sys.executable, "-m", "shanhai.cli", "serve", "--port", str(port), *options]


def gunicorn(port):
    """The command line of Gunicorn, as docs/do says it."""
    settings = ["-c", "python:shanhai.cli.under_gunicorn", "-b", f"127.0.0.1:{port}"]
    return [sys.executable, "-m", "gunicorn", *settings, "shanhai.wsgi"]


def _await(port, server, log):
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        if _answers(port):
            return
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8", "replace")[-4000:])


def _answers(port):
    """Whether the server answers a request: some listen before they can."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as asking:
            asking.sendall(b"GET /health/live HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return asking.recv(4) == b"HTTP"
    except OSError:
        return False


def _end(server):
    server.terminate()
    try:
        server.wait(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=120)
        raise
