"""People on the site: two records of one person merged and unmerged, and who read what is recorded in somebody's name."""

import office
import pytest
from browser import is_sound
from playwright.sync_api import expect

from shanhai.base.identifiers import example_identity

pytestmark = pytest.mark.browser
NEW = f"/forms/new/reference.person?scope={office.PAIR}&side=west"
WIDTHS = (1440, 390)


def person(number):
    return f"/areas/people/people/{office.PAIR}/{number}"


def _enter(page, told):
    for name, value in told.items():
        page.locator(f"#id_{name}").fill(value)
    _save(page)


def _save(page):
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.get_by_role("heading", name="看过再保存")).to_be_visible()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".note.good")).to_contain_text("已保存")


@pytest.mark.parametrize("width", WIDTHS)
def test_two_records_of_one_person_are_merged_and_apart_again(page_of, width):
    page = page_of(width, "west-clerk")
    first, second, name = f"RY-M{width}-1", f"RY-M{width}-2", f"示例并{width}"
    from datetime import date

    page.goto(NEW)
    _enter(page, {"person_no": first, "name": name, "identity": example_identity(900 + width % 90, date(1971, 2, 3))})
    page.goto(NEW)
    _enter(page, {"person_no": second, "name": name, "birth_on": "1971-02-03"})
    page.goto(f"/areas/people/doubles?scope={office.PAIR}")
    is_sound(page)
    row = page.get_by_role("row").filter(has_text=first)
    expect(row).to_contain_text(second)
    row.get_by_role("link", name="去认定").click()
    expect(page.locator("#id_left_key")).to_have_value(first)
    number = f"RD-{width}"
    page.locator("#id_merge_no").fill(number)
    page.locator("#id_decided_on").fill("2024-06-20")
    page.locator("#id_basis").fill("村委会核实为同一人")
    is_sound(page)
    _save(page)
    page.goto(person(second))
    is_sound(page)
    expect(page.get_by_text("已认定为同一人")).to_have_count(1)
    expect(page.locator("#facts ~ ul li").filter(has_text=first)).to_contain_text("按这个编号计数")
    page.goto(f"/forms/correct/reference.merge/{office.PAIR}/{number}")
    page.locator("#id_revoked_on").fill("2024-06-21")
    page.locator("#id_reason").fill("核实后是两个人")
    _save(page)
    page.goto(person(second))
    expect(page.get_by_text("已认定为同一人")).to_have_count(0)


def test_who_opened_a_persons_record_is_told_there(page_of, signed_in):
    clerk = signed_in("west-clerk")
    page = page_of(1440, "west-clerk")
    page.goto(NEW)
    _enter(page, {"person_no": "RY-READ", "name": "示例看", "birth_on": "1980-01-05"})
    signed_in("auditor").get(f"/records/reference.person/{office.PAIR}/RY-READ")
    assert signed_in("viewer").get(f"/api/v1/records/reference.person/{office.PAIR}/RY-READ").status == 200
    clerk.get(person("RY-READ"))
    words = clerk.get(person("RY-READ")).words
    assert "查看 人员" in words.partition("谁看过")[2]
    assert "审计 人员" in words.partition("谁看过")[2]
    assert "阆中经办 本人记录" in words.partition("谁看过")[2]
    assert signed_in("other-clerk").get(person("RY-READ")).status == 404
