"""Text as clerks type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.base.text import columns_wide, half_width, is_han, plain_name, safe_cell, squeeze, without_guard


def test_full_width_digits_letters_and_punctuation_become_half_width():
    assert half_width("ＡＢ１２３，（％）：￥－　。、“”") == "AB123,(%):¥- 。、“”"


@given(st.text())
def test_offsets_keep_their_meaning_when_a_text_is_made_half_width(text):
    assert len(half_width(text)) == len(text)
    assert half_width(half_width(text)) == half_width(text)


@given(st.text())
def test_a_squeezed_text_stays_as_it_is(text):
    assert squeeze(squeeze(text)) == squeeze(text)


def test_spaces_and_invisible_characters_are_squeezed():
    assert squeeze("\ufeff  阆中　 市\u200b\n财政局 ") == "阆中 市 财政局"
    assert plain_name("张　　三") == plain_name("张三") == "张三"
    assert plain_name("John  Smith") == "John Smith"
    assert plain_name("阿依古丽 · 买买提") == "阿依古丽·买买提"


def test_a_chinese_character_is_told_and_takes_two_columns():
    assert all(map(is_han, "山海㐀𠀀"))
    assert not any(map(is_han, "aA1。，㈠ "))
    assert columns_wide("山海 ab") == 7


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1+1", "'x", "--"])
def test_a_text_a_spreadsheet_would_run_is_guarded(text):
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["-5.00", "+86", "-1,234.50", "-12%", "温岭市", "2021-06-02", "", "-", "a=1"])
def test_a_plain_text_or_number_is_left_alone(text):
    assert safe_cell(text) == text


@given(st.text(alphabet="'=+-@ \t1a温", max_size=6) | st.text())
def test_a_guarded_text_comes_back(text):
    assert without_guard(safe_cell(text)) == text
