"""The best matching of all possible pairs, by price and add: solve over a list of pairs, hold all pairs against the
prices, add those that are worth more than their seeker got, until there is none.

The first prices come from samples: every 32nd seeker counted 32 times, then every 8th. For all of them prices are
first let settle over a rough list (`matching_settling`), so that the list that is solved over holds nearly all it needs.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from shanhai.areas.labour.queries.matching_flow import Pairs, SolverError, Whole, best_flow, prices
from shanhai.areas.labour.queries.matching_pricing import near, possible, promising
from shanhai.areas.labour.queries.matching_settling import settled
from shanhai.areas.labour.queries.matching_tables import Tables


@dataclass(frozen=True, slots=True)
class _Effort:
    """How a list of pairs is begun and goes on: `rounds` at most, 0 for until nothing is to be added.

    Pairs that are nearly too good (`below`) are added with those that are, since prices still move a little.
    """

    step: int
    slack: int
    width: int
    added: int
    below: int
    rounds: int


_SAMPLES = (_Effort(32, 150, 80, 50, 0, 2), _Effort(8, 60, 24, 20, 4, 2))
_ALL = _Effort(1, 30, 8, 16, 4, 0)
_FEW = 1_000
#: Of pairs at settled prices: how far below its row's best a pair is still listed, how many of a row, and how far
#: below those of the rough list are kept.
_NEAR, _OF_ROW, _KEPT = 8, 40, 10


@dataclass(frozen=True, slots=True)
class Best:
    """The best matching, in the order of the tables, and what proves it over all pairs.

    `column` is the vacancy of each row, -1 for none; `score` its points; `gain` what each row has after the price, at
    the highest over all pairs; `price` what each column costs; `possible` whether a row has any possible pair; `total`
    the sum of worth, and `bound` what no matching can pass: they are equal. `listed` pairs were in the list at the end.
    """

    column: Whole
    score: Whole
    gain: Whole
    price: Whole
    possible: NDArray[numpy.bool_]
    total: int
    bound: int
    rounds: int
    listed: int


def best_matching(tables: Tables, openings: Whole, bonus: Whole) -> Best:
    """The matching with the highest sum of points and bonuses, proven over all pairs."""
    price = numpy.zeros(len(tables.vacancies), dtype=numpy.int64)
    for effort in _SAMPLES if len(tables.seekers) > _FEW else ():
        some, theirs = tables.every(effort.step), bonus[effort.step // 2 :: effort.step]
        begun = _begun(some, openings, theirs, price=price, effort=effort)
        price = _solved(some, openings, theirs, pairs=begun, effort=effort).price
    rough = _begun(tables, openings, bonus, price=price, effort=_ALL)
    solved = _solved(
        tables, openings, bonus, pairs=_refined(tables, openings, bonus, rough=rough, price=price), effort=_ALL
    )
    pairs, taken = solved.pairs, solved.flow > 0
    column, score = numpy.full(len(bonus), -1, dtype=numpy.int64), numpy.zeros(len(bonus), dtype=numpy.int64)
    column[pairs.rows[taken]] = pairs.columns[taken]
    score[pairs.rows[taken]] = (pairs.gains - bonus[pairs.rows])[taken]
    total, bound = int((solved.flow * pairs.gains).sum()), int(solved.gain.sum() + (solved.price * openings).sum())
    if total != bound:
        raise SolverError(f"{total} != {bound}")
    can = column >= 0
    left_out = numpy.flatnonzero(~can & (bonus > 0))
    can[left_out] = possible(tables, left_out)
    return Best(column, score, solved.gain, solved.price, can, total, bound, solved.rounds, len(pairs.rows))


@dataclass(frozen=True, slots=True)
class _Solved:
    pairs: Pairs
    flow: Whole
    price: Whole
    gain: Whole
    rounds: int


def _solved(tables: Tables, openings: Whole, bonus: Whole, *, pairs: Pairs, effort: _Effort) -> _Solved:
    supply, rounds = numpy.full(len(bonus), effort.step, dtype=numpy.int64), 0
    while True:
        rounds += 1
        flow = best_flow(pairs, supply, openings)
        price = prices(pairs, flow, supply, openings)
        gain = pairs.best(price, len(bonus))
        if rounds == effort.rounds:
            return _Solved(pairs, flow, price, gain, rounds)
        found = near(tables, bonus, price, gain=gain, below=effort.below, width=effort.added)
        excess = found.gains - price[found.columns] - gain[found.rows]
        if not (excess > 0).any():
            return _Solved(pairs, flow, price, gain, rounds)
        pairs = pairs.joined(_first_of_each_vacancy(found, excess, 4 * openings + 8))


def _begun(tables: Tables, openings: Whole, bonus: Whole, *, price: Whole, effort: _Effort) -> Pairs:
    """A list to begin with: the best pairs of each seeker, and of each vacancy those nearest to be the best."""
    best, nearest = promising(tables, bonus, price, slack=effort.slack, width=effort.width)
    excess = nearest.gains - price[nearest.columns] - best.best(price, len(bonus))[nearest.rows]
    return best.joined(_first_of_each_vacancy(nearest, excess, 4 * openings + 8))


def _refined(tables: Tables, openings: Whole, bonus: Whole, *, rough: Pairs, price: Whole) -> Pairs:
    """The list to solve over: after prices have settled over a rough one, what is near the best at them."""
    price = settled(rough, openings, price)
    gain = rough.best(price, len(bonus))
    found = near(tables, bonus, price, gain=gain, below=_NEAR, width=_OF_ROW)
    excess = rough.gains - price[rough.columns] - gain[rough.rows]
    kept = rough.at(numpy.flatnonzero(excess >= -_KEPT))
    return found.joined(kept).joined(_first_of_each_vacancy(rough, excess, 2 * openings + 4))


def _first_of_each_vacancy(found: Pairs, excess: Whole, most: Whole) -> Pairs:
    """For each vacancy the pairs with the most excess, so `most` of them: some more than it has openings.

    A vacancy that is not filled has no price and looks good to everybody; a few of them fill it and give it one.
    """
    order = numpy.lexsort((found.rows, -excess, found.columns))
    column = found.columns[order]
    counts = numpy.bincount(column, minlength=len(most))
    place = numpy.arange(len(order)) - (numpy.cumsum(counts) - counts)[column]
    return found.at(numpy.sort(order[place < most[column]]))
