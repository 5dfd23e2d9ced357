"""Filling in a form: open, keep as a draft, check without saving, confirm, save once.

A form is a worksheet of one row; whatever holds for a workbook holds for it, because the same code does it.
"""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from shanhai.base.language import say
from shanhai.web import forms_filled, forms_pages
from shanhai.web.actions import drop_draft, keep_draft
from shanhai.web.drafts import draft_of
from shanhai.web.forms_asked import AskedForm
from shanhai.web.forms_checking import check
from shanhai.web.forms_filled import Filled
from shanhai.web.forms_opening import correct_form, new_form
from shanhai.web.forms_pages import Beside
from shanhai.web.forms_saving import save
from shanhai.web.sessions import SignedIn, leads_back
from shanhai.web.wording import and_told, moment


@leads_back
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn, type_name: str) -> HttpResponse:
    """The form for a new record."""
    return _answer(request, new_form(request, type_name))


@leads_back
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedIn, type_name: str, key: str) -> HttpResponse:
    """The form that corrects a record."""
    return _answer(request, correct_form(request, type_name, key))


def _answer(request: SignedIn, form: AskedForm) -> HttpResponse:
    if request.method != "POST":
        return _open(request, form)
    filled = forms_filled.of_post(form, request.POST, request.actor)
    step = _STEPS.get(request.POST.get("do", ""), check)
    return step(request, form, filled)


def _open(request: SignedIn, form: AskedForm) -> HttpResponse:
    """The form as it is, or as its user left it."""
    draft = draft_of(form.name, actor=request.actor)
    filled = forms_filled.of_draft(form, draft) if draft else forms_filled.opened(form, request.GET.dict())
    kept = moment(draft.kept_at) if draft else ""
    return forms_pages.fill_in(request, form, filled, Beside(kept=kept, fresh=True))


def _keep(request: SignedIn, form: AskedForm, filled: Filled) -> HttpResponse:
    """Keep what was typed; a script is told when, anybody else comes back to the form."""
    now = timezone.now()
    keep_draft(form.name, filled.kept(form), actor=request.actor, now=now)
    if request.headers.get("HX-Request"):
        return render(request, "web/components/toast.html", {"text": say("已暂存（{when}）。", when=moment(now))})
    return redirect(and_told(form.address, "drafted"))


def _drop(request: SignedIn, form: AskedForm, _: Filled) -> HttpResponse:
    drop_draft(form.name, actor=request.actor)
    return redirect(and_told(form.address, "dropped"))


def _edit(request: SignedIn, form: AskedForm, filled: Filled) -> HttpResponse:
    """Back from confirming, with everything still there."""
    return forms_pages.fill_in(request, form, filled, Beside())


_Step = Callable[[SignedIn, AskedForm, Filled], HttpResponse]
_STEPS: dict[str, _Step] = {
    "check": check, "edit": _edit, "keep": _keep, "drop": _drop, "save": save, "save_next": save,
}  # fmt: skip
