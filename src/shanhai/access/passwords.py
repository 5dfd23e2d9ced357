"""Passwords: what a good one is, whose it is, and the one that is handed out once."""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils import timezone

from shanhai.access.models import User
from shanhai.base.language import noted, say

SHORTEST = 10
LONGEST = 200
#: A password handed out opens the account within this, and has to be changed then.
HANDED_OUT_FOR = timedelta(days=7)
#: Letters and digits that are not taken for one another when read out or written down.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
_COMMON = CommonPasswordValidator()

_SHORT = noted("密码至少 {count} 个字符，可以是一句话。")
_LONG = noted("密码最多 {count} 个字符。")
_NAMED = noted("密码里不要用账号名。")
_USUAL = noted("这个密码太常见，容易被猜到。请换一个。")
_SAME = noted("新密码与原密码相同。请换一个。")


def verify_password(username: str, password: str) -> User | None:
    """The account whose password this is; none where it is switched off or what was handed out has run out."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        make_password(password)  # an unknown account takes as long as a wrong password
        return None
    if not check_password(password, user.password):
        return None
    return user if user.password_expires_at is None or user.password_expires_at > timezone.now() else None


def fault_of(password: str, *, username: str, before: str = "") -> str:
    """The sentence that says why a password is not taken; empty where it is."""
    if len(password) < SHORTEST:
        return say(_SHORT, count=SHORTEST)
    if len(password) > LONGEST:
        return say(_LONG, count=LONGEST)
    if username.lower() in password.lower():
        return say(_NAMED)
    if password.lower().strip() in _COMMON.passwords or len(set(password)) <= 3:
        return say(_USUAL)
    return say(_SAME) if password == before else ""


def handed_out() -> str:
    """A password that is told once: four groups of four letters and digits, about 79 bits."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(4))
