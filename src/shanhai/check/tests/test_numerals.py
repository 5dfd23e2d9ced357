from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.check.numerals import amount, number_at

DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A whole number below a hundred million in Chinese numerals."""
    if number >= 10_000:
        rest = number % 10_000
        return (
            in_chinese(number // 10_000) + "万" + ("零" if 0 < rest < 1000 else "") + (in_chinese(rest) if rest else "")
        )
    for size, letter in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            rest = number % size
            gap = "零" if 0 < rest < size // 10 else ""
            return DIGITS[number // size] + letter + gap + (in_chinese(rest) if rest else "")
    return DIGITS[number]


@given(st.integers(1, 99_999_999))
def test_a_numeral_written_out_reads_back(number: int) -> None:
    assert amount(in_chinese(number)) == number


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_digits_read_as_they_stand(number: Decimal) -> None:
    assert amount(str(number)) == number
    assert amount(f"{number}万") == number * 10_000


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("30多万", 300_000),
        ("1万2千", 12_000),
        ("6千6百", 6_600),
        ("二十六", 26),
        ("一百五", 150),
        ("十五", 15),
        ("1.5万亿", 1_500_000_000_000),
        ("千亿", 100_000_000_000),
        ("百", 100),
        ("5,200", 5_200),
        ("一万二", 12_000),
        ("三千零五十", 3_050),
        ("二十多万", 200_000),
        ("两", 2),
    ],
)
def test_numbers_of_every_sort(written: str, value: int) -> None:
    assert amount(written) == value


@pytest.mark.parametrize("written", ["数百", "十几", "几", "数万", "几十"])
def test_vague_numbers_have_no_value(written: str) -> None:
    number = number_at(written, 0)
    assert number is not None and number.value is None and number.end == len(written)


def test_two_neighbouring_digits_are_a_low_and_a_high_value() -> None:
    number = number_at("七八百人", 0)
    assert number is not None and (number.value, number.high) == (700, 800)


def test_digits_in_a_row_are_no_number() -> None:
    assert number_at("一二三专区", 0) is None


def test_the_thousand_of_a_kilometre_is_no_magnitude() -> None:
    number = number_at("500千米", 0)
    assert number is not None and number.value == 500
