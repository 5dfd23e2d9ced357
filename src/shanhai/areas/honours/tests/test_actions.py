"""Sites, titles and reviews as they are recorded, and what is refused in which cell."""

from datetime import date

import pytest
from django.utils.translation import override

from shanhai.areas.honours.models import Honour, HonourReview, Site
from shanhai.areas.honours.tests.conftest import OF_SITE, PAIRING
from shanhai.base.findings import Refused, RefusedRows

TITLE, SITE = {"_key": "RY-1"}, {"_key": "SFD"}
YEAR_2021 = {"awarded_on": date(2021, 1, 1), "awarded_on_precision": "year"}
OVER = {"result_code": "withdrawn", "reason": "弄虚作假"}


def test_a_title_is_a_plan_until_it_is_awarded(enter):
    enter("award", TITLE | {"awarded_on": None, "document_no": None, "announced_on": date(2023, 5, 4)})
    assert Honour.objects.get().stage == "planned"
    enter("award", TITLE | {"announced_on": date(2023, 5, 4)}, correcting=True)
    assert Honour.objects.get().stage == "achieved"


def test_a_title_of_both_regions_crosses_the_border_and_the_other_side_does_not_enter_it_again(enter, refused):
    enter("award", TITLE | {"sharing_code": "both", "joint_names": "示例东局、示例商会"}, TITLE | {"_key": "RY-2", "title": "另一称号"})  # fmt: skip
    assert {one.title: one.crosses_border for one in Honour.objects.all()} == {"示例称号": True, "另一称号": False}
    mirrored = {"_key": "E-1", "holder_name": "示例东局", "sharing_code": "both", "joint_names": "示例局"}
    assert refused("award", mirrored, side="east") == [(2, "title", "honours.held_twice")]


@pytest.mark.parametrize(
    ("name", "told", "field"),
    [
        ("register_sites", {"proposed_on": date(2021, 5, 31)}, "proposed_on"),
        ("award", {"awarded_on": date(2021, 5, 31)}, "awarded_on"),
        ("award", {"nominated_on": date(2020, 1, 1), "nominated_on_precision": "year"}, "nominated_on"),
    ],
)
def test_what_is_dated_outside_the_pairing_is_refused_in_its_cell(paired, refused, name, told, field):
    paired((date(2021, 6, 1), None))
    assert refused(name, {"_key": "A", **told}) == [(2, field, "reference.outside_pairing")]


def test_a_year_in_which_the_pairing_began_is_not_outside_it(paired, enter):
    paired((date(2021, 6, 1), None))
    enter("award", TITLE | YEAR_2021)
    assert (Honour.objects.get().awarded_on, Honour.objects.get().awarded_on_precision) == (date(2021, 1, 1), "year")


def test_a_month_is_held_against_the_pairing_as_a_month(paired, enter, refused):
    paired((date(2021, 6, 15), date(2023, 12, 14)))
    month = {"awarded_on_precision": "month"}
    assert refused("award", TITLE | month | {"awarded_on": date(2021, 5, 1)}) == [
        (2, "awarded_on", "reference.outside_pairing")
    ]
    enter("award", TITLE | month | {"awarded_on": date(2021, 6, 1)}, {"_key": "RY-2", "title": "乙", **month, "awarded_on": date(2023, 12, 1)})  # fmt: skip


@pytest.mark.parametrize(("body", "level"), [("四川省农业农村厅", "national"), ("南充市人民政府", "provincial"), ("国家示例局", "county")])  # fmt: skip
def test_a_level_that_is_not_the_bodys_is_refused(refused, body, level):
    assert refused("award", TITLE | {"awarding_body": body, "level_code": level}) == [
        (2, "level_code", "honours.level_differs")
    ]


def test_a_county_level_city_is_no_prefecture(enter):
    enter("award", TITLE | {"awarding_body": "阆中市人民政府", "level_code": "county"})


