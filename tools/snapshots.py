"""Write the SQL snapshots of every figure anew: `python tools/snapshots.py`; review the difference before it is committed."""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanhai.settings")
os.environ.setdefault("SHANHAI_HOME", tempfile.mkdtemp())

import django

django.setup()

import shanhai.areas
from shanhai.figures import declare, snapshots


def main() -> int:
    """Write what changed and say which."""
    areas = Path(shanhai.areas.__file__).parent
    for path in snapshots.write(declare.registry(), areas):
        print(path.relative_to(areas))
    return 0


if __name__ == "__main__":
    sys.exit(main())
