"""The workers that run beside a site."""

from pathlib import Path


def workers_of(home):
    """The process numbers of the workers on a home."""
    mark, found = f"SHANHAI_HOME={home / 'home'}\0".encode(), []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (
                b"worker\0--attached" in (process / "cmdline").read_bytes()
                and mark in (process / "environ").read_bytes()
            ):
                found.append(int(process.name))
        except OSError:
            continue
    return found
