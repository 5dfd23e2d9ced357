"""Prices settle where about as many seekers want a vacancy as it takes."""

import numpy

from shanhai.areas.labour.queries.matching_flow import Pairs
from shanhai.areas.labour.queries.matching_settling import settled

NOTHING = numpy.zeros(3, dtype=numpy.int64)


def everybody(*gains: int) -> Pairs:
    """Ten seekers to whom each vacancy is worth the same."""
    rows = numpy.repeat(numpy.arange(10), len(gains))
    return Pairs(rows, numpy.tile(numpy.arange(len(gains)), 10), numpy.tile(numpy.array(gains), 10))


def test_what_too_many_want_becomes_dearer_by_what_it_is_worth_more() -> None:
    price = settled(everybody(150, 100), numpy.array([5, 5]), NOTHING[:2])
    assert price[0] - price[1] == 50


def test_where_there_is_room_nothing_costs_anything() -> None:
    assert settled(everybody(100, 100, 100), numpy.array([20, 20, 20]), NOTHING).tolist() == [0, 0, 0]


def test_prices_come_down_again_and_a_vacancy_without_pairs_costs_nothing() -> None:
    price = settled(everybody(100, 100), numpy.array([8, 8, 3]), NOTHING + 90)
    assert price.tolist() == [0, 0, 0]


def test_no_pairs_leave_the_prices() -> None:
    none = Pairs(*(numpy.zeros(0, dtype=numpy.int64) for _ in range(3)))
    assert settled(none, numpy.array([1, 1, 1]), NOTHING + 7).tolist() == [7, 7, 7]
