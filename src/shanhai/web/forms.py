"""Filling in a form: open, keep as a draft, check without saving, confirm, save once.

A form is a worksheet of one row; whatever holds for a workbook holds for it, because the same code does it.
"""

import json
from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from shanhai.access.entering import SEPARATOR
from shanhai.base.language import say
from shanhai.loading.executing import Outcome
from shanhai.loading.forms import FormOrder, hold_writers, load_form, local_key_of
from shanhai.web import forms_filled, forms_pages
from shanhai.web.actions import drop_draft, keep_draft, leave, take_token
from shanhai.web.drafts import draft_of
from shanhai.web.forms_asked import AskedForm, correct_form, new_form
from shanhai.web.forms_beat import last_hand
from shanhai.web.forms_conflicts import conflicts_told, taken_told
from shanhai.web.forms_filled import Filled
from shanhai.web.forms_found import Told, told_of
from shanhai.web.forms_merge import Merged
from shanhai.web.forms_pages import Beside
from shanhai.web.forms_sealing import mark_of
from shanhai.web.models import SavedForm
from shanhai.web.records import record_named
from shanhai.web.sessions import SignedIn, leads_back
from shanhai.web.wording import moment, record_url, with_query

_SHORTEST_TOKEN = 20


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
    step = _STEPS.get(request.POST.get("do", ""), _check)
    return step(request, form, filled)


def _open(request: SignedIn, form: AskedForm) -> HttpResponse:
    """The form as it is, or as its user left it."""
    draft = draft_of(form.name, actor=request.actor)
    filled = forms_filled.of_draft(form, draft) if draft else forms_filled.opened(form)
    kept = moment(draft.kept_at) if draft else ""
    return forms_pages.fill_in(request, form, filled, Beside(kept=kept, fresh=True))


def _keep(request: SignedIn, form: AskedForm, filled: Filled) -> HttpResponse:
    """Keep what was typed; a script is told when, anybody else comes back to the form."""
    now = timezone.now()
    keep_draft(form.name, filled.kept(form), actor=request.actor, now=now)
    if request.headers.get("HX-Request"):
        return render(request, "web/components/toast.html", {"text": say("已暂存（{when}）。", when=moment(now))})
    return redirect(_and_told(form.address, "drafted"))


def _drop(request: SignedIn, form: AskedForm, _: Filled) -> HttpResponse:
    drop_draft(form.name, actor=request.actor)
    return redirect(_and_told(form.address, "dropped"))


def _and_told(address: str, told: str) -> str:
    """An address with what was just done told on it."""
    return f"{address}{'&' if '?' in address else '?'}told={told}"


def _edit(request: SignedIn, form: AskedForm, filled: Filled) -> HttpResponse:
    """Back from confirming, with everything still there."""
    return forms_pages.fill_in(request, form, filled, Beside())


def _check(request: SignedIn, form: AskedForm, filled: Filled) -> HttpResponse:
    """Try the form without saving: what must be mended, or what would be saved and which figures would move."""
    since = filled.version
    filled, merged = _brought_up(form, filled if _has_token(filled) else _with_new_token(filled))
    if merged and merged.conflicts:
        told = _conflict_errors(form, merged)
        conflicts = conflicts_told(form, filled, merged, since=since)
        return forms_pages.fill_in(
            request, form, filled, Beside(told, conflicts=conflicts, notes=_notes(form, merged), status=409)
        )
    missing = _missing(form, filled)
    outcome = _load(request, form, filled, dry_run=True)
    told = told_of(form, outcome)
    for name, sentences in missing.fields.items():
        told.fields[name] += sentences
    told.whole += missing.whole
    if not told.blocks and form.record and not outcome.movements and not _changes(outcome):
        told.whole.append(say("没有改动，不需要保存。"))
    if told.blocks:
        beside = Beside(told, conflicts=_still_asked(form, filled), notes=_notes(form, merged), status=400)
        return forms_pages.fill_in(request, form, filled, beside)
    return forms_pages.confirm(request, form, filled, Beside(told, notes=_notes(form, merged)), outcome=outcome)


def _changes(outcome: Outcome) -> int:
    return sum(sheet.new.height + sheet.changed.height for sheet in outcome.plan.sheets)


def _brought_up(form: AskedForm, filled: Filled) -> tuple[Filled, Merged | None]:
    """The form brought up to the record where somebody saved in between."""
    if form.record is None or filled.version == form.record.version:
        return filled, None
    return forms_filled.merged_with(form, filled)


