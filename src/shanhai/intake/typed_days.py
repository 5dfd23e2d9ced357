"""Dates in cells: date cells, dates as text, whole numbers such as 20240630, and partial dates."""

import datetime as dt
from functools import partial

import polars as pl

from shanhai.base.date_words import parse_date
from shanhai.base.dates import PartialDate
from shanhai.base.language import noted, say
from shanhai.intake import columns as kinds
from shanhai.intake.cells import Cells
from shanhai.intake.typed import Fault, Misread, Typed, by_value, first_of, nothing, others, positions, without

_FIRST, _LAST = dt.date(1901, 1, 1), dt.date(2199, 12, 31)
_UNLIKELY = noted("这个日期过早或过晚，多半是把数字设成了日期格式。")
_NO_DAY = noted("还没有发生就留空；已发生请填写实际日期。")
_WORDS = {"-", "—", "——", "/", "／", "无", "待定", "未定", "至今", "长期"}


def day(column: kinds.Day, cells: Cells) -> Typed:
    """Dates; a day that does not exist, a missing year or day, a date before 1901 is found."""
    moments = cells.moment.cast(pl.Date)
    unlikely = positions((moments < _FIRST) | (moments > _LAST))
    faults = [Fault(place, "intake.day_unlikely", say("请核对。"), say(_UNLIKELY)) for place in unlikely]
    moments = without(moments, faults)
    read = partial(_read, column)
    numbers, number_faults = by_value(cells.number, read, dtype=pl.String(), code="intake.not_day")
    texts, text_faults = by_value(cells.text, read, dtype=pl.String(), code="intake.not_day")
    faults += number_faults + text_faults + others(cells)
    written = first_of(numbers, texts)
    days = first_of(moments, _first_days(written))
    series = {column.field: days}
    if column.partial:
        lengths = written.str.len_chars()
        known = lengths.cast(pl.Int64).replace_strict([4, 7, 10], ["year", "month", "day"], default=None)
        whole_days = pl.Series(["day"]).new_from_index(0, len(days)).zip_with(moments.is_not_null(), known)
        series[f"{column.field}_precision"] = whole_days.cast(pl.String).zip_with(days.is_not_null(), known)
    return Typed(series, faults)


def _first_days(written: pl.Series) -> pl.Series:
    if written.null_count() == len(written):
        return nothing(len(written), pl.Date())
    return (written + "-01-01").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)


def _read(column: kinds.Day, value: str | float) -> str:
    """The date as 2024, 2024-06 or 2024-06-30."""
    if isinstance(value, str) and value in _WORDS:
        raise Misread("intake.placeholder", say(_NO_DAY))
    found: PartialDate = parse_date(value)
    if found.is_exact or column.partial:
        return str(found)
    advice = noted("只写到年，请写到日，如 {day}。") if found.month is None else noted("只写到月，请写到日，如 {day}。")
    raise Misread("intake.day_missing", say(advice, day=found.first_day))
