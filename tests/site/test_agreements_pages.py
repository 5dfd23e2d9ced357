"""The pages of agreements over HTTP and in a browser, in both languages, and hidden from another pairing."""

import office
import pytest
from browser import is_sound_at_both_widths

PAGES = ("papers", "targets", "exchange", "teams")


@pytest.mark.parametrize("route", PAGES)
def test_a_page_opens_to_the_pairings_own_and_is_not_there_for_others(route, signed_in):
    path = f"/areas/agreements/{route}?scope={office.PAIR}&as_of=2024-06-30"
    assert signed_in("east-clerk").get(path).status == 200
    assert signed_in("other-clerk").get(path).status == 404


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_are_sound_at_both_widths_in_both_languages(page_of, language, site):
    page = page_of(account="viewer")
    page.context.add_cookies([{"name": "shanhai_reading", "value": f"{language}.auto", "url": site}])
    for route in PAGES:
        page.goto(f"/areas/agreements/{route}?scope={office.PAIR}&as_of=2024-06-30")
        assert page.locator("h1").count() == 1
        is_sound_at_both_widths(page)
