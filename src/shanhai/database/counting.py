"""How many statements were sent to the database meanwhile: counted at the driver, whoever sends them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import psycopg


@dataclass(slots=True)
class Count:
    """A number that grows."""

    number: int = 0


_counting: ContextVar[Count | None] = ContextVar("counting", default=None)


@contextmanager
def counted() -> Iterator[Count]:
    """Count the statements sent from this thread meanwhile."""
    count = Count()
    token = _counting.set(count)
    try:
        yield count
    finally:
        _counting.reset(token)


def _one_more() -> None:
    count = _counting.get()
    if count is not None:
        count.number += 1


class CountingCursor(psycopg.ClientCursor[Any]):
    """The driver's cursor as Django uses it, which counts what it sends; a list of statements is one."""

    def execute(self, *given: Any, **named: Any) -> "CountingCursor":
        """Send a statement."""
        _one_more()
        super().execute(*given, **named)
        return self

    def executemany(self, *given: Any, **named: Any) -> None:
        """Send a statement for each of many."""
        _one_more()
        super().executemany(*given, **named)

    def copy(self, *given: Any, **named: Any) -> Any:
        """Send a COPY."""
        _one_more()
        return super().copy(*given, **named)
