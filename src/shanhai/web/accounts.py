"""One's own account: what one may do, the password, the sessions open now."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from shanhai.access import accounts, attempts, passwords, second_factor
from shanhai.access.models import Grant
from shanhai.access.terms import ROLES, Stage
from shanhai.base.language import noted, say
from shanhai.journal.acts import KINDS
from shanhai.web import wording
from shanhai.web.grants_told import reach_told, side_told, time_told
from shanhai.web.sessions import SignedIn, address_of
from shanhai.web.signing_steps import new_password_fields, turn_session, waits_told

WRONG_OLD = noted("原密码不对。")


@require_safe
def page(request: SignedIn) -> HttpResponse:
    """My account."""
    return show(request)


def show(request: SignedIn, *, status: int = 200, **errors: str) -> HttpResponse:
    """The page; `errors` are by the name of the field they stand at."""
    factor = second_factor.in_force()
    context = {
        "account": {"username": request.actor.username, "name": request.actor.name},
        "grants": _grants(request), "duties": _duties(request),
        "password": {"action": reverse("account-password"), "fields": _password_fields(errors)},
        "factor": _factor(factor, errors), "sessions": _sessions(),
        "end_others_url": reverse("account-sessions-end"),
        "errors": [{"href": f"#id_{name}", "text": text} for name, text in errors.items() if text],
    }  # fmt: skip
    return render(request, "web/account.html", context, status=status)


def password_field(name: str, errors: dict[str, str]) -> dict[str, Any]:
    """The password one has, asked before something of the account changes."""
    told = {"type": "password", "required": True, "autocomplete": "current-password"}
    return told | {"name": name, "label": say("现在的密码"), "errors": [errors[name]] if errors.get(name) else []}


def _password_fields(errors: dict[str, str]) -> list[dict[str, Any]]:
    fields = new_password_fields(fault=errors.get("new_password", ""), again=errors.get("new_again", ""))
    return [password_field("old_password", errors), *fields]


def _factor(in_force: bool, errors: dict[str, str]) -> dict[str, Any]:
    address = reverse("account-factor-remove" if in_force else "account-factor-begin")
    fields = [password_field("factor_password", errors)]
    if in_force:
        code = {
            "name": "factor_code",
            "label": say("验证码或恢复码"),
            "required": True,
            "autocomplete": "one-time-code",
        }
        fields.append(code | {"short": True, "errors": [errors["factor_code"]] if errors.get("factor_code") else []})
    left = second_factor.recovery_left() if in_force else 0
    return {"in_force": in_force, "action": address, "fields": fields, "codes_left": left}


def _grants(request: SignedIn) -> list[dict[str, str]]:
    found = Grant.objects.filter(user_id=request.actor.user_id).select_related("scope").order_by("role", "id")
    return [
        {
            "role": say(ROLES[grant.role].zh), "sentence": say(ROLES[grant.role].sentence), "side": side_told(grant.side),
            "reach": reach_told(grant.reach, grant.scope.name if grant.scope else "", grant.region_code),
            "time": time_told(grant.first_on, grant.last_on),
        }
        for grant in found
    ]  # fmt: skip


def _duties(request: SignedIn) -> list[str]:
    held = request.actor.roles()
    return [say(kind.zh) for kind in KINDS.values() if held.intersection(kind.duties)]


def _sessions() -> list[dict[str, Any]]:
    return [
        {
            "opened": wording.moment(one["opened_at"]), "seen": wording.moment(one["seen_at"]),
            "until": wording.moment(one["expires_at"]), "address": one["address"], "agent": one["agent"][:120],
            "is_this": one["is_this"], "end_url": reverse("account-session-end", args=[one["id"]]),
        }
        for one in accounts.own_sessions()
    ]  # fmt: skip


def wrong_password(request: SignedIn, given: str) -> tuple[str, int]:
    """The sentence and the status where this is not one's password, or too many were wrong; else nothing."""
    names = attempts.names_of(request.actor.username, address_of(request))
    if seconds := attempts.wait(names):
        return waits_told(seconds), 429
    if passwords.verify_password(request.actor.username, given[: passwords.LONGEST + 1]):
        return "", 200
    attempts.failed(names)
    return say(WRONG_OLD), 400


@require_POST
def change_password(request: SignedIn) -> HttpResponse:
    """A new password, once the old one was right; all other sessions end, and this one goes on under a new token."""
    old, new = request.POST.get("old_password", ""), request.POST.get("new_password", "")
    again = "" if new == request.POST.get("new_again", "") else say("两次输入的新密码不一样。")
    fault = passwords.fault_of(new, username=request.actor.username, before=old)
    if fault or again:
        return show(request, status=400, new_password=fault, new_again=again)
    wrong, status = wrong_password(request, old)
    if wrong:
        return show(request, status=status, old_password=wrong)
    accounts.change_password(request.actor.user_id, new)
    attempts.succeeded(attempts.names_of(request.actor.username, ""))
    response = redirect(f"{reverse('account')}?told=password_changed")
    turn_session(request, response, request.actor.user_id, Stage.FULL)
    return response


@require_POST
def end_session(request: SignedIn, number: int) -> HttpResponse:
    """End one of one's own sessions."""
    accounts.end_own_sessions(number)
    return redirect(f"{reverse('account')}?told=session_ended")


@require_POST
def end_other_sessions(request: SignedIn) -> HttpResponse:
    """End all sessions but this one."""
    accounts.end_own_sessions()
    return redirect(f"{reverse('account')}?told=session_ended")
