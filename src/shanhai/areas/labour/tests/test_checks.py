"""Pure checks of labour: what, in which row and column; and the pure rules behind its refusals."""

from datetime import date

import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.areas.labour import checks
from shanhai.areas.labour.checks import Claim, Rule, Spell


def found(check, **columns):
    frame = polars.DataFrame({"_row": [3]} | {name: [value] for name, value in columns.items()})
    return [(row, column, code) for row, column, code, message in check(frame) if message.endswith("。")]


def test_days_stand_in_order():
    check = checks.in_order("first_on", "last_on")
    assert found(check, first_on=date(2023, 2, 1), last_on=date(2023, 1, 31)) == [
        (3, "last_on", "labour.ends_before_it_begins")
    ]
    assert found(check, first_on=date(2023, 2, 1), last_on=date(2023, 2, 1)) == []


def test_an_amount_is_above_zero():
    assert found(checks.above_zero("owed_fen"), owed_fen=0) == [(3, "owed_fen", "labour.not_above_zero")]
    assert found(checks.above_zero("owed_fen"), owed_fen=None) == []


@pytest.mark.parametrize(
    ("recovered", "day", "expected"),
    [
        (None, None, []), (100, date(2023, 2, 1), []),
        (100, None, [(3, "recovered_on", "labour.recovery_incomplete")]), (None, date(2023, 2, 1), [(3, "recovered_fen", "labour.recovery_incomplete")]),
        (101, date(2023, 2, 1), [(3, "recovered_fen", "labour.recovered_too_much")]),
        (100, date(2022, 2, 1), [(3, "recovered_on", "labour.recovered_too_early")]),
    ],
)  # fmt: skip
def test_wages_got_back_have_a_day_and_are_no_more_than_owed(recovered, day, expected):
    told = {"owed_fen": 100, "opened_on": date(2023, 1, 1), "recovered_fen": recovered, "recovered_on": day}
    assert found(checks.recovered_with_its_day, **told) == expected


def test_nobody_too_young_is_asked_for_and_ages_stand_in_order():
    assert found(checks.ages_in_order, youngest_years=15, oldest_years=50) == [
        (3, "youngest_years", "labour.too_young_asked")
    ]
    assert found(checks.ages_in_order, youngest_years=40, oldest_years=30) == [
        (3, "oldest_years", "labour.ages_not_in_order")
    ]


@pytest.mark.parametrize(
    ("class_code", "region", "fits"),
    [
        ("paired_east", "330200", True), ("paired_east", "440300", False), ("in_province", "510100", True), ("in_province", "331081", False),
        ("elsewhere", "440300", True), ("elsewhere", "511300", False), ("public_welfare", "511381", True),
    ],
)  # fmt: skip
def test_the_class_is_where_the_work_is(class_code, region, fits):
    wrong = found(checks.class_where_the_work_is, scope_code="331081-511381", class_code=class_code, region_code=region)
    assert wrong == ([] if fits else [(3, "class_code", "labour.class_elsewhere")])


def test_age_is_counted_in_whole_years():
    assert checks.age_on(date(2008, 2, 29), date(2024, 2, 28)) == 15
    assert checks.age_on(date(2008, 2, 29), date(2024, 2, 29)) == 16
    assert checks.age_on(date(2024, 6, 1), date(2023, 6, 1)) < 0


DAYS = st.dates(date(2021, 6, 1), date(2021, 8, 1))
SPELLS = st.lists(st.tuples(st.sampled_from("AB"), DAYS, st.none() | st.integers(0, 20)), max_size=7)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(SPELLS)
def test_people_in_two_places_are_found_in_one_pass_as_pair_by_pair(told):
    spells = [
        Spell(
            str(place),
            person,
            first,
            None if days is None else date.fromordinal(first.toordinal() + days),
            "厂",
            "elsewhere",
            place,
        )
        for place, (person, first, days) in enumerate(told)
    ]
    frame = polars.DataFrame(
        [(one.person, one.started_on, one.ended_on) for one in spells],
        schema={"person": polars.String, "started_on": polars.Date, "ended_on": polars.Date}, orient="row",
    )  # fmt: skip
    pairs = {
        one.person
        for one in spells
        for other in spells
        if one is not other and one.person == other.person and one.meets(other)
    }
    assert checks.in_two_places(frame) == pairs
    for person in pairs:
        assert list(checks.clashes([one for one in spells if one.person == person]))


def _rule(**changed):
    told = {
        "key": "R", "amount_fen": 200, "per_code": "month", "group_code": "", "class_code": "", "months_minimum": 3, "months_maximum": 6,
        "cap_fen": None, "first_on": date(2022, 1, 1), "last_on": None,
    }  # fmt: skip
    return Rule(**(told | changed))


@pytest.mark.parametrize(
    ("rules", "months", "earlier", "expected"),
    [
        ([], 9, 0, ("", "no_rule", 0)), ([_rule(last_on=date(2022, 12, 31))], 9, 0, ("", "no_rule", 0)),
        ([_rule(group_code="monitored")], 9, 0, ("R", "group", 0)), ([_rule(class_code="elsewhere")], 9, 0, ("R", "destination", 0)),
        ([_rule()], 2, 0, ("R", "months", 0)), ([_rule()], 3, 0, ("R", "granted", 600)), ([_rule()], 9, 0, ("R", "granted", 1200)),
        ([_rule(months_maximum=None)], 9, 0, ("R", "granted", 1800)), ([_rule(cap_fen=1000)], 9, 300, ("R", "granted", 700)),
        ([_rule(cap_fen=1000)], 9, 1000, ("R", "cap", 0)), ([_rule(per_code="once")], 9, 0, ("R", "granted", 200)),
        ([_rule(), _rule(key="S", group_code="lifted", amount_fen=300)], 3, 0, ("S", "granted", 900)),
    ],
)  # fmt: skip
def test_a_decision_follows_from_the_rule_in_force(rules, months, earlier, expected):
    decision = checks.decided(Claim(date(2023, 7, 1), "lifted", "paired_east", months, earlier), rules)
    assert (decision.rule_key, str(decision.result), decision.amount_fen) == expected
