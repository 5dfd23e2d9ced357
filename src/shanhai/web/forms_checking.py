"""Checking a form without saving: merged where somebody came between, then tried, with what it would move."""

from dataclasses import replace

from django.http import HttpResponse
from django.utils import timezone

from shanhai.base.language import say
from shanhai.loading.executing import Outcome
from shanhai.loading.forms import FormOrder, load_form
from shanhai.web import forms_filled, forms_pages
from shanhai.web.forms_asked import AskedForm
from shanhai.web.forms_beat import last_hand
from shanhai.web.forms_conflicts import conflicts_told, taken_told
from shanhai.web.forms_filled import Filled
from shanhai.web.forms_found import Told, told_of
from shanhai.web.forms_merge import Merged
from shanhai.web.forms_pages import Beside
from shanhai.web.sessions import SignedIn

_SHORTEST_TOKEN = 20


def check(request: SignedIn, form: AskedForm, filled: Filled) -> HttpResponse:
    """Try the form without saving: what must be mended, or what would be saved and which figures would move."""
    since = filled.version
    filled, merged = brought_up(form, filled if has_token(filled) else with_new_token(filled))
    if merged and merged.conflicts:
        told = _conflict_errors(form, merged)
        conflicts = conflicts_told(form, filled, merged, since=since)
        return forms_pages.fill_in(
            request, form, filled, Beside(told, conflicts=conflicts, notes=_notes(form, merged), status=409)
        )
    needed = missing(form, filled)
    outcome = load(request, form, filled, dry_run=True)
    told = told_of(form, outcome)
    for name, sentences in needed.fields.items():
        told.fields[name] += sentences
    told.whole += needed.whole
    if not told.blocks and form.record and not outcome.movements and not _changes(outcome):
        told.whole.append(say("没有改动，不需要保存。"))
    if told.blocks:
        beside = Beside(told, conflicts=_still_asked(form, filled), notes=_notes(form, merged), status=400)
        return forms_pages.fill_in(request, form, filled, beside)
    return forms_pages.confirm(request, form, filled, Beside(told, notes=_notes(form, merged)), outcome=outcome)


def _changes(outcome: Outcome) -> int:
    return sum(sheet.new.height + sheet.changed.height for sheet in outcome.plan.sheets)


def brought_up(form: AskedForm, filled: Filled) -> tuple[Filled, Merged | None]:
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


def missing(form: AskedForm, filled: Filled) -> Told:
    """What a correction needs beside its fields: a reason, and an answer where both changed a field."""
    told = _conflict_errors(form, Merged(filled.values, (), tuple(filled.unanswered)))
    if form.record and not filled.reason:
        told.fields["reason"].append(say("请写明更正理由。"))
    return told


def load(request: SignedIn, form: AskedForm, filled: Filled, *, dry_run: bool) -> Outcome:
    """Save the form, or only try it."""
    reason = (filled.reason or say("试算")) if form.record else ""
    order = FormOrder(form.sheet, form.row(filled.values), form.address, reason, dry_run)
    return load_form(order, actor=request.actor, today=timezone.localdate())


def has_token(filled: Filled) -> bool:
    """Whether the form carries a token that lets it be saved."""
    return len(filled.token) >= _SHORTEST_TOKEN


def with_new_token(filled: Filled) -> Filled:
    """The form under a token not used yet."""
    return replace(filled, token=forms_filled.new_token())
