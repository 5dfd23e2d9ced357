"""One passage, and more, for every verdict."""

from datetime import date

import pytest

from shanhai.asking import values
from shanhai.asking.scopes import by_code
from shanhai.check.verdicts import Records
from shanhai.figures import declare

PARK = "funds.arranged[project=331081-511381/XM-2021-001]"
PAID, ARRANGED = "funds.paid_out", "funds.arranged"

CASES = [
    ("supported", "两市累计安排专项资金1.17亿元。", "1.17亿元", ARRANGED),
    ("supported", "近零碳产业园累计投入协作资金3000万元。", "3000万元", PARK),
    ("supported", "两地实施协作项目40余个。", "40余个", "projects.started"),
    ("supported", "医疗帮扶投入协作资金近900万元。", "900万元", "funds.arranged[field=health]"),
    ("supported", "两市累计安排协作资金不少于1.1亿元。", "1.1亿元", ARRANGED),
    ("supported_rounded", "两市累计安排专项资金1.2亿元。", "1.2亿元", ARRANGED),
    ("supported_rounded", "教育帮扶投入协作资金0.34亿元。", "0.34亿元", "funds.arranged[field=education]"),
    ("contradicted", "两市累计安排专项资金2.17亿元。", "2.17亿元", ARRANGED),
    ("contradicted", "两地实施协作项目50余个。", "50余个", "projects.started"),
    ("contradicted", "浙江与四川的首轮扶贫协作始于1998年。", "1998年", "agreements.first_round_began"),
    ("outdated", "两市累计安排专项资金1.05亿元。", "1.05亿元", ARRANGED),
    ("outdated", "两地实施协作项目38个。", "38个", "projects.started"),
    ("outdated", "温岭、阆中结对两年来，协作不断深入。", "两年", "agreements.years_together"),
    (
        "planned_not_achieved",
        "古村落民宿样板点项目已投入协作资金160万元。",
        "160万元",
        "funds.arranged[project=331081-511381/XM-2023-016]",
    ),
    ("not_checkable", "近两年，两地安排协作资金5000万元。", "5000万元", None),
    ("not_checkable", "2030年，两地安排协作资金5000万元。", "5000万元", ARRANGED),
    ("uncertain", "三年来，两市共安排专项资金1?17亿元。", None, None),
    ("not_in_records", "园区企业实际到位投资22.64亿元。", "22.64亿元", None),
    ("not_in_records", "两市农户户均增收7000余元。", "7000余元", None),
    ("not_in_records", "温岭爱心企业捐赠协作资金之外的善款300万元。", "300万元", None),
    ("not_in_records", "协作资金每年投入3000万元。", "3000万元", None),
    ("not_in_records", "项目平均投入协作资金270万元。", "270万元", None),
    ("not_in_records", "协作资金比上年增加500万元。", "500万元", None),
    ("not_in_records", "今年计划安排协作资金2000万元。", "2000万元", None),
    ("not_in_records", "两市实施协作项目40余个，其中产业项目17个。", "17个", None),
    ("not_in_records", "老观镇投入协作资金240万元。", "240万元", None),
    ("outside", "台州市椒江区向剑阁县安排协作资金8000万元。", "8000万元", None),
    ("outside", "今年浙江向四川安排财政援助资金30亿元。", "30亿元", None),
    ("outside", "阆中市安排衔接资金2.1亿元。", "2.1亿元", None),
]


@pytest.mark.slow
@pytest.mark.parametrize(("verdict", "text", "surface", "figure"), CASES)
def test_a_passage_gets_its_verdict(judged, verdict, text, surface, figure):
    told = judged(text)
    claim = told[surface] if surface else list(told.values())[-1]
    assert (claim["verdict"], claim["figure"]) == (verdict, figure)


@pytest.mark.slow
def test_money_used_may_be_money_paid_which_is_another_definition(judged, example):
    asked = by_code("331081-511381")
    paid = values.value(asked, PAID, values.window_of(asked, as_of=date(2024, 6, 30))).amount
    claim = judged(f"三年来，两地共使用协作资金{paid}元。")[f"{paid}元"]
    assert (claim["verdict"], claim["figure"]) == ("different_definition", ARRANGED)
    assert "支付资金" in claim["reason"]


@pytest.mark.slow
def test_a_bound_is_held_up_by_its_interval_only(judged):
    held = {
        surface: judged(f"两地实施协作项目{surface}。")[surface]["verdict"]
        for surface in ("40多个", "40余个", "43个", "30余个", "50余个")
    }
    assert held["40多个"] == held["40余个"] == held["43个"] == "supported"
    assert held["30余个"] == "outdated" and held["50余个"] == "contradicted"


@pytest.mark.slow
def test_an_earlier_publication_is_held_against_its_own_day(judged):
    text = "两市累计安排专项资金1.05亿元，实施协作项目38个。"
    told = judged(text, published=date(2023, 12, 31))
    assert {claim["verdict"] for claim in told.values()} == {"supported"}


@pytest.mark.slow
def test_of_a_kind_that_was_never_recorded_nothing_is_in_the_records(judged, example):
    """The other pairing of the tests has no records: not a gap in them, there are none."""
    text = "两市累计安排专项资金1.17亿元。"
    claim = judged(text, pairing="330282-513324", published=date(2024, 8, 31))["1.17亿元"]
    assert (claim["verdict"], claim["figure"]) == ("not_in_records", ARRANGED)
    assert "还没有登记过" in claim["reason"]
    kept = {
        code: Records(by_code(code)).kept(declare.registry()[ARRANGED]) for code in ("331081-511381", "330282-513324")
    }
    assert kept == {"331081-511381": True, "330282-513324": False}
