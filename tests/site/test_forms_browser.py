"""Forms as people use them: two at one record, a lost connection, a session that ends, the keyboard alone."""

import re

import office
import pytest
from browser import is_sound
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
WIDTHS = (1440, 390)
NEW = f"/forms/new/funds.payment?scope={office.PAIR}&side=west"


def record(number):
    return f"/records/funds.payment/{office.PAIR}/{number}"


def correcting(number):
    return f"/forms/correct/funds.payment/{office.PAIR}/{number}"


def fill(page, number, amount="12.50"):
    page.goto(NEW)
    told = {
        "voucher_no": number, "source_key": "ZJ-2023-SJ", "project_key": "XM-2023-001", "payee_name": "示例建设有限公司",
        "amount_fen": amount, "paid_on": "2024-06-20",
    }  # fmt: skip
    for name, value in told.items():
        page.locator(f"#id_{name}").fill(value)


def check(page):
    page.get_by_role("button", name="核对", exact=True).click()


def save(page):
    expect(page.get_by_role("heading", name="看过再保存")).to_be_visible()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".note.good")).to_contain_text("已保存")


def entered(page, number):
    fill(page, number)
    check(page)
    save(page)


@pytest.fixture
def desk(page_of, signed_in):
    """A page of Langzhong's finance officer; no draft of another test lies on it."""

    def opened(width=1440, account="west-finance"):
        visitor = signed_in(account)
        for drop in re.findall(r'action="(/drafts/\d+/drop)"', visitor.get("/drafts").text):
            visitor.post(drop)
        return page_of(width, account)

    return opened


@pytest.mark.parametrize("width", WIDTHS)
def test_a_record_is_entered_mended_confirmed_and_saved(desk, width):
    page, number = desk(width), f"ZF-B-{width}"
    fill(page, number, "十二万")
    is_sound(page)
    check(page)
    expect(page.get_by_role("alert").first).to_contain_text("支付金额是“十二万”")
    is_sound(page)
    page.get_by_role("link", name="支付金额是“十二万”").click()
    expect(page.locator("#id_amount_fen")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("1200")
    check(page)
    expect(page.get_by_role("row").filter(has_text="支付资金").first).to_contain_text("+1,200.00")
    is_sound(page)
    save(page)
    is_sound(page)
    page.goto("/drafts")
    expect(page.get_by_text("没有草稿")).to_be_visible()
    is_sound(page)


def test_references_are_suggested_as_one_types(desk):
    page = desk()
    page.goto(NEW)
    page.locator("#id_project_key").press_sequentially("XM-2023")
    expect(page.locator("#id_project_key-list option").first).to_have_attribute("value", re.compile("XM-2023"))


@pytest.mark.parametrize("width", WIDTHS)
def test_two_at_one_record_see_each_other_and_their_changes_are_merged(desk, page_of, width):
    number = f"ZF-BM-{width}"
    mine = desk(width)
    entered(mine, number)
    theirs = page_of(width, "west-finance")
    mine.goto(correcting(number))
    mine.locator("#id_payee_name").fill("我改的单位")
    mine.get_by_label("更正理由").fill("单位改名")
    theirs.goto(correcting(number))
    theirs.locator("#id_paid_on").fill("2024-06-21")
    theirs.get_by_label("更正理由").fill("日期写错")
    check(theirs)
    save(theirs)
    check(mine)
    expect(mine.get_by_text("已并入：支付日期")).to_be_visible()
    is_sound(mine)
    save(mine)
    expect(mine.get_by_role("region", name="内容")).to_contain_text("我改的单位")
    expect(mine.get_by_role("region", name="内容")).to_contain_text("2024-06-21")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_field_both_changed_is_decided_by_hand(desk, page_of, width):
    number = f"ZF-BC-{width}"
    mine = desk(width)
    entered(mine, number)
    theirs = page_of(width, "west-finance")
    mine.goto(correcting(number))
    mine.locator("#id_amount_fen").fill("70")
    mine.get_by_label("更正理由").fill("我看的凭证")
    theirs.goto(correcting(number))
    theirs.locator("#id_amount_fen").fill("80")
    theirs.get_by_label("更正理由").fill("别的凭证")
    check(theirs)
    save(theirs)
    check(mine)
    question = mine.get_by_role("group", name="双方都改了")
    expect(question).to_contain_text("70")
    expect(question).to_contain_text("80.00 阆中财务")
    is_sound(mine)
    question.get_by_label("用我填的").check()
    check(mine)
    save(mine)
    expect(mine.get_by_role("region", name="内容")).to_contain_text("70.00元")


def test_while_a_form_is_open_the_page_says_that_somebody_saved(desk, page_of):
    mine = desk()
    entered(mine, "ZF-BB-1")
    mine.clock.install()
    mine.goto(correcting("ZF-BB-1"))
    theirs = page_of(1440, "west-finance")
    theirs.goto(correcting("ZF-BB-1"))
    theirs.locator("#id_amount_fen").fill("81")
    theirs.get_by_label("更正理由").fill("别的凭证")
    check(theirs)
    save(theirs)
    mine.clock.run_for(16_000)
    expect(mine.locator("#form-beside")).to_contain_text("更正过这条记录")
    is_sound(mine)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_connection_lost_in_mid_form_loses_nothing_and_saves_once(desk, width, signed_in):
    page, number = desk(width), f"ZF-BL-{width}"
    fill(page, number)
    page.context.set_offline(True)
    page.locator("#id_payee_name").fill("断线时填的单位")
    check(page)
    expect(page.locator("#form-told")).to_contain_text("没有连上服务器，还没有保存")
    expect(page.locator("#id_payee_name")).to_have_value("断线时填的单位")
    is_sound(page)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="看过再保存")).to_be_visible(timeout=15_000)
    page.context.set_offline(True)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#form-told")).to_contain_text("没有连上服务器，还没有保存")
    assert signed_in("auditor").get(record(number)).status == 404
    page.context.set_offline(False)
    expect(page.get_by_text("已保存：新登记一条。")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("region", name="内容")).to_contain_text("断线时填的单位")
    assert page.evaluate("localStorage.length") == 0


