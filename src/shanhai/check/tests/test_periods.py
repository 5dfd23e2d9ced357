"""The days a number speaks of, by the words of time around it."""

from datetime import date

import pytest

from shanhai.check.periods import Span, period_told
from shanhai.check.reading import read
from shanhai.check.territory import territories

HELD = date(2024, 6, 30)
WHOLE = Span(None, HELD)


def _year(year):
    return Span(date(year, 1, 1), min(date(year, 12, 31), HELD))


def _told(text):
    reading = read(text)
    claim, territory = next(
        (claim, found) for claim, found in zip(reading.claims, territories(reading), strict=True) if claim.unit == "CNY"
    )
    return period_told(claim, territory, HELD, years=3)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("两市安排资金5000万元。", WHOLE),
        ("三年来，两市安排资金5000万元。", WHOLE),
        ("近三年，两市安排资金5000万元。", WHOLE),
        ("2023年，两市安排资金5000万元。", _year(2023)),
        ("2023年度安排资金5000万元。", _year(2023)),
        ("去年安排资金5000万元。", _year(2023)),
        ("今年以来，安排资金5000万元。", _year(2024)),
        ("2022年以来，安排资金5000万元。", Span(date(2022, 1, 1), HELD)),
        ("自2022年3月起，安排资金5000万元。", Span(date(2022, 3, 1), HELD)),
        ("2021年结对以来累计安排资金5000万元。", Span(date(2021, 1, 1), HELD)),
        ("2021年至今安排资金5000万元。", Span(date(2021, 1, 1), HELD)),
        ("2023年上半年安排资金5000万元。", Span(date(2023, 1, 1), date(2023, 6, 30))),
        ("2023年第三季度安排资金5000万元。", Span(date(2023, 7, 1), date(2023, 9, 30))),
        ("2023年5月安排资金5000万元。", Span(date(2023, 5, 1), date(2023, 5, 31))),
        ("2021年至2022年安排资金5000万元。", Span(date(2021, 1, 1), date(2022, 12, 31))),
        ("2021—2023年安排资金5000万元。", Span(date(2021, 1, 1), date(2023, 12, 31))),
        ("截至2023年底，安排资金5000万元。", Span(None, date(2023, 12, 31))),
        ("截至2023年9月，安排资金5000万元。", Span(None, date(2023, 9, 30))),
        ("截至2023年9月15日，安排资金5000万元。", Span(None, date(2023, 9, 15))),
        ("截至目前，安排资金5000万元。", WHOLE),
        ("2023年，召开会议4次，安排资金5000万元。", _year(2023)),
        ("2021年，两地签订协议，累计安排资金5000万元。", WHOLE),
        ("2021年6月，两市结对，已安排资金5000万元。", WHOLE),
        ("全年接诊6000人次；安排资金5000万元。", WHOLE),
    ],
)
def test_words_of_time_give_first_and_last_day(text, span):
    assert _told(text) == span


@pytest.mark.parametrize(
    "text", ["近两年，安排资金5000万元。", "全年安排资金5000万元。", "安排资金5000万元用于2023年项目。"]
)
def test_a_time_without_fixed_days_gives_none(text):
    assert _told(text) is None
