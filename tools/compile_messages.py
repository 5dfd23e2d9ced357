"""Compile the catalogues whose text is newer than their binary: `python tools/compile_messages.py`."""

from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "shanhai"


def compile_stale() -> int:
    """Write a .mo beside each .po that is newer than it; answers how many."""
    stale = [
        path
        for path in PACKAGE.glob("**/locale/*/LC_MESSAGES/django.po")
        if not path.with_suffix(".mo").exists() or path.with_suffix(".mo").stat().st_mtime_ns < path.stat().st_mtime_ns
    ]
    for path in stale:
        part = path.with_suffix(f".{path.stat().st_ino}.part")
        polib.pofile(str(path)).save_as_mofile(str(part))
        part.replace(path.with_suffix(".mo"))
    return len(stale)


if __name__ == "__main__":
    compile_stale()
