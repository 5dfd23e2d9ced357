"""Loading workbooks on the page: sent, tried without saving, then saved as they are or not at all."""

from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.web import job_pages, keeping
from shanhai.web.blank_books import blank_books
from shanhai.web.choosing import writes
from shanhai.web.downloads import WORKBOOK
from shanhai.web.jobs import start
from shanhai.web.runs import asked_reasons
from shanhai.web.sessions import Forbidden, SignedIn
from shanhai.web.trying import SAVE, TRY

_FILE: dict[str, Any] = {
    "name": "files",
    "label": noted("工作簿"),
    "multiple": True,
    "required": True,
    "accept": ".xlsx,.xls,.csv,.ods",
    "hint": noted("一个或几个 Excel 工作簿，表名和表头照模板；每个不超过 60 MB。"),
}


def _writers_only(request: SignedIn) -> None:
    if not writes(request):
        raise Forbidden(say("您的账号只能查看，不能装载工作簿；没有保存任何内容。"))


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedIn) -> HttpResponse:
    """Choose workbooks; what is sent is tried in the background and saved only when confirmed."""
    _writers_only(request)
    if request.method != "POST":
        return _page(request)
    try:
        files = request.FILES.getlist("files")
        delivery = keeping.keep(request.actor, files, now=timezone.now())
    except Refused as refused:
        return _page(request, error=str(refused))
    start(request.actor, delivery, TRY)
    return redirect("upload-tried", token=delivery.token)


def _page(request: SignedIn, *, run: dict[str, Any] | None = None, error: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "action": reverse("upload"),
        "file": _FILE | {"label": say(_FILE["label"]), "hint": say(_FILE["hint"]), "errors": [error] if error else []},
        "run": run,
        "errors": [{"href": "#id_files", "text": error}] if error else [],
        "templates": blank_books(),
    }
    return render(request, "web/upload.html", context, status=400 if error else 200)


@require_safe
def tried(request: SignedIn, token: str) -> HttpResponse:
    """What a load would do, or did; how far it is while it is not done."""
    _writers_only(request)
    delivery = keeping.find(request.actor, token)
    if unfinished := job_pages.progress(request, delivery):
        return unfinished
    answer = delivery.answer()
    if not answer:
        raise Http404
    return _page(request, run=answer)


@require_POST
def save(request: SignedIn, token: str) -> HttpResponse:
    """Save what was tried: all of it, or nothing; reasons are asked for where rows change or totals disagree."""
    _writers_only(request)
    delivery = keeping.find(request.actor, token)
    answer = delivery.answer()
    if not delivery.open or answer.get("saved"):
        return redirect("upload-tried", token=token)
    reasons = {name: request.POST.get(name, "").strip()[:500] for name in ("correction", "difference")}
    if missing := asked_reasons(answer, reasons):
        return _page(request, run=missing)
    start(request.actor, delivery, SAVE, **reasons)
    return redirect("upload-tried", token=token)


@require_safe
def marked(request: SignedIn, token: str, number: int) -> HttpResponseBase:
    """The workbook as it was sent, with the findings in its cells."""
    _writers_only(request)
    delivery = keeping.find(request.actor, token)
    path = delivery.folder / f"marked-{number}.xlsx"
    if number >= len(delivery.names) or not path.exists():
        raise Http404
    name = say("{name}-标出问题.xlsx", name=Path(delivery.names[number]).stem)
    return FileResponse(path.open("rb"), content_type=WORKBOOK, as_attachment=True, filename=name)