def test_the_same_title_of_the_same_holder_is_refused_while_it_stands(enter, refused):
    enter("award", TITLE | {"expires_on": date(2024, 6, 19)})
    again = {"_key": "RY-2", "awarded_on": date(2024, 6, 19)}
    assert refused("award", again) == [(2, "title", "honours.held_twice")]
    enter("award", again | {"level_code": "national"}, again | {"_key": "RY-3", "holder_name": "另一局"})
    enter("award", again | {"_key": "RY-4", "awarded_on": date(2024, 6, 20)})


def test_villages_of_one_name_in_several_towns_are_several_holders(enter, refused):
    village = {"kind_code": "village", "holder_name": "示例村", "village": "示例村"}
    enter("award", TITLE | village | {"town": "示例东镇"})
    enter("award", village | {"_key": "RY-2", "town": "示例西镇"})
    assert refused("award", village | {"_key": "RY-3", "town": "示例西镇"}) == [(2, "title", "honours.held_twice")]
    assert refused("award", village | {"_key": "RY-3", "town": None}) == [(2, "title", "honours.held_twice")]


def test_one_title_of_many_holders_is_held_against_each_holders_own(enter, refused):
    many = [{"_key": f"RY-{number}", "holder_name": f"示例{number}局"} for number in range(3000)]
    enter("award", *many)
    assert refused("award", {"_key": "RY-X", "holder_name": "示例2999局"}) == [(2, "title", "honours.held_twice")]


def test_a_title_that_was_withdrawn_may_be_won_again(enter, refused):
    enter("award", TITLE)
    enter("review", {"_key": "A", **OVER})
    assert refused("award", {"_key": "RY-2", "awarded_on": date(2024, 2, 29)}) == [(2, "title", "honours.held_twice")]
    enter("award", {"_key": "RY-2", "awarded_on": date(2024, 3, 1)})


@pytest.mark.parametrize("first", [YEAR_2021, {"awarded_on": date(2021, 3, 5)}])
def test_a_title_known_by_its_year_is_the_one_of_a_day_in_it(enter, refused, first):
    enter("award", TITLE | first)
    other = {"awarded_on": date(2021, 9, 9)} if first is YEAR_2021 else YEAR_2021
    assert refused("award", {"_key": "RY-2"} | other) == [(2, "title", "honours.held_twice")]


def test_two_rows_of_one_title_in_one_load_are_told_once(refused):
    assert refused("award", TITLE, {"_key": "RY-2"}) == [(3, "title", "honours.held_twice")]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"level_code": "provincial"}, "not_raised"),
        ({"holder_name": "另一局"}, "origin_of_another"),
        ({"awarded_on": date(2021, 12, 31)}, "origin_later"),
    ],
)
def test_a_title_is_raised_from_a_lower_one_of_the_same_holder(enter, refused, told, code):
    enter("award", TITLE | {"awarded_on": date(2022, 5, 4)})
    raised = {"_key": "RY-2", "title": "升级称号", "level_code": "national", "origin_key": "RY-1"}
    assert refused("award", raised | told) == [(2, "origin_key", f"honours.{code}")]
    enter("award", raised)
    assert Honour.objects.count() == 2


def test_what_a_title_was_raised_from_is_the_first_one(enter, refused):
    enter("award", TITLE | {"level_code": "county", "awarded_on": date(2022, 5, 4)})
    enter("award", {"_key": "RY-2", "level_code": "prefecture", "origin_key": "RY-1"})
    third = {"_key": "RY-3", "level_code": "national", "awarded_on": date(2024, 1, 5)}
    assert refused("award", third | {"origin_key": "RY-2"}) == [(2, "origin_key", "honours.origin_not_first")]
    enter("award", third | {"origin_key": "RY-1"})
    moved = TITLE | {"level_code": "provincial", "awarded_on": date(2022, 5, 4)}
    assert refused("award", moved, correcting=True) == [(2, "level_code", "honours.not_raised")]


