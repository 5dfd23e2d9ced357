"""Talent exchange as it is recorded: what is refused is refused in its cell, and nothing is saved."""

from datetime import date

import pytest
from django.db import IntegrityError, connection

from shanhai.areas.talent.models import (
    Attendance,
    Course,
    Institution,
    MentorGroup,
    MentorPair,
    MinimumTerm,
    PairedOfficials,
    PostingResult,
    Secondment,
)
from shanhai.areas.talent.tests.conftest import BORN, OTHER, PAIRING, course, course_day, posting, signed
from shanhai.base.findings import Refused, RefusedRows
from shanhai.base.identifiers import example_identity

MINIMUM = {
    "_key": "teacher/2021-06-01", "kind_code": "teacher", "month_count": 12, "first_on": date(2021, 6, 1), "last_on": None,
    "document_no": "示例浙川协〔2021〕9号",
}  # fmt: skip
PAIR = {
    "_key": "ST-1", "mentor_key": "RY-1", "person_key": "RY-2", "group_key": "", "trade_code": "teaching",
    "unit_name": "示例学校", "goal": "公开课", "first_on": date(2022, 9, 15), "last_on": None, "outcome_code": "",
}  # fmt: skip


def refused(call):
    """The fields and codes of the problems a call is refused for."""
    with pytest.raises(RefusedRows) as told:
        call()
    return [(problem.row, problem.field, problem.code) for problem in told.value.problems]


def test_a_posting_is_a_plan_until_its_person_has_come(enter, register):
    register(1, 2)
    enter("send", posting(), posting("XP-2", person_key="RY-2", arrived_on=None))
    assert dict(Secondment.objects.values_list("key", "stage")) == {
        f"{PAIRING}/XP-1": "achieved", f"{PAIRING}/XP-2": "planned",
    }  # fmt: skip
    enter("send", posting("XP-2", person_key="RY-2"), correcting=True)
    assert Secondment.objects.get(key__endswith="XP-2").stage == "achieved"


def test_every_posting_crosses_the_border(enter, register):
    register(1)
    enter("send", posting())
    assert Secondment.objects.get().crosses_border


def test_a_person_in_two_places_is_refused_in_the_cell(enter, register):
    register(1)
    enter("send", posting())
    other = posting("XP-2", arrived_on=date(2023, 3, 1), first_on=date(2023, 3, 1), last_on=date(2023, 12, 31))
    assert refused(lambda: enter("send", other)) == [(2, "arrived_on", "talent.two_places")]
    assert Secondment.objects.count() == 1


def test_two_places_within_one_load_are_found_too(enter, register):
    register(1)
    rows = posting(), posting("XP-2", arrived_on=None, first_on=date(2023, 8, 31), last_on=date(2024, 8, 30))
    assert refused(lambda: enter("send", *rows)) == [(3, "first_on", "talent.two_places")]
    assert not Secondment.objects.exists()


def test_who_returned_early_may_be_posted_again(enter, register):
    register(1)
    enter("send", posting(left_on=date(2023, 1, 31)))
    enter("send", posting("XP-2", first_on=date(2023, 2, 1), arrived_on=date(2023, 2, 1)))
    assert Secondment.objects.count() == 2


def test_a_posting_called_off_takes_no_days(enter, register):
    register(1)
    enter("send", posting(arrived_on=None, cancelled_on=date(2022, 8, 20)))
    enter("send", posting("XP-2"))
    assert Secondment.objects.filter(cancelled_on__isnull=True).count() == 1


def test_a_correction_is_not_held_against_the_posting_itself(enter, register):
    register(1)
    enter("send", posting())
    enter("send", posting(last_on=date(2023, 12, 31)), correcting=True)
    assert Secondment.objects.get().last_on == date(2023, 12, 31)


