"""Campaigns, gifts, courses and jobs as they are recorded, and what is refused in which cell."""

from datetime import date

import pytest
from django.utils.translation import override

from shanhai.areas.charity.models import (
    Brand,
    BrandSale,
    Centre,
    DisabledEmployment,
    Distribution,
    Donation,
    TrainingAttendance,
)
from shanhai.base.findings import Refused

PAIRING = "331081-511381"
CAMPAIGN, GIFT = {"_key": "GY"}, {"_key": "JZ"}


def given(**told):
    return {"_key": "FF-1", "donation_key": "JZ", "campaign_key": None, "theme_code": "warm_winter", **told}


def test_a_gift_from_the_east_crosses_the_border_and_a_local_one_does_not(enter):
    enter("receive", GIFT, {"_key": "JZ-2", "origin_code": "local"})
    assert {one.key.partition("/")[2]: one.crosses_border for one in Donation.objects.all()} == {
        "JZ": True,
        "JZ-2": False,
    }


@pytest.mark.parametrize("field", ["valuation_code", "item_name"])
def test_goods_without_their_valuation_are_refused_by_the_database_too(enter, field):
    with pytest.raises(Refused, match="charity_donation_valued"):
        enter("receive", GIFT | {field: ""})


def test_money_needs_no_valuation(enter):
    enter("receive", GIFT | {"kind_code": "money", "valuation_code": None, "item_name": None, "item_count": None})
    assert Donation.objects.get().valuation_code == ""


@pytest.mark.parametrize(
    ("name", "told", "field"),
    [
        ("run_campaigns", {"campaign_year": 2020, "first_on": date(2020, 12, 1)}, "first_on"),
        ("receive", {"received_on": date(2021, 5, 31)}, "received_on"),
        ("open_centres", {"opened_on": date(2019, 1, 1)}, "opened_on"),
        ("hold_trainings", {"first_on": date(2021, 5, 31), "last_on": date(2021, 6, 2)}, "first_on"),
    ],
)
def test_what_is_dated_outside_the_pairing_is_refused_in_its_cell(paired, refused, name, told, field):
    paired((date(2021, 6, 1), None))
    assert refused(name, {"_key": "A", **told}) == [(2, field, "reference.outside_pairing")]


def test_nothing_is_outside_where_there_is_no_pairing(enter):
    enter("hold_trainings", {"_key": "CP", "first_on": date(2019, 1, 1), "last_on": date(2019, 1, 2)})


def test_no_more_is_handed_out_than_was_given(enter, refused):
    enter("receive", GIFT)
    enter("distribute", given(item_count=200))
    assert refused("distribute", given(_key="FF-2", item_count=60), given(_key="FF-3", item_count=41)) == [
        (3, "item_count", "charity.more_than_given")
    ]
    enter("distribute", given(_key="FF-2", item_count=100))
    assert Distribution.objects.count() == 2


def test_nothing_is_held_against_a_number_nobody_knows(enter):
    enter("receive", GIFT | {"item_count": None})
    enter("distribute", given(item_count=100_000))


def test_a_gift_is_not_corrected_to_less_than_was_handed_out(enter, refused):
    enter("receive", GIFT)
    enter("distribute", given(item_count=200))
    assert refused("receive", GIFT | {"item_count": 199}, correcting=True) == [
        (2, "item_count", "charity.more_than_given")
    ]
    enter("receive", GIFT | {"item_count": 200}, correcting=True)


@pytest.mark.parametrize(
    ("told", "field", "code"),
    [
        ({"given_on": date(2023, 11, 19)}, "given_on", "charity.given_before_received"),
        ({"item_name": "围巾"}, "item_name", "charity.other_goods"),
        ({"theme_code": None}, "theme_code", "charity.theme_missing"),
    ],
)
def test_what_is_handed_out_fits_its_gift(enter, refused, told, field, code):
    enter("receive", GIFT)
    assert refused("distribute", given(**told)) == [(2, field, code)]


@pytest.mark.parametrize(
    ("told", "field", "code"),
    [
        ({"given_on": date(2024, 1, 20)}, "given_on", "charity.outside_campaign"),
        ({"theme_code": "elderly"}, "theme_code", "charity.theme_differs"),
    ],
)
def test_what_is_handed_out_fits_its_campaign(enter, refused, told, field, code):
    enter("run_campaigns", CAMPAIGN)
    assert refused("distribute", {"_key": "FF-1", **told}) == [(2, field, code)]


