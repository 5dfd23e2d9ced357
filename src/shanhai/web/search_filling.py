"""Reading the journal into the search documents behind the site's back: a thread of its own, at most one per process."""

import logging
import threading

from django.db import DatabaseError, connection

from shanhai.journal.actions import after_commit
from shanhai.search.actions import catch_up

_log = logging.getLogger(__name__)
_busy = threading.Lock()
#: Set in the process of the site: commands and tests read nothing on by themselves.
_serving = threading.Event()


def begin() -> None:
    """What the site does when it starts: read what is not read yet, and read on after each act of its own."""
    _serving.set()
    if wake not in after_commit:
        after_commit.append(wake)
    wake()


def wake() -> None:
    """Begin reading where the site runs as a server and is not reading already; nobody waits for it."""
    if _serving.is_set() and _busy.acquire(blocking=False):
        threading.Thread(target=_read, name="search-filling", daemon=True).start()


def _read() -> None:
    """Read on until all is read; each go is a transaction of its own."""
    try:
        while catch_up():
            pass
    except DatabaseError:
        _log.exception("search documents could not be read on; the next search tries again")
    finally:
        connection.close()
        _busy.release()
