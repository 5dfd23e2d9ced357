"""Proving the journal from the page: for auditors and operators, who are told what was proved up to which entry."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from shanhai.access.sessions import Actor
from shanhai.access.terms import AUDITOR, OPERATOR
from shanhai.base.findings import Finding, blocking
from shanhai.base.language import say
from shanhai.journal.models import Entry, Link
from shanhai.journal.verification import verify
from shanhai.web import wording
from shanhai.web.sessions import Forbidden, SignedIn

#: Up to this entry the page proves the journal while one waits, within a few seconds; longer ones are a job's work.
MOST_INLINE = 250_000


def may_verify(actor: Actor) -> bool:
    """Whether it is the reader's to have the journal proved."""
    return bool(actor.roles() & {AUDITOR, OPERATOR})


@require_POST
def prove(request: SignedIn) -> HttpResponse:
    """Prove the whole journal and tell the outcome; a long one is left to the command."""
    if not may_verify(request.actor):
        raise Forbidden(say("核验日志由审计人员和管理员来做。"))
    last = Link.objects.order_by("-n").values_list("last_seq", flat=True).first() or 0
    context: dict[str, Any] = {"title": say("核验日志"), "crumbs": _crumbs()}
    if last > MOST_INLINE:
        context["long"] = {"entries": last, "command": "shanhai verify"}
    elif settings.OWNER_ROLE == settings.WEB_ROLE:
        context["elsewhere"] = {"command": "shanhai verify"}
    else:
        context["proof"] = proof()
        context["proof"]["findings"] = [_as_seen(finding, request.actor) for finding in context["proof"]["findings"]]
    return render(request, "web/journal_proof.html", context)


def proof() -> dict[str, Any]:
    """Prove the whole journal: what was proved, up to where and when, or what was changed, cut or rewritten.

    It reads over the owner's connection and writes nothing, so that a job may call it as well as a page.
    """
    size, findings = verify()
    head = Link.objects.filter(n=size["links"]).first()
    return {
        "holds": not blocking(findings),
        "entries": size["entries"],
        "last": size["last"],
        "links": size["links"],
        "head": bytes(head.head).hex() if head else "",
        "when": wording.moment(timezone.now()),
        "findings": findings,
    }


def _as_seen(finding: Finding, actor: Actor) -> dict[str, Any]:
    """A finding for the page; the record of another pairing is not named to who does not see it."""
    told = {"message": finding.message, "blocks": finding.blocks}
    if finding.code != "journal.entry_changed" or actor.founds_scopes:
        return told
    seen = Entry.objects.filter(seq=int(finding.found)).exists()
    hidden = say(
        "日志条目 {n} 的内容与它的摘要不符：这一条在写入之后被改过。它不在您的范围内，请告知管理员。", n=finding.found
    )
    return told if seen else told | {"message": hidden}


def _crumbs() -> list[dict[str, str]]:
    return [{"label": say("首页"), "url": "/"}, {"label": say("日志"), "url": reverse("journal")}]
