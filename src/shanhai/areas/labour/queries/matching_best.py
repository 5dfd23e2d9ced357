"""The best matching of all possible pairs, by price and add: solve over a list of pairs, hold all pairs against the
prices, add those that gain too much, until none does.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from shanhai.areas.labour.queries.matching_flow import SolverError, Whole, best_flow, prices
from shanhai.areas.labour.queries.matching_pricing import price_all
from shanhai.areas.labour.queries.matching_tables import Tables

_FIRST, _SLACK, _ADDED = 20, 40, 8


@dataclass(frozen=True, slots=True)
class Best:
    """The best matching, in the order of the tables, and what proves it over all pairs.

    `column` is the vacancy of each row, -1 for none; `score` its points; `gain` what each row has after the price, at
    the highest over all pairs; `price` what each column costs; `possible` whether a row has any possible pair;
    `highest_reduced` the most any pair gains above `gain` and `price`; `total` the sum of gains, and `bound` what no
    matching can pass: they are equal.
    """

    column: Whole
    score: Whole
    gain: Whole
    price: Whole
    possible: NDArray[numpy.bool_]
    highest_reduced: int
    total: int
    bound: int
    priced: int
    rounds: int


def best_matching(tables: Tables, openings: Whole, bonus: Whole) -> Best:
    """The matching with the highest sum of points and bonuses, proven over all pairs."""
    people, jobs = len(tables.seekers), len(tables.vacancies)
    one_each = numpy.ones(people, dtype=numpy.int64)
    first = price_all(tables, bonus, numpy.zeros(jobs, dtype=numpy.int64), slack=_SLACK, width=_FIRST)
    pairs, rounds = first.pairs, 0
    while True:
        rounds += 1
        flow = best_flow(pairs, one_each, openings)
        price = prices(pairs, flow, one_each, openings)
        gain = numpy.zeros(people, dtype=numpy.int64)
        numpy.maximum.at(gain, pairs.rows, pairs.gains - price[pairs.columns])
        found = price_all(tables, bonus, price, above=gain, width=_ADDED)
        if not len(found.pairs.rows):
            break
        pairs = pairs.plus(found.pairs)
    taken = flow > 0
    column, score = numpy.full(people, -1, dtype=numpy.int64), numpy.zeros(people, dtype=numpy.int64)
    column[pairs.rows[taken]] = pairs.columns[taken]
    score[pairs.rows[taken]] = (pairs.gains - bonus[pairs.rows])[taken]
    total, bound = int((flow * pairs.gains).sum()), int(found.most.sum() + (price * openings).sum())
    if total != bound:
        raise SolverError(f"{total} != {bound}")
    highest = int((found.most - gain).max(initial=0))
    return Best(column, score, gain, price, first.most > 0, highest, total, bound, found.priced, rounds)
