"""What the pages say and do, over HTTP."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile

import office
import openpyxl
import pytest
from visiting import Visitor

PAIR = office.PAIR
HEADERS = {"content-security-policy": "default-src 'none'", "referrer-policy": "same-origin", "x-frame-options": "DENY",
           "x-content-type-options": "nosniff", "cache-control": "no-store"}  # fmt: skip


def load(visitor, rows, name="pay.xlsx", *, sheet="资金支付", headers=office.PAYMENT, path):
    """Send a workbook for its dry run; answers the page told of it and where it stands."""
    book = office.write_book(path / name, sheet, headers, rows)
    answer = visitor.send("/upload", "files", name, book.read_bytes())
    return answer.location, visitor.follow(answer)


def paid(visitor):
    """支付资金 since the beginning, in fen."""
    told = json.loads(visitor.get(f"/downloads/json/funds.paid_out?scope={PAIR}").body)
    return round(float(told["value"]) * 100)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing", f"/records/funds.payment/{PAIR}/ZF-2021-0001"])
def test_every_answer_carries_the_headers_that_keep_the_page_to_itself(path, signed_in):
    headers = signed_in("viewer").get(path).headers
    for name, value in HEADERS.items():
        assert headers[name].startswith(value)


def test_the_session_cookie_is_out_of_reach_of_scripts(site):
    visitor = Visitor(site)
    answer = visitor.sign_in("viewer", office.PASSWORD)
    cookie = next(line for line in answer.headers["set-cookie"].splitlines() if line.startswith("shanhai="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_figure_is_told_with_its_rule_and_folds_from_its_rows(signed_in):
    words = signed_in("viewer").get(f"/figures/funds.arranged?scope={PAIR}&as_of=2024-06-30").words
    for told in (
        "11,700 万元",
        "117,000,000.00 元",
        "期内分配到项目或单位的资金之和",
        "术语表 A3",
        "流量",
        "73 条",
        "得 117,000,000.00元",
        "与上方数值一致",
    ):
        assert told in words


def test_a_figure_of_a_year_and_a_field_is_narrower(signed_in):
    visitor = signed_in("viewer")
    answer = visitor.get(f"/figures/funds.arranged?scope={PAIR}&as_of=2024-06-30&by_field=education")
    assert answer.status == 302
    words = visitor.follow(answer).words
    assert "领域：教育帮扶" in words
    assert "3,385 万元" in words


def test_a_chart_is_an_svg_of_this_site(signed_in):
    answer = signed_in("viewer").get(f"/charts/funds.arranged?scope={PAIR}&as_of=2024-06-30")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "<svg" in answer.text
    assert "http" not in answer.text.replace("http://www.w3.org", "")


def test_the_rows_of_a_figure_come_as_a_workbook_as_csv_and_as_json(signed_in):
    visitor, asked = signed_in("viewer"), f"funds.arranged?scope={PAIR}&as_of=2024-06-30"
    page = openpyxl.load_workbook(io.BytesIO(visitor.get(f"/downloads/xlsx/{asked}").body)).active
    amounts = [row[2].value for row in page.iter_rows(min_row=2)]
    assert len(amounts) == 73
    assert sum(amounts) == 117_000_000
    lines = list(csv.reader(io.StringIO(visitor.get(f"/downloads/csv/{asked}").body.decode("utf-8-sig"))))
    assert len(lines) == 74
    told = json.loads(visitor.get(f"/downloads/json/{asked}").body)
    assert (told["value"], told["fold"], told["total_rows"], len(told["rows"])) == (
        "117000000.00",
        "117000000.00",
        73,
        73,
    )


def test_a_row_of_a_figure_leads_to_its_record_and_the_record_to_its_cell(signed_in):
    visitor = signed_in("viewer")
    page = visitor.get(f"/figures/funds.arranged?scope={PAIR}&as_of=2024-06-30")
    url = page.text.split('href="/records/funds.allocation/', 1)[1].split('"', 1)[0]
    words = visitor.get("/records/funds.allocation/" + url).words
    for told in ("05-资金分配与拨付.xlsx", "资金分配", "第 2 行", "A2:", "装载工作簿", "安排协作资金", "它影响的数字"):
        assert told in words


def test_money_is_walked_from_a_payment_to_its_source_and_back(signed_in):
    words = signed_in("viewer").get(f"/records/funds.payment/{PAIR}/ZF-2021-0003").words
    way = words.partition("资金来去")[2]
    for step in ("协作项目 XM-2021-002", "资金来源 ZJ-2021-SJ", "资金下达", "资金分配", "资金拨付", "资金支付"):
        assert step in way


def test_a_dry_run_saves_nothing_and_says_what_would_move(signed_in, tmp_path):
    visitor = signed_in("west-finance")
    before = paid(visitor)
    _, page = load(visitor, [office.payment("ZF-2024-P001", 100)], path=tmp_path)
    assert "可以保存：新增 1 行" in page.words
    assert "+100.00" in page.words
    assert paid(visitor) == before
    assert visitor.get(f"/records/funds.payment/{PAIR}/ZF-2024-P001").status == 404


def test_what_was_tried_is_saved_once_and_the_same_again_changes_nothing(signed_in, tmp_path):
    visitor = signed_in("west-finance")
    before = paid(visitor)
    place, _ = load(visitor, [office.payment("ZF-2024-P002", 200), office.payment("ZF-2024-P003", 300)], path=tmp_path)
    assert "已保存：新增 2 行" in visitor.follow(visitor.post(f"{place}/save")).words
    visitor.post(f"{place}/save")
    assert paid(visitor) - before == 50_000
    _, page = load(visitor, [office.payment("ZF-2024-P003", 300), office.payment("ZF-2024-P002", 200)], path=tmp_path)
    assert "没有新的内容" in page.words


def test_another_value_under_the_same_number_asks_for_a_reason_and_both_values_stay(signed_in, tmp_path):
    visitor = signed_in("west-finance")
    place, _ = load(visitor, [office.payment("ZF-2024-P004", 400)], path=tmp_path)
    visitor.follow(visitor.post(f"{place}/save"))
    place, page = load(visitor, [office.payment("ZF-2024-P004", 450)], path=tmp_path)
    assert "更正理由" in page.words
    refused = visitor.post(f"{place}/save")
    assert "请写明更正理由" in refused.words
    assert "已保存：更正 1 行" in visitor.follow(visitor.post(f"{place}/save", {"correction": "凭证金额录错"})).words
    words = visitor.get(f"/records/funds.payment/{PAIR}/ZF-2024-P004").words
    for told in ("凭证金额录错", "用工作簿更正", "400.00元", "450.00元", "更正过 1 次"):
        assert told in words


def test_errors_come_back_in_the_cells_of_the_same_workbook(signed_in, tmp_path):
    visitor = signed_in("west-finance")
    place, page = load(
        visitor, [office.payment("ZF-2024-P005", "12万"), office.payment("ZF-2024-P005", 3)], path=tmp_path
    )
    assert "不能保存" in page.words
    assert "I2" in page.words
    copy = openpyxl.load_workbook(io.BytesIO(visitor.get(f"{place}/marked/0").body))
    assert copy["资金支付"]["I2"].comment
    assert f'action="{place}/save"' not in page.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kein.xlsx", b"not a workbook at all \x00\x01"),
        ("empty.xlsx", b""),
        ("page.xls", b"<html><table></table></html>"),
    ],
)
def test_what_is_no_workbook_is_told_so(name, content, signed_in):
    visitor = signed_in("west-finance")
    page = visitor.follow(visitor.send("/upload", "files", name, content))
    assert "不能保存" in page.words


def test_an_upload_without_a_file_says_so(signed_in):
    answer = signed_in("west-finance").post("/upload")
    assert answer.status == 400
    assert "还没有选择文件" in answer.words


def test_a_template_comes_with_its_headers(signed_in):
    book = openpyxl.load_workbook(io.BytesIO(signed_in("west-finance").get("/templates/funds.payment.xlsx").body))
    assert [cell.value for cell in book["资金支付"][1]][:3] == ["结对代码", "填报方", "凭证号"]


def _office_file(part):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr(part, "<x/>")
    return body.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("合同.pdf", b"%PDF-1.4 one", "PDF"), ("图.png", b"\x89PNG\r\n\x1a\n one", "PNG 图片"), ("图.jpg", b"\xff\xd8\xff one", "JPEG 图片"),
        ("表.xlsx", _office_file("xl/workbook.xml"), "Excel 工作簿"), ("文.docx", _office_file("word/document.xml"), "Word 文档"),
        ("假.pdf", b"MZ this is a program", ""), ("网页.pdf", b"<html><script>1</script>", ""), ("空.pdf", b"", ""),
        ("包.docx", _office_file("run.exe"), ""), ("大.pdf", b"%PDF-" + b"x" * (20 << 20), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_evidence_is_taken_by_what_it_is(name, content, taken, signed_in):
    visitor, key = signed_in("west-finance"), f"{PAIR}/ZF-2021-0005"
    answer = visitor.send(f"/evidence/of/funds.payment/{key}", "file", name, content)
    assert answer.status == (302 if taken else 400)
    page = visitor.get(f"/records/funds.payment/{key}")
    assert (name in page.text) == bool(taken)
    if taken:
        number = re.search(rf'/evidence/(\d+)">{re.escape(name)}<', page.text)[1]
        back = signed_in("auditor").get(f"/evidence/{number}")
        assert back.body == content
        assert back.headers["content-disposition"].startswith("attachment")
        assert signed_in("other-clerk").get(f"/evidence/{number}").status == 404
        again = visitor.send(f"/evidence/of/funds.payment/{key}", "file", name, content)
        assert again.status == 400


def test_a_dispute_says_why(signed_in):
    visitor, key = signed_in("west-clerk"), f"{PAIR}/BF-2024-001"
    assert visitor.post(f"/words/dispute/funds.release/{key}").status == 400
    visitor.post(f"/words/dispute/funds.release/{key}", {"note": "到账凭证少一张"})
    words = visitor.get(f"/records/funds.release/{key}").words
    assert "对方有异议" in words
    assert "到账凭证少一张" in words
    visitor.post(f"/words/confirm/funds.release/{key}")
    assert "对方已确认" in visitor.get(f"/records/funds.release/{key}").words


def test_a_word_on_a_record_corrected_meanwhile_is_not_taken(signed_in):
    visitor, key = signed_in("west-clerk"), f"{PAIR}/BF-2024-002"
    page = visitor.get(f"/records/funds.release/{key}").text
    (entry,) = set(re.findall(r'name="entry" value="(\d+)"', page))
    late = visitor.post(f"/words/confirm/funds.release/{key}", {"entry": str(int(entry) - 1)})
    assert late.status == 409
    assert "您的表态没有保存" in late.words
    assert "待对方确认" in visitor.get(f"/records/funds.release/{key}").words
    assert visitor.post(f"/words/confirm/funds.release/{key}", {"entry": entry}).status == 302


def test_an_article_is_checked_as_the_command_checks_it(signed_in):
    visitor = signed_in("viewer")
    article = (office.ROOT / "examples" / "article.txt").read_text("utf-8")
    answer = visitor.post("/check", {"text": article})
    page = visitor.follow(answer)
    told = json.loads(visitor.get(f"{answer.location}/json").body)
    supported = [claim for claim in told["claims"] if claim["verdict"] == "supported"]
    assert len(supported) >= 10
    assert page.text.count('class="claim"') == len(told["claims"])
    for claim in told["claims"]:
        assert article[claim["start"] : claim["end"]] == claim["surface"]
    assert "据公开汇总重建" in page.words


def test_the_figure_of_a_claim_opens_to_the_value_the_claim_was_held_against(signed_in):
    visitor = signed_in("viewer")
    article = (office.ROOT / "examples" / "article.txt").read_text("utf-8")
    answer = visitor.post("/check", {"text": article})
    page = visitor.follow(answer)
    computed = [
        claim["computed"]
        for claim in json.loads(visitor.get(f"{answer.location}/json").body)["claims"]
        if claim["figure"]
    ]
    links = re.findall(r'<dt>对照</dt><dd><a href="/figures/([^"]+)"', page.text)
    assert len(links) == len(computed) >= 10
    for link, value in zip(links, computed, strict=True):
        told = json.loads(visitor.get("/downloads/json/" + link.replace("&amp;", "&")).body)
        assert told["value"] == value


def test_an_address_that_names_a_scope_is_remembered(site):
    visitor = Visitor(site)
    visitor.sign_in("viewer", office.PASSWORD)
    visitor.get("/?scope=330000-510000")
    assert "浙江省" in visitor.get("/").words.partition("东西部协作")[2]
    assert visitor.cookies["shanhai_scope"] == "330000-510000"


def test_the_journal_holds_after_all_that_was_done_on_the_pages(signed_in, home):
    signed_in("west-clerk").post(f"/words/confirm/funds.release/{PAIR}/BF-2023-001")
    environment = office.environment_of(home)
    done = subprocess.run(
        [sys.executable, "-m", "shanhai.cli", "verify", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["findings"] == []


def test_an_article_of_another_pairing_is_read_and_not_held_against_these_records(signed_in):
    visitor = signed_in("other-clerk")
    article = (office.ROOT / "examples" / "article.txt").read_text("utf-8")
    told = json.loads(visitor.get(f"{visitor.post('/check', {'text': article}).location}/json").body)
    assert {claim["computed"] for claim in told["claims"]} == {None}
    assert {tuple(claim["records"]) for claim in told["claims"]} == {()}


def test_a_script_in_an_article_is_text(signed_in):
    visitor = signed_in("viewer")
    page = visitor.follow(visitor.post("/check", {"text": "温岭与阆中<script>alert(1)</script>投入120万元。"}))
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


def test_lists_are_paged_by_key_and_searched(signed_in):
    visitor = signed_in("viewer")
    first = visitor.get(f"/lists/projects.milestone?scope={PAIR}")
    assert first.text.count("<tr role") == 51
    following = first.text.split('rel="next"', 1)[0].rsplit('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    second = visitor.get(following)
    assert second.status == 200
    assert 'rel="prev"' in second.text
    found = visitor.get(f"/lists/projects.project?scope={PAIR}&q=XM-2022-010")
    assert found.text.count("<tr role") == 2


@pytest.mark.parametrize(("who", "stops"), [("viewer", 9), ("east-clerk", 10)])
def test_the_tour_leads_only_where_its_reader_may_go(who, stops, signed_in):
    visitor = signed_in(who)
    seen, at = [], "/?tour=1"
    while at:
        page = visitor.get(at)
        assert page.status == 200, at
        seen.append(at.partition("?")[0])
        following = re.search(rf'href="([^"]*[?&](?:amp;)?tour={len(seen) + 1})"', page.text)
        at = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == stops
    assert ("/upload" in seen) == (who == "east-clerk")
