"""One run at a time may start, stop or replace a server; the others wait, then find it done."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from shanhai.database.refusals import unavailable

LOOK_AGAIN = 0.03


@contextlib.contextmanager
def held(path: Path, *, patience: float = 300.0) -> Iterator[None]:
    """Hold the lock file; waits up to `patience` seconds for another run.

    The kernel lets go of it when its holder ends, however that end comes: a file left by kill -9 holds nobody up.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait(descriptor, path, patience)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, path: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "未知"
                raise unavailable(
                    f"另一个运行（进程号 {holder}）正在启动、停止或恢复同一数据文件夹，已等候 {patience:.0f} 秒"
                    f"（锁文件 {path}）",
                    expected="同一时刻只有一个运行在做这件事",
                    to_do="等它完成后再试；如确认它已停住，可结束该进程",
                ) from None
            time.sleep(LOOK_AGAIN)
