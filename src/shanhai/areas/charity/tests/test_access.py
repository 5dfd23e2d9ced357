"""Whose duty the acts of charity are."""

import pytest

from shanhai.access.sessions import may
from shanhai.access.terms import ROLES
from shanhai.areas.charity import actions
from shanhai.journal.acts import KINDS

MINE = {code: kind for code, kind in KINDS.items() if code.startswith("charity.") and ".tests." not in code}


@pytest.mark.parametrize("code", MINE)
def test_every_duty_is_a_role_there_is_and_the_operator_may_load_for_all(code):
    assert set(MINE[code].duties) <= ROLES.keys()
    assert "operator" in MINE[code].duties


@pytest.mark.parametrize("code", MINE)
def test_who_only_looks_has_no_duty(code):
    assert not {"auditor", "viewer"} & set(MINE[code].duties)


def test_a_clerk_of_one_side_writes_no_gift_into_the_book_of_the_other(acting, office):
    actor, scope = acting("clerk", side="west"), office.scopes["331081-511381"]
    assert may(actor, actions.RECEIVE, scope_id=scope, side="west")
    assert not may(actor, actions.RECEIVE, scope_id=scope, side="east")
    assert not may(actor, actions.EMPLOY, scope_id=office.scopes["330282-513324"], side="west")
