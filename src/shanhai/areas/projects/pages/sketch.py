"""点位示意: towns as circles and sites as dots. A sketch, not a map."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.projects import queries
from shanhai.areas.projects.models import Site
from shanhai.areas.projects.pages.asking import ProjectsAsked, crumbs, filters
from shanhai.base.language import say
from shanhai.web import money_way, sketches, wording
from shanhai.web.declare import page
from shanhai.web.memory import remembered
from shanhai.web.sketches import Dot, Place

_MOST_SITES = 2_000
_MOST_PLACES = 60


@dataclass(slots=True)
class Town:
    """What is in a town: projects that are not part of another, money arranged for them in yuan, sites."""

    name: str
    count: int = 0
    money: Decimal = Decimal(0)
    sites: list[Site] = field(default_factory=list)


@page("sketch", "点位示意", order=40)
@remembered
@require_safe
def sketch(request: HttpRequest) -> HttpResponse:
    """Towns sized by their projects or by the money arranged for them, with their sites."""
    asked = ProjectsAsked.of(request)
    by_money = request.GET.get("by") == "money"
    towns = _towns(asked)
    places = [_place(asked, town, by_money=by_money) for town in towns]
    places.sort(key=lambda place: (-place.weight, place.name))
    size = {
        "name": "by", "label": say("圆的大小"), "type": "select",
        "options": [{"value": "", "label": say("项目个数"), "selected": not by_money},
                    {"value": "money", "label": say("安排资金"), "selected": by_money}],
    }  # fmt: skip
    context = {
        "title": say("点位示意"), "lead": asked.told, "filters": filters(asked, "projects-sketch", more=[size]),
        "sketch": sketches.sketch(places[:_MOST_PLACES], label=say("各乡镇（街道）的项目和点位示意")) if places else None,
        "table": _table(asked, towns), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "projects/sketch.html", context)


def _towns(asked: ProjectsAsked) -> list[Town]:
    """The towns by name; sites count where their project is among those asked for."""
    way = money_way.way_of("project", asked.scope, asked.day)
    found: dict[str, Town] = {}
    keys = set()
    for key, name, parent in asked.rows.values_list("key", "town", "parent_key"):
        keys.add(key)
        town = found.setdefault(name, Town(name))
        town.count += not parent
        town.money += next(iter(way.amounts(key)), None) or Decimal(0)
    for site in queries.sites_on(asked.scope, on=asked.day, most=_MOST_SITES):
        if site.project_key in keys:
            found.setdefault(site.town, Town(site.town)).sites.append(site)
    return [found[name] for name in sorted(found)]


def _place(asked: ProjectsAsked, town: Town, *, by_money: bool) -> Place:
    word, told = town.name or say("未写明"), say("{n} 个项目", n=town.count)
    amount = wording.money(int(town.money * 100))
    dots = [
        Dot(say("点位：{name}", name=site.name), wording.record_url(Site.type_name(), site.key)) for site in town.sites
    ]
    url = asked.url("projects-overview", town=town.name) if town.name else asked.url("projects-overview")
    label = say(
        "{town}：{count}，安排 {amount}，{sites} 个点位", town=word, count=told, amount=amount, sites=len(town.sites)
    )
    shown = say("{n} 万元", n=f"{town.money / 10_000:,.0f}") if by_money else told
    return Place(word, float(town.money if by_money else town.count), shown, label, url, dots)


def _table(asked: ProjectsAsked, towns: list[Town]) -> dict[str, Any]:
    word = {"town": say("乡镇（街道）"), "count": say("项目数"), "money": say("安排资金"), "sites": say("点位")}
    rows = []
    for town in towns:
        sites = say("、").join(site.name for site in town.sites[:6]) + (say("等") if len(town.sites) > 6 else "")
        url = asked.url("projects-overview", town=town.name) if town.name else ""
        rows.append({"cells": [
            {"text": town.name or say("未写明"), "url": url, "head": True, "label": word["town"]},
            {"text": town.count, "number": True, "label": word["count"]},
            {"text": wording.money(int(town.money * 100)), "number": True, "label": word["money"]},
            {"text": sites or "–", "label": word["sites"]},
        ]})  # fmt: skip
    columns = [{"label": each, "number": part in ("count", "money")} for part, each in word.items()]
    return {"caption": say("各乡镇（街道）"), "hide_caption": True, "stack": True, "columns": columns, "rows": rows,
            "empty": {"text": say("没有符合条件的项目。")}}  # fmt: skip
