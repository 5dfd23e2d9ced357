"""What the database refuses, as sentences: what was found, what was expected, what to do."""

import psycopg
from psycopg import errors

from shanhai.base.findings import Refused


class DatabaseUnavailable(Refused):
    """The database could not be used; the sentence says what was found, what was expected and what to do."""


def unavailable(found: str, *, expected: str, to_do: str) -> DatabaseUnavailable:
    """A refusal in the one form users know: found, expected, what to do."""
    return DatabaseUnavailable(f"{found}；应为：{expected}。请{to_do}。")


_FULL = (
    "数据所在的磁盘已写满，这一次的保存没有生效，已有数据没有损坏",
    "磁盘有剩余空间",
    "腾出空间后重新提交",
)
_PASSING = ("数据库正在停止或启动，这一次的保存没有生效", "数据库运行中", "稍候片刻再试")
_CROWDED = ("数据库的连接已用满", "同时使用的人数在限额之内", "稍候片刻再试")
_STRANGER = (
    "数据库不接受密钥文件夹中的口令",
    "密钥文件夹与数据文件夹是同一套",
    "核对 SHANHAI_HOME 与 SHANHAI_KEYS 是否指向配套的两个文件夹，或从密钥备份中恢复密钥文件夹",
)

# By class once signed in; by words before that, when the library gives no class.
_KNOWN: tuple[tuple[tuple[type[psycopg.Error], ...], tuple[str, ...], tuple[str, str, str]], ...] = (
    ((errors.DiskFull,), ("No space left on device",), _FULL),
    (
        (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow),
        ("the database system is", "terminating connection"),
        _PASSING,
    ),
    ((errors.TooManyConnections,), ("too many clients", "remaining connection slots"), _CROWDED),
    ((errors.InvalidPassword,), ("password authentication failed",), _STRANGER),
)


def explained(error: psycopg.Error) -> DatabaseUnavailable | None:
    """The sentence for an error of the database that an office can mend, or None for a broken program.

    Known: no room on the disk, the server gone or going, too many connections, a wrong password.
    """
    said = str(error) if isinstance(error, psycopg.OperationalError) else ""
    for kinds, signs, (found, expected, to_do) in _KNOWN:
        if isinstance(error, kinds) or any(sign in said for sign in signs):
            return unavailable(found, expected=expected, to_do=to_do)
    return None
