"""When cooperation happens: inside a round of the pairing, and what is said in the cell of a day that is not."""

from datetime import date, timedelta

import polars
import pytest
from django.utils.translation import override

from shanhai.access.entering import Context, hold
from shanhai.access.pairing import OUTSIDE, outside_pairing
from shanhai.base.findings import RefusedRows
from shanhai.journal import actions
from shanhai.journal.acts import ActKind

ACT = ActKind("access.tests.dated", "登记", ("clerk",))
OWN, OTHER, FUND = "331081-511381", "330282-513324", "FUND-511381"
FIRST, SECOND = (date(2016, 10, 1), date(2020, 12, 31)), (date(2021, 6, 1), None)
A_DAY = timedelta(days=1)


@pytest.fixture
def within(acting, office, today):
    """Do something with the context of an act of the operator: `within(doing, scope=FUND)`."""

    def done(doing, scope=OWN):
        actor = acting("operator", reach="all")
        with actions.act(ACT, author=actor.author, scope_id=office.scopes[scope]) as opened:
            return doing(
                Context(
                    actor=actor, scope_id=office.scopes[scope], scope_code=scope, side="west", act=opened, today=today
                )
            )

    return done


@pytest.fixture
def outside(within):
    """The days, of those given, that are refused."""

    def told(*days, scope=OWN, **rest):
        rows = polars.DataFrame({"held_on": days, "on_paper": [True] + [False] * (len(days) - 1)})
        problems = within(lambda context: list(outside_pairing(rows, ("held_on",), context, **rest)), scope)
        assert {(field, code) for _, field, code, _ in problems} <= {("held_on", OUTSIDE)}
        return [row["held_on"] for row, *_ in problems]

    return told


def test_a_day_inside_any_of_several_rounds_is_inside(paired, outside):
    paired(FIRST, SECOND)
    assert outside(*FIRST, date(2018, 1, 1), SECOND[0], date(2024, 7, 1)) == []


def test_a_day_before_the_first_round_or_in_the_gap_between_two_is_outside(paired, outside):
    paired(FIRST, SECOND)
    days = (FIRST[0] - A_DAY, FIRST[1] + A_DAY, SECOND[0] - A_DAY)
    assert outside(*days) == list(days)


def test_a_day_after_the_last_round_is_outside_in_whatever_order_they_are_recorded(paired, outside):
    paired((SECOND[0], date(2025, 12, 31)), FIRST)
    assert outside(date(2025, 12, 31), date(2026, 1, 1)) == [date(2026, 1, 1)]


def test_a_round_that_lasts_has_no_last_day(paired, outside):
    paired(FIRST, SECOND)
    assert outside(date(2099, 1, 1)) == []


def test_rounds_that_follow_each_other_leave_no_day_out(paired, outside):
    paired((FIRST[0], date(2021, 5, 31)), SECOND)
    assert outside(date(2021, 5, 31), date(2021, 6, 1)) == []


def test_nothing_is_outside_where_no_round_is_registered(outside):
    assert outside(date(1990, 1, 1)) == []


def test_nothing_is_outside_in_a_regions_own_fund(paired, outside):
    paired(SECOND)
    assert outside(date(1990, 1, 1), scope=FUND) == []
    assert outside(date(1990, 1, 1), scope=OTHER) == []


def test_a_blank_day_and_a_column_the_rows_lack_are_passed_over(paired, outside, within):
    paired(SECOND)
    assert outside(date(1990, 1, 1), None) == [date(1990, 1, 1)]
    rows = polars.DataFrame({"held_on": [date(2022, 1, 1)]})
    assert within(lambda context: list(outside_pairing(rows, ("left_on", "held_on"), context))) == []


def test_only_acts_of_the_cooperation_are_held(paired, outside):
    paired(SECOND)
    early, earlier = date(2021, 5, 31), date(2020, 1, 1)
    assert outside(early, earlier, only=lambda row: row["on_paper"]) == [early]


def test_the_sentence_names_the_day_every_round_and_what_to_do(paired, within):
    paired(FIRST, SECOND)
    rows = polars.DataFrame({"_row": [7], "_sheet": ["表"], "_file": ["一.xlsx"], "held_on": [date(2021, 3, 1)]})
    with pytest.raises(RefusedRows) as refused:
        within(lambda context: hold(outside_pairing(rows, ("held_on",), context, advice="另请核对地点。")))
    (problem,) = refused.value.problems
    assert (problem.file, problem.sheet, problem.row, problem.field) == ("一.xlsx", "表", 7, "held_on")
    assert problem.message == (
        "2021-03-01 不在结对期内：结对关系“331081-511381”登记的是第 1 轮（2016-10-01 至 2020-12-31）、第 2 轮（2021-06-01 至今）。"
        "协作事项的日期应在其中一轮之内。请核对日期；轮次缺少或起止日期有误的，请管理员先登记或更正结对关系。另请核对地点。"
    )


def test_the_sentence_is_told_in_english_too(paired, within):
    paired(FIRST, SECOND)
    rows = polars.DataFrame({"held_on": [date(2021, 3, 1)]})
    with override("en"):
        ((*_, told),) = within(lambda context: list(outside_pairing(rows, ("held_on",), context)))
    assert told.startswith("2021-03-01 is not within the pairing")
    assert "round 1 (2016-10-01 to 2020-12-31), round 2 (from 2021-06-01 on)" in told