def test_the_theme_comes_from_the_campaign_which_then_keeps_it(enter, refused):
    enter("run_campaigns", CAMPAIGN)
    enter("distribute", {"_key": "FF-1"})
    assert Distribution.objects.get().theme_code == "warm_winter"
    moved = CAMPAIGN | {"theme_code": "other"}
    assert refused("run_campaigns", moved, correcting=True) == [(2, "theme_code", "charity.theme_moved")]
    enter("run_campaigns", CAMPAIGN | {"organiser": "示例慈善总会"}, correcting=True)


def test_appeals_stand_one_below_the_other(enter, refused):
    enter("appeal", {"_key": "A"}, {"_key": "B", "level_no": 2, "parent_key": "A"})
    assert refused("appeal", {"_key": "C", "level_no": 4, "parent_key": "B"}) == [
        (2, "level_no", "charity.level_broken")
    ]


def test_a_day_outside_the_course_is_refused_in_its_cell(enter, refused, person):
    person("RY-1")
    enter("hold_trainings", {"_key": "CP"})
    rows = [{"_key": f"CP/{day}", "attended_on": date(2023, 4, day)} for day in (9, 10, 15)]
    assert refused("attend", *rows) == [
        (2, "attended_on", "charity.outside_training"),
        (4, "attended_on", "charity.outside_training"),
    ]
    enter("attend", rows[1])
    assert TrainingAttendance.objects.count() == 1


def test_one_person_on_one_day_of_a_course_is_one_attendance(enter, person):
    person("RY-1")
    enter("hold_trainings", {"_key": "CP"})
    with pytest.raises(Refused, match="同样编号"):
        enter("attend", {"_key": "1"}, {"_key": "2"})


def test_two_jobs_of_one_person_at_one_time_are_refused_in_the_cell_of_the_later(enter, refused, person):
    person("RY-1")
    enter("employ", {"_key": "JY-1", "ended_on": date(2023, 8, 1)})
    assert refused("employ", {"_key": "JY-2", "started_on": date(2023, 8, 1)}) == [
        (2, "started_on", "charity.two_jobs_at_once")
    ]
    enter("employ", {"_key": "JY-2", "started_on": date(2023, 8, 2)})
    assert DisabledEmployment.objects.count() == 2
    assert refused("employ", {"_key": "JY-1", "ended_on": None}, correcting=True) == [
        (2, "started_on", "charity.two_jobs_at_once")
    ]


def test_two_jobs_in_one_load_are_told_once(refused, person):
    person("RY-1")
    rows = [{"_key": f"JY-{number}", "started_on": date(2023, number, 1)} for number in (1, 2)]
    assert refused("employ", *rows) == [(3, "started_on", "charity.two_jobs_at_once")]


def test_jobs_of_two_people_may_overlap(enter, person):
    person("RY-1")
    person("RY-2", seed=501)
    enter("employ", {"_key": "JY-1"}, {"_key": "JY-2", "person_key": "RY-2"})


def test_two_records_of_one_person_have_no_two_jobs_either(enter, refused, person):
    person("RY-1")
    person("RY-2", seed=501, canonical_key=f"{PAIRING}/RY-1")
    enter("employ", {"_key": "JY-1"})
    assert refused("employ", {"_key": "JY-2", "person_key": "RY-2"}) == [(2, "started_on", "charity.two_jobs_at_once")]


def test_nobody_works_as_a_child(refused, person):
    person("RY-1", birth=date(2007, 5, 7))
    assert refused("employ", {"_key": "JY-1"}) == [(2, "started_on", "charity.too_young")]


def test_who_turns_sixteen_that_day_may_work(enter, person):
    person("RY-1", birth=date(2007, 5, 6))
    enter("employ", {"_key": "JY-1"})


def test_centres_brands_and_their_sales_are_recorded_and_a_sale_belongs_to_one_brand(enter, refused):
    enter("open_centres", {"_key": "JG"})
    enter("found_brands", {"_key": "PP"}, {"_key": "PP-2"})
    enter("note_sales", {"_key": "PP/XS"})
    assert (Centre.objects.count(), Brand.objects.count(), BrandSale.objects.get().sale_key) == (1, 2, f"{PAIRING}/XS")
    assert refused("note_sales", {"_key": "PP-2/XS", "brand_key": "PP-2"}) == [
        (2, "sale_key", "charity.sale_of_two_brands")
    ]


def test_refusals_are_told_in_english_too(enter, person):
    person("RY-1")
    enter("employ", {"_key": "JY-1"})
    with override("en"), pytest.raises(Refused, match="already works"):
        enter("employ", {"_key": "JY-2"})
