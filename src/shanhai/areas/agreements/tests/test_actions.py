"""Agreements, meetings, visits, teams and closings as they are recorded."""

from datetime import date

import pytest

from shanhai.areas.agreements.models import Agreement, Clause, TeamMember, WorkingTeam
from shanhai.base.findings import Refused
from shanhai.base.identifiers import example_identity, example_organisation
from shanhai.reference.models import Closing, Organisation, Pairing

PAIRING = "331081-511381"
AGREEMENT = {
    "_key": "XY", "agreement_no": "XY", "title": "协作协议", "kind_code": "special", "east_party": "甲",
    "west_party": "乙",
    "signed_on": date(2021, 9, 16),
}  # fmt: skip


def test_an_agreement_is_signed_and_not_achieved(enter):
    enter("sign", AGREEMENT)
    assert Agreement.objects.get().stage == "signed"


def test_a_clause_belongs_to_its_agreement_and_may_expire(enter):
    enter("sign", AGREEMENT)
    enter(
        "state_clauses",
        {"_key": "XY/1", "agreement_key": "XY", "clause_no": "1", "wording": "互认", "last_on": date(2026, 9, 15)},
    )
    assert Clause.objects.get().agreement_key == Agreement.objects.get().key


def test_a_term_that_ends_before_it_begins_is_refused_by_the_database_too(enter):
    with pytest.raises(Refused, match="agreements_agreement_term"):
        enter("sign", AGREEMENT | {"first_on": date(2021, 9, 16), "last_on": date(2021, 9, 15)})


def test_a_team_has_leader_members_and_term(enter):
    enter("send_teams", {
        "_key": "GZD", "name": "温岭驻阆中工作队", "station": "阆中市", "first_on": date(2021, 6, 15),
        "last_on": date(2024, 6, 14),
    }, side="east")  # fmt: skip
    people = [
        {"_key": f"GZD-{number}", "team_key": "GZD", "name": f"示例{number}", "identity": example_identity(number,
         date(1980, 1, number)),
         "role_code": "leader" if number == 1 else "member", "home_unit": "示例局", "first_on": date(2021, 6, 15),
         "last_on": None}
        for number in range(1, 5)
    ]  # fmt: skip
    enter("join_teams", *people, side="east", is_example=True)
    team = WorkingTeam.objects.get()
    members = TeamMember.objects.filter(team_key=team.key)
    assert members.filter(role_code="leader").count() == 1
    assert members.count() == 4
    assert (team.first_on, team.last_on) == (date(2021, 6, 15), date(2024, 6, 14))


def test_a_closing_is_by_whoever_closes_where_nobody_else_is_named(enter):
    enter("close", {"_key": "2024-06-30", "closed_on": date(2024, 6, 30), "closed_by": None})
    assert Closing.objects.get().closed_by.startswith("示例 clerk")


def test_pairings_are_registered_by_the_operator_alone(enter):
    row = {
        "_key": "JD-2021", "level": "county", "round_no": 1, "east_code": "331081", "west_code": "511381",
        "first_on": date(2021, 6, 1),
        "first_on_precision": "month", "is_example": False,
    }  # fmt: skip
    with pytest.raises(Refused, match="由管理员办理"):
        enter("pair", row)
    enter("pair", row, role="operator")
    assert Pairing.objects.get().is_example is False


def test_bodies_are_registered_by_their_code(enter):
    code = example_organisation(1)
    enter(
        "register_organisations",
        {"_key": code, "credit_code": code, "name": "示例公司", "kind": "enterprise", "region_code": "511381"},
    )
    assert Organisation.objects.get().key == f"{PAIRING}/{code}"


def test_meetings_and_visits_are_also_the_working_teams_duty(enter):
    meeting = {"_key": "HY", "kind_code": "joint", "title": "联席会议", "held_on": date(2024, 4, 12)}
    assert enter("meet", meeting, role="team") == 1
    with pytest.raises(Refused, match="没有这项职责"):
        enter("sign", AGREEMENT, role="team")
    with pytest.raises(Refused, match="没有这项职责"):
        enter("meet", meeting, role="finance")
