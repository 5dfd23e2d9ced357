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

    def joined(self, other: "Pairs") -> "Pairs":
        """Both lists, each pair once."""
        both = self.plus(other)
        places = int(both.columns.max(initial=0)) + 1
        order = numpy.argsort(both.rows * places + both.columns)
        first = order[_changed(both.rows[order], both.columns[order])]
        return Pairs(both.rows[first], both.columns[first], both.gains[first])

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
    bounds = _Bounds.of(pairs, flow, supply, openings)
    lowest, highest = bounds.lowest(), bounds.highest()
    return (lowest + highest) // 2


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What prices must hold: `price[to] - price[come] >= gap`, and none above `ceiling`.

    The place behind the last vacancy stands for having no job, whose price is nothing.
    """

    come: Whole
    to: Whole
    gap: Whole
    ceiling: Whole

    @classmethod
    def of(cls, pairs: Pairs, flow: Whole, supply: Whole, openings: Whole) -> "_Bounds":
        """The bounds from a flow: who has a job would lose by moving to each other pair of theirs."""
        people, jobs = len(supply), len(openings)
        none = Pairs(numpy.arange(people), numpy.full(people, jobs), numpy.zeros(people, dtype=numpy.int64))
        left_out = supply - numpy.bincount(pairs.rows, weights=flow, minlength=people).astype(numpy.int64)
        filled = numpy.bincount(pairs.columns, weights=flow, minlength=jobs) >= openings
        order = numpy.argsort(numpy.concatenate([pairs.rows, none.rows]), kind="stable")
        come, to, gap = _moves(pairs.plus(none), numpy.concatenate([flow, left_out])[order], people)
        ceiling = numpy.where(numpy.append(filled & (openings > 0), False), _FREE, 0)
        return cls(come, to, gap, ceiling)

    def lowest(self) -> Whole:
        """The lowest prices: nothing, raised along the moves until all bounds hold."""
        price = numpy.zeros(len(self.ceiling), dtype=numpy.int64)
        if not len(self.to):
            return price[:-1]
        order = numpy.argsort(self.to, kind="stable")
        come, gap = self.come[order], self.gap[order]
        starts, goals = _groups(self.to[order])
        while True:
            asked = numpy.maximum(price[goals], numpy.maximum.reduceat(price[come] + gap, starts))
            if numpy.array_equal(asked, price[goals]):
                return price[:-1]
            price[goals] = asked

    def highest(self) -> Whole:
        """The highest prices: what each may be, lowered along the moves until all bounds hold."""
        price = self.ceiling.copy()
        if not len(self.to):
            return price[:-1]
        order = numpy.argsort(self.come, kind="stable")
        to, gap = self.to[order], self.gap[order]
        starts, origins = _groups(self.come[order])
        while True:
            allowed = numpy.minimum(price[origins], numpy.minimum.reduceat(price[to] - gap, starts))
            if numpy.array_equal(allowed, price[origins]):
                return price[:-1]
            price[origins] = allowed


def _groups(keys: Whole) -> tuple[Whole, Whole]:
    starts = numpy.flatnonzero(_changed(keys))
    return starts, keys[starts]


def _changed(*keys: Whole) -> NDArray[numpy.bool_]:
    """Where a row differs from the one before it; the first always does."""
    found = numpy.ones(len(keys[0]), dtype=bool)
    found[1:] = numpy.any([key[1:] != key[:-1] for key in keys], axis=0)
    return found


def _moves(pairs: Pairs, taken: Whole, people: int) -> tuple[Whole, Whole, Whole]:
    """Between each taken pair of a row and its every other pair: from where, to where, and the difference of gains.

    Of the moves between the same two vacancies only the one that asks most is kept.
    """
    rows, columns, gains = pairs.rows, pairs.columns, pairs.gains
    begins = numpy.searchsorted(rows, numpy.arange(people + 1))
    chosen = numpy.flatnonzero(taken)
    widths = (begins[1:] - begins[:-1])[rows[chosen]]
    of_chosen = numpy.repeat(numpy.arange(len(chosen)), widths)
    within = numpy.arange(len(of_chosen)) - numpy.repeat(numpy.cumsum(widths) - widths, widths)
    pair = begins[rows[chosen]][of_chosen] + within
    come, to = columns[chosen][of_chosen], columns[pair]
    gap = gains[pair] - gains[chosen][of_chosen]
    moving = come != to
    return _hardest(come[moving], to[moving], gap[moving])


def _hardest(come: Whole, to: Whole, gap: Whole) -> tuple[Whole, Whole, Whole]:
    """Of the moves between the same two places, the one that asks most; sorted by where they come from."""
    if not len(gap):
        return come, to, gap
    lowest, places = int(gap.min()), int(max(come.max(), to.max())) + 1
    room = int(gap.max()) - lowest + 1
    if places * places * room >= 2**62:
        order = numpy.lexsort((gap, to, come))
        come, to, gap = come[order], to[order], gap[order]
    else:
        packed = numpy.sort((come * places + to) * room + (gap - lowest))
        move, gap = packed // room, packed % room + lowest
        come, to = move // places, move % places
    last = numpy.append(_changed(come, to)[1:], True)
    return come[last], to[last], gap[last]
