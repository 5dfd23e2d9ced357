"""Signing in and out, and choosing the pairing or fund to look at."""

from math import ceil

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from shanhai.access.sessions import LIFETIME, end_session, open_session, verify_password
from shanhai.base.dates import MachineClock
from shanhai.web.attempts import Attempts
from shanhai.web.choosing import scopes_of
from shanhai.web.reading import open_to_all
from shanhai.web.sessions import COOKIE, SCOPE_COOKIE, SignedIn

ATTEMPTS = Attempts()
_CLOCK = MachineClock()
_WRONG = "账号或密码不对。请核对大小写；忘记密码请找本单位的管理人员。"


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: SignedIn) -> HttpResponse:
    """The sign-in page; a right password opens a session and leads to the page wanted."""
    wanted = _inside(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.actor:
        return redirect(wanted)
    if request.method != "POST":
        return _page(request, wanted)
    name, password = request.POST.get("name", "").strip()[:60], request.POST.get("password", "")[:1000]
    names = (f"account {name}", f"address {request.META.get('REMOTE_ADDR', '')}")
    if wait := ATTEMPTS.wait(names, now=_CLOCK.now()):
        minutes = ceil(wait.total_seconds() / 60)
        return _page(request, wanted, name=name, error=f"连续多次没有登录成功，请等 {minutes} 分钟后再试。", status=429)
    user = verify_password(name, password) if "\x00" not in name + password else None
    if user is None:
        ATTEMPTS.failed(names, now=_CLOCK.now())
        return _page(request, wanted, name=name, error=_WRONG, status=400)
    ATTEMPTS.succeeded(names[0])
    rotate_token(request)
    response = HttpResponseRedirect(wanted)
    response.set_cookie(
        COOKIE,
        open_session(user.pk),
        max_age=int(LIFETIME.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _inside(request: HttpRequest, address: str) -> str:
    """The address where it leads to this site, else the first page."""
    inside = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if inside and address.startswith("/") else "/"


def _page(request: HttpRequest, wanted: str, *, name: str = "", error: str = "", status: int = 200) -> HttpResponse:
    fields = [
        {
            "name": "name",
            "label": "账号",
            "value": name,
            "required": True,
            "autocomplete": "username",
            "errors": [error] if error else [],
        },
        {"name": "password", "label": "密码", "type": "password", "required": True, "autocomplete": "current-password"},
    ]
    errors = [{"href": "#id_name", "text": error}] if error else []
    context = {"action": reverse("sign-in"), "next": wanted, "fields": fields, "errors": errors}
    return render(request, "web/sign_in.html", context, status=status)


@require_POST
def sign_out(request: SignedIn) -> HttpResponse:
    """End the session, here and for whoever else holds its token."""
    end_session()
    response = redirect(f"{reverse('sign-in')}?told=signed_out")
    response.delete_cookie(COOKIE)
    response.delete_cookie(SCOPE_COOKIE)
    return response


@require_POST
def switch_scope(request: SignedIn) -> HttpResponse:
    """Look at another pairing or fund; a code the reader does not reach changes nothing."""
    code = request.POST.get("scope", "")
    response = redirect(_inside(request, request.POST.get("next") or "/"))
    if any(scope.code == code for scope in scopes_of(request)):
        response.set_cookie(SCOPE_COOKIE, code, httponly=True, samesite="Lax", secure=request.is_secure())
    return response
