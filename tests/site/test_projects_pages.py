"""The pages of projects over HTTP and in a browser, in both languages, and hidden from another pairing."""

import office
import pytest
from browser import is_sound_at_both_widths

PAGES = ("projects", "board", "timeline", "sketch", "gallery", "projects/331081-511381/XM-2021-003")


@pytest.mark.parametrize("route", PAGES)
def test_a_page_opens_to_the_pairings_own_and_is_not_there_for_others(route, signed_in):
    path = f"/areas/projects/{route}?scope={office.PAIR}"
    assert signed_in("west-clerk").get(path).status == 200
    other = signed_in("other-clerk").get(path)
    assert other.status == 404
    assert "老观中心卫生院" not in other.text


def test_the_list_is_taken_away_as_it_is_narrowed(signed_in):
    answer = signed_in("viewer").get(
        f"/areas/projects/projects-as/csv?scope={office.PAIR}&field_code=health&as_of=2024-06-30"
    )
    lines = answer.text.splitlines()
    assert lines[0].lstrip("\ufeff").startswith("编号,项目名称,领域")
    assert len(lines) > 3
    assert all(",医疗帮扶," in line for line in lines[1:])


def test_the_generic_page_of_a_project_leads_to_its_own(signed_in):
    text = signed_in("viewer").get("/records/projects.project/331081-511381/XM-2021-003").text
    assert 'href="/areas/projects/projects/331081-511381/XM-2021-003"' in text


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_are_sound_at_both_widths_in_both_languages(page_of, language, site):
    page = page_of(account="viewer")
    page.context.add_cookies([{"name": "shanhai_reading", "value": f"{language}.auto", "url": site}])
    for route in PAGES:
        page.goto(f"/areas/projects/{route}?scope={office.PAIR}")
        assert page.locator("h1").count() == 1
        is_sound_at_both_widths(page)
