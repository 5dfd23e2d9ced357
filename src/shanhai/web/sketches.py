"""A sketch of places without borders: circles as large as what is in them, laid side by side, no two one upon another.

It is no map. Where a circle stands says nothing about where the place lies; the same places always stand the same way.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

_LEAST, _MOST = 46.0, 92.0
_GAP, _HALF = 8.0, 262.0
_TURN, _STEP = 0.35, 1.1
_TYPE = 18.0
_DOT = 6.5
MOST_DOTS = 14


@dataclass(frozen=True, slots=True)
class Dot:
    """Something in a place: what it is called and where it leads."""

    told: str
    url: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its name, how much is in it, that amount in words, where it leads, and the dots in it."""

    name: str
    weight: float
    amount: str
    told: str
    url: str
    dots: Sequence[Dot] = field(default_factory=tuple)


def sketch(places: Sequence[Place], *, label: str) -> dict[str, Any]:
    """The `sketch` of components/sketch.html, the largest place in the middle."""
    largest = max((place.weight for place in places), default=0.0) or 1.0
    ordered = sorted(places, key=lambda place: (-place.weight, place.name))
    laid: list[tuple[float, float, float]] = []
    circles = []
    for place in ordered:
        radius = _LEAST + (_MOST - _LEAST) * math.sqrt(max(place.weight, 0.0) / largest)
        x, y = _free_spot(radius, laid)
        laid.append((x, y, radius))
        circles.append(_circle(place, x, y, radius))
    top = min((y - radius for _, y, radius in laid), default=0.0) - _GAP
    bottom = max((y + radius for _, y, radius in laid), default=1.0) + _GAP
    left, wide = -_HALF - _GAP, 2 * (_HALF + _GAP)
    return {"label": label, "box": f"{left:.0f} {top:.0f} {wide:.0f} {bottom - top:.0f}", "circles": circles}


def _free_spot(radius: float, laid: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """The first spot on a spiral from the middle where a circle touches no other and stays inside the width."""
    turn = 0.0
    while True:
        x, y = _STEP * turn * math.cos(turn), _STEP * turn * math.sin(turn)
        inside = abs(x) + radius <= _HALF
        if inside and all(math.hypot(x - a, y - b) >= radius + other + _GAP for a, b, other in laid):
            return x, y
        turn += _TURN


def _circle(place: Place, x: float, y: float, radius: float) -> dict[str, Any]:
    shown = place.dots[:MOST_DOTS]
    ring = radius - _DOT - 3
    angles = [math.tau * number / MOST_DOTS - math.pi / 2 for number in range(len(shown))]
    return {
        "x": _told(x), "y": _told(y), "r": _told(radius), "name": place.name, "amount": place.amount, "told": place.told,
        "url": place.url, "name_y": _told(y - 2), "amount_y": _told(y + 17), "size": _told(_type_size(place.name, radius)),
        "small": _told(min(14.0, _type_size(place.amount, radius))),
        "dots": [
            {"x": _told(x + ring * math.cos(angle)), "y": _told(y + ring * math.sin(angle)), "r": _told(_DOT),
             "told": dot.told, "url": dot.url}
            for angle, dot in zip(angles, shown, strict=True)
        ],
    }  # fmt: skip


def _type_size(text: str, radius: float) -> float:
    """Words as large as the circle lets them be; a Chinese character is as wide as two others."""
    wide = sum(1.0 if ord(letter) > 0x2E7F else 0.55 for letter in text) or 1.0
    return min(_TYPE, (2 * radius - 28) / wide)


def _told(number: float) -> str:
    return f"{number:.1f}"
