"""The second wall: row-level security on every table that has a scope, built from the models themselves.

The first wall is the check in each action. This one stands in the database and holds when the first
has a hole: what a session may see or write is decided there from the session's own row.
"""

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connections, models

from shanhai.base.language import listed, say

READABLE = "{scope} = ANY (ARRAY(SELECT access_scopes()))"
WRITING = "{scope} = ANY (ARRAY(SELECT access_writing_scopes()))"
#: Rows of one user alone, such as drafts; a model says so by `belongs_to_user`.
OWN = "user_id = access_user()"
WRITABLE = "({scope}::text || '/' || owner_side) = ANY (ARRAY(SELECT access_books()))"
#: Tables that only the database's own functions may read: sessions and what proves who somebody is.
HIDDEN = ("access_session", "access_secret", "access_secondfactor", "access_recoverycode", "access_attempt")
#: Tables that are read, to sign in or to look up, and written by the owner role and by its functions alone.
READ_ONLY = (
    "access_user", "access_grant", "django_migrations", "reference_region", "reference_calendarday", "search_progress",
)  # fmt: skip

#: The queue of background work, which holds tokens and numbers of users and nothing else: what asking for work and
#: doing it needs, and no more. What happened to a piece of work is only added to.
QUEUE = {
    "procrastinate_jobs": "SELECT, INSERT, UPDATE, DELETE",
    "procrastinate_workers": "SELECT, INSERT, UPDATE, DELETE",
    "procrastinate_events": "SELECT, INSERT",
    "procrastinate_periodic_defers": "SELECT, UPDATE",
}


class UnwalledTableError(RuntimeError):
    """A table with a scope stands without row-level security; the program does not start."""


@dataclass(frozen=True, slots=True)
class Wall:
    """The policies of one table: a name, what it is for, and the two conditions."""

    table: str
    reading: str
    inserting: str
    updating: str = ""
    deleting: str = ""


def walled_models() -> list[type[models.Model]]:
    """Every table whose rows belong to a scope, and the scopes themselves; views stand behind the walls of their tables."""
    return [model for model in _scoped_models() if model._meta.managed]


def _scoped_models() -> list[type[models.Model]]:
    """Every table and view of which the web role reads rows of scopes."""
    found = [model for model in apps.get_models() if _scope_column(model)]
    return [model for model in found if model._meta.app_label != "access"]


def _scope_column(model: type[models.Model]) -> str:
    if model._meta.db_table == "reference_scope":
        return "id"
    return "scope_id" if any(field.column == "scope_id" for field in model._meta.concrete_fields) else ""


def _wall(model: type[models.Model]) -> Wall:
    table, scope = model._meta.db_table, _scope_column(model)
    readable = READABLE.format(scope=scope)
    if table == "reference_scope":
        return Wall(table, f"({readable} OR access_founds_scopes())", "access_founds_scopes()")
    if table in ("journal_entry", "journal_act"):
        unscoped = "(scope_id IS NULL AND access_founds_scopes())"
        return Wall(table, f"({readable} OR {unscoped})", f"({WRITING.format(scope=scope)} OR {unscoped})")
    if getattr(model, "written_by_database", False):
        unscoped = " OR (scope_id IS NULL AND access_founds_scopes())" if table == "journal_span" else ""
        return Wall(table, f"({readable}{unscoped})", "")
    if mine := getattr(model, "belongs_to_user", ""):
        own = f"{OWN} AND {WRITING.format(scope=scope)}"
        return Wall(table, readable if mine == "seen" else f"{OWN} AND {readable}", own, own, f"{OWN} AND {readable}")
    if getattr(model, "added_by_readers", False):
        return Wall(table, readable, f"{OWN} AND {readable}")
    if any(field.column == "owner_side" for field in model._meta.concrete_fields):
        writable = WRITABLE.format(scope=scope)
        return Wall(table, readable, writable, writable, writable if table == "reference_personkey" else "")
    writing = WRITING.format(scope=scope)
    return Wall(table, readable, writing, writing)


