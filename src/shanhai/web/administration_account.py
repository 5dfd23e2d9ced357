"""One account as its administrator keeps it: what is done to it, its grants, and what the journal says of it."""

import json
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from shanhai.access import accounts
from shanhai.access.accounts import Account
from shanhai.access.terms import ROLES
from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.journal.acts import KINDS
from shanhai.web import wording
from shanhai.web.administration import (
    administrators_only,
    crumbs,
    grant_told,
    handed_out_page,
    notes_of,
    reason_field,
    sections,
    state_of,
)
from shanhai.web.grant_forms import day_of, grant_fields, grant_of
from shanhai.web.grants_told import reach_told, side_told, time_told
from shanhai.web.sessions import SignedIn

#: What can be done to an account: its word in the address, what the button says, what follows from it.
_ACTS = {
    "stop": (noted("停用账号"), noted("马上退出登录，不能再登录；授权和记录都保留，可以重新启用。")),
    "resume": (noted("重新启用账号"), noted("可以再登录，原有授权照旧。")),
    "password": (noted("重设密码"), noted("马上退出登录；显示一次一次性密码，七天内有效，本人登录时必须换掉。")),
    "factor": (
        noted("重设二次验证"),
        noted("手机丢失或更换时用：马上退出登录，原来的验证器和恢复码作废，本人重新启用。"),
    ),
    "unlock": (noted("解除登录等待"), noted("清除失败次数，本人可以马上再试。")),
}
_CHANGES = {
    "is_active": noted("启用"),
    "is_password_handed_out": noted("须改密码"),
    "second_factor": noted("二次验证"),
    "last_on": noted("结束日期"),
}


def account_named(username: str) -> Account:
    """An account within the administrator's reach; any other is not there."""
    found = next((one for one in accounts.accounts() if one.username == username), None)
    if found is None:
        raise Http404
    return found


@require_safe
def page(request: SignedIn, username: str) -> HttpResponse:
    """One account."""
    administrators_only(request)
    return _show(request, account_named(username))


def _show(request: SignedIn, one: Account, *, act: str = "", error: str = "") -> HttpResponse:
    errors = [{"href": f"#id_reason_{act}", "text": error}] if error else []
    context = {
        "tabs": sections(""), "crumbs": crumbs(), "account": one, "state": state_of(one), "facts": notes_of(one),
        "errors": errors, "why_not": _why_not(request, one), "acts": _acts(request, one, act, error),
        "grants": [_grant(request, grant, act, error) for grant in one.grants], "give": _give(request, one, act, error),
        "history": [_line(line) for line in accounts.history_of(one.id)],
    }  # fmt: skip
    return render(request, "web/administration_account.html", context, status=400 if error else 200)


def _why_not(request: SignedIn, one: Account) -> str:
    if one.kept:
        return ""
    if one.id == request.actor.user_id:
        return say("这是您自己的账号：密码和二次验证在“我的账号”里办，授权由另一位管理员办。")
    if one.works_alone:
        return say("这个账号只在命令行使用，在命令行管理。")
    return say("这个账号还有您管理范围以外的授权，由管得着全部授权的管理员来办；您只能给出和结束自己范围内的授权。")


def _acts(request: SignedIn, one: Account, act: str, error: str) -> list[dict[str, Any]]:
    if not one.kept:
        return []
    offered = ["stop" if one.is_active else "resume", "password"]
    offered += ["factor"] if one.facts["enrolled"] else []
    offered += ["unlock"] if one.facts["waits_until_at"] else []
    return [
        {
            "label": say(_ACTS[word][0]), "told": say(_ACTS[word][1]), "warn": word == "stop", "open": word == act,
            "action": reverse("administration-act", args=[one.username, word]),
            "fields": [_reason(request, word, act, error)],
        }
        for word in offered
    ]  # fmt: skip


def _reason(request: SignedIn, word: str, act: str, error: str) -> dict[str, Any]:
    mine = word == act
    return reason_field(
        f"reason_{word}", request.POST.get(f"reason_{word}", "") if mine else "", error=error if mine else ""
    )


