"""Numbers as people say and cheques write them: sums without 元, spans in two steps, neighbours, formal numerals."""

from decimal import Decimal

import pytest

from shanhai.check.reading import read

SAID = {
    "老站长守水库守了七年零三个月": ("7.25", None, "year"),
    "来回要2小时30分钟": ("2.5", None, "hour"),
    "证照一刻钟就能拿到": ("15", None, "minute"),
    "这块地有11亩3分": ("11.3", None, "mu"),
    "水位高1米2": ("1.2", None, "metre"),
    "烧饼卖两块五": ("2.5", None, "CNY"),
    "每只玩具一毛八": ("0.18", None, "CNY"),
    "拨付资金叁亿肆仟伍佰万元": ("345000000", None, "CNY"),
    "产值2亿4千余万元": ("240000000", None, "CNY"),
    "五年的资金是三亿六千万": ("360000000", None, "CNY"),
    "收成好的能拿两万三": ("23000", None, "CNY"),
    "花钱最少的项目才4万8": ("48000", None, "CNY"),
    "个人捐的还有四五千万": ("40000000", "50000000", "CNY"),
    "一年干上两百三四十天": ("230", "240", "day"),
    "来了十七八个村民": ("17", "18", "person"),
    "任务数三百人": ("300", None, "person"),
    "在外务工的人数3.6万": ("36000", None, "person"),
    "每村报一到两个项目": ("1", "2", "project"),
    "亩产三到四吨": ("3", "4", "tonne"),
    "外转率降了8.5个点": ("8.5", None, "pp"),
    "通勤时间压到八十分钟以内": ("80", None, "minute"),
}
UNITS = {
    "把食堂办到6个老人较多的社区": ["community"],
    "规上企业26户,科技型企业9户,新投产4户": ["enterprise", "enterprise", "enterprise"],
    "帮四家邻居带的": ["household"],
    "黑板配了38块,坏了6块": ["item", "item"],
    "分红最多的分了8600块": ["CNY"],
    "大夫主刀165台": ["operation"],
    "全班46人,及格的只有5个": ["person", "person"],
    "项目共70个,其中文化类30个、卫生类22个、其他18个": ["project", "project", "project", "project"],
    "购销签约28份": ["agreement"],
    "电话咨询3400余次": ["case"],
}
IDLE = [
    "五十年不遇的洪水",
    "十年树木,急不得",
    "一块钱要当两块钱花",
    "三元桥边",
    "三天打鱼两天晒网",
    "半个月聚一回",
    "千里迢迢",
]
ONES = {
    "挂职时长不短于一年": "at_least",
    "村医任期不满一年": "up_to",
    "签订一年以上合同": "at_least",
    "只办成一家竹器厂": "exact",
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
