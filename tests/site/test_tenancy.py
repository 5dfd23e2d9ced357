"""Who may what, over HTTP, from the table beside; forged sessions, other pairings' keys, the other side's duties."""

import hashlib
import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import office
import pytest
import yaml
from visiting import Visitor

TABLE = yaml.safe_load((Path(__file__).parent / "who_may_what.yaml").read_text("utf-8"))
PAGES = [(line, account) for line in TABLE["pages"] for account in TABLE["accounts"]]
PDF = b"%PDF-1.7\n% made for the test\n"
#: Words that stand in the example's records and nowhere else.
OURS = ("XM-2021-005", "示例油橄榄种植技术有限公司", "117,000,000", "温岭市")


def outcome(answer):
    """What became of a request, in the words of the table."""
    if answer.status in (302, 303):
        return "sign-in" if "/sign-in" in answer.location else "already-in" if answer.location == "/" else "may"
    return {200: "may", 401: "told", 403: "refused", 404: "not-there"}[answer.status]


def expected(line, account):
    if account in line["may"]:
        return "may"
    if account == "nobody":
        return line.get("strangers", "sign-in")
    return "not-there" if account in line.get("unseen", ()) else line["others"]


@pytest.mark.parametrize(("line", "account"), PAGES, ids=[f"{account} {line['what']}" for line, account in PAGES])
def test_a_page_opens_to_those_the_table_names_and_to_nobody_else(line, account, signed_in):
    answer = signed_in(account).get(line["get"])
    assert outcome(answer) == expected(line, account), answer.words[:300]
    if account in ("nobody", "other-clerk"):
        assert [word for word in OURS if word in answer.text] == []


@pytest.mark.parametrize("line", [line for line in TABLE["acts"] if "record" in line], ids=lambda line: line["what"])
def test_an_act_is_refused_to_all_others_before_it_is_done_by_those_whose_duty_it_is(line, signed_in):
    reader = signed_in("auditor")
    for account in sorted(TABLE["accounts"], key=lambda name: name in line["may"]):
        if account in line["may"]:
            assert line["mark"] not in reader.get(line["record"]).words or account != line["may"][0]
        answer = _done(signed_in(account), line)
        assert outcome(answer) == expected(line, account), (account, answer.words[:300])
        if account not in line["may"]:
            assert line["mark"] not in reader.get(line["record"]).words, account
        elif account == line["may"][0]:
            assert line["mark"] in reader.get(line["record"]).words
            if "send" in line:
                break


def _done(visitor, line):
    if "send" in line:
        return visitor.send(line["send"], "file", "凭证.pdf", PDF)
    return visitor.post(line["post"], line.get("fields"))


def test_a_workbook_of_the_others_duty_is_told_so_and_nothing_of_it_is_saved(signed_in, tmp_path):
    line = next(line for line in TABLE["acts"] if line.get("load"))
    book = office.write_book(tmp_path / "pay.xlsx", "资金支付", office.PAYMENT, [office.payment("ZF-2024-T001", 10)])
    for account in TABLE["accounts"]:
        visitor = signed_in(account)
        answer = visitor.send("/upload", "files", "pay.xlsx", book.read_bytes())
        if account == "nobody":
            assert outcome(answer) == "sign-in"
        elif account in line["refused"]:
            assert outcome(answer) == "refused"
        else:
            told = visitor.follow(answer).words
            assert ("可以保存" in told) == (account in line["may"]), (account, told[:400])
            assert ("不能保存" in told) == (account not in line["may"]), account
    assert signed_in("auditor").get("/records/funds.payment/331081-511381/ZF-2024-T001").status == 404


