"""时间线: a row for each project, its bars from step to step."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.projects import queries
from shanhai.areas.projects.models import Milestone, Project
from shanhai.areas.projects.pages.asking import ProjectsAsked, crumbs, filters, project_url, step_word
from shanhai.areas.projects.terms import Step
from shanhai.base.language import noted, say
from shanhai.web import keysets, timelines, wording
from shanhai.web.declare import page
from shanhai.web.keysets import Found, Order
from shanhai.web.memory import remembered
from shanhai.web.timelines import Line, Span

SIZE = 20
_ORDER = Order("proposed_on", descending=True)
#: The parts of a life, by the first step of each: the tone of its bars and its word.
PARTS = (
    (Step.PROPOSED, "early", noted("前期：申报到招标采购")),
    (Step.STARTED, "working", noted("实施：开工到完工")),
    (Step.COMPLETED, "closing", noted("收尾：完工到结算审核")),
    (Step.ASSET, "kept", noted("资产：形成资产到管护")),
    (Step.STOPPED, "stopped", noted("终止")),
)
_PLACE = {step: place for place, step in enumerate(Step)}


@page("timeline", "时间线", order=30)
@remembered
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """The lives of projects over days, a year or all years."""
    asked = ProjectsAsked.of(request)
    year = _year(request.GET.get("zoom", ""))
    place = (request.GET.get("after", ""), request.GET.get("before", ""))
    found = keysets.page_of(asked.rows, _ORDER, place, SIZE)
    moves = queries.moves_of(asked.scope, [project.key for project in found.rows], on=asked.day)
    starts = [life[0].happened_on for life in moves.values()] or [asked.day]
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (min(starts), asked.day)
    lines = [_line(asked, project, moves.get(project.key, [])) for project in found.rows]
    years = range(asked.day.year, min(starts).year - 1, -1)
    zoom = {
        "name": "zoom", "label": say("显示哪一年"), "type": "select",
        "options": [{"value": "", "label": say("全部年份"), "selected": not year},
                    *({"value": each, "label": say("{year} 年", year=each), "selected": each == year} for each in years)],
    }  # fmt: skip
    drawn = timelines.timeline(lines, first=first, last=last, today=asked.day, label=say("项目时间线"))
    context = {
        "title": say("项目时间线"), "lead": asked.told, "filters": filters(asked, "projects-timeline", more=[zoom]),
        "timeline": drawn if lines else None, "table": _table(found.rows, moves),
        "legend": [{"tone": tone, "label": say(word)} for _, tone, word in PARTS],
        "pages": _pages(asked, found, year), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "projects/timeline.html", context)


def _year(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) == 4 and int(given) > 0 else None


def _line(asked: ProjectsAsked, project: Project, life: Sequence[Milestone]) -> Line:
    return Line(
        project.name, project_url(project.key), step_word(asked.standing(project).step), list(_spans(life, asked.day))
    )


def _spans(life: Sequence[Milestone], day: date) -> Iterator[Span]:
    """From each move to the next; the last one lasts to the day, unless the life has ended."""
    for move, after in pairwise([*life, None]):
        assert move is not None
        step = Step(move.step_code)
        until = after.happened_on if after else (move.happened_on if step is Step.STOPPED else day)
        told = say(
            "{step}：{first} 至 {last}",
            step=step_word(step),
            first=move.happened_on.isoformat(),
            last=until.isoformat(),
        )
        yield Span(move.happened_on, until, told, wording.record_url(Milestone.type_name(), move.key), _tone(step))


def _tone(step: Step) -> str:
    return next(tone for first, tone, _ in reversed(PARTS) if _PLACE[step] >= _PLACE[first])


def _table(projects: Sequence[Project], moves: dict[str, list[Milestone]]) -> dict[str, Any]:
    """The numbers behind the drawing: every move with its day and paper."""
    word = {"name": say("项目"), "step": say("节点"), "on": say("日期"), "paper": say("文号或凭据")}
    rows = [
        {"cells": [
            {"text": project.name, "url": project_url(project.key), "head": True, "label": word["name"]},
            {"text": step_word(Step(move.step_code)), "label": word["step"]},
            {"text": move.happened_on.isoformat(), "url": wording.record_url(Milestone.type_name(), move.key), "label": word["on"]},
            {"text": move.document_no, "label": word["paper"]},
        ]}
        for project in projects for move in moves.get(project.key, [])
    ]  # fmt: skip
    columns = [{"label": each} for each in word.values()]
    return {"caption": say("图中的节点"), "hide_caption": True, "stack": True, "columns": columns, "rows": rows,
            "empty": {"text": say("没有符合条件的项目。")}}  # fmt: skip


def _pages(asked: ProjectsAsked, found: Found, year: int | None) -> dict[str, Any] | None:
    if not (found.before or found.after):
        return None
    name, zoom = "projects-timeline", year or ""
    before = keysets.place_of(found.rows[0], _ORDER) if found.before and found.rows else ""
    after = keysets.place_of(found.rows[-1], _ORDER) if found.after and found.rows else ""
    return {
        "previous_url": asked.url(name, zoom=zoom, before=before) if before else "",
        "next_url": asked.url(name, zoom=zoom, after=after) if after else "",
        "first_url": asked.url(name, zoom=zoom) if found.before else "",
        "told": say("本页 {n} 个项目", n=len(found.rows)),
    }
