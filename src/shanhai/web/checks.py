"""Checking an article on the page: pasted or uploaded, held against the records the reader may see."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from shanhai.base.findings import Finding, Refused
from shanhai.base.language import again, noted, say
from shanhai.check.checking import Checked
from shanhai.check.checking import check as check_text
from shanhai.check.wire import answer
from shanhai.web import job_pages, keeping
from shanhai.web.articles import published_on, text_of
from shanhai.web.check_told import told_result
from shanhai.web.choosing import scopes_of
from shanhai.web.downloads import attached
from shanhai.web.jobs import Answer, Asked, job, result_of, start
from shanhai.web.keeping import Delivery
from shanhai.web.metrics import count_check
from shanhai.web.sessions import SignedIn

_JSON = noted("核对结果.json")
_FILE = {
    "name": "file",
    "label": noted("或者上传文本文件"),
    "hint": noted("UTF-8 或 GB18030 编码的 .txt 文件。"),
    "accept": ".txt,text/plain",
}


#: Longer articles are checked in the background; this many characters take about half a second.
LONG = 10_000
_CHECK = "check.article"


@job(_CHECK, noted("核对文章"), steps=("checking",), page="checked", back="check")
def check_long(asked: Asked) -> Callable[[], Answer]:
    """Check an article; its page is kept with the delivery, the whole answer is the file to hand out."""
    asked.tell("checking", 0, 0)
    found = _found(asked.delivery)
    whole = json.dumps(answer(found), ensure_ascii=False)
    asked.result(say(_JSON)).write_text(whole, "utf-8")
    return partial(_told_long, found, asked.delivery.token)


def _told_long(found: Checked, token: str) -> Answer:
    told = told_result(found, token)
    return {"example": found.reconstructed, "result": told | {"findings": [_plain(one) for one in told["findings"]]}}


def _plain(finding: Finding) -> dict[str, Any]:
    message = {"message": again(finding.message), "expected": again(finding.expected), "found": again(finding.found)}
    return asdict(finding) | message | {"place": str(finding.place or "")}


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
        delivery = keeping.keep(
            request.actor, [file], now=timezone.now(), told=told | {"is": "article", "title": _title(text)}
        )
    except Refused as refused:
        return _page(request, told | {"text": request.POST.get("text", "")}, error=str(refused))
    if len(text) > LONG:
        start(request.actor, delivery, _CHECK)
    return redirect("checked", token=delivery.token)


def _found(delivery: Delivery) -> Checked:
    told = delivery.told
    pairing, published = told.get("pairing") or None, published_on(told.get("published", ""))
    return count_check(check_text(_text(delivery), pairing=pairing, published=published))


def _title(text: str) -> str:
    """How an article is called while it is checked: its first line."""
    return text.strip().partition("\n")[0].strip()[:30]


def _text(delivery: Delivery) -> str:
    return delivery.files[0][1].read_bytes().decode()


@require_safe
def checked(request: SignedIn, token: str) -> HttpResponse:
    """The article marked up, and every claim with its verdict; a long one is checked in the background first."""
    delivery = keeping.find(request.actor, token)
    if unfinished := job_pages.progress(request, delivery):
        return unfinished
    given = delivery.told | {"text": _text(delivery)}
    if kept := delivery.answer():
        return _page(request, given, result=kept["result"], example=kept["example"])
    found = _found(delivery)
    return _page(request, given, result=told_result(found, token), example=found.reconstructed)


@require_safe
def as_json(request: SignedIn, token: str) -> HttpResponse:
    """The whole answer as JSON, as the command gives it."""
    delivery = keeping.find(request.actor, token)
    kept = result_of(delivery)
    whole = kept[1].read_bytes() if kept else json.dumps(answer(_found(delivery)), ensure_ascii=False)
    response = HttpResponse(whole, content_type="application/json")
    response.headers["Content-Disposition"] = attached(say(_JSON))
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
    options = [{"value": "", "label": say("看文中写的是哪里"), "selected": not chosen}]
    options += [
        {
            "value": one.code,
            "label": say("{name}（{code}）", name=one.name, code=one.code),
            "selected": one.code == chosen,
        }
        for one in pairings
    ]
    text = {
        "name": "text",
        "label": say("稿件全文"),
        "type": "textarea",
        "rows": "12",
        "value": given.get("text", ""),
        "errors": [error] if error else [],
    }
    context: dict[str, Any] = {
        "action": reverse("check"),
        "fields": [text],
        "file": _FILE | {"label": say(_FILE["label"]), "hint": say(_FILE["hint"])},
        "errors": [{"href": "#id_text", "text": error}] if error else [],
        "options": [
            {"name": "pairing", "label": say("结对关系"), "type": "select", "options": options},
            {
                "name": "published",
                "label": say("发表日期"),
                "type": "date",
                "value": given.get("published", ""),
                "hint": say("不填时按最近一次关账的记录核对。"),
            },
        ],
        "result": result,
    }
    return render(
        request, "web/check.html", context | ({"example": True} if example else {}), status=400 if error else 200
    )
