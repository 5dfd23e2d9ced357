"""Whose duty the acts of honours are."""

import pytest

from shanhai.access.sessions import may
from shanhai.access.terms import ROLES
from shanhai.areas.honours import actions
from shanhai.journal.acts import KINDS

MINE = {code: kind for code, kind in KINDS.items() if code.startswith("honours.") and ".tests." not in code}


@pytest.mark.parametrize("code", MINE)
def test_every_duty_is_a_role_there_is_and_nobody_who_only_looks_has_one(code):
    assert "operator" in MINE[code].duties
    assert set(MINE[code].duties) <= ROLES.keys() - {"auditor", "viewer"}


def test_a_clerk_records_titles_in_the_own_book_and_pairing_only(acting, office):
    actor, scope = acting("clerk", side="west"), office.scopes["331081-511381"]
    assert may(actor, actions.AWARD, scope_id=scope, side="west")
    assert not may(actor, actions.AWARD, scope_id=scope, side="east")
    assert not may(actor, actions.REVIEW, scope_id=office.scopes["330282-513324"], side="west")
