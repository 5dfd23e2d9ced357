"""What changes while a form is open: who else is at the record, and whether somebody saved it meanwhile."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from shanhai.access.sessions import Actor
from shanhai.base.language import say
from shanhai.journal.models import Act, Record
from shanhai.web.actions import PRESENT_FOR, be_present
from shanhai.web.forms_asked import AskedForm
from shanhai.web.forms_opening import correct_form
from shanhai.web.forms_sealing import mark_of
from shanhai.web.models import Presence
from shanhai.web.sessions import SignedIn
from shanhai.web.wording import moment

_NOTHING_NEW = 204


@require_POST
def beat(request: SignedIn, type_name: str, key: str) -> HttpResponse:
    """Asked by an open form every 15 seconds; answers only where something is new, so that readers are not disturbed."""
    form = correct_form(request, type_name, key)
    now = timezone.now()
    be_present(form.name, actor=request.actor, now=now)
    told = beside(form, request.POST.get("version", ""), actor=request.actor, now=now)
    state = mark_of("|".join(told["sentences"]) or "-")
    if request.POST.get("told") == state:
        return HttpResponse(status=_NOTHING_NEW)
    return render(request, "web/components/beside.html", told | {"state": state})


def beside(form: AskedForm, version: str, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Sentences about the others at the record."""
    assert form.record is not None
    sentences = []
    if others := others_at(form.record, actor=actor, now=now):
        sentences.append(say("{names}也打开了这条记录的更正页。", names=say("、").join(others)))
    if version.isascii() and version.isdigit() and version != str(form.record.version):
        who, when = last_hand(form.record)
        sentences.append(
            say(
                "您打开之后，{who}在 {when} 更正过这条记录。您填写的内容不受影响，核对时逐项合并。",
                who=who,
                when=when,
            )
        )
    return {"sentences": sentences}


def others_at(record: Record, *, actor: Actor, now: datetime) -> list[str]:
    """The names of the others who have the record's form open right now."""
    there = Presence.objects.filter(
        scope_id=record.scope_id, record_type=record.type_name(), record_key=record.key, seen_at__gt=now - PRESENT_FOR
    ).exclude(user_id=actor.user_id)  # fmt: skip
    return [name or account for name, account in there.values_list("user__display_name", "user__username")]


def last_hand(record: Record) -> tuple[str, str]:
    """Who wrote the record last, and when."""
    act = Act.objects.filter(pk=record.act_id).first()
    return (act.acted_by_name or act.acted_by, moment(act.acted_at)) if act else ("", "")
