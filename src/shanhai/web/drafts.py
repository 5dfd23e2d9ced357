"""Drafts: what a user typed into forms and has not saved; each sees only the own ones."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from shanhai.access.sessions import Actor
from shanhai.base.language import say
from shanhai.intake.declare import SHEETS
from shanhai.journal.terms import Side
from shanhai.web.actions import FormName, drop_draft
from shanhai.web.models import Draft
from shanhai.web.sessions import SignedIn
from shanhai.web.wording import local, moment, record_types, type_word, with_query


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """The drafts of a user, latest first; forms of sheets that are gone are left out."""
    mine = Draft.objects.filter(user_id=actor.user_id, record_type__in=SHEETS)
    return mine.select_related("scope").order_by("-kept_at")


def draft_of(name: FormName, *, actor: Actor) -> Draft | None:
    """The draft of one form."""
    return Draft.objects.filter(user_id=actor.user_id, **name.fields).first()


@require_safe
def page(request: SignedIn) -> HttpResponse:
    """What I began and have not saved."""
    context = {
        "title": say("我的草稿"),
        "drafts": [_line(draft) for draft in drafts_of(request.actor) if draft.record_type in record_types()],
        "crumbs": [{"label": say("首页"), "url": reverse("home")}],
    }
    return render(request, "web/drafts.html", context)


def _line(draft: Draft) -> dict[str, Any]:
    word = type_word(record_types()[draft.record_type])
    if draft.record_key:
        what = say("更正{what} {key}", what=word, key=local(draft.record_key))
        url = reverse("form-correct", args=[draft.record_type, draft.record_key])
    else:
        what = say("登记{what}", what=word)
        url = with_query(reverse("form-new", args=[draft.record_type]), scope=draft.scope.code, side=draft.side)
    return {
        "what": what,
        "url": url,
        "scope": draft.scope.name,
        "side": say(str(Side(draft.side).label)),
        "when": moment(draft.kept_at),
        "drop_url": reverse("draft-drop", args=[draft.pk]),
    }


@require_POST
def drop(request: SignedIn, number: int) -> HttpResponse:
    """Throw a draft of one's own away."""
    draft = drafts_of(request.actor).filter(pk=number).first()
    if draft is None:
        raise Http404
    drop_draft(FormName(draft.scope_id, draft.side, draft.record_type, draft.record_key), actor=request.actor)
    return redirect(with_query(reverse("drafts"), told="dropped"))
