"""What the frame of every page shows: who is signed in, the ways, the pairing looked at, what was just done."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse

from shanhai import __version__
from shanhai.access.sessions import Actor
from shanhai.access.terms import ROLES
from shanhai.base.language import noted, say
from shanhai.web.choosing import scope_of, scopes_of
from shanhai.web.job_told import work_of
from shanhai.web.menu import areas_of, tabs_of, ways_of
from shanhai.web.reading import UNITS, reading
from shanhai.web.tour import bar_of

#: What an act just did, by the word its redirect carries.
TOLD = {
    "signed_out": ("good", noted("已退出登录。")),
    "confirmed": ("good", noted("已记下：对方记录经本方确认。")),
    "disputed": ("late", noted("已记下：本方对这条记录有异议。")),
    "kept": ("good", noted("凭证已保存。")),
    "stopped": ("", noted("已取消，没有保存任何内容。")),
    "entered": ("good", noted("已保存：新登记一条。")),
    "corrected": ("good", noted("已保存更正；原值和理由留在下面的经过里。")),
    "drafted": ("good", noted("已暂存，还没有登记。可以以后再来填完。")),
    "dropped": ("good", noted("草稿已丢弃。")),
    "done": ("good", noted("已办好，并记入日志。")),
    "password_changed": ("good", noted("密码已修改；其他登录都已退出。")),
    "session_ended": ("good", noted("已结束。那里要再用，须重新登录。")),
    "factor_removed": ("good", noted("二次验证已停用。")),
}


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of base.html."""
    told = TOLD.get(request.GET.get("told", ""))
    frame: dict[str, Any] = {
        "release": __version__,
        "reading": _reading(request),
        "notes": [{"tone": told[0], "text": say(told[1])}] if told else [],
    }
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return frame
    try:
        scope = scope_of(request)
    except Http404:
        scope = None
    return frame | {
        "who": {
            "name": actor.name or actor.username,
            "office": _office(actor),
            "sign_out_url": reverse("sign-out"),
            "url": reverse("account"),
        },
        "ways": ways_of(request),
        "areas": areas_of(request),
        "work": work_of(actor),
        "tabs": tabs_of(request),
        "tour": bar_of(request),
        "example": bool(scope and scope.is_example),
        "scope": {
            "label": scope.name,
            "switch_url": reverse("switch-scope"),
            "next": request.path if request.method == "GET" else "/",
            "options": [
                {
                    "key": one.code,
                    "label": say("{name}（{code}）", name=one.name, code=one.code),
                    "selected": one == scope,
                }
                for one in scopes_of(request)
            ],
        }
        if scope
        else None,
    }


def _office(actor: Actor) -> str:
    """The roles held, in the order they are declared."""
    held = actor.roles()
    return say("、").join(say(role.zh) for role in ROLES.values() if role.code in held)


#: What a unit of money is called where it is chosen.
_UNIT_WORDS = {"auto": noted("自动"), "yuan": noted("元"), "wan": noted("万元"), "yi": noted("亿元")}


def _reading(request: HttpRequest) -> dict[str, Any]:
    """The language and the unit the page is written in, and the choices beside them."""
    now = reading()
    return {
        "html_language": now.html_language,
        "url": reverse("reading"),
        "next": request.get_full_path() if request.method == "GET" else "/",
        "languages": [
            {
                "value": code,
                "label": label,
                "selected": code == now.language,
                "lang": "zh-Hans" if code == "zh-hans" else code,
            }
            for code, label in settings.LANGUAGES
        ],
        "units": [{"value": code, "label": say(_UNIT_WORDS[code]), "selected": code == now.unit} for code in UNITS],
    }
