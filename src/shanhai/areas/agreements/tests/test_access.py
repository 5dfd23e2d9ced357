"""Whose duty the acts of agreements are."""

import pytest

from shanhai.access.terms import ROLES
from shanhai.areas.agreements import actions
from shanhai.journal.acts import KINDS

MINE = {code: kind for code, kind in KINDS.items() if code.startswith("agreements.") and ".tests." not in code}


@pytest.mark.parametrize("code", MINE)
def test_every_duty_is_a_role_there_is_and_the_operator_may_load_for_all(code):
    assert set(MINE[code].duties) <= ROLES.keys()
    assert "operator" in MINE[code].duties


@pytest.mark.parametrize("code", MINE)
def test_who_only_looks_has_no_duty(code):
    assert not {"auditor", "viewer"} & set(MINE[code].duties)


def test_only_the_operator_registers_pairings():
    assert actions.PAIR.duties == ("operator",)


def test_a_clerk_of_one_side_writes_no_agreement_into_the_book_of_the_other(enter, acting, office):
    from shanhai.access.sessions import may

    actor = acting("clerk", side="west")
    scope = office.scopes["331081-511381"]
    assert may(actor, actions.SIGN, scope_id=scope, side="west")
    assert not may(actor, actions.SIGN, scope_id=scope, side="east")
    assert not may(actor, actions.SIGN, scope_id=office.scopes["330282-513324"], side="west")
