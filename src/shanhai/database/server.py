"""The running server of a home: seeing it, starting it, ending it."""

import os
import signal
import subprocess
import time
from pathlib import Path

from psycopg import pq

from shanhai.database import programs
from shanhai.database.bootstrap import failed
from shanhai.database.home import SOCKET_NAME, Home
from shanhai.database.nonroot import Way
from shanhai.database.refusals import unavailable

PORT = 5432
LOOK_AGAIN = 0.02
LOG_LIMIT = 10 << 20
ORPHANS_MAY_TAKE = 10.0


def answers(home: Home) -> bool:
    """Whether the server of this home takes connections now."""
    try:
        if not (home.socket_folder / SOCKET_NAME).exists():
            return False
    except PermissionError:
        return False
    asked = f"host='{_quoted(home.socket_folder)}' port={PORT} dbname=postgres connect_timeout=5"
    return pq.PGconn.ping(asked.encode()) == pq.Ping.OK


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "\\'")


def process_of(home: Home) -> int | None:
    """The process number of the home's running server, starting up or shutting down included; else None.

    A number alone is no proof: after a crash another program may have been given it. A server stands in its own
    folder, which tells the two apart where the machine shows it.
    """
    number = _noted_process(home)
    if number is None or not _alive(number):
        return None
    return number if _stands_in(number, home.cluster) else None


def _stands_in(number: int, folder: Path) -> bool:
    process = Path(f"/proc/{number}")
    try:
        return (process / "cwd").readlink() == folder
    except PermissionError:
        return os.fsencode(folder) in (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return not Path("/proc/self").exists()


def _noted_process(home: Home) -> int | None:
    try:
        return int((home.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _exists(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _alive(number: int) -> bool:
    if not _exists(number):
        return False
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return not Path("/proc/self").exists()
    return state.rpartition(")")[2].split()[0] != "Z"


def out_of_reach(home: Home) -> bool:
    """Whether the server runs and says it is ready, but its socket is gone: somebody cleared the folder it lay in.

    Nobody can reach such a server any more, so it is ended and started anew.
    """
    if process_of(home) is None or (home.socket_folder / SOCKET_NAME).exists():
        return False
    try:
        return (home.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()[7].strip() == "ready"
    except (OSError, IndexError):
        return False


def clear_traces(home: Home) -> None:
    """Remove what a killed server left where its process number is not free.

    PostgreSQL clears its own traces when the number is free, but takes any process of the same user for a server: the
    dead one that nobody has collected yet, and another program that was given the number.
    """
    number = _noted_process(home)
    if number is not None and process_of(home) is None and _exists(number):
        traces = [home.cluster / "postmaster.pid", home.socket_folder / SOCKET_NAME]
        for trace in [*traces, home.socket_folder / f"{SOCKET_NAME}.lock"]:
            trace.unlink(missing_ok=True)


def launch(home: Home, way: Way) -> None:
    """Start the server in a session of its own and wait until it takes connections; it outlives this process.

    Sessions of a killed server may work on for a moment: for ten seconds the start is tried again.
    """
    _turn_log(home.log)
    folder = '"' + str(home.socket_folder).replace('"', '""') + '"'
    options = ["-D", str(home.cluster), "-c", f"unix_socket_directories={folder}", "-c", f"port={PORT}"]
    until = time.monotonic() + ORPHANS_MAY_TAKE
    while True:
        began = home.log.stat().st_size if home.log.exists() else 0
        number = _spawn(way.command("detach", "postgres", *options), home)
        if becomes_ready(home, number):
            return
        said = _said(home, began)
        if "pre-existing shared memory block" not in said or time.monotonic() > until:
            raise failed("启动数据库", said, home=home.root)
        time.sleep(10 * LOOK_AGAIN)


def _spawn(command: list[str], home: Home) -> int:
    log = os.open(home.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        answer = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env=programs.environment(),
            check=False,
        )
    finally:
        os.close(log)
    if not answer.stdout.strip().isdigit():
        raise failed("启动数据库", _said(home, max(0, home.log.stat().st_size - 2000)), home=home.root)
    return int(answer.stdout)


def becomes_ready(home: Home, number: int, *, patience: float = 600.0) -> bool:
    """Wait for a starting server; after a crash it first reads its log again, which may take minutes.

    Says whether it takes connections, or False once its process has ended instead.
    """
    until = time.monotonic() + patience
    while not answers(home):
        if not _alive(number):
            return False
        if time.monotonic() > until:
            raise unavailable(
                f"数据库（进程号 {number}）启动 {patience:.0f} 秒后仍未就绪",
                expected="几秒之内就绪；异常断电之后可能需要几分钟",
                to_do=f"查看 {home.log} 的末尾，稍后再试",
            )
        time.sleep(LOOK_AGAIN)
    return True


def end(home: Home, *, patience: float = 60.0) -> None:
    """Stop the server: sessions are ended, what was committed is kept; returns when it has gone."""
    for request in (signal.SIGINT, signal.SIGQUIT):
        until = time.monotonic() + patience
        number = process_of(home)
        if number is None:
            return
        os.kill(number, request)
        while process_of(home) is not None and time.monotonic() < until:
            time.sleep(LOOK_AGAIN)
    if process_of(home) is not None:
        raise unavailable(
            f"数据库（进程号 {process_of(home)}）没有在 {2 * patience:.0f} 秒内停止",
            expected="收到停止的请求后结束",
            to_do="稍后再试，或重新启动机器",
        )


def _said(home: Home, start: int) -> str:
    try:
        with home.log.open("rb") as log:
            log.seek(start)
            return log.read(1 << 20).decode("utf-8", "replace")
    except OSError:
        return ""


def _turn_log(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_name(f"{log.name}.old"))
