"""The home of a pairing: what waits, targets and money, figures by field, what changed lately, every area's first figures."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from shanhai.asking import values
from shanhai.asking.scopes import Asked, among
from shanhai.base.language import say
from shanhai.figures import declare as figures
from shanhai.figures.folding import Value
from shanhai.reference.models import Scope
from shanhai.web import declare, listed, tiles
from shanhai.web.choosing import scope_of, scopes_of, writes
from shanhai.web.declare import Look
from shanhai.web.home_fields import by_field
from shanhai.web.home_lately import lately
from shanhai.web.home_words import words_waiting
from shanhai.web.memory import remembered
from shanhai.web.sessions import SignedIn
from shanhai.web.wording import area_words
from shanhai.web.words_asked import TITLE

#: How many figures of each area stand on the home page; the area's own page has all.
FIRST = 4


@remembered
@require_safe
def home(request: SignedIn) -> HttpResponse:
    """The home of the pairing looked at."""
    scope = scope_of(request)
    if scope is None:
        lead = say("还没有登记任何结对关系，或您的账号还没有可查看的范围。请联系本单位的管理人员。")
        return render(request, "web/home.html", {"title": say("山海"), "lead": lead, "doors": _doors(request)})
    return render(request, "web/home.html", _context(request, scope))


def _context(request: SignedIn, scope: Scope) -> dict[str, Any]:
    day, asked = localdate(), among(scope, scopes_of(request))
    look = Look(request.actor, asked, day)
    return {
        "title": scope.name,
        "lead": f"{say(scope.get_scheme_display())} · {say(scope.get_level_display())} · {scope.code}",
        "waiting": [*words_waiting(look), *declare.all_waiting(look)],
        "doors": _doors(request),
        "sections": _sections(look),
        "fields": by_field(asked, day),
        "lately": lately(scope),
        "groups": _groups(_values(asked, day), scope),
        "lists": listed.lists_of(scope),
        "as_of": day.isoformat(),
    }


def _sections(look: Look) -> list[dict[str, Any]]:
    made = ((one, one.part(look)) for one in declare.HOME_SECTIONS)
    return [
        {"title": say(one.zh), "template": one.template, "url": part.get("url", ""), "part": part}
        for one, part in made
        if part is not None
    ]


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
    words = {
        "label": say(TITLE),
        "url": reverse("words"),
        "text": say("跨区域的记录，对方确认了没有、为什么有异议、等了多久、下一步谁办。"),
    }
    return [upload, check, words] if writes(request) else [check, words]


def _values(asked: Asked, day: Any) -> dict[str, Value]:
    first = [figure for label in area_words() for figure in figures.registry().of_area(label)[:FIRST]]
    return values.values(asked, values.window_of(asked, as_of=day), figures=first)


def _groups(found: dict[str, Value], scope: Scope) -> list[dict[str, Any]]:
    groups = []
    for label, word in area_words().items():
        shown = [tiles.tile(name, value, scope) for name, value in found.items() if value.figure.area == label]
        if shown:
            more = len(figures.registry().of_area(label)) - len(shown)
            groups.append({"label": word, "url": reverse("area", args=[label]), "tiles": shown, "more": more})
    return groups
