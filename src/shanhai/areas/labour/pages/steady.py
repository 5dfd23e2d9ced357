"""三个月稳岗: placements with the months that have evidence, and which of them the rule takes for steady."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.labour.models import Placement
from shanhai.areas.labour.pages.asking import (
    SIZE,
    chosen,
    crumbs,
    day_field,
    day_of,
    filters,
    page_of,
    pages_of,
    select,
    table,
    tile,
    words_of,
)  # fmt: skip
from shanhai.areas.labour.queries import reading
from shanhai.areas.labour.terms import STEADY_MONTHS, Destination
from shanhai.asking import values
from shanhai.asking.scopes import among
from shanhai.base.language import noted, say
from shanhai.web import amounts, wording
from shanhai.web.choosing import needed_scope, scopes_of
from shanhai.web.declare import page
from shanhai.web.memory import remembered

_FIGURES = ("labour.people_steady", "labour.placements_steady", "labour.steady_share")
_STATES = {"met": noted("已满三个月"), "on_the_way": noted("有凭证，不满三个月"), "none": noted("没有凭证")}


@page("steady", "三个月稳岗", order=30)
@remembered
@require_safe
def steady(request: HttpRequest) -> HttpResponse:
    """Placements, the latest first, narrowed by class and by what the evidence says."""
    scope, day, number = needed_scope(request), day_of(request), page_of(request)
    state, place = chosen(request, "state", _STATES), chosen(request, "class", [str(one) for one in Destination])
    rows = reading.steadiness(reading.with_months(scope, on=day), state)
    rows = rows.filter(class_code=place) if place else rows
    first = (number - 1) * SIZE
    found = list(rows.order_by("-started_on", "key")[first : first + SIZE + 1])
    names = reading.names_of(scope, [one.person_key for one in found])
    asked = among(scope, scopes_of(request))
    counted = values.values(
        asked, values.window_of(asked, as_of=day), figures=[amounts.declared(name) for name in _FIGURES]
    )
    told = {"scope": scope.code, "as_of": request.GET.get("as_of", ""), "state": state, "class": place}
    fields = [
        select("state", say("凭证情况"), words_of(_STATES.items()), state, every=say("全部")),
        select("class", say("就业去向"), words_of(Destination.choices), place, every=say("全部")), day_field(day),
    ]  # fmt: skip
    context = {
        "title": say("三个月稳岗"),
        "lead": say("同一段就业有 {months} 个月以上凭证的，计入稳定就业；凭证按月计，同一月有几份只算一个月。", months=STEADY_MONTHS),
        "tiles": [tile(counted[name], name, scope.code, as_of=day.isoformat()) for name in _FIGURES],
        "table": _table(found[:SIZE], names, day),
        "filters": filters("labour-steady", scope.code, fields, narrowed=bool(state or place)),
        "pages": pages_of("labour-steady", number, more=len(found) > SIZE, **told),
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "labour/steady.html", context)


def _table(found: list[Placement], names: Mapping[str, str], day: date) -> dict[str, Any]:
    heads = [
        say("人员"),
        say("就业去向"),
        say("用工单位"),
        say("上岗日期"),
        say("离岗日期"),
        say("有凭证的月数"),
        say("结论"),
    ]
    columns = [{"label": head, "number": head == heads[5]} for head in heads]
    rows = [_row(one, names) for one in found]
    return table(say("就业与稳岗凭证"), columns, rows, empty=say("没有符合条件的就业记录。"))


def _row(one: Placement, names: Mapping[str, str]) -> list[dict[str, Any]]:
    months = int(getattr(one, "months", 0))
    state = "met" if months >= STEADY_MONTHS else "on_the_way" if months else "none"
    code = {"met": "good", "on_the_way": "", "none": "zero"}[state]
    return [
        {"text": names.get(one.person_key, wording.local(one.person_key)), "url": wording.record_url(Placement.type_name(), one.key), "head": True},
        {"text": say(str(Destination(one.class_code).label))}, {"text": one.employer}, {"text": one.started_on.isoformat()},
        {"text": one.ended_on.isoformat() if one.ended_on else say("在岗")}, {"text": str(months), "number": True},
        {"badge": {"code": code, "label": say(_STATES[state])}},
    ]  # fmt: skip
