"""Every other figure that has words is found where a text speaks of it clearly: right numbers hold, wrong ones do not."""

from datetime import date
from decimal import Decimal

import pytest

from shanhai.asking import values
from shanhai.asking.scopes import by_code

PAIRING = "331081-511381"
CLOSED = date(2024, 6, 30)
YEARS = (2021, 2022, 2023)
#: A passage per figure; the number stands in the braces with its unit.
TOLD = {
    "funds.issued": "三年来，两地累计下达协作资金{}。",
    "funds.transferred": "温岭市累计向阆中市跨区域拨付协作资金{}。",
    "funds.received": "截至2024年6月底，阆中市累计收到温岭拨来、已到账的帮扶资金{}。",
    "funds.released": "两市协作资金管理规范，已拨付到项目单位资金{}。",
    "funds.paid_out": "从支出看，温阆两地累计支付协作资金{}。",
    "funds.balance": "目前协作资金未支付余额为{}。",
    "funds.carried_over": "结转协作资金{}。",
    "funds.in_transit": "在途协作资金{}。",
    "funds.arranged": "结对以来，两市共安排东西部协作资金{}。",
    "projects.started": "两市累计实施协作项目{}。",
    "projects.completed": "协作项目中，已完工的项目{}。",
    "projects.accepted": "温阆协作通过验收的项目{}。",
    "projects.in_library": "协作项目库共有入库项目{}。",
    "projects.contract_sum": "协作项目签订合同总金额{}，都已备案，两地施工合同金额{}。",
    "projects.assets_value": "帮扶项目已确权登记，形成资产{}。",
    "agreements.agreements_signed": "两市先后签署协作协议{}。",
    "agreements.meetings_held": "双方召开联席会议{}。",
    "agreements.visits": "两地党政代表团互访{}。",
    "agreements.visit_person_times": "两地互访{}。",
    "agreements.team_members_on_duty": "温岭驻阆中工作队现有队员{}。",
    "funds.spending_rate": "协作资金支出率为{}。",
    "funds.release_rate": "协作资金拨付率为{}。",
}
COUNTED = {"project": "个", "agreement": "份", "session": "次", "batch": "批", "person_time": "人次", "person": "名"}


def _printed(amount, unit):
    if unit == "CNY":
        return f"{amount:.2f}元"
    return f"{amount.normalize():f}%" if unit == "percent" else f"{amount:f}{COUNTED[unit]}"


def _value(name, year=None):
    asked = by_code(PAIRING)
    return values.value(asked, name, values.window_of(asked, as_of=CLOSED, year=year))


def _last(told):
    return list(told.values())[-1]


@pytest.mark.slow
@pytest.mark.parametrize("name", TOLD)
def test_the_figure_is_found_and_its_own_value_holds(judged, name):
    value = _value(name)
    claim = _last(judged(TOLD[name].replace("{}", _printed(value.amount, value.figure.unit.code))))
    assert (claim["figure"], claim["verdict"]) == (name, "supported")


@pytest.mark.slow
@pytest.mark.parametrize("name", TOLD)
def test_a_number_the_records_never_gave_is_contradicted(judged, name):
    value = _value(name)
    claim = _last(judged(TOLD[name].replace("{}", _printed(value.amount * 3 + 1, value.figure.unit.code))))
    assert (claim["figure"], claim["verdict"]) == (name, "contradicted")


@pytest.mark.slow
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    "passage", ["{y}年，两市安排协作资金{}。", "{y}年度安排东西部协作资金{}。", "两地在{y}年共安排协作资金{}。"]
)
def test_a_year_named_is_the_year_asked(judged, year, passage):
    value = _value("funds.arranged", year)
    text = passage.replace("{y}", str(year)).replace("{}", f"{value.amount / 10000:f}万元")
    assert _last(judged(text))["verdict"] == "supported"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("passage", "first", "last"),
    [
        ("截至2022年底，两市累计安排协作资金{}。", None, date(2022, 12, 31)),
        ("2021年至2022年，两市安排协作资金{}。", date(2021, 1, 1), date(2022, 12, 31)),
        ("2023年上半年，两市安排协作资金{}。", date(2023, 1, 1), date(2023, 6, 30)),
        ("2022年以来，两市安排协作资金{}。", date(2022, 1, 1), CLOSED),
        ("今年以来，两市安排协作资金{}。", date(2024, 1, 1), CLOSED),
        ("去年两市安排协作资金{}。", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_the_words_of_time_give_the_days(judged, passage, first, last):
    asked = by_code(PAIRING)
    window = values.Window(end=last, start=first, scopes=asked.ids, kinds=frozenset({"pairing"}))
    amount = values.value(asked, "funds.arranged", window).amount
    assert isinstance(amount, Decimal)
    assert _last(judged(passage.replace("{}", f"{amount / 10000:f}万元")))["verdict"] == "supported"
