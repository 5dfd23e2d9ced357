"""工作队: teams with term, leader and members, who is on duty on a day and who was before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.agreements import queries
from shanhai.areas.agreements.models import TeamMember, WorkingTeam
from shanhai.areas.agreements.pages.asking import crumbs, day_field, day_of
from shanhai.areas.agreements.queries import Team
from shanhai.areas.agreements.terms import TeamRole
from shanhai.asking import values
from shanhai.asking.scopes import among
from shanhai.base.language import say
from shanhai.web import amounts, wording
from shanhai.web.choosing import needed_scope, scopes_of
from shanhai.web.declare import page
from shanhai.web.memory import remembered

_FIGURE = "agreements.team_members_on_duty"


@page("teams", "工作队", order=40)
@remembered
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Every working team as it stands on a day."""
    scope, day = needed_scope(request), day_of(request)
    found, names = queries.teams(scope, on=day)
    asked = among(scope, scopes_of(request))
    value = values.value(asked, _FIGURE, values.window_of(asked, as_of=day))
    tile = {
        "label": amounts.figure_word(value.figure), "url": amounts.figure_url(_FIGURE, scope.code, as_of=day.isoformat()),
        "state": amounts.state(value), "note": "", "help": say(value.figure.rule), **amounts.told(value),
    }  # fmt: skip
    context = {
        "title": say("工作队"), "lead": say("{day} 的情况。", day=day.isoformat()), "tile": tile,
        "teams": [_told(team, names, day) for team in found],
        "filters": {"action": reverse("agreements-teams"), "kept": [("scope", scope.code)], "narrowed": False, "clear_url": "",
                    "fields": [day_field(day)]},
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "agreements/teams.html", context)


def _told(team: Team, names: Mapping[str, str], day: date) -> dict[str, Any]:
    one = team.team
    over = one.last_on is not None and one.last_on < day
    last = one.last_on.isoformat() if one.last_on else say("未定")
    leader = next((each for each in team.on_duty if each.role_code == TeamRole.LEADER), None)
    return {
        "name": one.name, "url": wording.record_url(WorkingTeam.type_name(), one.key), "station": one.station,
        "term": say("{first} 至 {last}", first=one.first_on.isoformat(), last=last),
        "state": {"code": "late" if over else "good", "label": say("已期满") if over else say("在任") if one.first_on <= day else say("尚未派驻")},
        "leader": names.get(leader.person_key, wording.local(leader.person_key)) if leader else "",
        "on_duty": _table(team.on_duty, names, say("当天在岗的成员")),
        "others": _table(team.others, names, say("当天不在岗的成员")) if team.others else None,
    }  # fmt: skip


def _table(members: Sequence[TeamMember], names: Mapping[str, str], caption: str) -> dict[str, Any]:
    words = (say("姓名"), say("队内职务"), say("派出单位"), say("到任日期"), say("离任日期"))
    rows = [
        {"cells": [cell | {"label": word} for cell, word in zip(_cells(one, names), words, strict=True)]}
        for one in members
    ]
    return {"caption": caption, "stack": True, "columns": [{"label": word} for word in words], "rows": rows,
            "empty": {"text": say("这一天没有成员在岗。")}}  # fmt: skip


def _cells(one: TeamMember, names: Mapping[str, str]) -> list[dict[str, Any]]:
    name = names.get(one.person_key, wording.local(one.person_key))
    return [
        {"text": name, "url": wording.record_url(TeamMember.type_name(), one.key), "head": True},
        {"text": wording.cell(TeamMember, "role_code", one.role_code)}, {"text": one.home_unit},
        {"text": one.first_on.isoformat()}, {"text": one.last_on.isoformat() if one.last_on else "–"},
    ]  # fmt: skip