def test_a_site_that_was_given_up_is_not_named_and_a_named_one_is_not_given_up(enter, refused):
    given_up = SITE | {"dropped_on": date(2022, 9, 1), "drop_reason": "改址"}
    enter("register_sites", given_up)
    assert refused("award", TITLE | OF_SITE) == [(2, "site_key", "honours.site_dropped")]
    enter("register_sites", SITE, correcting=True)
    enter("award", TITLE | OF_SITE)
    assert refused("register_sites", given_up, correcting=True) == [(2, "dropped_on", "honours.dropped_though_named")]


def test_a_site_is_not_named_before_it_was_proposed(enter, refused):
    enter("register_sites", SITE)
    early = OF_SITE | {"awarded_on": date(2022, 2, 17)}
    assert refused("award", TITLE | early) == [(2, "awarded_on", "honours.named_before_site")]
    enter("award", TITLE | OF_SITE)
    later = SITE | {"proposed_on": date(2023, 6, 21)}
    assert refused("register_sites", later, correcting=True) == [(2, "proposed_on", "honours.named_before_site")]


def test_a_title_that_was_not_awarded_is_not_reviewed(enter, refused):
    enter("award", TITLE | {"awarded_on": None, "announced_on": date(2023, 5, 4)})
    assert refused("review", {"_key": "A"}) == [(2, "honour_key", "honours.not_awarded")]


def test_a_withdrawal_before_the_award_is_refused_and_so_is_an_award_moved_behind_it(enter, refused):
    enter("award", TITLE)
    assert refused("review", {"_key": "A", "reviewed_on": date(2023, 6, 19), **OVER}) == [
        (2, "reviewed_on", "honours.reviewed_before_award")
    ]
    enter("review", {"_key": "A", **OVER})
    assert refused("award", TITLE | {"awarded_on": date(2024, 3, 2)}, correcting=True) == [
        (2, "awarded_on", "honours.reviewed_before_award")
    ]
    enter("award", TITLE | {"awarded_on": date(2024, 3, 1)}, correcting=True)


def test_nothing_is_said_of_a_title_after_its_withdrawal(enter, refused):
    enter("award", TITLE)
    enter("review", {"_key": "A", **OVER})
    assert refused("review", {"_key": "B", "reviewed_on": date(2024, 4, 1)}) == [
        (2, "reviewed_on", "honours.reviewed_after_withdrawal")
    ]
    enter("review", {"_key": "C", "reviewed_on": date(2024, 2, 1)})
    assert HonourReview.objects.count() == 2


def test_a_withdrawal_put_before_a_review_is_refused(enter, refused):
    enter("award", TITLE)
    enter("review", {"_key": "A", "reviewed_on": date(2024, 4, 1)})
    assert refused("review", {"_key": "B", **OVER}) == [(2, "reviewed_on", "honours.reviewed_after_withdrawal")]


@pytest.mark.parametrize(
    ("name", "told", "constraint"),
    [
        ("award", {"document_no": ""}, "honours_honour_document"),
        ("award", {"expires_on": date(2023, 6, 19)}, "honours_honour_term"),
        ("award", {"holder_name": ""}, "honours_honour_holder"),
        ("award", {"sharing_code": "both"}, "honours_honour_joint"),
        ("review", {"result_code": "withdrawn"}, "honours_review_withdrawn"),
        ("register_sites", {"dropped_on": date(2023, 1, 1)}, "honours_site_dropped"),
        ("register_sites", {"started_on": date(2022, 1, 1)}, "honours_site_begun"),
    ],
)
def test_the_database_refuses_it_too(enter, name, told, constraint):
    if name == "review":
        enter("award", TITLE)
    with pytest.raises(Refused, match=constraint):
        enter(name, {"_key": "Z", **told})


def test_a_withdrawal_changes_nothing_of_the_title(enter):
    enter("award", TITLE)
    before = Honour.objects.values().get()
    enter("review", {"_key": "A", **OVER})
    assert Honour.objects.values().get() == before
    assert (Honour.objects.get().key, Site.objects.count()) == (f"{PAIRING}/RY-1", 0)


def test_refusals_are_told_in_english_too(enter):
    enter("award", TITLE)
    with override("en"), pytest.raises(RefusedRows, match="already recorded"):
        enter("award", {"_key": "RY-2"})
