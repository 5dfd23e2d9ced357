"""Search over everything the reader may see: records of every type, figures, pages, worksheets, acts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.base.identifiers import mask_identity
from shanhai.base.language import say
from shanhai.reference.models import Scope
from shanhai.search import queries
from shanhai.search.queries import Asked
from shanhai.web import search_filling, search_places, search_records, wording
from shanhai.web.choosing import scope_of, scopes_of
from shanhai.web.search_records import Answer, Found
from shanhai.web.sessions import SignedIn

#: How many of a kind stand on the first page, and how many on the page of one kind.
FIRST, SIZE = 5, 50
LONGEST, MOST_TERMS = 100, 8


def given_of(request: SignedIn) -> str:
    """What is looked for, as far as it is read."""
    given = request.GET.get("q", "").replace("\x00", " ")[:LONGEST]
    return " ".join(given.split()[:MOST_TERMS])


@require_safe
def page(request: SignedIn) -> HttpResponse:
    """What was found for the words in the address."""
    given = given_of(request)
    if identity := search_records.identity_in(given):
        return _people(request, identity)
    asked = Asked.of(given)
    kind = request.GET.get("kind", "")
    context: dict[str, Any] = {"title": say("搜索"), "given": given, "crumbs": [{"label": say("首页"), "url": "/"}]}
    if not given:
        return render(request, "web/search.html", context)
    if not asked.answerable:
        return render(request, "web/search.html", context | {"short": True})
    if kind in queries.kinds():
        answer = search_records.page_of(asked, kind, after=_after(request), most=SIZE)
        groups = [_group(one, given, asked, scopes_of(request), whole=True) for one in answer.groups]
    else:
        answer = search_records.overview(asked, given, scopes_of(request), most=FIRST)
        groups = _groups(answer, given, asked, request)
    if answer.late:
        search_filling.wake()
    context |= {"groups": groups, "left": answer.left, "whole": kind in queries.kinds(), "all_url": _url(given)}
    return render(request, "web/search.html", context)


def _after(request: SignedIn) -> str:
    return request.GET.get("after", "").replace("\x00", "")[:200]


def _url(given: str, **more: Any) -> str:
    return wording.with_query(reverse("search"), q=given, **more)


def _people(request: SignedIn, identity: str) -> HttpResponse:
    """People are found by their number alone, and the page does not repeat it, not even in its forms' ways back."""
    request.META["QUERY_STRING"] = ""
    people = search_records.people_of(identity)
    found = [Found("reference.person", people, exact=True, more=False)] if people else []
    context = {
        "title": say("搜索"),
        "given": "",
        "looked_for": mask_identity(identity),
        "groups": [_group(one, "", Asked(()), scopes_of(request), whole=False) for one in found],
        "crumbs": [{"label": say("首页"), "url": "/"}],
    }
    return render(request, "web/search.html", context)


def _groups(answer: Answer, given: str, asked: Asked, request: SignedIn) -> list[dict[str, Any]]:
    """Every kind with what was found of it: the very key first, then figures and pages, then the other records."""
    records = [(one.exact, _group(one, given, asked, scopes_of(request), whole=False)) for one in answer.groups]
    places = [
        {
            "kind": group,
            "label": say(search_places.GROUPS[group]),
            "lines": [search_places.told(one, asked.terms) for one in found[: FIRST * 2]],
            "count": str(len(found)),
        }
        for group, found in search_places.found(asked.terms, scope_of(request)).items()
    ]
    return [*(told for exact, told in records if exact), *places, *(told for exact, told in records if not exact)]


def _group(one: Found, given: str, asked: Asked, scopes: list[Scope], *, whole: bool) -> dict[str, Any]:
    names = {scope.pk: scope.name for scope in scopes}
    lines = [search_records.told(record, asked.terms) for record in one.records]
    count = f"{len(lines)}+" if one.more else str(len(lines))
    return {
        "kind": one.record_type,
        "label": wording.type_word(wording.record_types()[one.record_type]),
        "lines": [line | {"place": names.get(line["scope_id"], "") if len(scopes) > 1 else ""} for line in lines],
        "count": "" if whole else count,
        "more_url": _url(given, kind=one.record_type) if one.more and not whole else "",
        "next_url": _url(given, kind=one.record_type, after=one.records[-1].key) if one.more and whole else "",
    }
