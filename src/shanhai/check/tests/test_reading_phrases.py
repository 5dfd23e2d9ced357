"""Phrases as reports have them: the unit, the hedge, the figure that is none and the date that tells something."""

from pathlib import Path

import pytest

from shanhai.check.reading import read

LINES = (Path(__file__).parent / "texts" / "phrases.tsv").read_text("utf-8").splitlines()
HEDGES = {
    "损失约20万元": "about",
    "大概花了3万元": "about",
    "余额破50亿元": "more_than",
    "三分之一强在园区上班": "more_than",
    "再过半年轮换": "exact",
    "签约12家企业": "exact",
    "节约资金80万元": "exact",
    "附近12个村通了路": "exact",
    "不到全省平均的三成": "up_to",
    "每户最多补助3000元": "up_to",
    "至少选派5名教师": "at_least",
    "少说也有200户": "at_least",
}
IDLE = [
    "千千万万个家庭", "每一分钱都有去处", "三棵树镇绣坊", "两条腿走路", "排名后三位的", "二十四节气", "每月15日发放", "如有异议,请于公示之日起5个工作日内反映",
    "共印120份", "一季一调度、半年一考评", "期限暂定十五年", "片长1分30秒", "千斤顶",
]  # fmt: skip
DAYS = {
    "协作可以追溯到1996年,那一年首轮扶贫协作拉开序幕。": ["1996"],
    "两地结缘于1997年的一次考察。": ["1997"],
    "2017年,投资2600万元的小学开建,2018年9月1日开学。": ["2017", "2018-09-01"],
    "2021年工作总结(节选)": [],
}
UNITS = {
    "864个娃娃领到钱,41个考上了大学": ["person", "person"],
    "共7个项目。其中4个申请明年资金,2个自筹": ["project", "project", "project"],
    "普工1.6万个岗位,技工4000个": ["job", "job"],
    "230多个社区团购点": ["site"],
    "12个乡镇卫生院": ["clinic"],
    "1个半小时车程,资助了4个娃": ["hour", "person"],
    "帮30个高寒村改厕": ["village"],
    "共有37个标准化厂区车间": ["workshop"],
    "写满4本笔记,编写口袋书4000本": ["set", "item"],
}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split("\t")[0])
def test_the_unit_of_a_phrase_is_found(line: str) -> None:
    unit, *phrases = line.split("\t")
    for phrase in phrases:
        assert unit in [claim.unit for claim in read(f"两地协作以来,{phrase},成效明显。").claims], phrase


@pytest.mark.parametrize(("phrase", "qualifier"), list(HEDGES.items()))
def test_a_hedge_is_told_from_its_false_friends(phrase: str, qualifier: str) -> None:
    assert [claim.qualifier for claim in read(f"当地{phrase}。").claims] == [qualifier]


@pytest.mark.parametrize("phrase", IDLE)
def test_numerals_in_set_phrases_claim_nothing(phrase: str) -> None:
    assert read(f"记者看到,{phrase},大家很高兴。").claims == ()


@pytest.mark.parametrize(("text", "values"), list(DAYS.items()))
def test_a_date_of_origin_is_a_statement(text: str, values: list[str]) -> None:
    assert [claim.value for claim in read(text).claims if claim.unit == "date"] == values


@pytest.mark.parametrize(("text", "units"), list(UNITS.items()))
def test_the_noun_behind_before_or_implied_gives_the_unit(text: str, units: list[str]) -> None:
    assert [claim.unit for claim in read(f"当地{text}。").claims] == units


def test_bare_numbers_of_a_table_take_the_unit_of_their_column() -> None:
    claims = read(
        "计划表\n序号\t项目名称\t资金(万元)\t受益户数\n1\t饮水巩固\t256.8\t732\n合计\t\t1544.8\t2793\n"
    ).claims
    assert [(str(claim.value), claim.unit) for claim in claims] == [
        ("2568000.0", "CNY"), ("732", "household"), ("15448000.0", "CNY"), ("2793", "household"),
    ]  # fmt: skip


def test_coins_and_hundreds_of_millions_in_speech_are_money() -> None:
    claims = read("每斤让利2分钱,每股分红3角钱,一共拿出4.6个亿。").claims
    assert [(float(claim.value or 0), claim.unit) for claim in claims] == [(0.02, "CNY"), (0.3, "CNY"), (4.6e8, "CNY")]
