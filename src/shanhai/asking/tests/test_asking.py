"""Asking: which scope is meant, and what its figures are, under the rights of who asks."""

from datetime import date
from decimal import Decimal

import pytest

from shanhai.asking import scopes, values
from shanhai.base.findings import Refused, WrongUse
from shanhai.figures.terms import State

PAIRING, PROVINCES, OTHER = "331081-511381", "330000-510000", "330282-513324"
CLOSED = date(2023, 12, 31)


@pytest.fixture
def asked(programme_loaded):
    programme_loaded.sign_in("operator", reach="all")
    return scopes.by_code(PAIRING)


def test_a_pairing_is_asked_with_the_provinces_above_it(asked):
    assert [scope.code for scope in asked.above] == [PROVINCES]
    assert asked.ids == (asked.scope.pk,)


def test_the_provinces_stand_above_themselves_and_a_fund_has_nothing_above(asked):
    assert [scope.code for scope in scopes.by_code(PROVINCES).above] == [PROVINCES]
    assert scopes.by_code("FUND-511381").above == ()


def test_a_scope_that_may_not_be_seen_is_refused_like_one_there_is_not(programme_loaded):
    programme_loaded.sign_in("clerk", side="west")
    for code in (OTHER, "999999-999999"):
        with pytest.raises(Refused, match="您无权查看。您能看到的有：") as refused:
            scopes.by_code(code)
        assert OTHER not in str(refused.value).partition("您能看到的有")[2]


def test_without_a_code_the_only_pairing_is_meant(programme_loaded):
    programme_loaded.sign_in("clerk", side="west")
    assert scopes.ask(None).scope.code == PAIRING


def test_without_a_code_several_pairings_are_refused(asked):
    with pytest.raises(Refused, match="请用 --pairing"):
        scopes.only_pairing()


def test_without_any_pairing_it_is_said_what_to_load(programme_loaded):
    with pytest.raises(Refused, match="请先装载“结对关系”工作簿"):
        scopes.only_pairing()


def test_the_closing_and_the_first_day_of_a_pairing(asked):
    assert scopes.last_closing(asked.scope).closed_on == CLOSED
    assert scopes.began_on(asked.scope) == date(2021, 6, 1)
    assert scopes.began_on(scopes.by_code(OTHER).scope) is None


@pytest.mark.parametrize(("name", "bare"), [
    ("温岭市", "温岭"), ("阆中市", "阆中"), ("四川省", "四川"), ("广西壮族自治区", "广西"), ("蓬安县", "蓬安"), ("忠县", "忠县"),
    ("甘孜藏族自治州", "甘孜藏族"), ("老观镇", "老观镇"),
])  # fmt: skip
def test_a_place_is_called_without_the_word_for_its_level_too(name, bare):
    assert scopes.bare_name(name) == bare


def test_both_names_of_a_place_are_known(asked):
    assert scopes.short_names(["331081", "000000"]) == {"331081": ("温岭市", "温岭")}


def test_a_figure_of_the_provinces_is_asked_of_them(asked):
    found = values.value(asked, "agreements.first_round_began", values.window_of(asked, as_of=CLOSED))
    assert found.amount == date(1996, 1, 1)


def test_a_pairings_figure_does_not_apply_to_a_fund(asked):
    fund = scopes.by_code("FUND-511381")
    found = values.value(fund, "agreements.pairing_began", values.window_of(fund, as_of=CLOSED))
    assert found.state is State.NOT_APPLICABLE


def test_a_year_counts_what_happened_in_it(asked):
    window = values.window_of(asked, as_of=CLOSED, year=2022)
    assert values.value(asked, "funds.arranged", window).amount == Decimal("520000.51")
    assert values.value(asked, "funds.arranged[field=education]", window).amount == Decimal("180000.50")


def test_a_year_that_has_not_begun_is_not_due_yet(asked):
    assert (
        values.value(asked, "funds.arranged", values.window_of(asked, as_of=CLOSED, year=2024)).state
        is State.NOT_YET_DUE
    )


def test_the_years_since_the_pairing_began(asked):
    years = values.by_year(asked, "funds.arranged", as_of=CLOSED)
    assert {year: value.plain for year, value in years.items()} == {
        2021: "60000.00",
        2022: "520000.51",
        2023: "40000.00",
    }


def test_the_value_on_several_days(asked):
    found = values.history(asked, "funds.arranged", [date(2021, 7, 31), date(2021, 8, 1), CLOSED])
    assert [value.plain for value in found] == [None, "60000.00", "620000.51"]


@pytest.mark.parametrize("name", ["no.such", "funds", "funds.arranged[", "funds.arranged[field]"])
def test_a_name_that_is_no_figure_is_refused_with_a_sentence(asked, name):
    with pytest.raises(Refused, match=r"指标|方括号"):
        values.value(asked, name, values.window_of(asked, as_of=CLOSED))


def test_figures_of_the_other_side_are_the_same_for_both(programme_loaded):
    found = []
    for side in ("east", "west"):
        programme_loaded.sign_in("viewer", side=side)
        asked = scopes.by_code(PAIRING)
        found.append(
            {name: value.plain for name, value in values.values(asked, values.window_of(asked, as_of=CLOSED)).items()}
        )
    assert found[0] == found[1]


@pytest.mark.parametrize("name", ["funds.arranged[nosuch=1]", "no.such", "funds.arranged[field]"])
def test_a_figure_or_a_narrowing_that_is_not_declared_is_wrong_use(name):
    with pytest.raises(WrongUse):
        values.named(name)
