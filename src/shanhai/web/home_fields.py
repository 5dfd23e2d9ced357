"""Figures by field of cooperation, for the home page: every figure that can be narrowed by field, in one table."""

from datetime import date
from typing import Any

from shanhai.asking import values
from shanhai.asking.scopes import Asked
from shanhai.base.fields import FIELDS
from shanhai.base.language import say
from shanhai.figures import declare, evaluating
from shanhai.figures.folding import Value
from shanhai.figures.model import Figure
from shanhai.figures.terms import How
from shanhai.web import amounts

BY = "field"
_MOST = 6


def by_field(asked: Asked, day: date) -> dict[str, Any] | None:
    """The table of the home page; nothing where no field has a number."""
    chosen = [figure for figure in declare.registry() if BY in figure.slices and _counts(figure)][:_MOST]
    found = evaluating.by_slice(chosen, values.engine(), values.window_of(asked, as_of=day), BY)
    stated = {code for cells in found.values() for code in cells if code}
    fields = [field for code, field in FIELDS.items() if code in stated]
    if not fields:
        return None
    rows = [
        {
            "cells": [
                {"text": say(field.zh), "head": True},
                *(_cell(figure, field.code, found, asked) for figure in chosen),
            ]
        }
        for field in fields
    ]
    columns = [{"label": say("领域")}, *({"label": amounts.figure_word(figure), "number": True} for figure in chosen)]
    return {
        "table": {"caption": say("按协作领域"), "hide_caption": True, "stack": True, "columns": columns, "rows": rows}
    }


def _counts(figure: Figure) -> bool:
    """Whether the figure gives a number; days by field say nothing in a table of numbers."""
    return figure.how not in (How.MIN_DATE, How.MAX_DATE)


def _cell(figure: Figure, code: str, found: dict[str, dict[str | None, Value]], asked: Asked) -> dict[str, Any]:
    value = found.get(figure.name, {}).get(code)
    told: dict[str, Any] = {"number": True, "label": amounts.figure_word(figure)}
    if value is None or value.amount is None:
        return told | {"text": "–"}
    shown = amounts.told(value)
    name = amounts.narrowed_name(figure, {BY: code})
    return told | {"text": f"{shown['value']} {shown['unit']}", "url": amounts.figure_url(name, asked.scope.code)}
