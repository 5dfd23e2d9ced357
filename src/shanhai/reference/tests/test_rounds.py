"""The rounds of a pairing: which are recorded, and whether two regions were paired on a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shanhai.reference.queries import Round, paired_on, rounds_of

START = date(2016, 1, 1)
SPAN = 60
"""Days looked at: rounds begin and end among them, or last beyond."""


def _day(number):
    return START + timedelta(days=number)


@st.composite
def _rounds(draw):
    first = draw(st.integers(0, SPAN))
    last = draw(st.none() | st.integers(first, SPAN))
    return Round(1, _day(first), None if last is None else _day(last))


rounds = st.lists(_rounds(), max_size=4)
days = st.integers(-1, SPAN + 1).map(_day)


def _covered(told):
    """Every day inside, counted one by one."""
    return {
        day
        for one in told
        for day in map(_day, range(SPAN + 2))
        if (day - one.first).days in range((one.last - one.first).days + 1 if one.last else SPAN + 2)
    }


@given(rounds, days)
def test_a_day_is_inside_where_one_of_the_rounds_covers_it(told, day):
    assert paired_on(day, told) == (day in _covered(told))


@given(rounds, rounds, days)
def test_a_further_round_only_adds_days_and_their_order_is_nothing(told, more, day):
    assert paired_on(day, told + more) == (paired_on(day, told) or paired_on(day, more)) == paired_on(day, more + told)


@given(_rounds(), st.integers(0, SPAN), days)
def test_a_round_told_as_two_that_follow_each_other_has_the_same_days(one, length, day):
    cut = one.first + timedelta(days=length)
    if one.last is None or cut < one.last:
        halves = [Round(1, one.first, cut), Round(2, cut + timedelta(days=1), one.last)]
        assert paired_on(day, halves) == one.holds(day)


@given(_rounds(), st.integers(1, 9), st.integers(1, 9), days)
def test_a_day_in_the_gap_between_two_rounds_is_outside(one, gap, length, day):
    if one.last is not None:
        again = one.last + timedelta(days=gap + 1)
        told = [one, Round(2, again, again + timedelta(days=length))]
        for number in range(1, gap + 1):
            assert not paired_on(one.last + timedelta(days=number), told)
        assert paired_on(one.last, told) and paired_on(again, told)
        assert paired_on(day, told) == (one.holds(day) or told[1].holds(day))


def test_rounds_are_told_in_their_order(paired, office):
    assert rounds_of(office.scopes["331081-511381"]) == []
    paired((date(2021, 6, 1), None), (date(2016, 10, 1), date(2021, 5, 31)))
    assert rounds_of(office.scopes["331081-511381"]) == [
        Round(2, date(2016, 10, 1), date(2021, 5, 31)), Round(1, date(2021, 6, 1), None),
    ]  # fmt: skip
