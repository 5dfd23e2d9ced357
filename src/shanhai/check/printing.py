"""Printed figures: what interval of values a number stands for, and how another value would be printed in its place."""

import re
from decimal import ROUND_HALF_UP, Decimal

from shanhai.check.numerals import number_at
from shanhai.check.scanning import Found

_PLAIN = re.compile(r"\d+(?:\.(\d+))?([十百千万亿]*)$")
_DECIMALS = re.compile(r"\d+\.(\d+)")
_WORDS = re.compile(r"[\d.,]+([十百千万亿]*)(.*)")
_MAGNITUDES = {"": 1, "万": 10_000, "亿": 100_000_000}


def value_of(one: Found) -> Decimal:
    """The value of a figure that is known to have one."""
    assert isinstance(one.value, Decimal)
    return one.value


def half_step(text: str, one: Found) -> Decimal:
    """Half of the last printed place: 1.2万 stands for 11,500 to 12,500; a plain whole number for itself."""
    number = number_at(text, one.start)
    printed = text[one.start : number.end] if number else ""
    match = _PLAIN.match(printed)
    if match is None or not (match[1] or match[2]):
        return Decimal(0)
    digits = Decimal(printed[: match.end(1) if match[1] else match.start(2)])
    scale = value_of(one) / digits if digits else Decimal(1)
    return scale / 2 / (Decimal(10) ** len(match[1] or ""))


def interval(text: str, one: Found) -> tuple[Decimal, Decimal]:
    """The lowest and the highest value that a figure can stand for."""
    half = half_step(text, one)
    return value_of(one) - half, value_of(one) + half


def surface_of(text: str, one: Found) -> str:
    """A figure as printed."""
    return text[one.start : one.end]


def rounded_as(exact: Decimal, text: str, printed: Found) -> str:
    """A share or multiple with as many decimals as the printed one, rounded half up."""
    match = _DECIMALS.match(surface_of(text, printed))
    step = Decimal(1).scaleb(-len(match[1])) if match else Decimal(1)
    return f"{exact.quantize(step, ROUND_HALF_UP)}{'%' if printed.unit == 'percent' else '倍'}"


def shown_as(exact: Decimal, printed: Found, text: str) -> str:
    """An amount in the magnitude and measure word of the printed one."""
    match = _WORDS.match(surface_of(text, printed))
    scale = _MAGNITUDES.get(match[1]) if match else None
    return f"{(exact / scale).normalize():f}{match[1]}{match[2]}" if match and scale else f"{exact.normalize():f}"
