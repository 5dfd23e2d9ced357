"""The second factor and the password, without a site: codes by the standard's own numbers, sealed secrets, good passwords."""

import re

import pyotp
import pytest
import time_machine
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.test import override_settings

from shanhai.access import passwords, second_factor, sessions
from shanhai.access.models import User
from shanhai.access.terms import Stage
from shanhai.base.findings import Refused
from shanhai.reference import vault

#: RFC 6238, appendix B, with the last six of its eight digits.
STANDARD = ((59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037"))
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(("moment", "code"), STANDARD)
def test_codes_are_those_of_the_standard(moment, code):
    with time_machine.travel(moment, tick=False):
        assert second_factor._step_of(SECRET, code) == moment // 30


@pytest.mark.parametrize(("seconds", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_off_by_one_step(seconds, taken):
    with time_machine.travel(1_234_567_890 + seconds, tick=False):
        assert (second_factor._step_of(SECRET, "005924") is not None) == taken


@pytest.mark.parametrize("code", ["", "5924", "00592", "0059240", "００５９２４", "abcdef", "\x00" * 6])
def test_anything_else_is_no_code(code):
    with time_machine.travel(1_234_567_890, tick=False):
        assert second_factor._step_of(SECRET, code) is None


def test_a_sealed_secret_opens_for_its_owner_and_purpose_only():
    sealed = vault.seal_value("second factor", "7", SECRET)
    assert SECRET not in sealed
    assert vault.open_value("second factor", "7", sealed) == SECRET
    for purpose, owner in (("second factor", "8"), ("recovery codes", "7")):
        with pytest.raises(InvalidTag):
            vault.open_value(purpose, owner, sealed)


@pytest.fixture
def enrolling(office):
    """Somebody at the step where a second factor is demanded."""
    user = User.objects.get(username=office.account("clerk", side="west"))
    sessions.carry(sessions.open_session(user.pk, stage=Stage.FACTOR))
    second_factor.begin(user.pk)
    return user


def secret_of(user):
    return second_factor.shown_once(user.username)[0].replace(" ", "")


def codes(user):
    now = pyotp.TOTP(secret_of(user))
    with time_machine.travel(1_800_000_000, tick=False):
        return second_factor.enrol(now.at(1_800_000_000))


def test_what_is_kept_holds_neither_the_secret_nor_a_recovery_code(enrolling, rows):
    secret, told = secret_of(enrolling), codes(enrolling)
    assert len(set(told)) == second_factor.RECOVERY_CODES
    assert all(re.fullmatch("(?:[a-z2-7]{4}-){3}[a-z2-7]{4}", code) for code in told)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_factor()")
        assert secret not in repr(cursor.fetchall())
    assert second_factor.shown_once(enrolling.username) is None


def test_a_code_is_good_once_and_an_earlier_one_no_more(enrolling):
    totp = pyotp.TOTP(secret_of(enrolling))
    codes(enrolling)
    sessions.carry(sessions.open_session(enrolling.pk, stage=Stage.CODE))
    with time_machine.travel(1_800_000_060, tick=False):
        assert not second_factor.is_right(totp.at(1_800_000_000))
        assert second_factor.is_right(totp.at(1_800_000_060))
        assert not second_factor.is_right(totp.at(1_800_000_060))
        assert not second_factor.is_right(totp.at(1_800_000_030))
        assert second_factor.is_right(totp.at(1_800_000_090))


def test_a_recovery_code_is_good_once_in_any_writing(enrolling):
    first, second, *_ = codes(enrolling)
    sessions.carry(sessions.open_session(enrolling.pk, stage=Stage.CODE))
    assert second_factor.is_right(first.upper().replace("-", " "))
    assert not second_factor.is_right(first)
    assert second_factor.is_right(second)
    assert not second_factor.is_right("aaaa-aaaa-aaaa-aaaa")


def test_a_wrong_first_code_puts_nothing_in_force(enrolling):
    with pytest.raises(Refused, match="验证码不对"):
        second_factor.enrol("000000")
    assert second_factor.next_stage(enrolling.pk, code_given=False) is Stage.FULL


def test_a_session_on_the_way_in_opens_no_record(enrolling):
    assert sessions.actor_of_session() is None
    step = sessions.step_of_session()
    assert (step.user_id, step.stage, step.enrolled) == (enrolling.pk, Stage.FACTOR, False)


@pytest.mark.parametrize(
    ("roles", "role", "stage"),
    [({"operator"}, "operator", Stage.FACTOR), ({"operator"}, "clerk", Stage.FULL), ({"all"}, "clerk", Stage.FACTOR), (set(), "operator", Stage.FULL)],
)  # fmt: skip
def test_the_home_says_which_roles_must_use_a_second_factor(office, roles, role, stage):
    user = User.objects.get(username=office.account(role, side="west"))
    with override_settings(SECOND_FACTOR_ROLES=frozenset(roles)):
        assert second_factor.next_stage(user.pk, code_given=False) is stage


@pytest.mark.parametrize(
    ("password", "fault"),
    [("九个字符不够长啊", "至少 10 个字符"), ("x" * 201, "最多 200"), ("my-chen-password", "不要用账号名"), ("1234567890", "太常见"),
     ("qwertyuiop", "太常见"), ("111111111111", "太常见"), ("原来的密码是这一句话", "与原密码相同"), ("海到山里一千公里路远", "")],
)  # fmt: skip
def test_a_password_is_long_and_not_easily_guessed(password, fault):
    told = passwords.fault_of(password, username="chen", before="原来的密码是这一句话")
    assert fault in told
    assert bool(told) == bool(fault)


def test_a_password_is_checked_and_an_unknown_or_switched_off_account_is_nobody(committed):
    import psycopg
    from django.contrib.auth.hashers import make_password

    with psycopg.connect(committed.urls.owner, autocommit=True) as owner:
        for name, active, days in (("甲", True, None), ("乙", False, None), ("丙", True, 1), ("丁", True, -1)):
            owner.execute(
                "INSERT INTO access_user (username, display_name, password, is_active, password_expires_at)"
                " VALUES (%s, '', %s, %s, now() + make_interval(days => %s))",
                (name, make_password("对的口令"), active, days),
            )
    assert passwords.verify_password("甲", "对的口令").username == "甲"
    assert passwords.verify_password("丙", "对的口令").username == "丙"
    for name, given in (
        ("甲", "错的口令"),
        ("乙", "对的口令"),
        ("丁", "对的口令"),
        ("没有", "对的口令"),
        ("operator", ""),
    ):
        assert passwords.verify_password(name, given) is None, name


def test_a_password_handed_out_is_long_and_never_the_same():
    told = {passwords.handed_out() for _ in range(50)}
    assert len(told) == 50
    assert all(re.fullmatch("[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){3}", one) for one in told)
