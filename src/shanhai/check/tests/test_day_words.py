from datetime import date

import pytest

from shanhai.check.day_words import days_in

STATED = {
    "2021年6月2日,首批干部抵达山城。": "2021-06-02",
    "2018年12月开在老街。": "2018-12",
    "自2010年新一轮支援展开。": "2010",
    "合作社2016年成立时只有7户。": "2016",
    "20193月,两市签约。": "2019-03",
    "二〇二一年六月八日签约。": "2021-06-08",
    "2012年8月5-6日举行会议。": "2012-08-05",
    "到2025年力争再上台阶。": "2025",
}
BOUNDS = [
    "2021年以来投入增加。",
    "截至2023年底,投入3亿元。",
    "较2010年增长75.2%。",
    "2022年实施项目96个。",
    "2016-2020年间。",
]


@pytest.mark.parametrize(("text", "value"), list(STATED.items()))
def test_a_date_that_tells_an_event_is_a_statement(text: str, value: str) -> None:
    assert [day.value for day in days_in(text) if day.states] == [value]


@pytest.mark.parametrize("text", BOUNDS)
def test_a_date_that_bounds_figures_is_none(text: str) -> None:
    assert [day for day in days_in(text) if day.states] == []


def test_the_year_comes_from_the_text_before_the_day() -> None:
    days = days_in("2020年启动建设。7月9日开园。")
    assert [day.value for day in days] == ["2020", "2020-07-09"]


def test_last_year_counts_from_the_day_of_publication() -> None:
    assert [day.value for day in days_in("去年9月签约。", published=date(2024, 8, 31))] == ["2023-09"]


def test_last_year_of_an_undated_text_is_the_last_year_it_tells_of() -> None:
    assert days_in("2019年卖了36亿元。去年9月签约。")[-1].value == "2019-09"
