"""The pages on which a second factor is enrolled: its secret shown once, and the recovery codes told once."""

import io
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.access import second_factor
from shanhai.access.terms import Stage
from shanhai.base.language import say
from shanhai.web.sessions import SignedIn, at_stages


def enrolling(request: HttpRequest, username: str, told: dict[str, Any], *, error: str = "") -> HttpResponse:
    """The secret as a picture and as text, and the field of the first code; `told` says where it goes and why."""
    shown = second_factor.shown_once(username)
    if shown is None:
        raise Http404
    field = {
        "name": "code", "label": say("验证器现在显示的六位数字"), "required": True, "autocomplete": "one-time-code",
        "inputmode": "numeric", "maxlength": 10, "short": True, "errors": [error] if error else [],
    }  # fmt: skip
    context = told | {
        "secret": shown[0], "qr_url": reverse("account-factor-qr"), "field": field,
        "errors": [{"href": "#id_code", "text": error}] if error else [],
    }  # fmt: skip
    return render(request, "web/account_factor.html", context, status=400 if error else 200)


def codes_page(request: HttpRequest, codes: list[str], *, onward: str) -> HttpResponse:
    """The recovery codes, this once."""
    return render(request, "web/account_codes.html", {"codes": codes, "onward": onward})


@at_stages(Stage.FACTOR)
@require_safe
def qr(request: SignedIn) -> HttpResponse:
    """The picture of the secret, while it is being enrolled and to whom it belongs."""
    who = request.actor or request.step
    shown = second_factor.shown_once(who.username) if who else None
    if shown is None:
        raise Http404
    picture = io.BytesIO()
    segno.make(shown[1], error="m").save(picture, kind="png", scale=5, border=3)
    return HttpResponse(picture.getvalue(), content_type="image/png")
