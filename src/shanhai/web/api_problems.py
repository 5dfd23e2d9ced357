"""What goes wrong in the API, told by RFC 9457 (problem+json) in the reader's language."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from shanhai.base.language import noted, say

MEDIA = "application/problem+json"
TITLES = {
    400: noted("没有办成"),
    401: noted("还没有登录"),
    403: noted("不是您的职责"),
    404: noted("没有这一项"),
    405: noted("不支持这种方法"),
    422: noted("参数不对"),
}
#: Kinds of faults in what was given, by the first part of the validator's own code.
_FAULTS = {
    "missing": noted("缺少“{name}”。"),
    "date": noted("“{name}”应是 2024-06-30 这样的日期，在 1900 年到 2200 年之间。"),
    "int": noted("“{name}”应是整数，在允许的范围内。"),
    "greater": noted("“{name}”应是整数，在允许的范围内。"),
    "less": noted("“{name}”应是整数，在允许的范围内。"),
    "json": noted("请求的内容不是 JSON。"),
}


def problem(status: int, detail: str, *, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """A problem as an answer."""
    told = {
        "type": "about:blank",
        "title": say(TITLES[status]),
        "status": status,
        "detail": detail,
        "errors": errors or [],
    }
    return JsonResponse(told, status=status, content_type=MEDIA, json_dumps_params={"ensure_ascii": False})


def stranger() -> HttpResponse:
    """Nobody is signed in."""
    return problem(401, say("请先登录；接口与网页用同一个登录会话（Cookie）。"))


def not_there() -> HttpResponse:
    """It is not there, or not for this reader; which of the two is not told."""
    return problem(404, say("没有这一项，或不在您的范围内。"))


def no_such_address(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The page of an address the API does not have."""
    return problem(404, say("接口没有这个地址。说明见 /api/v1/。"))


def faults(found: list[dict[str, Any]]) -> HttpResponse:
    """Parameters or a body that cannot be read, each with a sentence."""
    sentences = [_sentence(one) for one in found]
    places = [[str(part) for part in one.get("loc", ())] for one in found]
    errors = [{"where": place, "detail": told} for place, told in zip(places, sentences, strict=True)]
    return problem(422, " ".join(sentences), errors=errors)


def _sentence(fault: dict[str, Any]) -> str:
    place = fault.get("loc") or ("",)
    name = str(place[-1])
    kind = str(fault.get("type", "")).partition("_")[0]
    return str(say(_FAULTS.get(kind, noted("“{name}”的值不符合说明。")), name=name))
