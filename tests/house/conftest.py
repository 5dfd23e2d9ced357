"""What the house tests share: the tools folder on the path, and the package as syntax trees."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))


@pytest.fixture(scope="session")
def source():
    """The package's own modules, without tests and migrations."""
    from house_measures import is_test, read_modules

    found = [module for module in read_modules(ROOT / "src" / "shanhai", "shanhai") if not is_test(module.name)]
    for module in found:
        assert module.nodes, module.name
    return found