def test_somebody_registered_twice_is_in_two_places_all_the_same(enter, register):
    register(1)
    known = {"_key": "RY-9", "name": "示例1", "identity": None, "birth_on": BORN, "household_key": None}
    enter("reference.person", known)
    enter("reference.merge", {
        "_key": "RD-1", "kind_code": "person", "left_key": "RY-1", "right_key": "RY-9", "verdict_code": "same",
        "decided_on": date(2024, 6, 20), "reason": "核实", "revoked_on": None,
    })  # fmt: skip
    enter("send", posting())
    again = posting("XP-2", person_key="RY-9")
    assert refused(lambda: enter("send", again)) == [(2, "arrived_on", "talent.two_places")]


def test_the_same_number_under_another_pairing_is_the_same_person(enter, register):
    register(1)
    enter("send", posting())
    register(1, pairing=OTHER)
    both = {"pairing": OTHER, "role": "operator", "reach": "all"}
    assert refused(lambda: enter("send", posting("XP-7"), **both)) == [(2, "arrived_on", "talent.two_places")]


def test_the_database_keeps_a_person_in_one_place_too(enter, register):
    register(1, 2)
    enter("send", posting(), posting("XP-2", person_key="RY-2"))
    with pytest.raises(IntegrityError, match="talent_secondment_once"), connection.cursor() as cursor:
        cursor.execute("UPDATE talent_secondment SET person_key = %s", [f"{PAIRING}/RY-1"])


def test_a_posting_outside_the_pairing_is_refused_in_the_cell(enter, register, paired):
    paired((date(2021, 6, 1), None))
    register(1)
    early = posting(first_on=date(2021, 5, 20), arrived_on=date(2021, 5, 31))
    assert refused(lambda: enter("send", early)) == [
        (2, "first_on", "reference.outside_pairing"), (2, "arrived_on", "reference.outside_pairing"),
    ]  # fmt: skip


def test_an_act_after_the_pairing_is_refused_in_the_cell(enter, paired):
    paired((date(2021, 6, 1), date(2023, 12, 31)))
    late = {
        "_key": "STZ-1",
        "name": "小组",
        "trade_code": "farming",
        "unit_name": "甲",
        "first_on": date(2024, 1, 1),
        "last_on": None,
    }
    assert refused(lambda: enter("form_groups", late)) == [(2, "first_on", "reference.outside_pairing")]
    academy = {"_key": "JG-1", "name": "学院", "kind_code": "academy", "place": "甲", "opened_on": date(2020, 1, 1)}
    assert refused(lambda: enter("found_institutions", academy)) == [(2, "opened_on", "reference.outside_pairing")]
    assert refused(lambda: enter("plan_courses", course())) == [(2, "first_on", "reference.outside_pairing")]


def test_nobody_serves_before_they_are_born(enter, register):
    row = {
        "_key": "RY-1",
        "name": "示例",
        "identity": example_identity(301, date(2022, 9, 2)),
        "birth_on": None,
        "household_key": None,
    }
    enter("reference.person", row)
    found = refused(lambda: enter("send", posting()))
    assert found == [(2, "first_on", "talent.before_birth"), (2, "arrived_on", "talent.before_birth")]


def test_the_refusal_tells_no_day_of_birth(enter):
    born = date(2022, 10, 11)
    row = {
        "_key": "RY-1",
        "name": "示例",
        "identity": example_identity(301, born),
        "birth_on": None,
        "household_key": None,
    }
    enter("reference.person", row)
    with pytest.raises(RefusedRows) as told:
        enter("send", posting())
    assert str(born) not in str(told.value)


def test_one_minimum_holds_on_a_day(enter):
    enter("set_minimum", MINIMUM)
    again = MINIMUM | {"_key": "teacher/2022-08-01", "first_on": date(2022, 8, 1)}
    assert refused(lambda: enter("set_minimum", again)) == [(2, "first_on", "talent.minimum_set_twice")]
    enter("set_minimum", MINIMUM | {"last_on": date(2022, 7, 31)}, correcting=True)
    enter("set_minimum", again, MINIMUM | {"_key": "doctor/2021-06-01", "kind_code": "doctor"})
    assert MinimumTerm.objects.count() == 3


