"""Which pairing or fund a page is about: the one its address names, else the one chosen last, else the first."""

from typing import cast

from django.http import Http404, HttpRequest

from shanhai.access.terms import AUDITOR, VIEWER
from shanhai.asking.scopes import Asked, among
from shanhai.reference.models import Scope
from shanhai.web.sessions import SCOPE_COOKIE, SignedIn


def scopes_of(request: HttpRequest) -> list[Scope]:
    """Every scope the reader sees, pairings of their own books first; asked once per request."""
    signed = cast(SignedIn, request)
    if not getattr(signed, "actor", None):
        return []
    found: list[Scope] | None = getattr(request, "_scopes", None)
    if found is None:
        own = {book.scope_id for book in signed.actor.books}
        found = sorted(
            Scope.objects.all(),
            key=lambda scope: (scope.pk not in own, scope.is_notice, scope.kind, scope.level == "province", scope.code),
        )
        request._scopes = found  # type: ignore[attr-defined]
    return found


def scope_of(request: HttpRequest) -> Scope | None:
    """The scope this page is about; one named in the address that the reader does not see is not there."""
    scopes = {scope.code: scope for scope in scopes_of(request)}
    if named := request.GET.get("scope"):
        if named not in scopes:
            raise Http404
        cast(SignedIn, request).scope_named = named
        return scopes[named]
    return scopes.get(request.COOKIES.get(SCOPE_COOKIE, "")) or next(iter(scopes.values()), None)


def needed_scope(request: HttpRequest) -> Scope:
    """The scope this page is about, where it cannot be without one."""
    scope = scope_of(request)
    if scope is None:
        raise Http404
    return scope


def writes(request: SignedIn) -> bool:
    """Whether the reader writes anywhere."""
    return bool(request.actor.roles() - {AUDITOR, VIEWER})


def asked_of(request: HttpRequest) -> Asked:
    """The scope this page is about, as figures are asked of it."""
    return among(needed_scope(request), scopes_of(request))
