"""The command line: `shanhai COMMAND`. Commands are loaded once the database runs and Django is set up."""

import os
import sys
from importlib import import_module

from shanhai.base.findings import Refused, WrongUse


def main() -> None:
    """Run the command line; what is refused is one sentence and exit code 1, wrong use is exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanhai.settings")
    try:
        import_module("shanhai.cli.commands").app()
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        sys.exit(2 if isinstance(refused, WrongUse) else 1)
