"""Whose duty the acts of projects are."""

import pytest

from shanhai.areas.projects import actions
from shanhai.areas.projects.tests.conftest import START, move, project
from shanhai.base.findings import Refused


def test_a_project_unit_reports_and_does_not_accept_its_own_work(enter):
    assert enter("propose", project(), role="project_owner") == 1
    assert enter("move", move("proposed", START), role="project_owner") == 1
    with pytest.raises(Refused, match="没有这项职责"):
        enter("accept", {"_key": "x", "project_key": "XM", "result_code": "passed", "accepted_on": START, "document_no": "x"},
              role="project_owner")  # fmt: skip


@pytest.mark.parametrize("role", ["finance", "team", "auditor", "viewer"])
def test_others_record_no_project(enter, role):
    with pytest.raises(Exception, match=r"没有这项职责|row-level security"):
        enter("propose", project(), role=role)


def test_acceptance_assets_and_hand_over_are_the_offices_duty():
    for kind in (actions.ACCEPT, actions.REGISTER_ASSET, actions.HAND_OVER):
        assert set(kind.duties) == {"clerk", "operator"}
