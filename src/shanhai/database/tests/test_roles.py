"""What each role may do, tried on the server."""

import psycopg
import pytest
from psycopg import errors

from shanhai.database import DatabaseUnavailable, handing_over, journal_membership, refuse_powerful_role
from shanhai.database.roles import end_forgotten_membership

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def journal(shared_connections):
    """A table handed over to the journal, with one line in it; nothing is able to change it."""
    with (
        psycopg.connect(shared_connections.admin, autocommit=True) as admin,
        psycopg.connect(shared_connections.owner, autocommit=True) as owner,
        journal_membership(admin),
    ):
        owner.execute("CREATE TABLE line (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what text)")
        owner.execute(handing_over("line"))
    with psycopg.connect(shared_connections.web, autocommit=True) as web:
        web.execute("INSERT INTO line (what) VALUES ('entered')")


CHANGES = [
    "UPDATE line SET what = 'changed'",
    "DELETE FROM line",
    "TRUNCATE line",
    "ALTER TABLE line ADD COLUMN more text",
    "ALTER TABLE line DISABLE TRIGGER ALL",
    "ALTER TABLE line OWNER TO CURRENT_USER",
    "CREATE TRIGGER quiet BEFORE INSERT ON line FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE quiet AS ON INSERT TO line DO INSTEAD NOTHING",
    "DROP TABLE line",
    "DROP SCHEMA public CASCADE",
    "ALTER SCHEMA public RENAME TO other",
    "DROP DATABASE database_tests",
    "SET ROLE shanhai_journal",
    "SET SESSION AUTHORIZATION shanhai_admin",
    "GRANT shanhai_journal TO CURRENT_USER",
    "SET session_replication_role = replica",
    "COPY line TO PROGRAM 'cat'",
]


@pytest.mark.parametrize("role", ["owner", "web"])
@pytest.mark.parametrize("change", CHANGES)
def test_neither_owner_nor_web_can_change_the_journal(journal, connect, role, change):
    with pytest.raises((errors.InsufficientPrivilege, errors.ObjectInUse)):
        connect(role).execute(change)
    assert connect("web").execute("SELECT what FROM line").fetchall() == [("entered",)]


def test_dropping_all_the_owner_owns_leaves_the_journal(office):
    """In a server of its own, for the owner's rights on every database go with it."""
    with (
        psycopg.connect(office.url("admin"), autocommit=True) as admin,
        psycopg.connect(office.url("owner"), autocommit=True) as owner,
    ):
        with journal_membership(admin):
            owner.execute("CREATE TABLE line (what text)")
            owner.execute(handing_over("line"))
        owner.execute("CREATE TABLE mine (id int)")
        owner.execute("DROP OWNED BY CURRENT_USER CASCADE")
        tables = admin.execute("SELECT to_regclass('line')::text, to_regclass('mine')::text").fetchone()
    assert tables == ("line", None)


def test_the_membership_ends_with_its_block_also_after_a_failure(connect):
    admin, owner = connect("admin"), connect("owner")
    with pytest.raises(ZeroDivisionError), journal_membership(admin):
        owner.execute("SET ROLE shanhai_journal")
        owner.execute("RESET ROLE")
        raise ZeroDivisionError
    with pytest.raises(errors.InsufficientPrivilege):
        owner.execute("SET ROLE shanhai_journal")


def test_a_membership_inside_a_transaction_is_a_mistake(shared_connections):
    with (
        psycopg.connect(shared_connections.admin) as admin,
        pytest.raises(ValueError, match=r"autocommit"),
        journal_membership(admin),
    ):
        pass


def test_a_membership_forgotten_by_a_killed_migration_is_taken_back(connect):
    admin = connect("admin")
    admin.execute("GRANT shanhai_journal TO shanhai_owner")
    assert end_forgotten_membership(admin)
    assert not end_forgotten_membership(admin)


def test_a_membership_in_use_is_left_to_its_migration(connect):
    with journal_membership(connect("admin")):
        assert not end_forgotten_membership(connect("admin"))


def test_the_web_role_reads_and_writes_what_the_owner_makes(connect):
    connect("owner").execute("CREATE TABLE IF NOT EXISTS ordinary (id serial PRIMARY KEY, name text)")
    connect("owner").execute("CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    web = connect("web")
    web.execute("INSERT INTO ordinary (name) VALUES ('温岭')")
    web.execute("UPDATE ordinary SET name = '阆中'")
    web.execute("CREATE TEMPORARY TABLE loading (name text)")
    assert web.execute("SELECT one()").fetchone() == (1,)
    web.execute("DELETE FROM ordinary")
    for change in ("TRUNCATE ordinary", "DROP TABLE ordinary", "CREATE TABLE other (id int)", "CREATE SCHEMA other"):
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(change)


@pytest.mark.parametrize("role", ["owner", "web"])
def test_neither_owner_nor_web_is_more_than_a_plain_user(connect, role):
    rights = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles"
    row = connect(role).execute(f"{rights} WHERE rolname = current_user").fetchone()
    assert row == (False,) * 5
    refuse_powerful_role(connect(role), zh="测试连接")


def test_a_role_above_the_rules_stops_the_start(connect):
    with pytest.raises(DatabaseUnavailable, match=r"shanhai_admin 是超级用户"):
        refuse_powerful_role(connect("admin"), zh="DATABASE_URL")


def test_a_member_of_the_journal_stops_the_start(connect):
    with journal_membership(connect("admin")), pytest.raises(DatabaseUnavailable, match=r"shanhai_journal 的成员"):
        refuse_powerful_role(connect("owner"), zh="DATABASE_OWNER_URL")


def test_extensions_of_the_wheel_can_be_made_by_the_owner(connect):
    for name in ("btree_gist", "pg_trgm", "citext"):
        connect("owner").execute(f"CREATE EXTENSION IF NOT EXISTS {name}")


def test_every_connection_needs_a_password(shared_connections):
    for role in ("web", "owner", "admin"):
        url = shared_connections.require(role)
        secret = url.split("://")[1].split("@")[0]
        for other in (secret.split(":")[0], secret + "x"):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(url.replace(secret, other), connect_timeout=5)
