"""Putting a restored data folder in the place of the old one, so that a run killed half-way is finished by the next."""

import json
import os
import shutil
from pathlib import Path

from shanhai.database.home import Home

PLAN = "replacement.json"
NEW = "restore.new"
ARRIVING = "home"
OLD = "before-restore"
SET_ASIDE = frozenset({PLAN, f"{PLAN}.part", NEW, OLD})


def replace_contents(home: Home) -> None:
    """Move what lies in `restore.new/home` to its place and what lay there to `before-restore`.

    The plan is written first, in one stroke: before it nothing has moved, after it the whole move is certain. Only
    under the lock of the home, and with no server running.
    """
    old = home.root / OLD
    if old.exists():
        shutil.rmtree(old)
    stays = (home.volatile - {"cluster"}) | SET_ASIDE
    leaving, coming = (
        sorted(path.name for path in folder.iterdir() if path.name not in stays)
        for folder in (home.root, home.root / NEW / ARRIVING)
    )
    part = home.root / f"{PLAN}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump({"leaving": leaving, "coming": coming}, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    part.rename(home.root / PLAN)
    finish_replacement(home)


def finish_replacement(home: Home) -> None:
    """Carry out the plan of a replacement, from wherever a killed run left it; without a plan, clear what it left."""
    plan = home.root / PLAN
    new, old = home.root / NEW, home.root / OLD
    if not plan.exists():
        if new.exists():
            shutil.rmtree(new)
        return
    moves = json.loads(plan.read_text(encoding="utf-8"))
    old.mkdir(mode=0o700, exist_ok=True)
    for name in moves["leaving"]:
        # Present in both places: it has left already, and what stands here now has come.
        if not (old / name).exists() and (home.root / name).exists():
            (home.root / name).rename(old / name)
    for name in moves["coming"]:
        if (new / ARRIVING / name).exists():
            (new / ARRIVING / name).rename(home.root / name)
    _settle(home.root)
    plan.unlink()
    shutil.rmtree(new)


def _settle(folder: Path) -> None:
    """Make the moves last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
