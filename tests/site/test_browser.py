"""The site as people use it: Chromium over the real server, at the width of a telephone and of a desk."""

import re

import office
import pytest
from browser import WIDTHS, is_sound, is_sound_at_both_widths, sign_in
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
ARTICLE = (office.ROOT / "examples" / "article.txt").read_text("utf-8")


def send_book(page, path):
    page.get_by_label("工作簿").set_input_files(str(path))
    page.get_by_role("button", name="试读").click()


def value_on(page, figure):
    page.goto(f"/figures/{figure}?scope={office.PAIR}")
    return page.locator(".fold p").inner_text()


def amount(text):
    """The number in 「…，得 98,716,162.80元」, in fen."""
    return int(text.partition("得")[2].partition("元")[0].replace(",", "").replace(".", "").strip())


@pytest.mark.parametrize("width", WIDTHS)
def test_a_workbook_with_errors_is_mended_and_loaded_and_its_figure_opens_to_the_cell(page_of, width, tmp_path):
    page, number = page_of(width, "west-finance"), f"ZF-2024-B{width}"
    before = amount(value_on(page, "funds.paid_out"))
    wrong = office.write_book(tmp_path / "支付.xlsx", "资金支付", office.PAYMENT, [
        office.payment(number, "12万"), office.payment(f"{number}-2", 500, "2024-13-45"), office.payment(f"{number}-3", 7, project="XM-0000-000"),
    ])  # fmt: skip
    page.goto("/upload")
    is_sound(page)
    send_book(page, wrong)
    expect(page.get_by_text("不能保存")).to_be_visible()
    for cell in ("I2", "J3", "E4"):
        expect(page.get_by_role("rowheader").filter(has_text=cell)).to_be_visible()
    is_sound(page, "upload" if width == 1440 else "")
    with page.expect_download() as saved:
        page.get_by_role("link", name="下载标出问题的工作簿").click()
    assert saved.value.suggested_filename.endswith("标出问题.xlsx")
    assert page.request.get(f"/records/funds.payment/{office.PAIR}/{number}-2").status == 404
    right = office.write_book(tmp_path / "支付.xlsx", "资金支付", office.PAYMENT, [office.payment(number, 1234.5)])
    send_book(page, right)
    expect(page.get_by_text("可以保存：新增 1 行")).to_be_visible()
    moved = page.get_by_role("row", name=re.compile("^支付资金 元"))
    expect(moved).to_contain_text("+1,234.50")
    is_sound(page)
    page.get_by_role("button", name="保存这 1 行").click()
    expect(page.get_by_text("已保存：新增 1 行")).to_be_visible()
    is_sound(page)
    assert amount(value_on(page, "funds.paid_out")) - before == 123450
    expect(page.get_by_text("与上方数值一致")).to_be_visible()
    is_sound(page)
    _open_to_its_cell(page, number)


def _open_to_its_cell(page, number):
    """From the rows of the figure to the record and the cell it came from."""
    page.goto(f"/figures/funds.paid_out?scope={office.PAIR}&year=2024&as_of=2024-06-20")
    link = page.get_by_role("link", name=number, exact=True)
    while not link.count():
        page.get_by_role("link", name="下一页").click()
    link.click()
    source = page.get_by_role("region", name="来源")
    expect(source).to_contain_text("支付.xlsx")
    expect(source).to_contain_text("第 2 行")
    source.locator("summary").click()
    expect(source.get_by_role("row").filter(has_text="I2")).to_contain_text("1,234.50元")
    is_sound(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_article_is_checked_and_each_claim_leads_to_its_figure(page_of, width):
    page = page_of(width, "viewer")
    page.goto("/check")
    is_sound(page)
    page.get_by_label("稿件全文").fill(ARTICLE)
    page.get_by_role("button", name="核对", exact=True).click()
    claim = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="11700万元"))
    expect(claim).to_contain_text("有记录支持")
    expect(claim).to_contain_text("据重建记录")
    is_sound(page, "check" if width == 1440 else "")
    page.locator(".article a.mark", has_text="11700万元").click()
    expect(claim).to_be_in_viewport()
    claim.get_by_role("link", name="安排协作资金").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("安排协作资金")
    expect(page.get_by_role("group", name="安排协作资金各年数值")).to_be_visible()
    is_sound(page, "figure" if width == 1440 else "")


def test_the_other_sides_clerk_confirms_a_transfer(page_of):
    page = page_of()
    sign_in(page, "west-clerk")
    page.goto(f"/records/funds.release/{office.PAIR}/BF-2024-004")
    expect(page.get_by_role("region", name="对方的说法")).to_contain_text("待对方确认")
    is_sound(page)
    page.get_by_role("button", name="确认：与本方记录一致").click()
    word = page.get_by_role("region", name="对方的说法")
    expect(word).to_contain_text("对方已确认")
    expect(word).to_contain_text("阆中经办")
    is_sound(page, "record")
    owner = page_of(390, "east-finance")
    owner.goto(f"/records/funds.release/{office.PAIR}/BF-2024-004")
    expect(owner.get_by_role("region", name="对方的说法")).to_contain_text("对方已确认")
    assert owner.get_by_role("button", name="确认").count() == 0
    is_sound(owner)


def test_one_signs_in_with_the_keyboard_alone(page_of):
    page = page_of()
    page.goto("/sign-in")
    is_sound(page)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_name":
            break
    page.keyboard.type("viewer")
    page.keyboard.press("Tab")
    page.keyboard.type(office.PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("温岭市")
    is_sound(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"


@pytest.mark.parametrize("path", [
    "/", "/figures/funds.spending_rate", "/figures/agreements.pairing_began", "/lists/projects.project", "/records/projects.project/331081-511381/XM-2022-010",
    "/records/funds.payment/331081-511381/ZF-2021-0001", "/records/reference.person/none", "/figures/funds.arranged%5Bfield%3Deducation%5D?year=2022",
    "/journal?type=funds.payment", "/search?q=橄榄", "/search?q=没有这样的东西", "/api/v1/",
])  # fmt: skip
def test_every_kind_of_page_is_sound(page_of, path):
    page = page_of(account="auditor")
    page.goto(path)
    is_sound_at_both_widths(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_search_box_works_by_the_keyboard_and_an_act_opens_from_the_journal(page_of, width):
    page = page_of(width, "auditor")
    page.goto("/check")
    page.get_by_label("搜索记录、指标和页面").fill("ZF-2021-0001")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name="1,320,000.00元").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1,320,000.00元")
    page.goto("/journal?type=funds.refund")
    page.locator("main table a").first.click()
    is_sound(page)
    page.locator("summary", has_text="内容").first.click()
    expect(page.get_by_role("cell", name="已实现").first).to_be_visible()
