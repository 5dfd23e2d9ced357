"""The first page of an area: its figures, its own pages, and its lists of records. No area needs to style it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from shanhai.asking import values
from shanhai.base.language import say
from shanhai.catalogue.config import AreaConfig, areas
from shanhai.figures import declare
from shanhai.web import listed, tiles, wording
from shanhai.web.choosing import asked_of
from shanhai.web.forms_rights import entry_links
from shanhai.web.memory import remembered
from shanhai.web.sessions import SignedIn
from shanhai.web.wording import area_words
from shanhai.web.words_asked import TITLE
from shanhai.web.words_found import crossing_types


def area_named(label: str) -> AreaConfig:
    """The area of an address."""
    found = next((area for area in areas() if area.label == label), None)
    if found is None:
        raise Http404
    return found


@remembered
@require_safe
def page(request: SignedIn, label: str) -> HttpResponse:
    """What an area has in the pairing looked at."""
    area, asked, day = area_named(label), asked_of(request), localdate()
    scope = asked.scope
    figures = [figure for figure in declare.registry() if figure.area == label]
    found = values.values(asked, values.window_of(asked, as_of=day), figures=figures)
    context: dict[str, Any] = {
        "title": area_words()[label],
        "tiles": [tiles.tile(name, value, scope) for name, value in found.items()],
        "lists": listed.lists_of(scope, area=label),
        "entries": entry_links(request.actor, scope, area=label),
        "words": {"label": say(TITLE), "url": wording.with_query(reverse("words"), scope=scope.code)}
        if any(name.partition(".")[0] == label for name in crossing_types())
        else None,
        "as_of": day.isoformat(),
        "crumbs": [{"label": say("首页"), "url": reverse("home")}],
        "area": area.label,
    }
    return render(request, "web/area.html", context)
