"""The journal: who did what, when, why, on which records; newest first, as fast with a million entries as with one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.base.language import say
from shanhai.journal.models import Link
from shanhai.web import wording
from shanhai.web.choosing import needed_scope
from shanhai.web.journal_filters import Narrowed
from shanhai.web.journal_lines import Line, page_of, type_word
from shanhai.web.journal_proof import may_verify
from shanhai.web.keysets import Found
from shanhai.web.sessions import SignedIn

SIZE = 50


def number_of(given: str) -> int | None:
    """The number of an entry as an address gives it; anything else is as if it were not there."""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else None


@require_safe
def page(request: SignedIn) -> HttpResponse:
    """One page of the journal of the pairing looked at."""
    narrowed = Narrowed.of(request, needed_scope(request))
    place = (number_of(request.GET.get("after", "")), number_of(request.GET.get("before", "")))
    found = page_of(narrowed, place, SIZE)
    context = {
        "title": say("日志"),
        "lead": say("谁在什么时候、凭什么理由、写了哪些记录。只增不改：更正也是新的一条，原值留在这里。"),
        "filters": _filters(narrowed),
        "table": _table(found),
        "pages": _pages(narrowed, found),
        "downloads": [
            {"label": label, "url": _url(narrowed, to=form)}
            for form, label in (("xlsx", say("下载工作簿")), ("csv", say("下载 CSV")))
        ]
        if found.rows
        else [],
        "chain": chain_of(Link.objects.order_by("-n").first()),
        "verify": {"url": reverse("journal-verify")} if may_verify(request.actor) else None,
        "crumbs": [{"label": say("首页"), "url": "/"}],
    }
    return render(request, "web/journal.html", context)


def chain_of(link: Link | None) -> dict[str, Any] | None:
    """The end of the chain as a page tells it."""
    if link is None:
        return None
    return {
        "entry": link.last_seq,
        "link": link.n,
        "head": bytes(link.head).hex(),
        "when": wording.moment(link.linked_at),
    }


def _url(narrowed: Narrowed, *, to: str = "", **more: Any) -> str:
    base = reverse("journal-file", args=[to]) if to else reverse("journal")
    return wording.with_query(base, scope=narrowed.scope.code, **narrowed.asked, **more)


def _filters(narrowed: Narrowed) -> dict[str, Any]:
    return {
        "action": reverse("journal"),
        "fields": narrowed.fields(),
        "kept": [("scope", narrowed.scope.code)],
        "narrowed": bool(narrowed.asked.keys() - {"key"}),
        "clear_url": wording.with_query(reverse("journal"), scope=narrowed.scope.code) if narrowed.asked else "",
    }


def _table(found: Found) -> dict[str, Any]:
    names = (say("日志条目"), say("时间"), say("经办"), say("操作"), say("记录"), say("事由"))
    return {
        "caption": say("日志"),
        "hide_caption": True,
        "stack": True,
        "columns": [{"label": name} for name in names],
        "rows": [{"cells": _cells(line, names)} for line in found.rows],
        "empty": {"text": say("没有符合条件的日志。")},
    }


def _cells(line: Line, names: tuple[str, ...]) -> list[dict[str, Any]]:
    entry, when, who, act, record, reason = names
    told = str(line.first) if line.count == 1 else f"{line.first}–{line.last}"
    return [
        {"text": told, "url": line.url, "head": True, "label": entry},
        {"text": wording.moment(line.acted_at) if line.acted_at else "–", "label": when},
        {"text": line.who or "–", "label": who},
        {"text": line.act_word, "label": act},
        {**records_cell(line), "label": record},
        {"text": line.reason or "–", "label": reason},
    ]


def records_cell(line: Line) -> dict[str, str]:
    """The record an entry is about, with its link; how many there are where a statement wrote several."""
    if line.count > 1:
        return {"text": say("{type} {n} 条", type=type_word(line.record_type), n=line.count), "url": line.url}
    if line.record_type in wording.record_types():
        url = wording.record_url(line.record_type, line.key)
        return {"text": f"{type_word(line.record_type)} {wording.local(line.key)}", "url": url}
    return {"text": type_word(line.record_type), "url": ""}


def _pages(narrowed: Narrowed, found: Found) -> dict[str, Any] | None:
    if not (found.before or found.after):
        return None
    newest, oldest = found.rows[:1], found.rows[-1:]
    return {
        "previous_url": _url(narrowed, before=newest[0].last) if found.before and newest else "",
        "next_url": _url(narrowed, after=oldest[0].last) if found.after and oldest else "",
        "first_url": _url(narrowed) if found.before else "",
        "told": say("本页 {n} 行", n=len(found.rows)),
    }
