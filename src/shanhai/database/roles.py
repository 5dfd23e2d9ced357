"""Who may do what in the database: four roles, and the journal that none of those who sign in owns.

shanhai_admin    lays things out and hands the journal over; nobody works as it
shanhai_owner    runs the migrations: owns the tables, neither the schema nor the database, for the owner of a schema
                 may drop whatever lies in it, the journal too
shanhai_web      reads and writes rows as the migrations grant
shanhai_journal  owns the journal and cannot sign in
"""

import contextlib
from collections.abc import Iterator, Mapping

import psycopg
from psycopg import sql

from shanhai.database.passwords import ROLES
from shanhai.database.refusals import unavailable

DATABASE = "shanhai"
JOURNAL = "shanhai_journal"
OWNER = ROLES["owner"]
WEB = ROLES["web"]

# Any number known to nobody else: who holds it is changing tables under the journal's name.
MEMBERSHIP_LOCK = 7_203_114_551

_PLAIN = "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"


def role_statements(verifiers: Mapping[str, str]) -> list[str]:
    """The statements that make the roles, one a line; `verifiers` gives what is stored for owner and web."""
    return [
        *(f"CREATE ROLE {ROLES[role]} LOGIN {_PLAIN} PASSWORD '{verifiers[role]}'" for role in ("owner", "web")),
        f"CREATE ROLE {JOURNAL} NOLOGIN {_PLAIN}",
    ]


def database_statements(name: str) -> list[str]:
    """The statements that lay out one database, run inside it by an administrator, one a line."""
    defaults = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER}"
    return [
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        f"GRANT CONNECT, TEMPORARY, CREATE ON DATABASE {name} TO {OWNER}",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {WEB}",
        "ALTER SCHEMA public OWNER TO CURRENT_USER",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}, {JOURNAL}",
        f"GRANT USAGE ON SCHEMA public TO {WEB}",
        f"{defaults} GRANT USAGE ON SCHEMAS TO {WEB}",
        f"{defaults} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {WEB}",
        f"{defaults} GRANT USAGE ON SEQUENCES TO {WEB}",
        f"{defaults} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        f"{defaults} GRANT EXECUTE ON FUNCTIONS TO {WEB}",
    ]


def handing_over(table: str, *, web: str = "SELECT, INSERT", web_role: str = WEB, owner_role: str = OWNER) -> str:
    """The SQL of a migration that gives a table to the journal for good: afterwards the web role has `web` on it,
    the owner role may read it, and neither can change or drop it. Works inside `journal_membership` only."""
    return (
        f"REVOKE ALL ON TABLE {table} FROM {web_role};"
        f"GRANT {web} ON TABLE {table} TO {web_role};"
        f"ALTER TABLE {table} OWNER TO {JOURNAL};"
        f"REVOKE ALL ON TABLE {table} FROM {owner_role};"
        f"GRANT SELECT ON TABLE {table} TO {owner_role};"
    )


@contextlib.contextmanager
def journal_membership(admin: psycopg.Connection) -> Iterator[None]:
    """Let the owner role act as the journal's owner for the time of a migration, then take it back.

    `admin` is an autocommit connection of the administrator. A second migration waits for the first. Should this
    process be killed meanwhile, the next start takes the membership back (`end_forgotten_membership`).
    """
    if not admin.autocommit:
        raise ValueError("journal_membership needs an autocommit connection: others must see the grant at once")
    admin.execute("SELECT pg_advisory_lock(%s)", (MEMBERSHIP_LOCK,))
    try:
        admin.execute(f"GRANT {JOURNAL} TO {OWNER}")
        yield
    finally:
        admin.execute(f"REVOKE {JOURNAL} FROM {OWNER}")
        admin.execute("SELECT pg_advisory_unlock(%s)", (MEMBERSHIP_LOCK,))


def end_forgotten_membership(admin: psycopg.Connection) -> bool:
    """Take back a membership whose migration was killed; says whether there was one."""
    if not _is_member(admin, OWNER, JOURNAL):
        return False
    answer = admin.execute("SELECT pg_try_advisory_lock(%s)", (MEMBERSHIP_LOCK,)).fetchone()
    if not answer or not answer[0]:
        return False
    admin.execute(f"REVOKE {JOURNAL} FROM {OWNER}")
    admin.execute("SELECT pg_advisory_unlock(%s)", (MEMBERSHIP_LOCK,))
    return True


def owns_journal_now(owner: psycopg.Connection) -> bool:
    """Whether this connection's user may act as the journal's owner, as a migration must."""
    return _is_member(owner, owner.info.user, JOURNAL)


def _is_member(connection: psycopg.Connection, role: str, of: str) -> bool:
    answer = connection.execute(
        "SELECT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
        " JOIN pg_roles g ON g.oid = m.roleid WHERE r.rolname = %s AND g.rolname = %s)",
        (role, of),
    ).fetchone()
    return bool(answer and answer[0])


def refuse_powerful_role(connection: psycopg.Connection, *, zh: str, migrates: bool = False) -> None:
    """Refuse to work as a role that row-level security or the journal's ownership would not hold.

    `zh` names the connection to the user, such as 'DATABASE_URL'; who `migrates` may own the journal meanwhile.
    """
    row = connection.execute(
        "SELECT current_user, r.rolsuper, r.rolbypassrls, coalesce(pg_has_role(current_user, j.oid, 'USAGE'), false)"
        " FROM pg_roles r LEFT JOIN pg_roles j ON j.rolname = %s WHERE r.rolname = current_user",
        (JOURNAL,),
    ).fetchone()
    if row is None:
        return
    name, superuser, bypasses, owns_journal = row
    faults = [
        ("超级用户", superuser),
        ("可绕过行级权限", bypasses),
        (f"{JOURNAL} 的成员", owns_journal and not migrates),
    ]
    found = [fault for fault, present in faults if present]
    if found:
        raise unavailable(
            f"{zh} 的数据库用户 {name} 是{'、'.join(found)}",
            expected="受行级权限约束、不能改动日志的普通用户",
            to_do=f"改用普通用户（ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS；REVOKE {JOURNAL} FROM {name}）后再启动",
        )


def create_database(admin: psycopg.Connection, name: str) -> None:
    """Make one more database in a server that has the roles, from nothing; `admin` is autocommit.

    It must then be laid out from inside by `database_statements`.
    """
    admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
