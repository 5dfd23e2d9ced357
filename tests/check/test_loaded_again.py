"""The example's workbooks, loaded once more, are what is recorded already: nothing new, nothing to put right."""

from pathlib import Path

import pytest

from shanhai.intake.loading import plan
from shanhai.loading.executing import ordered_sheets
from shanhai.loading.lookups import lookup

EXAMPLE = Path(__file__).parents[2] / "examples" / "wenling-langzhong"


@pytest.mark.slow
@pytest.mark.usefixtures("example")
def test_the_example_again_changes_nothing():
    books = [(path.name, path) for path in sorted(EXAMPLE.glob("*.xlsx"))]
    planned = plan(books, ordered_sheets(), lookup())
    assert [str(finding) for finding in planned.findings if finding.blocks] == []
    assert {
        sheet.sheet.name: sheet.new.height + sheet.changed.height
        for sheet in planned.sheets
        if sheet.new.height + sheet.changed.height
    } == {}
