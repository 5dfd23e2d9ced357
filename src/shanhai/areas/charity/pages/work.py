"""残疾人培训与就业: courses with who came and how often, work found and kept, institutions and brands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.charity import queries
from shanhai.areas.charity.models import Brand, Centre
from shanhai.areas.charity.pages.asking import Cell, Look, crumbs, table, years
from shanhai.areas.charity.terms import Workplace
from shanhai.base.language import say
from shanhai.web import amounts, wording
from shanhai.web.declare import page
from shanhai.web.memory import remembered

_TIMES, _TRAINED = "charity.training_person_times", "charity.people_trained"
_EMPLOYED, _AT_WORK = "charity.people_employed", "charity.people_in_work"
_DISABLED = tuple(f"{name}[standing=disabled]" for name in (_TIMES, _TRAINED, _EMPLOYED, _AT_WORK))


@page("work", "残疾人培训与就业", order=30)
@remembered
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Courses, work, institutions and brands up to a day."""
    look = Look.of(request)
    times, _, employed, _ = _DISABLED
    context = {
        "title": say("残疾人培训与就业"), "tiles": look.tiles((*_DISABLED, "charity.centres_opened")), "as_of": look.day.isoformat(),
        "chart": years(look, say("各年残疾人培训人次"), (times,), beside=(employed,)),
        "courses": _courses(look), "places": _places(look), "centres": _centres(look), "brands": _brands(look),
        "filters": look.filters("charity-work"), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "charity/work.html", context)


def _word(name: str) -> str:
    return amounts.figure_word(amounts.declared(name))


def _courses(look: Look) -> dict[str, Any]:
    found = look.cut((_TIMES, _TRAINED), "training")
    heads = [
        (say("培训"), False),
        (say("培训内容"), False),
        (say("培训期间"), False),
        (say("人次"), True),
        (say("人数"), True),
    ]
    rows: list[list[Cell]] = [
        [
            {"text": one.name, "head": True, "url": wording.record_url("charity.disabilitytraining", one.key), "note": wording.local(one.key)},
            {"text": one.course, "note": one.organiser},
            {"text": say("{first} 至 {last}", first=one.first_on.isoformat(), last=one.last_on.isoformat())},
            *(look.cell(found, name, "training", of=one.key) for name in (_TIMES, _TRAINED)),
        ]
        for one in queries.trainings_until(look.asked.scope.pk, look.day)
    ]  # fmt: skip
    return table(say("残疾人培训"), heads, rows)


def _places(look: Look) -> dict[str, Any]:
    """Who found work and who still has it, by where the work is; families of disabled people are among them."""
    found = look.cut((_EMPLOYED, _AT_WORK), "workplace")
    rows: list[list[Cell]] = [
        [{"text": say(str(place.label)), "head": True}, *(look.cell(found, name, "workplace", of=str(place)) for name in (_EMPLOYED, _AT_WORK))]
        for place in Workplace
        if any(str(place) in cells for cells in found.values())
    ]  # fmt: skip
    return table(say("按就业方式"), [(say("就业方式"), False), (_word(_EMPLOYED), True), (_word(_AT_WORK), True)], rows)


def _centres(look: Look) -> dict[str, Any]:
    heads = [(say("机构"), False), (say("机构类别"), False), (say("建设方式"), False), (say("启用日期"), False)]
    rows: list[list[Cell]] = [
        [
            {"text": one.name, "head": True, "url": wording.record_url("charity.centre", one.key), "note": one.town},
            {"text": wording.cell(Centre, "kind_code", one.kind_code)}, {"text": wording.cell(Centre, "action_code", one.action_code)},
            {"text": one.opened_on.isoformat()},
        ]
        for one in queries.centres_until(look.asked.scope.pk, look.day)
    ]  # fmt: skip
    return table(say("助残服务机构"), heads, rows)


def _brands(look: Look) -> dict[str, Any]:
    heads = [
        (say("品牌"), False),
        (say("持有单位"), False),
        (say("工艺"), False),
        (wording.label(Brand, "founded_on"), False),
    ]
    rows: list[list[Cell]] = [
        [{"text": one.name, "head": True, "url": wording.record_url("charity.brand", one.key)}, {"text": one.holder_name},
         {"text": one.craft or "–"}, {"text": one.founded_on.isoformat()}]
        for one in queries.brands_until(look.asked.scope.pk, look.day)
    ]  # fmt: skip
    return table(say("助残品牌"), heads, rows)
