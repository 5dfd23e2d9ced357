"""Watches every request from outside: gives it a number, counts its questions to the database, logs and measures it."""

import logging
import re
import uuid
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from shanhai.database.counting import counted
from shanhai.web import metrics
from shanhai.web.event_log import event, request_id

HEADER = "X-Request-ID"
#: The forms proxies give: 32 hexadecimal digits, or a UUID. Anything else could carry words into the log.
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Asked every few seconds by machines; told only where the log is turned to DEBUG.
_FREQUENT = ("health-live", "health-ready", "metrics", "static")


class WatchMiddleware:
    """Stands before everything but the proxy's headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django builds it."""
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request under its number and note what it took."""
        given = request.headers.get(HEADER, "")
        number = given if _ID.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(number)
        began = perf_counter()
        try:
            with counted() as queries:
                response = self._answer(request)
            response.headers[HEADER] = number
            _note(request, response, seconds=perf_counter() - began, queries=queries.number)
        finally:
            request_id.reset(token)
        return response


def _note(request: HttpRequest, response: HttpResponseBase, *, seconds: float, queries: int) -> None:
    route = route_of(request)
    metrics.count_request(route, response.status_code, seconds=seconds, queries=queries)
    actor = getattr(request, "actor", None)
    event(
        "request.answered",
        level=logging.DEBUG if route in _FREQUENT else logging.INFO,
        route=route,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        queries=queries,
        user=actor.user_id if actor else None,
    )


def route_of(request: HttpRequest) -> str:
    """The name of the page asked for, never its address: `record`, not which record."""
    match = request.resolver_match
    if match is None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return "static" if request.path_info.startswith("/static/") else "none"
    return match.view_name or "unnamed"
