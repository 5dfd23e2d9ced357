"""The second wall, asked in plain SQL as the web role: what a session may see and write is what its row says."""

import psycopg
import pytest
from django.apps import apps
from psycopg import errors, sql

from shanhai.access import walls

OWN, OTHER, PROVINCES = "331081-511381", "330282-513324", "330000-510000"
WALLED = sorted(model._meta.db_table for model in walls.walled_models())
BOOKS = sorted(
    model._meta.db_table for model in walls.walled_models()
    if any(field.column == "owner_side" for field in model._meta.concrete_fields)
    and not getattr(model, "written_by_database", False)
)  # fmt: skip
#: Rows of one user alone: hidden from everybody else, or seen by whoever reads the scope.
OF_USERS = {
    model._meta.db_table: model.belongs_to_user for model in walls.walled_models() if hasattr(model, "belongs_to_user")
}
FORGED = ("", "1", "operator", "0" * 64, "' OR true --", "null", "331081-511381", "{}")


def test_there_is_something_to_see_in_every_walled_table(rows):
    for table in WALLED:
        count = rows.connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()[0]
        assert count >= 3, table


@pytest.mark.parametrize("table", WALLED)
def test_without_a_session_nothing_is_seen(rows, table):
    assert rows.scopes_seen(table) == set()


@pytest.mark.parametrize("table", WALLED)
def test_a_forged_setting_opens_nothing(rows, table):
    rows.session(("clerk", "west", OWN))
    for forged in FORGED:
        rows.carry(forged)
        assert rows.scopes_seen(table) == set()


@pytest.mark.parametrize("table", [table for table in WALLED if OF_USERS.get(table) != "hidden"])
def test_a_session_sees_its_pairing_and_the_provinces_above_and_no_other(rows, table):
    rows.session(("viewer", "west", OWN))
    assert rows.scopes_seen(table) == {rows.scopes[OWN], rows.scopes[PROVINCES]}


@pytest.mark.parametrize("table", WALLED)
def test_a_temporary_table_laid_before_the_real_one_opens_nothing(rows, table):
    rows.run("CREATE TEMPORARY TABLE access_grant AS SELECT * FROM access_grant")
    rows.run(
        "CREATE TEMPORARY TABLE access_session"
        " (digest text, user_id bigint, ended_at timestamptz, expires_at timestamptz)"
    )
    rows.run("INSERT INTO pg_temp.access_session SELECT access_hash('mine'), id, NULL, 'infinity' FROM access_user")
    rows.run("GRANT ALL ON ALL TABLES IN SCHEMA pg_temp TO PUBLIC")
    rows.carry("mine")
    assert rows.scopes_seen(table) == set()


@pytest.mark.parametrize("table", BOOKS)
def test_a_row_of_the_other_side_cannot_be_changed(rows, table):
    rows.session(("clerk", "east", OWN), ("finance", "east", OWN))
    with pytest.raises(errors.InsufficientPrivilege):
        rows.run(sql.SQL("UPDATE {} SET owner_side = owner_side").format(sql.Identifier(table)))


@pytest.mark.parametrize("table", BOOKS)
def test_a_row_cannot_be_put_into_the_book_of_the_other_side(rows, table):
    rows.session(("clerk", "east", OWN))
    with pytest.raises(errors.InsufficientPrivilege):
        rows.run(_copied(table), (rows.scopes[OWN],))


@pytest.mark.parametrize("role", ["auditor", "viewer"])
@pytest.mark.parametrize("table", BOOKS)
def test_who_only_looks_writes_nothing(rows, table, role):
    rows.session((role, "any", OWN))
    with pytest.raises(errors.InsufficientPrivilege):
        rows.run(_copied(table), (rows.scopes[OWN],))
    with pytest.raises(errors.InsufficientPrivilege):
        rows.run(sql.SQL("UPDATE {} SET owner_side = owner_side").format(sql.Identifier(table)))


@pytest.mark.parametrize("table", BOOKS)
def test_the_pairing_of_the_provinces_is_read_by_a_county_and_not_written(rows, table):
    rows.session(("clerk", "west", OWN))
    with pytest.raises(errors.InsufficientPrivilege):
        rows.run(_copied(table), (rows.scopes[PROVINCES],))


