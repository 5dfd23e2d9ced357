"""Money: what is read, shown and shared out is exact to the fen."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.base.findings import Refused
from shanhai.base.money import (
    LIMIT_FEN,
    parse_amount,
    parse_yuan,
    percent,
    ratio,
    round_half_up,
    share_out,
    show_money,
    wan,
    yuan,
)

FEN = st.integers(-LIMIT_FEN, LIMIT_FEN)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=9).filter(any)


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("1,234.50", 123_450),
        ("１２３４.5", 123_450),
        ("１，２３４．５０", 123_450),
        (" ¥ 300 ", 30_000),
        ("￥300.00元", 30_000),
        ("−5.00", -500),
        (".5", 50),
        ("1234.", 123_400),
        (1234.5, 123_450),
        (0.07, 7),
        (3_000_000.0, 300_000_000),
        (300, 30_000),
        (Decimal("1234.500"), 123_450),
        ("0.010", 1),
    ],
)
def test_an_amount_in_yuan_is_read_to_the_fen(written, fen):
    assert parse_yuan(written) == fen


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("12.345", "最多填写2位小数"),
        (Decimal("0.001"), "最多填写2位小数"),
        (0.1 + 0.2, "ROUND"),
        (1.005, "ROUND"),
        (float("nan"), "不是金额"),
        (float("inf"), "不是金额"),
        (True, "不是金额"),
        ("", "请只填数字"),
        ("三百", "请只填数字"),
        ("1,23", "请只填数字"),
        ("1,234,5", "请只填数字"),
        ("12 000", "请只填数字"),
        ("１２万元", "换算"),
        ("1e5", "请只填数字"),
        ("٣٠٠", "请只填数字"),
        ("(500)", "请只填数字"),
        (10**14, "上限"),
        (1e20, "上限"),
    ],
)
def test_an_amount_that_cannot_be_meant_is_refused_with_a_sentence(written, why):
    with pytest.raises(Refused, match=why):
        parse_yuan(written)


def test_six_decimals_of_ten_thousand_yuan_are_exact():
    assert parse_amount("300.123456", "万元") == 300_123_456
    assert parse_amount(300.123456, "万元") == 300_123_456
    assert parse_amount("0.00000001", "亿元") == 100
    assert parse_amount("12.5万元", "万元") == 12_500_000
    with pytest.raises(Refused, match="最多填写6位小数"):
        parse_amount("0.0000001", "万元")


@given(FEN)
def test_an_amount_written_is_the_amount_read_again(fen):
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(Decimal(yuan(fen))) == fen
    assert parse_amount(wan(fen), "万元") == fen
    assert parse_yuan(show_money(fen)) == fen
    assert parse_amount(show_money(fen, "万元"), "万元") == fen
    assert parse_amount(show_money(fen, "亿元"), "亿元") == fen


@given(FEN)
def test_an_amount_kept_as_a_number_by_a_workbook_is_read_exactly(fen):
    assert parse_yuan(float(yuan(fen))) == fen


def test_amounts_are_shown_as_the_field_writes_them():
    assert yuan(123_450) == "1234.50"
    assert yuan(-5) == "-0.05"
    assert wan(123_450_000) == "123.45"
    assert wan(300_000_000) == "300"
    assert wan(1) == "0.000001"
    assert show_money(123_450_000) == "1,234,500.00元"
    assert show_money(123_450_000, "万元") == "123.45万元"
    assert show_money(12_000_000_000, "亿元") == "1.2亿元"
    assert show_money(-1_234_567_890_000, "万元") == "-1,234,567.89万元"


@given(FEN, WEIGHTS)
def test_shares_add_up_to_the_fen_and_none_is_off_by_a_whole_fen(total, weights):
    shares = share_out(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1


@given(FEN, WEIGHTS)
def test_a_negative_total_is_shared_like_its_opposite(total, weights):
    assert share_out(-total, weights) == [-share for share in share_out(total, weights)]


@given(st.integers(0, LIMIT_FEN), WEIGHTS)
def test_who_weighs_more_never_gets_less(total, weights):
    ordered = sorted(zip(weights, share_out(total, weights), strict=True))
    shares = [share for _, share in ordered]
    assert shares == sorted(shares)


def test_the_fen_left_over_go_to_the_largest_remainders_and_the_first_of_equals():
    assert share_out(100, [1, 1, 1]) == [34, 33, 33]
    assert share_out(100, [Decimal("0.5"), Fraction(1, 3), Fraction(1, 6)]) == [50, 33, 17]
    assert share_out(-100, [1, 1, 1]) == [-34, -33, -33]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_nobody_to_share_with_is_a_broken_program(weights):
    with pytest.raises(ValueError, match="weights"):
        share_out(100, weights)


def test_per_cent_is_rounded_half_up():
    assert percent(4, 12) == Decimal("33.33")
    assert percent(1, 8, 0) == 13
    assert percent(-1, 8, 0) == -13
    assert str(percent(1, 2)) == "50.00"
    assert percent(2, 3, 1) == Decimal("66.7")
    assert ratio(10, 4) == Fraction(5, 2)


def test_a_ratio_to_nothing_is_not_zero():
    with pytest.raises(ZeroDivisionError):
        percent(1, 0)


@given(st.fractions(-(10**9), 10**9, max_denominator=10**6), st.integers(0, 6))
def test_rounding_moves_a_value_by_at_most_half_of_the_last_place(value, places):
    rounded = round_half_up(value, places)
    assert abs(Fraction(rounded) - value) <= Fraction(1, 2 * 10**places)
    assert -rounded == round_half_up(-value, places)
    assert rounded.as_tuple().exponent == -places
