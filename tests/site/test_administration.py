"""Administration and the second factor over HTTP, and in Chromium at both widths."""

import re

import office
import people
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from visiting import Visitor

PAIR = office.PAIR
GRANT = {"role": "clerk", "side": "west", "reason": "示例事由"}


@pytest.fixture(scope="module")
def chief(home, site):
    """An administrator of everything, signed in with a second factor."""
    given = people.add(home, "chief", "operator", "--side", "any")
    return people.settle(site, "chief", given, address="127.0.0.40")[0]


@pytest.fixture(scope="module")
def local(home, site):
    """An administrator of the western side of one pairing."""
    given = people.add(home, "local", "operator", "--side", "west", "--pairing", PAIR)
    return people.settle(site, "local", given, address="127.0.0.41")[0]


def make(visitor, name, **changed):
    text = visitor.get("/administration/new").text
    where = re.search(r'<option value="(\d+)">[^<]*' + PAIR, text)[1]
    return visitor.post(
        "/administration/new", GRANT | {"username": name, "name": f"示例 {name}", "where": where} | changed
    )


def test_a_new_account_gets_a_password_once_changes_it_and_works(chief, site):
    answer = make(chief, "new-clerk")
    given = people.handed(answer.words)
    assert given not in chief.get("/administration/accounts/new-clerk").text
    visitor, _ = people.settle(site, "new-clerk", given, address="127.0.0.42")
    assert "温岭市—阆中市" in visitor.get("/account").words
    assert visitor.get("/").status == 200
    assert Visitor(site, address="127.0.0.42").sign_in("new-clerk", given).status == 400
    told = chief.get("/administration/accounts/new-clerk").words
    for word in ("新建账号", "示例事由", "修改本人密码"):
        assert word in told


def test_until_the_password_is_changed_nothing_else_opens(chief, site):
    given = people.handed(make(chief, "not-yet").words)
    visitor = Visitor(site, address="127.0.0.43")
    visitor.sign_in("not-yet", given)
    for path in ("/", "/account", "/administration", f"/figures/funds.arranged?scope={PAIR}", "/sign-in/second-factor"):
        assert visitor.get(path).location.startswith("/sign-in/password"), path
    again = visitor.post("/sign-in/password", {"new_password": given, "new_again": given})
    assert "与发给您的一次性密码相同" in again.words
    for weak in ("short", "not-yet-not-yet", "1111111111111", "password123"):
        assert visitor.post("/sign-in/password", {"new_password": weak, "new_again": weak}).status == 400


def test_an_account_switched_off_is_out_at_once_and_in_again_when_switched_on(chief, site):
    visitor, _ = people.settle(site, "goes-away", people.handed(make(chief, "goes-away").words), address="127.0.0.44")
    place = "/administration/accounts/goes-away"
    refused = chief.post(f"{place}/stop", {"reason_stop": " "})
    assert (refused.status, visitor.get("/account").status) == (400, 200)
    assert "请写明事由" in refused.words
    chief.post(f"{place}/stop", {"reason_stop": "示例离任"})
    assert "/sign-in" in visitor.get("/account").location
    assert Visitor(site, address="127.0.0.44").sign_in("goes-away", people.OWN).status == 400
    chief.post(f"{place}/resume", {"reason_resume": "示例回来"})
    assert Visitor(site, address="127.0.0.44").sign_in("goes-away", people.OWN).status == 302


def test_a_grant_given_opens_and_ended_closes(chief, site):
    visitor, _ = people.settle(site, "moves", people.handed(make(chief, "moves").words), address="127.0.0.45")
    other = re.search(r'<option value="(\d+)">[^<]*' + office.OTHER, chief.get("/administration/new").text)[1]
    path = f"/lists/reference.pairing?scope={office.OTHER}"
    assert visitor.get(path).status == 404
    given = chief.post(
        "/administration/accounts/moves/grant", {"role": "viewer", "side": "any", "where": other, "reason_give": "示例"}
    )
    assert given.location.endswith("told=done")
    assert visitor.get(path).status == 200
    page = chief.get("/administration/accounts/moves").text
    number = max(int(found) for found in re.findall(r"/administration/grants/(\d+)/end", page))
    day = re.search(r"请填昨天（(\d{4}-\d\d-\d\d)）", page)[1]
    chief.post(f"/administration/grants/{number}/end", {f"last_on_end{number}": day, f"reason_end{number}": "示例"})
    assert visitor.get(path).status == 404


