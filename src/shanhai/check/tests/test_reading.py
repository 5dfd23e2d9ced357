from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.check.reading import ReadClaim, read


def only(text: str) -> ReadClaim:
    (claim,) = read(text).claims
    return claim


@given(
    st.text(alphabet="0123456789一二两三十百千万亿年月日个家名人元亩户%倍成半,。;()?多余约近由到其中 \n第", max_size=60)
)
def test_any_text_is_read_and_every_surface_is_that_of_the_text(text: str) -> None:
    for claim in read(text).claims:
        assert text[claim.start : claim.end] == claim.surface and claim.surface


@given(st.integers(2, 9_999_999), st.sampled_from(["名学生", "户农户", "亩茶园", "家企业", "元"]))
def test_a_plain_number_keeps_its_value(number: int, counted: str) -> None:
    assert only(f"当地有{number}{counted}。").value == number


def test_pinyin_inside_a_surface_stays_in_it_and_behind_it_does_not() -> None:
    claim = only("帶動30萬(wàn)名(míng)群眾增收。")
    assert (claim.surface, claim.value, claim.unit) == ("30萬(wàn)名", 300_000, "person")


def test_a_number_beside_a_lost_character_is_unreadable() -> None:
    assert only("新引进企业98?,协议多多。").unreadable
    assert not only("新引进企业98家。").unreadable


def test_a_range_has_two_values() -> None:
    claim = only("2到3个工作日办结。")
    assert (claim.value, claim.value_max, claim.unit) == (2, 3, "workday")
    assert only("补助20至30万元。").value == 200_000


def test_from_and_to_are_two_claims() -> None:
    first, last = read("企业由4家发展到19家。").claims
    assert (first.relation, last.relation) == ("from", "to")
    assert [claim.value for claim in read("从500到800户。").claims] == [500, 800]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三分之二的人家。", "0.6667"),
        ("占七成五。", "75"),
        ("产值翻番。", "2"),
        ("翻了两番。", "4"),
        ("增长一倍半。", "1.5"),
        ("用了两年半。", "2.5"),
        ("百分之三十的人。", "30"),
    ],
)
def test_shares_and_multiples_in_words(text: str, value: str) -> None:
    assert only(text).value == Decimal(value)


def test_a_ratio_of_parts_is_text() -> None:
    assert only("企业和村里按4∶3∶3持股。").value == "4:3:3"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("园区计划引进企业30家。", "planned"),
        ("园区可容纳企业30家。", "capacity"),
        ("签约企业30家。", "signed"),
        ("实际到位资金3亿元。", "achieved"),
        ("建成后,年产值30亿元。", "planned"),
        ("已建成车间30家。", "achieved"),
        ("协议投资128亿元。", "signed"),
    ],
)
def test_plans_capacities_and_signatures_are_no_results(text: str, stage: str) -> None:
    assert only(text).stage == stage


def test_a_subset_names_its_whole() -> None:
    whole, part = read("外出务工18.4万人,其中,脱贫劳动力21345人。").claims
    assert (part.relation, part.of, whole.relation) == ("subset", 0, "")


def test_averages_and_changes_are_told_apart() -> None:
    assert only("户均增收6000余元。").relation == "average"
    assert only("案件减少15%。").relation == "change"


def test_time_words_and_heading_govern_a_number() -> None:
    claim = only("产业协作\n2021年以来,共投入专项资金70万元。")
    assert (claim.period, claim.section) == ("2021年以来", "产业协作")


def test_places_of_the_sentence_come_before_those_of_the_paragraph() -> None:
    claim = read("阆中市在四川。在天宫镇,温岭投入300万元。", names=("温岭", "四川")).claims[0]
    assert claim.places[0] == "温岭" and claim.places[1] == "天宫镇" and "四川" in claim.places


def test_the_subject_holds_verb_and_noun() -> None:
    assert only("当地安排协作资金300万元用于建校。").subject == "当地安排协作资金用于建校"
