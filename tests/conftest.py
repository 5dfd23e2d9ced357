"""What several folders of tests share: the office with the example's records, made once and given to each as a copy.

Making it takes half a minute, copying its files a second. Each folder of tests changes only its own copy.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER / "site"))

from office import ROOT, environment_of  # noqa: E402 - the folder must be on the path first

#: What belongs to the server that made the office and not to its records.
_LEFT = shutil.ignore_patterns("lock", "run", "socket*", "postgresql.log")


@pytest.fixture(scope="session")
def settle_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], None]]:
    """Put the office that `tests/site/office.py` makes into a folder: its home and its keys, not running."""
    made = tmp_path_factory.mktemp("office")
    environment = environment_of(made)

    def settle(folder: Path) -> None:
        shutil.copytree(made / "home", folder / "home", ignore=_LEFT)
        shutil.copytree(made / "keys", folder / "keys")

    try:
        try:
            _run([str(FOLDER / "site" / "office.py"), str(made)], environment)
        finally:
            _run(["-m", "shanhai.cli", "stop"], environment)
        yield settle
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
