"""A new area is one new folder: put beside the others in a copy of the program, it is migrated, loaded, counted
and opened, and no other file is touched."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from office import BELONGING, PAIR, write_book
from serving import ROOT, done, environment

AREA = Path(__file__).parent / "beekeeping"
ROWS = [(PAIR, "西部受援方", f"FC-00{number}", f"示例蜂场{number}", f"2023-0{number}-11") for number in (1, 2, 3)]


@pytest.fixture(scope="module")
def enlarged(tmp_path_factory, settle_office):
    """An office as it was before, and the program with one folder more."""
    folder = tmp_path_factory.mktemp("one-more-area")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "tests", "*.egg-info"))
    shutil.copytree(
        AREA, folder / "src" / "shanhai" / "areas" / "beekeeping", ignore=shutil.ignore_patterns("__pycache__")
    )
    surroundings = environment(folder, PYTHONPATH=str(folder / "src"), DJANGO_SETTINGS_MODULE="shanhai.settings")
    settle_office(folder)
    try:
        yield folder, surroundings
    finally:
        done(surroundings, "stop")
        shutil.rmtree(folder, ignore_errors=True)


def test_a_new_area_is_one_new_folder(enlarged):
    folder, surroundings = enlarged
    made = subprocess.run(
        [sys.executable, "-m", "django", "makemigrations", "beekeeping"],
        env=surroundings, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Create model Apiary" in made.stdout, made.stdout
    done(surroundings, "migrate")

    book = write_book(folder / "apiaries.xlsx", "蜂场", (*BELONGING, "蜂场编号", "蜂场名称", "建成日期"), ROWS)
    loaded = json.loads(done(surroundings, "load", str(book), "--json"))
    assert loaded["saved"], loaded
    assert "beekeeping.apiaries" in json.dumps(loaded["moved"])

    opened = json.loads(done(surroundings, "open", "beekeeping.apiaries", "--pairing", PAIR, "--json"))
    assert [row["record"] for row in opened["rows"]] == [
        f"beekeeping.apiary:{PAIR}/FC-00{number}" for number in (1, 2, 3)
    ]