def test_a_waiting_account_is_unlocked_with_a_reason(chief, site):
    people.settle(site, "forgets", people.handed(make(chief, "forgets").words), address="127.0.0.46")
    visitor = Visitor(site, address="127.0.0.47")
    for _ in range(5):
        visitor.sign_in("forgets", "wrong")
    assert visitor.sign_in("forgets", people.OWN).status == 429
    assert "登录等待" in chief.get("/administration?q=forgets").words
    chief.post("/administration/accounts/forgets/unlock", {"reason_unlock": "示例：本人来电"})
    assert visitor.sign_in("forgets", people.OWN).status == 302


def test_an_administrator_of_one_side_sees_and_keeps_that_side_only(local, chief):
    listed = local.get("/administration").words
    assert "west-clerk" in listed
    for name in ("east-clerk", "other-clerk", "chief", "operator"):
        assert name not in listed.replace("east-clerk-", "").split()
        assert local.get(f"/administration/accounts/{name}").status == 404
        assert local.post(f"/administration/accounts/{name}/stop", {"reason_stop": "示例"}).status == 404
    for changed in ({"where": "all"}, {"side": "any"}, {"side": "east"}, {"where": "region", "region_code": "511381"}):
        answer = make(local, "too-far", **changed)
        assert (answer.status, "超出了您的管理范围" in answer.words) == (400, True), changed
    assert "too-far" not in chief.get("/administration").words
    assert people.handed(make(local, "near").words)
    scopes = local.get("/administration/scopes").words
    assert PAIR in scopes
    assert office.OTHER not in scopes.partition("范围与读者")[2].partition("能打开哪些")[2]


def test_nobody_keeps_their_own_account_as_an_administrator(chief):
    page = chief.get("/administration/accounts/chief")
    assert "这是您自己的账号" in page.words
    answer = chief.post("/administration/accounts/chief/stop", {"reason_stop": "示例"})
    assert (answer.status, "不能在这里改动自己的账号" in answer.words) == (400, True)


@pytest.mark.parametrize(
    "path",
    [
        "/administration",
        "/administration/new",
        "/administration/scopes",
        "/administration/rights",
        "/administration/accounts/viewer",
    ],
)
def test_the_administration_is_for_administrators_and_in_their_menu_only(path, signed_in, chief):
    for account in ("east-clerk", "auditor", "viewer"):
        assert signed_in(account).get(path).status == 403
        assert 'href="/administration"' not in signed_in(account).get("/").text
    assert chief.get(path).status == 200
    assert 'href="/administration"' in chief.get("/account").text


def test_the_table_of_who_may_what_has_every_act_and_every_role(chief):
    page = chief.get("/administration/rights").words
    for word in ("登记资金支付", "新建账号", "对对方的记录表态", "装载工作簿", "协作办经办人", "审计人员", "管理员"):
        assert word in page


def test_a_second_factor_is_asked_for_at_sign_in_and_each_code_is_good_once(chief, site):
    visitor, _ = people.settle(site, "careful", people.handed(make(chief, "careful").words), address="127.0.0.48")
    assert visitor.post("/account/second-factor/begin", {"factor_password": "wrong"}).status == 400
    assert (
        visitor.post("/account/second-factor/begin", {"factor_password": people.OWN}).location
        == "/account/second-factor"
    )
    page = visitor.get("/account/second-factor")
    secret = people.secret_on(page)
    assert visitor.get("/account/second-factor/qr.png").body.startswith(b"\x89PNG")
    assert visitor.post("/account/second-factor", {"code": "000000"}).status == 400
    done = visitor.post("/account/second-factor", {"code": people.code_of(secret, -1)})
    codes = re.findall(r"<code>((?:[a-z2-7]{4}-){3}[a-z2-7]{4})</code>", done.text)
    assert len(codes) == 10
    for path in ("/account/second-factor", "/account/second-factor/qr.png"):
        assert visitor.get(path).status == 404
    for path in ("/account", "/administration/accounts/careful"):
        text = (visitor if path == "/account" else chief).get(path).text
        assert not [one for one in (secret, secret[:8], *codes) if one in text]

    def asked():
        new = Visitor(site, address="127.0.0.48")
        assert new.sign_in("careful", people.OWN).location.startswith("/sign-in/code")
        assert new.get("/account").location.startswith("/sign-in/code")
        return new

    code = people.code_of(secret)
    first, second, third = asked(), asked(), asked()
    assert first.post("/sign-in/code", {"code": code}).location == "/"
    assert first.get("/account").status == 200
    assert second.post("/sign-in/code", {"code": code}).status == 400
    assert second.post("/sign-in/code", {"code": codes[0].upper()}).location == "/"
    assert third.post("/sign-in/code", {"code": codes[0]}).status == 400
    assert "还有 9 个恢复码" in second.get("/account").words


