"""Saving a form, once: under the lock of all writers, merged with whoever came between, with its token used up."""

import json
from dataclasses import replace

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from shanhai.access.entering import whole_key
from shanhai.loading.forms import hold_writers, local_key_of
from shanhai.web.actions import drop_draft, leave, take_token
from shanhai.web.forms_asked import AskedForm
from shanhai.web.forms_checking import brought_up, check, has_token, load, missing, with_new_token
from shanhai.web.forms_filled import Filled
from shanhai.web.forms_sealing import mark_of
from shanhai.web.models import SavedForm
from shanhai.web.records import record_named
from shanhai.web.sessions import SignedIn
from shanhai.web.wording import and_told, record_url, with_query


def save(request: SignedIn, form: AskedForm, filled: Filled) -> HttpResponse:
    """Save what was confirmed, once: the same form sent twice is saved once, and whoever came between is merged first."""
    hold_writers()
    key = form.record.key if form.record else _key_of(form, filled)
    digest = mark_of(json.dumps([filled.values, filled.reason], ensure_ascii=False, sort_keys=True))
    if saved := SavedForm.objects.filter(token=filled.token, user_id=request.actor.user_id).first():
        return _sent_again(request, form, filled, saved, digest=digest)
    if form.record:
        form = replace(form, record=record_named(form.sheet.name, form.record.key))
    _, merged = brought_up(form, filled)
    if merged or missing(form, filled).blocks or not has_token(filled):
        return check(request, form, filled)
    with transaction.atomic():
        name = replace(form.name, record_key=key)
        taken = take_token(name, token=filled.token, digest=digest, actor=request.actor, now=timezone.now())
        saved_now = taken and load(request, form, filled, dry_run=False).saved
        if not saved_now:
            transaction.set_rollback(True)
    if not saved_now:
        return check(request, form, filled if taken else with_new_token(filled))
    drop_draft(form.name, actor=request.actor)
    leave(form.name, actor=request.actor)
    return _done(request, form, key)


def _key_of(form: AskedForm, filled: Filled) -> str:
    return whole_key(local_key_of(form.sheet, form.row(filled.values)), form.scope.code)


def _sent_again(
    request: SignedIn, form: AskedForm, filled: Filled, saved: SavedForm, *, digest: str
) -> HttpResponse:  # fmt: skip
    """The same form a second time leads to what the first one saved; another content under its token is a new form."""
    if saved.digest == digest and saved.record_type == form.sheet.name:
        return _done(request, form, saved.record_key)
    return check(request, form, with_new_token(filled))


def _done(request: SignedIn, form: AskedForm, key: str) -> HttpResponse:
    told = "corrected" if form.record else "entered"
    if request.POST.get("do") == "save_next" and form.record is None:
        return redirect(and_told(form.address, told))
    return redirect(with_query(record_url(form.sheet.name, key), told=told))
