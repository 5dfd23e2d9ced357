"""The first page: what one may do here, and every figure of the pairing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from shanhai.asking import values
from shanhai.asking.scopes import by_code
from shanhai.base.language import say
from shanhai.figures.folding import Value
from shanhai.reference.models import Scope
from shanhai.web import listed, tiles
from shanhai.web.choosing import scope_of, writes
from shanhai.web.sessions import SignedIn
from shanhai.web.wording import area_words


@require_safe
def home(request: SignedIn) -> HttpResponse:
    """The figures of the pairing looked at, by area, and its lists of records."""
    scope = scope_of(request)
    if scope is None:
        lead = say("还没有登记任何结对关系，或您的账号还没有可查看的范围。请联系本单位的管理人员。")
        return render(request, "web/home.html", {"title": say("山海"), "lead": lead, "doors": _doors(request)})
    day = localdate()
    asked = by_code(scope.code)
    found = values.values(asked, values.window_of(asked, as_of=day))
    context = {
        "title": scope.name,
        "lead": f"{say(scope.get_scheme_display())} · {say(scope.get_level_display())} · {scope.code}",
        "doors": _doors(request),
        "groups": _groups(found, scope),
        "lists": listed.lists_of(scope),
        "as_of": day.isoformat(),
    }
    return render(request, "web/home.html", context)


def _doors(request: SignedIn) -> list[dict[str, str]]:
    upload = {
        "label": say("上传工作簿"),
        "url": reverse("upload"),
        "text": say("先试读：哪里要改、会改变哪些数字，看过再保存。"),
    }
    check = {
        "label": say("核对文章"),
        "url": reverse("check"),
        "text": say("稿件里的每个数字，与记录算出的数逐个对照。"),
    }
    return [upload, check] if writes(request) else [check]


def _groups(found: dict[str, Value], scope: Scope) -> list[dict[str, Any]]:
    groups = []
    for label, word in area_words().items():
        shown = [tiles.tile(name, value, scope) for name, value in found.items() if value.figure.area == label]
        if shown:
            groups.append({"label": word, "url": reverse("area", args=[label]), "tiles": shown})
    return groups
