"""The worker: background work, done by one process at a time; `serve` keeps one beside the site."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import psycopg
from django.db import Error as DatabaseError
from django.db import connections
from procrastinate.contrib.django import app, connector_params
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from shanhai.cli.printing import say
from shanhai.web.job_told import WORKER_LOCK
from shanhai.web.job_work import take_up_again

#: Pieces of work done at the same time: small ones need not wait for a large one.
AT_ONCE = 4
#: Seconds: work that has been asked to end may take so long; then the process ends, and the next takes it up again.
PATIENCE = 20.0
LOOK_AGAIN = 1.0
_KEPT_HOURS = 24
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_READY = "后台处理已就绪。"


class _Ended(Exception):  # noqa: N818 - not an error: the worker was told to go
    """The worker was asked to end."""


def work(*, attached: bool) -> int:
    """Do background work until asked to end; waits while another worker is there, and while the database is away.

    `attached` workers end with the process that started them: its end closes their standard input.
    """
    if attached:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(_Ended):
        while True:
            _end_when_told()
            with contextlib.suppress(psycopg.Error, DatabaseError, ConnectorException), _the_only_worker() as held:
                _work(held)
            connections.close_all()
            time.sleep(LOOK_AGAIN)
    return 0


def _end_when_told() -> None:
    for each in _SIGNALS:
        signal.signal(each, _end)


def _end(*_: object) -> None:
    raise _Ended


def _end_with_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


@contextlib.contextmanager
def _the_only_worker() -> Iterator[psycopg.Connection]:
    """Hold the worker's lock, on a connection of its own, as soon as nobody else does; it falls with the process."""
    with psycopg.connect(**connector_params(), autocommit=True) as connection:
        while not _taken(connection):
            time.sleep(LOOK_AGAIN)
        yield connection


def _taken(connection: psycopg.Connection) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", [WORKER_LOCK]).fetchone()
    return bool(row and row[0])


class _Asking:
    """Whether the worker was asked to end while it works: noted, never raised into the midst of what is going on.

    An exception raised there by a signal leaves the tasks of a pool that is just opening, and waiting for them never ends.
    """

    def __init__(self) -> None:
        self.asked = False
        self._heard: Callable[[], object] = lambda: None
        # Whatever still works a while after the end was asked for ends with the process: its transaction is taken back.
        self._certain = threading.Timer(PATIENCE, self._leave)
        self._certain.daemon = True
        for each in _SIGNALS:
            signal.signal(each, self._note)

    def tell(self, heard: Callable[[], object]) -> None:
        """Call this, in the running loop, as soon as the end is asked for."""
        self._heard = heard
        for each in _SIGNALS:
            asyncio.get_running_loop().add_signal_handler(each, self._note)
        if self.asked:
            heard()

    def hurry(self) -> None:
        """From now on the worker ends, with the process if need be."""
        with contextlib.suppress(RuntimeError):  # it runs already
            self._certain.start()

    def over(self) -> None:
        """The worker has ended by itself."""
        self._certain.cancel()

    def _note(self, *_: object) -> None:
        self.asked = True
        self.hurry()
        self._heard()

    def _leave(self) -> None:
        os._exit(0 if self.asked else 1)


def _work(held: psycopg.Connection) -> None:
    """Take up what an earlier worker left, then work until asked to end or until the lock is lost."""
    take_up_again()
    connections.close_all()
    if not isinstance(app.connector, DjangoConnector):
        raise TypeError("the queue is not reached through Django")
    asking = _Asking()
    try:
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(_until_ended(held, asking))
    finally:
        asking.over()
        _end_when_told()
    if asking.asked:
        raise _Ended


async def _until_ended(held: psycopg.Connection, asking: _Asking) -> None:
    asked = asyncio.Event()
    asking.tell(asked.set)
    try:
        async with app.open_async():
            await app.job_manager.delete_old_jobs(
                _KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
            )
            working = app.run_worker_async(
                concurrency=AT_ONCE, install_signal_handlers=False, shutdown_graceful_timeout=PATIENCE / 4
            )
            tasks = [asyncio.create_task(one) for one in (working, _lock_lost(held), asked.wait())]
            say(_READY)
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            asking.hurry()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        asking.hurry()


async def _lock_lost(held: psycopg.Connection) -> None:
    """Returns when the connection that holds the lock is gone: then another worker may be there."""
    with contextlib.suppress(psycopg.Error):
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            await asyncio.to_thread(held.execute, "SELECT 1")


class _Beside:
    """A worker beside the site: started again when it dies, ended with the site.

    The first is started before the site's own process forks: a fork in the middle of a start would hold its pipes open.
    """

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._process = _start()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def _keep(self) -> None:
        """Ended with 0 it was asked to; ended otherwise it died and is started again."""
        while self._process.wait() != 0 and not self._ending.wait(LOOK_AGAIN):
            with self._lock:
                if self._ending.is_set():
                    return
                self._process = _start()

    def end(self) -> None:
        """Ask it to end and wait until it has."""
        self._ending.set()
        with self._lock:
            process = self._process
        process.terminate()
        try:
            process.wait(timeout=PATIENCE + 5)
        except subprocess.TimeoutExpired:
            process.kill()
        self._thread.join(timeout=5)


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "shanhai.cli", "worker", "--attached"]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


@contextlib.contextmanager
def beside(*, wanted: bool) -> Iterator[None]:
    """Run a worker beside whatever is done meanwhile, where it is wanted."""
    if not wanted:
        yield
        return
    worker = _Beside()
    try:
        yield
    finally:
        worker.end()
