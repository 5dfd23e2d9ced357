"""示范点: every site by its place, how far it has come, which of its titles stand, and when the next review is due."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.honours import queries
from shanhai.areas.honours.models import Site
from shanhai.areas.honours.pages.viewing import Cell, View, rank_word, stacked
from shanhai.areas.honours.queries import Placed
from shanhai.base.language import say
from shanhai.web import wording
from shanhai.web.declare import page
from shanhai.web.memory import remembered

_TILES = (
    "honours.sites_named", "honours.sites_provincial_prefecture", "honours.sites_in_force", "honours.villages_covered",
)  # fmt: skip


@page("sites", "示范点一览", order=20)
@remembered
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """Every site that was proposed by the day."""
    view = View.of(request)
    placed = queries.sites_until(view.asked.scope.pk, view.day)
    regions = queries.region_names(one.site.region_code for one in placed)
    heads = [
        (say("示范点"), False), (say("所在地"), False), (say("状态"), False), (say("有效命名"), False), (say("下次复核"), False), (say("覆盖户数"), True),
    ]  # fmt: skip
    rows = [_row(one, view.day, regions) for one in placed]
    context = view.about("honours-sites", say("示范点一览"), _TILES) | {"table": stacked(say("示范点"), heads, rows)}
    return render(request, "honours/sites.html", context)


def _row(one: Placed, day: date, regions: Mapping[str, str]) -> list[Cell]:
    site, standing = one.site, one.in_force(day)
    place = " ".join(part for part in (regions.get(site.region_code, ""), site.town, site.village) if part)
    ranks = list(dict.fromkeys(rank_word(each.honour.level_code) for each in standing))
    households = "–" if site.household_count is None else f"{site.household_count:,}"
    return [
        {"text": site.name, "head": True, "url": wording.record_url(Site.type_name(), site.key), "note": wording.cell(Site, "kind_code", site.kind_code)},
        {"text": place, **_project(site)}, {"badge": _state(one, day)}, {"text": say("、").join(ranks) or "–"},
        _review(one, day), {"text": households, "number": True},
    ]  # fmt: skip


def _project(site: Site) -> Cell:
    """The project that built a site, beside its place."""
    return {"note": say("项目 {key}", key=wording.local(site.project_key))} if site.project_key else {}


def _state(one: Placed, day: date) -> dict[str, str]:
    """How far a site has come by a day; once named, how its titles stand."""
    site = one.site
    if one.in_force(day):
        return {"code": "good", "label": say("已命名")}
    if one.titles:
        gone = all(each.title.withdrawn(day) for each in one.titles)
        return {"code": "bad", "label": say("命名已撤销")} if gone else {"code": "late", "label": say("命名已过有效期")}
    for reached, code, word in (
        (site.dropped_on, "", say("已停建")), (site.accepted_on, "achieved", say("已验收，尚未命名")), (site.started_on, "planned", say("建设中")),
    ):  # fmt: skip
        if reached and reached <= day:
            return {"code": code, "label": word}
    return {"code": "planned", "label": say("已申报")}


def _review(one: Placed, day: date) -> Cell:
    """The first day on which one of a site's titles is over, or was; nothing where none has an end."""
    kept = [each for each in one.titles if not each.title.withdrawn(day)]
    days = sorted(last for each in kept if (last := each.title.last_day(day)))
    if not days:
        return {"text": say("没有期限") if kept else "–"}
    late = {"badge": {"code": "late", "label": say("已过期，应复核")}} if days[0] < day else {}
    return {"text": days[0].isoformat(), **late}
