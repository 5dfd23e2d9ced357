"""The audit of placements finds what looking at every two finds."""

from datetime import date, timedelta
from itertools import combinations

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.areas.labour.queries.overlaps import OVERLAP, double_counts, overlaps
from shanhai.base.findings import Refused

ON = date(2024, 3, 1)
SCHEMA = {
    "placement_key": polars.String, "person_key": polars.String, "class_code": polars.String,
    "started_on": polars.Date, "ended_on": polars.Date,
}  # fmt: skip
episodes = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["east", "province", None]),
        st.integers(-60, 5),
        st.none() | st.integers(0, 70),
    ),
    max_size=14,
)


def frame(drawn):
    rows = [
        (f"P{place}", who, kind, ON + timedelta(start), None if days is None else ON + timedelta(start + days))
        for place, (who, kind, start, days) in enumerate(drawn)
    ]
    return polars.DataFrame(rows, schema=SCHEMA, orient="row")


def by_looking_at_every_two(placements):
    """The plain double loop."""
    rows = [row for row in placements.rows() if row[3] <= ON]
    rows = sorted((who, start, key, kind, min(end or ON, ON)) for key, who, kind, start, end in rows)
    found = []
    for one, other in combinations(rows, 2):
        days = (min(one[4], other[4]) - other[1]).days + 1
        if one[0] == other[0] and days > 0:
            found.append((
                one[0], one[2], other[2], one[3], other[3], other[1], min(one[4], other[4]), days, one[3] != other[3],
            ))  # fmt: skip
    return found


@pytest.mark.slow
@given(episodes, st.randoms(use_true_random=False))
def test_the_sweep_finds_what_a_double_loop_finds_in_any_order(drawn, chance):
    placements = frame(drawn)
    order = list(range(placements.height))
    chance.shuffle(order)
    found = overlaps(placements[order], on=ON)
    assert found.rows() == by_looking_at_every_two(placements)
    assert found.schema == OVERLAP


def test_both_placements_and_the_common_days_are_named():
    found = overlaps(frame([("a", "east", -30, 10), ("a", "province", -25, 20), ("b", "east", -30, 10)]), on=ON)
    assert found.rows(named=True) == [{
        "person_key": "a", "first_key": "P0", "second_key": "P1", "first_class": "east", "second_class": "province",
        "from_on": date(2024, 2, 5), "until_on": date(2024, 2, 10), "days": 6, "two_classes": True,
    }]  # fmt: skip


def test_a_change_on_the_next_day_is_no_overlap_and_on_the_same_day_is_one_day():
    assert overlaps(frame([("a", "east", -30, 9), ("a", "east", -20, 9)]), on=ON).is_empty()
    assert overlaps(frame([("a", "east", -30, 10), ("a", "east", -20, 9)]), on=ON)["days"].to_list() == [1]


def test_an_episode_that_runs_lasts_until_the_day_asked():
    found = overlaps(frame([("a", "east", -30, None), ("a", "east", -3, None), ("a", "east", 1, None)]), on=ON)
    assert found["days"].to_list() == [4]


def test_double_counts_are_people_not_pairs():
    found = overlaps(
        frame([("a", "east", -30, 30), ("a", "province", -9, 2), ("a", "province", -5, 2), ("a", "east", -5, 0)]), on=ON
    )
    assert double_counts(found).rows() == [("east", "province", 1, 3, 7)]


def test_an_episode_that_ends_before_it_begins_is_refused():
    with pytest.raises(Refused, match="P0"):
        overlaps(frame([("a", "east", -5, 0)]).with_columns(ended_on=date(2024, 1, 1)), on=ON)
