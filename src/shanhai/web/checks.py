"""Checking an article on the page: pasted or uploaded, held against the records the reader may see."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from shanhai.base.findings import Refused
from shanhai.check.checking import Checked
from shanhai.check.checking import check as check_text
from shanhai.check.wire import answer
from shanhai.web import keeping
from shanhai.web.articles import published_on, text_of
from shanhai.web.check_told import told_result
from shanhai.web.choosing import scopes_of
from shanhai.web.downloads import attached
from shanhai.web.sessions import SignedIn

_FILE = {
    "name": "file",
    "label": "或者上传文本文件",
    "hint": "UTF-8 或 GB18030 编码的 .txt 文件。",
    "accept": ".txt,text/plain",
}


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedIn) -> HttpResponse:
    """Paste or upload an article; it is kept for a day for its sender, and read on its own page."""
    if request.method != "POST":
        return _page(request, {})
    told = {name: request.POST.get(name, "") for name in ("pairing", "published")}
    try:
        text = text_of(request)
        published_on(told["published"])
        file = SimpleUploadedFile("article.txt", text.encode())
        delivery = keeping.keep(request.actor, [file], now=timezone.now(), told=told | {"is": "article"})
    except Refused as refused:
        return _page(request, told | {"text": request.POST.get("text", "")}, error=str(refused))
    return redirect("checked", token=delivery.token)


def _checked(request: SignedIn, token: str) -> tuple[Checked, dict[str, Any], str]:
    delivery = keeping.find(request.actor, token)
    told = delivery.told
    text = delivery.files[0][1].read_bytes().decode()
    return (
        check_text(text, pairing=told.get("pairing") or None, published=published_on(told.get("published", ""))),
        told,
        text,
    )


@require_safe
def checked(request: SignedIn, token: str) -> HttpResponse:
    """The article marked up, and every claim with its verdict."""
    found, told, text = _checked(request, token)
    return _page(request, told | {"text": text}, result=told_result(found, token), example=found.reconstructed)


@require_safe
def as_json(request: SignedIn, token: str) -> HttpResponse:
    """The whole answer as JSON, as the command gives it."""
    found, _, _ = _checked(request, token)
    response = JsonResponse(answer(found), json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = attached("核对结果.json")
    return response


def _page(
    request: SignedIn,
    given: dict[str, Any],
    *,
    result: dict[str, Any] | None = None,
    error: str = "",
    example: bool = False,
) -> HttpResponse:
    pairings = [
        scope
        for scope in scopes_of(request)
        if scope.kind == "pairing" and not scope.is_notice and scope.level != "province"
    ]
    chosen = given.get("pairing", "")
    options = [{"value": "", "label": "看文中写的是哪里", "selected": not chosen}]
    options += [
        {"value": one.code, "label": f"{one.name}（{one.code}）", "selected": one.code == chosen} for one in pairings
    ]
    text = {
        "name": "text",
        "label": "稿件全文",
        "type": "textarea",
        "rows": "12",
        "value": given.get("text", ""),
        "errors": [error] if error else [],
    }
    context: dict[str, Any] = {
        "action": reverse("check"),
        "fields": [text],
        "file": _FILE,
        "errors": [{"href": "#id_text", "text": error}] if error else [],
        "options": [
            {"name": "pairing", "label": "结对关系", "type": "select", "options": options},
            {
                "name": "published",
                "label": "发表日期",
                "type": "date",
                "value": given.get("published", ""),
                "hint": "不填时按最近一次关账的记录核对。",
            },
        ],
        "result": result,
    }
    return render(
        request, "web/check.html", context | ({"example": True} if example else {}), status=400 if error else 200
    )
