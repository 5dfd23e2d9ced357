"""Which numbers of a text the figures of planting take as theirs: the facts told anew, changed, and other people's."""

from datetime import date

import pytest

from shanhai.check.checking import check

pytestmark = pytest.mark.slow
PAIRING, PUBLISHED = "331081-511381", date(2024, 8, 31)
IN_OTHER_WORDS = """温岭与阆中东西部协作以来，油橄榄产业在阆中始于2014年的家底厚了起来。
如今，柏垭镇、河溪街道等地已建成油橄榄种植园5个，种植示范基地达5236亩，通过流转土地、进园务工和分红，带动群众1255人增收。
引进的企业让天宫镇1200亩闲置的柑橘果蔬产业园起死回生。"""
CHANGED = """温岭和阆中东西部协作。阆中市从2012年开始发展油橄榄产业。在阆中柏垭、河溪等地改造提升和新建了8个油橄榄种植产业园，
建成油橄榄种植示范基地6200余亩，通过土地流转、基地务工、分红等形式，辐射带动2255名群众增收。招引企业成功盘活天宫镇1500亩柑橘果蔬产业园。"""
OF_OTHERS = """温岭和阆中东西部协作。某合作社2014年成立。全市建成高标准农田5200亩，工业园区5个。协作帮扶生猪订单覆盖1540余户农户，户均增收7000余元。
培训残疾人3300余人次，带动150余人就业。全市土地流转面积达12万亩，种植柑橘1200亩。年外出务工23万人。"""


def told(text):
    """Every claim of a text with its verdict, and whether a figure of planting was taken for it."""
    checked = check(text, pairing=PAIRING, published=PUBLISHED)
    return [
        (claim.surface, str(judged.verdict), judged.figure.startswith("planting."))
        for claim, judged in zip(checked.reading.claims, checked.judged, strict=True)
    ]


def test_the_facts_in_other_words_are_supported(example_loaded):
    example_loaded.sign_in("operator", reach="all")
    assert told(IN_OTHER_WORDS) == [
        (surface, "supported", True) for surface in ("2014年", "5个", "5236亩", "1255人", "1200亩")
    ]


def test_a_number_that_was_changed_is_contradicted(example_loaded):
    example_loaded.sign_in("operator", reach="all")
    changed = ("2012年", "8个", "6200余亩", "2255名", "1500亩")
    assert told(CHANGED) == [(surface, "contradicted", True) for surface in changed]


def test_numbers_of_others_are_left_to_them(example_loaded):
    example_loaded.sign_in("operator", reach="all")
    assert [surface for surface, _, ours in told(OF_OTHERS) if ours] == []
