"""Days as papers give them, and what may be counted between them."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.base.dates import (
    FixedClock,
    MachineClock,
    PartialDate,
    time_progress,
    today,
    whole_months,
    whole_years,
)

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
EXACT = DAYS.map(PartialDate.of)
MONTHS = DAYS.map(lambda day: PartialDate(day.year, day.month))
YEARS = DAYS.map(lambda day: PartialDate(day.year))
ANY = EXACT | MONTHS | YEARS


def partial(text: str) -> PartialDate:
    return PartialDate.from_iso(text)


@given(ANY)
def test_a_partial_date_is_read_again_as_it_was_written(when):
    assert partial(str(when)) == when


@given(ANY)
def test_a_partial_date_covers_its_first_and_last_day_and_no_day_outside(when):
    assert when.covers(when.first_day)
    assert when.covers(when.last_day)
    assert not when.covers(when.first_day - timedelta(days=1))
    assert not when.covers(when.last_day + timedelta(days=1))


@given(ANY, ANY)
def test_two_dates_are_one_before_the_other_or_may_be_the_same(one, other):
    assert one.surely_before(other) + other.surely_before(one) + one.may_be_same(other) == 1


def test_a_partial_date_is_shown_as_known():
    assert (partial("2021").zh, partial("2021-06").zh, partial("2021-06-02").zh) == (
        "2021年",
        "2021年6月",
        "2021年6月2日",
    )
    assert partial("2024-02").last_day == date(2024, 2, 29)
    assert (partial("2021").first_day, partial("2021").last_day) == (date(2021, 1, 1), date(2021, 12, 31))
    assert partial("2021-06-02").is_exact
    assert not partial("2021-06").is_exact


@pytest.mark.parametrize("text", ["2021-13", "2021-02-29", "21", "2021-6", "2021-00", "", "2021-06-00"])
def test_what_is_no_date_is_no_partial_date(text):
    with pytest.raises(ValueError, match=r".+"):
        partial(text)


def test_a_day_needs_its_month():
    with pytest.raises(ValueError, match="without a month"):
        PartialDate(2021, None, 3)


def test_lists_are_ordered_by_first_day_and_the_vaguer_first():
    texts = ["2021-06-02", "2021", "2021-06-01", "2021-06", "2020-12-31", "2021-01-01"]
    assert [str(when) for when in sorted(map(partial, texts))] == [
        "2020-12-31", "2021", "2021-01-01", "2021-06", "2021-06-01", "2021-06-02",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2021-06", "2024-08", 38),
        ("2021-06-30", "2024-08", 38),
        ("2021-06-15", "2021-07-14", 0),
        ("2021-06-15", "2021-07-15", 1),
        ("2021-01-31", "2021-02-28", 1),
        ("2020-02-29", "2021-02-28", 12),
        ("2021-06", "2021-06", 0),
    ],
)
def test_months_between_dates_are_whole(start, end, months):
    assert whole_months(partial(start), partial(end)) == months


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [("2021-06", "2024-08", 3), ("2021-08", "2024-06", 2), ("2021", "2024-08", 3), ("2021-06-02", "2024-06-01", 2)],
)
def test_years_between_dates_are_counted_in_months_where_months_are_known(start, end, years):
    assert whole_years(partial(start), partial(end)) == years


def test_counting_backwards_and_months_of_a_bare_year_are_refused():
    for start, end in (("2024-08", "2021-06"), ("2021", "2024-08"), ("2021-06-15", "2021-06-14")):
        with pytest.raises(ValueError, match=r".+"):
            whole_months(partial(start), partial(end))
    with pytest.raises(ValueError, match="before"):
        whole_years(partial("2024"), partial("2021-06"))


@given(MONTHS, st.integers(0, 600))
def test_so_many_months_later_are_so_many_months(start, months):
    year, month = divmod(start.year * 12 + (start.month or 1) - 1 + months, 12)
    assert whole_months(start, PartialDate(year, month + 1)) == months


@given(DAYS, DAYS, st.integers(0, 400))
def test_a_later_end_never_makes_fewer_months(one, other, more):
    start, end = sorted((one, other))
    later = PartialDate.of(end + timedelta(days=more))
    assert whole_months(PartialDate.of(start), later) >= whole_months(PartialDate.of(start), PartialDate.of(end))


def test_time_progress_counts_the_months_that_are_over():
    assert time_progress(date(2023, 4, 30)) == Fraction(4, 12)
    assert time_progress(date(2023, 4, 29)) == Fraction(3, 12)
    assert time_progress(date(2023, 1, 1)) == 0
    assert time_progress(date(2023, 12, 31)) == 1
    assert time_progress(partial("2023-04")) == Fraction(1, 3)
    assert time_progress(partial("2023")) == 1


@given(DAYS)
def test_time_progress_never_falls_inside_a_year(day):
    after = day + timedelta(days=1)
    assert 0 <= time_progress(day) <= 1
    assert after.year > day.year or time_progress(day) <= time_progress(after)


def test_today_is_the_day_in_china():
    assert today(FixedClock(datetime(2026, 11, 22, 16, 0, tzinfo=UTC))) == date(2026, 11, 23)
    assert today(FixedClock(datetime(2026, 11, 22, 15, 59, tzinfo=UTC))) == date(2026, 11, 22)
    assert MachineClock().now().tzinfo is UTC


def test_a_clock_without_a_time_zone_is_a_broken_program():
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(datetime(2026, 11, 22))
