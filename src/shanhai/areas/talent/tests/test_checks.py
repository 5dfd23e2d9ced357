"""Checks on rows alone, and the rule that one person's postings share no day."""

from datetime import date, timedelta

import polars
from hypothesis import given
from hypothesis import strategies as st

from shanhai.areas.talent import checks, figures
from shanhai.areas.talent.checks import Stay, met_by
from shanhai.areas.talent.terms import Role

START = date(2022, 9, 1)
DAYS = st.integers(0, 60).map(lambda number: START + timedelta(days=number))


def found(check, **row):
    return [(field, code) for _, field, code, _ in check(polars.DataFrame([{"_row": 2} | row]))]


def test_a_term_ends_after_it_begins():
    check = checks.ends_after_it_begins("first_on", "last_on")
    assert found(check, first_on=START, last_on=START) == []
    assert found(check, first_on=START, last_on=START - timedelta(days=1)) == [
        ("last_on", "talent.ends_before_it_begins")
    ]


def test_nobody_leaves_before_they_came():
    dates = {"arrived_on": START, "left_on": START - timedelta(days=1)}
    assert found(checks.left_after_arriving, **dates) == [("left_on", "talent.left_before_arrival")]
    assert found(checks.left_after_arriving, arrived_on=START, left_on=START) == []


def test_nobody_leaves_without_having_come():
    frame = polars.DataFrame(
        [{"_row": 2, "arrived_on": None, "left_on": START}], schema_overrides={"arrived_on": polars.Date}
    )
    assert [(field, code) for _, field, code, _ in checks.left_after_arriving(frame)] == [
        ("arrived_on", "talent.left_without_arrival")
    ]


def test_who_came_is_not_called_off():
    row = {"arrived_on": START, "cancelled_on": START}
    assert found(checks.cancelled_or_arrived, **row) == [("cancelled_on", "talent.cancelled_after_arrival")]


def test_nobody_is_their_own_mentor():
    check = checks.two_people("mentor_key", "person_key")
    assert found(check, mentor_key="RY-1", person_key="RY-1") == [("person_key", "talent.paired_with_oneself")]
    assert found(check, mentor_key="RY-1", person_key="RY-2") == []


def test_the_roles_that_lead_a_school_are_roles():
    assert set(figures.SCHOOL_LEADERS) <= set(Role)


@given(st.lists(st.tuples(DAYS, DAYS), max_size=5), st.tuples(DAYS, DAYS))
def test_a_posting_meets_another_exactly_where_they_share_a_day(others, own):
    def days(span):
        first, last = sorted(span)
        return {first + timedelta(days=number) for number in range((last - first).days + 1)}

    def stay(span):
        return Stay(*sorted(span), told="", key="")

    met = met_by(stay(own), [stay(span) for span in others])
    assert (met is not None) == any(days(own) & days(span) for span in others)


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_a_stay_takes_real_days_before_planned_ones(arrived, left, first):
    last = first + timedelta(days=10)
    row = {"first_on": first, "last_on": last, "arrived_on": arrived, "left_on": left, "cancelled_on": None}
    stay = Stay.of(row, told="", key="")
    assert stay is not None
    assert stay.first == (arrived or first)
    assert stay.last == (left or max(last, stay.first))
    assert Stay.of(row | {"cancelled_on": first}, told="", key="") is None
