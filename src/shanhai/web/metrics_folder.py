"""The folder in which the processes of the site count, each in files of its own; made before any of them begins."""

import os
from pathlib import Path

#: Read by prometheus-client when it is first imported: counts then go to files that all processes see.
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def use_folder(root: Path) -> None:
    """Count in the folder of this data folder from now on, and remove what processes left there that are gone."""
    folder = root / "metrics"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ[VARIABLE] = str(folder)
    for file in folder.glob("*.db"):
        number = file.stem.rpartition("_")[2]
        if not (number.isdigit() and _lives(int(number))):
            file.unlink(missing_ok=True)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
