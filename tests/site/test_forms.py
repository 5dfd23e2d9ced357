"""Single records by form, over HTTP: rights, one saving only, merging by field, drafts, and no text that breaks it."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import office
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from visiting import Visitor

NEW = f"/forms/new/funds.payment?scope={office.PAIR}&side=west"
MEMBER = f"/forms/new/agreements.teammember?scope={office.PAIR}&side=east"
FORM = re.compile(r'<form id="form".*?</form>', re.S)
INPUT = re.compile(r'<input [^>]*?name="([^"]+)"[^>]*?>')
IDENTITY = "999999198503120771"


def fields_in(answer):
    """Every value the form on a page would send, as a browser reads it."""
    form = FORM.search(answer.text)[0]
    found = {}
    for tag in INPUT.finditer(form):
        if 'type="radio"' not in tag[0]:
            value = re.search(r'\bvalue="([^"]*)"', tag[0])
            found[tag[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea id="id_(\w+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        found[name] = unescape(text)
    for name, options in re.findall(r'<select id="id_(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    return found


def payment(number, **changed):
    told = {
        "voucher_no": number, "source_key": "ZJ-2023-SJ", "project_key": "XM-2023-001", "payee_name": "示例建设有限公司",
        "amount_fen": "12.50", "paid_on": "2024-06-20",
    }  # fmt: skip
    return told | changed


def checked(visitor, address, **typed):
    """Open a form, fill it in and have it checked."""
    return visitor.post(address, fields_in(visitor.get(address)) | typed | {"do": "check"})


def saved(visitor, address, **typed):
    """A form opened, checked and saved."""
    answer = checked(visitor, address, **typed)
    assert answer.status == 200, answer.words[:600]
    return visitor.post(address, fields_in(answer) | {"do": "save"})


def record(number):
    return f"/records/funds.payment/{office.PAIR}/{number}"


def correcting(number):
    return f"/forms/correct/funds.payment/{office.PAIR}/{number}"


def without_drafts(visitor):
    """The visitor with every draft thrown away."""
    for drop in re.findall(r'action="(/drafts/\d+/drop)"', visitor.get("/drafts").text):
        visitor.post(drop)
    return visitor


@pytest.fixture
def clerk(signed_in):
    return without_drafts(signed_in("west-finance"))


def test_a_record_is_checked_then_saved_and_says_that_it_came_from_a_page(clerk):
    answer = checked(clerk, NEW, **payment("ZF-F-001"))
    assert "可以保存，还没有保存" in answer.words
    assert "支付资金" in answer.words
    assert "+12.50" in answer.words
    assert clerk.get(record("ZF-F-001")).status == 404
    done = clerk.post(NEW, fields_in(answer) | {"do": "save"})
    assert done.location == f"{record('ZF-F-001')}?told=entered"
    page = clerk.follow(done)
    assert "已保存：新登记一条。" in page.words
    assert "页面填报" in page.words
    assert "在页面上登记" in page.words


def test_each_error_stands_at_its_field_and_in_the_summary(clerk):
    answer = checked(clerk, NEW, **payment("", amount_fen="十二万", project_key="XM-0000-000"))
    assert answer.status == 400
    for name in ("voucher_no", "amount_fen", "project_key"):
        assert f'<a href="#id_{name}">' in answer.text
        assert f'id="id_{name}-error1"' in answer.text
    assert "重新上传" not in answer.words
    assert fields_in(answer)["amount_fen"] == "十二万"


def test_a_number_that_is_taken_is_told_at_the_number(clerk):
    answer = checked(clerk, NEW, **payment("ZF-2021-0001"))
    assert answer.status == 400
    assert "这个编号已经登记过" in answer.words
    assert "#id_voucher_no" in answer.text


def test_the_same_form_sent_twice_is_saved_once_and_another_content_under_its_token_is_asked_about(clerk):
    fields = fields_in(checked(clerk, NEW, **payment("ZF-F-002"))) | {"do": "save"}
    first, second = clerk.post(NEW, fields), clerk.post(NEW, fields)
    assert first.location == second.location == f"{record('ZF-F-002')}?told=entered"
    other = clerk.post(NEW, fields | {"voucher_no": "ZF-F-003"})
    assert "可以保存，还没有保存" in other.words
    assert fields_in(other)["token"] != fields["token"]
    assert clerk.get(record("ZF-F-003")).status == 404


def test_two_sendings_of_one_form_at_the_same_moment_save_it_once(clerk):
    fields = fields_in(checked(clerk, NEW, **payment("ZF-F-020"))) | {"do": "save"}
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: clerk.post(NEW, fields), range(4)))
    assert {answer.location for answer in answers} == {f"{record('ZF-F-020')}?told=entered"}
    assert clerk.get(record("ZF-F-020")).words.count("在页面上登记") == 1


def test_two_corrections_sent_at_the_same_moment_do_not_overwrite_each_other(clerk):
    saved(clerk, NEW, **payment("ZF-F-021"))
    address = correcting("ZF-F-021")
    sent = [
        fields_in(checked(clerk, address, amount_fen=str(amount), reason="同时改")) | {"do": "save"}
        for amount in (51, 52, 53)
    ]
    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(lambda fields: clerk.post(address, fields).status, sent))
    assert sorted(answers) == [302, 409, 409]
    assert "第 2 版" in clerk.get(record("ZF-F-021")).words


def test_a_form_without_its_token_is_not_saved_but_shown_again(clerk):
    fields = fields_in(checked(clerk, NEW, **payment("ZF-F-004"))) | {"do": "save"}
    assert "还没有保存" in clerk.post(NEW, fields | {"token": ""}).words
    assert clerk.get(record("ZF-F-004")).status == 404


def test_a_correction_asks_for_its_reason_and_tells_before_and_after(clerk):
    saved(clerk, NEW, **payment("ZF-F-005"))
    address = correcting("ZF-F-005")
    assert "请写明更正理由" in checked(clerk, address, amount_fen="20").words
    answer = checked(clerk, address, amount_fen="20", reason="凭证金额看错")
    assert "12.50元" in answer.words
    assert "20.00元" in answer.words
    page = clerk.follow(clerk.post(address, fields_in(answer) | {"do": "save"}))
    assert "在页面上更正" in page.words
    assert "凭证金额看错" in page.words
    assert "第 2 版" in page.words
    assert "没有改动" in checked(clerk, address, amount_fen="20.00", reason="再看").words


def test_what_only_the_other_changed_is_taken_over_and_mine_stands(clerk, signed_in):
    saved(clerk, NEW, **payment("ZF-F-006"))
    address = correcting("ZF-F-006")
    mine = fields_in(clerk.get(address)) | {"amount_fen": "30", "reason": "我改金额"}
    saved(signed_in("west-finance"), address, payee_name="别人改的单位", reason="改单位")
    answer = clerk.post(address, mine | {"do": "check"})
    assert "已并入：收款人" in answer.words
    done = clerk.follow(clerk.post(address, fields_in(answer) | {"do": "save"}))
    assert "别人改的单位" in done.words
    assert "30.00元" in done.words


def test_what_both_changed_is_shown_with_both_values_and_nothing_is_saved_until_one_is_chosen(clerk):
    saved(clerk, NEW, **payment("ZF-F-007"))
    address = correcting("ZF-F-007")
    mine = fields_in(checked(clerk, address, amount_fen="31", reason="我改金额"))
    saved(clerk, address, amount_fen="32", reason="先改金额")
    answer = clerk.post(address, mine | {"do": "save"})
    assert answer.status == 409
    assert "双方都改了" in answer.words
    assert "用我填的： 31" in answer.words
    assert "用已保存的： 32.00" in answer.words
    assert "阆中财务 ·" in answer.words
    unanswered = clerk.post(address, fields_in(answer) | {"asked": "amount_fen", "do": "save"})
    assert "请选用哪一个" in unanswered.words
    assert "31.00元" not in clerk.get(record("ZF-F-007")).words
    clerk.post(address, fields_in(answer) | {"asked": "amount_fen", "do": "keep"})
    restored = fields_in(clerk.get(address))
    assert restored["amount_fen"] == "31"
    assert clerk.post(address, restored | {"do": "save"}).status == 409
    for choice, told in (("theirs", "没有改动"), ("mine", "31.00元")):
        chosen = clerk.post(address, fields_in(answer) | {"choose_amount_fen": choice, "do": "check"})
        assert told in chosen.words
    clerk.post(address, fields_in(chosen) | {"do": "save"})
    assert "31.00元" in clerk.get(record("ZF-F-007")).words


@pytest.mark.parametrize(
    ("account", "address", "status"),
    [
        ("nobody", NEW, 302), ("auditor", NEW, 403), ("viewer", NEW, 403), ("west-clerk", NEW, 403),
        ("east-finance", NEW, 403), ("other-clerk", NEW, 404), ("other-clerk", correcting("ZF-2021-0001"), 404),
        ("east-finance", correcting("ZF-2021-0001"), 403), ("auditor", correcting("ZF-2021-0001"), 403),
        ("west-finance", "/forms/new/reference.pairing", 403), ("west-finance", "/forms/new/journal.partnerword", 404),
        ("west-finance", "/forms/new/access.user", 404), ("west-finance", correcting("ZF-NONE"), 404),
        ("west-finance", f"/forms/new/funds.payment?scope={office.PAIR}&side=east", 403),
        ("west-finance", f"/forms/new/funds.payment?scope={office.OTHER}", 404),
        ("west-finance", "/forms/new/funds.payment?scope=FUND-511381", 404),
    ],
)  # fmt: skip
def test_a_form_of_anothers_duty_opens_to_nobody_and_writes_nothing(account, address, status, signed_in):
    visitor = signed_in(account)
    assert visitor.get(address).status == status
    for step in ("check", "keep", "save"):
        sent = visitor.post(address, payment("ZF-F-666", reason="x", token="t" * 32, version="1") | {"do": step})
        assert sent.status == status
    assert signed_in("auditor").get(record("ZF-F-666")).status == 404


def test_scope_and_side_that_are_sent_are_not_believed(clerk):
    told = {"scope_code": office.OTHER, "owner_side": "east"}
    page = clerk.follow(saved(clerk, NEW, **payment("ZF-F-008"), **told))
    assert "西部受援方" in page.words
    assert clerk.get(record("ZF-F-008")).status == 200


def test_who_corrects_cannot_change_the_number_of_a_record(clerk):
    saved(clerk, NEW, **payment("ZF-F-009"))
    saved(clerk, correcting("ZF-F-009"), voucher_no="ZF-F-010", amount_fen="7", reason="改号")
    assert clerk.get(record("ZF-F-010")).status == 404
    assert "7.00元" in clerk.get(record("ZF-F-009")).words


def test_a_draft_is_ones_own_comes_back_and_is_dropped(signed_in, site):
    first, second = Visitor(site), Visitor(site)
    first.sign_in("west-finance", office.PASSWORD)
    second.sign_in("west-clerk", office.PASSWORD)
    without_drafts(first)
    address = f"/forms/new/funds.allocation?scope={office.PAIR}&side=west"
    kept = first.post(address, {"do": "keep", "document_no": "草稿文号一号", "amount_fen": "不成数字"})
    assert kept.location.endswith("told=drafted")
    assert "已暂存" in first.follow(kept).words
    again = first.get(address)
    assert "暂存的内容，还没有保存" in again.words
    assert (fields_in(again)["document_no"], fields_in(again)["amount_fen"]) == ("草稿文号一号", "不成数字")
    assert "草稿文号一号" not in second.get(address).text
    assert "登记资金分配" in first.get("/drafts").words
    assert "登记资金分配" not in second.get("/drafts").words
    drop = re.search(r'action="(/drafts/\d+/drop)"', first.get("/drafts").text)[1]
    assert second.post(drop).status == 404
    assert "登记资金分配" in first.get("/drafts").words
    assert first.follow(first.post(drop)).words.count("没有草稿") == 1
    assert fields_in(first.get(address))["document_no"] == ""


def test_a_draft_is_gone_once_its_form_is_saved(clerk):
    clerk.post(NEW, payment("ZF-F-011") | {"do": "keep"})
    assert "登记资金支付" in clerk.get("/drafts").words
    saved(clerk, NEW, **payment("ZF-F-011"))
    assert "登记资金支付" not in clerk.get("/drafts").words


def test_a_draft_of_a_correction_still_knows_the_version_it_was_opened_at(clerk):
    saved(clerk, NEW, **payment("ZF-F-012"))
    address = correcting("ZF-F-012")
    clerk.post(address, fields_in(clerk.get(address)) | {"amount_fen": "41", "do": "keep"})
    draft = fields_in(clerk.get(address))
    clerk.post(address, draft | {"do": "drop"})
    saved(clerk, address, amount_fen="42", reason="先改")
    clerk.post(address, draft | {"do": "keep"})
    restored = fields_in(clerk.get(address)) | {"reason": "后改"}
    assert (restored["version"], restored["amount_fen"]) == ("1", "41")
    assert clerk.post(address, restored | {"do": "check"}).status == 409
    clerk.post(address, restored | {"do": "drop"})


def test_personal_identifiers_are_never_shown_back_nor_kept_in_a_draft(signed_in):
    team = without_drafts(signed_in("east-team"))
    member = {
        "member_no": "GZD-F-01", "team_key": "GZD-2021", "name": "示例某某", "identity": IDENTITY, "role_code": "队员",
        "home_unit": "示例市某局", "first_on": "2024-01-01",
    }  # fmt: skip
    team.post(MEMBER, member | {"do": "keep"})
    restored = team.get(MEMBER)
    assert fields_in(restored)["home_unit"] == "示例市某局"
    answers = [restored, team.post(MEMBER, member | {"do": "check", "first_on": "不是日期"})]
    assert "已填写、不再显示的个人信息" in answers[1].words
    mended = team.post(MEMBER, fields_in(answers[1]) | {"first_on": "2024-01-01", "do": "check"})
    answers.append(mended)
    assert "（个人信息，不显示）" in mended.words, mended.words[:900]
    answers.append(team.post(MEMBER, fields_in(mended) | {"do": "edit"}))
    answers += [team.post(MEMBER, fields_in(mended) | {"do": "save"})]
    answers.append(team.follow(answers[-1]))
    assert "已保存：新登记一条。" in answers[-1].words, answers[-1].words[:900]
    address = f"/forms/correct/agreements.teammember/{office.PAIR}/GZD-F-01"
    answers += [team.get(address), checked(team, address, home_unit="另一个局", reason="单位改名")]
    assert "可以保存" in answers[-1].words, answers[-1].words[:900]
    for answer in answers:
        assert IDENTITY not in answer.text
        assert "示例某某" not in answer.text


def test_an_open_form_is_told_who_else_is_there_and_what_was_saved_meanwhile(clerk, site):
    saved(clerk, NEW, **payment("ZF-F-013"))
    other = Visitor(site)
    other.sign_in("west-finance", office.PASSWORD)
    beat = f"/forms/beat/funds.payment/{office.PAIR}/ZF-F-013"
    first = clerk.post(beat, {"version": "1"})
    assert first.status == 200
    state = re.search(r'name="told" value="(\w+)"', first.text)[1]
    assert clerk.post(beat, {"version": "1", "told": state}).status == 204
    saved(clerk, correcting("ZF-F-013"), amount_fen="8", reason="改")
    assert "更正过这条记录" in clerk.post(beat, {"version": "1", "told": state}).words
    for account, status in (("auditor", 403), ("east-finance", 403), ("other-clerk", 404)):
        stranger = Visitor(site)
        stranger.sign_in(account, office.PASSWORD)
        assert stranger.post(beat, {"version": "1"}).status == status


def test_references_are_searched_as_one_types_inside_the_pairing_alone(clerk, signed_in):
    asked = f"/forms/choices/projects.project?scope={office.PAIR}&field=project_key&project_key="
    assert 'value="XM-2021-005"' in clerk.get(f"{asked}XM-2021-005").text
    assert "XM-2021" in clerk.get(f"{asked}卫生院").text or "XM-" in clerk.get(f"{asked}学校").text
    assert "511381 阆中市" in clerk.get("/forms/choices/reference.region?field=q&q=阆中").text
    assert signed_in("other-clerk").get(f"{asked}XM").status == 404
    assert "<option" not in clerk.get(f"{asked}%00%00没有").text


def test_lists_areas_and_records_lead_to_the_forms_of_those_whose_duty_it_is(clerk, signed_in):
    for page in (f"/lists/funds.payment?scope={office.PAIR}", f"/areas/funds?scope={office.PAIR}"):
        assert "/forms/new/funds.payment" in clerk.get(page).text
        for account in ("auditor", "west-clerk"):
            assert "/forms/new/funds.payment" not in signed_in(account).get(page).text
    assert correcting("ZF-2021-0001") in clerk.get(record("ZF-2021-0001")).text
    assert correcting("ZF-2021-0001") not in signed_in("east-finance").get(record("ZF-2021-0001")).text


def test_after_signing_in_again_one_is_led_back_to_the_form_also_when_it_was_sent(site):
    visitor = Visitor(site)
    answer = visitor.post(NEW, payment("ZF-F-014"))
    assert answer.status == 302
    assert "next=%2Fforms%2Fnew%2Ffunds.payment" in answer.location
    visitor.get("/sign-in")
    sent = visitor._ask("POST", NEW, "csrfmiddlewaretoken=" + visitor._token(), {"HX-Request": "true"} | URLENCODED)
    assert sent.status == 401


URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
SHEETS = {"funds.payment": "west-finance", "projects.project": "west-clerk", "agreements.teammember": "east-team"}
TEXT = st.text(max_size=40) | st.sampled_from(
    [
        "",
        "1",
        "-1",
        "1e400",
        "9" * 30,
        "٣",
        "2024-02-30",
        "示例：",
        "合计",
        "\x00",
        "a\r\nb",
        "长" * 400,
        "<script>",
        "=1+1",
    ]
)


@pytest.mark.parametrize("name", SHEETS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_text_in_any_field_breaks_a_form(name, data, signed_in):
    visitor = signed_in(SHEETS[name])
    address = f"/forms/new/{name}?scope={office.PAIR}"
    fields = fields_in(visitor.get(address))
    typed = {field: data.draw(TEXT, label=field) for field in fields if field != "do"}
    step = data.draw(st.sampled_from(["check", "keep", "edit", "save", "", "x"]))
    answer = visitor.post(
        address, {field: text.encode("utf-8", "replace") for field, text in typed.items()} | {"do": step}
    )
    assert answer.status in (200, 302, 400), answer.words[:400]
    assert "<script>" not in answer.text
