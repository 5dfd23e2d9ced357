"""Reading dates as clerks write them: 2021年6月2日, 2021.6.2, 二〇二一年六月, 20210602, a workbook's serial numbers."""

import re
from datetime import date, datetime, timedelta

from shanhai.base.dates import PartialDate
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.base.text import squeeze

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_NUMBER_YEARS = range(1950, 2101)
#: Day 0 of workbooks that count from 1900. They hold a 29 February 1900 that never was: below 61 is refused.
_SERIAL_ORIGIN = date(1899, 12, 30)
_SERIALS = range(18_264, 73_416)  # 1950 to 2100: no serial can be taken for a year, a month or a whole date

_DIGITS = {letter: str(value) for value, letter in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "Ｏ": "0"}
_TENS = {"十": 10, "一十": 10, "二十": 20, "廿": 20, "三十": 30, "卅": 30}
_HAN_YEAR = re.compile(r"([〇零○Ｏ一二三四五六七八九]{4})年")
_HAN_PART = re.compile(r"([一二三]?十|廿|卅|)([一二三四五六七八九]?)(月|日|号)")
_TIME = r"(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_FORMS = (
    re.compile(r"(\d{4}) ?年(?: ?(\d{1,2}) ?月(?:份| ?(\d{1,2}) ?[日号])?)?" + _TIME, re.ASCII),
    re.compile(r"(\d{4})([-./])(\d{1,2})(?:\2(\d{1,2}))?" + _TIME, re.ASCII),
    re.compile(r"(\d{4})(?:(\d{2})(\d{2})?)?", re.ASCII),
)
_WITHOUT_YEAR = re.compile(r"\d{1,2} ?[月./-] ?\d{1,2} ?[日号]?", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{2} ?[年./-] ?\d{1,2} ?([月./-].*)?", re.ASCII)


def parse_date(value: str | int | float | date) -> PartialDate:
    """The date a cell or a text gives, no more exact than it is written.

    Takes dates and times, the written forms of the module's first line, numbers such as 20210602, 202106 and
    2021, and serial numbers of a workbook (44349) for 1950 to 2100. Raises `Refused` with a sentence: no date,
    no year, two digits for the year, a day that does not exist, or a decimal such as 2021.1 that may be January
    or October.
    """
    if isinstance(value, datetime):
        return PartialDate.of(value.date())
    if isinstance(value, date):
        return PartialDate.of(value)
    if isinstance(value, str):
        return _from_text(value)
    return _from_number(value)


def parse_day(value: str | int | float | date) -> date:
    """The whole day a cell or a text gives. Raises `Refused` as `parse_date`, also where the day is missing."""
    found = parse_date(value)
    if not found.is_exact:
        raise Refused(
            say("“{value}”只到年，这里要填到日，如 2021-06-02。", value=value)
            if found.month is None
            else say("“{value}”只到月，这里要填到日，如 2021-06-02。", value=value)
        )
    return found.first_day


def from_serial(serial: int | float) -> date:
    """The day of a workbook's serial number (1900 system), its time of day left out.

    Raises `Refused` below 61 (before March 1900, where workbooks count a day that never was) and after 2199.
    """
    if not 61 <= serial < 109_575:
        raise Refused(say("“{serial}”不是有效的日期序列值。请把单元格设为日期格式后重新填写。", serial=serial))
    return _SERIAL_ORIGIN + timedelta(days=int(serial))


def _from_number(value: int | float) -> PartialDate:
    if not isinstance(value, bool) and value == value and _SERIALS.start <= value < _SERIALS.stop:
        return PartialDate.of(from_serial(value))
    whole = int(value) if value == value and abs(value) < 10**9 else 0
    if isinstance(value, bool) or whole != value or int(f"{whole:04d}"[:4]) not in _NUMBER_YEARS:
        raise Refused(say("“{value}”不是日期。请按 2021-06-02 的样子填写，或把单元格设为日期格式。", value=value))
    return _from_text(str(whole))


def _from_text(text: str) -> PartialDate:
    plain = _han_to_digits(squeeze(text))
    for form in _FORMS:
        found = form.fullmatch(plain)
        if found:
            year, *parts = (int(part) for part in found.groups() if part and part not in "-./")
            return _checked(text, year, parts)
    if _WITHOUT_YEAR.fullmatch(plain) and not _SHORT_YEAR.fullmatch(plain):
        raise Refused(say("日期“{text}”没有年份。请写全年份，如 2021-06-02。", text=text))
    if _SHORT_YEAR.fullmatch(plain):
        raise Refused(say("日期“{text}”的年份不是四位数。请写全年份，如 2021-06-02。", text=text))
    raise Refused(say("“{text}”不是日期。请按 2021-06-02 的样子填写。", text=text))


def _checked(text: str, year: int, parts: list[int]) -> PartialDate:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Refused(
            say(
                "日期“{text}”的年份不在{first_year}—{last_year}年之间。请核对。",
                text=text,
                first_year=_FIRST_YEAR,
                last_year=_LAST_YEAR,
            )
        )
    try:
        return PartialDate(year, *parts)
    except ValueError as error:
        raise Refused(say("日期“{text}”在日历上不存在。请核对月和日。", text=text)) from error


def _han_to_digits(text: str) -> str:
    with_year = _HAN_YEAR.sub(lambda found: "".join(_DIGITS[letter] for letter in found[1]) + "年", text)
    return _HAN_PART.sub(lambda found: f"{_han_number(found[1], found[2])}{found[3]}", with_year)


def _han_number(tens: str, ones: str) -> str:
    """The digits of a month or a day in characters: 六, 十, 十一, 二十, 三十一, 廿二; nothing for nothing."""
    number = _TENS.get(tens, 0) + int(_DIGITS.get(ones, "0"))
    return str(number) if number else ""
