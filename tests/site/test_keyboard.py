"""By keyboard alone: sign in, find a project, open its money, take it away."""

import re

import office
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def reach(page, found, *, most=120):
    """Press Tab until the element has the focus; what cannot be reached so cannot be used so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if found.evaluate("element => element === document.activeElement"):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", "the focus is not to be seen"
            return
    raise AssertionError(f"{found} is not reached by the keyboard")


@pytest.mark.parametrize("width", [1440, 390])
def test_one_signs_in_finds_a_project_opens_its_money_and_takes_it_away(page_of, width):
    page = page_of(width)
    page.goto("/sign-in")
    reach(page, page.locator("#id_name"))
    page.keyboard.type("auditor")
    reach(page, page.locator("#id_password"))
    page.keyboard.type(office.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("温岭市")

    reach(page, page.get_by_role("searchbox").first)
    page.keyboard.type("XM-2022-010")
    page.keyboard.press("Enter")
    project = page.locator("main").get_by_role("link", name=re.compile("XM-2022-010")).first
    expect(project).to_be_visible()
    reach(page, project)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("XM-2022-010"))

    money = page.locator("main").get_by_role("link", name=re.compile("资金支付")).first
    reach(page, money, most=200)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("资金支付")
    download = page.get_by_role("link", name="下载工作簿")
    reach(page, download, most=300)
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".xlsx")
