"""The years of a figure on its page: the picture, and the numbers it draws."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.asking import values
from shanhai.figures.folding import Value
from shanhai.web import amounts, charts
from shanhai.web.questions import Question, question_of
from shanhai.web.wording import with_query

_SVG = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Cache-Control": "private, max-age=60",
}


def _by_year(asked: Question) -> Mapping[int, Value]:
    return values.by_year(asked.asked, asked.name, as_of=asked.as_of)


def chart_of(asked: Question) -> dict[str, Any] | None:
    """The `chart` of the page; nothing where there are not two numbers to draw."""
    points = _by_year(asked)
    if not charts.drawable(points):
        return None
    _, unit = charts.drawn_unit(points)
    rows = [
        {
            "cells": [
                {"text": f"{year}", "head": True, "label": "年份"},
                {"text": amounts.text(value), "number": True, "label": asked.figure.unit.zh},
            ]
        }
        for year, value in points.items()
    ]
    told = "；".join(f"{year} 年 {amounts.text(value)}" for year, value in points.items())
    columns = [{"label": "年份"}, {"label": asked.figure.unit.zh, "number": True}]
    return {
        "title": f"{asked.figure.zh}（{unit}）",
        "src": with_query(reverse("chart", args=[asked.name]), **asked.told),
        "width": charts.WIDTH,
        "height": charts.HEIGHT,
        "summary": f"{asked.figure.zh}各年数值：{told}（{asked.figure.unit.zh}）",
        "table": {"caption": "各年数值", "hide_caption": True, "columns": columns, "rows": rows},
    }


@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """The chart of a figure by year."""
    asked = question_of(request, name)
    points = _by_year(asked)
    if not charts.drawable(points):
        raise Http404
    return HttpResponse(charts.by_year(points), content_type="image/svg+xml", headers=_SVG)
