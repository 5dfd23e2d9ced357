"""Whose duty the acts of planting are."""

import pytest

from shanhai.areas.planting import actions
from shanhai.base.findings import Refused


def test_an_operator_of_a_base_reports_land_leases_work_and_dividends(enter, base):
    assert enter("lease", role="project_owner") == 1
    assert enter("record_work", role="project_owner") == 1


@pytest.mark.parametrize("role", ["team", "auditor", "viewer"])
def test_others_record_nothing(enter, role):
    with pytest.raises(Exception, match=r"没有这项职责|row-level security"):
        enter("register_bases", role=role)


def test_finance_records_payments_and_decides_nothing(enter, base):
    assert "finance" in actions.PAY.duties
    with pytest.raises(Refused, match="没有这项职责"):
        enter("decide_dividend", role="finance")
