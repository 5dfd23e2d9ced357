"""The second factor of one's own account: begun with the password, put in force by a first code, taken off with both."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from shanhai.access import attempts, second_factor
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.web.accounts import show, wrong_password
from shanhai.web.factor_pages import codes_page, enrolling
from shanhai.web.sessions import SignedIn, address_of


@require_POST
def begin(request: SignedIn) -> HttpResponse:
    """Lay down a secret, once the password was right."""
    wrong, status = wrong_password(request, request.POST.get("factor_password", ""))
    if wrong:
        return show(request, status=status, factor_password=wrong)
    second_factor.begin(request.actor.user_id)
    return redirect("account-factor")


@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: SignedIn) -> HttpResponse:
    """The secret being enrolled; a first code puts it in force and tells the recovery codes."""
    lead = say("启用之后，每次登录在密码之后再输入手机验证器上的验证码。")
    told = {"action": reverse("account-factor"), "lead": lead, "next": reverse("account")}
    if request.method != "POST":
        return enrolling(request, request.actor.username, told)
    try:
        codes = second_factor.enrol(request.POST.get("code", "")[:40])
    except Refused as refused:
        return enrolling(request, request.actor.username, told, error=str(refused))
    return codes_page(request, codes, onward=reverse("account"))


@require_POST
def remove(request: SignedIn) -> HttpResponse:
    """Take the second factor off, with the password and a code; not where the home demands one."""
    if second_factor.demanded(request.actor.roles() | _everywhere(request)):
        raise Refused(say("您的角色须用二次验证登录，不能停用。换手机时请管理员重设，再重新启用。"))
    wrong, status = wrong_password(request, request.POST.get("factor_password", ""))
    if wrong:
        return show(request, status=status, factor_password=wrong)
    if not second_factor.is_right(request.POST.get("factor_code", "")[:40]):
        attempts.failed(attempts.names_of(request.actor.username, address_of(request)))
        return show(request, status=400, factor_code=say("验证码不对，或者已经用过。"))
    second_factor.remove(request.actor.user_id)
    return redirect(f"{reverse('account')}?told=factor_removed")


def _everywhere(request: HttpRequest) -> set[str]:
    """An administrator of a region without scopes holds the role all the same."""
    return {"operator"} if request.actor.administers else set()  # type: ignore[attr-defined]
