"""The journal: who did what, when, why, on which records; an act opened; the whole proved."""

import csv
import io
import re
from pathlib import Path

import office
import openpyxl
import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from shanhai.journal import migrations as spans
from shanhai.journal.models import Entry, Span
from shanhai.web import journal_acts, journal_pages, journal_proof
from shanhai.web.journal_acts import entries_of

PAIR = office.PAIR
ACT = re.compile(r'href="(/journal/[0-9a-f-]{36})\?from=(\d+)')


def journal(visitor, **asked):
    told = "&".join(f"{name}={value}" for name, value in ({"scope": PAIR} | asked).items())
    answer = visitor.get(f"/journal?{told}")
    assert answer.status == 200, answer.words
    return answer


def rows_of(answer):
    """The lines of the table: entry numbers, when, who, act, records, reason."""
    body = answer.text.partition("<tbody")[2].partition("</tbody>")[0]
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in body.split("</tr>")[:-1]
    ]


def every_row(visitor, **asked):
    """The lines of page after page, the newest first: other tests may have done much since."""
    while rows := rows_of(journal(visitor, **asked)):
        yield from rows
        asked["after"] = last_of(rows[-1])


def last_of(row):
    return int(row[0].rpartition("–")[2])


def test_the_journal_says_who_did_what_when_and_on_which_records(signed_in):
    payments = every_row(signed_in("auditor"), type="funds.payment", to="2100-01-01")
    loaded = next(row for row in payments if "资金支付 112 条" in row)
    assert loaded[2:4] == ["管理员", "装载工作簿"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", loaded[1])


def test_lines_are_newest_first_and_pages_follow_one_another_by_number(signed_in, monkeypatch):
    visitor = signed_in("auditor")
    whole = rows_of(journal(visitor))
    numbers = [last_of(row) for row in whole]
    assert numbers == sorted(numbers, reverse=True)
    middle = numbers[len(numbers) // 2]
    assert [last_of(row) for row in rows_of(journal(visitor, after=middle))][:3] == [n for n in numbers if n < middle][
        :3
    ]
    assert [last_of(row) for row in rows_of(journal(visitor, before=middle))] == [n for n in numbers if n > middle][
        -50:
    ]
    assert "OFFSET" not in visitor.get("/journal").text


@pytest.mark.parametrize(
    ("asked", "told", "not_told"),
    [
        ({"key": "ZF-2021-0001"}, "资金支付 ZF-2021-0001", "资金拨付"),
        ({"key": f"{PAIR}/ZF-2021-0001", "type": "funds.payment"}, "资金支付 ZF-2021-0001", "资金拨付"),
        ({"type": "funds.refund"}, "资金退回", "资金支付 "),
        ({"who": "operator", "type": "funds.receipt"}, "资金到账 14 条", "资金支付 "),
        ({"code": "loading.workbook.loaded", "type": "funds.issue"}, "资金下达 15 条", "资金支付 "),
        ({"who": "nobody-here"}, "没有符合条件的日志", "装载工作簿 资金"),
        ({"from": "2100-01-01"}, "没有符合条件的日志", "装载工作簿 资金"),
        ({"to": "2000-01-01"}, "没有符合条件的日志", "装载工作簿 资金"),
        ({"reason": "没有人写过的理由"}, "没有符合条件的日志", "装载工作簿 资金"),
        ({"key": "ZF-2021-0001", "type": "funds.release"}, "没有符合条件的日志", "装载工作簿 资金"),
        ({"from": "0001-01-01", "after": "9" * 30, "type": "funds.refund"}, "资金退回", "资金支付 "),
    ],
)
def test_the_journal_is_narrowed(asked, told, not_told, signed_in):
    answer = journal(signed_in("auditor"), **asked)
    body = answer.words.partition("下载")[0].partition("事由含有")[2]
    assert told in body
    assert not_told not in body


def test_a_reason_is_found_and_a_correction_shows_both_values(signed_in, tmp_path):
    visitor = signed_in("west-finance")
    number = "ZF-2024-J001"
    for amount, fields in ((10, {}), (20, {"correction": "回单金额写错，已核对"})):
        book = office.write_book(
            tmp_path / f"{amount}.xlsx", "资金支付", office.PAYMENT, [office.payment(number, amount)]
        )
        sent = visitor.send("/upload", "files", book.name, book.read_bytes())
        visitor.follow(sent)
        assert "已保存" in visitor.follow(visitor.post(f"{sent.location}/save", fields)).words
    rows = rows_of(journal(signed_in("auditor"), reason="金额写错"))
    assert [row[4] for row in rows] == [f"资金支付 {number}"]
    assert rows[0][2:4] == ["阆中财务", "用工作簿更正"]
    answer = journal(signed_in("auditor"), reason="金额写错")
    act, entry = ACT.search(answer.text).groups()
    words = signed_in("auditor").get(act).words
    for told in ("阆中财务", "回单金额写错，已核对", "10.00元", "20.00元", f"日志第 {entry} 条", "链上第", "摘要"):
        assert told in words


def test_an_act_opens_to_its_entries_page_by_page(signed_in):
    visitor = signed_in("auditor")
    act, first = ACT.search(journal(visitor, type="funds.payment", who="operator").text).groups()
    page = visitor.get(f"{act}?type=funds.payment")
    seen = []
    while True:
        seen += [int(number) for number in re.findall(r'id="entry-(\d+)"', page.text)]
        following = re.search(r'href="([^"]+)" rel="next"', page.text)
        if not following:
            break
        page = visitor.get(following[1].replace("&amp;", "&"))
    assert len(seen) == len(set(seen)) == 112
    assert seen[0] == int(first)
    assert seen == sorted(seen)


def test_an_act_of_another_pairing_is_not_there_and_of_a_shared_one_only_the_own_part(signed_in):
    kept = signed_in("west-clerk").send(
        f"/evidence/of/funds.payment/{PAIR}/ZF-2021-0003", "file", "日志.pdf", b"%PDF-1.7\n% of the journal's test\n"
    )
    assert kept.status in (302, 303)
    act, _ = ACT.search(journal(signed_in("auditor"), code="access.evidence.kept").text).groups()
    assert signed_in("auditor").get(act).status == 200
    assert signed_in("other-clerk").get(act).status == 404
    loaded, _ = ACT.search(journal(signed_in("auditor"), type="funds.carryover").text).groups()
    shared = signed_in("other-clerk").get(loaded)
    assert shared.status in (200, 404)  # the office was loaded in one act with the other pairing
    for word in ("ZF-2021", "XM-2021", "资金支付"):
        assert word not in shared.text.partition("<main")[2]
    assert signed_in("auditor").get("/journal/00000000-0000-4000-8000-000000000000").status == 404


def test_people_are_masked_in_the_journal_too(signed_in):
    told = journal(signed_in("auditor"), type="reference.person", code="loading.workbook.loaded").text
    act, _ = ACT.search(told).groups()
    page = signed_in("auditor").get(f"{act}?type=reference.person")
    assert "**" in page.words or "*" in page.words
    assert "示例甲" not in page.text
    assert "_sealed" not in page.text
    assert "identity_index" not in page.text
    assert "name_index" not in page.text


def test_the_journal_is_taken_away_as_it_is_narrowed(signed_in):
    visitor = signed_in("auditor")
    told = f"scope={PAIR}&type=funds.receipt"
    rows = list(csv.reader(io.StringIO(visitor.get(f"/journal/file/csv?{told}").body.decode("utf-8-sig"))))
    assert rows[0][:2] == ["日志条目", "时间"]
    assert len(rows) == 15
    assert {row[5] for row in rows[1:]} == {"资金到账"}
    assert "到账金额：– → " in rows[1][8]
    book = openpyxl.load_workbook(io.BytesIO(visitor.get(f"/journal/file/xlsx?{told}").body))
    assert book.active.max_row == 15
    single = visitor.get(f"/journal/file/csv?scope={PAIR}&key=ZF-2021-0001").body.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(single)))) == 2
    assert visitor.get(f"/journal/file/exe?{told}").status == 404


