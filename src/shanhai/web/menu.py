"""The ways through the site: the main menu, the areas, and the tabs of the area one is in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from shanhai.base.language import noted, say
from shanhai.web.choosing import writes
from shanhai.web.declare import PAGES, pages_of
from shanhai.web.wording import area_words

#: Name of the address, what it is called, whether only who writes sees it.
_WAYS = (
    ("home", noted("首页"), False),
    ("upload", noted("上传工作簿"), True),
    ("check", noted("核对文章"), False),
    ("drafts", noted("我的草稿"), True),
    ("journal", noted("日志"), False),
    ("help", noted("帮助"), False),
)


def ways_of(request: HttpRequest) -> list[dict[str, Any]]:
    """The main menu."""
    writing = writes(request)  # type: ignore[arg-type]  # asked only where somebody is signed in
    found = [
        _way(request, say(label), reverse(name)) for name, label, only_writing in _WAYS if writing or not only_writing
    ]
    if request.actor.administers:  # type: ignore[attr-defined]
        found.append(_way(request, say("管理"), reverse("administration")))
    return found


def _way(request: HttpRequest, label: str, url: str) -> dict[str, Any]:
    current = request.path == url or (url != "/" and request.path.startswith(f"{url}/"))
    return {"label": label, "url": url, "current": current}


def areas_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Every area with its first page."""
    here = area_of(request)
    return [
        {"label": word, "url": reverse("area", args=[label]), "current": label == here}
        for label, word in area_words().items()
    ]


def area_of(request: HttpRequest) -> str:
    """The area a page belongs to: of its own pages, its records and its figures; none for others."""
    match = request.resolver_match
    if match is None:
        return ""
    if match.url_name in PAGES:
        return PAGES[match.url_name].area
    given = match.kwargs.get("label") or match.kwargs.get("type_name") or match.kwargs.get("name") or ""
    label = str(given).partition(".")[0]
    return label if label in area_words() else ""


def tabs_of(request: HttpRequest) -> list[dict[str, Any]]:
    """The tabs of the area one is in: its first page, then the pages it declares."""
    area = area_of(request)
    if not area:
        return []
    first = {"label": say("概览"), "url": reverse("area", args=[area])}
    found = [first, *({"label": say(one.zh), "url": reverse(one.name)} for one in pages_of(area))]
    return [tab | {"current": request.path == tab["url"]} for tab in found]
