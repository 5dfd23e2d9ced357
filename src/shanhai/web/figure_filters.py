"""The form above a figure: its time, its day, and what it may be narrowed by."""

from typing import Any

from django.urls import reverse

from shanhai.asking import values
from shanhai.base.language import say
from shanhai.figures import evaluating
from shanhai.web import amounts
from shanhai.web.questions import Question

_MOST_CHOICES = 400


def filters_of(asked: Question) -> dict[str, Any]:
    """The `filters` of the page."""
    began = asked.asked.began_on
    years = range(asked.as_of.year, (began.year if began else asked.as_of.year - 4) - 1, -1)
    fields = [
        {
            "name": "year",
            "label": say("时段"),
            "type": "select",
            "options": [{"value": "", "label": say("开始以来"), "selected": asked.year is None}]
            + [{"value": year, "label": say("{year} 年", year=year), "selected": year == asked.year} for year in years],
        },
        {"name": "as_of", "label": say("算到哪一天"), "type": "date", "value": asked.as_of.isoformat()},
        *(_slice_field(asked, label) for label in asked.figure.slices),
    ]
    return {"action": reverse("figure", args=[asked.figure.name]), "fields": fields}


def _slice_field(asked: Question, label: str) -> dict[str, Any]:
    """The choice of a narrowing: the values that the records of the window have."""
    found = evaluating.by_slice([asked.figure], values.engine(), asked.window, label).get(asked.figure.name, {})
    chosen = asked.narrowed.get(label, "")
    known = [value for value in found if value] or []
    offered = known[:_MOST_CHOICES] if chosen in known or not chosen else [chosen, *known[:_MOST_CHOICES]]
    options = [{"value": "", "label": say("全部"), "selected": not chosen}]
    options += [
        {"value": value, "label": amounts.slice_value(asked.figure, label, value), "selected": value == chosen}
        for value in offered
    ]
    return {
        "name": f"by_{label}",
        "label": say("按{what}", what=amounts.slice_label(asked.figure, label)),
        "type": "select",
        "options": options,
    }
