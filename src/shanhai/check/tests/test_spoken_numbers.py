"""Numbers as people say and cheques write them: sums without 元, spans in two steps, neighbours, formal numerals."""

from decimal import Decimal

import pytest

from shanhai.check.reading import read

SAID = {
    "最长的一位在村里一住就是九年零三个月": ("9.25", None, "year"),
    "来回要2小时30分钟": ("2.5", None, "hour"),
    "老家的社保一刻钟就转好了": ("15", None, "minute"),
    "这块地有11亩3分": ("11.3", None, "mu"),
    "水位高1米2": ("1.2", None, "metre"),
    "馕卖两块五": ("2.5", None, "CNY"),
    "每只玩具一毛八": ("0.18", None, "CNY"),
    "下达资金壹亿贰仟陆佰万元": ("126000000", None, "CNY"),
    "税收1亿3千余万元": ("130000000", None, "CNY"),
    "财政口的资金是四亿二千万": ("420000000", None, "CNY"),
    "旺季一个月能拿一万二": ("12000", None, "CNY"),
    "钱最少的项目才3万5": ("35000", None, "CNY"),
    "个人捐的还有六七千万": ("60000000", "70000000", "CNY"),
    "一年干上两百三四十天": ("230", "240", "day"),
    "来了十七八个村民": ("17", "18", "person"),
    "任务数三百人": ("300", None, "person"),
    "在外务工的人数3.6万": ("36000", None, "person"),
    "每人包一到两个项目": ("1", "2", "project"),
    "亩产三到四吨": ("3", "4", "tonne"),
    "转诊率降了13.5个点": ("13.5", None, "pp"),
    "救治时间压到九十分钟以内": ("90", None, "minute"),
}
UNITS = {
    "把自助区延伸到6个外来人口过万的社区": ["community", "person"],
    "规上企业31户,高新技术企业12户,新投产7户": ["enterprise", "enterprise", "enterprise"],
    "替三家邻居捎的": ["household"],
    "电子白板配了64块,坏了11块": ["item", "item"],
    "最多的那户分了9000块": ["CNY"],
    "医生主刀214台": ["operation"],
    "全班46人,及格的只有5个": ["person", "person"],
    "项目共92个,其中产业类41个、卫生类16个、其他12个": ["project", "project", "project", "project"],
    "采购签约37份": ["agreement"],
    "电话咨询1.2万余次": ["case"],
}
IDLE = [
    "五十年不遇的洪水",
    "十年树木,急不得",
    "一块钱要当两块钱花",
    "三元桥边",
    "三天打鱼两天晒网",
    "半个月碰一回头",
    "千里迢迢",
]
ONES = {
    "驻村时长不短于一年": "at_least",
    "支教老师任期不满一年": "up_to",
    "签订一年以上合同": "at_least",
    "只引来一家缝纫厂": "exact",
}


@pytest.mark.parametrize(("phrase", "told"), list(SAID.items()))
def test_a_number_is_read_as_it_is_said(phrase: str, told: tuple[str, str | None, str]) -> None:
    low, high, unit = told
    expected = (Decimal(low), Decimal(high) if high else None, unit)
    assert expected in [(claim.value, claim.value_max, claim.unit) for claim in read(f"{phrase}。").claims]


@pytest.mark.parametrize(("phrase", "units"), list(UNITS.items()))
def test_what_is_counted_is_told_by_the_words_around(phrase: str, units: list[str]) -> None:
    assert [claim.unit for claim in read(f"{phrase}。").claims] == units


@pytest.mark.parametrize("phrase", IDLE)
def test_sayings_with_numerals_claim_nothing(phrase: str) -> None:
    assert not read(f"大家说{phrase}。").claims


@pytest.mark.parametrize(("phrase", "qualifier"), list(ONES.items()))
def test_a_one_with_a_bound_is_a_number(phrase: str, qualifier: str) -> None:
    assert [claim.qualifier for claim in read(f"{phrase}。").claims] == [qualifier]
