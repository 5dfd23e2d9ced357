"""The program does not start under a role the walls would not hold, nor beside a table without one."""

import psycopg
import pytest
from django.db import connections

from shanhai.access import walls
from shanhai.access.walls import UnwalledTableError

pytestmark = pytest.mark.slow


def test_the_web_role_may_start(committed):
    walls.inspect()
    assert walls.open_tables() == []


def test_the_owner_of_the_tables_may_not_run_the_site(committed):
    with pytest.raises(UnwalledTableError, match="能够绕过行级权限"):
        walls.inspect("owner")


def test_a_superuser_may_not_run_the_site(committed):
    _become(committed.urls.admin)
    with pytest.raises(UnwalledTableError, match="能够绕过行级权限"):
        walls.inspect()


@pytest.mark.parametrize("gift", ["ALTER ROLE tests_strong BYPASSRLS", "GRANT shanhai_owner TO tests_strong"])
def test_a_role_that_could_bypass_the_walls_may_not_run_the_site(committed, gift):
    with psycopg.connect(committed.urls.admin, autocommit=True) as admin:
        admin.execute("CREATE ROLE tests_strong LOGIN PASSWORD 'strong' IN ROLE shanhai_web")
        try:
            admin.execute(f"GRANT CONNECT ON DATABASE {admin.info.dbname} TO tests_strong")
            admin.execute(gift)
            connections["default"].close()
            connections["default"].settings_dict.update(USER="tests_strong", PASSWORD="strong")
            with pytest.raises(UnwalledTableError, match="tests_strong"):
                walls.inspect()
        finally:
            connections["default"].close()
            admin.execute("DROP OWNED BY tests_strong")
            admin.execute("DROP ROLE tests_strong")


def test_a_table_whose_wall_was_taken_down_stops_the_start(committed):
    with psycopg.connect(committed.urls.owner, autocommit=True) as owner:
        owner.execute("ALTER TABLE funds_allocation DISABLE ROW LEVEL SECURITY")
    assert walls.open_tables() == ["funds_allocation"]
    with pytest.raises(UnwalledTableError, match="funds_allocation"):
        walls.inspect()


def test_a_view_read_under_other_rights_than_its_readers_stops_the_start(committed):
    with psycopg.connect(committed.urls.owner, autocommit=True) as owner:
        owner.execute("ALTER VIEW funds_movement SET (security_invoker = false)")
    assert walls.open_tables() == ["funds_movement"]
    with pytest.raises(UnwalledTableError, match="funds_movement"):
        walls.inspect()


def _become(url):
    parts = psycopg.conninfo.conninfo_to_dict(url)
    connections["default"].close()
    connections["default"].settings_dict.update(USER=parts["user"], PASSWORD=parts["password"])
