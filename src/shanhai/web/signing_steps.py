"""The steps between a right password and being signed in: a code, a password of one's own, a second factor.

Each step done ends the session it was done in and opens another under a new token, so that no token known before
opens more than it did.
"""

from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from shanhai.access import accounts, attempts, passwords, second_factor
from shanhai.access.sessions import LIFETIME, STEP, Step, carry, end_session, open_session
from shanhai.access.terms import Stage
from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.web.factor_pages import codes_page, enrolling
from shanhai.web.sessions import COOKIE, STEPS, SignedIn, address_of, at_stages, keep_cookie

_WRONG_CODE = noted("验证码不对，或者已经用过。请核对手机时间，等下一个验证码再试；手机不在身边可用一个恢复码。")
_WAIT = noted("连续多次没有登录成功，请等 {minutes} 分钟后再试。急用请找管理员解除等待。")
_TWICE = noted("两次输入的新密码不一样。")


def waits_told(seconds: int) -> str:
    """The sentence that asks to wait."""
    return say(_WAIT, minutes=ceil(seconds / 60))


def enter(request: SignedIn, user_id: int, username: str, *, wanted: str, code_given: bool = False) -> HttpResponse:
    """Lead on to the step that is missing, or to the page wanted where none is."""
    stage = second_factor.next_stage(user_id, code_given=code_given)
    address = wanted if stage is Stage.FULL else f"{reverse(STEPS[stage])}?next={_quoted(wanted)}"
    response = HttpResponseRedirect(address)
    turn_session(request, response, user_id, stage)
    if stage is not Stage.CODE:
        attempts.succeeded(attempts.names_of(username, ""))
    return response


def turn_session(request: SignedIn, response: HttpResponse, user_id: int, stage: Stage) -> None:
    """End the session of the request, whatever it was, and open another under a new token."""
    if request.token:
        end_session()
    agent = str(request.META.get("HTTP_USER_AGENT", ""))[:200].replace("\x00", "")
    token = open_session(user_id, stage=stage, address=address_of(request), agent=agent)
    carry(token)
    if stage is Stage.FACTOR:
        second_factor.begin(user_id)
    rotate_token(request)
    keep_cookie(response, COOKIE, token, seconds=int((LIFETIME if stage is Stage.FULL else STEP).total_seconds()))


def _quoted(wanted: str) -> str:
    return wanted.replace("%", "%25").replace("&", "%26").replace("#", "%23").replace("+", "%2B")


def _wanted(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or "/"
    within = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if within else "/"


def _step(request: SignedIn) -> Step:
    assert request.step is not None
    return request.step


@at_stages(Stage.CODE)
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: SignedIn) -> HttpResponse:
    """The code of the second factor, or a recovery code."""
    if request.actor:
        return HttpResponseRedirect("/")
    if request.method != "POST":
        return _code_page(request)
    step = _step(request)
    names = attempts.names_of(step.username, address_of(request))
    if seconds := attempts.wait(names):
        return _code_page(request, error=waits_told(seconds), status=429)
    if not second_factor.is_right(request.POST.get("code", "")[:40]):
        attempts.failed(names)
        return _code_page(request, error=say(_WRONG_CODE), status=400)
    return enter(request, step.user_id, step.username, wanted=_wanted(request), code_given=True)


def _code_page(request: SignedIn, *, error: str = "", status: int = 200) -> HttpResponse:
    field = {
        "name": "code", "label": say("验证码"), "required": True, "autocomplete": "one-time-code", "short": True,
        "inputmode": "text", "maxlength": 40, "errors": [error] if error else [],
        "hint": say("打开手机上的验证器，输入现在显示的六位数字；或输入一个恢复码。"),
    }  # fmt: skip
    return _page(request, say("输入验证码"), [field], address="sign-in-code", status=status)


@at_stages(Stage.PASSWORD)
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: SignedIn) -> HttpResponse:
    """A password of one's own in place of the one that was handed out."""
    if request.actor:
        return HttpResponseRedirect("/")
    if request.method != "POST":
        return _password_page(request)
    step, new = _step(request), request.POST.get("new_password", "")[: passwords.LONGEST + 1]
    fault = passwords.fault_of(new, username=step.username)
    if passwords.verify_password(step.username, new):
        fault = say("新密码与发给您的一次性密码相同。请换一个。")
    again = say(_TWICE) if new != request.POST.get("new_again", "") else ""
    if fault or again:
        return _password_page(request, fault=fault, again=again, status=400)
    accounts.change_password(step.user_id, new)
    return enter(request, step.user_id, step.username, wanted=_wanted(request), code_given=True)


def _password_page(request: SignedIn, *, fault: str = "", again: str = "", status: int = 200) -> HttpResponse:
    fields = new_password_fields(fault=fault, again=again)
    lead = say("您用的是管理员发给的一次性密码。请先换成自己的密码，别人不知道的。")
    return _page(request, say("设置自己的密码"), fields, address="sign-in-password", lead=lead, status=status)


def new_password_fields(*, fault: str = "", again: str = "") -> list[dict[str, Any]]:
    """The new password, twice."""
    told: dict[str, Any] = {"type": "password", "required": True, "autocomplete": "new-password"}
    hint = say("至少 {count} 个字符，可以是一句只有自己知道的话；不要用账号名和常见的密码。", count=passwords.SHORTEST)
    first = {"name": "new_password", "label": say("新密码"), "hint": hint, "errors": [fault] if fault else []}
    second = {"name": "new_again", "label": say("再输一次新密码"), "errors": [again] if again else []}
    return [told | first, told | second]


@at_stages(Stage.FACTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: SignedIn) -> HttpResponse:
    """The second factor that the home demands of this role."""
    if request.actor:
        return HttpResponseRedirect("/")
    step, wanted = _step(request), _wanted(request)
    lead = say("您的角色须用手机验证码登录。现在启用，以后每次登录在密码之后再输入一个验证码。")
    told = {"action": reverse("sign-in-factor"), "lead": lead, "next": wanted}
    if request.method != "POST":
        return enrolling(request, step.username, told)
    try:
        codes = second_factor.enrol(request.POST.get("code", "")[:40])
    except Refused as refused:
        return enrolling(request, step.username, told, error=str(refused))
    response = codes_page(request, codes, onward=wanted)
    turn_session(request, response, step.user_id, second_factor.next_stage(step.user_id, code_given=True))
    return response


def _page(
    request: SignedIn, title: str, fields: list[dict[str, Any]], *, address: str, lead: str = "", status: int = 200
) -> HttpResponse:
    errors = [{"href": f"#id_{field['name']}", "text": text} for field in fields for text in field.get("errors", ())]
    context = {
        "title": title, "lead": lead, "action": reverse(address), "next": _wanted(request), "fields": fields, "errors": errors,
        "sign_out_url": reverse("sign-out"),
    }  # fmt: skip
    return render(request, "web/sign_in_step.html", context, status=status)
