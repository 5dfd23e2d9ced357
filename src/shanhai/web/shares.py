"""Shares as pages tell them: per cent with one decimal, and the width of a bar. The exact numbers stand beside them."""

from decimal import Decimal
from fractions import Fraction


def percent(share: Fraction) -> str:
    """A share in per cent with one decimal."""
    return f"{(Decimal(share.numerator) * 100 / Decimal(share.denominator)).quantize(Decimal('0.1')):f}"


def width(share: Fraction | None) -> str:
    """How wide a bar of a hundred is drawn: from nothing to the whole."""
    return percent(max(Fraction(0), min(share or Fraction(0), Fraction(1))))
