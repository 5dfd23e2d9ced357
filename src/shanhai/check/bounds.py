"""What a printed number allows: bounds as intervals, and the rounding of its digits.

40余 is held up by 41 to 49, 近18万 by 170,001 to 179,999: a bound speaks of its last significant place.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shanhai.base.language import say
from shanhai.base.money import round_half_up
from shanhai.check.reading import ReadClaim

_MAGNITUDES = {"亿": 8, "億": 8, "万": 4, "萬": 4, "千": 3, "百": 2, "十": 1}
#: About means within a twentieth of the printed number, or half of its last significant place where that is less.
_ABOUT = Decimal("0.05")


class Holds(StrEnum):
    """Whether a printed number holds for a computed one."""

    YES = "yes"
    ROUNDED = "rounded"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number: its value, the place of its last printed digit, and of its last significant one."""

    value: Decimal
    step: Decimal
    place: Decimal


def printed(claim: ReadClaim) -> Printed:
    """The places of a claim's number; Chinese numerals count as printed to their last one."""
    value = Decimal(claim.value or 0)
    digits = re.search(r"\d[\d,，]*(?:[.。]\d+)?", claim.surface)
    magnitude = (
        max((_MAGNITUDES[letter] for letter in claim.surface if letter in _MAGNITUDES), default=0) if digits else 0
    )
    decimals = len(re.split(r"[.。]", digits.group())[1]) if digits and re.search(r"[.。]", digits.group()) else 0
    step = Decimal(10) ** (magnitude - decimals) if not claim.surface.endswith("成") else Decimal(10)
    place = step
    while value and value % (place * 10) == 0:
        place *= 10
    return Printed(value, min(step, place), max(place, Decimal(1) if not decimals else place))


def holds(claim: ReadClaim, computed: Decimal | date) -> Holds:
    """Whether the claim's number, read with its hedge, holds for the computed value."""
    if isinstance(computed, date):
        return Holds.YES if computed.isoformat().startswith(str(claim.value)) else Holds.NO
    if isinstance(claim.value, str) or claim.value is None:
        return Holds.NO
    number = printed(claim)
    if claim.value_max is not None:
        return Holds.YES if number.value <= computed <= claim.value_max else Holds.NO
    if claim.qualifier == "exact":
        return _exact(number, computed)
    return Holds.YES if _BOUNDS[claim.qualifier](number, computed) else Holds.NO


def _exact(number: Printed, computed: Decimal) -> Holds:
    if computed == number.value:
        return Holds.YES
    rounded = round_half_up(Fraction(computed) / Fraction(number.step), 0) * number.step
    return Holds.ROUNDED if rounded == number.value and number.step != 1 else Holds.NO


_BOUNDS = {
    "more_than": lambda number, computed: number.value < computed < number.value + number.place,
    "at_least": lambda number, computed: number.value <= computed < number.value + number.place,
    "nearly": lambda number, computed: number.value - number.place < computed < number.value,
    "up_to": lambda number, computed: number.value - number.place < computed <= number.value,
    "about": lambda number, computed: abs(computed - number.value) <= max(number.value * _ABOUT, Decimal(0)),
}


def described(claim: ReadClaim) -> str:
    """What the number allows, in words for the reason."""
    if isinstance(claim.value, str) or claim.value is None or claim.qualifier == "exact":
        return f"{claim.surface}"
    number = printed(claim)
    low, high = number.value, number.value + number.place
    if claim.qualifier in ("nearly", "up_to"):
        low, high = number.value - number.place, number.value
    if claim.qualifier == "about":
        low, high = number.value * (1 - _ABOUT), number.value * (1 + _ABOUT)
    return say("{said}（{low} 至 {high} 之间）", said=claim.surface, low=plain(low), high=plain(high))


def plain(value: Decimal) -> str:
    """A decimal without an exponent or trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
