"""How far money has come, for many records at once: the figures declared as its way, for every value of a slice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from shanhai.asking import values
from shanhai.asking.scopes import Asked
from shanhai.figures import declare, evaluating
from shanhai.figures.folding import Value
from shanhai.figures.model import Figure
from shanhai.figures.naming import WAYS
from shanhai.reference.models import Scope


@dataclass(frozen=True, slots=True)
class MoneyWay:
    """The figures of the way in their order, and each figure's value by the key of a record."""

    figures: tuple[Figure, ...]
    cells: Mapping[str, Mapping[str | None, Value]]

    def amount(self, figure: Figure, key: str) -> Decimal | None:
        """Yuan of a figure for a record; nothing where no record tells."""
        value = self.cells.get(figure.name, {}).get(key)
        return value.amount if value is not None and isinstance(value.amount, Decimal) else None

    def amounts(self, key: str) -> list[Decimal | None]:
        """Yuan of every figure for a record."""
        return [self.amount(figure, key) for figure in self.figures]

    def share(self, key: str) -> Fraction | None:
        """How much of the first figure the last one has reached; nothing where there is nothing to divide by."""
        told = self.amounts(key)
        if not told or not told[0]:
            return None
        return Fraction(told[-1] or 0) / Fraction(told[0])


def way_of(label: str, scope: Scope, day: date) -> MoneyWay:
    """The way of the money of every value of a slice as of a day, all figures in one journey to the database."""
    figures = tuple(declare.registry()[name] for name in WAYS.get(label, ()))
    window = values.window_of(Asked(scope, ()), as_of=day)
    return MoneyWay(figures, evaluating.by_slice(figures, values.engine(), window, label))
