"""Persons, person-times and households are added nowhere: tried with every figure that counts one of them."""

import pytest

from shanhai.base.units import Kind
from shanhai.figures import declare
from shanhai.figures.terms import DeclarationError

COUNTED = {Kind.PERSONS, Kind.PERSON_TIMES, Kind.HOUSEHOLDS}
FIGURES = {figure.name: figure for figure in declare.registry() if figure.unit.kind in COUNTED}
_TOLD = {"zh": "试", "en": "Tried", "rule": "试", "basis": "试"}


def _total(first, second, unit):
    with declare.collecting(declare.Registry(declare.registry())):
        declare.total(
            f"{first.area}.tried", of=(first.name, second.name), unit=unit, time=str(first.time), stage=str(first.stage),
            **_TOLD,
        )  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_no_total_adds_a_count_to_another_count(name):
    """Only person-times of one kind may follow each other in a total; nothing is added to persons or households."""
    first = FIGURES[name]
    tried = 0
    for second in FIGURES.values():
        both_times = first.unit.kind is second.unit.kind is Kind.PERSON_TIMES
        if second is first or both_times:
            continue
        for unit in {first.unit.code, second.unit.code}:
            with pytest.raises(DeclarationError):
                _total(first, second, unit)
            tried += 1
    assert tried > 20


@pytest.mark.parametrize("name", [name for name, figure in FIGURES.items() if figure.rows and figure.identity])
def test_no_count_of_persons_or_households_is_a_sum_or_a_count_of_rows(name):
    """The same rows under a fold that would count somebody twice."""
    figure = FIGURES[name]
    same = {
        "unit": figure.unit.code,
        "time": str(figure.time),
        "stage": str(figure.stage),
        "reads": figure.reads,
        "on": figure.on,
    }
    for told in (
        {"how": "sum", "column": figure.identity},
        {"how": "sum"},
        {"how": "count"},
        {"how": "count_distinct"},
    ):
        with declare.collecting(declare.Registry()), pytest.raises(DeclarationError):
            declare.figure(f"{figure.area}.tried", **same, **told, **_TOLD)(figure.rows)


@pytest.mark.parametrize(
    "name", [name for name, figure in FIGURES.items() if figure.unit.kind is not Kind.PERSON_TIMES and figure.rows]
)
def test_every_count_of_persons_or_households_tells_them_apart(name):
    """By identity, through the register; only a published statistic or a largest count has none."""
    figure = FIGURES[name]
    if figure.identity:
        assert figure.identity.endswith("_key")
        read = {table.name for table in figure.reads}
        assert read & {"reference.person", "reference.household"}
    else:
        assert figure.base.published or str(figure.how) == "largest"
