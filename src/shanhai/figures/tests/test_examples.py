"""Examples an official can read are run, and a wrong one says what it expected and what came."""

from pathlib import Path

import pytest

from shanhai.figures import examples
from shanhai.figures.tests import toy

EXAMPLES = examples.load(Path(__file__).parent / "examples.yaml")


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["name"] for example in EXAMPLES])
def test_the_example_holds(example):
    assert examples.findings(example, toy.REGISTRY) == []


@pytest.mark.parametrize(("expect", "codes"), [
    ({"value": 121, "unit": "万元"}, ["value"]),
    ({"value": 120, "unit": "亩"}, ["value", "unit"]),
    ({"value": 1200000, "rows": ["A-2"]}, ["rows"]),
    ({"value": 1200000, "rows": 2}, ["rows"]),
    ({"state": "blank"}, ["state"]),
])  # fmt: skip
def test_a_wrong_expectation_is_found(expect, codes):
    found = examples.findings(EXAMPLES[0] | {"expect": expect}, toy.REGISTRY)
    assert sorted(finding.code for finding in found) == sorted(f"figures.example.{code}" for code in codes)


def test_rows_of_a_table_the_figure_does_not_read_are_refused():
    with pytest.raises(ValueError, match="does not read"):
        examples.findings(EXAMPLES[0] | {"given": {"toy.payment": []}}, toy.REGISTRY)