def test_codes_cannot_be_guessed_one_after_another(chief, site):
    visitor, _ = people.settle(site, "guessed", people.handed(make(chief, "guessed").words), address="127.0.0.49")
    visitor.post("/account/second-factor/begin", {"factor_password": people.OWN})
    secret = people.secret_on(visitor.get("/account/second-factor"))
    visitor.post("/account/second-factor", {"code": people.code_of(secret, -1)})
    guesser = Visitor(site, address="127.0.0.50")
    guesser.sign_in("guessed", people.OWN)
    for _ in range(5):
        assert guesser.post("/sign-in/code", {"code": "000000"}).status == 400
    assert guesser.post("/sign-in/code", {"code": people.code_of(secret)}).status == 429
    assert Visitor(site, address="127.0.0.50").sign_in("guessed", people.OWN).status == 429


def test_who_lost_the_telephone_gets_a_new_start_from_an_administrator(chief, home, site):
    visitor, _ = people.settle(site, "lost", people.handed(make(chief, "lost").words), address="127.0.0.51")
    visitor.post("/account/second-factor/begin", {"factor_password": people.OWN})
    secret = people.secret_on(visitor.get("/account/second-factor"))
    visitor.post("/account/second-factor", {"code": people.code_of(secret, -1)})
    with people.database(home) as admin:
        kept = repr(
            admin.execute("SELECT * FROM access_secondfactor").fetchall()
            + admin.execute("SELECT before, after FROM journal_entry WHERE record_type LIKE 'access.%'").fetchall()
        )
    assert secret not in kept
    assert secret not in (home / "serve.log").read_text("utf-8", "replace")
    chief.post("/administration/accounts/lost/factor", {"reason_factor": "示例：手机丢失"})
    assert "/sign-in" in visitor.get("/account").location
    assert Visitor(site, address="127.0.0.51").sign_in("lost", people.OWN).location == "/"
    assert "重设二次验证" in chief.get("/administration/accounts/lost").words


def test_where_the_role_demands_it_the_second_factor_cannot_be_taken_off(chief):
    answer = chief.post("/account/second-factor/remove", {"factor_password": people.OWN, "factor_code": "x"})
    assert (answer.status, "不能停用" in answer.words) == (400, True)


def test_the_journal_holds_after_all_of_it(home, chief):
    assert "日志完好" in people.run(home, "verify")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_enrolling_and_signing_in_with_a_code_in_a_browser(page_of, home, width):
    name = f"browser-{width}"
    given = people.add(home, name, "operator", "--side", "west", "--pairing", PAIR)
    page = page_of(width)

    def sound():
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    def sign_in(password):
        page.goto("/sign-in")
        page.get_by_label("账号").fill(name)
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录").click()

    sign_in(given)
    sound()
    page.get_by_label("新密码", exact=True).fill(people.OWN)
    page.get_by_label("再输一次新密码").fill(people.OWN)
    page.get_by_role("button", name="继续").click()
    sound()
    picture = page.get_by_alt_text("二次验证的二维码")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    secret = page.locator("dd code").inner_text().replace(" ", "")
    page.get_by_label("验证器现在显示的六位数字").fill(people.code_of(secret, -1))
    page.get_by_role("button", name="启用").click()
    sound()
    page.get_by_role("link", name="已保存，继续").click()
    for path in (
        "/account",
        "/administration",
        "/administration/new",
        f"/administration/accounts/{name}",
        "/administration/scopes",
        "/administration/rights",
    ):
        page.goto(path)
        sound()
    page.get_by_role("button", name="退出").click()
    sign_in(people.OWN)
    sound()
    page.get_by_label("验证码").fill(people.code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="退出")).to_be_visible()
