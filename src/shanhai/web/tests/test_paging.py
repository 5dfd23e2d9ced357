"""Pages of a long list."""

from hypothesis import given
from hypothesis import strategies as st

from shanhai.web.paging import numbered


def pages(number, total, size=50):
    return numbered(number, total, size, str)


def test_what_fits_on_one_page_has_no_pages():
    assert pages(1, 50) is None
    assert pages(1, 0) is None


def test_the_middle_of_many_links_its_neighbours_and_both_ends():
    found = pages(10, 1000)
    assert [link.get("label") for link in found["links"]] == ["1", None, "8", "9", "10", "11", "12", None, "20"]
    assert found["told"] == "第 451–500 行，共 1000 行"
    assert (found["previous_url"], found["next_url"]) == ("9", "11")


@given(st.integers(1, 500), st.integers(0, 5000), st.integers(1, 100))
def test_exactly_one_page_is_the_current_one_and_none_is_linked_twice(number, total, size):
    found = pages(number, total, size)
    if found:
        labels = [link["label"] for link in found["links"] if link]
        assert sum(link.get("current", False) for link in found["links"]) == 1
        assert len(labels) == len(set(labels))