@pytest.mark.parametrize("table", BOOKS)
def test_the_own_book_is_written(rows, table):
    rows.session(("clerk", "west", OWN))
    with rows.connection.transaction(force_rollback=True):
        rows.connection.execute("SET LOCAL session_replication_role = replica")
        assert rows.run(_copied(table), (rows.scopes[OWN],)) == [1]


@pytest.mark.parametrize("table", sorted(set(WALLED) - {"reference_personkey"} - OF_USERS.keys()))
def test_the_web_role_deletes_no_record(rows, table):
    rows.session(("operator", "any", "all"))
    with pytest.raises(errors.InsufficientPrivilege):
        rows.run(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


@pytest.mark.parametrize("table", OF_USERS)
def test_a_row_of_one_user_is_written_and_thrown_away_by_that_user_alone(rows, table):
    changed = sql.SQL("UPDATE {} SET record_key = 'y'").format(sql.Identifier(table))
    deleted = sql.SQL("DELETE FROM {}").format(sql.Identifier(table))
    token = rows.session(("clerk", "west", OWN))
    assert rows.run(_of_user(table, "access_user()"), (rows.scopes[OWN],)) == [1]
    rows.session(("clerk", "west", OWN), ("operator", "any", "all"))
    assert rows.run(deleted) == [0]
    assert OF_USERS[table] == "seen" or rows.run(changed) == [0]
    rows.carry(token)
    assert rows.scopes_seen(table) >= {rows.scopes[OWN]}
    assert rows.run(deleted) == [1]


@pytest.mark.parametrize("table", OF_USERS)
def test_a_row_of_a_user_stands_under_no_other_name_and_only_where_that_user_writes(rows, table):
    rows.session(("clerk", "west", OWN))
    for statement, scope in ((_of_user(table, "0"), OWN), (_of_user(table, "access_user()"), OTHER)):
        with pytest.raises(errors.InsufficientPrivilege):
            rows.run(statement, (rows.scopes[scope],))
    rows.session(("auditor", "any", OWN))
    with pytest.raises(errors.InsufficientPrivilege):
        rows.run(_of_user(table, "access_user()"), (rows.scopes[OWN],))


def test_the_key_of_a_person_is_destroyed_only_by_whose_book_it_is_in(rows):
    rows.session(("clerk", "east", OWN))
    assert rows.run("DELETE FROM reference_personkey") == [0]
    rows.session(("clerk", "west", OWN))
    assert rows.run("DELETE FROM reference_personkey") == [1]


@pytest.mark.parametrize("table", ["funds_posting", "funds_balance"])
def test_nobody_posts_to_the_ledger_by_hand(rows, table):
    rows.session(("operator", "any", "all"))
    for statement in ("INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET amount_fen = 0"):
        with pytest.raises(errors.InsufficientPrivilege):
            rows.run(sql.SQL(statement).format(sql.Identifier(table)))


@pytest.mark.parametrize("role", ["auditor", "viewer"])
@pytest.mark.parametrize("table", ["journal_act", "journal_entry"])
def test_who_only_looks_adds_no_line_to_the_journal(rows, table, role):
    rows.session((role, "any", OWN))
    with pytest.raises(errors.InsufficientPrivilege):
        rows.run(_journalled(table), (rows.scopes[OWN],))


@pytest.mark.parametrize("table", ["journal_act", "journal_entry"])
def test_no_line_is_added_to_the_journal_of_another_pairing_or_of_the_provinces(rows, table):
    rows.session(("finance", "west", OWN))
    for code in (OTHER, PROVINCES):
        with pytest.raises(errors.InsufficientPrivilege):
            rows.run(_journalled(table), (rows.scopes[code],))


@pytest.mark.parametrize("table", ["access_session", "access_secret"])
def test_sessions_and_their_secret_are_read_by_nobody(rows, table):
    rows.session(("operator", "any", "all"))
    with pytest.raises(errors.InsufficientPrivilege):
        rows.run(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))


