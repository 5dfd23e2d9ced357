"""Accounts and grants, kept by administrators: each act asks a function of the database, which judges and journals it.

The web role writes none of these tables. Who may do what is decided where it cannot be passed by: in the database,
from the session's own row (see migrations/accounts.sql). What it refuses comes back as a sentence.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from shanhai.access.passwords import HANDED_OUT_FOR, handed_out
from shanhai.access.sessions import proof
from shanhai.access.terms import OPERATOR
from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.journal import actions
from shanhai.journal.acts import kind

MAKE_ACCOUNT = kind("access.account.made", "新建账号", duties=(OPERATOR,))
STOP_ACCOUNT = kind("access.account.stopped", "停用账号", duties=(OPERATOR,))
RESUME_ACCOUNT = kind("access.account.resumed", "重新启用账号", duties=(OPERATOR,))
UNLOCK_ACCOUNT = kind("access.account.unlocked", "解除登录等待", duties=(OPERATOR,))
RESET_PASSWORD = kind("access.password.reset", "重设密码", duties=(OPERATOR,))
RESET_FACTOR = kind("access.factor.reset", "重设二次验证", duties=(OPERATOR,))
GIVE_GRANT = kind("access.grant.given", "授权", duties=(OPERATOR,))
END_GRANT = kind("access.grant.ended", "结束授权", duties=(OPERATOR,))
#: What everybody does with their own account; no role is needed for it.
CHANGE_PASSWORD = kind("access.password.changed", "修改本人密码", duties=())
ENROL_FACTOR = kind("access.factor.enrolled", "启用本人二次验证", duties=())
REMOVE_FACTOR = kind("access.factor.removed", "停用本人二次验证", duties=())

_REFUSALS = {
    "not_signed_in": noted("登录已经失效，请重新登录。"),
    "not_administrator": noted("账号和授权由管理员办理；您的账号没有这项职责，没有改动任何内容。"),
    "reason_missing": noted("请写明事由：谁提出的，依据哪份文件或哪件事。"),
    "own_account": noted("不能在这里改动自己的账号或授权，请由另一位管理员办理。"),
    "beyond_reach": noted("这超出了您的管理范围，没有改动任何内容。"),
    "last_administrator": noted(
        "这是最后一位可以登录、没有结束日期的全部范围管理员。请先把这项授权给另一个账号，再来结束它。"
    ),
    "grant_unclear": noted("授权没有写清楚：请选择角色、适用面和所属方，结束日期不能早于开始日期。"),
    "grant_day": noted("结束日期最早是昨天，而且要早于现有的结束日期；要延长请另给一项授权。"),
    "account_unclear": noted(
        "账号名用 2 至 40 个字母、汉字或数字，可以有点、横线、下划线，开头不用符号；显示名不能空。"
    ),
    "account_taken": noted("这个账号名已经有人用了。请换一个。"),
    "nothing_changed": noted("它已经是这样了，没有改动任何内容。"),
    "factor_in_force": noted("二次验证已经启用，没有改动任何内容。"),
}


@dataclass(frozen=True, slots=True)
class GrantWanted:
    """A grant as it is wanted: a role, how far it reaches, which side, from which to which day."""

    role: str
    reach: str
    side: str
    scope_id: int | None = None
    region_code: str = ""
    first_on: date | None = None
    last_on: date | None = None

    @property
    def columns(self) -> list[Any]:
        """In the order the database's functions take them."""
        return [self.role, self.reach, self.scope_id, self.region_code, self.side, self.first_on, self.last_on]


@contextmanager
def judged() -> Iterator[None]:
    """What the database refuses about accounts is raised as `Refused` with its sentence."""
    try:
        with transaction.atomic():
            yield
    except ProgrammingError as problem:
        code = getattr(getattr(problem.__cause__, "diag", None), "message_primary", "")
        if code not in _REFUSALS:
            raise
        raise Refused(say(_REFUSALS[code])) from problem


