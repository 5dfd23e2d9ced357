"""An office's own PostgreSQL."""

from types import SimpleNamespace

import psycopg
import pytest

from shanhai.database import Connections, DatabaseUnavailable, backup, connections, explained, restore
from shanhai.database.connections import external_connections, socket_url


@pytest.fixture
def own(home, monkeypatch):
    """Says what is set in the environment."""

    def say(**urls):
        for name, url in urls.items():
            monkeypatch.setenv(name, url)

    return say


def test_without_urls_the_database_is_the_embedded_one(home):
    assert external_connections() is None


@pytest.mark.slow
def test_own_urls_are_taken_as_they_are(home, own, shared_connections):
    own(DATABASE_URL=shared_connections.web, DATABASE_OWNER_URL=shared_connections.owner)
    found = connections(home)
    assert (found.web, found.owner, found.admin) == (shared_connections.web, shared_connections.owner, "")
    assert not found.embedded
    assert not home.root.exists()


@pytest.mark.slow
def test_a_web_role_above_the_rules_is_refused(home, own, shared_connections):
    own(DATABASE_URL=shared_connections.admin)
    with pytest.raises(DatabaseUnavailable, match=r"DATABASE_URL 的数据库用户 shanhai_admin 是超级用户"):
        connections(home)


@pytest.mark.slow
def test_one_user_for_web_and_owner_is_refused(home, own, shared_connections):
    own(DATABASE_URL=shared_connections.web, DATABASE_OWNER_URL=shared_connections.web)
    with pytest.raises(DatabaseUnavailable, match=r"同一个数据库用户"):
        connections(home)


def test_an_owner_without_a_web_role_is_refused(home, own):
    own(DATABASE_OWNER_URL="postgresql://somebody@/x?host=/nowhere")
    with pytest.raises(DatabaseUnavailable, match=r"没有设置 DATABASE_URL"):
        connections(home)


def test_an_unreachable_database_is_told_without_its_password(home, own):
    own(DATABASE_URL="postgresql://web:hidden-word@/x?host=/nowhere&connect_timeout=1")
    with pytest.raises(DatabaseUnavailable, match=r"连不上DATABASE_URL") as refusal:
        connections(home)
    assert "hidden-word" not in str(refusal.value)


@pytest.mark.parametrize(
    ("version", "encoding", "found"), [(140012, "UTF8", "第 14 版"), (150004, "SQL_ASCII", "以 SQL_ASCII 存文字")]
)
def test_an_old_version_or_another_encoding_is_refused(home, own, monkeypatch, version, encoding, found):
    class Answering:
        info = SimpleNamespace(server_version=version, parameter_status=lambda _name: encoding, user="web")

        def __enter__(self):
            return self

        def __exit__(self, *_error):
            return None

    monkeypatch.setattr(psycopg, "connect", lambda *_args, **_options: Answering())
    own(DATABASE_URL="postgresql://web@/x")
    with pytest.raises(DatabaseUnavailable, match=found):
        connections(home)


def test_backup_and_restore_leave_an_own_database_to_its_own_tools(home, own, place):
    own(DATABASE_URL="postgresql://web@/x")
    for act in (backup, restore):
        with pytest.raises(DatabaseUnavailable, match=r"pg_dump"):
            act(home, place / "a.bak")


def test_no_printed_form_shows_a_password():
    shown = repr(Connections(web="postgresql://w:secret@/x", owner="secret", admin="secret"))
    assert "secret" not in shown


def test_what_was_not_given_is_asked_for_by_name():
    with pytest.raises(DatabaseUnavailable, match=r"DATABASE_ADMIN_URL"):
        Connections(web="x", owner="", admin="", embedded=False).require("admin")


def test_a_socket_url_says_the_same_to_psycopg(place):
    folder = place / "数据 & 100%" / "run"
    url = socket_url("web", password="a/b:c@d", folder=folder, database="shanhai")
    assert psycopg.conninfo.conninfo_to_dict(url) == {
        "user": "shanhai_web",
        "password": "a/b:c@d",
        "host": str(folder),
        "port": "5432",
        "dbname": "shanhai",
    }


def test_a_full_disk_in_the_midst_of_work_is_a_sentence():
    assert "磁盘已写满" in str(explained(psycopg.errors.DiskFull()))
    assert explained(psycopg.errors.UniqueViolation()) is None
