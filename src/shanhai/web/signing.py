"""Signing in and out, and choosing the pairing or fund to look at."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from shanhai.access import attempts
from shanhai.access.passwords import LONGEST, verify_password
from shanhai.access.sessions import end_session
from shanhai.base.language import noted, say
from shanhai.web.choosing import scopes_of
from shanhai.web.reading import open_to_all
from shanhai.web.sessions import COOKIE, SCOPE_COOKIE, SignedIn, address_of, keep_cookie
from shanhai.web.signing_steps import enter, waits_told

_WRONG = noted("账号或密码不对。请核对大小写；忘记密码请找本单位的管理人员。")


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: SignedIn) -> HttpResponse:
    """The sign-in page; a right password leads on to what is still missing, or to the page wanted."""
    wanted = inside(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.actor:
        return redirect(wanted)
    if request.method != "POST":
        return _page(request, wanted)
    name, password = request.POST.get("name", "").strip()[:60], request.POST.get("password", "")[: LONGEST + 1]
    if "\x00" in name + password:
        return _page(request, wanted, error=say(_WRONG), status=400)
    names = attempts.names_of(name, address_of(request))
    if seconds := attempts.wait(names):
        return _page(request, wanted, name=name, error=waits_told(seconds), status=429)
    user = verify_password(name, password)
    if user is None:
        attempts.failed(names)
        return _page(request, wanted, name=name, error=say(_WRONG), status=400)
    return enter(request, user.pk, user.username, wanted=wanted)


def inside(request: HttpRequest, address: str) -> str:
    """The address where it leads to this site, else the first page."""
    within = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if within and address.startswith("/") else "/"


def _page(request: HttpRequest, wanted: str, *, name: str = "", error: str = "", status: int = 200) -> HttpResponse:
    fields: list[dict[str, Any]] = [
        {
            "name": "name",
            "label": say("账号"),
            "value": name,
            "required": True,
            "autocomplete": "username",
            "errors": [error] if error else [],
        },
        {
            "name": "password",
            "label": say("密码"),
            "type": "password",
            "required": True,
            "autocomplete": "current-password",
        },
    ]
    errors = [{"href": "#id_name", "text": error}] if error else []
    context = {"action": reverse("sign-in"), "next": wanted, "fields": fields, "errors": errors}
    return render(request, "web/sign_in.html", context, status=status)


@open_to_all
@require_POST
def sign_out(request: SignedIn) -> HttpResponse:
    """End the session, here and for whoever else holds its token; also one that is still on the way in."""
    end_session()
    response = redirect(f"{reverse('sign-in')}?told=signed_out")
    for name in (COOKIE, SCOPE_COOKIE):
        keep_cookie(response, name, "", seconds=0)
    return response


@require_POST
def switch_scope(request: SignedIn) -> HttpResponse:
    """Look at another pairing or fund; a code the reader does not reach changes nothing."""
    code = request.POST.get("scope", "")
    response = redirect(inside(request, request.POST.get("next") or "/"))
    if any(scope.code == code for scope in scopes_of(request)):
        keep_cookie(response, SCOPE_COOKIE, code)
    return response
