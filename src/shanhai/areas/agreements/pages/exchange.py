"""会议与互访: meetings and visits on one list by day, their counters, and how many there were year by year."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.agreements import queries
from shanhai.areas.agreements.models import Meeting, Visit
from shanhai.areas.agreements.pages.asking import crumbs, day_field, day_of, year_field, year_of
from shanhai.areas.agreements.queries import Event
from shanhai.areas.agreements.terms import Direction, MeetingKind
from shanhai.asking import values
from shanhai.asking.scopes import Asked, among
from shanhai.base.language import say
from shanhai.figures import evaluating
from shanhai.figures.folding import Value
from shanhai.web import amounts, charts, wording
from shanhai.web.charts import Bar
from shanhai.web.choosing import needed_scope, scopes_of
from shanhai.web.declare import page
from shanhai.web.drawings import inline
from shanhai.web.memory import remembered

SIZE = 50
_DRAWN = ("agreements.meetings_held", "agreements.visits")
#: The counters by the narrowing they are told under, with the values of the narrowing in their order.
_COUNTED = (
    ("kind", ("agreements.meetings_held",), tuple(str(kind) for kind in MeetingKind)),
    ("direction", ("agreements.visits", "agreements.visit_person_times"), tuple(str(one) for one in Direction)),
)


@page("exchange", "会议与互访", order=30)
@remembered
@require_safe
def exchange(request: HttpRequest) -> HttpResponse:
    """The list, latest first, of a year or of all."""
    scope, day, year = needed_scope(request), day_of(request), year_of(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in {*MeetingKind, *Direction} else ""
    after = request.GET.get("after", "")
    found = queries.events(scope, year=year, kind=kind, after=after, size=SIZE + 1)
    asked = among(scope, scopes_of(request))
    by_year = {name: values.by_year(asked, name, as_of=day) for name in _DRAWN}
    years = sorted(next(iter(by_year.values())), reverse=True)
    told = {"scope": scope.code, "year": year or "", "kind": kind, "as_of": request.GET.get("as_of", "")}
    more = (
        wording.with_query(reverse("agreements-exchange"), **told, after=found[SIZE - 1].place)
        if len(found) > SIZE
        else ""
    )
    context = {
        "title": say("会议与互访"), "tiles": _tiles(asked, day, year), "chart": _chart(by_year, scope.code, day),
        "table": _table(found[:SIZE]),
        "filters": {
            "action": reverse("agreements-exchange"), "kept": [("scope", scope.code)], "narrowed": True,
            "fields": [year_field(years, year), _kind_field(kind), day_field(day)],
            "clear_url": wording.with_query(reverse("agreements-exchange"), scope=scope.code) if year or kind else "",
        },
        "pages": {"next_url": more, "first_url": wording.with_query(reverse("agreements-exchange"), **told) if after else ""}
        if more or after else None,
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "agreements/exchange.html", context)


def _kind_field(chosen: str) -> dict[str, Any]:
    options = [
        {"value": str(one), "label": say(str(one.label)), "selected": str(one) == chosen}
        for one in (*MeetingKind, *Direction)
    ]
    every = {"value": "", "label": say("全部"), "selected": not chosen}
    return {"name": "kind", "label": say("会议类别或互访方向"), "type": "select", "options": [every, *options]}


def _tiles(asked: Asked, day: date, year: int | None) -> list[dict[str, Any]]:
    """The counters: meetings by kind, batches and person-times by direction; each opens to its figure."""
    window = values.window_of(asked, as_of=day, year=year)
    tiles = []
    for by, names, cells in _COUNTED:
        figures = [amounts.declared(name) for name in names]
        found = evaluating.by_slice(figures, values.engine(), window, by)
        for figure in figures:
            for cell in cells:
                value = found[figure.name].get(cell)
                full = amounts.narrowed_name(figure, {by: cell})
                url = amounts.figure_url(full, asked.scope.code, year=year, as_of=day.isoformat())
                told = amounts.told(value) if value else {"value": "0", "unit": amounts.unit_word(figure), "exact": ""}
                tiles.append({"label": amounts.figure_label(figure, full), "url": url, "note": "", "help": say(figure.rule),
                              "state": amounts.state(value) if value else {}, **told})  # fmt: skip
    return tiles


def _chart(by_year: dict[str, dict[int, Value]], scope: str, day: date) -> dict[str, Any] | None:
    """Meetings and visits by year, side by side; every bar opens to its figure in that year."""
    points = [(name, year, value) for name, years in by_year.items() for year, value in years.items()]
    drawn = [
        Bar(str(year), value.amount, _told(year, value), _url(name, year, scope, day), amounts.figure_word(value.figure))
        for name, year, value in points if isinstance(value.amount, Decimal)
    ]  # fmt: skip
    if not any(bar.height for bar in drawn):
        return None
    order = [str(year) for year in next(iter(by_year.values()))]
    heads = [amounts.figure_word(amounts.declared(name)) for name in by_year]
    rows = [
        {"cells": [{"text": year, "head": True, "label": say("年份")},
                   *({"text": amounts.text(by_year[name][int(year)]), "number": True, "label": head, "url": _url(name, int(year), scope, day)}
                     for name, head in zip(by_year, heads, strict=True))]}
        for year in order
    ]  # fmt: skip
    columns = [{"label": say("年份")}, *({"label": head, "number": True} for head in heads)]
    summary = say("；").join(bar.told for bar in drawn)
    return {
        "title": say("各年会议次数和互访批次"), "svg": inline(charts.bars(drawn, order=order), label=summary), "picture_url": "",
        "table": {"caption": say("各年数值"), "hide_caption": True, "columns": columns, "rows": rows},
    }  # fmt: skip


def _told(year: int, value: Value) -> str:
    word = amounts.figure_word(value.figure)
    return say(
        "{year} 年{figure} {value} {unit}",
        year=year,
        figure=word,
        value=amounts.text(value),
        unit=amounts.unit_word(value.figure),
    )


def _url(name: str, year: int, scope: str, day: date) -> str:
    return amounts.figure_url(name, scope, year=year, as_of=day.isoformat())


def _table(events: Iterable[Event]) -> dict[str, Any]:
    words = (say("日期"), say("会议或互访"), say("事项"), say("地点或带队"), say("人次"))
    rows = [
        {"cells": [cell | {"label": word} for cell, word in zip(_cells(event), words, strict=True)]} for event in events
    ]
    columns = [{"label": word, "number": word == words[-1]} for word in words]
    return {"caption": say("会议与互访"), "hide_caption": True, "stack": True, "columns": columns, "rows": rows,
            "empty": {"text": say("没有符合条件的记录。")}}  # fmt: skip


def _cells(event: Event) -> list[dict[str, Any]]:
    one = event.record
    url = wording.record_url(one.type_name(), one.key)
    if isinstance(one, Meeting):
        kind, where, count = wording.cell(Meeting, "kind_code", one.kind_code), one.place, "–"
    else:
        kind, where, count = (
            wording.cell(Visit, "direction_code", one.direction_code),
            one.led_by,
            str(one.person_time_count),
        )
    return [
        {"text": event.day.isoformat(), "head": True}, {"text": kind}, {"text": one.title, "url": url},
        {"text": where or "–"}, {"text": count, "number": True},
    ]  # fmt: skip
