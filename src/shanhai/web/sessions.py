"""The site's side of a session: one transaction per request, in which the session of the cookie is carried.

Everything a request reads or writes happens in that transaction, so the session falls away with it, also on a
pooled connection. A request that only reads sees one snapshot and may not write.
"""

import re
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from shanhai.access.sessions import Actor, carried_actor
from shanhai.base.findings import Refused
from shanhai.journal.actions import after_commit
from shanhai.journal.signing import sign_new_heads
from shanhai.web.reading import View

COOKIE = "shanhai"
#: The pairing or fund looked at last; a convenience, which opens nothing.
SCOPE_COOKIE = "shanhai_scope"
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")
_READING = ("GET", "HEAD")


def leads_back(view: View) -> View:
    """Mark a page to which one is led back after signing in anew, also where something was sent to it."""
    view.leads_back = True  # type: ignore[attr-defined]
    return view


class SignedIn(HttpRequest):
    """A request of somebody who is signed in."""

    actor: Actor
    token: str
    scope_named: str


class Forbidden(Refused):
    """Refused because it is not this person's to do; the sentence says whose it is."""


class SessionMiddleware:
    """Carries the session, asks strangers to sign in, and tells what is refused in a sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """The site signs the head of the journal after each act of its own."""
        self._answer = get_response
        hook = cast(Callable[[], None], sign_new_heads)
        if hook not in after_commit:
            after_commit.append(hook)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request inside its transaction. A view that fails has its own savepoint, so nothing of it stays."""
        outermost = not connection.in_atomic_block
        with transaction.atomic():
            _begin(cast(SignedIn, request), snapshot=outermost and request.method in _READING)
            response = self._answer(request)
        if named := getattr(request, "scope_named", ""):
            response.set_cookie(SCOPE_COOKIE, named, httponly=True, samesite="Lax", secure=request.is_secure())
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    def process_view(self, request: HttpRequest, view: View, *_: Any) -> HttpResponseBase | None:
        """Strangers see the sign-in page and nothing else."""
        if cast(SignedIn, request).actor or getattr(view, "open_to_all", False):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        back = request.method in _READING or getattr(view, "leads_back", False)
        wanted = request.get_full_path() if back else "/"
        return redirect(f"{reverse('sign-in')}?{urlencode({'next': wanted})}" if wanted != "/" else reverse("sign-in"))

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """What is refused is told on a page of its own."""
        if not isinstance(problem, Refused):
            return None
        mine = isinstance(problem, Forbidden)
        title, status = ("不是您的职责", 403) if mine else ("没有办成", 400)
        return render(request, "web/trouble.html", {"title": title, "sentences": [str(problem)]}, status=status)


def _begin(request: SignedIn, *, snapshot: bool) -> None:
    """Open the request's view of the data: who asks, as the database says, and whether it may write."""
    if snapshot:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    request.token = request.COOKIES.get(COOKIE, "")
    if TOKEN.fullmatch(request.token):
        request.actor = cast(Actor, carried_actor(request.token))
    else:
        request.actor = cast(Actor, None)
