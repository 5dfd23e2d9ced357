"""Paging by key walks every row once, in the order asked for, there and back."""

import pytest
from django.apps import apps

from shanhai.web import keysets
from shanhai.web.keysets import Order

COLUMNS = ("key", "happened_on", "progress_percent", "step_code")


def walked(rows, order, size):
    pages, place = [], ""
    while True:
        found = keysets.page_of(rows, order, (place, ""), size)
        pages.append([row.key for row in found.rows])
        if not found.after:
            return pages
        place = keysets.place_of(found.rows[-1], order)


def walked_back(rows, order, size, last):
    pages, place = [], keysets.place_of(last, order)
    while True:
        found = keysets.page_of(rows, order, ("", place), size)
        pages.append([row.key for row in found.rows])
        if not found.before:
            return pages[::-1]
        place = keysets.place_of(found.rows[0], order)


@pytest.mark.slow
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", COLUMNS)
def test_every_row_is_walked_once_there_and_back(example_loaded, column, descending):
    rows = apps.get_model("projects.Milestone").objects.filter(scope__code="331081-511381")
    order = Order(column, descending)
    whole = [row.key for row in keysets.ordered(rows, order)]
    assert len(whole) > 100
    there = walked(rows, order, 37)
    assert [key for page in there for key in page] == whole
    last = keysets.ordered(rows, order).last() if column == "key" else list(keysets.ordered(rows, order))[-1]
    back = walked_back(rows, order, 37, last)
    assert [key for page in back for key in page] == whole[:-1]
    values = [getattr(row, column) for row in keysets.ordered(rows, order)]
    told = [value for value in values if value is not None]
    assert told == sorted(told, reverse=descending)
    assert values[: len(told)] == told


@pytest.mark.parametrize(
    "given", ["", "x", "[1]", '["2024-13-01", "a"]', '["a\\u0000", "b"]', "[null, 3]", '{"a": 1}', "\x00"]
)
def test_a_place_that_cannot_be_read_is_the_first_page(example_loaded, given):
    rows = apps.get_model("projects.Milestone").objects.filter(scope__code="331081-511381")
    found = keysets.page_of(rows, Order("happened_on"), (given, ""), 5)
    assert (found.before, len(found.rows)) == (False, 5)


def test_an_order_that_is_not_offered_is_that_of_keys():
    assert Order.asked("-act_id", ("paid_on",)) == Order()
    assert Order.asked("-paid_on", ("paid_on",)).told == "-paid_on"
