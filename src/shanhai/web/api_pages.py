"""The API described for people: every operation with its parameters, from the description machines read."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.base.language import say
from shanhai.web.api import api
from shanhai.web.reading import reading


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every operation of the API."""
    schema = api.get_openapi_schema()
    context = {
        "title": say("接口"),
        "operations": list(_operations(schema)),
        "crumbs": [{"label": say("首页"), "url": "/"}],
    }
    return render(request, "web/api.html", context)


def _operations(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            yield {
                "method": method.upper(),
                "path": path,
                "summary": _in_language(told.get("summary", "")),
                "told": told.get("description", ""),
                "parameters": [_parameter(one) for one in told.get("parameters", [])],
                "body": "requestBody" in told,
            }


def _parameter(told: dict[str, Any]) -> dict[str, Any]:
    schema = told.get("schema", {})
    kinds = [one.get("type", "") for one in schema.get("anyOf", [schema])]
    return {
        "name": told["name"],
        "where": told["in"],
        "required": told.get("required", False),
        "kind": "/".join(kind for kind in kinds if kind and kind != "null"),
        "told": _in_language(told.get("description", "") or schema.get("description", "")),
    }


def _in_language(told: str) -> str:
    """The description in the language being read; machines read it in both, as `中文 / English`."""
    return told if reading().language == "zh-hans" else told.rpartition(" / ")[2]
