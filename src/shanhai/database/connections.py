"""How the parts of the system reach the database: embedded, or the office's own PostgreSQL."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg

from shanhai.database.passwords import ROLES
from shanhai.database.refusals import DatabaseUnavailable, explained, unavailable
from shanhai.database.roles import refuse_powerful_role

OLDEST = 15


@dataclass(frozen=True)
class Connections:
    """Connection strings by role; with an own PostgreSQL `owner` and `admin` are empty where they are not given.

    They carry passwords and so stay out of any printed form.
    """

    web: str = field(repr=False)
    owner: str = field(repr=False)
    admin: str = field(repr=False)
    embedded: bool = True

    def require(self, role: str) -> str:
        """The connection string of 'web', 'owner' or 'admin'; raises DatabaseUnavailable where it was not given."""
        url = {"web": self.web, "owner": self.owner, "admin": self.admin}[role]
        if not url:
            raise unavailable(
                f"这一步需要数据库用户 {ROLES[role]} 的连接，但没有设置 {VARIABLES[role]}",
                expected=f"{VARIABLES[role]}=postgresql://…",
                to_do="设置后再试",
            )
        return url


VARIABLES = {"web": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "admin": "DATABASE_ADMIN_URL"}


def socket_url(role: str, *, password: str, folder: Path, database: str) -> str:
    """The connection string of a role over the socket in a folder."""
    where = urlencode({"host": str(folder), "port": "5432"}, quote_via=quote)
    return f"postgresql://{ROLES[role]}:{quote(password, safe='')}@/{quote(database, safe='')}?{where}"


def external_connections(*, migrating: bool = False) -> Connections | None:
    """The office's own PostgreSQL where DATABASE_URL or DATABASE_OWNER_URL is set, looked at before it is used.

    While migrating the owner may be of the journal's role, which it must not be at any other time.

    Raises DatabaseUnavailable where it cannot be reached, is older than 15, does not store UTF-8, or where web and
    owner are one user, or a user that row-level security does not hold.
    """
    given = {role: os.environ.get(name, "").strip() for role, name in VARIABLES.items()}
    if not given["web"] and not given["owner"]:
        return None
    found = Connections(**given, embedded=False)
    found.require("web")
    users = {
        role: _inspect(url, VARIABLES[role], migrates=migrating and role == "owner")
        for role, url in given.items()
        if url and role != "admin"
    }
    if users.get("owner") == users["web"]:
        raise unavailable(
            f"DATABASE_URL 与 DATABASE_OWNER_URL 是同一个数据库用户 {users['web']}",
            expected="网页用户与建表用户分开，网页用户不能改动表的结构与权限",
            to_do="另建一个用户后再试",
        )
    return found


def _inspect(url: str, variable: str, *, migrates: bool) -> str:
    """Look at one connection; answers the name of its user."""
    try:
        with psycopg.connect(url, connect_timeout=10, autocommit=True) as connection:
            version = connection.info.server_version // 10000
            if version < OLDEST:
                raise unavailable(
                    f"{variable} 指向的 PostgreSQL 是第 {version} 版",
                    expected=f"第 {OLDEST} 版或更新",
                    to_do="升级该数据库，或取消 DATABASE_URL 与 DATABASE_OWNER_URL 使用自带的数据库",
                )
            encoding = connection.info.parameter_status("server_encoding")
            if encoding != "UTF8":
                raise unavailable(
                    f"{variable} 指向的数据库以 {encoding} 存文字", expected="UTF8", to_do="以 UTF8 另建一个数据库"
                )
            refuse_powerful_role(connection, zh=variable, migrates=migrates)
            return connection.info.user
    except psycopg.OperationalError as error:
        raise unreachable(error, where=f"{variable} 指向的数据库") from error


def unreachable(error: psycopg.OperationalError, *, where: str) -> DatabaseUnavailable:
    """The refusal for a database that did not let us in."""
    return explained(error) or unavailable(
        f"连不上{where}（{str(error).strip().splitlines()[-1] if str(error).strip() else '没有原因'}）",
        expected="数据库在运行、地址与口令正确",
        to_do="检查连接设置与数据库的状态后再试",
    )


def refuse_own_database(doing: str) -> None:
    """Refuse what only works on the embedded database where the office uses its own PostgreSQL."""
    if os.environ.get(VARIABLES["web"]) or os.environ.get(VARIABLES["owner"]):
        raise unavailable(
            f"设置了 DATABASE_URL，数据在本单位自己的 PostgreSQL 中，{doing}不由本命令负责",
            expected="自带的数据库",
            to_do=f"用该数据库自己的工具（pg_dump、pg_restore）{doing}数据库，并另行复制数据文件夹",
        )
