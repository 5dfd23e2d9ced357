"""People and goods as offices do them: a dividend that does not add up, an order settled, a posting confirmed."""

from datetime import date

import office
import pytest
from browser import is_sound
from playwright.sync_api import expect

from shanhai.loading.tests.programme import write

pytestmark = pytest.mark.browser
BOOK = {"scope_code": office.PAIR, "owner_side": "west"}
VILLAGE = {"town": "千佛镇", "village": "示例千佛二村"}


@pytest.fixture(autouse=True)
def declared():
    """The sheets, which the areas declare when Django is set up."""
    import django

    django.setup()


def _upload(page, path):
    page.goto(f"/upload?scope={office.PAIR}")
    page.locator("#id_files").set_input_files(str(path))
    page.get_by_role("button", name="试读").click()
    page.wait_for_url("**/upload/*")


def _save(page, label):
    page.get_by_role("button", name=label).click()
    expect(page.get_by_text("已保存")).to_be_visible(timeout=60_000)


def _dividend(number, lines):
    told = {
        "base_key": "JD-2021-01", "round_no": number, "decided_on": date(2024, 6, 20), "income_fen": 50_000_00,
        "kept_fen": 20_000_00, "shared_fen": 30_000_00, "document_no": "示例分红决议〔2024〕B号",
    }  # fmt: skip
    listed = [
        {
            "round_key": f"JD-2021-01/{number}",
            "line_no": str(place),
            "household_key": f"NH-ZZ-000{place}",
            "amount_fen": amount,
        }
        for place, amount in enumerate(lines, start=1)
    ]
    return {"planting.dividendround": [BOOK | told], "planting.dividendline": [BOOK | row for row in listed]}


@pytest.mark.parametrize("width", [1440, 390])
def test_a_dividend_round_that_does_not_add_up_is_refused_then_accepted(page_of, tmp_path, width):
    page, number = page_of(width, "west-clerk"), f"2024-B{width}"
    _upload(page, write(tmp_path / "分红.xlsx", _dividend(number, [12_000_00, 17_999_00])))
    expect(page.get_by_text("不能保存")).to_be_visible(timeout=60_000)
    table = page.locator("section[aria-labelledby=run-findings]")
    expect(table).to_contain_text("分红名单")
    expect(table.locator(".cell-name").first).not_to_have_text("整个文件")
    is_sound(page)
    _upload(page, write(tmp_path / "分红.xlsx", _dividend(number, [12_000_00, 18_000_00])))
    expect(page.get_by_text("可以保存：新增 3 行")).to_be_visible(timeout=60_000)
    is_sound(page)
    _save(page, "保存这 3 行")
    page.goto(f"/areas/planting/rounds?scope={office.PAIR}&as_of=2024-06-30")
    expect(page.get_by_text(number).first).to_be_visible()
    is_sound(page)


def test_an_order_is_settled_and_the_village_opens_its_statement(page_of, tmp_path):
    page = page_of(1440, "west-clerk")
    delivered = BOOK | VILLAGE | {
        "delivery_no": "JS-B-1", "agreement_key": "DG-2022-01", "household_key": "NH-DD-0141", "delivered_on": date(2022, 2, 14),
        "head_count": 1, "weight_kg": 100, "grade_code": "first", "ticket_no": "示例磅-B-1",
    }  # fmt: skip
    settled = BOOK | {
        "settlement_no": "JSD-B-1", "delivery_key": "JS-B-1", "settled_on": date(2022, 2, 21), "week_on": date(2022, 1, 24),
        "revision": 0, "reference_fen": 16_51, "price_fen": 17_34, "amount_fen": 1_734_00,
    }  # fmt: skip
    wrong = {"orders.delivery": [delivered], "orders.settlement": [settled | {"amount_fen": 1_651_00}]}
    _upload(page, write(tmp_path / "结算.xlsx", wrong))
    expect(page.get_by_text("不能保存")).to_be_visible(timeout=60_000)
    is_sound(page)
    right = {"orders.delivery": [delivered], "orders.settlement": [settled]}
    _upload(page, write(tmp_path / "结算.xlsx", right))
    expect(page.get_by_text("可以保存：新增 2 行")).to_be_visible(timeout=60_000)
    _save(page, "保存这 2 行")
    page.goto(f"/areas/orders/statement?scope={office.PAIR}&as_of=2024-06-30&year=2022")
    page.get_by_role("link", name=VILLAGE["village"]).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(VILLAGE["village"])
    row = page.get_by_role("row").filter(has_text="B-1").first
    for told in ("16.51", "17.34", "1,734.00"):
        expect(row).to_contain_text(told)
    is_sound(page)


def test_a_posting_is_confirmed_by_the_other_side(page_of):
    owner = page_of(1440, "east-clerk")
    owner.goto(f"/lists/talent.secondment?scope={office.PAIR}&owner_side=east")
    owner.locator("main table tbody a").first.click()
    address = owner.url
    expect(owner.get_by_role("region", name="对方的说法")).to_contain_text("待对方确认")
    page = page_of(390, "west-clerk")
    page.goto(address)
    is_sound(page)
    page.get_by_role("button", name="确认：与本方记录一致").click()
    expect(page.get_by_role("region", name="对方的说法")).to_contain_text("对方已确认")
    owner.goto(address)
    expect(owner.get_by_role("region", name="对方的说法")).to_contain_text("阆中经办")
    is_sound(owner)
