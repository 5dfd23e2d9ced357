"""The figures a record moves: those that count it, and those derived from them."""

from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate

from shanhai.asking import values
from shanhai.asking.scopes import by_code
from shanhai.figures import declare
from shanhai.figures.folding import Value
from shanhai.figures.terms import How
from shanhai.journal.models import Record
from shanhai.web import amounts
from shanhai.web.questions import Question


def moved_by(record: Record) -> list[dict[str, Any]]:
    """Every figure that counts the record up to today, with its value and what this record gives."""
    registry = declare.registry()
    own = [figure for figure in registry if not figure.how.derived and figure.base.name == record.type_name()]
    if not own:
        return []
    asked, day = by_code(record.scope.code), localdate()
    shares = {
        figure.name: share for figure in own if (share := _share(Question.since_ever(figure, asked, day), record))
    }
    derived = [
        figure
        for figure in registry
        if figure.how.derived and any(part.name in shares for part in registry.counted(figure))
    ]
    figures = [*(registry[name] for name in shares), *derived]
    found = values.values(asked, values.window_of(asked, as_of=day), figures=figures)
    return [
        _line(found[figure.name], shares.get(figure.name, ""), record)
        for figure in figures
        if found[figure.name].amount is not None
    ]


def _line(value: Value, share: str, record: Record) -> dict[str, Any]:
    figure = value.figure
    return {
        "label": figure.zh,
        "url": amounts.figure_url(figure.name, record.scope.code),
        "value": amounts.text(value),
        "unit": amounts.unit_word(figure),
        "share": share or "间接计入",
    }


def _share(asked: Question, record: Record) -> str:
    """What the record gives to a figure, empty where it is not counted; only rows sharing its narrowings are read."""
    figure = asked.figure
    told = {
        label: str(getattr(record, column)) for label, column in figure.slices.items() if getattr(record, column, "")
    }
    opened = replace(asked, name=asked.narrower(told)).opened()
    mine = next((row for row in opened.rows if row["record"] == f"{record.type_name()}:{record.key}"), None)
    if mine is None:
        return ""
    if figure.how in (How.SUM, How.BALANCE):
        shown = mine[figure.column.removesuffix("_fen").removesuffix("_mu2")]
        return f"{shown:,}" if shown is not None else ""
    if figure.how.dated:
        return str(mine[figure.column])
    return "1" if figure.how is How.COUNT else "计入，同一个只算一次"
