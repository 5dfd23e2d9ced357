"""What follows from a figure by scope and year, told with a few cells."""

from decimal import Decimal

import pytest

from shanhai.figures import series
from shanhai.figures.folding import Cell
from shanhai.figures.terms import DeclarationError, State
from shanhai.figures.tests import toy

PAID = toy.REGISTRY["toy.paid"]


def cells(told, figure=PAID):
    """Cells by scope and year from amounts; None is blank, "later" a year that has not begun."""
    return {scope: {year: cell(figure, amount) for year, amount in years.items()} for scope, years in told.items()}


def cell(figure, amount):
    if amount == "later":
        return Cell(figure, None, State.NOT_YET_DUE)
    return Cell(figure, None if amount is None else Decimal(amount), State.BLANK if amount is None else State.VALUE)


def test_a_running_total_goes_on_over_a_year_without_records_and_ends_with_the_present():
    found = series.running(cells({1: {2020: None, 2021: "1.50", 2022: None, 2023: "2.25", 2024: "later"}}))
    expected = [None, Decimal("1.50"), Decimal("1.50"), Decimal("3.75"), None]
    assert list(found[1].values()) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("100", "150", "50.0000"), ("3", "2", "-33.3333"), ("-4", "-2", "50.0000"), ("0", "5", None), (None, "5", None)],
)
def test_growth_is_held_against_the_year_before(before, after, expected):
    found = series.growth(cells({1: {2022: before, 2023: after}}))
    assert found[1] == {2022: None, 2023: None if expected is None else Decimal(expected)}


def test_growth_is_not_held_against_an_earlier_year_than_the_one_before():
    assert series.growth(cells({1: {2020: "1", 2023: "2"}}))[1][2023] is None


def test_shares_are_of_all_scopes_in_the_year():
    found = series.shares(cells({1: {2023: "1", 2024: "0"}, 2: {2023: "2", 2024: "0"}, 3: {2023: None, 2024: None}}))
    assert found == {
        1: {2023: Decimal("33.3333"), 2024: None},
        2: {2023: Decimal("66.6667"), 2024: None},
        3: {2023: None, 2024: None},
    }


def test_counties_with_two_pairings_are_ranked_by_both():
    told = cells({1: {2023: "5"}, 2: {2023: "4"}, 3: {2023: "3"}, 4: {2023: None}})
    assert series.top(told, 2, {1: "甲", 2: "乙", 3: "乙", 4: "丙"}.__getitem__) == [
        ("乙", Decimal(7)), ("甲", Decimal(5)),
    ]  # fmt: skip


@pytest.mark.parametrize("derive", [series.running, series.growth, series.shares, lambda told: series.top(told, 3)])
@pytest.mark.parametrize("name", ["toy.people", "toy.spending_rate", "toy.first_allocation"])
def test_persons_ratios_and_days_are_added_nowhere(derive, name):
    with pytest.raises(DeclarationError, match="added"):
        derive(cells({1: {2023: "1"}}, toy.REGISTRY[name]))


def test_what_stands_is_shared_out_but_not_added_over_years():
    told = cells({1: {2023: "1"}, 2: {2023: "3"}}, toy.REGISTRY["toy.area"])
    assert series.shares(told)[1][2023] == Decimal("25.0000")
    with pytest.raises(DeclarationError, match="years"):
        series.running(told)


def test_nothing_asked_is_nothing():
    assert (series.running({}), series.growth({}), series.shares({}), series.top({}, 3)) == ({}, {}, {}, [])
