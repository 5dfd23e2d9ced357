"""在岗人员: who is on duty at a day, by direction and kind, with what started in the year and reached the minimum."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.talent.models import MinimumTerm
from shanhai.areas.talent.pages.asking import Cells, PostingsAsked, crumbs, table
from shanhai.areas.talent.pages.timeline import told_table
from shanhai.areas.talent.queries import postings
from shanhai.areas.talent.terms import Direction, PostingKind
from shanhai.asking import values
from shanhai.asking.scopes import Asked, among
from shanhai.base.language import say
from shanhai.figures import evaluating
from shanhai.figures.folding import Value
from shanhai.web import amounts, charts, keysets, wording
from shanhai.web.charts import Bar
from shanhai.web.choosing import scopes_of
from shanhai.web.declare import page
from shanhai.web.drawings import inline
from shanhai.web.keysets import Order
from shanhai.web.memory import remembered

SIZE = 50
_ORDER = Order("arrived_on")
_NOW = ("talent.on_duty", "talent.reached_minimum", "talent.exchanged", "talent.posting_person_times")
_BY_YEAR = "talent.started"


@page("duty", "在岗人员", order=20)
@remembered
@require_safe
def duty(request: HttpRequest) -> HttpResponse:
    """Everybody on duty at a day, with the counters of postings and what minimum holds."""
    asked = PostingsAsked.of(request)
    about = among(asked.scope, scopes_of(request))
    place = (request.GET.get("after", ""), request.GET.get("before", ""))
    found = keysets.page_of(postings.serving(asked.rows, asked.day), _ORDER, place, SIZE)
    names = postings.names(asked.scope, [one.person_key for one in found.rows])
    words = postings.words(asked.scope, found.rows)
    context = {
        "title": say("在岗人员"), "lead": asked.told, "filters": asked.filters("talent-duty"),
        "tiles": _tiles(about, asked.day), "cross": _cross(about, asked.day), "chart": _chart(about, asked.day),
        "minimum": _minimum(postings.minimum_terms(asked.scope)),
        "table": told_table(found.rows, names, words, asked.day),
        "pages": asked.pages("talent-duty", found, _ORDER, say("本页 {n} 人", n=len(found.rows))), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "talent/duty.html", context)


def _tiles(about: Asked, day: date) -> list[dict[str, Any]]:
    window = values.window_of(about, as_of=day)
    figures = [amounts.declared(name) for name in _NOW]
    found = values.values(about, window, figures=figures)
    return [_tile(found[figure.name], about, day) for figure in figures]


def _tile(value: Value, about: Asked, day: date) -> dict[str, Any]:
    return {
        "label": amounts.figure_word(value.figure), "help": say(value.figure.rule), "note": "", "state": amounts.state(value),
        "url": amounts.figure_url(value.figure.name, about.scope.code, as_of=day.isoformat()), **amounts.told(value),
    }  # fmt: skip


def _cross(about: Asked, day: date) -> dict[str, Any]:
    """On duty by kind and direction; persons of cells are never added, since one may stand in several."""
    figure = amounts.declared("talent.on_duty")
    window = values.window_of(about, as_of=day)
    whole = evaluating.by_slice([figure], values.engine(), window, "kind")[figure.name]
    cells: dict[tuple[str, str], str] = {
        key: str(people) for key, people in postings.on_duty_counts(about.scope, day).items()
    }
    cells |= {(str(kind), ""): amounts.text(value) for kind, value in whole.items()}
    rows = [
        [{"text": say(str(kind.label)), "head": True},
         *({"text": cells.get((str(kind), direction), "0"), "number": True, "url": _cell_url(about, str(kind), direction, day)}
           for direction in (*map(str, Direction), ""))]
        for kind in PostingKind
    ]  # fmt: skip
    heads = [say("人才类别"), *(say(str(one.label)) for one in Direction), say("两个方向")]
    told = table(say("在岗人数"), heads, rows, empty="")
    return told | {"columns": [{"label": heads[0]}, *({"label": head, "number": True} for head in heads[1:])]}


def _cell_url(about: Asked, kind: str, direction: str, day: date) -> str:
    """The figure behind a cell."""
    name = amounts.narrowed_name(amounts.declared("talent.on_duty"), {"kind": kind, "direction": direction})
    return amounts.figure_url(name, about.scope.code, as_of=day.isoformat())


def _chart(about: Asked, day: date) -> dict[str, Any] | None:
    """People whose posting started, year by year; every bar opens to the figure of its year."""
    points = values.by_year(about, _BY_YEAR, as_of=day)
    if not charts.drawable(points):
        return None
    figure = amounts.declared(_BY_YEAR)
    word = amounts.figure_word(figure)
    urls = {year: amounts.figure_url(_BY_YEAR, about.scope.code, year=year, as_of=day.isoformat()) for year in points}
    drawn = [
        Bar(str(year), value.amount, say("{year} 年 {value} 人", year=year, value=amounts.text(value)), urls[year])
        for year, value in points.items() if isinstance(value.amount, Decimal)
    ]  # fmt: skip
    rows = [
        {"cells": [{"text": str(year), "head": True, "label": say("年份")},
                   {"text": amounts.text(value), "number": True, "label": word, "url": urls[year]}]}
        for year, value in points.items()
    ]  # fmt: skip
    summary = say("；").join(bar.told for bar in drawn)
    svg = inline(charts.bars(drawn, order=[str(year) for year in points]), label=summary)
    columns = [{"label": say("年份")}, {"label": word, "number": True}]
    return {"title": say("各年新到岗的人"), "svg": svg, "picture_url": "",
            "table": {"caption": say("各年数值"), "hide_caption": True, "columns": columns, "rows": rows}}  # fmt: skip


def _minimum(terms: list[MinimumTerm]) -> dict[str, Any]:
    """Which minimum holds for which kind, from when, by which paper."""
    heads = (say("人才类别"), say("至少"), say("从哪天到岗的起执行"), say("依据文号"))
    rows: list[Cells] = [
        [
            {"text": wording.cell(MinimumTerm, "kind_code", one.kind_code), "head": True,
             "url": wording.record_url(MinimumTerm.type_name(), one.key)},
            {"text": say("{n} 个月", n=one.month_count)},
            {"text": say("{first} 至 {last}", first=one.first_on.isoformat(), last=one.last_on.isoformat()) if one.last_on
             else say("{first} 至今", first=one.first_on.isoformat())},
            {"text": one.document_no},
        ]
        for one in terms
    ]  # fmt: skip
    return table(
        say("最短期限"), heads, rows, empty=say("没有设定最短期限，达到期限的人数就是零。请在“最短期限”表里登记。")
    )
