"""项目一览: every project with its step, its money and how long it has stood still."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.projects.models import Project
from shanhai.areas.projects.pages.asking import (
    ProjectsAsked,
    crumbs,
    filters,
    late_badge,
    project_url,
    stay_told,
    step_word,
)
from shanhai.base.language import say
from shanhai.web import amounts, keysets, money_way, shares, wording
from shanhai.web.declare import page
from shanhai.web.downloads import rows_as
from shanhai.web.keysets import Found, Order
from shanhai.web.memory import remembered
from shanhai.web.money_way import MoneyWay

SIZE = 50
_SORTED = ("key", "name", "field_code", "town", "moved_on", "planned_fen", "plan_year")


@page("projects", "项目一览", order=10)
@remembered
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every project of the pairing looked at."""
    asked = ProjectsAsked.of(request)
    order = Order.asked(request.GET.get("sort", ""), _SORTED)
    place = (request.GET.get("after", ""), request.GET.get("before", ""))
    found = keysets.page_of(asked.rows, order, place, SIZE)
    way = money_way.way_of("project", asked.scope, asked.day)
    form = filters(asked, "projects-overview")
    files = [(say("下载工作簿"), "xlsx"), (say("下载 CSV"), "csv")] if found.rows else []
    context = {
        "title": say("项目一览"),
        "lead": asked.told,
        "filters": form | {"kept": [*form["kept"], ("sort", order.told)]},
        "table": _table(asked, order, found, way),
        "pages": _pages(asked, order, found),
        "downloads": [
            {"label": label, "url": wording.with_query(reverse("projects-taken", args=[kind]), scope=asked.scope.code, sort=order.told, **asked.asked)}
            for label, kind in files
        ],
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "web/list.html", context)


def _table(asked: ProjectsAsked, order: Order, found: Found, way: MoneyWay) -> dict[str, Any]:
    heads = [
        ("name", say("项目"), False), ("field_code", say("领域"), False), ("town", say("乡镇（街道）"), False),
        ("moved_on", say("节点"), False), ("planned_fen", say("计划总投资"), True),
        *(("", amounts.figure_word(figure), True) for figure in way.figures),
    ]  # fmt: skip
    return {
        "caption": say("协作项目"),
        "hide_caption": True,
        "stack": True,
        "columns": [_head(asked, order, head) for head in heads],
        "rows": [{"cells": _cells(asked, project, way)} for project in found.rows],
        "empty": {"text": say("没有符合条件的项目。")},
    }


def _head(asked: ProjectsAsked, order: Order, head: tuple[str, str, bool]) -> dict[str, Any]:
    column, word, number = head
    if not column:
        return {"label": word, "number": number}
    here = order.column == column
    again = f"-{column}" if here and not order.descending else column
    state = ("descending" if order.descending else "ascending") if here else ""
    return {"label": word, "number": number, "sort_url": asked.url("projects-overview", sort=again), "sorted": state}


def _cells(asked: ProjectsAsked, project: Project, way: MoneyWay) -> list[dict[str, Any]]:
    standing = asked.standing(project)
    share, paid = way.share(project.key), len(way.figures) - 1
    note = say("支付 {percent}%", percent=shares.percent(share)) if share is not None else ""
    money = [
        {"text": _yuan(amount), "number": True, "label": amounts.figure_word(figure), "url": _figure_url(asked, figure.name, project) if amount is not None else "",
         **({"note": note, "share": shares.width(share)} if place == paid and share is not None else {})}
        for place, (figure, amount) in enumerate(zip(way.figures, way.amounts(project.key), strict=True))
    ]  # fmt: skip
    planned = "–" if project.planned_fen is None else wording.money(project.planned_fen)
    late = late_badge(standing)
    stay = stay_told(standing)
    return [
        {"text": project.name, "url": project_url(project.key), "head": True, "label": say("项目"), "note": wording.local(project.key)},
        {"text": wording.cell(Project, "field_code", project.field_code), "label": say("领域"),
         "note": say("{kind} · {year} 年", kind=wording.cell(Project, "class_code", project.class_code), year=project.plan_year)},
        {"text": project.town or "–", "label": say("乡镇（街道）")},
        {"text": step_word(standing.step), "label": say("节点"), "note": f"{stay} · {late['label']}" if late else stay},
        {"text": planned, "number": True, "label": say("计划总投资")},
        *money,
    ]  # fmt: skip


def _yuan(amount: Any) -> str:
    return "–" if amount is None else wording.money(int(amount * 100))


def _figure_url(asked: ProjectsAsked, figure: str, project: Project) -> str:
    narrowed = amounts.narrowed_name(amounts.declared(figure), {"project": project.key})
    return amounts.figure_url(narrowed, asked.scope.code, as_of=asked.day.isoformat())


def _pages(asked: ProjectsAsked, order: Order, found: Found) -> dict[str, Any] | None:
    if not (found.before or found.after):
        return None
    first, last, name, sort = found.rows[:1], found.rows[-1:], "projects-overview", order.told
    before = keysets.place_of(first[0], order) if found.before and first else ""
    after = keysets.place_of(last[0], order) if found.after and last else ""
    return {
        "previous_url": asked.url(name, sort=sort, before=before) if before else "",
        "next_url": asked.url(name, sort=sort, after=after) if after else "",
        "first_url": asked.url(name, sort=sort) if found.before else "",
        "told": say("本页 {n} 个项目", n=len(found.rows)),
    }


@page("projects-as/<str:form>", "下载项目一览")
@require_safe
def taken(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every project of the list as it is narrowed and sorted, as a file."""
    asked = ProjectsAsked.of(request)
    way = money_way.way_of("project", asked.scope, asked.day)
    order = Order.asked(request.GET.get("sort", ""), _SORTED)
    heads = [
        say("编号"), say("项目名称"), say("领域"), say("项目类别"), say("计划年度"), say("乡镇（街道）"), say("项目单位"), say("节点"), say("到达日期"),
        say("停留天数"), say("提示"), say("{column}（元）", column=say("计划总投资")),
        *(say("{column}（元）", column=amounts.figure_word(figure)) for figure in way.figures),
    ]  # fmt: skip
    rows = keysets.ordered(asked.rows, order).iterator(2_000)
    return rows_as(form, say("项目一览"), heads, _lines(asked, rows, way))


def _lines(asked: ProjectsAsked, rows: Iterator[Project], way: MoneyWay) -> Iterator[list[Any]]:
    for project in rows:
        standing = asked.standing(project)
        late = late_badge(standing)
        planned = None if project.planned_fen is None else wording.yuan(project.planned_fen)
        yield [
            wording.local(project.key), project.name, wording.cell(Project, "field_code", project.field_code),
            wording.cell(Project, "class_code", project.class_code), project.plan_year, project.town, project.owner_unit,
            step_word(standing.step), standing.since, standing.days, late["label"] if late else "", planned, *way.amounts(project.key),
        ]  # fmt: skip
