"""Flow drawings: columns of places, bands between them as wide as what goes over. A template draws what is laid out here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from shanhai.web.charts import COLOURS

WIDTH, PLACE = 1160, 14
_TOP, _HIGH, _GAP, _ROOM, _MARGIN = 30, 460, 8, 34, 210
_LONGEST, _LONGEST_LAST = 20, 14


@dataclass(frozen=True, slots=True)
class Place:
    """A place money comes to: its name, how much, told for who cannot see it, its address; `is_rest` where it only waits."""

    key: str
    column: int
    label: str
    amount: int
    note: str
    told: str
    url: str
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """What goes from one place to another."""

    origin: str
    target: str
    amount: int
    told: str
    url: str


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a place stands: its upper left corner, its height, its colour."""

    left: float
    top: float
    height: float
    colour: str


def laid_out(heads: Sequence[str], places: Sequence[Place], bands: Sequence[Band]) -> dict[str, Any]:
    """The `flow` of components/flow.html: where everything stands, in the order in which it is read."""
    step = (WIDTH - _MARGIN - PLACE) / max(1, len(heads) - 1)
    stands = _stands(places, step)
    low = max((stand.top + max(stand.height, _ROOM) for stand in stands.values()), default=0.0)
    return {
        "width": WIDTH,
        "height": round(low + _GAP),
        "heads": [{"x": round(number * step, 1), "text": head} for number, head in enumerate(heads)],
        "bands": list(_bands(places, bands, stands)),
        "places": [_place(place, stands[place.key]) for place in places],
    }


def _stands(places: Sequence[Place], step: float) -> dict[str, _Stand]:
    """Places of a column below each other, as high as their amounts; a small one keeps room for its name.

    Each column takes the colours of series in turn; names and amounts stand beside the places, whatever their colour.
    """
    columns = {number: list(found) for number, found in groupby(places, key=lambda place: place.column)}
    largest = max((sum(place.amount for place in found) for found in columns.values()), default=1) or 1
    stands: dict[str, _Stand] = {}
    for number, found in columns.items():
        top = float(_TOP)
        for turn, place in enumerate(found):
            height = max(2.0, place.amount * _HIGH / largest)
            stands[place.key] = _Stand(round(number * step, 1), top, height, COLOURS[turn % len(COLOURS)])
            top += max(_ROOM, height) + _GAP
    return stands


def _bands(places: Sequence[Place], bands: Sequence[Band], stands: dict[str, _Stand]) -> Iterator[dict[str, Any]]:
    """Bands leave and arrive in the order of the places at their other ends, so that few of them cross."""
    order = {place.key: number for number, place in enumerate(places)}
    amounts = {place.key: place.amount or 1 for place in places}
    left = {key: stand.top for key, stand in stands.items()}
    arrived = dict(left)
    for band in sorted(bands, key=lambda one: (order[one.origin], order[one.target])):
        origin, target = stands[band.origin], stands[band.target]
        out = max(0.6, origin.height * band.amount / amounts[band.origin])
        into = max(0.6, target.height * band.amount / amounts[band.target])
        start, end = (origin.left + PLACE, left[band.origin], out), (target.left, arrived[band.target], into)
        yield {"d": _shape(start, end), "fill": origin.colour, "told": band.told, "url": band.url}
        left[band.origin] += out
        arrived[band.target] += into


def _shape(start: tuple[float, float, float], end: tuple[float, float, float]) -> str:
    """A band between two edges, each told by where it stands, its top and its height."""
    (x0, y0, h0), (x1, y1, h1) = start, end
    middle = (x0 + x1) / 2
    return (
        f"M{x0:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}L{x1:.1f} {y1 + h1:.1f}"
        f"C{middle:.1f} {y1 + h1:.1f} {middle:.1f} {y0 + h0:.1f} {x0:.1f} {y0 + h0:.1f}Z"
    )


def _place(place: Place, stand: _Stand) -> dict[str, Any]:
    most = _LONGEST if stand.left < WIDTH - _MARGIN - PLACE else _LONGEST_LAST
    short = place.label if len(place.label) <= most else place.label[: most - 1] + "…"
    return {
        "x": stand.left,
        "y": round(stand.top, 1),
        "width": PLACE,
        "height": round(stand.height, 1),
        "fill": "#fff" if place.is_rest else stand.colour,
        "stroke": stand.colour,
        "dash": "4 3" if place.is_rest else "",
        "label": short,
        "note": place.note,
        "text_x": round(stand.left + PLACE + 6, 1),
        "text_y": round(stand.top + 13, 1),
        "note_y": round(stand.top + 28, 1),
        "told": place.told,
        "url": place.url,
    }
