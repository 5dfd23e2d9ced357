"""凭证相册: the evidence files of projects and of what belongs to them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.access.entering import whole_key
from shanhai.areas.projects import queries
from shanhai.areas.projects.pages.asking import crumbs, project_url, step_word, steps
from shanhai.areas.projects.terms import Step
from shanhai.base.language import say
from shanhai.journal.models import Evidence
from shanhai.reference.models import Scope
from shanhai.web import galleries, wording
from shanhai.web.choosing import needed_scope
from shanhai.web.declare import page
from shanhai.web.memory import remembered

SIZE = 24


@page("gallery", "凭证相册", order=50)
@remembered
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Pictures and papers, newest first, of all projects, of one, or of one step."""
    scope = needed_scope(request)
    given, step, before = (
        request.GET.get(name, "").strip()[:120].replace("\x00", "") for name in ("project", "step", "before")
    )
    project = whole_key(given, scope.code)
    step = step if step in set(Step) else ""
    rows = queries.evidence_of(scope, project=project, step=step)
    if before.isascii() and before.isdigit() and len(before) < 18:
        rows = rows.filter(id__lt=int(before))
    files = list(rows[: SIZE + 1])
    url = wording.with_query(reverse("projects-gallery"), scope=scope.code, project=given, step=step)
    context = {
        "title": say("凭证相册"), "filters": _filters(scope, given, step), "cards": cards(scope, files[:SIZE]),
        "pages": _pages(url, files, before), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "projects/gallery.html", context)


def _filters(scope: Scope, project: str, step: str) -> dict[str, Any]:
    options = [{"value": code, "label": word, "selected": code == step} for code, word in steps() if code != "none"]
    every = {"value": "", "label": say("全部"), "selected": not step}
    fields = [
        {"name": "project", "label": say("项目编号"), "type": "search", "value": wording.local(project)},
        {"name": "step", "label": say("节点"), "type": "select", "options": [every, *options]},
    ]
    action = reverse("projects-gallery")
    clear = wording.with_query(action, scope=scope.code) if project or step else ""
    return {
        "action": action,
        "fields": fields,
        "kept": [("scope", scope.code)],
        "narrowed": bool(step),
        "clear_url": clear,
    }


def cards(scope: Scope, files: list[Evidence]) -> list[dict[str, Any]]:
    """The cards of files, each with the record it stands at and the project it is about."""
    about = queries.about(scope, files)
    told = []
    for file, card in zip(files, galleries.cards_of(files), strict=True):
        found = about.get((file.record_type, file.record_key))
        record = wording.type_word(wording.model_named(file.record_type))
        if found and found.step:
            record = say("{record}：{step}", record=record, step=step_word(Step(found.step)))
        more: dict[str, Any] = {"record": record, "record_url": wording.record_url(file.record_type, file.record_key)}
        if found and found.project_key:
            more |= {
                "about": found.project or wording.local(found.project_key),
                "about_url": project_url(found.project_key),
            }
        told.append(card | more)
    return told


def _pages(url: str, files: list[Evidence], before: str) -> dict[str, Any] | None:
    if not before and len(files) <= SIZE:
        return None
    more = f"{url}&before={files[SIZE - 1].pk}" if len(files) > SIZE else ""
    return {
        "next_url": more,
        "first_url": url if before else "",
        "told": say("本页 {n} 个文件", n=min(len(files), SIZE)),
    }
