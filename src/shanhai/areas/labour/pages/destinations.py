"""就业去向: people placed by where they went, year by year, and how the classes stand to the distinct people of all."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.labour.pages.asking import crumbs, day_field, day_of, filters, table, tile
from shanhai.areas.labour.terms import Destination
from shanhai.asking import values
from shanhai.asking.scopes import Asked, among
from shanhai.base.language import say
from shanhai.figures import evaluating
from shanhai.figures.folding import Value
from shanhai.web import amounts, charts
from shanhai.web.charts import Bar
from shanhai.web.choosing import needed_scope, scopes_of
from shanhai.web.declare import page
from shanhai.web.drawings import inline
from shanhai.web.memory import remembered

_PLACED, _TIMES = "labour.people_placed", "labour.placements"
_PUBLISHED, _REGISTERED = "labour.residents_away", "labour.people_away[worker_group=lifted]"
_TILES = (_PUBLISHED, "labour.people_in_work", "labour.people_steady", "labour.vacancies_offered")
_MOST_YEARS = 8


@page("destinations", "就业去向", order=10)
@remembered
@require_safe
def destinations(request: HttpRequest) -> HttpResponse:
    """People placed by class of destination; people of several classes stand in each of them and are told apart from the sum."""
    scope, day = needed_scope(request), day_of(request)
    asked = among(scope, scopes_of(request))
    began = asked.began_on
    first = max(began.year if began else day.year - 4, day.year - _MOST_YEARS + 1)
    years = list(range(first, day.year + 1))
    by_class = _by_class(asked, years, day)
    whole = _whole(asked, years, day)
    context = {
        "title": say("就业去向"), "tiles": _tiles(asked, day), "chart": _chart(by_class, years, scope.code, day),
        "table": _table(by_class, whole, scope.code, day),
        "filters": filters("labour-destinations", scope.code, [day_field(day)], narrowed="as_of" in request.GET),
        "note": say("岗位是提供数，不是就业数；公布统计不与登记的人数相加。同一人一年里去过两类地方的，每一类各计一次，合计只计一次。"),
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "labour/destinations.html", context)


def _by_class(asked: Asked, years: list[int], day: date) -> dict[str, dict[int, Value]]:
    """People placed in each year, by class: one question for each class, whatever the number of years."""
    figure = amounts.declared(_PLACED)
    windows = [values.window_of(asked, as_of=day, year=year) for year in years]
    return {
        str(one): {
            year: found[_PLACED]
            for year, found in zip(
                years, evaluating.evaluate_windows([figure], values.engine(), windows, slice={"destination": str(one)}), strict=True
            )
        }
        for one in Destination
    }  # fmt: skip


def _whole(asked: Asked, years: list[int], day: date) -> dict[int, Mapping[str, Value]]:
    """Distinct people and placements in each year."""
    windows = [values.window_of(asked, as_of=day, year=year) for year in years]
    figures = [amounts.declared(name) for name in (_PLACED, _TIMES)]
    return dict(zip(years, evaluating.evaluate_windows(figures, values.engine(), windows), strict=True))


def _tiles(asked: Asked, day: date) -> list[dict[str, Any]]:
    """What stands on the day; the registered are held against the published number they are part of."""
    window = values.window_of(asked, as_of=day)
    found = values.values(asked, window, figures=[amounts.declared(name) for name in _TILES])
    registered = values.value(asked, _REGISTERED, window)
    notes = {"labour.vacancies_offered": say("提供数，不是就业数"), _PUBLISHED: say("别人公布，有出处")}
    scope, on = asked.scope.code, day.isoformat()
    tiles = [tile(found[name], name, scope, note=notes.get(name, ""), as_of=on) for name in _TILES]
    return [
        tiles[0],
        tile(registered, _REGISTERED, scope, note=_within(registered, found[_PUBLISHED]), as_of=on),
        *tiles[1:],
    ]


def _within(part: Value, whole: Value) -> str:
    """Whether the registered are no more than the published number; two numbers from different years may differ."""
    if not (isinstance(part.amount, Decimal) and isinstance(whole.amount, Decimal)):
        return ""
    return say("含在公布数之内") if part.amount <= whole.amount else say("多于公布数，请核对")


def _chart(
    by_class: Mapping[str, Mapping[int, Value]], years: list[int], scope: str, day: date
) -> dict[str, Any] | None:
    bars = [
        Bar(str(year), value.amount, _told(year, code, value), _url(code, year, scope, day), _word(code))
        for code, points in by_class.items()
        for year, value in points.items()
        if isinstance(value.amount, Decimal) and value.amount
    ]
    if not bars:
        return None
    order = [str(year) for year in years]
    return {
        "title": say("各年新增就业人数，按去向（人）"),
        "svg": inline(charts.bars(bars, order=order, width=900), label=say("；").join(bar.told for bar in bars)), "picture_url": "",
    }  # fmt: skip


def _word(code: str) -> str:
    return say(str(Destination(code).label))


def _told(year: int, code: str, value: Value) -> str:
    return say("{year} 年{place} {value} 人", year=year, place=_word(code), value=amounts.text(value))


def _url(code: str, year: int, scope: str, day: date) -> str:
    return amounts.figure_url(f"{_PLACED}[destination={code}]", scope, year=year, as_of=day.isoformat())


def _table(
    by_class: Mapping[str, Mapping[int, Value]], whole: Mapping[int, Mapping[str, Value]], scope: str, day: date
) -> dict[str, Any]:
    """Years as rows: the classes, the distinct people of all, how many stand in several classes, and the placements."""
    heads = [
        say("年份"),
        *(_word(code) for code in by_class),
        say("合计（去重）"),
        say("跨类重复计（人）"),
        say("就业人次"),
    ]
    columns = [{"label": head, "number": place > 0} for place, head in enumerate(heads)]
    rows = []
    for year, found in sorted(whole.items(), reverse=True):
        cells = [_cell(points[year], _url(code, year, scope, day)) for code, points in by_class.items()]
        parts = [
            value.amount
            for value in (points[year] for points in by_class.values())
            if isinstance(value.amount, Decimal)
        ]
        total = found[_PLACED].amount
        gap = sum(parts, Decimal(0)) - total if isinstance(total, Decimal) else None
        rows.append([
            {"text": str(year), "head": True}, *cells,
            _cell(found[_PLACED], amounts.figure_url(_PLACED, scope, year=year, as_of=day.isoformat())),
            {"text": f"{gap:,f}" if gap is not None else "–", "number": True},
            _cell(found[_TIMES], amounts.figure_url(_TIMES, scope, year=year, as_of=day.isoformat())),
        ])  # fmt: skip
    return table(say("各年新增就业人数，按去向"), columns, rows, empty=say("还没有登记就业。"))


def _cell(value: Value, url: str) -> dict[str, Any]:
    return {"text": amounts.text(value), "number": True, "url": url}
