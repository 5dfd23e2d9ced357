"""The first start: a cluster made aside and given its name only when it is whole."""

import json
import os
import shutil
from pathlib import Path

from shanhai.database import programs, roles
from shanhai.database.home import Home
from shanhai.database.nonroot import Way
from shanhai.database.passwords import ROLES, read_password, verifier
from shanhai.database.refusals import DatabaseUnavailable, unavailable
from shanhai.database.settings import write_settings

MARK = "shanhai.json"
UNFINISHED = "cluster.new-"
NEEDED_ROOM = 256 << 20


def check_room(folder: Path, *, needed: int = NEEDED_ROOM) -> None:
    """Refuse before anything is written where the disk has less than `needed` bytes left."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise unavailable(
            f"{folder} 所在磁盘只剩 {free >> 20} MB",
            expected=f"至少 {needed >> 20} MB",
            to_do="腾出空间，或把 SHANHAI_HOME 指向另一磁盘后再试；没有写入任何内容",
        )


def remove_unfinished(home: Home) -> None:
    """Remove what a killed first start left; only under the lock of the home.

    A program that outlived it may still be writing there; what it adds meanwhile is removed by a later start.
    """
    for left in home.root.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def make_cluster(home: Home, way: Way, *, durable: bool) -> None:
    """Make the cluster of a home: files, roles, the database and its rights; whole or not at all."""
    check_room(home.root)
    aside = home.root / f"{UNFINISHED}{os.getpid()}"
    try:
        aside.mkdir(mode=0o700)
        way.hand_over(aside)
        _initialise(aside, way, durable=durable)
        write_settings(aside, durable=durable)
        stored = {role: verifier(read_password(home, role)) for role in ROLES}
        first = [
            *roles.role_statements(stored),
            f"ALTER ROLE {ROLES['admin']} PASSWORD '{stored['admin']}'",
            f"CREATE DATABASE {roles.DATABASE} TEMPLATE template0",
            "REVOKE ALL ON DATABASE postgres FROM PUBLIC",
            "REVOKE ALL ON DATABASE template1 FROM PUBLIC",
        ]
        _alone(aside, way, "postgres", first)
        _alone(aside, way, roles.DATABASE, roles.database_statements(roles.DATABASE))
        (aside / MARK).write_text(json.dumps({"format": 1}), encoding="utf-8")
        way.hand_over(aside)
        aside.rename(home.cluster)
    except (OSError, DatabaseUnavailable):
        shutil.rmtree(aside, ignore_errors=True)
        raise


def _initialise(aside: Path, way: Way, *, durable: bool) -> None:
    # Nobody is let in until the access list of `settings` is written; the builtin locale needs none of the machine's.
    answer = programs.run(
        way.command(
            "run",
            "initdb",
            f"--pgdata={aside}",
            f"--username={ROLES['admin']}",
            "--auth=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
            *([] if durable else ["--no-sync"]),
        )
    )
    if answer.returncode != 0:
        raise failed("建立数据库", answer.stderr, home=aside.parent)


def _alone(aside: Path, way: Way, database: str, statements: list[str]) -> None:
    """Run statements in a server of one process that nobody can reach."""
    options = ["--single", "-c", "exit_on_error=on", "-D", str(aside), database]
    answer = programs.run(way.command("run", "postgres", *options), given="\n".join(statements) + "\n")
    if answer.returncode != 0:
        raise failed("建立数据库的用户与权限", answer.stderr, home=aside.parent)


CAUSES = (
    (("No space left on device", "File too large", "Disk quota exceeded"), "磁盘已写满", "腾出磁盘空间"),
    (("Permission denied", "Operation not permitted"), "没有读写权限", "检查数据文件夹及其中各项的属主与权限"),
    (("Read-only file system",), "磁盘只读", "换到可写的磁盘，或解除只读"),
    (("Cannot allocate memory", "could not map anonymous shared memory"), "内存不足", "关闭其他程序或增加内存"),
    (("could not create shared memory segment",), "系统的共享内存不足", "增大共享内存限额"),
    (("pre-existing shared memory block",), "上一次运行的数据库进程尚未结束", "等候一分钟，或重新启动机器"),
    (("error while loading shared libraries", "GLIBC_"), "本机缺少系统库", "安装所缺的系统库，或使用自己的 PostgreSQL"),
    (("invalid value for parameter", "configuration file", "unrecognized conf"), "设置有误", "检查 local.conf"),
    (
        ("invalid checkpoint record", "could not locate a valid checkpoint", "could not locate required checkpoint"),
        "数据库文件已损坏",
        "从备份恢复（restore）",
    ),
)


def failed(doing: str, said: str, *, home: Path) -> DatabaseUnavailable:
    """The refusal for a program of PostgreSQL that failed; `said` is what it printed."""
    for signs, cause, to_do in CAUSES:
        if any(sign in said for sign in signs):
            return unavailable(
                f"{doing}未成：{cause}（{home}）；原有数据没有改动。PostgreSQL 的原话：{_last_words(said)}",
                expected="数据文件夹可读写、磁盘与内存有余",
                to_do=f"{to_do}后再试",
            )
    return unavailable(
        f"{doing}未成（{home}）。PostgreSQL 的原话：{_last_words(said)}",
        expected="数据库程序正常结束",
        to_do="把以上原话与 postgresql.log 一并交给技术人员",
    )


def _last_words(said: str) -> str:
    telling = [line for line in said.splitlines() if any(word in line for word in ("FATAL", "PANIC", "ERROR", "error"))]
    return " / ".join((telling or said.splitlines())[-3:])[-500:]
