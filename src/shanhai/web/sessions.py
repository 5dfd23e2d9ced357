"""The site's side of a session: one transaction per request, in which the session of the cookie is carried.

Everything a request reads or writes happens in that transaction, so the session falls away with it, also on a
pooled connection. A request that only reads sees one snapshot and may not write.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from shanhai.access import readings
from shanhai.access.sessions import Actor, Step, carried_actor, step_of_session, touch
from shanhai.access.terms import Stage
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.journal.actions import after_commit
from shanhai.journal.signing import sign_new_heads
from shanhai.web.reading import View, open_to_all

#: With the prefix a browser takes the cookie only over https, from this very host, for all of it.
COOKIE = "__Host-shanhai" if settings.HTTPS else "shanhai"
#: The pairing or fund looked at last; a convenience, which opens nothing.
SCOPE_COOKIE = "shanhai_scope"
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")
_READING = ("GET", "HEAD")
#: The page of each step of signing in.
STEPS = {Stage.CODE: "sign-in-code", Stage.PASSWORD: "sign-in-password", Stage.FACTOR: "sign-in-factor"}


def leads_back(view: View) -> View:
    """Mark a page to which one is led back after signing in anew, also where something was sent to it."""
    view.leads_back = True  # type: ignore[attr-defined]
    return view


class SignedIn(HttpRequest):
    """A request of somebody who is signed in."""

    actor: Actor
    #: How far somebody has come who is not wholly signed in.
    step: Step | None
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
        signed = cast(SignedIn, request)
        outermost = not connection.in_atomic_block
        if _stands_apart(request):
            signed.token, signed.actor, signed.step = "", cast(Actor, None), None
            response = self._answer(request)
        else:
            with transaction.atomic():
                _begin(signed, snapshot=outermost and request.method in _READING)
                response = self._answer(request)
        if named := getattr(request, "scope_named", ""):
            keep_cookie(response, SCOPE_COOKIE, named)
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        if outermost and signed.actor and signed.actor.touch_due:
            touch(signed.token)
        if response.status_code == 200 and (told := getattr(request, "people_read", None)):
            _note(signed, told)
        return response

    def process_view(self, request: HttpRequest, view: View, *_: Any) -> HttpResponseBase | None:
        """Strangers see the sign-in page and nothing else; who is on the way in sees the step that is missing."""
        signed = cast(SignedIn, request)
        if signed.actor or getattr(view, "open_to_all", False):
            return None
        if signed.step and signed.step.stage in getattr(view, "stages", ()):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        if signed.step:
            return redirect(STEPS[signed.step.stage])
        back = request.method in _READING or getattr(view, "leads_back", False)
        wanted = request.get_full_path() if back else "/"
        return redirect(f"{reverse('sign-in')}?{urlencode({'next': wanted})}" if wanted != "/" else reverse("sign-in"))

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """What is refused is told on a page of its own."""
        if not isinstance(problem, Refused):
            return None
        mine = isinstance(problem, Forbidden)
        title, status = (say("不是您的职责"), 403) if mine else (say("没有办成"), 400)
        return render(request, "web/trouble.html", {"title": title, "sentences": [str(problem)]}, status=status)


def tells_of(request: HttpRequest, scope_id: int, person_keys: Iterable[str], *, page: str) -> None:
    """Say that a page tells what is recorded in these people's names; that it was opened is noted once it is answered."""
    if keys := [key for key in person_keys if key]:
        request.people_read = (scope_id, keys, page)  # type: ignore[attr-defined]


def _note(request: SignedIn, told: tuple[int, list[str], str]) -> None:
    """Note a reading in a transaction of its own: the one of the page only reads."""
    scope_id, keys, page = told
    with transaction.atomic():
        if actor := carried_actor(request.token):
            readings.note(actor, scope_id, keys, page=page)


def without_session(view: View) -> View:
    """Mark a page answered outside any transaction and for everybody: it tells nothing of the data."""
    view.without_session = True  # type: ignore[attr-defined]
    return transaction.non_atomic_requests(open_to_all(view))


def _stands_apart(request: HttpRequest) -> bool:
    try:
        return getattr(resolve(request.path_info).func, "without_session", False)
    except Resolver404:
        return False


def _begin(request: SignedIn, *, snapshot: bool) -> None:
    """Open the request's view of the data: who asks, as the database says, and whether it may write."""
    if snapshot:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    request.token = request.COOKIES.get(COOKIE, "")
    request.actor, request.step = cast(Actor, None), None
    if TOKEN.fullmatch(request.token):
        request.actor = cast(Actor, carried_actor(request.token))
        request.step = None if request.actor else step_of_session()


def at_stages(*stages: Stage) -> Callable[[View], View]:
    """Mark a page of somebody on the way in, at these steps; who is wholly signed in may see it too."""

    def mark(view: View) -> View:
        view.stages = frozenset(stages)  # type: ignore[attr-defined]
        return view

    return mark


def keep_cookie(response: HttpResponseBase, name: str, value: str, *, seconds: int | None = None) -> None:
    """Set a cookie that no script reads and, where the site is reached over https, that is never sent without it."""
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Lax", secure=settings.HTTPS)


def address_of(request: HttpRequest) -> str:
    """The address that asks, as `ProxyMiddleware` found it behind the site's own proxies."""
    return str(request.META.get("REMOTE_ADDR", ""))
