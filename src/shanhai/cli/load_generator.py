"""A load on a site from one process: many connections, each asking again as soon as it was answered."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle

CONNECTIONS = 8


@dataclass(slots=True)
class Answers:
    """What came back: seconds of each answer, the statuses that were not 200, how long it all took."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    wall: float = 0.0

    @property
    def told(self) -> dict[str, float]:
        """Requests a second and the time within which 95 of 100 are answered, in milliseconds."""
        ordered = sorted(self.seconds)
        return {
            "requests_per_second": round(len(ordered) / self.wall, 1),
            "p50_ms": round(ordered[len(ordered) // 2] * 1000, 2),
            "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 2),
            "requests": len(ordered),
            "wrong": len(self.wrong),
        }


@dataclass(slots=True)
class _Asking(asyncio.Protocol):
    """One connection: sends a request, reads the whole answer, sends the next until the time is over."""

    paths: Iterator[str]
    request: Callable[[str], bytes]
    answers: Answers
    until: float
    done: "asyncio.Future[None]"
    _transport: asyncio.Transport | None = None
    _buffer: bytearray = field(default_factory=bytearray)
    _asked: float = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]
        self._ask()

    def _ask(self) -> None:
        assert self._transport is not None
        self._asked = time.perf_counter()
        if self._asked >= self.until:
            self._transport.close()
            self._finish()
            return
        self._transport.write(self.request(next(self.paths)))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0 or not _is_whole(self._buffer, head):
            return
        self.answers.seconds.append(time.perf_counter() - self._asked)
        status = int(self._buffer[9:12])
        if status != 200:
            self.answers.wrong.append(status)
        self._buffer.clear()
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        self._finish()

    def _finish(self) -> None:
        if not self.done.done():
            self.done.set_result(None)


def _is_whole(buffer: bytearray, head: int) -> bool:
    """Whether an answer is all there, by its length or by its last chunk; one answer at a time is on its way."""
    lowered = bytes(buffer[:head]).lower() + b"\r\n"
    at = lowered.find(b"content-length:")
    if at < 0:
        return buffer.endswith(b"0\r\n\r\n")
    return len(buffer) >= head + 4 + int(lowered[at + 15 : lowered.find(b"\r\n", at)])


def load(port: int, paths: list[str], *, seconds: float, cookies: str = "", connections: int = CONNECTIONS) -> Answers:
    """Ask these addresses of a site on this machine, round and round, for some time."""
    return asyncio.run(_load(port, paths, seconds=seconds, cookies=cookies, connections=connections))


async def _load(port: int, paths: list[str], *, seconds: float, cookies: str, connections: int) -> Answers:
    loop, answers, round_robin = asyncio.get_running_loop(), Answers(), cycle(paths)
    cookie = f"Cookie: {cookies}\r\n" if cookies else ""

    def request(path: str) -> bytes:
        return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{cookie}\r\n".encode()

    began = time.perf_counter()
    waited = []
    for _ in range(connections):
        done: asyncio.Future[None] = loop.create_future()
        asking = _Asking(round_robin, request, answers, began + seconds, done)
        await loop.create_connection(lambda asking=asking: asking, "127.0.0.1", port)  # type: ignore[misc]
        waited.append(done)
    await asyncio.wait(waited, timeout=seconds + 30)
    answers.wall = time.perf_counter() - began
    return answers
