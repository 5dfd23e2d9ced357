"""The administrator's list of accounts, and a new one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from shanhai.access import accounts
from shanhai.access.accounts import Account
from shanhai.access.terms import ROLES
from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.web import wording
from shanhai.web.grant_forms import grant_fields, grant_of
from shanhai.web.grants_told import reach_told, side_told, time_told
from shanhai.web.paging import numbered
from shanhai.web.sessions import Forbidden, SignedIn

_MOST = 50
_NOT_YOURS = noted("账号和授权由管理员办理；您的账号没有这项职责。")
REASON_HINT = noted("写进日志，长期保存：谁提出的，依据哪份文件或哪件事。")


def administrators_only(request: SignedIn) -> None:
    """Refuse whoever administers nothing; how far an administrator reaches, the database says."""
    if not request.actor.administers:
        raise Forbidden(say(_NOT_YOURS))


def sections(current: str) -> list[dict[str, Any]]:
    """The pages of the administration, as tabs."""
    pages = (
        ("administration", say("账号")),
        ("administration-scopes", say("范围与读者")),
        ("administration-rights", say("谁可以做什么")),
    )
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in pages]


@require_safe
def page(request: SignedIn) -> HttpResponse:
    """Every account within the administrator's reach."""
    administrators_only(request)
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    found = [one for one in accounts.accounts() if sought.lower() in f"{one.username} {one.name}".lower()]
    given = request.GET.get("page", "")
    number = max(1, min(int(given) if given.isdecimal() and len(given) < 7 else 1, -(-len(found) // _MOST)))
    shown = found[(number - 1) * _MOST : number * _MOST]
    context = {
        "tabs": sections("administration"), "sought": sought, "count": len(found), "table": _table(shown),
        "pages": numbered(number, len(found), _MOST, lambda at: wording.with_query(reverse("administration"), q=sought, page=at)),
        "new_url": reverse("administration-new"),
    }  # fmt: skip
    return render(request, "web/administration.html", context)


def _table(found: list[Account]) -> dict[str, Any]:
    names = (say("账号"), say("显示名"), say("状态"), say("授权"), say("最近使用"))
    return {
        "caption": say("账号"), "hide_caption": True, "stack": True,
        "columns": [{"label": name} for name in names],
        "rows": [{"cells": _cells(one, names)} for one in found],
        "empty": {"text": say("没有找到账号。")},
    }  # fmt: skip


def _cells(one: Account, names: tuple[str, ...]) -> list[dict[str, Any]]:
    seen = one.facts["last_seen_at"]
    live = [grant for grant in one.grants if not grant["is_over"]]
    return [
        {"text": one.username, "url": reverse("administration-account", args=[one.username]), "head": True, "label": names[0]},
        {"text": one.name, "label": names[1]},
        {"badge": state_of(one), "note": say("；").join(notes_of(one)), "label": names[2]},
        {"text": "；".join(grant_told(grant) for grant in live) or say("没有有效的授权"), "label": names[3]},
        {"text": wording.moment(seen) if seen else "–", "label": names[4]},
    ]  # fmt: skip


def state_of(one: Account) -> dict[str, str]:
    """Whether the account can be signed in to."""
    if not one.is_active:
        return {"code": "withdrawn", "label": say("停用")}
    if one.facts["waits_until_at"]:
        return {"code": "late", "label": say("登录等待")}
    return {"code": "achieved", "label": say("启用")}


def notes_of(one: Account) -> list[str]:
    """What else there is to know of an account."""
    facts = one.facts
    found = [say("只在命令行使用")] if one.works_alone else []
    found += [say("二次验证已启用")] if facts["enrolled"] else []
    found += [say("尚未换掉一次性密码")] if facts["is_password_handed_out"] else []
    if facts["waits_until_at"]:
        found.append(say("等到 {moment}", moment=wording.moment(facts["waits_until_at"])))
    return found


def grant_told(grant: dict[str, Any]) -> str:
    """A grant in one line."""
    region = say("{name}（{code}）", name=grant["region_name"] or "", code=grant["region_code"])
    parts = [
        say(ROLES[grant["role"]].zh), reach_told(grant["reach"], grant["scope_name"] or "", region),
        side_told(grant["side"]), time_told(grant["first_on"], grant["last_on"]),
    ]  # fmt: skip
    return " · ".join(parts)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """A new account with its first grant; its password is told this once."""
    administrators_only(request)
    if request.method != "POST":
        return _new_page(request)
    username, name = request.POST.get("username", "").strip(), request.POST.get("name", "").strip()
    try:
        _, password = accounts.make_account(
            username=username[:60], name=name[:60], grant=grant_of(request), reason=request.POST.get("reason", "")[:500]
        )
    except Refused as refused:
        return _new_page(request, error=str(refused))
    return handed_out_page(request, username, name, password)


def _new_page(request: SignedIn, *, error: str = "") -> HttpResponse:
    given = request.POST
    fields: list[dict[str, Any]] = [
        {"name": "username", "label": say("账号名"), "value": given.get("username", ""), "required": True, "autocomplete": "off",
         "maxlength": 40, "hint": say("登录时输入的名字，如单位简称加姓名拼音；定了不再改。"), "errors": [error] if error else []},
        {"name": "name", "label": say("显示名"), "value": given.get("name", ""), "required": True, "autocomplete": "off",
         "maxlength": 60, "hint": say("出现在日志和记录里，如“阆中协作办 张三”。")},
        *grant_fields(request),
        reason_field("reason", given.get("reason", "")),
    ]  # fmt: skip
    errors = [{"href": "#id_username", "text": error}] if error else []
    context = {"tabs": sections(""), "fields": fields, "errors": errors, "crumbs": crumbs()}
    return render(request, "web/administration_new.html", context, status=400 if error else 200)


def crumbs() -> list[dict[str, str]]:
    """The way back to the list."""
    return [{"label": say("管理"), "url": reverse("administration")}]


def reason_field(name: str, value: str = "", *, error: str = "") -> dict[str, Any]:
    """Why an act is done; every act of an administrator says so."""
    return {
        "name": name, "label": say("事由"), "value": value, "required": True, "maxlength": 500, "autocomplete": "off",
        "hint": say(REASON_HINT), "errors": [error] if error else [],
    }  # fmt: skip


def handed_out_page(request: SignedIn, username: str, name: str, password: str) -> HttpResponse:
    """The password of somebody else, told this once."""
    context = {
        "tabs": sections(""), "crumbs": crumbs(), "username": username, "name": name, "password": password,
        "account_url": reverse("administration-account", args=[username]),
    }  # fmt: skip
    return render(request, "web/administration_handed_out.html", context)
