"""Whether the site lives and whether it is ready: for a proxy, a supervisor, a watchman. Tells nothing about the data."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from shanhai.access import walls
from shanhai.base.language import noted, say
from shanhai.catalogue import steps
from shanhai.journal.signing import head_signable
from shanhai.web.event_log import event
from shanhai.web.sessions import without_session


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the site needs: its name for machines, whether it stands, and the sentence for people."""

    name: str
    ok: bool
    sentence: str


@without_session
@require_safe
def live(_: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return _answer({"status": "live", "sentence": say("网站在运行。")}, status=200)


@without_session
@require_safe
def ready(_: HttpRequest) -> JsonResponse:
    """Whether people can work: 200, or 503 with what is in the way."""
    checks = look()
    able = all(check.ok for check in checks)
    told: dict[str, object] = {
        "status": "ready" if able else "not_ready",
        "sentence": say("网站可以使用。") if able else say("网站暂时不能使用，原因见各项。"),
        "checks": [{"name": check.name, "ok": check.ok, "sentence": check.sentence} for check in checks],
    }
    return _answer(told, status=200 if able else 503)


def _answer(told: dict[str, object], *, status: int) -> JsonResponse:
    response = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    # Each failed check is an event of its own; Django need not say it again.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def look() -> list[Check]:
    """Every check; those that ask the database are not made while it cannot be reached."""
    found, reached = [], True
    for name, (stands, good, bad) in _CHECKS.items():
        ok = (reached or name not in _OF_THE_DATABASE) and _stands(name, stands)
        reached = reached and (ok or name != "database")
        found.append(Check(name, ok, say(good if ok else bad)))
    return found


def _stands(name: str, stands: Callable[[], bool]) -> bool:
    try:
        return stands()
    except (DatabaseError, OSError, ValueError, walls.UnwalledTableError) as trouble:
        event("health.failed", check=name, error=type(trouble).__name__)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return bool(cursor.fetchone()[0] == settings.WEB_ROLE)


def _in_step() -> bool:
    return not steps.missing() and not steps.ahead()


def _walls() -> bool:
    walls.inspect()
    return True


def _folder() -> bool:
    with tempfile.TemporaryFile(dir=settings.HOME.root) as file:
        return file.write(b"?") == 1


def _disk() -> bool:
    return shutil.disk_usage(settings.HOME.root).free >= settings.LEAST_FREE_BYTES


#: Each check with what it says when all is well, and when not.
_CHECKS: dict[str, tuple[Callable[[], bool], str, str]] = {
    "database": (
        _database,
        noted("数据库连得上，用的是网站的数据库用户。"),
        noted("连不上数据库，或用的不是网站的数据库用户。请检查数据库是否在运行。"),
    ),
    "migrations": (
        _in_step,
        noted("数据库与程序同步。"),
        noted("数据库与程序不同步，或没有查到。请运行 shanhai migrate。"),
    ),
    "walls": (
        _walls,
        noted("各表的行级权限都在。"),
        noted("行级权限不全，或没有查到。请运行 shanhai migrate。"),
    ),
    "folder": (_folder, noted("数据文件夹可以写。"), noted("数据文件夹写不了。请检查它的权限和所在磁盘。")),
    "disk": (_disk, noted("磁盘有余量。"), noted("磁盘余量不足。请腾出空间。")),
    "journal": (
        head_signable,
        noted("日志链头可以签名。"),
        noted("日志链头签不了名。请检查密钥文件夹是否在位、是否与数据配套。"),
    ),
}
_OF_THE_DATABASE = ("migrations", "walls")
