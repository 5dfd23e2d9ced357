"""Signing in: a session opens with the proof only, ends, runs out, and carries nothing over to the next transaction."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper

from shanhai.access import sessions
from shanhai.access.models import User
from shanhai.access.sessions import Actor, Book, acting_as, check_may, may
from shanhai.base.findings import Refused
from shanhai.journal.acts import KINDS, ActKind
from shanhai.reference.models import Scope

OWN, OTHER, PROVINCES = "331081-511381", "330282-513324", "330000-510000"
OPEN = "SELECT access_open_session(%s, %s, %s, %s, %s, '', '', %s)"
PAY = ActKind("access.tests.paid", "登记支付", ("finance",))


def seen() -> set[str]:
    return set(Scope.objects.values_list("code", flat=True))


def test_a_session_opens_what_its_user_was_granted(acting, office):
    actor = acting("clerk", side="west")
    assert actor.books == (Book(office.scopes[OWN], "west", "clerk"),)
    assert seen() == {OWN, PROVINCES}
    assert not actor.founds_scopes


def test_without_a_session_there_is_no_actor(office):
    assert sessions.actor_of_session() is None
    assert seen() == set()


def test_a_session_that_was_ended_opens_nothing(acting):
    acting("clerk", side="west")
    sessions.end_session()
    assert sessions.actor_of_session() is None
    assert seen() == set()


def test_a_session_that_ran_out_opens_nothing(acting, office, monkeypatch):
    monkeypatch.setattr(sessions, "LIFETIME", timedelta(seconds=-1))
    user = User.objects.get(username=office.account("clerk", side="west"))
    sessions.carry(sessions.open_session(user.pk))
    assert sessions.actor_of_session() is None
    assert seen() == set()


def test_a_session_of_an_account_that_was_switched_off_opens_nothing(rows):
    rows.session(("clerk", "west", OWN), active=False)
    assert rows.scopes_seen("funds_allocation") == set()


def test_a_grant_that_has_run_out_or_not_begun_opens_nothing(rows):
    rows.session(("clerk", "west", OWN))
    for column, days in (("last_on", -1), ("first_on", 1)):
        with rows.connection.transaction(force_rollback=True):
            rows.connection.execute(f"UPDATE access_grant SET {column} = access_today() + %s", (days,))
            assert rows.scopes_seen("funds_allocation") == set()


def test_several_grants_add_up(rows):
    rows.session(("clerk", "west", OWN), ("auditor", "any", OTHER))
    assert rows.scopes_seen("funds_allocation") == {rows.scopes[OWN], rows.scopes[OTHER], rows.scopes[PROVINCES]}


@pytest.mark.parametrize("proof", ["", "0" * 64, "guess"])
def test_a_session_cannot_be_opened_without_the_proof(office, proof):
    with pytest.raises(DatabaseError, match="登录凭据无效"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OPEN, [1, "x", "full", 3600, 3600, proof])


def test_a_proof_for_one_user_opens_no_session_of_another(office):
    digest = "d" * 64
    proof = sessions.proof("session", 2, digest, "full", 3600, 3600)
    with pytest.raises(DatabaseError, match="登录凭据无效"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OPEN, [1, digest, "full", 3600, 3600, proof])


@pytest.mark.parametrize("changed", [("full", 3600, 3600), ("code", 36_000, 3600), ("code", 3600, 36_000)])
def test_a_proof_for_one_step_opens_no_whole_and_no_longer_session(office, changed):
    digest = "d" * 64
    proof = sessions.proof("session", 1, digest, "code", 3600, 3600)
    with pytest.raises(DatabaseError, match="登录凭据无效"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OPEN, [1, digest, *changed, proof])


def test_a_proof_opens_one_session_and_not_a_second(acting, office):
    user = User.objects.get(username=office.account("clerk", side="west"))
    asked = [user.pk, "e" * 64, "full", 3600, 3600]
    values = [*asked, sessions.proof("session", *asked)]
    with connection.cursor() as cursor:
        cursor.execute(OPEN, values)
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(OPEN, values)


def test_the_token_itself_is_stored_nowhere(committed):
    with transaction.atomic():
        user = User.objects.get(username=committed.account("clerk", side="west"))
        token = sessions.open_session(user.pk)
    with psycopg.connect(committed.urls.admin) as admin:
        ((row,),) = admin.execute("SELECT access_session::text FROM access_session").fetchall()
    assert token not in row
    assert sessions._hash(token) in row


@pytest.mark.slow
def test_a_pooled_connection_carries_nothing_over(committed):
    options = dict(committed_settings()) | {"OPTIONS": {"pool": {"min_size": 1, "max_size": 1}}}
    pooled = DatabaseWrapper(options, "pooled")

    def backend(do):
        pooled.ensure_connection()
        pooled.set_autocommit(False)
        with pooled.cursor() as cursor:
            answer = do(cursor)
            pooled.commit()
        pooled.set_autocommit(True)
        pooled.close()
        return answer

    with transaction.atomic():
        token = sessions.open_session(User.objects.get(username=committed.account("clerk", side="west")).pk)

    def signed_in(cursor):
        cursor.execute("SELECT set_config('shanhai.session', %s, true)", [token])
        cursor.execute("SELECT pg_backend_pid(), count(*) FROM reference_scope")
        return cursor.fetchone()

    def anonymous(cursor):
        cursor.execute("SELECT pg_backend_pid(), count(*) FROM reference_scope")
        return cursor.fetchone()

    first, second = backend(signed_in), backend(anonymous)
    pooled.close_pool()
    assert first[1] == 2
    assert second == (first[0], 0)


def committed_settings():
    return connection.settings_dict


def test_the_next_transaction_of_the_same_connection_knows_nothing_of_the_last(committed):
    with transaction.atomic():
        committed.sign_in("clerk", side="west")
        assert seen() == {OWN, PROVINCES}
    with transaction.atomic():
        assert sessions.actor_of_session() is None
        assert seen() == set()


def test_acting_as_nobody_is_refused_with_a_sentence(office):
    with pytest.raises(Refused, match="没有名为“没有”的账号"), acting_as("没有"):
        pass


def test_the_operator_of_the_home_reaches_everything(office):
    with acting_as("operator") as actor:
        assert actor.founds_scopes
        assert seen() == set(office.scopes)


def test_the_first_wall_names_whose_duty_an_act_is(acting, office):
    actor = acting("clerk", side="west")
    with pytest.raises(Refused, match="“登记支付”由财务人员办理"):
        check_may(actor, PAY, scope_id=office.scopes[OWN], side="west")
    assert not may(actor, PAY, scope_id=office.scopes[OWN], side="west")


@pytest.mark.parametrize(("side", "scope"), [("east", OWN), ("own", OWN), ("west", OTHER), ("west", PROVINCES)])
def test_the_first_wall_holds_for_every_other_book(acting, office, side, scope):
    actor = acting("finance", side="west")
    assert may(actor, PAY, scope_id=office.scopes[OWN], side="west")
    assert not may(actor, PAY, scope_id=office.scopes[scope], side=side)


def test_auditors_and_viewers_have_no_duty_at_all():
    assert KINDS
    assert not [kind.code for kind in KINDS.values() if {"auditor", "viewer"} & set(kind.duties)]


def test_the_sides_an_actor_writes_come_east_first_and_without_what_they_only_see():
    books = (Book(1, "west", "clerk"), Book(1, "east", "finance"), Book(1, "own", "viewer"), Book(2, "own", "clerk"))
    actor = Actor(1, "x", "x", books)
    assert actor.sides(1) == ["east", "west"]
    assert actor.roles() == {"clerk", "finance", "viewer"}
