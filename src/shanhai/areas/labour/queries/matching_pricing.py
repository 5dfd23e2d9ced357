"""All pairs held against prices: the pairs that are worth most to each seeker, and those worth more than they got.

The product of the two thin matrices is made in blocks of rows that fit the processor's cache; nothing of it is kept
but the pairs that matter. The product may give too much for a pair whose day does not fit; since every pair it finds is
asked exactly, none is taken wrongly, and since it never gives too little, none is missed.
"""

from collections.abc import Callable, Iterator

import numpy
from numpy.typing import NDArray

from shanhai.areas.labour.queries.matching_flow import Pairs
from shanhai.areas.labour.queries.matching_tables import Matrix, Tables, Whole

_BLOCK = 512
#: From a block's first row and its net gains, what a pair of each row must have at least to be chosen.
_Least = Callable[[int, Matrix], Matrix]


def dearest(tables: Tables, bonus: Whole, prices: Whole, *, slack: int, width: int) -> Pairs:
    """For each row good pairs at these prices: at most `width`, none more than `slack` below the best.

    The prices are not sure yet, so a chance of up to `slack` decides with them which pairs are taken; always the same.
    """

    def least(first: int, net: Matrix) -> Matrix:
        best = net.max(axis=1, initial=-tables.never)
        lowest: Matrix = numpy.maximum(best - slack, 1 - bonus[first : first + len(net)])
        return lowest

    return _swept(tables, bonus, prices, least, width=width, chance=slack)


def near(tables: Tables, bonus: Whole, prices: Whole, *, gain: Whole, below: int, width: int) -> Pairs:
    """Of all pairs, those worth more at these prices than the `gain` of their row less `below`: the best `width`.

    What is worth more than `gain` itself is among them, if anything is.
    """
    lowest = numpy.maximum(gain - below, 0) - bonus + 1
    return _swept(tables, bonus, prices, lambda first, net: lowest[first : first + len(net)], width=width, chance=0)


def possible(tables: Tables, rows: Whole) -> NDArray[numpy.bool_]:
    """Whether each of these rows has any possible pair."""
    found = numpy.zeros(len(rows), dtype=bool)
    columns = numpy.arange(len(tables.vacancies))
    for place, row in enumerate(rows):
        scores = tables.left[row] @ tables.right
        found[place] = bool(((scores > -tables.never / 2) & tables.fits(numpy.full(len(columns), row), columns)).any())
    return found


def _swept(tables: Tables, bonus: Whole, prices: Whole, least: _Least, *, width: int, chance: int) -> Pairs:
    right = tables.right.copy()
    right[-1] -= prices
    nobody = numpy.zeros(0, dtype=numpy.int64)
    rows, columns, gains = [nobody], [nobody], [nobody]
    for first, gain in _blocks(tables, right):
        row, column = _reaching(gain, least(first, gain))
        fitting = tables.fits(row + first, column)
        row, column = row[fitting], column[fitting]
        net = gain[row, column].astype(numpy.int64)
        kept = _best(row, column, net, width=width, chance=chance, salt=first)
        row, column = row[kept], column[kept]
        rows.append(row + first)
        columns.append(column)
        gains.append(net[kept] + prices[column] + bonus[row + first])
    return Pairs(numpy.concatenate(rows), numpy.concatenate(columns), numpy.concatenate(gains))


def _blocks(tables: Tables, right: Matrix) -> Iterator[tuple[int, Matrix]]:
    """Blocks of rows: what each pair gains after the price; columns that pay too little for the whole block left out."""
    room = numpy.empty(_BLOCK * right.shape[1], dtype=right.dtype)
    for first in range(0, len(tables.reach), _BLOCK):
        left = tables.left[first : first + _BLOCK]
        widest = int(tables.reach[first])
        gain = room[: len(left) * widest].reshape(len(left), widest)
        numpy.matmul(left, right[:, :widest], out=gain)
        yield first, gain


def _reaching(gain: Matrix, least: Matrix) -> tuple[Whole, Whole]:
    """The places of the entries that reach the least of their row."""
    if not gain.size:
        nowhere = numpy.zeros(0, dtype=numpy.int64)
        return nowhere, nowhere
    rows = numpy.flatnonzero(gain.max(axis=1) >= least)
    some = gain if 2 * len(rows) > len(gain) else gain[rows]
    named = numpy.arange(len(gain)) if 2 * len(rows) > len(gain) else rows
    found = numpy.flatnonzero(some >= least[named].astype(gain.dtype)[:, None])
    row = found // gain.shape[1]
    return named[row], found - row * gain.shape[1]


def _best(row: Whole, column: Whole, net: Whole, *, width: int, chance: int, salt: int) -> Whole:
    """The best `width` entries of each row, where a fixed shuffle, another for each row, takes away up to `chance`."""
    counts = numpy.bincount(row, minlength=_BLOCK)
    if counts.max() <= width:
        return numpy.arange(len(row))
    shuffled = (column * 2654435761 + (row + salt) * 40503 * 65537) % 2**16
    worse = ((net.max() - net) << 16) + shuffled * (chance + 1)
    order = numpy.lexsort((worse, row)) if worse.max() >= 2**52 else numpy.argsort((row << 53) + worse)
    begins = numpy.cumsum(counts) - counts
    kept: Whole = numpy.sort(order[numpy.arange(len(order)) - begins[row[order]] < width])
    return kept