def test_what_never_reached_the_server_comes_back_when_the_form_is_opened_again(desk):
    page = desk()
    page.goto(NEW)
    page.context.set_offline(True)
    page.locator("#id_payee_name").fill("只在这台电脑上")
    expect(page.locator("#form-told")).to_contain_text("可以接着填")
    page.route("**/forms/new/**", lambda route: route.continue_() if route.request.method == "GET" else route.abort())
    page.context.set_offline(False)
    page.goto(NEW)
    expect(page.locator("#id_payee_name")).to_have_value("只在这台电脑上")
    expect(page.get_by_text("已恢复留在这台电脑上的内容")).to_be_visible()
    is_sound(page)
    page.get_by_role("button", name="不要这些内容").click()
    expect(page.locator("#id_payee_name")).to_have_value("")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_session_that_ends_in_mid_form_leads_back_to_it_with_everything_typed(desk, width):
    page, number = desk(width), f"ZF-BS-{width}"
    fill(page, number)
    expect(page.locator("#form-kept")).to_contain_text("已暂存")
    page.context.clear_cookies(name="shanhai")
    page.locator("#id_payee_name").fill("会话结束后填的单位")
    expect(page.locator("#form-told")).to_contain_text("登录已经结束")
    is_sound(page)
    check(page)
    page.get_by_label("账号").fill("west-finance")
    page.get_by_label("密码").fill(office.PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="登记资金支付")).to_be_visible()
    expect(page.locator("#id_payee_name")).to_have_value("会话结束后填的单位")
    expect(page.locator("#id_voucher_no")).to_have_value(number)
    check(page)
    save(page)
    expect(page.get_by_role("region", name="内容")).to_contain_text("会话结束后填的单位")


def test_identifiers_stay_out_of_drafts_and_out_of_the_browsers_store(desk):
    page = desk(account="east-team")
    page.goto(f"/forms/new/agreements.teammember?scope={office.PAIR}&side=east")
    page.get_by_label("身份证号码").fill("999999198503120771")
    page.get_by_label("姓名").fill("示例某某")
    page.context.set_offline(True)
    page.get_by_label("派出单位").fill("示例市某局")
    expect(page.locator("#form-told")).to_contain_text("可以接着填")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "示例市某局" in kept
    assert "999999198503120771" not in kept
    assert "示例某某" not in kept


def test_a_form_is_filled_in_and_saved_with_the_keyboard_alone(desk):
    page = desk()
    page.goto(NEW)
    told = ["ZF-BK-1", "ZJ-2023-SJ", "XM-2023-001", "", "示例建设有限公司", "", "9.90"]
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_voucher_no":
            break
    for text in told:
        page.keyboard.type(text)
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
    page.keyboard.type("06202024")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="看过再保存")).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "保存":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("已保存：新登记一条。")).to_be_visible()
