"""What the frame of every page shows: who is signed in, the ways, the pairing looked at, what was just done."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from shanhai import __version__
from shanhai.access.sessions import Actor
from shanhai.access.terms import ROLES
from shanhai.web.choosing import scope_of, scopes_of, writes

#: What an act just did, by the word its redirect carries.
TOLD = {
    "signed_out": ("good", "已退出登录。"),
    "confirmed": ("good", "已记下：对方记录经本方确认。"),
    "disputed": ("late", "已记下：本方对这条记录有异议。"),
    "kept": ("good", "凭证已保存。"),
}


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of base.html."""
    told = TOLD.get(request.GET.get("told", ""))
    frame: dict[str, Any] = {"release": __version__, "notes": [{"tone": told[0], "text": told[1]}] if told else []}
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return frame
    try:
        scope = scope_of(request)
    except Http404:
        scope = None
    return frame | {
        "who": {"name": actor.name or actor.username, "office": _office(actor), "sign_out_url": reverse("sign-out")},
        "ways": _ways(request),
        "example": bool(scope and scope.is_example),
        "scope": {
            "label": scope.name,
            "switch_url": reverse("switch-scope"),
            "next": request.path if request.method == "GET" else "/",
            "options": [
                {"key": one.code, "label": f"{one.name}（{one.code}）", "selected": one == scope}
                for one in scopes_of(request)
            ],
        }
        if scope
        else None,
    }


def _office(actor: Actor) -> str:
    """The roles held, in the order they are declared."""
    held = actor.roles()
    return "、".join(role.zh for role in ROLES.values() if role.code in held)


def _ways(request: HttpRequest) -> list[dict[str, Any]]:
    ways = [("首页", reverse("home")), ("核对文章", reverse("check"))]
    if writes(request):  # type: ignore[arg-type]  # asked only where somebody is signed in
        ways.insert(1, ("上传工作簿", reverse("upload")))
    return [
        {"label": label, "url": url, "current": request.path == url or (url != "/" and request.path.startswith(url))}
        for label, url in ways
    ]
