"""A target against time: value at a day, share reached, lead on 序时进度."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from shanhai.areas.agreements import queries
from shanhai.areas.agreements.models import Agreement, Target
from shanhai.base.findings import Refused

PAIRING = "331081-511381"


@pytest.fixture
def promised(enter):
    """An agreement that promises twelve visits of 40 person-times a year; five visits happened by April."""

    def made(figure="agreements.visits", amount="12", unit="批", year=2024):
        enter("sign", {
            "_key": "XY", "agreement_no": "XY", "title": "协作协议", "kind_code": "general", "east_party": "甲",
            "west_party": "乙",
            "signed_on": date(2024, 1, 1),
        })  # fmt: skip
        enter("set_targets", {
            "_key": "XY/2024", "agreement_key": "XY", "target_year": year, "figure": figure,
            "amount": Decimal(amount), "unit": unit,
        })  # fmt: skip
        days = [
            date(2023, 12, 31),
            date(2024, 1, 1),
            date(2024, 2, 2),
            date(2024, 3, 3),
            date(2024, 4, 30),
            date(2024, 5, 1),
        ]
        enter("visit", *[
            {"_key": f"HF{number}", "direction_code": "east_to_west", "title": "考察", "started_on": day,
             "person_time_count": 8}
            for number, day in enumerate(days)
        ])  # fmt: skip
        return Target.objects.select_related("scope").get()

    return made


def test_a_target_is_a_plan_and_never_a_result(promised):
    assert promised().stage == "planned"


def test_the_value_at_a_day_counts_the_year_up_to_that_day(promised):
    progress = queries.progress_of(promised(), on=date(2024, 4, 30))
    assert (progress.value.amount, progress.value.rows) == (4, 4)
    assert progress.promised == 12


def test_the_lead_is_the_share_reached_less_the_share_of_the_year(promised):
    progress = queries.progress_of(promised(), on=date(2024, 4, 30))
    assert (progress.share, progress.time) == (Fraction(4, 12), Fraction(4, 12))
    assert progress.lead == 0
    assert not progress.behind


def test_a_day_before_the_month_is_over_the_month_does_not_count(promised):
    progress = queries.progress_of(promised(), on=date(2024, 4, 29))
    assert (progress.share, progress.time, progress.lead) == (Fraction(3, 12), Fraction(3, 12), 0)


def test_behind_time_the_lead_is_below_zero(promised):
    progress = queries.progress_of(promised(), on=date(2024, 6, 30))
    assert progress.lead == Fraction(5, 12) - Fraction(6, 12)
    assert progress.behind


@pytest.mark.parametrize(("on", "time"), [(date(2023, 12, 31), Fraction(0)), (date(2025, 1, 1), Fraction(1))])
def test_before_its_year_no_time_is_over_and_afterwards_all(promised, on, time):
    assert queries.progress_of(promised(), on=on).time == time


def test_before_its_year_a_target_has_no_value_and_no_lead(promised):
    progress = queries.progress_of(promised(), on=date(2023, 12, 31))
    assert (progress.value.state, progress.share, progress.lead) == ("not_yet_due", None, None)


def test_a_target_in_wan_yuan_is_compared_in_yuan(promised):
    progress = queries.progress_of(promised("funds.arranged", "3900", "万元"), on=date(2024, 6, 30))
    assert progress.promised == 39_000_000


def test_a_target_in_another_unit_is_refused_with_a_sentence(promised):
    with pytest.raises(Refused, match="单位是“亩”"):
        queries.progress_of(promised(unit="亩"), on=date(2024, 6, 30))


def test_a_target_of_an_unknown_figure_is_refused_with_a_sentence(promised):
    with pytest.raises(Refused, match=r"没有名为“no.such”的指标"):
        queries.progress_of(promised("no.such"), on=date(2024, 6, 30))


def test_a_target_of_nothing_has_no_share(promised):
    assert queries.progress_of(promised(amount="0"), on=date(2024, 6, 30)).share is None


def test_an_agreement_shows_all_its_targets(promised):
    promised()
    (progress,) = queries.progress_of_agreement(Agreement.objects.get(), on=date(2024, 6, 30))
    assert progress.target.figure == "agreements.visits"
