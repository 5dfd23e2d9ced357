"""Whose duty the acts of money are, held by the action and, where an action had a hole, by the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from shanhai.areas.funds.tests.conftest import COLUMNS, DAYS, Desk
from shanhai.base.findings import Refused

PAIRING, OTHER, PROVINCES = "331081-511381", "330282-513324", "330000-510000"
DUTIES = {"finance", "operator"}


def deeds_of(office, actor, name, **rest):
    desk = Desk(actor, office.scopes[rest.pop("pairing", PAIRING)], **rest)
    desk.told((name, {} if name == "register_sources" else {"amount": 100}))


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("role", ["clerk", "project_owner", "team", "auditor", "viewer"])
def test_only_finance_moves_money_and_a_clerk_may_allocate(acting, office, role, name):
    actor = acting(role, side="west")
    if (role, name) == ("clerk", "allocate"):
        with pytest.raises(Refused, match="不够"):
            deeds_of(office, actor, name)
        return
    with (
        pytest.raises(Refused, match=r"办理|没有这项职责")
        if role not in ("auditor", "viewer")
        else pytest.raises((Refused, DatabaseError))
    ):
        deeds_of(office, actor, name)


@pytest.mark.parametrize("name", COLUMNS)
def test_the_book_of_the_other_side_is_refused(acting, office, name):
    with pytest.raises(Refused, match="没有这项职责"):
        deeds_of(office, acting("finance", side="west"), name, side="east")


@pytest.mark.parametrize("pairing", [OTHER, PROVINCES])
def test_another_pairing_is_refused(acting, office, pairing):
    with pytest.raises((Refused, DatabaseError)), transaction.atomic():
        deeds_of(office, acting("finance", side="west"), "register_sources", pairing=pairing)


def test_every_kind_of_record_was_tried():
    assert set(COLUMNS) == set(DAYS)


def test_the_database_refuses_the_other_side_even_where_the_action_does_not(acting, office, monkeypatch):
    monkeypatch.setattr("shanhai.access.entering.check_may", lambda *_, **__: None)
    actor = acting("finance", side="west")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        deeds_of(office, actor, "register_sources", side="east")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        deeds_of(office, actor, "register_sources", pairing=OTHER)


def test_a_correction_of_the_other_sides_record_is_refused_by_the_database_too(acting, office, monkeypatch):
    east = Desk(acting("finance", side="east"), office.scopes[PAIRING], side="east")
    east.register_sources(key="ZJ")
    east.issue(key="XD", amount=100)
    west = Desk(acting("finance", side="west"), office.scopes[PAIRING])
    monkeypatch.setattr("shanhai.access.entering.check_may", lambda *_, **__: None)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        west.correct("issue", key="XD", amount=200)


def test_what_the_other_side_recorded_can_be_read(acting, office):
    east = Desk(acting("finance", side="east"), office.scopes[PAIRING], side="east")
    east.register_sources(key="ZJ")
    acting("viewer", side="west")
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, owner_side FROM funds_source")
        assert cursor.fetchall() == [(f"{PAIRING}/ZJ", "east")]