@pytest.mark.parametrize(
    "table", ["access_user", "access_grant", "reference_region", "reference_calendarday", "django_migrations"]
)
def test_accounts_and_reference_tables_are_not_written_by_the_web_role(rows, table):
    rows.session(("operator", "any", "all"))
    with pytest.raises(errors.InsufficientPrivilege):
        rows.run(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


def test_no_function_of_a_trigger_can_be_hung_on_a_table_of_ones_own(rows):
    """They run under their owner's rights, one of them with SQL from its arguments: borrowed, they open everything."""
    functions = [
        row[0]
        for row in rows.connection.execute(
            "SELECT oid::regproc::text FROM pg_proc WHERE prorettype = 'trigger'::regtype AND pronamespace = 'public'::regnamespace"
        )
    ]
    assert {"funds_post", "funds_keep_balances", "journal_chain", "journal_refuse"} <= set(functions)
    rows.run("CREATE TEMPORARY TABLE mine (id bigint)")
    for function in functions:
        with pytest.raises(errors.InsufficientPrivilege, match="permission denied for function"):
            rows.run(f"CREATE TRIGGER borrowed AFTER INSERT ON mine FOR EACH STATEMENT EXECUTE FUNCTION {function}()")


def test_the_owner_role_cannot_borrow_the_journals_triggers(shared_office):
    with psycopg.connect(shared_office.urls.owner) as owner:
        owner.execute("CREATE TEMPORARY TABLE mine (id bigint)")
        for function in ("journal_chain", "journal_refuse"):
            with owner.transaction(force_rollback=True), pytest.raises(errors.InsufficientPrivilege):
                owner.execute(f"CREATE TRIGGER borrowed AFTER INSERT ON mine EXECUTE FUNCTION {function}()")


def test_functions_that_run_under_their_owners_rights_name_their_search_path(rows):
    loose = rows.connection.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND NOT coalesce(proconfig @> ARRAY['search_path=public, pg_temp'], false)"
    ).fetchall()
    assert loose == []


def test_only_the_operator_founds_scopes(rows):
    found = (
        "INSERT INTO reference_scope (code, name, kind, scheme, level, east_code, west_code, is_example, is_notice)"
        " VALUES ('x', 'x', 'pairing', 'east_west', 'county', '330000', '510000', false, false)"
    )
    for role in ("clerk", "finance", "auditor"):
        rows.session((role, "any", "all"))
        with pytest.raises(errors.InsufficientPrivilege):
            rows.run(found)
    rows.session(("operator", "any", OWN))
    with pytest.raises(errors.InsufficientPrivilege):
        rows.run(found)
    rows.session(("operator", "any", "all"))
    assert rows.run(found) == [1]


def test_every_model_with_a_scope_is_walled_and_no_area_was_forgotten():
    scoped = {
        model._meta.db_table for model in apps.get_models()
        if model._meta.managed and any(field.column in ("scope_id", "owner_side") for field in model._meta.concrete_fields)
    }  # fmt: skip
    assert scoped - set(WALLED) == {"access_grant"}


def test_every_table_of_the_program_is_walled_hidden_or_only_read(rows):
    tables = {
        row[0]
        for row in rows.connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
    }
    assert tables - set(WALLED) - set(walls.HIDDEN) - set(walls.READ_ONLY) - set(walls.QUEUE) == {"journal_link"}


def test_policies_stand_on_every_walled_table(rows):
    standing = {row[0] for row in rows.connection.execute("SELECT relname FROM pg_class WHERE relrowsecurity")}
    assert standing == set(WALLED)


def _copied(table):
    """A statement that puts a row of the west's book into a table again, in the scope given."""
    model = next(model for model in walls.walled_models() if model._meta.db_table == table)
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    naming = ("key", "person_key", "digest")
    chosen = [sql.SQL("{} || 'x'" if name in naming else "{}").format(sql.Identifier(name)) for name in columns]
    return sql.SQL("INSERT INTO {0} ({1}) SELECT {2} FROM {0} WHERE scope_id = %s").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(", ").join(chosen)
    )


def _of_user(table, user):
    """A statement that puts a row of a user into a table, in the scope given."""
    model = next(model for model in walls.walled_models() if model._meta.db_table == table)
    told = {"user_id": user, "scope_id": "%s", "version": "0", "values": "'{}'", "opened": "'{}'", "side": "'west'"}
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    values = [told.get(name, "now()" if name.endswith("_at") else "'x'") for name in columns]
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(", ".join(values))
    )


def _journalled(table):
    columns = {
        "journal_act": "(id, code, acted_at, acted_by, acted_by_name, reason, source, scope_id)"
        " SELECT gen_random_uuid(), 'x', now(), 'x', '', '', '{}',",
        "journal_entry": "(act_id, record_type, record_key, scope_id) SELECT gen_random_uuid(), 'x', 'x',",
    }  # fmt: skip
    return f"INSERT INTO {table} {columns[table]} %s"
