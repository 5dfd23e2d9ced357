"""Prices near the right ones, without solving: seekers spread over what is good for them, and prices follow demand.

At a price, each seeker is taken to choose every listed vacancy with a chance that falls with what it is worth less than
the best one, by the factor e for each `spread` of points. A vacancy wanted by more than it has openings becomes
dearer, one wanted by fewer cheaper, until about as many want it as it takes. (The assignment problem with entropy,
solved by Sinkhorn's iteration; the spread is narrowed in a few stages.) Such prices prove nothing. They tell which
pairs are worth looking at, so that solving need not be done again and again to find out.

Prices move in whole `_PARTS` of a point and chances come from a table of whole numbers, so that the same list gives
the same prices on every processor.
"""

import math

import numpy

from shanhai.areas.labour.queries.matching_flow import Pairs, Whole

_PARTS = 8
#: Spread in points, and how often prices follow the demand.
_STAGES = ((10, 10), (5, 10), (2, 20))
#: What is worth this many spreads less than the best is not chosen.
_FURTHEST = 12


def settled(pairs: Pairs, openings: Whole, price: Whole) -> Whole:
    """Prices, in points, at which about as many seekers want each vacancy as it has openings; `price` to begin with."""
    rows, columns, gains = pairs.rows, pairs.columns, pairs.gains * _PARTS
    if not len(rows):
        return price
    starts = numpy.flatnonzero(numpy.diff(rows, prepend=-1))
    widths = numpy.diff(starts, append=len(rows))
    price, places = price * _PARTS, numpy.maximum(openings, 1)
    for spread, times in _STAGES:
        chance = _chances(spread)
        for _ in range(times):
            net = gains - price[columns]
            best = numpy.maximum(numpy.maximum.reduceat(net, starts), 0)
            among = numpy.repeat(best, widths)
            among -= net
            weight = chance[numpy.minimum(among, len(chance) - 1)]
            # Having no job is worth nothing and costs nothing; it is chosen like the others.
            whole = numpy.add.reduceat(weight, starts) + chance[numpy.minimum(best, len(chance) - 1)]
            wanted = numpy.bincount(columns, weights=weight / numpy.repeat(whole, widths), minlength=len(price))
            step = numpy.rint(_PARTS * spread * numpy.log(numpy.maximum(wanted, 1e-6) / places))
            price = numpy.maximum(price + step.astype(numpy.int64), 0)
    return (price + _PARTS // 2) // _PARTS


def _chances(spread: int) -> Whole:
    """For each part of a point less than the best, a whole number in proportion to the chance; the last is nothing."""
    reach = range(_FURTHEST * spread * _PARTS)
    return numpy.array([round(2**20 * math.exp(-less / (spread * _PARTS))) for less in reach] + [0], dtype=numpy.int64)