def _ask(question: str, values: list[Any]) -> Any:
    """Ask for an act; the head of the journal is signed once it is committed."""
    with judged(), connection.cursor() as cursor:
        cursor.execute(question, values)
        answer = cursor.fetchone()[0]
    for hook in actions.after_commit:
        transaction.on_commit(hook, robust=True)
    return answer


def make_account(*, username: str, name: str, grant: GrantWanted, reason: str, password: str = "") -> tuple[int, str]:
    """Make an account with its first grant; answers its number and the password that is handed out once."""
    told = password or handed_out()
    values = [username, name, make_password(told), timezone.now() + HANDED_OUT_FOR, *grant.columns, reason]
    return int(_ask(f"SELECT access_make_account({_places(values)})", values)), told


def switch_account(user_id: int, *, active: bool, reason: str) -> None:
    """Switch an account off, which ends its sessions, or on again."""
    _ask("SELECT access_switch_account(%s, %s, %s)", [user_id, active, reason])


def reset_password(user_id: int, *, reason: str) -> str:
    """Hand out a password that has to be changed at the next sign-in; answers it."""
    told = handed_out()
    values = [user_id, make_password(told), timezone.now() + HANDED_OUT_FOR, reason]
    _ask("SELECT access_reset_password(%s, %s, %s, %s)", values)
    return told


def reset_factor(user_id: int, *, reason: str) -> None:
    """Take away the second factor of who lost it; they enrol anew."""
    _ask("SELECT access_reset_factor(%s, %s)", [user_id, reason])


def unlock(user_id: int, *, reason: str) -> None:
    """Let an account whose sign-in has to wait try again at once."""
    _ask("SELECT access_unlock(%s, %s)", [user_id, reason])


def give_grant(user_id: int, *, grant: GrantWanted, reason: str) -> int:
    """Give a role; answers the number of the grant."""
    values = [user_id, *grant.columns, reason]
    return int(_ask(f"SELECT access_give_grant({_places(values)})", values))


def end_grant(grant_id: int, *, last_on: date, reason: str) -> None:
    """End a grant with a day; ended with yesterday it opens nothing any more."""
    _ask("SELECT access_end_grant(%s, %s, %s)", [grant_id, last_on, reason])


def change_password(user_id: int, password: str) -> None:
    """Change one's own password, once the old one was checked; every other session of one's own ends."""
    hashed = make_password(password)
    _ask("SELECT access_change_password(%s, %s)", [hashed, proof("password", user_id, hashed)])


def own_sessions() -> list[dict[str, Any]]:
    """The sessions of one's own that are open now, lately used first."""
    return _rows("SELECT * FROM access_own_sessions()", [])


def end_own_sessions(one: int | None = None) -> int:
    """End one of one's own sessions, or all but this one; answers how many ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_end_own_sessions(%s)", [one])
        return int(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Account:
    """An account as an administrator sees it, with the grants inside their reach."""

    id: int
    username: str
    name: str
    is_active: bool
    works_alone: bool
    facts: Mapping[str, Any]
    grants: list[dict[str, Any]] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        """Whether the account is the administrator's to keep, and not only seen."""
        return bool(self.facts["kept"])


def accounts() -> list[Account]:
    """The accounts within the administrator's reach, with their grants: two questions, however many there are."""
    grants: dict[int, list[dict[str, Any]]] = {}
    for grant in _rows("SELECT * FROM access_kept_grants()", []):
        grants.setdefault(grant["user_id"], []).append(grant)
    return [
        Account(
            row["id"], row["username"], row["display_name"], row["is_active"], row["works_alone"],
            row, grants.get(row["id"], []),
        )
        for row in _rows("SELECT * FROM access_accounts()", [])
    ]  # fmt: skip


def readers() -> list[dict[str, Any]]:
    """The scopes one administers and, line by line, whose grants open each."""
    return _rows("SELECT * FROM access_readers()", [])


def history_of(user_id: int) -> list[dict[str, Any]]:
    """What the journal holds of an account, latest first."""
    return _rows("SELECT * FROM access_account_history(%s)", [user_id])


def _rows(question: str, values: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _places(values: list[Any]) -> str:
    return ", ".join(["%s"] * len(values))
