"""签到: the desk shows the code of a course's day; whoever opens it on their telephone signs in with number and name.

The code is an address with a signed pass: for which day of which course, under whose rights. It holds on that day only.
Participants need no account. Signing in is an act of the person who opened the desk, under the rights they have then.
"""

import json
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import segno
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from shanhai.access import attempts
from shanhai.access.sessions import acting_for, carry, may
from shanhai.areas.talent import actions
from shanhai.areas.talent.pages.asking import crumbs
from shanhai.areas.talent.queries import courses
from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.web import wording
from shanhai.web.declare import page
from shanhai.web.drawings import inline
from shanhai.web.reading import open_to_all
from shanhai.web.sessions import Forbidden, SignedIn, address_of
from shanhai.web.signing_steps import waits_told

_SALT = "talent.sign-in"
_WRONG = noted("编号和姓名对不上登记的人员。请核对后再试；还没有登记的，请找签到台。")
_NUMBER, _NAME = 30, 40


class _Plain:
    """Writes what a pass tells as short as it can be: the more an address holds, the harder its code is to read."""

    def dumps(self, told: Any) -> bytes:
        """JSON without blanks and escapes."""
        return json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()

    def loads(self, written: bytes) -> Any:
        """What was written."""
        return json.loads(written)


@dataclass(frozen=True, slots=True)
class Pass:
    """What a code carries: whose rights it signs in under, the day by its key and date, the course's title."""

    user_id: int
    day_key: str
    held_on: date
    title: str
    is_example: bool

    def written(self) -> str:
        """The pass as an address carries it."""
        told = [self.user_id, self.day_key, self.held_on.isoformat(), self.title, self.is_example]
        return signing.dumps(told, salt=_SALT, serializer=_Plain, compress=True)

    @classmethod
    def read(cls, token: str) -> "Pass":
        """The pass of an address; one that was not given out here is no page."""
        try:
            user_id, day_key, held_on, title, is_example = signing.loads(token, salt=_SALT, serializer=_Plain)
        except (signing.BadSignature, ValueError):
            raise Http404 from None
        return cls(user_id, day_key, date.fromisoformat(held_on), title, is_example)


@page("desk/<path:key>", "签到二维码")
@require_safe
def desk(request: SignedIn, key: str) -> HttpResponse:
    """The code of a day, to be shown on a screen; only to who may sign people in."""
    day = courses.day_named(key)
    course = courses.course_named(day.course_key) if day else None
    if day is None or course is None:
        raise Http404
    if not may(request.actor, actions.SIGN_IN, scope_id=day.scope_id, side=day.owner_side):
        raise Forbidden(say("签到二维码由主办一方的工作队或协作办经办人打开。"))
    given = Pass(request.actor.user_id, day.key, day.held_on, course.title[:60], day.scope.is_example)
    address = request.build_absolute_uri(reverse("talent-signing_in", kwargs={"token": given.written()}))
    back = reverse("talent-course", kwargs={"key": course.key})
    context = {
        "title": say("签到：{course}", course=course.title), "day": day.held_on.isoformat(), "topic": day.topic,
        "open": day.held_on == localdate(), "code": _code(address, course.title), "address": address,
        "signed": say("已签到 {n} 人", n=courses.signed_on(day)), "course_url": back,
        "crumbs": crumbs((wording.title(course), back)),
    }  # fmt: skip
    return render(request, "talent/desk.html", context)


def _code(address: str, title: str) -> SafeString:
    """The QR code as a drawing."""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=8, border=4, light="#ffffff", dark="#000000")
    return inline(drawn.getvalue().decode(), label=say("“{course}”的签到二维码", course=title))


@page("signing/<str:token>", "扫码签到")
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def signing_in(request: SignedIn, token: str) -> HttpResponse:
    """Where a code leads: two questions, and the answer that one has signed in."""
    given = Pass.read(token)
    if given.held_on != localdate():
        return _told(request, given, closed=True, status=200 if request.method != "POST" else 400)
    if request.method != "POST":
        return _told(request, given)
    number = request.POST.get("number", "").strip()[:_NUMBER].replace("\x00", "")
    name = request.POST.get("name", "").strip()[:_NAME].replace("\x00", "")
    counted = (f"talent {given.day_key} {number}", f"talent address {address_of(request)}")
    if seconds := attempts.wait(counted):
        return _told(request, given, number=number, error=waits_told(seconds), status=429)
    try:
        masked = _sign_in(request, given, number=number, name=name)
    except Refused as refused:
        return _told(request, given, number=number, error=str(refused), status=400)
    if not masked:
        attempts.failed(counted)
        return _told(request, given, number=number, error=say(_WRONG), status=400)
    return _told(request, given, done=say("{name}，您已签到。", name=masked))


def _sign_in(request: SignedIn, given: Pass, *, number: str, name: str) -> str:
    """Sign in under the rights of who opened the desk; answers the masked name, or nothing where nobody is known so."""
    try:
        with acting_for(given.user_id) as actor:
            day = courses.day_named(given.day_key)
            if day is None:
                raise Refused(say("这个培训日已不在登记里。请找签到台。"))
            person = courses.attendee(day.scope, number=number, name=name)
            if person is None:
                return ""
            actions.sign_in(day=day, person=person, actor=actor, today=localdate())
            return person.name_mask
    finally:
        carry(request.token)


def _told(request: HttpRequest, given: Pass, *, status: int = 200, **told: Any) -> HttpResponse:
    error, number = told.get("error", ""), told.get("number", "")
    fields = [
        {"name": "number", "label": say("人员编号或身份证号码"), "value": number, "required": True, "autocomplete": "off",
         "errors": [error] if error else [], "maxlength": _NUMBER},
        {"name": "name", "label": say("姓名"), "required": True, "autocomplete": "name", "maxlength": _NAME},
    ]  # fmt: skip
    context = {
        "title": say("签到：{course}", course=given.title), "day": given.held_on.isoformat(), "example": given.is_example,
        "fields": fields, "errors": [{"href": "#id_number", "text": error}] if error else [], "done": told.get("done", ""),
        "closed": told.get("closed", False),
    }  # fmt: skip
    return render(request, "talent/signing.html", context, status=status)
