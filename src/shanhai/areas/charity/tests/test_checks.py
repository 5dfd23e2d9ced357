"""Pure checks on rows of charity."""

from datetime import date

import polars
import pytest

from shanhai.areas.charity import checks

DAY = date(2023, 12, 4)


def found(check, **row):
    frame = polars.DataFrame([{"_row": 2} | row], infer_schema_length=None)
    return [(field, code) for _, field, code, _ in check(frame)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"kind_code": "goods", "valuation_code": "invoice", "item_name": "棉服"}, []),
        (
            {"kind_code": "goods", "valuation_code": None, "item_name": "棉服"},
            [("valuation_code", "charity.goods_not_valued")],
        ),
        (
            {"kind_code": "goods", "valuation_code": "market", "item_name": ""},
            [("item_name", "charity.goods_not_named")],
        ),
        ({"kind_code": "money", "valuation_code": None, "item_name": None}, []),
        (
            {"kind_code": "money", "valuation_code": "donor", "item_name": None},
            [("valuation_code", "charity.money_valued")],
        ),
    ],
)
def test_goods_are_valued_and_money_is_not(row, told):
    assert found(checks.goods_valued, **row) == told


@pytest.mark.parametrize(("fen", "told"), [(1, []), (0, [("amount_fen", "charity.amount_not_positive")])])
def test_a_gift_is_above_zero(fen, told):
    assert found(checks.amount_positive, amount_fen=fen) == told


@pytest.mark.parametrize(
    ("day", "theme", "year"),
    [
        (date(2023, 10, 1), "warm_winter", 2023), (date(2024, 3, 31), "warm_winter", 2023), (date(2024, 4, 1), "warm_winter", None),
        (date(2024, 9, 30), "warm_winter", None), (date(2024, 1, 2), "elderly", 2024),
    ],
)  # fmt: skip
def test_a_winter_belongs_to_the_year_in_which_it_began(day, theme, year):
    assert checks.year_of(day, theme) == year


@pytest.mark.parametrize(
    ("day", "year", "told"),
    [
        (date(2024, 1, 5), 2023, []),
        (date(2024, 1, 5), 2024, [("campaign_year", "charity.campaign_year_differs")]),
        (date(2024, 6, 5), 2024, [("first_on", "charity.not_in_winter")]),
    ],
)
def test_a_campaign_is_of_its_season(day, year, told):
    assert found(checks.campaign_in_its_year, first_on=day, campaign_year=year, theme_code="warm_winter") == told


def test_an_end_before_its_beginning_is_found():
    check = checks.ends_after_it_begins("first_on", "last_on")
    assert found(check, first_on=DAY, last_on=date(2023, 12, 3)) == [("last_on", "charity.ends_before_it_begins")]
    assert found(check, first_on=DAY, last_on=DAY) == []


def test_somebody_got_it_and_it_came_from_somewhere():
    nobody = {"school_key": None, "person_key": "", "receiver_name": None}
    assert found(checks.receiver_named, **nobody) == [("school_key", "charity.receiver_missing")]
    assert found(checks.receiver_named, **nobody | {"person_key": "RY"}) == []
    assert found(checks.origin_stated, donation_key=None, campaign_key="") == [
        ("donation_key", "charity.origin_missing")
    ]
    assert found(checks.origin_stated, donation_key=None, campaign_key="GY") == []


def test_a_known_person_is_not_counted_by_heads_as_well():
    assert found(checks.one_person_is_one, person_key="RY", head_count=3) == [("head_count", "charity.counted_twice")]
    assert found(checks.one_person_is_one, person_key="", head_count=3) == []


@pytest.mark.parametrize(
    ("level", "parent", "told"),
    [
        (1, None, []),
        (2, "A", []),
        (1, "A", [("parent_key", "charity.top_with_parent")]),
        (3, "", [("parent_key", "charity.parent_missing")]),
    ],
)
def test_only_the_first_level_has_nothing_above_it(level, parent, told):
    assert found(checks.level_follows, level_no=level, parent_key=parent) == told
