"""The figures a record moves: those that count it, and those derived from them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from shanhai.asking import values
from shanhai.asking.scopes import Asked
from shanhai.base.language import say
from shanhai.figures import declare
from shanhai.figures.folding import Value, in_unit
from shanhai.figures.model import Figure
from shanhai.figures.terms import How
from shanhai.journal.models import Record
from shanhai.web import amounts


def moved_by(record: Record, asked: Asked) -> list[dict[str, Any]]:
    """Every figure that counts the record up to today, with its value and what this record gives."""
    registry = declare.registry()
    own = [figure for figure in registry if not figure.how.derived and figure.base.name == record.type_name()]
    window = values.window_of(asked, as_of=localdate())
    given = values.given_by(asked, record.key, own, window) if own else {}
    derived = [
        figure
        for figure in registry
        if figure.how.derived and any(part.name in given for part in registry.counted(figure))
    ]
    figures = [*(registry[name] for name in given), *derived]
    found = values.values(asked, window, figures=figures) if figures else {}
    return [
        _line(found[figure.name], _share(figure, given.get(figure.name)), record)
        for figure in figures
        if found[figure.name].amount is not None
    ]


def _line(value: Value, share: str, record: Record) -> dict[str, Any]:
    return {
        "label": amounts.figure_word(value.figure),
        "url": amounts.figure_url(value.figure.name, record.scope.code),
        "value": amounts.text(value),
        "unit": amounts.unit_word(value.figure),
        "share": share,
    }


def _share(figure: Figure, given: Mapping[str, Any] | None) -> str:
    """What the record gives to a figure, in words."""
    if given is None:
        return say("间接计入")
    if figure.how in (How.SUM, How.BALANCE, How.COMMON, How.LARGEST):
        cell = given[figure.folded]
        return _amount(in_unit(int(cell), figure.base.column(figure.folded).scale)) if cell is not None else ""
    if figure.how.dated:
        return str(given[figure.folded])
    return "1" if figure.how is How.COUNT else say("计入，同一个只算一次")


def _amount(amount: Decimal) -> str:
    return f"{amount:,f}"
