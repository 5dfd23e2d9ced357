"""看板: the projects by the step they have reached; those that stay too long come first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.projects import queries
from shanhai.areas.projects.models import Project
from shanhai.areas.projects.pages.asking import (
    ProjectsAsked,
    crumbs,
    filters,
    late_badge,
    project_url,
    stay_told,
    steps,
)
from shanhai.areas.projects.terms import STAY
from shanhai.base.language import say
from shanhai.web import money_way, wording
from shanhai.web.declare import page
from shanhai.web.memory import remembered
from shanhai.web.money_way import MoneyWay

#: Cards of a column; the list has all.
CARDS = 15


@page("board", "看板", order=20)
@remembered
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The steps as columns; a project moves by an act with a date and a paper, not by dragging."""
    asked = ProjectsAsked.of(request)
    way = money_way.way_of("project", asked.scope, asked.day)
    by_step: dict[str, list[Project]] = {}
    for project in queries.first_of_steps(asked.rows, CARDS):
        by_step.setdefault(getattr(project, "step"), []).append(project)  # noqa: B009 - worked out by the query
    words = dict(steps())
    order = [code for code in words if code == "none" or code in by_step or code != "stopped"]
    columns = [
        _column(asked, (code, words[code]), by_step.get("" if code == "none" else code, []), way) for code in order
    ]
    context = {
        "title": say("项目看板"),
        "lead": asked.told,
        "filters": filters(asked, "projects-board"),
        "columns": [column for column in columns if column["count"]],
        "empty_steps": say("、").join(column["label"] for column in columns if not column["count"]),
        "board_label": say("各节点的项目"),
        "move_url": reverse("template", args=["projects.milestone"]),
        "upload_url": reverse("upload"),
        "stays": say("、").join(say("{step} {days} 天", step=words[str(step)], days=days) for step, days in STAY.items()),
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "projects/board.html", context)


def _column(asked: ProjectsAsked, step: tuple[str, str], projects: list[Project], way: MoneyWay) -> dict[str, Any]:
    code, word = step
    count = getattr(projects[0], "total") if projects else 0  # noqa: B009 - worked out by the query
    more = {"label": say("全部 {n} 个", n=count), "url": asked.url("projects-overview", step=code, sort="moved_on")}
    return {
        "id": f"step-{code}", "label": word, "count": count, "cards": [_card(asked, project, way) for project in projects],
        "more": more if count > len(projects) else None,
    }  # fmt: skip


def _card(asked: ProjectsAsked, project: Project, way: MoneyWay) -> dict[str, Any]:
    standing = asked.standing(project)
    told = way.amounts(project.key)
    arranged = told[0] if told else None
    money = (
        say("安排 {amount}", amount=wording.money(int(arranged * 100))) if arranged is not None else say("没有安排资金")
    )
    return {
        "title": project.name, "url": project_url(project.key), "note": project.town,
        "told": f"{money} · {stay_told(standing)}", "badge": late_badge(standing),
    }  # fmt: skip
