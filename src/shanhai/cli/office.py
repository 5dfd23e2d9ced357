"""`verify`, `backup`, `serve`, accounts."""

import multiprocessing
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import Interfaces

from shanhai.access import accounts
from shanhai.access.accounts import GrantWanted
from shanhai.access.sessions import acting_as
from shanhai.access.terms import ROLES
from shanhai.asking.scopes import by_code
from shanhai.base.findings import WrongUse, blocking
from shanhai.cli.printing import print_json, print_table, say
from shanhai.cli.starting import OPERATOR
from shanhai.cli.working import beside
from shanhai.database.backup import backup as back_up
from shanhai.database.connections import VARIABLES
from shanhai.database.roles import JOURNAL
from shanhai.journal.verification import verify as verify_journal
from shanhai.web.event_log import arrangement
from shanhai.web.health import look
from shanhai.web.metrics_folder import use_folder

#: Processes of the site where none are asked for: one per processor, as far as an office has use for them.
WORKERS = min(4, os.cpu_count() or 1)

#: The reason kept where the command line gives none.
_REASON = "命令行办理"


def verify(*, as_json: bool) -> int:
    """Prove the journal; exit code 1 where something was changed, cut or rewritten."""
    size, findings = verify_journal()
    if as_json:
        print_json(
            size
            | {
                "findings": [
                    {"code": finding.code, "message": finding.message, "found": finding.found} for finding in findings
                ]
            }
        )
    else:
        for finding in findings:
            say(("✗ " if finding.blocks else "· ") + finding.message)
        if not blocking(findings):
            say(f"日志完好：{size['entries']} 条，{size['links']} 个链节，末条 {size['last']}。")
    return 1 if blocking(findings) else 0


def backup(*, file: Path) -> int:
    """Everything but the keys into one file."""
    made = back_up(settings.HOME, file)
    say(f"已备份到 {file}（{made.size} 字节）。密钥不在其中，请另行保管 {settings.HOME.keys}。")
    return 0


def migrated(*, steps: int, empty: bool) -> int:
    """Say what migrating did."""
    if not steps:
        say("数据库已是最新，没有要做的。")
    else:
        say(f"数据库已建立，共 {steps} 步。" if empty else f"数据库升级了 {steps} 步，已是最新。")
    if os.environ.get(VARIABLES["owner"]) and not os.environ.get(VARIABLES["admin"]):
        say(f"请由数据库管理员收回：REVOKE {JOURNAL} FROM {settings.OWNER_ROLE}; 收回之前网站不启动。")
    return 0


def ready(*, as_json: bool) -> int:
    """What `/health/ready` tells; exit code 1 where something is in the way."""
    checks = look()
    if as_json:
        print_json({"ready": all(check.ok for check in checks), "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            say(f"{'·' if check.ok else '✗'} {check.sentence}")
    return 0 if all(check.ok for check in checks) else 1


def serve(*, host: str, port: int, workers: int, threads: int, worker: bool) -> int:
    """Serve the site until stopped, with a worker beside it where wanted."""
    connections.close_all()
    threads = threads or settings.THREADS
    os.environ |= {"SHANHAI_THREADS": str(threads), "SHANHAI_LOG_FORMAT": settings.SITE_LOG[1]}
    use_folder(settings.HOME.root)
    # Forked, the processes would keep the settings of this command, which shares no connections between requests.
    multiprocessing.set_start_method("spawn", force=True)
    say(f"山海运行在 http://{host}:{port}/ ，按 Ctrl+C 停止。")
    with beside(wanted=worker):
        Granian(
            "shanhai.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers or WORKERS,
            blocking_threads=threads, log_access=False, log_dictconfig=arrangement(*settings.SITE_LOG), websockets=False,
            respawn_failed_workers=True,
        ).serve()  # fmt: skip
    return 0


def list_users() -> int:
    """Accounts and what each was granted."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT u.username, u.display_name, g.role, g.reach, g.side, coalesce(s.code, g.region_code) FROM access_user u"
            " LEFT JOIN access_grant g ON g.user_id = u.id LEFT JOIN reference_scope s ON s.id = g.scope_id ORDER BY 1"
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    print_table("账号", ("账号", "显示名", "角色", "适用面", "所属方", "范围"), rows)
    return 0


def new_user(*, username: str, name: str, role: str, side: str, pairing: str | None, region: str, password: str) -> int:
    """Make an account with one grant, as an act of the journal; its password has to be changed at the first sign-in."""
    if role not in ROLES:
        raise WrongUse(f"没有名为“{role}”的角色；可选：{'、'.join(ROLES)}。")
    with acting_as(OPERATOR):
        scope_id = by_code(pairing).scope.pk if pairing else None
        reach = "scope" if scope_id else "region" if region else "all"
        wanted = GrantWanted(role, reach, side, scope_id=scope_id, region_code=region)
        _, told = accounts.make_account(username=username, name=name, grant=wanted, reason=_REASON, password=password)
    shown = "" if password else f"一次性密码 {told}，只显示这一次；"
    say(f"已新建账号“{username}”（{ROLES[role].zh}）。{shown}本人七天内登录并换成自己的密码。")
    return 0


def reset_user(*, username: str, factor: bool, reason: str) -> int:
    """Hand out a new password, or take the second factor away from who lost it."""
    with acting_as(OPERATOR):
        found = next((one for one in accounts.accounts() if one.username == username), None)
        if found is None:
            raise WrongUse(f"没有名为“{username}”的账号。请用 shanhai user list 查看现有账号。")
        if factor:
            accounts.reset_factor(found.id, reason=reason or _REASON)
            say(f"账号“{username}”的二次验证已重设；本人登录后重新启用。")
        else:
            told = accounts.reset_password(found.id, reason=reason or _REASON)
            say(f"账号“{username}”的一次性密码 {told}，只显示这一次；本人七天内登录并换成自己的密码。")
    return 0
