"""Whose duty the acts of orders are."""

import pytest

from shanhai.access.terms import ROLES
from shanhai.areas.orders import actions
from shanhai.areas.orders.tests.conftest import DELIVERY
from shanhai.base.findings import Refused
from shanhai.journal.acts import KINDS

MINE = {code: kind for code, kind in KINDS.items() if code.startswith("orders.") and ".tests." not in code}


@pytest.mark.parametrize("code", MINE)
def test_every_duty_is_a_role_there_is_and_who_only_looks_has_none(code):
    duties = set(MINE[code].duties)
    assert duties <= ROLES.keys()
    assert "operator" in duties
    assert not {"auditor", "viewer"} & duties


def test_a_base_operator_reports_deliveries_and_the_team_does_not(ordered):
    row = DELIVERY | {"_key": "JS2", "delivery_no": "JS2", "ticket_no": "示例磅-2"}
    assert ordered("deliver", row, role="project_owner") == 1
    with pytest.raises(Refused, match="没有这项职责"):
        ordered("deliver", row | {"_key": "JS3", "delivery_no": "JS3"}, role="team")


def test_prices_are_the_clerks_word_and_not_the_sellers():
    assert "project_owner" not in actions.PUBLISH_PRICE.duties