def test_a_minimum_is_set_by_the_office_and_not_by_the_team(enter):
    with pytest.raises(Refused, match="没有这项职责"):
        enter("set_minimum", MINIMUM, role="team")


def test_a_result_needs_a_return(enter, register):
    register(1)
    enter("send", posting())
    result = {
        "_key": "FG-1",
        "secondment_key": "XP-1",
        "result_code": "title",
        "detail": "晋升",
        "stated_on": date(2023, 12, 1),
    }
    assert refused(lambda: enter("state_results", result)) == [(2, "secondment_key", "talent.not_back_yet")]
    enter("send", posting(left_on=date(2023, 12, 31)), correcting=True)
    assert refused(lambda: enter("state_results", result)) == [(2, "stated_on", "talent.result_before_return")]
    enter("state_results", result | {"stated_on": date(2024, 1, 31)})
    assert PostingResult.objects.get().person_key == f"{PAIRING}/RY-1"


def test_mentors_groups_and_officials_are_recorded(enter, register):
    register(1, 2)
    group = {
        "_key": "STZ-1",
        "name": "小组",
        "trade_code": "teaching",
        "unit_name": "示例学校",
        "first_on": date(2022, 9, 1),
        "last_on": None,
    }
    enter("form_groups", group)
    enter("pair_mentors", PAIR | {"group_key": "STZ-1"})
    pair = {
        "_key": "GB-1",
        "east_key": "RY-1",
        "west_key": "RY-2",
        "east_unit": "甲",
        "west_unit": "乙",
        "first_on": date(2022, 3, 1),
        "last_on": None,
    }
    enter("pair_officials", pair)
    assert MentorPair.objects.get().group_key == MentorGroup.objects.get().key
    assert PairedOfficials.objects.get().west_key == f"{PAIRING}/RY-2"


def test_a_pair_before_somebody_was_born_is_refused(enter, register):
    register(1, 2)
    early = PAIR | {"first_on": date(1985, 5, 6)}
    assert refused(lambda: enter("pair_mentors", early)) == [(2, "first_on", "talent.before_birth")]


def test_nobody_is_paired_with_themselves_in_the_database_either(enter, register):
    register(1)
    with pytest.raises(Refused, match="talent_mentorpair_two"):
        enter("pair_mentors", PAIR | {"person_key": "RY-1"})


def test_a_day_lies_within_its_course_and_people_sign_in_on_its_days(enter, register):
    register(1, 2)
    enter("plan_courses", course())
    outside = course_day(date(2024, 6, 23))
    assert refused(lambda: enter("plan_days", outside)) == [(2, "held_on", "talent.outside_course")]
    enter("plan_days", course_day(date(2024, 6, 24)), course_day(date(2024, 7, 2)))
    wrong = [signed("RY-1", date(2024, 6, 25)), signed("RY-1", date(2024, 7, 2))]
    assert refused(lambda: enter("list_attendance", *wrong)) == [
        (2, "attended_on", "talent.no_such_day"), (3, "attended_on", "talent.attended_ahead"),
    ]  # fmt: skip
    enter("list_attendance", signed("RY-1", date(2024, 6, 24)), signed("RY-2", date(2024, 6, 24)))
    assert set(Attendance.objects.values_list("way_code", "day_key")) == {("list", f"{PAIRING}/PX-1/2024-06-24")}
    assert Course.objects.get().stage == "planned"


def test_an_academy_is_founded(enter):
    row = {
        "_key": "JG-1",
        "name": "示例学院",
        "kind_code": "academy",
        "place": "天宫镇",
        "opened_on": date(2022, 10, 12),
    }
    enter("found_institutions", row, role="team")
    assert Institution.objects.get().stage == "achieved"
