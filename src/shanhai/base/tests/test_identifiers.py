"""Identity numbers, organisation codes and accounts. Every number here is made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from shanhai.base.findings import Place
from shanhai.base.identifiers import (
    EXAMPLE_REGION,
    PROVINCES,
    birth_date,
    check_identity,
    check_organisation,
    example_birth,
    example_identity,
    example_organisation,
    identity_region,
    is_example,
    looks_like_lost_digits,
    mask_account,
    mask_identity,
    mask_name,
    mask_phone,
    organisation_region,
    plain_identity,
)

TODAY = date(2026, 11, 23)
SEEDS = st.integers(0, 999)
BIRTHS = st.dates(date(1930, 1, 1), date(2025, 12, 31))


def with_check_digit(body: str) -> str:
    return body + ric.calc_check_digit(body + "0")


def codes(findings):
    return [finding.code for finding in findings]


@given(SEEDS, BIRTHS)
def test_an_example_number_is_right_believable_and_nobodys(seed, birth):
    number = example_identity(seed, birth)
    assert check_identity(number, today=TODAY, examples=True) == []
    assert codes(check_identity(number, today=TODAY)) == ["identity.example"]
    assert birth_date(number) == birth
    assert is_example(number)
    assert identity_region(number)[:2] not in PROVINCES
    assert not ric.is_valid(number)


@given(SEEDS, BIRTHS, st.integers(0, 16), st.integers(1, 9))
def test_one_digit_wrong_is_always_noticed(seed, birth, place, shift):
    number = example_identity(seed, birth)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert check_identity(wrong, today=TODAY, examples=True)


def test_a_number_of_a_real_region_is_accepted_however_it_is_typed():
    number = with_check_digit("33108119900230001"[:10] + "0228" + "001")
    assert check_identity(number, today=TODAY) == []
    typed = "　" + " ".join((number[:6], number[6:14], number[14:])).lower() + " "
    assert plain_identity(typed) == number
    assert check_identity(typed, today=TODAY) == []
    assert not is_example(number)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("331081900228001", "old"),
        ("33108119900228", "form"),
        ("33108119900228００1", "form"),
        ("33108119900228001A", "form"),
        ("331081199002280011", "check_digit"),
        (with_check_digit("33108119900230001"), "birth_date"),
        (with_check_digit("33108118800228001"), "birth_date"),
        (with_check_digit("33108120261124001"), "birth_date"),
        (with_check_digit("88108119900228001"), "region"),
        ("331081199002280000", "lost_digits"),
    ],
)
def test_a_wrong_number_is_named_and_shown_masked(number, code):
    place = Place("人员.xlsx", "人员", 3, "B")
    (finding,) = check_identity(number, today=TODAY, place=place)
    assert finding.code == f"identity.{code}"
    assert finding.place == place
    assert "19900228" not in finding.message + finding.found


@given(st.integers(0, 99_999_999), st.sampled_from(["91", "93", "11", "12", "52", "N2"]))
def test_an_example_organisation_has_right_check_digits_and_is_nobodys(seed, kind):
    code = example_organisation(seed, kind)
    assert check_organisation(code, examples=True) == []
    assert codes(check_organisation(code)) == ["organisation.example"]
    assert organisation_region(code) == EXAMPLE_REGION
    assert is_example(code)
    assert uscc.is_valid(code) == (kind != "N2")


def test_a_wrong_organisation_code_is_named():
    good = "91331081" + example_organisation(7)[8:17]
    good += uscc.calc_check_digit(good)
    assert check_organisation(good) == []
    assert check_organisation(good.lower()) == []
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    assert codes(check_organisation(wrong)) == ["organisation.check_digit"]
    assert codes(check_organisation(good[:17])) == ["organisation.form"]
    assert codes(check_organisation("I" + good[1:])) == ["organisation.form"]


def test_a_village_collective_is_accepted_although_its_code_begins_with_a_letter():
    body = "N2511381" + example_organisation(3)[8:17]
    assert check_organisation(body + uscc.calc_check_digit(body)) == []


@pytest.mark.parametrize(
    "value",
    [
        3.30106198001011e17,
        330106198001010000,
        10**15,
        "3.30106E+17",
        "3.30106e17",
        "330106198001010000",
        "6222020000000000",
    ],
)
def test_a_number_that_a_spreadsheet_cut_is_noticed(value):
    assert looks_like_lost_digits(value)


@pytest.mark.parametrize(
    "value",
    [None, True, "", 0, 123456789012345, 1.5, "622202000000001", "6222020000000001", "33108119900228001X", "张三",
     "91511381E123456789", float("nan")],
)  # fmt: skip
def test_a_number_kept_whole_is_not_suspected(value):
    assert not looks_like_lost_digits(value)


@given(SEEDS, BIRTHS)
def test_an_example_number_kept_as_text_is_never_suspected(seed, birth):
    assert not looks_like_lost_digits(example_identity(seed, birth))


@given(st.integers(0, 16_000))
def test_an_example_person_is_of_working_age(seed):
    age = (TODAY - example_birth(seed, on=TODAY)).days / 365.25
    assert 17.9 < age < 65


def test_masks_keep_what_tells_people_apart_and_no_day_of_birth():
    assert mask_identity("331081199002280010") == "331*************10"
    assert mask_identity("123") == "***"
    assert [mask_name(name) for name in ("张三", "张小山", "欧阳小山", "阿依古丽·买买提", "张", "")] == [
        "张*", "张*山", "欧**山", "阿*******", "*", "",
    ]  # fmt: skip
    assert mask_phone("138 1234 5678") == "138****5678"
    assert mask_phone("0576-86111111") == "***********11"
    assert mask_account("6222020000000001234") == "***************1234"
    assert mask_account("123") == "***"


@given(SEEDS, BIRTHS)
def test_a_mask_never_shows_the_day_of_birth(seed, birth):
    number = example_identity(seed, birth)
    assert f"{birth:%m%d}" not in mask_identity(number)[3:16]
    assert mask_identity(number)[3:16] == "*" * 13
