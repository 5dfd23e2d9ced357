"""A new area is one new folder: put beside the others in a copy of the program, it is migrated, loaded, counted
and opened, and no other file is touched, neither by hand nor by the tools that make and check files."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from office import BELONGING, PAIR, write_book
from serving import ROOT, done, environment

AREA = Path(__file__).parent / "beekeeping"
NEW = Path("src", "shanhai", "areas", "beekeeping")
#: What of the repository the copy holds: all that a tool would write, and what it takes to run tests there.
COPIED = ("src", "docs/reference", "tools", "conftest.py", "pyproject.toml")
#: Made while running, never kept.
MADE = shutil.ignore_patterns("__pycache__", "*.egg-info", "*.mo")
ROWS = [(PAIR, "西部受援方", f"FC-00{number}", f"示例蜂场{number}", f"2023-0{number}-11") for number in (1, 2, 3)]


def copy(name, folder):
    """Copy a file or folder of the repository, without what running makes."""
    if (ROOT / name).is_dir():
        shutil.copytree(ROOT / name, folder / name, ignore=MADE)
    else:
        shutil.copy2(ROOT / name, folder / name)


def outside(folder):
    """Every file of the copy that is not in the new folder, with a digest of what it holds."""
    files = [path for name in COPIED for path in (folder / name, *(folder / name).rglob("*")) if path.is_file()]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if folder / NEW not in path.parents and "__pycache__" not in path.parts and path.suffix != ".mo"
    }


@pytest.fixture(scope="module")
def enlarged(tmp_path_factory, settle_office):
    """An office as it was before, and the program with one folder more."""
    folder = tmp_path_factory.mktemp("one-more-area")
    for name in COPIED:
        copy(name, folder)
    shutil.copytree(AREA, folder / NEW, ignore=MADE)
    own = {"PYTHONPATH": str(folder / "src"), "DJANGO_SETTINGS_MODULE": "shanhai.settings"}
    # The copy keeps its compiled modules: every process after the first starts seconds sooner.
    surroundings = environment(folder, PYTHONDONTWRITEBYTECODE="", **own)
    before = outside(folder)
    settle_office(folder)
    try:
        yield folder, surroundings, before
    finally:
        done(surroundings, "stop")
        shutil.rmtree(folder, ignore_errors=True)


def python(enlarged, *arguments):
    """What Python says in the copy, run to its end: its exit code and its words."""
    folder, surroundings, _ = enlarged
    ended = subprocess.run(
        [sys.executable, *arguments], env=surroundings, cwd=folder, capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_a_new_area_is_one_new_folder(enlarged):
    folder, surroundings, before = enlarged
    code, told = python(enlarged, "-m", "django", "makemigrations", "beekeeping")
    assert (code, "Create model Apiary" in told) == (0, True), told
    done(surroundings, "migrate")

    book = write_book(folder / "apiaries.xlsx", "蜂场", (*BELONGING, "蜂场编号", "蜂场名称", "建成日期"), ROWS)
    loaded = json.loads(done(surroundings, "load", str(book), "--json"))
    assert loaded["saved"], loaded
    assert "beekeeping.apiaries" in json.dumps(loaded["moved"])

    opened = json.loads(done(surroundings, "open", "beekeeping.apiaries", "--pairing", PAIR, "--json"))
    assert [row["record"] for row in opened["rows"]] == [
        f"beekeeping.apiary:{PAIR}/FC-00{number}" for number in (1, 2, 3)
    ]
    assert outside(folder) == before


def test_the_tools_and_checks_of_the_house_change_no_other_file(enlarged):
    folder, _, before = enlarged
    for arguments in (
        ["tools/docs.py"], ["tools/snapshots.py"], ["tools/messages.py", "--check"],
        ["-m", "pytest", "src/shanhai/catalogue/tests/test_checks.py"],
    ):  # fmt: skip
        code, told = python(enlarged, *arguments)
        assert code == 0, told
    assert "| beekeeping.apiary.opened |" in (folder / NEW / "README.md").read_text("utf-8")
    assert (folder / NEW / "tests" / "snapshots" / "beekeeping.apiaries.sql").is_file()
    after = outside(folder)
    assert len(after) > 500
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == set()
