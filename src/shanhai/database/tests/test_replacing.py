"""A replacement killed anywhere is finished by the next run."""

import json

import pytest

from shanhai.database import replacing
from shanhai.database.replacing import ARRIVING, NEW, OLD, PLAN, finish_replacement, replace_contents

BEFORE = {"cluster": "old", "evidence": "old", "heads": "old"}
AFTER = {"cluster": "new", "evidence": "new", "heads.log": "new"}


@pytest.fixture
def prepared(home):
    """A home with something running in it, and what is to come."""
    for folder, content in ((home.root, BEFORE), (home.root / NEW / ARRIVING, AFTER)):
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in content.items():
            (folder / name).write_text(text)
        (folder / "run").mkdir()
        (folder / "lock").write_text("1")
    return home


def contents(folder):
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file() and path.name != "lock"}


def test_the_new_takes_the_place_of_the_old_which_is_kept(prepared):
    replace_contents(prepared)
    assert contents(prepared.root) == AFTER
    assert contents(prepared.root / OLD) == BEFORE
    assert not (prepared.root / NEW).exists()


@pytest.mark.parametrize("moves_done", range(8))
def test_a_replacement_killed_after_any_move_is_finished_by_the_next_run(prepared, monkeypatch, moves_done):
    moves = []

    def rename(path, target):
        if path.name != f"{PLAN}.part":
            if len(moves) == moves_done:
                raise KeyboardInterrupt
            moves.append(path)
        return original(path, target)

    original = replacing.Path.rename
    with monkeypatch.context() as patched:
        patched.setattr(replacing.Path, "rename", rename)
        try:
            replace_contents(prepared)
        except KeyboardInterrupt:
            assert (prepared.root / PLAN).exists()
    finish_replacement(prepared)
    assert contents(prepared.root) == AFTER
    assert contents(prepared.root / OLD) == BEFORE


def test_killed_before_the_plan_nothing_has_moved(prepared):
    (prepared.root / f"{PLAN}.part").write_text(json.dumps({"leaving": ["cluster"]})[:5])
    finish_replacement(prepared)
    assert contents(prepared.root).items() >= BEFORE.items()
    assert not (prepared.root / NEW).exists()


def test_the_next_replacement_removes_what_the_last_one_kept(prepared):
    (prepared.root / OLD).mkdir()
    (prepared.root / OLD / "older").write_text("older")
    replace_contents(prepared)
    assert contents(prepared.root / OLD) == BEFORE
