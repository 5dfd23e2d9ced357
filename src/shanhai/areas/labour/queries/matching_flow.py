"""The best matching over a list of possible pairs, by OR-Tools' minimum-cost flow, and the prices that prove it.

OR-Tools answers the flow but not its prices. They are found again from the flow: a price of a vacancy must make every
pair of the list worth no more to its seeker than what the seeker got, which are differences of prices, and the lowest
and the highest prices that do so are longest paths.
"""

from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

Whole = NDArray[numpy.int64]
_FREE = 2**60


class SolverError(Exception):
    """The solver did not answer an optimal flow; a broken program, since leaving everybody out is always possible."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Possible pairs: row, column and gain of each, sorted by row."""

    rows: Whole
    columns: Whole
    gains: Whole

    def at(self, places: Whole) -> "Pairs":
        """The pairs at these places of the list."""
        return Pairs(self.rows[places], self.columns[places], self.gains[places])

    def best(self, price: Whole, people: int) -> Whole:
        """What each row gains most after the price; nothing where no pair gains anything."""
        highest = numpy.zeros(people, dtype=numpy.int64)
        numpy.maximum.at(highest, self.rows, self.gains - price[self.columns])
        return highest

    def joined(self, other: "Pairs") -> "Pairs":
        """Both lists, each pair once."""
        both = self.plus(other)
        places = int(both.columns.max(initial=0)) + 1
        order = numpy.argsort(both.rows * places + both.columns)
        first = order[_changed(both.rows[order], both.columns[order])]
        return both.at(first)

    def plus(self, other: "Pairs") -> "Pairs":
        """Both lists; they hold no pair in common."""
        rows = numpy.concatenate([self.rows, other.rows])
        order = numpy.argsort(rows, kind="stable")
        columns, gains = (
            numpy.concatenate([mine, theirs])[order]
            for mine, theirs in ((self.columns, other.columns), (self.gains, other.gains))
        )
        return Pairs(rows[order], columns, gains)


def best_flow(pairs: Pairs, supply: Whole, openings: Whole) -> Whole:
    """How much of each pair is taken, so that the sum of gains is the highest; `supply` is what each row may give."""
    people, jobs = len(supply), len(openings)
    sink = people + jobs
    each, job = numpy.arange(people), people + numpy.arange(jobs)
    flow = min_cost_flow.SimpleMinCostFlow()
    taken = flow.add_arcs_with_capacity_and_unit_cost(
        pairs.rows, people + pairs.columns, supply[pairs.rows], -pairs.gains
    )
    nothing = numpy.zeros(people + jobs, dtype=numpy.int64)
    flow.add_arcs_with_capacity_and_unit_cost(each, numpy.full(people, sink), supply, nothing[:people])
    flow.add_arcs_with_capacity_and_unit_cost(job, numpy.full(jobs, sink), openings, nothing[:jobs])
    flow.set_nodes_supplies(numpy.append(each, sink), numpy.append(supply, -supply.sum()))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise SolverError(str(status))
    found: Any = flow.flows(taken)
    return numpy.asarray(found, dtype=numpy.int64)


def prices(pairs: Pairs, flow: Whole, supply: Whole, openings: Whole) -> Whole:
    """Prices of the vacancies that prove the flow optimal over the list: whole, in the middle of all that do."""
    people, jobs = len(supply), len(openings)
    rows = numpy.concatenate([pairs.rows, numpy.arange(people)])
    # Having no job is a pair like the others, with the place behind the last vacancy, whose price is nothing.
    columns = numpy.concatenate([pairs.columns, numpy.full(people, jobs)])
    gains = numpy.concatenate([pairs.gains, numpy.zeros(people, dtype=numpy.int64)])
    left_out = supply - numpy.bincount(pairs.rows, weights=flow, minlength=people).astype(numpy.int64)
    taken = numpy.concatenate([flow, left_out]) > 0
    filled = (numpy.bincount(pairs.columns, weights=flow, minlength=jobs) >= openings) & (openings > 0)
    bounds = _Bounds(Pairs(rows, columns, gains), Pairs(rows[taken], columns[taken], gains[taken]))
    highest = bounds.highest(numpy.where(numpy.append(filled, False), _FREE, 0))
    return (bounds.lowest(numpy.zeros(jobs + 1, dtype=numpy.int64)) + highest)[:-1] // 2


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What prices must hold: no pair leaves its row more, after its price, than any taken pair of the row does."""

    each: Pairs
    taken: Pairs

    def lowest(self, price: Whole) -> Whole:
        """The lowest prices from these on: raised until all bounds hold."""
        each, taken = _by(self.each, self.each.columns), _by(self.taken, self.taken.rows)
        jobs, mine = _groups(each.columns), _groups(taken.rows)
        while True:
            left = numpy.minimum.reduceat(taken.gains - price[taken.columns], mine.starts)
            asked = numpy.maximum.reduceat(each.gains - left[each.rows], jobs.starts)
            if not (asked > price[jobs.keys]).any():
                return price
            price[jobs.keys] = numpy.maximum(price[jobs.keys], asked)

    def highest(self, price: Whole) -> Whole:
        """The highest prices from these on: lowered until all bounds hold."""
        each, taken = _by(self.each, self.each.rows), _by(self.taken, self.taken.columns)
        rows, jobs = _groups(each.rows), _groups(taken.columns)
        while True:
            best = numpy.maximum.reduceat(each.gains - price[each.columns], rows.starts)
            allowed = numpy.minimum.reduceat(taken.gains - best[taken.rows], jobs.starts)
            if not (allowed < price[jobs.keys]).any():
                return price
            price[jobs.keys] = numpy.minimum(price[jobs.keys], allowed)


@dataclass(frozen=True, slots=True)
class _Groups:
    """Where each group of equal keys starts, and its key."""

    starts: Whole
    keys: Whole


def _groups(keys: Whole) -> _Groups:
    starts = numpy.flatnonzero(_changed(keys))
    return _Groups(starts, keys[starts])


def _by(pairs: Pairs, keys: Whole) -> Pairs:
    # Small integers are sorted in one pass.
    return pairs.at(numpy.argsort(keys.astype(numpy.uint16) if keys.max(initial=0) < 2**16 else keys, kind="stable"))


def _changed(*keys: Whole) -> NDArray[numpy.bool_]:
    """Where a row differs from the one before it; the first always does."""
    found = numpy.ones(len(keys[0]), dtype=bool)
    found[1:] = numpy.any([key[1:] != key[:-1] for key in keys], axis=0)
    return found
