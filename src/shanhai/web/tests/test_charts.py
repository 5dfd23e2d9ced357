"""Charts: each bar leads where it is asked to, and the same bars are drawn once."""

import re
from decimal import Decimal

import pytest

from shanhai.web import charts
from shanhai.web.charts import Bar

HREF = re.compile(r'xlink:href="([^"]*)"')


def bars(*addresses, heights=("1.5", "200")):
    years = ("2021", "2022")
    return [
        Bar(year, Decimal(height), f"{year} 年 {height} 万元", address)
        for year, height, address in zip(years, heights, addresses, strict=True)
    ]


@pytest.fixture
def drawn(monkeypatch):
    """How often the renderer was asked; nothing is kept from tests before."""
    charts._bars.cache_clear()
    asked, render = [], charts.vl_convert.vegalite_to_svg
    monkeypatch.setattr(charts.vl_convert, "vegalite_to_svg", lambda spec: asked.append(spec) or render(spec))
    return asked


def test_each_bar_leads_to_its_own_address_as_the_page_was_asked(drawn):
    addresses = ("/figures/funds.paid_out?scope=a&year=2021", "/figures/funds.paid_out?field=教育&q=a'b\"<")
    found = HREF.findall(charts.bars(bars(*addresses), order=["2021", "2022"]))
    assert found == [addresses[0].replace("&", "&amp;"), "/figures/funds.paid_out?field=教育&amp;q=a&#x27;b&quot;&lt;"]


def test_the_same_bars_under_other_addresses_are_drawn_once(drawn):
    first, second = (
        charts.bars(bars(f"/a?year={number}", f"/b?year={number}"), order=["2021", "2022"]) for number in (1, 2)
    )
    assert len(drawn) == 1
    assert (HREF.findall(first), HREF.findall(second)) == (["/a?year=1", "/b?year=1"], ["/a?year=2", "/b?year=2"])
    assert HREF.sub("", first) == HREF.sub("", second)


@pytest.mark.parametrize(
    "changed", [bars("/a", "", heights=("1.5", "200")), bars("/a", "/b", heights=("1.5", "201")), bars("", "")]
)
def test_other_bars_are_another_drawing(drawn, changed):
    before = charts.bars(bars("/a", "/b"), order=["2021", "2022"])
    after = charts.bars(changed, order=["2021", "2022"])
    assert len(drawn) == 2
    assert before != after
    assert HREF.findall(after) == [bar.url for bar in changed if bar.url]
