"""All pairs held against prices: what each seeker could gain at most, and the pairs that gain more than allowed.

The product of the two thin matrices is made in blocks of rows that fit the processor's cache; nothing of it is kept
but what gains too much.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy

from shanhai.areas.labour.queries.matching_flow import Pairs
from shanhai.areas.labour.queries.matching_tables import Matrix, Tables, Whole

_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Pricing:
    """What all pairs say at some prices.

    `most` is for each row the highest gain after the price, nothing where no pair gains; `pairs` are the best pairs of
    each row above its threshold, without the price; `priced` how many pairs were looked at or known to pay too little.
    """

    most: Whole
    pairs: Pairs
    priced: int


def price_all(
    tables: Tables, bonus: Whole, prices: Whole, *, above: Whole | None = None, slack: int = 0, width: int = 8
) -> Pricing:
    """Hold every pair against the prices.

    Chosen are at most `width` pairs a row: those that gain more than `above` of the row where it is given, otherwise
    those no more than `slack` below the row's best.
    """
    right = tables.right.copy()
    right[-1] -= prices
    nobody = numpy.zeros(0, dtype=numpy.int64)
    rows, columns, gains = [nobody], [nobody], [nobody]
    most = numpy.zeros(len(tables.reach), dtype=numpy.int64)
    for first, gain in _blocks(tables, right):
        here = slice(first, first + len(gain))
        best = gain.max(axis=1) if gain.shape[1] else numpy.full(len(gain), -tables.never)
        nothing = -bonus[here]
        most[here] = numpy.maximum(best.astype(numpy.int64) - nothing, 0)
        least = above[here] + nothing + 1 if above is not None else numpy.maximum(best - slack, nothing + 1)
        row, column = _chosen(gain, best, least, width=width, salt=first)
        rows.append(row + first)
        columns.append(column)
        gains.append(gain[row, column].astype(numpy.int64) + prices[column] + bonus[row + first])
    pairs = Pairs(*(numpy.concatenate(parts).astype(numpy.int64) for parts in (rows, columns, gains)))
    return Pricing(most, pairs, len(tables.reach) * tables.right.shape[1])


def _blocks(tables: Tables, right: Matrix) -> Iterator[tuple[int, Matrix]]:
    """Blocks of rows: what each pair gains after the price; columns that pay too little for the whole block left out."""
    room = numpy.empty((_BLOCK, right.shape[1]), dtype=right.dtype)
    for first in range(0, len(tables.reach), _BLOCK):
        reach = tables.reach[first : first + _BLOCK]
        widest, narrowest = int(reach[0]), int(reach[-1])
        gain = room[: len(reach), :widest]
        numpy.matmul(tables.left[first : first + len(reach)], right[:, :widest], out=gain)
        beyond = numpy.arange(narrowest, widest)[None, :] >= reach[:, None]
        gain[:, narrowest:][beyond] = -tables.never
        yield first, gain


def _chosen(gain: Matrix, best: Matrix, least: Matrix, *, width: int, salt: int) -> tuple[Whole, Whole]:
    """The places of the best `width` entries of each row that reach its least; equals are taken by a fixed shuffle."""
    rows = numpy.flatnonzero(best >= least)
    if not len(rows):
        return rows, rows
    some = gain[rows] if len(rows) < len(gain) else gain
    place = numpy.flatnonzero((some >= least[rows].astype(gain.dtype)[:, None]).ravel())
    row, column = numpy.divmod(place, some.shape[1])
    shuffled = (column * 2654435761 + (row + salt) * 40503) % 2**20
    order = numpy.lexsort((shuffled, -some[row, column], row))
    row, column = row[order], column[order]
    begins = numpy.searchsorted(row, numpy.arange(len(rows)))
    kept = numpy.arange(len(row)) - begins[row] < width
    return rows[row[kept]], column[kept]
