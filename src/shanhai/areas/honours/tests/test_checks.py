"""Pure checks on rows of honours, and the rule by which a title stands."""

from datetime import date

import polars
import pytest

from shanhai.areas.honours import checks
from shanhai.areas.honours.checks import Review, Title
from shanhai.areas.honours.tests.conftest import OF_SITE, frame_of

DAY = date(2024, 6, 30)


def found(check, name="award", **row):
    return [(field, code.partition(".")[2]) for _, field, code, _ in check(frame_of(name, [{"_key": "A"} | row]))]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"nominated_on": date(2023, 7, 1)}, [("awarded_on", "awarded_before_nominated")]),
        ({"announced_on": date(2023, 6, 21)}, [("awarded_on", "awarded_before_nominated")]),
        ({"nominated_on": date(2023, 6, 20), "announced_on": date(2023, 6, 20)}, []),
        (
            {"nominated_on": date(2023, 5, 2), "announced_on": date(2023, 5, 1)},
            [("announced_on", "announced_before_nominated")],
        ),
        # Of the award only the year is known: within it nothing is out of order.
        ({"nominated_on": date(2023, 7, 1), "awarded_on": date(2023, 1, 1), "awarded_on_precision": "year"}, []),
        (
            {"nominated_on": date(2024, 1, 1), "awarded_on": date(2023, 1, 1), "awarded_on_precision": "year"},
            [("awarded_on", "awarded_before_nominated")],
        ),
        ({"nominated_on": date(2023, 6, 1), "nominated_on_precision": "month"}, []),
    ],
)
def test_a_title_is_nominated_then_announced_then_awarded(row, told):
    assert found(checks.steps_in_order, **row) == told


def test_a_title_has_a_day_and_an_awarded_one_its_paper():
    assert found(checks.some_day, awarded_on=None) == [("awarded_on", "no_day")]
    assert found(checks.some_day, awarded_on=None, announced_on=DAY) == []
    assert found(checks.awarded_by_paper, document_no=" ") == [("document_no", "document_missing")]
    assert found(checks.awarded_by_paper, document_no=None, awarded_on=None) == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"expires_on": date(2023, 6, 19)}, [("expires_on", "expires_before_award")]),
        ({"expires_on": date(2023, 6, 20)}, []),
        ({"expires_on": DAY, "awarded_on": None}, [("expires_on", "expires_unawarded")]),
        ({"expires_on": date(2023, 3, 1), "awarded_on": date(2023, 1, 1), "awarded_on_precision": "year"}, []),
    ],
)
def test_a_title_is_not_over_before_its_award(row, told):
    assert found(checks.expires_after_award, **row) == told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, []),
        ({"holder_name": None}, [("holder_name", "holder_missing")]),
        ({"region_code": None}, [("region_code", "region_missing")]),
        (OF_SITE, []),
        (OF_SITE | {"holder_name": "示例村", "village": "示例村"}, [("holder_name", "told_by_site"), ("village", "told_by_site")]),
        ({"kind_code": "village"}, [("village", "village_missing")]),
        ({"kind_code": "village", "village": "示例村"}, []),
    ],
)  # fmt: skip
def test_a_holder_is_a_site_or_told_in_words(row, told):
    assert found(checks.holder_named, **row) == told


def test_both_regions_name_their_holders():
    assert found(checks.partners_named, sharing_code="both") == [("joint_names", "partner_missing")]
    assert found(checks.partners_named, sharing_code="both", joint_names="示例东局") == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"result_code": "withdrawn"}, [("reason", "reason_missing")]),
        ({"result_code": "withdrawn", "reason": "弄虚作假", "expires_on": DAY}, [("expires_on", "withdrawn_with_term")]),
        ({"result_code": "withdrawn", "reason": "弄虚作假"}, []),
        ({"expires_on": date(2024, 2, 29)}, [("expires_on", "expires_before_review")]),
        ({"expires_on": date(2024, 3, 1)}, []),
    ],
)  # fmt: skip
def test_a_withdrawal_says_why_and_a_review_reaches_beyond_its_day(row, told):
    assert found(checks.review_told, "review", **row) == told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"started_on": date(2022, 2, 17)}, [("started_on", "site_out_of_order")]),
        ({"started_on": date(2022, 5, 1), "accepted_on": date(2022, 4, 30)}, [("accepted_on", "site_out_of_order")]),
        ({"dropped_on": date(2022, 1, 1), "drop_reason": "改址"}, [("dropped_on", "site_out_of_order")]),
        ({"started_on": date(2022, 2, 18), "accepted_on": date(2022, 2, 18)}, []),
    ],
)
def test_a_site_is_proposed_then_begun_then_accepted(row, told):
    assert found(checks.site_in_order, "register_sites", **row) == told


def test_a_site_given_up_says_why_and_was_not_accepted():
    check = checks.dropped_with_reason
    assert found(check, "register_sites", dropped_on=DAY) == [("drop_reason", "reason_missing")]
    assert found(check, "register_sites", drop_reason="改址") == [("dropped_on", "drop_day_missing")]
    both = {"dropped_on": DAY, "drop_reason": "改址", "accepted_on": date(2022, 12, 1)}
    assert found(check, "register_sites", **both) == [("dropped_on", "dropped_after_acceptance")]
    assert found(check, "register_sites", dropped_on=DAY, drop_reason="改址") == []


REGIONS = [("四川省", "province"), ("南充市", "prefecture"), ("阆中市", "county")]


@pytest.mark.parametrize(
    ("body", "rank"),
    [
        ("国家乡村振兴局", "national"),
        ("农业农村部", "national"),
        ("中共四川省委、四川省人民政府", "provincial"),
        ("四川省南充市农业农村局", "prefecture"),
        ("阆中市人民政府", "county"),
        ("示例组委会", ""),
    ],
)
def test_a_body_tells_its_rank_by_the_region_in_its_name(body, rank):
    assert checks.rank_told(body, REGIONS) == rank


def standing(title):
    """Whether a title stands the day before, on, and the day after."""
    return [title.in_force(date(2024, 6, day)) for day in (28, 29, 30)]


def test_the_last_day_of_a_title_is_one_of_it_and_the_day_of_a_withdrawal_is_not():
    award, day = date(2024, 6, 1), date(2024, 6, 29)
    assert standing(Title(award, day)) == [True, True, False]
    assert standing(Title(award, None, (Review(day, passed=False),))) == [True, False, False]
    assert standing(Title(day, None)) == [False, True, True]
    assert standing(Title(None, None)) == [False, False, False]


def test_the_last_review_says_how_far_a_title_reaches():
    renewed = Review(date(2024, 6, 30), passed=True, expires_on=date(2027, 6, 30))
    assert standing(Title(date(2024, 6, 1), date(2024, 6, 28), (renewed,))) == [True, False, True]
    shortened = Review(date(2024, 6, 2), passed=True, expires_on=date(2024, 6, 28))
    assert standing(Title(date(2024, 6, 1), date(2030, 1, 1), (shortened,))) == [True, False, False]


def test_frames_of_nothing_are_told_nothing():
    empty = frame_of("award", [{"_key": "A"}]).clear()
    assert isinstance(empty, polars.DataFrame)
    assert list(checks.steps_in_order(empty)) == []