def _grant(request: SignedIn, grant: dict[str, Any], act: str, error: str) -> dict[str, Any]:
    word = f"end{grant['id']}"
    state = ("withdrawn", say("已结束")) if grant["is_over"] else ("achieved", say("有效"))
    state = state if grant["is_live"] or grant["is_over"] else ("planned", say("未开始"))
    day = {
        "name": f"last_on_{word}", "label": say("最后一天"), "type": "date", "required": True, "short": True,
        "value": localdate().isoformat(), "hint": say("到这一天结束时失效；要马上失效，请填昨天（{day}）。", day=localdate() - timedelta(days=1)),
    }  # fmt: skip
    may_end = not grant["is_over"] and grant["user_id"] != request.actor.user_id
    return {
        "told": grant_told(grant), "state": {"code": state[0], "label": state[1]}, "open": word == act,
        "action": reverse("administration-end-grant", args=[grant["id"]]) if may_end else "",
        "fields": [day, _reason(request, word, act, error)],
    }  # fmt: skip


def _give(request: SignedIn, one: Account, act: str, error: str) -> dict[str, Any] | None:
    if not one.is_active or one.works_alone or one.id == request.actor.user_id:
        return None
    return {
        "action": reverse("administration-give", args=[one.username]), "open": act == "give",
        "fields": [*grant_fields(request), _reason(request, "give", act, error)],
    }  # fmt: skip


def _line(line: dict[str, Any]) -> dict[str, Any]:
    kind = KINDS.get(line["code"])
    before, after = (json.loads(line[name]) if line[name] else {} for name in ("before", "after"))
    changes = [
        {"field": say(_CHANGES[name]), "before": _told(before.get(name)), "after": _told(after.get(name))}
        for name in _CHANGES
        if before and before.get(name) != after.get(name)
    ]
    if line["record_type"] == "access.grant" and not before:
        changes = [{"field": say("授权"), "before": "", "after": _given(after)}]
    return {
        "entry": line["seq"], "act": say(kind.zh) if kind else line["code"], "when": wording.moment(line["acted_at"]),
        "who": line["acted_by_name"] or line["acted_by"], "reason": line["reason"], "changes": changes,
    }  # fmt: skip


def _given(grant: dict[str, Any]) -> str:
    days = [date.fromisoformat(grant[name]) if grant[name] else None for name in ("first_on", "last_on")]
    reach = reach_told(grant["reach"], say("单个范围"), grant["region_code"])
    return " · ".join([say(ROLES[grant["role"]].zh), reach, side_told(grant["side"]), time_told(*days)])


def _told(value: object) -> str:
    return (say("是") if value else say("否")) if isinstance(value, bool) else str(value or "")


@require_POST
def act(request: SignedIn, username: str, word: str) -> HttpResponse:
    """Do to an account what a button says, with its reason."""
    administrators_only(request)
    one = account_named(username)
    reason = request.POST.get(f"reason_{word}", "")[:500]
    try:
        password = _done(word, one, reason)
    except Refused as refused:
        return _show(request, one, act=word, error=str(refused))
    if password:
        return handed_out_page(request, one.username, one.name, password)
    return redirect(wording.with_query(reverse("administration-account", args=[username]), told="done"))


def _done(word: str, one: Account, reason: str) -> str:
    if word == "password":
        return accounts.reset_password(one.id, reason=reason)
    if word in ("stop", "resume"):
        accounts.switch_account(one.id, active=word == "resume", reason=reason)
    elif word == "factor":
        accounts.reset_factor(one.id, reason=reason)
    elif word == "unlock":
        accounts.unlock(one.id, reason=reason)
    else:
        raise Http404
    return ""


@require_POST
def give(request: SignedIn, username: str) -> HttpResponse:
    """Give the account a role."""
    administrators_only(request)
    one = account_named(username)
    try:
        accounts.give_grant(one.id, grant=grant_of(request), reason=request.POST.get("reason_give", "")[:500])
    except Refused as refused:
        return _show(request, one, act="give", error=str(refused))
    return redirect(wording.with_query(reverse("administration-account", args=[username]), told="done"))


@require_POST
def end_grant(request: SignedIn, number: int) -> HttpResponse:
    """End a grant with a day."""
    administrators_only(request)
    one = next((one for one in accounts.accounts() if any(grant["id"] == number for grant in one.grants)), None)
    if one is None:
        raise Http404
    word = f"end{number}"
    try:
        last_on = day_of(request.POST.get(f"last_on_{word}", ""))
        if last_on is None:
            raise Refused(say("请填最后一天。"))
        accounts.end_grant(number, last_on=last_on, reason=request.POST.get(f"reason_{word}", "")[:500])
    except Refused as refused:
        return _show(request, one, act=word, error=str(refused))
    return redirect(wording.with_query(reverse("administration-account", args=[one.username]), told="done"))