def test_the_journal_is_proved_for_auditors_and_for_nobody_else(signed_in):
    answer = signed_in("auditor").post("/journal/verify")
    assert answer.status == 200
    assert "日志完好" in answer.words
    assert re.search(r"\d+ 条日志、\d+ 个链节逐一重算，直到第 \d+ 条", answer.words)
    for account in ("east-clerk", "viewer", "west-finance"):
        assert signed_in(account).post("/journal/verify").status == 403
        assert "核验日志" not in signed_in(account).get(f"/journal?scope={PAIR}").words
    assert signed_in("auditor").get("/journal/verify").status == 405


# --- beside the server: what cannot be made happen over HTTP ---


def asked_of(office_, view, *args, role="auditor", method="get", **given):
    request = getattr(RequestFactory(), method)("/journal", {"scope": PAIR} | given)
    request.actor = office_.sign_in(role, side="any")
    with CaptureQueriesContext(connection) as asked:
        answer = view(request, *args)
    return answer.content.decode(), [line["sql"] for line in asked]


def test_the_pages_of_the_journal_ask_at_most_eight_questions(example_loaded):
    _, asked = asked_of(example_loaded, journal_pages.page)
    assert len(asked) <= 8, asked
    assert not [sql for sql in asked if "OFFSET" in sql]
    span = Span.objects.filter(record_type="funds.payment").order_by("-last_seq").first()
    _, asked = asked_of(example_loaded, journal_acts.page, span.act_id)
    assert len(asked) <= 8, asked


