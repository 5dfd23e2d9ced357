"""Figures as tiles: a number large, its unit, its state, and the way to its page."""

from typing import Any

from shanhai.base.language import say
from shanhai.figures.folding import Value
from shanhai.reference.models import Scope
from shanhai.web import amounts


def tile(name: str, value: Value, scope: Scope) -> dict[str, Any]:
    """The `tile` of components/figure_tile.html."""
    note = say("{n} 条记录", n=value.rows) if value.amount is not None else ""
    return {
        "label": amounts.figure_word(value.figure),
        "url": amounts.figure_url(name, scope.code),
        "state": amounts.state(value),
        "note": note,
        "help": say(value.figure.rule),
        **amounts.told(value),
    }
