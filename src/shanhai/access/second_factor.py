"""The second factor: one-time codes by time (RFC 6238) and recovery codes, each good once.

The secret lies sealed under the home's master key, bound to its account; it is shown while it is being enrolled and
never again. Recovery codes are kept as keyed fingerprints. What is used is noted by the database.
"""

import hashlib
import hmac
import re
import secrets
import time

import pyotp
from django.conf import settings
from django.db import connection

from shanhai.access.sessions import proof
from shanhai.access.terms import Stage
from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.reference import vault

ISSUER = "Shanhai"
_STEP = 30
#: A clock may be off by so many steps, before or after.
_DRIFT = 1
RECOVERY_CODES = 10
_PURPOSE = "second factor"
_GROUPS = re.compile(r"[a-z2-7]{16}")
_GONE = noted("二次验证的密钥已经不在了。请重新开始启用。")
_WRONG = noted("验证码不对，或者已经用过。请核对手机时间，等下一个验证码再试。")


def demanded(roles: set[str]) -> bool:
    """Whether the home demands a second factor of who holds these roles."""
    wanted: frozenset[str] = settings.SECOND_FACTOR_ROLES
    return "all" in wanted or not wanted.isdisjoint(roles)


_MISSING = """
    SELECT u.is_password_handed_out, access_enrolled(u.id), ARRAY(
        SELECT g.role FROM access_grant g WHERE g.user_id = u.id
        AND coalesce(g.first_on, '-infinity') <= access_today() AND coalesce(g.last_on, 'infinity') >= access_today())
    FROM access_user u WHERE u.id = %s
"""


def next_stage(user_id: int, *, code_given: bool) -> Stage:
    """What is still missing before somebody whose password was right is wholly signed in."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [user_id])
        handed_out, enrolled, roles = cursor.fetchone()
    if enrolled and not code_given:
        return Stage.CODE
    if handed_out:
        return Stage.PASSWORD
    return Stage.FULL if enrolled or not demanded(set(roles)) else Stage.FACTOR


def begin(user_id: int) -> None:
    """Lay down a new secret, not in force until a code of it was given; one in force stays."""
    sealed = vault.seal_value(_PURPOSE, str(user_id), pyotp.random_base32())
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_begin_factor(%s, %s)", [sealed, proof("begin", user_id, sealed)])


def _own() -> tuple[int, str, bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, sealed, enrolled FROM access_factor()")
        row = cursor.fetchone()
    if row is None:
        raise Refused(say(_GONE))
    return row[0], vault.open_value(_PURPOSE, str(row[0]), row[1]), row[2]


def in_force() -> bool:
    """Whether the carried session's own account has a second factor."""
    return _asked("SELECT coalesce((SELECT enrolled FROM access_factor()), %s)", False)


def shown_once(username: str) -> tuple[str, str] | None:
    """The secret as text and as the address of its QR code, while it is being enrolled; nothing once it is in force."""
    try:
        _, secret, enrolled = _own()
    except Refused:
        return None
    if enrolled:
        return None
    grouped = " ".join(re.findall(".{1,4}", secret))
    return grouped, pyotp.TOTP(secret, interval=_STEP).provisioning_uri(name=username, issuer_name=ISSUER)


def is_right(code: str) -> bool:
    """Whether a code of the second factor in force, or a recovery code, is right; it is used up by being asked."""
    plain = re.sub(r"[\s-]", "", code).lower()
    user_id, secret, enrolled = _own()
    if not enrolled:
        return False
    if _GROUPS.fullmatch(plain):
        return _asked("SELECT access_use_recovery(%s)", _fingerprint(user_id, plain))
    step = _step_of(secret, plain)
    return step is not None and _asked("SELECT access_use_step(%s)", step)


def enrol(code: str) -> list[str]:
    """Put the secret in force by a first code; answers the recovery codes, which are told once."""
    user_id, secret, _ = _own()
    step = _step_of(secret, re.sub(r"\s", "", code))
    if step is None:
        raise Refused(say(_WRONG))
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    prints = [_fingerprint(user_id, code) for code in codes]
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_enrol_factor(%s, %s, %s)", [step, prints, proof("enrol", user_id, step)])
    return ["-".join(re.findall(".{4}", code)) for code in codes]


def remove(user_id: int) -> None:
    """Put one's own second factor out of force."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_remove_factor(%s)", [proof("remove", user_id)])


def recovery_left() -> int:
    """How many recovery codes of one's own are not used yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_recovery_left()")
        return int(cursor.fetchone()[0])


def _asked(question: str, value: str | int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [value])
        return bool(cursor.fetchone()[0])


def _step_of(secret: str, code: str) -> int | None:
    """The step of time whose code this is; every step near is compared, so that time tells nothing."""
    codes = pyotp.HOTP(secret)
    now = int(time.time()) // _STEP
    found = None
    for step in range(now - _DRIFT, now + _DRIFT + 1):
        if hmac.compare_digest(codes.at(step).encode(), code.encode()):
            found = step
    return found


def _recovery_code() -> str:
    return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(16))


def _fingerprint(user_id: int, code: str) -> str:
    key = vault.key_for("recovery codes")
    return hmac.new(key, f"{user_id}|{code}".encode(), hashlib.sha256).hexdigest()
