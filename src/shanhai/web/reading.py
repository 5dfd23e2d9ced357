"""How a reader wants pages: the language, and the unit of money. A cookie keeps it; it opens nothing.

Money is shown in the unit chosen and never rounded: a unit that would hide a fen shows more decimals.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "shanhai_reading"
_YEAR = 366 * 24 * 60 * 60
#: The unit money is shown in: its code, and how many yuan it is; `auto` takes 万元 where nothing is lost by it.
UNITS = {"auto": 0, "yuan": 1, "wan": 10_000, "yi": 100_000_000}
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Reading:
    """The language pages are written in, by its code in `settings.LANGUAGES`, and the unit of money."""

    language: str = "zh-hans"
    unit: str = "auto"

    @property
    def html_language(self) -> str:
        """The language as HTML names it."""
        return "zh-Hans" if self.language == "zh-hans" else self.language


_CHINESE = Reading()
_reading: ContextVar[Reading] = ContextVar("reading", default=_CHINESE)


def reading() -> Reading:
    """How the page being written is read."""
    return _reading.get()


@contextmanager
def read_as(wanted: Reading) -> Iterator[None]:
    """Write for a reader: in their language and unit."""
    token = _reading.set(wanted)
    try:
        with translation.override(wanted.language):
            yield
    finally:
        _reading.reset(token)


class ReadingMiddleware:
    """Writes each page in its reader's language and unit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django builds it."""
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request in the language its cookie names."""
        with read_as(_of_cookie(request.COOKIES.get(COOKIE, ""))):
            return self._answer(request)


def _of_cookie(given: str) -> Reading:
    """The reading a cookie names, such as `en.wan`; anything unknown is as if it were not there."""
    language, _, unit = given.partition(".")
    return _with(_CHINESE, language, unit)


def _with(before: Reading, language: str, unit: str) -> Reading:
    languages = dict(settings.LANGUAGES)
    return replace(
        before,
        language=language if language in languages else before.language,
        unit=unit if unit in UNITS else before.unit,
    )


def open_to_all(view: View) -> View:
    """Mark a page that is shown before signing in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


@open_to_all
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language or the unit chosen and lead back to the page."""
    wanted = request.POST.get("next") or "/"
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    chosen = _with(reading(), request.POST.get("language", ""), request.POST.get("unit", ""))
    response = redirect(wanted if inside and wanted.startswith("/") else "/")
    response.set_cookie(
        COOKIE,
        f"{chosen.language}.{chosen.unit}",
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return response
