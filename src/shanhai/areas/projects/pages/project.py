"""一个项目: its life, its money from source to payee and back, and everything that names it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from shanhai.areas.projects import queries
from shanhai.areas.projects.models import Milestone, Project
from shanhai.areas.projects.pages.asking import crumbs, late_badge, project_url, stay_told, step_word
from shanhai.areas.projects.pages.gallery import cards
from shanhai.asking import values
from shanhai.asking.scopes import Asked
from shanhai.base.language import say
from shanhai.figures import declare as figures
from shanhai.figures.terms import How
from shanhai.web import amounts, wording
from shanhai.web.declare import page
from shanhai.web.dossiers import Chapter, dossier, table_of
from shanhai.web.history import acts_of, history_of
from shanhai.web.life import life_of
from shanhai.web.memory import remembered

_SHOWN_FILES = 12
_FACTS = (
    "field_code", "class_code", "region_code", "town", "owner_unit", "implementing_unit", "authority_unit", "plan_year",
    "planned_fen", "proposed_on",
)  # fmt: skip


@page("projects/<path:key>", "项目全貌", record="projects.project")
@remembered
@require_safe
def project(request: HttpRequest, key: str) -> HttpResponse:
    """One project as its reader may see it; one of another pairing is not there."""
    found = Project.objects.filter(key=key).select_related("scope").first() if "\x00" not in key else None
    if found is None:
        raise Http404
    day = localdate()
    row = queries.standing_on(found.scope, on=day).filter(pk=found.pk).first()
    standing = queries.standing(row, on=day) if row else None
    chapters = dossier(found)
    files = list(queries.evidence_of(found.scope, project=key)[: _SHOWN_FILES + 1])
    own = entries_of(found)
    acts = acts_of(found, own, [])
    context = {
        "title": found.name, "number": wording.local(key), "record_url": wording.record_url(Project.type_name(), key),
        "stay": f"{step_word(standing.step)} · {stay_told(standing)}" if standing else "", "late": late_badge(standing) if standing else None,
        "steps": life_of(found), "facts": _facts(found), "money": _money(found, day), "chapters": _chapters(found, chapters),
        "cards": cards(found.scope, files[:_SHOWN_FILES]), "more_files": len(files) > _SHOWN_FILES,
        "history": history_of(found, own, [], acts), "crumbs": crumbs(beside=True),
    }  # fmt: skip
    return render(request, "projects/project.html", context)


def _facts(found: Project) -> list[dict[str, str]]:
    told = [
        {"label": wording.label(Project, name), "value": wording.cell(Project, name, getattr(found, name)), "url": ""}
        for name in _FACTS
    ]
    if found.parent_key:
        parent = {
            "label": wording.label(Project, "parent_key"),
            "value": wording.local(found.parent_key),
            "url": project_url(found.parent_key),
        }
        told.insert(0, parent)
    return [one for one in told if one["value"]]


def _money(found: Project, day: date) -> list[dict[str, Any]]:
    """Every figure that can be narrowed to a project, as tiles; those that tell nothing are left out."""
    chosen = [one for one in figures.registry() if "project" in one.slices and one.how is How.SUM]
    asked = Asked(found.scope, ())
    window = values.window_of(asked, as_of=day)
    told = values.values(asked, window, figures=chosen, narrowed={"project": found.key})
    return [
        {"label": amounts.figure_word(figure), "note": say("{n} 条记录", n=told[figure.name].rows), "help": say(figure.rule),
         "url": amounts.figure_url(amounts.narrowed_name(figure, {"project": found.key}), found.scope.code, as_of=day.isoformat()),
         **amounts.told(told[figure.name])}
        for figure in chosen if told[figure.name].amount is not None and told[figure.name].rows
    ]  # fmt: skip


def _chapters(found: Project, chapters: dict[str, Chapter]) -> list[dict[str, Any]]:
    """Every type that names the project; its moves stand last, the stepper tells them already."""
    ordered = sorted(chapters.items(), key=lambda item: item[0] == Milestone.type_name())
    return [table_of(found, chapter) for _, chapter in ordered]
