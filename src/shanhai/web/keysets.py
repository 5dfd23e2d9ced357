"""Paging by key: the rows after or before a place, under any order. However long the list, a page costs the same.

The place is the value of the column sorted by and the key of the row at the edge of the page, as JSON in the address.
Rows without a value come last in either direction; rows of one value stand in the order of their keys.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Order:
    """The column rows are sorted by (the key itself where none is named), and whether the largest come first."""

    column: str = "key"
    descending: bool = False

    @classmethod
    def asked(cls, given: str, allowed: tuple[str, ...]) -> "Order":
        """The order an address names, such as `-paid_on`; one that is not allowed is the order of keys."""
        name = given.removeprefix("-")
        return cls(name, given.startswith("-")) if name in allowed else cls()

    @property
    def told(self) -> str:
        """The order as addresses write it; empty for that of keys."""
        return "" if self.column == "key" and not self.descending else f"{'-' if self.descending else ''}{self.column}"


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of a page in their order, and whether there are any before and after."""

    rows: list[Any]
    before: bool
    after: bool


def page_of(rows: "QuerySet[Row]", order: Order, place: tuple[str, str], size: int) -> Found:
    """A page of the rows: `place` is what the address says to start `(after, before)`."""
    after, before = (_place(rows, order, each) for each in place)
    if before is not None:
        found = list(_ordered(rows.filter(_beyond(order, before, back=True)), order, back=True)[: size + 1])
        return Found(found[:size][::-1], len(found) > size, True)
    narrowed = rows.filter(_beyond(order, after, back=False)) if after is not None else rows
    found = list(_ordered(narrowed, order, back=False)[: size + 1])
    return Found(found[:size], after is not None, len(found) > size)


def ordered(rows: "QuerySet[Row]", order: Order) -> "QuerySet[Row]":
    """All rows in their order."""
    return _ordered(rows, order, back=False)


def place_of(row: Model, order: Order) -> str:
    """The place of a row, for an address."""
    value = getattr(row, order.column)
    told = str(value) if isinstance(value, date | datetime | Decimal) else value
    return json.dumps([told, getattr(row, "key")], ensure_ascii=False)  # noqa: B009 - rows are records of any type


def _place(rows: "QuerySet[Row]", order: Order, given: str) -> tuple[Any, str] | None:
    """The value and key of an address; whatever cannot be read is as if it were not there."""
    try:
        value, key = json.loads(given)
        typed = _column(rows, order.column).to_python(value)
    except (ValueError, TypeError, ValidationError):
        return None
    return (typed, key) if isinstance(key, str) and "\x00" not in given else None


def _column(rows: "QuerySet[Row]", name: str) -> Any:
    """The field of a column, be it the table's own or worked out for the rows."""
    worked_out = rows.query.annotations.get(name)
    return worked_out.output_field if worked_out is not None else rows.model._meta.get_field(name)


def _ordered(rows: "QuerySet[Row]", order: Order, *, back: bool) -> "QuerySet[Row]":
    key = "-key" if back else "key"
    if order.column == "key":
        return rows.order_by("-key" if back != order.descending else "key")
    column = F(order.column)
    by = column.asc if order.descending == back else column.desc
    return rows.order_by(by(nulls_first=True) if back else by(nulls_last=True), key)


def _beyond(order: Order, place: tuple[Any, str], *, back: bool) -> Q:
    """Rows on the far side of a place."""
    value, key = place
    if order.column == "key":
        return Q(key__lt=key) if back != order.descending else Q(key__gt=key)
    empty = Q(**{f"{order.column}__isnull": True})
    beside = Q(key__lt=key) if back else Q(key__gt=key)
    if value is None:
        return ~empty | (empty & beside) if back else empty & beside
    further = "lt" if order.descending != back else "gt"
    found = Q(**{f"{order.column}__{further}": value}) | (Q(**{order.column: value}) & beside)
    return found if back else found | empty