def _notes(form: AskedForm, merged: Merged | None) -> tuple[str, ...]:
    if merged is None or form.record is None:
        return ()
    who, when = last_hand(form.record)
    if merged.conflicts and not merged.taken:
        return (say("您填写期间，{who}在 {when} 更正过这条记录。还没有保存。", who=who, when=when),)
    return (taken_told(form, merged, who=who, when=when),)


def _conflict_errors(form: AskedForm, merged: Merged) -> Told:
    told = Told()
    for name in merged.conflicts:
        label = say(form.sheet.column(name).zh)
        told.fields[f"choose_{name}"].append(say("“{label}”双方都改了，请选用哪一个。", label=label))
    return told


def _still_asked(form: AskedForm, filled: Filled) -> tuple[dict[str, object], ...]:
    """The questions of a conflict that are not answered yet, once more."""
    if not filled.unanswered or form.record is None:
        return ()
    return conflicts_told(form, filled, Merged(filled.values, (), tuple(filled.unanswered)), since=0)


def _missing(form: AskedForm, filled: Filled) -> Told:
    """What a correction needs beside its fields: a reason, and an answer where both changed a field."""
    told = _conflict_errors(form, Merged(filled.values, (), tuple(filled.unanswered)))
    if form.record and not filled.reason:
        told.fields["reason"].append(say("请写明更正理由。"))
    return told


def _load(request: SignedIn, form: AskedForm, filled: Filled, *, dry_run: bool) -> Outcome:
    reason = (filled.reason or say("试算")) if form.record else ""
    order = FormOrder(form.sheet, form.row(filled.values), form.address, reason, dry_run)
    return load_form(order, actor=request.actor, today=timezone.localdate())


def _save(request: SignedIn, form: AskedForm, filled: Filled) -> HttpResponse:
    """Save what was confirmed, once: the same form sent twice is saved once, and whoever came between is merged first."""
    hold_writers()
    key = form.record.key if form.record else _key_of(form, filled)
    digest = mark_of(json.dumps([filled.values, filled.reason], ensure_ascii=False, sort_keys=True))
    if saved := SavedForm.objects.filter(token=filled.token, user_id=request.actor.user_id).first():
        return _sent_again(request, form, filled, saved, digest=digest)
    if form.record:
        form = replace(form, record=record_named(form.sheet.name, form.record.key))
    _, merged = _brought_up(form, filled)
    if merged or _missing(form, filled).blocks or not _has_token(filled):
        return _check(request, form, filled)
    with transaction.atomic():
        name = replace(form.name, record_key=key)
        taken = take_token(name, token=filled.token, digest=digest, actor=request.actor, now=timezone.now())
        saved_now = taken and _load(request, form, filled, dry_run=False).saved
        if not saved_now:
            transaction.set_rollback(True)
    if not saved_now:
        return _check(request, form, filled if taken else _with_new_token(filled))
    drop_draft(form.name, actor=request.actor)
    leave(form.name, actor=request.actor)
    return _done(request, form, key)


def _has_token(filled: Filled) -> bool:
    return len(filled.token) >= _SHORTEST_TOKEN


def _with_new_token(filled: Filled) -> Filled:
    return replace(filled, token=forms_filled.new_token())


def _key_of(form: AskedForm, filled: Filled) -> str:
    return form.scope.code + SEPARATOR + local_key_of(form.sheet, form.row(filled.values))


def _sent_again(
    request: SignedIn, form: AskedForm, filled: Filled, saved: SavedForm, *, digest: str
) -> HttpResponse:  # fmt: skip
    """The same form a second time leads to what the first one saved; another content under its token is a new form."""
    if saved.digest == digest and saved.record_type == form.sheet.name:
        return _done(request, form, saved.record_key)
    return _check(request, form, _with_new_token(filled))


def _done(request: SignedIn, form: AskedForm, key: str) -> HttpResponse:
    told = "corrected" if form.record else "entered"
    if request.POST.get("do") == "save_next" and form.record is None:
        return redirect(_and_told(form.address, told))
    return redirect(with_query(record_url(form.sheet.name, key), told=told))


_Step = Callable[[SignedIn, AskedForm, Filled], HttpResponse]
_STEPS: dict[str, _Step] = {
    "check": _check, "edit": _edit, "keep": _keep, "drop": _drop, "save": _save, "save_next": _save,
}  # fmt: skip
