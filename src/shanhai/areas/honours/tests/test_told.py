"""Texts about titles and sites: the facts in other words, numbers that were changed, and numbers of something else."""

from datetime import date

import pytest

from shanhai.check.checking import check
from shanhai.check.wire import answer

pytestmark = pytest.mark.slow
PAIRING, PUBLISHED = "331081-511381", date(2024, 8, 31)
BASES, UPPER, SITES = "honours.bases_named[rank=national]", "honours.sites_provincial_prefecture", "honours.sites_named"
#: Text, the number in it, the figure it speaks of, the verdict.
TOLD = (
    ("温岭与阆中协作三年来，建成国家级村级实践交流基地1个、省市级乡村振兴示范点4个。", "1个", BASES, "supported"),
    ("温岭与阆中协作三年来，建成国家级村级实践交流基地1个、省市级乡村振兴示范点4个。", "4个", UPPER, "supported"),
    ("在东西部协作中，阆中一个村获评全国脱贫攻坚实践交流基地，全市这样的国家级实践交流基地已有1个。", "1个", BASES, "supported"),
    ("两地携手，阆中的省、市级示范点已达4个。", "4个", UPPER, "supported"),
    ("结对以来，两地打造省市级示范点共4处。", "4处", UPPER, "supported"),
    ("两地协作建成国家级实践交流基地3个。", "3个", BASES, "contradicted"),
    ("两地协作建成国家级实践交流基地2个、省市级乡村振兴示范点7个。", "7个", UPPER, "contradicted"),
    ("温岭与阆中协作，打造乡村振兴示范点5个。", "5个", SITES, "supported"),
    ("温岭与阆中协作，打造省级示范点2个。", "2个", f"{SITES}[rank=provincial]", "supported"),
    ("两地协作获得国家级荣誉2项。", "2项", "honours.awarded[rank=national]", "supported"),
    ("两地协作获得国家级荣誉8项。", "8项", "honours.awarded[rank=national]", "contradicted"),
)  # fmt: skip
#: Numbers near the same words that are of something else, or of what is only hoped for.
OTHERS = (
    "两地协作建成油橄榄种植示范基地5个、示范基地5200余亩。",
    "两地协作建成乡村振兴学院1家。",
    "两地协作实施示范项目10个。",
    "两地协作打造10个示范项目，开展示范课120节。",
    "温岭与阆中协作建成就业实训基地3个、劳务培训基地2个。",
    "两地协作申报国家级实践交流基地2个。",
    "协作中，阆中拟创建省市级示范点6个。",
    "两地协作企业获得省级荣誉12项。",
    "协作资金支持阆中新建养殖示范点3个。",
)


def claims(text):
    return answer(check(text, pairing=PAIRING, published=PUBLISHED))["claims"]


@pytest.mark.parametrize(("text", "surface", "figure", "verdict"), TOLD)
def test_a_fact_is_found_by_its_words(honoured, text, surface, figure, verdict):
    del honoured
    found = next(one for one in claims(text) if one["surface"] == surface)
    assert (found["figure"], found["verdict"]) == (figure, verdict)
    assert found["records"]


@pytest.mark.parametrize("text", OTHERS)
def test_a_number_of_something_else_is_left_alone(honoured, text):
    del honoured
    assert [one["surface"] for one in claims(text) if (one["figure"] or "").startswith("honours.")] == []


def test_a_number_that_was_true_a_year_before_is_outdated(honoured):
    del honoured
    (told,) = claims("温岭与阆中协作，打造乡村振兴示范点2个。")
    assert (told["figure"], told["verdict"]) == (SITES, "outdated")


def test_where_no_title_is_recorded_the_words_are_still_understood_and_nothing_is_said_for_or_against(example_loaded):
    del example_loaded
    told = claims(TOLD[0][0])
    ours = {one["figure"]: (one["verdict"], one["records"]) for one in told if (one["figure"] or "").startswith("honours.")}  # fmt: skip
    assert ours == {BASES: ("not_in_records", []), UPPER: ("not_in_records", [])}
