"""All pairs held against prices: the pairs that are worth most to each seeker, and those worth more than they got.

The product of the two thin matrices is made in blocks of rows that fit the processor's cache; nothing of it is kept
but the pairs that matter. The product may give too much for a pair whose day does not fit; since every pair it finds is
asked exactly, none is taken wrongly, and since it never gives too little, none is missed.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy
from numpy.typing import NDArray

from shanhai.areas.labour.queries.matching_flow import Pairs
from shanhai.areas.labour.queries.matching_tables import Matrix, Tables, Whole

_BLOCK, _WORKERS = 512, 2
_NOBODY = Pairs(*(numpy.zeros(0, dtype=numpy.int64) for _ in range(3)))
#: From a block's first row and its net gains, the places in it of the pairs chosen.
_Choose = Callable[[int, Matrix], tuple[Whole, Whole]]


def promising(tables: Tables, bonus: Whole, prices: Whole, *, slack: int, width: int) -> tuple[Pairs, Pairs]:
    """Good pairs to begin with at prices that are not sure yet: the best of rows, and the nearest of columns.

    Of each row at most `width` pairs, none more than `slack` below the row's best; a chance of up to `slack`, always
    the same, decides with the prices. Of each column and block of rows, the pair that is least below its row's best, so
    that a vacancy whose price is too high now is not forgotten.
    """

    def of_rows(first: int, net: Matrix) -> tuple[Whole, Whole]:
        least = numpy.maximum(net.max(axis=1, initial=-tables.never) - slack, 1 - bonus[first : first + len(net)])
        return _best(tables, first, net, least=least, width=width, chance=slack)

    def of_columns(first: int, net: Matrix) -> tuple[Whole, Whole]:
        columns = numpy.arange(net.shape[1])
        if not len(columns):
            return columns, columns
        rows = (net - net.max(axis=1)[:, None]).argmax(axis=0)
        can = (net[rows, columns] > -tables.never / 2) & tables.fits(rows + first, columns)
        return rows[can], columns[can]

    best, nearest = _swept(tables, bonus, prices, of_rows, of_columns)
    return best, nearest


def near(tables: Tables, bonus: Whole, prices: Whole, *, gain: Whole, below: int, width: int) -> Pairs:
    """Of all pairs, those worth more at these prices than the `gain` of their row less `below`: the best `width`.

    What is worth more than `gain` itself is among them, if anything is.
    """
    lowest = numpy.maximum(gain - below, 0) - bonus + 1

    def of_rows(first: int, net: Matrix) -> tuple[Whole, Whole]:
        return _best(tables, first, net, least=lowest[first : first + len(net)], width=width, chance=0)

    (found,) = _swept(tables, bonus, prices, of_rows)
    return found


def possible(tables: Tables, rows: Whole) -> NDArray[numpy.bool_]:
    """Whether each of these rows has any possible pair."""
    found = numpy.zeros(len(rows), dtype=bool)
    columns = numpy.arange(len(tables.vacancies))
    for place, row in enumerate(rows):
        scores = tables.left[row] @ tables.right
        found[place] = bool(((scores > -tables.never / 2) & tables.fits(numpy.full(len(columns), row), columns)).any())
    return found


def _swept(tables: Tables, bonus: Whole, prices: Whole, *choosers: _Choose) -> list[Pairs]:
    """What each of the choosers takes of all pairs at these prices, in one go through the blocks of rows.

    Blocks are worked on side by side and put together in their order.
    """
    right = tables.right.copy()
    right[-1] -= prices

    def taken(first: int) -> list[Pairs]:
        net = _block(tables, right, first)
        places = [choose(first, net) for choose in choosers]
        return [
            Pairs(row + first, column, net[row, column].astype(numpy.int64) + prices[column] + bonus[row + first])
            for row, column in places
        ]

    with ThreadPoolExecutor(_WORKERS) as workers:
        each = [[_NOBODY for _ in choosers], *workers.map(taken, range(0, len(tables.reach), _BLOCK))]
    return [
        Pairs(*(numpy.concatenate([getattr(pairs, name) for pairs in parts]) for name in ("rows", "columns", "gains")))
        for parts in zip(*each, strict=True)
    ]


def _block(tables: Tables, right: Matrix, first: int) -> Matrix:
    """A block of rows: what each pair gains after the price; columns that pay too little for all of it left out."""
    gain: Matrix = tables.left[first : first + _BLOCK] @ right[:, : int(tables.reach[first])]
    return gain


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


def _best(tables: Tables, first: int, gain: Matrix, *, least: Matrix, width: int, chance: int) -> tuple[Whole, Whole]:
    """The places of the best `width` entries of each row that reach its least and fit.

    A fixed shuffle, another for each row, takes away up to `chance`.
    """
    row, column = _reaching(gain, least)
    fitting = tables.fits(row + first, column)
    row, column = row[fitting], column[fitting]
    counts = numpy.bincount(row, minlength=_BLOCK)
    if counts.max() <= width:
        return row, column
    net = gain[row, column].astype(numpy.int64)
    shuffled = (column * 2654435761 + (row + first) * 40503 * 65537) % 2**16
    worse = ((net.max() - net) << 16) + shuffled * (chance + 1)
    order = numpy.lexsort((worse, row)) if worse.max() >= 2**52 else numpy.argsort((row << 53) + worse)
    begins = numpy.cumsum(counts) - counts
    kept = numpy.sort(order[numpy.arange(len(order)) - begins[row[order]] < width])
    return row[kept], column[kept]
