"""What a window means for each behaviour in time."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shanhai.figures.windows import Window, year_window


def test_a_year_is_seen_as_of_the_day_asked():
    assert year_window(2024, as_of=date(2024, 6, 30)) == Window(start=date(2024, 1, 1), end=date(2024, 6, 30))


def test_a_year_that_had_not_begun_is_ahead():
    assert year_window(2025, as_of=date(2024, 6, 30)).ahead


def test_the_first_year_of_a_window_begins_with_it():
    assert Window(start=date(2021, 6, 1), end=date(2024, 6, 30)).year(2021).start == date(2021, 6, 1)


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)), st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_the_years_of_a_window_cover_each_of_its_days_once(one, other):
    first, last = sorted([one, other])
    whole = Window(start=first, end=last)
    years = [whole.year(year) for year in range(first.year, last.year + 1)]
    assert years[0].start == first
    assert years[-1].end == last
    assert all((after.start - before.end).days == 1 for before, after in pairwise(years))