def build(using: str) -> None:
    """Build or rebuild every wall over the owner's connection; the same SQL again changes nothing."""
    web = settings.WEB_ROLE
    for model in walled_models():
        build_one(using, model)
    with connections[using].cursor() as cursor:
        for table in HIDDEN:
            cursor.execute(f'REVOKE ALL ON "{table}" FROM "{web}"')
        for table in READ_ONLY:
            cursor.execute(f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "{table}" FROM "{web}"')
        cursor.execute(f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON journal_link, journal_span FROM "{web}"')
        cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON journal_entry, journal_act FROM "{web}"')
        for table, needed in QUEUE.items():
            cursor.execute(f'REVOKE ALL ON "{table}" FROM "{web}"')
            cursor.execute(f'GRANT {needed} ON "{table}" TO "{web}"')
    _keep_trigger_functions(using, web)


def _keep_trigger_functions(using: str, web: str) -> None:
    """A function of a trigger fires without being executable; who may execute it could hang it on a table of their own."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE prorettype = 'trigger'::regtype"
            " AND pronamespace = 'public'::regnamespace AND proowner = current_user::regrole"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f'REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC, "{web}"')


def build_one(using: str, model: type[models.Model]) -> None:
    """Build or rebuild the wall of one table."""
    with connections[using].cursor() as cursor:
        for statement in _statements(_wall(model), settings.WEB_ROLE, settings.OWNER_ROLE):
            cursor.execute(statement)


def _statements(wall: Wall, web: str, owner: str) -> list[str]:
    table = wall.table
    kinds = {
        "reading": ("SELECT", f"USING ({wall.reading})"),
        "inserting": ("INSERT", f"WITH CHECK ({wall.inserting})" if wall.inserting else ""),
        "updating": ("UPDATE", f"USING ({wall.reading}) WITH CHECK ({wall.updating})" if wall.updating else ""),
        "deleting": ("DELETE", f"USING ({wall.deleting})" if wall.deleting else ""),
    }
    statements = [f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY', f'DROP POLICY IF EXISTS owner_reads ON "{table}"']
    statements.append(f'CREATE POLICY owner_reads ON "{table}" FOR SELECT TO "{owner}" USING (true)')
    for name, (verb, clause) in kinds.items():
        statements.append(f'DROP POLICY IF EXISTS {name} ON "{table}"')
        if clause:
            statements.append(f'CREATE POLICY {name} ON "{table}" FOR {verb} TO "{web}" {clause}')
        else:
            statements.append(f'REVOKE {verb} ON "{table}" FROM "{web}"')
    return statements


def inspect(using: str = "default") -> None:
    """Refuse to start under a role that could bypass the walls, or beside a table without one.

    Asked over the web role's own connection, at every start.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls, pg_has_role(rolname, %s, 'MEMBER')"
            " FROM pg_roles WHERE rolname = current_user",
            [settings.OWNER_ROLE],
        )
        name, bypasses, owns = cursor.fetchone()
        if bypasses or owns:
            raise UnwalledTableError(
                say(
                    "数据库角色“{name}”能够绕过行级权限（超级用户、BYPASSRLS 或表的所有者），不能用来运行网站。请让 DATABASE_URL 使用只有读写权限的角色。",
                    name=name,
                )
            )
    if missing := open_tables(using):
        raise UnwalledTableError(say("表 {tables} 没有行级权限。请先运行 shanhai migrate。", tables=listed(missing)))


def open_tables(using: str = "default") -> list[str]:
    """Tables with a scope that stand without row-level security, and views that would be read under other rights."""
    tables = [model._meta.db_table for model in _scoped_models()]
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND ((relkind = 'r' AND NOT relrowsecurity)"
            " OR (relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)))",
            [tables],
        )
        return [row[0] for row in cursor.fetchall()]