def test_another_users_delivery_is_not_there(signed_in, tmp_path):
    book = office.write_book(tmp_path / "pay.xlsx", "资金支付", office.PAYMENT, [office.payment("ZF-2024-T002", 10)])
    answer = signed_in("west-finance").send("/upload", "files", "pay.xlsx", book.read_bytes())
    assert signed_in("west-finance").get(answer.location).status == 200
    for account in ("west-clerk", "east-finance", "other-clerk"):
        assert signed_in(account).get(answer.location).status == 404
        assert signed_in(account).post(f"{answer.location}/save").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/records/funds.payment/330106-511302/ZF-2021-0001", "/records/funds.payment/ZF-2021-0001", "/records/access.user/1",
        "/records/reference.personkey/1", "/records/journal.entry/1", "/records/funds.posting/1", "/evidence/999999",
        "/lists/access.session", "/figures/funds.nothing", "/figures/funds.arranged?scope=999999-999999",
        "/downloads/exe/funds.arranged", "/upload/anything", "/check/anything", "/templates/access.user.xlsx",
        "/records/funds.payment/331081-511381/' OR 1=1 --",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_there(path, signed_in):
    answer = signed_in("east-clerk").get(path)
    assert answer.status == 404
    assert [word for word in OURS[:3] if word in answer.text] == []


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        "0" * 64,
        "' OR '1'='1",
        secrets.token_urlsafe(32),
        hashlib.sha256(b"1").hexdigest(),
        "shanhai.session=1",
        "%00",
    ],
    ids=[f"forged {number}" for number in range(8)],
)
def test_a_forged_session_opens_nothing(cookie, site):
    answer = Visitor(site, {"shanhai": cookie}).get("/figures/funds.arranged?scope=331081-511381")
    assert outcome(answer) == "sign-in"
    assert [word for word in OURS if word in answer.text] == []


def test_a_session_that_was_ended_opens_nothing_any_more(site):
    visitor = Visitor(site)
    visitor.sign_in("viewer", office.PASSWORD)
    token = visitor.cookies["shanhai"]
    assert visitor.get("/").status == 200
    assert visitor.post("/sign-out").status == 302
    assert outcome(Visitor(site, {"shanhai": token}).get("/")) == "sign-in"


def test_a_pooled_connection_carries_nothing_over_to_the_next_request(site, signed_in):
    """Many requests of three kinds at once over few connections: each sees what is its own and nothing else."""
    ours, theirs, nobody = signed_in("east-clerk").cookies, signed_in("other-clerk").cookies, {}
    path = "/records/funds.payment/331081-511381/ZF-2021-0001"
    asked = [("may", ours), ("sign-in", nobody), ("not-there", theirs), ("sign-in", nobody)] * 15

    def answer(one):
        return outcome(Visitor(site, dict(one[1])).get(path))

    with ThreadPoolExecutor(12) as threads:
        found = list(threads.map(answer, asked))
    assert found == [wanted for wanted, _ in asked]


def test_a_form_without_its_token_is_not_taken(signed_in):
    visitor = signed_in("west-clerk")
    assert visitor.post("/words/confirm/funds.release/331081-511381/BF-2024-003", token=False).status == 403
    assert "对方已确认" not in visitor.get("/records/funds.release/331081-511381/BF-2024-003").words


def test_the_next_page_is_never_another_site(site):
    for wanted in ("https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org"):
        visitor = Visitor(site)
        answer = visitor.post("/sign-in", {"name": "viewer", "password": office.PASSWORD, "next": wanted})
        assert answer.location == "/"


def test_people_are_shown_by_their_masks_only(signed_in):
    visitor = signed_in("auditor")
    listed = visitor.get("/lists/reference.person?scope=331081-511381")
    key = listed.text.split("/records/reference.person/", 1)[1].split('"', 1)[0]
    page = visitor.get("/records/reference.person/" + key)
    assert page.status == 200
    assert "**" in page.words
    for text in (listed.text, page.text):
        assert "示例甲" not in text
        assert "_sealed" not in text
    rows = json.loads(
        visitor.get("/downloads/json/agreements.team_members_on_duty?scope=331081-511381&as_of=2024-06-30").body
    )
    assert {type(row["person_key"]) for row in rows["rows"]} == {int}
