"""Merging by field: nothing one side did is lost, nothing is made up, and only what both changed is asked about."""

from hypothesis import given
from hypothesis import strategies as st

from shanhai.web.forms_merge import merge

NAMES = ("name", "amount", "day")
VALUES = st.fixed_dictionaries(dict.fromkeys(NAMES, st.sampled_from(["", "1", "2", "三"])))


@given(VALUES, VALUES, VALUES)
def test_a_change_of_one_side_is_never_lost(opened, mine, theirs):
    merged = merge(opened, mine, theirs)
    for name in NAMES:
        if theirs[name] == opened[name]:
            assert merged.values[name] == mine[name]
        if mine[name] == opened[name]:
            assert merged.values[name] == theirs[name]


@given(VALUES, VALUES, VALUES)
def test_no_value_is_made_up(opened, mine, theirs):
    merged = merge(opened, mine, theirs)
    assert merged.values.keys() == mine.keys()
    assert all(merged.values[name] in (mine[name], theirs[name]) for name in NAMES)


@given(VALUES, VALUES, VALUES)
def test_exactly_what_both_changed_to_different_values_is_asked_about(opened, mine, theirs):
    both = {name for name in NAMES if opened[name] != mine[name] != theirs[name] != opened[name]}
    assert set(merge(opened, mine, theirs).conflicts) == both


@given(VALUES, VALUES, VALUES)
def test_merging_again_changes_nothing_more(opened, mine, theirs):
    once = merge(opened, mine, theirs)
    again = merge(theirs, once.values, theirs)
    assert (again.values, again.taken, again.conflicts) == (once.values, (), ())


@given(VALUES, VALUES)
def test_where_nobody_else_saved_all_of_mine_stands(opened, mine):
    merged = merge(opened, mine, opened)
    assert (merged.values, merged.taken, merged.conflicts) == (mine, (), ())


def test_a_field_i_did_not_see_is_not_mine_to_change():
    assert merge({"a": "1"}, {"a": "1"}, {"a": "2", "b": "3"}).values == {"a": "2"}
