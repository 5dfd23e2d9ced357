"""Pages remembered until something changes: what a page showed is shown again to the same reader, whole, at once.

What a reader may see and what is recorded is asked of the database each time, in one short question: who the session
belongs to, what they were granted, and the head of the journal. While none of it changes, a page that depends on
nothing else is the same page. A session that ended, a grant taken away, a single new entry: the page is made anew.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from threading import Lock
from typing import TypeVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.timezone import localdate

from shanhai.access.sessions import glance, touch
from shanhai.web import reading
from shanhai.web.job_states import work_glance
from shanhai.web.sessions import COOKIE, SCOPE_COOKIE, TOKEN

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
#: Bytes of pages kept in a process.
MOST_BYTES = 64 << 20
Key = tuple[object, ...]


def remembered(view: View) -> View:
    """Mark a page that depends on nothing but its address, its reader's rights and work, the journal and the day."""
    view.remembered = True  # type: ignore[attr-defined]
    return view


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was answered."""

    content: bytes
    headers: tuple[tuple[str, str], ...]
    cookies: SimpleCookie

    def answer(self) -> HttpResponse:
        """The page as an answer."""
        response = HttpResponse(self.content)
        for name, value in self.headers:
            response.headers[name] = value
        response.cookies = SimpleCookie(self.cookies)
        return response


@dataclass(slots=True)
class Memory:
    """The pages of a process, those asked for longest ago forgotten first."""

    most_bytes: int = MOST_BYTES
    _pages: "OrderedDict[Key, Page]" = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: Lock = field(default_factory=Lock)

    def recall(self, key: Key) -> Page | None:
        """The page kept under a key."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: Page) -> None:
        """Keep a page; what is too much is forgotten."""
        with self._lock:
            self._bytes += len(page.content) - len(self._pages[key].content if key in self._pages else b"")
            self._pages[key] = page
            self._pages.move_to_end(key)
            while self._bytes > self.most_bytes and self._pages:
                _, gone = self._pages.popitem(last=False)
                self._bytes -= len(gone.content)


class MemoryMiddleware:
    """Answers remembered pages; stands before the session is carried, and asks for it in its own way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django builds it; each process remembers for itself."""
        self._answer = get_response
        self._memory = Memory()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from memory where nothing changed since."""
        key = _key(request)
        if key is None:
            return self._answer(request)
        if page := self._memory.recall(key):
            return page.answer()
        response = self._answer(request)
        # A page about people is made each time, so that each reading of it is noted.
        keeps = response.status_code == 200 and not hasattr(request, "people_read")
        if keeps and isinstance(response, HttpResponse):
            self._memory.keep(
                key, Page(response.content, tuple(response.headers.items()), SimpleCookie(response.cookies))
            )
        return response


def _key(request: HttpRequest) -> Key | None:
    """What a page depends on; nothing where the page is not one to remember or nobody is signed in."""
    token, cookies = request.COOKIES.get(COOKIE, ""), request.COOKIES
    if request.method != "GET" or not TOKEN.fullmatch(token) or not _is_remembered(request):
        return None
    if connection.in_atomic_block:
        return None
    seen = glance(token)
    if seen is None:
        return None
    if seen.touch_due:
        touch(token)
    forms = cookies.get(settings.CSRF_COOKIE_NAME)
    return (
        (
            seen,
            work_glance(seen.user_id),
            localdate(),
            request.get_host(),
            request.is_secure(),
            request.get_full_path(),
            cookies.get(SCOPE_COOKIE),
            cookies.get(reading.COOKIE),
            forms,
        )
        if forms
        else None
    )


def _is_remembered(request: HttpRequest) -> bool:
    try:
        return getattr(resolve(request.path_info).func, "remembered", False)
    except Resolver404:
        return False
