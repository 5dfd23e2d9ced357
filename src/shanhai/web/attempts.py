"""Failed attempts to sign in, kept in the process: after ten of one account or address, a wait."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

MOST = 10
WITHIN = timedelta(minutes=15)
_REMEMBERED = 10_000


@dataclass(slots=True)
class Attempts:
    """When each account or address failed lately; the oldest of too many names are forgotten."""

    _failed: defaultdict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))
    _lock: Lock = field(default_factory=Lock)

    def wait(self, names: tuple[str, ...], *, now: datetime) -> timedelta:
        """How long the next attempt must wait; nothing where none of the names failed too often."""
        with self._lock:
            return max((self._wait(name, now) for name in names), default=timedelta())

    def _wait(self, name: str, now: datetime) -> timedelta:
        times = self._failed.get(name, deque())
        while times and times[0] <= now - WITHIN:
            times.popleft()
        return times[0] + WITHIN - now if len(times) >= MOST else timedelta()

    def failed(self, names: tuple[str, ...], *, now: datetime) -> None:
        """Note a failure under each name."""
        with self._lock:
            for name in names:
                self._failed[name].append(now)
                while len(self._failed[name]) > MOST:
                    self._failed[name].popleft()
            while len(self._failed) > _REMEMBERED:
                del self._failed[next(iter(self._failed))]

    def succeeded(self, name: str) -> None:
        """Forget the failures of an account whose password was right."""
        with self._lock:
            self._failed.pop(name, None)
