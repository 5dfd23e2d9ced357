"""本人记录: everything recorded in a person's name, of every area, and who opened it; made to be printed and handed over."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from shanhai.access import readings
from shanhai.areas.people import queries
from shanhai.base.language import say
from shanhai.reference.models import Person, PersonReading
from shanhai.web import wording
from shanhai.web.declare import page
from shanhai.web.dossiers import dossier, table_of
from shanhai.web.sessions import SignedIn, tells_of

_PAGE = "people.person"


@page("people/<path:key>", "本人记录", record="reference.person")
@require_safe
def person(request: SignedIn, key: str) -> HttpResponse:
    """What is recorded in a person's name, under every number decided to be theirs; opening it is noted."""
    found = Person.objects.filter(key=key).select_related("scope").first() if "\x00" not in key else None
    if found is None:
        raise Http404
    group = queries.records_of(found)
    keys = [one.key for one in group]
    tells_of(request, found.scope_id, keys, page=_PAGE)
    context = {
        "title": found.name_mask,
        "number": wording.local(found.key),
        "facts": _facts(found),
        "numbers": [_number(one, found) for one in group],
        "parts": [_part(one, alone=len(group) == 1) for one in group],
        "readings": [_reading(one) for one in readings.readings_of(found.scope_id, keys)],
        "crumbs": [{"label": say("首页"), "url": "/"}, {"label": wording.type_word(Person), "url": _list_url(found)}],
        "example": found.scope.is_example,
    }
    return render(request, "people/person.html", context)


def _list_url(found: Person) -> str:
    return wording.with_query(wording.list_url(Person.type_name()), scope=found.scope.code)


def _facts(found: Person) -> list[dict[str, str]]:
    told = [
        {"label": wording.label(Person, name), "value": wording.cell(Person, name, getattr(found, name)), "url": ""}
        for name in ("name_mask", "identity_mask", "birth_on")
    ]
    if found.household_key:
        url = wording.record_url("reference.household", found.household_key)
        told.append(
            {"label": wording.label(Person, "household_key"), "value": wording.local(found.household_key), "url": url}
        )
    return [one for one in told if one["value"]]


def _number(one: Person, found: Person) -> dict[str, Any]:
    return {
        "text": wording.local(one.key),
        "url": wording.record_url(Person.type_name(), one.key),
        "counts": not one.canonical_key,
        "this": one.key == found.key,
    }


def _part(one: Person, *, alone: bool) -> dict[str, Any]:
    chapters = [table_of(one, chapter) for chapter in dossier(one).values()]
    return {"title": "" if alone else wording.local(one.key), "chapters": chapters, "id": f"number-{one.pk}"}


def _reading(one: PersonReading) -> dict[str, str]:
    kinds = wording.record_types()
    what = wording.type_word(kinds[one.page]) if one.page in kinds else say("本人记录")
    return {"at": f"{localtime(one.read_at):%Y-%m-%d %H:%M}", "name": one.name, "what": what}
