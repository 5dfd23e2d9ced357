"""The years of a figure on its page: the picture whose bars open, and the numbers it draws."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.asking import values
from shanhai.base.language import say
from shanhai.figures.folding import Value
from shanhai.web import amounts, charts
from shanhai.web.charts import Bar
from shanhai.web.drawings import inline
from shanhai.web.questions import Question, question_of
from shanhai.web.wording import with_query

_SVG = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Cache-Control": "private, max-age=60",
}


def _by_year(asked: Question) -> Mapping[int, Value]:
    return values.by_year(asked.asked, asked.name, as_of=asked.as_of)


def _drawn(asked: Question, points: Mapping[int, Value], *, linked: bool) -> str:
    by, _ = charts.drawn_unit(points)
    bars = [
        Bar(str(year), value.amount / by, _told(year, value), _year_url(asked, year) if linked else "")
        for year, value in points.items()
        if isinstance(value.amount, Decimal)
    ]
    return charts.bars(bars, order=[str(year) for year in points])


def _told(year: int, value: Value) -> str:
    return say(
        "{year} 年 {value} {unit}", year=year, value=amounts.text(value), unit=amounts.unit_word(value.figure)
    ).strip()


def _year_url(asked: Question, year: int) -> str:
    return with_query(reverse("figure", args=[asked.name]), **{**asked.told, "year": year, "since": None})


def chart_of(asked: Question) -> dict[str, Any] | None:
    """The `chart` of the page; nothing where there are not two numbers to draw."""
    points = _by_year(asked)
    if not charts.drawable(points):
        return None
    _, unit = charts.drawn_unit(points)
    word, own_unit = amounts.figure_word(asked.figure), amounts.unit_word(asked.figure)
    rows = [
        {
            "cells": [
                {"text": f"{year}", "head": True, "label": say("年份"), "url": _year_url(asked, year)},
                {"text": amounts.text(value), "number": True, "label": own_unit},
            ]
        }
        for year, value in points.items()
    ]
    columns = [{"label": say("年份")}, {"label": own_unit, "number": True}]
    told = say("；").join(_told(year, value) for year, value in points.items())
    summary = say("{figure}各年数值：{told}", figure=word, told=told)
    return {
        "title": say("{figure}（{unit}）", figure=word, unit=unit),
        "svg": inline(_drawn(asked, points, linked=True), label=summary),
        "picture_url": with_query(reverse("chart", args=[asked.name]), **asked.told),
        "table": {"caption": say("各年数值"), "hide_caption": True, "columns": columns, "rows": rows},
    }


@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """The chart of a figure by year as a picture of its own, for paper."""
    asked = question_of(request, name)
    points = _by_year(asked)
    if not charts.drawable(points):
        raise Http404
    return HttpResponse(_drawn(asked, points, linked=False), content_type="image/svg+xml", headers=_SVG)
