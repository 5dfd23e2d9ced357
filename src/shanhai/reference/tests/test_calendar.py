"""The working calendar and what it counts."""

import csv
import runpy
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.base.findings import Refused
from shanhai.reference.calendar import make_calendar, shipped_calendar
from shanhai.reference.loading import DATA, CalendarDay, load_calendar_days, load_datasets

REPO = Path(__file__).parents[4]
CALENDAR = shipped_calendar()
DAYS = st.dates(date(2004, 3, 1), date(2026, 10, 31))
STEPS = st.integers(0, 30)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 8, 31), False),
        (date(2024, 9, 14), True),
        (date(2024, 9, 16), False),
        (date(2024, 10, 8), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2005, 12, 31), True),
        (date(2020, 1, 31), False),
        (date(2020, 2, 3), True),
        (date(2023, 4, 5), False),
    ],
)
def test_a_day_is_worked_as_its_notice_says(day, worked):
    assert CALENDAR.is_workday(day) is worked


def test_make_up_days_count_and_holidays_do_not():
    assert CALENDAR.add_workdays(date(2024, 9, 30), 1) == date(2024, 10, 8)
    assert CALENDAR.add_workdays(date(2024, 9, 13), 1) == date(2024, 9, 14)
    assert CALENDAR.workdays_between(date(2024, 9, 30), date(2024, 10, 12)) == 5
    assert CALENDAR.add_workdays(date(2024, 10, 8), -1) == date(2024, 9, 30)
    assert CALENDAR.add_workdays(date(2024, 8, 31), 0) == date(2024, 8, 31)


@settings(max_examples=40)
@given(DAYS, STEPS)
def test_so_many_working_days_later_are_so_many_working_days(start, steps):
    end = CALENDAR.add_workdays(start, steps)
    assert CALENDAR.workdays_between(start, end) == steps
    assert steps == 0 or CALENDAR.is_workday(end)


@settings(max_examples=40)
@given(DAYS, STEPS)
def test_going_there_and_back_leads_to_a_working_start(start, steps):
    begin = CALENDAR.add_workdays(start, 1)
    assert CALENDAR.add_workdays(CALENDAR.add_workdays(begin, steps), -steps) == begin


@settings(max_examples=40)
@given(DAYS, *[st.integers(0, 40)] * 2)
def test_working_days_add_up_over_any_day_between(start, first, second):
    middle = min(start + timedelta(days=first), CALENDAR.last)
    end = min(middle + timedelta(days=second), CALENDAR.last)
    count = CALENDAR.workdays_between
    assert count(start, middle) + count(middle, end) == count(start, end)
    assert count(end, start) == -count(start, end)
    assert 0 <= count(start, end) <= (end - start).days


def test_a_day_no_notice_settles_is_refused_unless_plain_weeks_are_assumed():
    for day in (date(2027, 1, 4), date(2003, 12, 31)):
        assert not CALENDAR.is_settled(day)
        with pytest.raises(Refused, match="尚无依据"):
            CALENDAR.is_workday(day)
    with pytest.raises(Refused, match="请更新工作日历"):
        CALENDAR.add_workdays(date(2026, 12, 30), 5)
    assert CALENDAR.assuming_plain_weeks().add_workdays(date(2026, 12, 30), 2) == date(2027, 1, 1)
    assert CALENDAR.assuming_plain_weeks().is_workday(date(2024, 9, 14))


def test_only_exceptions_are_kept_each_once_and_in_order():
    days = load_calendar_days()
    assert [day.day for day in days] == sorted({day.day for day in days})
    assert all((day.kind == "holiday") == (day.day.weekday() < 5) for day in days)
    assert all(day.name and day.source for day in days)
    assert {day.day.year for day in days} == set(range(2004, 2027))


def test_every_year_has_between_247_and_252_working_days():
    for year in range(2004, 2027):
        worked = CALENDAR.workdays_between(date(year, 1, 1), date(year, 12, 31)) + CALENDAR.is_workday(date(year, 1, 1))
        assert 247 <= worked <= 252, year


def test_a_calendar_is_made_from_any_list_of_exceptions():
    off = CalendarDay(date(2030, 5, 1), "holiday", "劳动节", "")
    made = make_calendar([off], version="x", first=date(2030, 1, 1), last=date(2030, 12, 31))
    assert made.add_workdays(date(2030, 4, 30), 1) == date(2030, 5, 2)


def test_a_day_of_an_unknown_kind_is_a_broken_file(monkeypatch, tmp_path):
    (tmp_path / "calendar.csv").write_text("day,kind,name,source\n2030-05-01,bridge,x,y\n", "utf-8")
    monkeypatch.setattr("shanhai.reference.loading.DATA", tmp_path)
    with pytest.raises(ValueError, match="bridge"):
        load_calendar_days.__wrapped__()


def test_every_difference_between_the_sources_is_decided_as_the_calendar_has_it():
    with (DATA / "calendar_differences.csv").open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    taken = {day.day.isoformat(): day.kind for day in load_calendar_days()}
    assert told
    assert all(taken.get(one["day"], "plain") == one["taken"] and one["reason"] for one in told)


@pytest.mark.slow
def test_the_tool_makes_the_same_files_again(tmp_path):
    about = load_datasets()["calendar"].source
    try:
        used = [f"{name} {version(name)}" for name in ("chinesecalendar", "holidays")]
    except PackageNotFoundError:
        pytest.skip("the sources of the calendar are not installed")
    if not all(name in about for name in used):
        pytest.skip(f"made from other versions than {used}")
    runpy.run_path(str(REPO / "tools" / "calendar_days.py"))["main"](tmp_path)
    for name in ("calendar.csv", "calendar_differences.csv"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()
