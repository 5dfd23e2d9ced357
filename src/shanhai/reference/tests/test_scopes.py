"""Scopes founded from pairings and from regions' own funds."""

import pytest

from shanhai.base.findings import Refused
from shanhai.reference.actions import found_scopes
from shanhai.reference.models import CalendarDay, Region, Scope
from shanhai.reference.queries import scope_of

PAIR = {"scheme": "east_west", "level": "county", "east_code": "330383", "west_code": "513325", "is_example": None}


@pytest.fixture(autouse=True)
def operator(acting):
    return acting("operator", reach="all")


def test_regions_and_calendar_are_there_from_the_start():
    assert Region.objects.filter(code="331081", name="温岭市").exists()
    assert Region.objects.count() > 3_000
    assert CalendarDay.objects.filter(kind="makeup").exists()


def test_a_pairing_founds_its_scope():
    scope = scope_of("330383-513325", PAIR, is_notice=False)
    assert (scope["kind"], scope["name"], scope["is_example"]) == ("pairing", "龙港市—雅江县", False)
    ids = found_scopes([scope])
    assert Scope.objects.get(code="330383-513325").pk == ids["330383-513325"]


def test_a_scope_founded_twice_stays_as_it_was():
    first = found_scopes([scope_of("330383-513325", PAIR, is_notice=False)])
    again = found_scopes([scope_of("330383-513325", PAIR | {"scheme": "counterpart"}, is_notice=True)])
    assert first == again
    assert Scope.objects.get(code="330383-513325").scheme == "east_west"


@pytest.mark.parametrize(
    ("code", "level"), [("FUND-513325", "county"), ("FUND-510000", "province"), ("FUND-511300-A", "prefecture")]
)
def test_a_regions_own_fund_needs_no_pairing(code, level):
    scope = scope_of(code, None, is_notice=True)
    assert (scope["kind"], scope["scheme"], scope["level"], scope["east_code"]) == (
        "region_fund",
        "own_fund",
        level,
        "",
    )
    assert scope["is_notice"]


@pytest.mark.parametrize(("code", "pairing", "words"), [
    ("330383-513325", None, "还没有登记结对关系"),
    ("330383-513325", PAIR | {"east_code": "330382"}, "不一致，应为 330382-513325"),
    ("000000-513325", PAIR | {"east_code": "000000"}, "不在 GB/T 2260 代码表里"),
    ("FUND-000000", None, "不在 GB/T 2260 代码表里"),
])  # fmt: skip
def test_what_cannot_be_founded_is_refused_with_a_sentence(code, pairing, words):
    with pytest.raises(Refused, match=words):
        scope_of(code, pairing, is_notice=False)
