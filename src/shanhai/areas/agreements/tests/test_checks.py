"""Pure checks on rows of agreements and exchange."""

from datetime import date

import polars

from shanhai.areas.agreements import checks


def found(check, *rows):
    frame = polars.DataFrame([{"_row": number} | row for number, row in enumerate(rows, start=2)])
    return [(row, column, code) for row, column, code, _message in check(frame)]


def test_an_end_before_its_beginning_is_found():
    check = checks.ends_after_it_begins("first_on", "last_on")
    rows = [{"first_on": date(2024, 1, 2), "last_on": last} for last in (date(2024, 1, 1), date(2024, 1, 2), None)]
    assert found(check, *rows) == [(2, "last_on", "agreements.ends_before_it_begins")]


def test_a_region_paired_with_itself_is_found():
    assert found(checks.sides_differ, {"east_code": "331081", "west_code": "331081"}) == [
        (2, "west_code", "agreements.sides_equal")
    ]
    assert found(checks.sides_differ, {"east_code": "331081", "west_code": "511381"}) == []


def leader(team, first, last, role="leader"):
    return {"team_key": team, "role_code": role, "first_on": first, "last_on": last}


def test_two_leaders_at_one_time_are_found():
    first = leader("甲", date(2021, 6, 1), date(2022, 6, 1))
    assert found(checks.one_leader_per_team, first, leader("甲", date(2022, 6, 1), None)) == [
        (3, "role_code", "agreements.two_leaders")
    ]
    assert (
        found(checks.one_leader_per_team, leader("甲", date(2021, 6, 1), None), leader("甲", date(2023, 6, 1), None))
        != []
    )


def test_a_leader_may_follow_a_leader():
    first = leader("甲", date(2021, 6, 1), date(2022, 5, 31))
    assert found(checks.one_leader_per_team, first, leader("甲", date(2022, 6, 1), None)) == []


def test_every_team_has_a_leader_of_its_own_and_any_number_of_members():
    rows = [leader("甲", date(2021, 6, 1), None), leader("乙", date(2021, 6, 1), None)]
    rows += [leader("甲", date(2021, 6, 1), None, role="member") for _ in range(3)]
    assert found(checks.one_leader_per_team, *rows) == []
