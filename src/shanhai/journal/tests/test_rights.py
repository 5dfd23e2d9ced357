"""Neither who runs the site nor who owns the tables can change, empty, alter or drop the journal."""

import psycopg
import pytest
from psycopg import errors

TABLES = ("journal_entry", "journal_act", "journal_link", "journal_span")
COLUMN = {
    "journal_entry": "record_key",
    "journal_act": "reason",
    "journal_link": "entry_count",
    "journal_span": "entry_count",
}
ON_TABLES = {
    "update": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table}",
    "alter": "ALTER TABLE {table} ADD COLUMN more text",
    "alter a type": "ALTER TABLE {table} ALTER COLUMN {column} TYPE text",
    "disable triggers": "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "drop": "DROP TABLE {table}",
    "drop a trigger": "DROP TRIGGER {table}_kept ON {table}",
    "add a trigger": "CREATE TRIGGER more BEFORE INSERT ON {table} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "add a rule": "CREATE RULE more AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "take down the wall": "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    "take it over": "ALTER TABLE {table} OWNER TO CURRENT_USER",
    "grant itself rights": "GRANT ALL ON {table} TO CURRENT_USER",
}
_REPLACED = "CREATE OR REPLACE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
BESIDE = {
    "become the journal": "SET ROLE shanhai_journal",
    "join the journal": "GRANT shanhai_journal TO CURRENT_USER",
    "replace the chain": _REPLACED.format("journal_chain"),
    "replace the refusal": _REPLACED.format("journal_refuse"),
    "drop the chain": "DROP FUNCTION journal_chain() CASCADE",
    "drop the schema": "DROP SCHEMA public CASCADE",
    "silence triggers": "SET session_replication_role = replica",
    "turn the clock of entries back": "SELECT setval(pg_get_serial_sequence('journal_entry', 'seq'), 1)",
}


@pytest.fixture(scope="module", params=["web", "owner"])
def role(request, shared_office):
    with psycopg.connect(shared_office.urls.require(request.param), autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("deed", ON_TABLES)
def test_web_and_owner_may_not(role, deed, table):
    try:
        with pytest.raises(errors.InsufficientPrivilege):
            role.execute(ON_TABLES[deed].format(table=table, column=COLUMN[table]))
    except pytest.fail.Exception:
        # A grant without the right to grant is only warned of: what counts is that nothing was given.
        assert deed == "grant itself rights"
        held = role.execute(
            "SELECT has_table_privilege(%s, 'UPDATE') OR has_table_privilege(%s, 'DELETE')", (table, table)
        ).fetchone()
        assert held == (False,)


@pytest.mark.parametrize("deed", BESIDE)
def test_nor_may_they(role, deed):
    with pytest.raises(errors.InsufficientPrivilege):
        role.execute(BESIDE[deed])


def test_the_web_role_adds_no_link_itself(shared_office):
    with psycopg.connect(shared_office.urls.web, autocommit=True) as web, pytest.raises(errors.InsufficientPrivilege):
        web.execute(
            "INSERT INTO journal_link (n, first_seq, last_seq, entry_count, folded, previous, head, linked_at)"
            " VALUES (1, 1, 1, 1, '', '', '', now())"
        )


def test_the_owner_role_writes_no_entry(shared_office):
    with (
        psycopg.connect(shared_office.urls.owner, autocommit=True) as owner,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        owner.execute(
            "INSERT INTO journal_entry (act_id, record_type, record_key) VALUES (gen_random_uuid(), 'a', 'b')"
        )


def test_even_an_administrator_is_told_that_the_journal_only_grows(shared_office):
    with psycopg.connect(shared_office.urls.admin, autocommit=True) as admin:
        for table in TABLES:
            with pytest.raises(errors.InsufficientPrivilege, match="日志只能追加"):
                admin.execute(f"TRUNCATE {table}")
