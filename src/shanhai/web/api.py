"""The API at /api/v1: the same rights as the pages, the same session; described at /api/v1/openapi.json."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import APIKeyCookie

from shanhai import __version__
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.web import api_figures, api_journal, api_problems, api_records, reading
from shanhai.web.sessions import COOKIE, Forbidden

Answering = Callable[..., HttpResponse]
ROOT = "/api/v1/"


class Session(APIKeyCookie):
    """The session one signed in with on the pages; whoever writes with it shows the form token too."""

    param_name = COOKIE

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Who asks, as the database said at the beginning of the request."""
        return getattr(request, "actor", None)


class Renderer(JSONRenderer):
    """JSON in which Chinese can be read."""

    json_dumps_params = {"ensure_ascii": False}


class Described(NinjaAPI):
    """The API, whose description tells problems as what they are."""

    def get_root_path(self, _: dict[str, Any]) -> str:
        """Where the API lies."""
        return ROOT

    def get_openapi_schema(self, **given: Any) -> Any:
        """The description; every problem is problem+json, and whoever is a stranger is told so everywhere."""
        schema = super().get_openapi_schema(**given)
        problem = {"content": {api_problems.MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response |= problem
                for status in (401, 403):
                    operation["responses"].setdefault(
                        status, {"description": say(api_problems.TITLES[status])} | problem
                    )
        return schema


api = Described(
    title="Shanhai 山海", version=__version__, docs_url=None, openapi_url="/openapi.json", urls_namespace="api", auth=Session(), renderer=Renderer(),
    description="Records, figures and the journal of paired-region cooperation. Amounts are yuan as decimal strings.",
)  # fmt: skip
for _router in (api_figures.router, api_records.router, api_journal.router):
    api.add_router("", _router)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return api_problems.problem(403 if isinstance(refused, Forbidden) else 400, str(refused))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, missing: Http404) -> HttpResponse:
    return api_problems.not_there()


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    return api_problems.faults(wrong.errors)


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return api_problems.stranger()


@api.exception_handler(HttpError)
def _failed(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 403:
        return api_problems.problem(
            403, say("缺少表单令牌：写操作要在请求头 X-CSRFToken 里带上 Cookie csrftoken 的值。")
        )
    return api_problems.problem(400, say("请求的内容不是 JSON。"))


def _answering(view: Answering) -> Answering:
    """A view of the API: strangers get a problem and no sign-in page, and the reader's language is the request's."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        with reading.read_as(_reading_of(request)):
            signed_in = getattr(request, "actor", None) is not None
            response = view(request, *args, **given) if signed_in else api_problems.stranger()
            response.headers["Content-Language"] = reading.reading().html_language
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        request.scope_named = ""  # type: ignore[attr-defined]  # asking by the API moves no page to another pairing
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # the session checks the token itself, and tells it as a problem
    answer.open_to_all = True  # type: ignore[attr-defined]  # strangers are answered above
    return answer


def _reading_of(request: HttpRequest) -> reading.Reading:
    """The reader's choice on the pages, else the language the request accepts."""
    if reading.COOKIE in request.COOKIES:
        return reading.reading()
    return reading.Reading(language=get_language_from_request(request))


def addresses() -> list[URLPattern]:
    """The addresses of the API; whatever else is asked below it is no page of the site."""
    found: list[URLPattern] = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and str(pattern.pattern):
            found.append(path(f"api/v1/{pattern.pattern}", _answering(pattern.callback), name=f"api-{pattern.name}"))
    found.append(re_path(r"^api/v1/(?P<rest>(?s:.+))\Z", _answering(api_problems.no_such_address), name="api-else"))
    return found
