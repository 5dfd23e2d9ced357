"""The form of a grant: a role, how far it reaches, the side, the days; and the grant that is read from it."""

from datetime import date
from typing import Any

from shanhai.access.accounts import GrantWanted
from shanhai.access.terms import OPERATOR, ROLES, Role
from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.journal.terms import Side
from shanhai.web.choosing import scopes_of
from shanhai.web.sessions import SignedIn

_NO_DAY = noted("日期“{given}”看不懂。请写成 2026-01-31 的样子，或留空。")
_REGION = "region"


def grant_fields(request: SignedIn) -> list[dict[str, Any]]:
    """The fields of a grant, holding what was sent."""
    given = request.POST
    return [
        _select("role", say("角色"), [(role.code, _role_told(role)) for role in ROLES.values()], given),
        _select("where", say("适用面"), _places(request), given),
        {"name": "region_code", "label": say("行政区划代码（选“按行政区”时填）"), "value": given.get("region_code", ""),
         "inputmode": "numeric", "maxlength": 6, "short": True, "autocomplete": "off",
         "hint": say("六位代码；它参与的全部范围，包括以后新建的，都在其内。如 511381，或全市 511300。")},
        _select("side", say("所属方"), [*((side.value, say(str(side.label))) for side in Side), ("any", say("双方"))], given),
        {"name": "first_on", "label": say("开始日期"), "type": "date", "value": given.get("first_on", ""), "short": True,
         "hint": say("留空：立即开始。")},
        {"name": "last_on", "label": say("结束日期"), "type": "date", "value": given.get("last_on", ""), "short": True,
         "hint": say("留空：长期。挂职、借调人员请填到期日。")},
    ]  # fmt: skip


def _places(request: SignedIn) -> list[tuple[str, str]]:
    administered = {book.scope_id for book in request.actor.books if book.role == OPERATOR}
    found = [
        (str(one.pk), say("{name}（{code}）", name=one.name, code=one.code))
        for one in scopes_of(request)
        if one.pk in administered
    ]
    everything = [("all", say("全部范围"))] if request.actor.founds_scopes else []
    return [*found, (_REGION, say("按行政区（填下面的代码）")), *everything]


def _role_told(role: Role) -> str:
    return say("{name}：{value}", name=say(role.zh), value=say(role.sentence))


def _select(name: str, label: str, options: list[tuple[str, str]], given: Any) -> dict[str, Any]:
    chosen = given.get(name, "")
    told = [{"value": value, "label": text, "selected": value == chosen} for value, text in options]
    first = [{"value": "", "label": say("请选择"), "selected": not chosen}]
    return {"name": name, "label": label, "type": "select", "required": True, "options": first + told}


def grant_of(request: SignedIn) -> GrantWanted:
    """The grant a form asks for; whether it may be given, the database says."""
    given = request.POST
    where = given.get("where", "")
    reach = where if where in ("all", _REGION) else "scope"
    return GrantWanted(
        role=given.get("role", ""), reach=reach, side=given.get("side", ""),
        scope_id=int(where) if reach == "scope" and where.isascii() and where.isdecimal() and len(where) < 19 else None,
        region_code=given.get("region_code", "").strip()[:6] if reach == _REGION else "",
        first_on=day_of(given.get("first_on", "")), last_on=day_of(given.get("last_on", "")),
    )  # fmt: skip


def day_of(given: str) -> date | None:
    """A day as the field of a form gives it; nothing where it is left out."""
    try:
        return date.fromisoformat(given.strip()) if given.strip() else None
    except ValueError as unclear:
        raise Refused(say(_NO_DAY, given=given.strip()[:20])) from unclear
