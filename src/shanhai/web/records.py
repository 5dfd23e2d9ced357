"""The page of one record of any type."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.access import readings
from shanhai.asking.scopes import among
from shanhai.base.language import say
from shanhai.journal.models import Record
from shanhai.journal.terms import Stage
from shanhai.web import declare, wording
from shanhai.web.choosing import scopes_of
from shanhai.web.contents import cells_of, correct_note, fields_of, frame_of, source_of
from shanhai.web.forms_rights import correct_url, may_correct
from shanhai.web.history import acts_of, beside, entries_of, history_of
from shanhai.web.life import life_of
from shanhai.web.memory import remembered
from shanhai.web.moving import moved_by
from shanhai.web.proof import evidence_form, evidence_of, files_of, may_keep
from shanhai.web.related import related_to
from shanhai.web.sessions import SignedIn, tells_of
from shanhai.web.words import word_of


def record_named(type_name: str, key: str) -> Record:
    """The record as the reader may see it; one of another pairing is not there."""
    model = wording.model_named(type_name)
    found = model._default_manager.filter(key=key).select_related("scope").first() if "\x00" not in key else None
    if found is None:
        raise Http404
    return found


@remembered
@require_safe
def page(request: SignedIn, type_name: str, key: str) -> HttpResponse:
    """The page of a record."""
    return show(request, record_named(type_name, key))


def show(
    request: SignedIn,
    record: Record,
    *,
    status: int = 200,
    dispute_error: str = "",
    word_error: str = "",
    evidence_error: str = "",
    note: str = "",
) -> HttpResponse:
    """The page of a record, where a form came back with its error beside it."""
    tells_of(request, record.scope_id, readings.people_of(record), page=record.type_name())
    files = files_of(record)
    others = beside(record, files)
    own = entries_of(record)
    acts = acts_of(record, own, others)
    model = type(record)
    context = {
        "record": {
            "type": wording.type_word(model),
            "name": f"{record.type_name()}:{record.key}",
            "key": wording.local(record.key),
            "title": wording.title(record),
            "stage": {"code": record.stage, "label": say(str(Stage(record.stage).label))},
            "reconstructed": record.scope.is_example,
        },
        "steps": life_of(record),
        "fields": fields_of(record),
        "frame": frame_of(record),
        "source": source_of(record, acts.get(record.act_id)),
        "cells": cells_of(record, acts.get(record.act_id)),
        "evidence": evidence_of(files, acts),
        "evidence_form": evidence_form(record, evidence_error) if may_keep(request.actor, record) else None,
        "word": word_of(request.actor, record, acts, error=dispute_error, note=note),
        "word_error": word_error,
        "figures": moved_by(record, among(record.scope, scopes_of(request))),
        "related": related_to(record),
        "related_title": say("资金来去") if wording.money_column(model) else "",
        "history": history_of(record, own, others, acts),
        "correct_note": correct_note(record),
        "correct_url": correct_url(record) if may_correct(request.actor, record) else "",
        "own_page": _own_page(record),
        "crumbs": [
            {"label": say("首页"), "url": "/"},
            {
                "label": wording.type_word(model),
                "url": wording.with_query(reverse("list", args=[record.type_name()]), scope=record.scope.code),
            },
        ],
        "example": record.scope.is_example,
    }
    return render(request, "web/record.html", context, status=status)


def _own_page(record: Record) -> dict[str, str] | None:
    """The page an area has for records of this type."""
    found = declare.own_page(record.type_name(), record.key)
    return {"label": say(found[0]), "url": found[1]} if found else None
