"""The pages of money over HTTP and in a browser, in both languages, and hidden from another pairing."""

import re

import office
import pytest
from browser import is_sound, is_sound_at_both_widths

SOURCE = "331081-511381/ZJ-2022-SJ"
PAGES = ("ledger", "flow", "payees", "balances", "differences")


@pytest.mark.parametrize("route", [*PAGES, "ledger/csv", "flow/svg"])
def test_a_page_opens_to_the_pairings_own_and_is_not_there_for_others(route, signed_in):
    path = f"/areas/funds/{route}?scope={office.PAIR}"
    assert signed_in("west-clerk").get(path).status == 200
    other = signed_in("other-clerk").get(path)
    assert other.status == 404
    assert "示例" not in other.words


def test_the_pages_are_the_tabs_of_the_area(signed_in):
    text = signed_in("viewer").get(f"/areas/funds/ledger?scope={office.PAIR}").text
    for route in PAGES:
        assert f'href="/areas/funds/{route}"' in text
    assert 'href="/areas/funds/flow/svg"' not in text


def test_the_ledger_is_taken_away_as_it_is_narrowed(signed_in):
    answer = signed_in("viewer").get(f"/areas/funds/ledger/csv?scope={office.PAIR}&step=issue&source={SOURCE}")
    lines = answer.text.splitlines()
    assert lines[0].lstrip("\ufeff").startswith("日期,环节,文号或凭证号,来源编号")
    assert len(lines) > 1
    assert all(",下达," in line and ",ZJ-2022-SJ," in line for line in lines[1:])
    assert "filename*=UTF-8''" in answer.headers["content-disposition"]


def test_a_total_of_the_ledger_leads_to_the_figure_that_tells_the_same(signed_in):
    visitor = signed_in("viewer")
    text = visitor.get(f"/areas/funds/ledger?scope={office.PAIR}&as_of=2024-06-30").text
    address = next(part for part in text.split('href="') if part.startswith("/figures/funds.paid_out")).partition('"')[
        0
    ]
    amount = text.partition(address)[2].partition(">")[2].partition("元")[0]
    assert amount in visitor.get(address.replace("&amp;", "&")).words


@pytest.mark.parametrize("account", ["west-finance", "east-finance"])
def test_who_has_to_do_what_next_is_told_to_each_side(account, signed_in):
    text = signed_in(account).get(f"/areas/funds/differences?scope={office.PAIR}").text
    rows = [row for row in text.split("<tr")[1:] if "西部受援方核对银行回单，登记到账" in row]
    assert rows
    assert {"等本方办" in row for row in rows} == {account == "west-finance"}


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_are_sound_at_both_widths_in_both_languages(page_of, language, site):
    page = page_of(account="viewer")
    page.context.add_cookies([{"name": "shanhai_reading", "value": f"{language}.auto", "url": site}])
    for route in PAGES:
        page.goto(f"/areas/funds/{route}?scope={office.PAIR}")
        assert page.locator("h1").count() == 1
        is_sound_at_both_widths(page)


@pytest.mark.browser
def test_the_marks_of_the_drawing_are_reached_by_the_keyboard_and_open(page_of):
    page = page_of(1440, "viewer")
    page.goto(f"/areas/funds/flow?scope={office.PAIR}&source={SOURCE}")
    mark = page.locator("svg.drawing a").last
    mark.focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("未支付：")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/figures/funds.balance"))
    is_sound(page)
