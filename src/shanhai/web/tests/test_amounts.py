"""Values of figures as pages write them."""

from datetime import date
from decimal import Decimal

import pytest

from shanhai.figures import declare
from shanhai.figures.folding import Value
from shanhai.figures.terms import State
from shanhai.web import amounts


def value(amount, name="funds.arranged", state=State.VALUE):
    return Value(declare.registry()[name], amount, state, 1)


@pytest.mark.parametrize(
    ("amount", "shown", "unit", "exact"),
    [
        ("117000000.00", "11,700", "万元", "117,000,000.00 元"), ("56898540.00", "5,689.854", "万元", "56,898,540.00 元"),
        ("98716162.80", "98,716,162.80", "元", ""), ("9999.00", "9,999.00", "元", ""), ("0.00", "0.00", "元", ""),
        ("-20000.00", "-2", "万元", "-20,000.00 元"),
    ],
)  # fmt: skip
def test_money_is_told_in_the_largest_unit_that_is_exact(amount, shown, unit, exact):
    assert amounts.told(value(Decimal(amount))) == {"value": shown, "unit": unit, "exact": exact}


@pytest.mark.parametrize("state", [State.BLANK, State.NOT_APPLICABLE, State.NOT_YET_DUE, State.WITHHELD])
def test_no_value_is_told_in_the_word_of_its_state_and_never_as_zero(state):
    assert amounts.told(value(None, state=state))["value"] == ""
    assert amounts.text(value(None, state=state)) == state.zh
    assert amounts.state(value(None, state=state))["code"] == str(state)


def test_zero_is_a_value_of_its_own():
    assert amounts.state(value(Decimal(0)))["code"] == "zero"
    assert amounts.text(value(Decimal(0), "projects.started")) == "0"


def test_a_day_has_no_unit():
    day = value(date(2021, 6, 1), "agreements.pairing_began")
    assert amounts.told(day) == {"value": "2021-06-01", "unit": "", "exact": ""}
    assert amounts.unit_word(day.figure) == ""


def test_a_difference_is_signed_and_only_between_numbers():
    assert amounts.difference(value(Decimal("100.00")), value(Decimal("1300.50"))) == "+1,200.50"
    assert amounts.difference(value(Decimal(4), "projects.started"), value(Decimal(3), "projects.started")) == "-1"
    assert amounts.difference(value(None, state=State.BLANK), value(Decimal(3))) == "–"


def test_a_narrowed_figure_says_by_what_in_words():
    figure = declare.registry()["funds.arranged"]
    assert amounts.figure_label(figure, "funds.arranged[field=education]") == "安排协作资金（领域：教育帮扶）"
    assert amounts.figure_label(figure, "funds.arranged") == "安排协作资金"
