"""The home that release 0.1 backed up, restored and migrated by today's program."""

import shutil
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parent / "operations"), str(FOLDER.parent / "site")]

from serving import command, done, environment  # noqa: E402 - the folders must be on the path first


def pytest_collection_modifyitems(items):
    """Every test here runs the program and speaks with it on this machine alone."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def restored(tmp_path_factory):
    """The surroundings of a fresh home with the old backup in it, not migrated yet; its folder."""
    folder = tmp_path_factory.mktemp("upgrade")
    shutil.copytree(FOLDER / "release-0.1-keys", folder / "keys")
    (folder / "keys").chmod(0o700)
    surroundings = environment(folder)
    try:
        done(surroundings, "restore", str(FOLDER / "release-0.1.shanhai"))
        yield surroundings
    finally:
        command(surroundings, "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def said(restored):
    """What `migrate` said the first time and the second."""
    return [done(restored, "migrate"), done(restored, "migrate")]