def test_every_entry_stands_in_one_span(example_loaded):
    example_loaded.sign_in("operator", reach="all")
    spans = list(Span.objects.all())
    assert sum(span.entry_count for span in spans) == Entry.objects.count()
    for span in spans:
        entries, more = entries_of([span], 0, 100_000)
        assert (len(entries), more) == (span.entry_count, None)
        assert {(entry.act_id, entry.record_type, entry.scope_id) for entry in entries} == {
            (span.act_id, span.record_type, span.scope_id)
        }


def test_what_was_written_before_spans_were_kept_is_put_into_them_when_a_database_is_migrated(example_loaded):
    """The migration's own question, asked again, answers the lines that the trigger wrote."""
    path = Path(spans.__file__).parent / "spans.sql"
    backfill = path.read_text("utf-8").partition("-- What was written before")[2].partition(";")[0]
    example_loaded.sign_in("operator", reach="all")
    with connection.cursor() as cursor:
        cursor.execute(backfill[backfill.index("SELECT") :] + " ORDER BY 1")
        told = cursor.fetchall()
    columns = (
        "last_seq",
        "first_seq",
        "entry_count",
        "act_id",
        "scope_id",
        "record_type",
        "code",
        "acted_by",
        "acted_at",
    )
    assert told == list(Span.objects.order_by("last_seq").values_list(*columns))
    assert len(told) > 20


def test_a_long_journal_is_left_to_the_command(example_loaded, monkeypatch):
    monkeypatch.setattr(journal_proof, "MOST_INLINE", 10)
    words, _ = asked_of(example_loaded, journal_proof.prove, method="post")
    assert "shanhai verify" in words
    assert "日志完好" not in words


def test_what_was_changed_is_named_and_nothing_is_told_to_hold(example_loaded, monkeypatch):
    from shanhai.base.findings import Finding

    wrong = Finding("journal.entry_changed", "日志条目 5（funds.payment:甲）的内容与它的摘要不符。", found="5")
    monkeypatch.setattr(journal_proof, "verify", lambda: ({"entries": 9, "last": 9, "links": 3}, [wrong]))
    words, _ = asked_of(example_loaded, journal_proof.prove, method="post")
    assert "日志被动过" in words
    assert "日志条目 5（funds.payment:甲）" in words
    assert "日志完好" not in words
    hidden = Finding(
        "journal.entry_changed", "日志条目 999999（funds.payment:乙）的内容与它的摘要不符。", found="999999"
    )
    monkeypatch.setattr(journal_proof, "verify", lambda: ({"entries": 9, "last": 9, "links": 3}, [hidden]))
    words, _ = asked_of(example_loaded, journal_proof.prove, method="post")
    assert "999999" in words
    assert "乙" not in words


def test_the_lines_of_the_journal_cannot_be_written_by_the_site(example_loaded):
    for statement in ("DELETE FROM journal_span", "UPDATE journal_span SET code = ''", "SELECT journal_keep_spans()"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
