"""Dates as clerks write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.base.date_words import from_serial, parse_date, parse_day
from shanhai.base.dates import PartialDate
from shanhai.base.findings import Refused


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021年6月2日", "2021-06-02"),
        ("2021年06月02号", "2021-06-02"),
        ("2021 年 6 月 2 日", "2021-06-02"),
        ("２０２１年６月２日", "2021-06-02"),
        ("2021年6月", "2021-06"),
        ("2021年6月份", "2021-06"),
        ("2021年", "2021"),
        ("2021.6.2", "2021-06-02"),
        ("2021/6/2", "2021-06-02"),
        ("2021-06-02", "2021-06-02"),
        ("2021-06-02 00:00:00", "2021-06-02"),
        ("2021-06-02T08:30", "2021-06-02"),
        ("2021.6", "2021-06"),
        ("2021-06", "2021-06"),
        ("20210602", "2021-06-02"),
        ("202106", "2021-06"),
        ("2021", "2021"),
        ("二〇二一年六月", "2021-06"),
        ("二〇二一年六月二日", "2021-06-02"),
        ("二零二一年十二月三十一日", "2021-12-31"),
        ("二○二一年十月二十日", "2021-10-20"),
        ("2021年十一月廿二日", "2021-11-22"),
        (20210602, "2021-06-02"),
        (20210602.0, "2021-06-02"),
        (202106, "2021-06"),
        (2021, "2021"),
        (44349, "2021-06-02"),
        (44349.75, "2021-06-02"),
        (date(2021, 6, 2), "2021-06-02"),
        (datetime(2021, 6, 2, 8, 30), "2021-06-02"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(written, meant):
    assert str(parse_date(written)) == meant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("6月2日", "没有年份"),
        ("6/2", "没有年份"),
        ("21.6.2", "不是四位数"),
        ("21年6月", "不是四位数"),
        ("2021年2月29日", "不存在"),
        ("2021-13-01", "不存在"),
        ("2021/6.2", "不是日期"),
        ("0021-06-02", "1900"),
        ("下周", "不是日期"),
        ("", "不是日期"),
        ("二〇二一年十十月", "不是日期"),
        (2021.1, "不是日期"),
        (0, "不是日期"),
        (-5, "不是日期"),
        (True, "不是日期"),
        (float("nan"), "不是日期"),
        (float("inf"), "不是日期"),
        (99999999999, "不是日期"),
        (202113, "不存在"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(written, why):
    with pytest.raises(Refused, match=why):
        parse_date(written)


def test_where_a_day_is_needed_a_month_is_not_enough():
    assert parse_day("2021.6.2") == date(2021, 6, 2)
    with pytest.raises(Refused, match="只到月"):
        parse_day("2021年6月")
    with pytest.raises(Refused, match="只到年"):
        parse_day(2021)


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_written_form_of_a_day_is_that_day(day):
    forms = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        (day - date(1899, 12, 30)).days,
    ]
    assert {parse_date(form) for form in forms} == {PartialDate.of(day)}


@given(st.integers(61, 109_574), st.floats(0, 0.999))
def test_a_serial_number_is_a_day_whatever_its_time(serial, time):
    assert from_serial(serial + time) == date(1900, 3, 1) + timedelta(days=serial - 61)


@pytest.mark.parametrize("serial", [0, 60, -1, 109_575, float("nan")])
def test_a_serial_number_no_workbook_means_is_refused(serial):
    with pytest.raises(Refused, match="序列值"):
        from_serial(serial)
