"""From nothing to a running home: the database started, secrets made, tables and walls built, reference loaded."""

import gc
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

import django
import psycopg
from django.conf import settings
from django.core.management import call_command

from shanhai.base.findings import Refused
from shanhai.database import Cluster, Home, home_from_environment
from shanhai.database.connections import Connections, external_connections
from shanhai.database.keys import ensure_secrets
from shanhai.database.roles import JOURNAL, journal_membership, owns_journal_now
from shanhai.reference import loading

OPERATOR = "operator"
_UNMIGRATED = "本单位自己的数据库还差 {number} 步升级，没有启动。请先备份，再运行 shanhai migrate。"
_NEWER = "数据库由更新的程序升级过（{step}），这一版程序不认得，没有启动。请换用较新的程序，或从升级前的备份恢复。"
_NOT_JOURNAL = (
    "数据库用户 {owner} 现在不是 {journal} 的成员，建不了日志的表，没有升级。请由数据库管理员执行"
    " GRANT {journal} TO {owner}，升级后收回；或设置 DATABASE_ADMIN_URL，由 shanhai migrate 自己办理。"
)


@cache
def start() -> Home:
    """Start or attach to the database and set Django up; the embedded database is prepared or upgraded first.

    An office's own database is upgraded only when `migrate` is asked for: whoever runs it decides when.
    """
    home = home_from_environment()
    reached = external_connections() or Cluster(home).start()
    _set_up(home)
    if _behind():
        if not reached.embedded:
            raise Refused(_UNMIGRATED.format(number=len(_late("shanhai.catalogue.steps").missing())))
        _migrate(reached)
    _inspect()
    # What was loaded to start stays: each full collection would look through half a million objects of it for nothing.
    gc.freeze()
    return home


def migrate() -> tuple[int, bool]:
    """Prepare or upgrade the database; answers the steps it took, and whether there was nothing before."""
    home = home_from_environment()
    reached = external_connections(migrating=True) or Cluster(home).start()
    _set_up(home)
    steps = _late("shanhai.catalogue.steps")
    missing, empty = steps.missing(), not steps.taken()
    if _behind():
        _migrate(reached)
    _inspect()
    return len(missing), empty


def _set_up(home: Home) -> None:
    ensure_secrets(home)
    django.setup()
    if newer := _late("shanhai.catalogue.steps").ahead():
        raise Refused(_NEWER.format(step=".".join(newer[-1])))


def _behind() -> bool:
    return bool(_late("shanhai.catalogue.steps").missing() or _late("shanhai.access.walls").open_tables())


@contextmanager
def scratch_home() -> Iterator[None]:
    """A home in a temporary folder, with a database of its own, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="shanhai-bench-", ignore_cleanup_errors=True) as folder:
        os.environ["SHANHAI_HOME"] = f"{folder}/var"
        os.environ.pop("DATABASE_URL", None)
        try:
            yield
        finally:
            Cluster(home_from_environment()).stop()


def _migrate(reached: Connections) -> None:
    """Run the migrations as the owner, who is of the journal's role only meanwhile; then load what comes with the program."""
    reached.require("owner")
    if reached.admin:
        with psycopg.connect(reached.admin, autocommit=True) as admin, journal_membership(admin):
            call_command("migrate", database="owner", verbosity=0)
    else:
        _refuse_without_journal(reached)
        call_command("migrate", database="owner", verbosity=0)
    _load_reference()
    _keep_secret()


def _refuse_without_journal(reached: Connections) -> None:
    with psycopg.connect(reached.owner) as owner:
        if not owns_journal_now(owner):
            raise Refused(_NOT_JOURNAL.format(journal=JOURNAL, owner=owner.info.user))


def _inspect() -> None:
    walls = _late("shanhai.access.walls")
    walls.inspect()
    _late("shanhai.journal.signing").sign_new_heads()
    hooks = _late("shanhai.journal.actions").after_commit
    if not hooks:
        hooks.append(_late("shanhai.journal.signing").sign_new_heads)


def _late(module: str) -> Any:
    """A module that can be imported only once Django is set up, which is what this module is for."""
    return import_module(module)


def _load_reference() -> None:
    regions = [
        {
            "code": region.code, "name": region.name, "level": region.level, "parent_code": region.parent_code,
            "first_on": region.first_on, "last_on": region.last_on, "successor_code": region.successor_code, "note": region.note,
        }
        for region in loading.load_regions()
    ]  # fmt: skip
    days = [{"day_on": day.day, "kind": day.kind, "name": day.name} for day in loading.load_calendar_days()]
    _late("shanhai.reference.actions").load_reference("owner", regions=regions, days=days)


def _keep_secret() -> None:
    """Give the database its half of the session secret, and the operator an account that no password opens."""
    accounts = _late("shanhai.access.actions")
    accounts.keep_secret("owner", settings.SESSION_SECRET)
    if OPERATOR not in accounts.account_names("owner"):
        add_user(OPERATOR, "管理员", password=None, grants=[{"role": "operator", "reach": "all", "side": "any"}])


def add_user(username: str, name: str, *, password: str | None, grants: list[dict[str, Any]]) -> None:
    """Make an account with its grants over the owner's connection; one without a password works on the command line alone."""
    hashed = _late("django.contrib.auth.hashers").make_password(password or None)
    _late("shanhai.access.actions").add_account("owner", username=username, name=name, hashed=hashed, grants=grants)
