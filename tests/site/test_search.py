"""Search over everything a reader may see."""

import re
import threading
import time
from urllib.parse import quote

import office
import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from shanhai.base.identifiers import example_identity
from shanhai.search.actions import catch_up
from shanhai.web import search_filling, search_pages

PAIR = office.PAIR


def search(visitor, words, **more):
    told = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    answer = visitor.get(f"/search?q={quote(words)}{told}")
    assert answer.status == 200, answer.words
    return answer


@pytest.fixture(autouse=True, scope="module")
def read(request):
    """The server has read the journal into its documents, as it does by itself when it starts."""
    visitor, until = request.getfixturevalue("signed_in")("viewer"), time.monotonic() + 20
    while "正在编入" in search(visitor, "橄榄").words and time.monotonic() < until:
        time.sleep(0.1)


def kinds_of(answer):
    return re.findall(r'<h2 id="kind-\d+">([^<]+)', answer.text)


@pytest.mark.parametrize(
    ("words", "kind", "told"),
    [
        ("橄榄", "协作项目", "油橄榄标准化种植园"), ("ZF-2021-0001", "资金支付", "ZF-2021-0001"), ("zf-2021-0001", "资金支付", "ZF-2021-0001"),
        (f"{PAIR}/XM-2021-005", "协作项目", "XM-2021-005"), ("天宫镇", "协作项目", "天宫镇"), ("示例乡村建设", "资金支付", "示例乡村建设工程有限公司"),
        ("91999999000000051Q", "单位", "示例油橄榄种植技术有限公司"), ("安排 资金", "指标", "安排协作资金"), ("资金支付", "工作簿的表", "资金支付"), ("对账", "怎样做", "两本账"),
        ("更正", "日志里的操作", "用工作簿更正"), ("项目验收", "页面和列表", "项目验收"),
    ],
)  # fmt: skip
def test_what_is_looked_for_is_found_in_its_kind(words, kind, told, signed_in):
    answer = search(signed_in("viewer"), words)
    assert any(kind in one for one in kinds_of(answer)), kinds_of(answer)
    assert told in answer.words.replace(" ", "") or told in answer.words


def test_the_words_are_marked_and_the_very_key_comes_first(signed_in):
    answer = search(signed_in("viewer"), "橄榄")
    assert "油<mark>橄榄</mark>" in answer.text
    first = kinds_of(search(signed_in("viewer"), "XM-2021-005"))[0]
    assert "协作项目" in first


@pytest.mark.parametrize("words", ["河溪街道", "ZF-2021-0001", f"{PAIR}/ZF-2021-0001", "天宫镇", "91999999000000051Q"])
def test_nothing_of_another_pairing_is_found(words, signed_in):
    answer = search(signed_in("other-clerk"), words)
    assert "没有找到" in answer.words
    body = answer.text.partition("<main")[2]
    assert "/records/" not in body
    assert "示例油橄榄" not in body


def test_a_person_is_found_by_the_whole_number_only_and_it_is_not_repeated(signed_in):
    from datetime import date

    for name in ("示例甲", "甲"):
        assert "/records/reference.person" not in search(signed_in("auditor"), name).text
    number = example_identity(987, date(1980, 1, 2))
    answer = search(signed_in("auditor"), number)
    assert number not in answer.text
    assert "没有找到" in answer.words


@pytest.mark.parametrize(
    "words", ["", "  ", "市", "%", "\x00", "'", "<script>alert(1)</script>", "a" * 500, "橄 " * 200, "\ud7ff"]
)
def test_whatever_is_typed_gets_an_answer(words, signed_in):
    answer = signed_in("viewer").get(f"/search?q={quote(words)}")
    assert answer.status == 200
    assert "<script>alert" not in answer.text


def test_one_kind_is_paged_by_key(signed_in):
    visitor = signed_in("viewer")
    answer = search(visitor, "示例", kind="projects.milestone")
    seen = []
    while True:
        seen += re.findall(r'href="(/records/projects.milestone/[^"]+)"', answer.text)
        following = re.search(r'href="([^"]+)" rel="next"', answer.text)
        if not following:
            break
        answer = visitor.get(following[1].replace("&amp;", "&"))
    assert len(seen) == len(set(seen)) > 100


def test_a_record_just_saved_is_found_at_once_and_a_corrected_one_by_its_new_text_only(signed_in, tmp_path):
    visitor = signed_in("west-finance")
    for payee, fields in (("旧名称样板公司", {}), ("新字号样板公司", {"correction": "收款人写错"})):
        row = list(office.payment("ZF-2024-S001", 10))
        row[5] = payee
        book = office.write_book(tmp_path / "pay.xlsx", "资金支付", office.PAYMENT, [row])
        sent = visitor.send("/upload", "files", book.name, book.read_bytes())
        visitor.follow(sent)
        assert "已保存" in visitor.follow(visitor.post(f"{sent.location}/save", fields)).words
        assert "ZF-2024-S001" in search(visitor, payee[:4]).words
    assert "ZF-2024-S001" not in search(visitor, "旧名称样").words
    assert "ZF-2024-S001" not in search(visitor, "旧名称样").words


def test_the_header_of_every_page_has_the_search_box(signed_in):
    text = signed_in("viewer").get("/check").text
    assert 'action="/search"' in text
    assert '<label class="hidden-visually" for="site-search">' in text


# --- beside the server ---


def asked_of(office_, **given):
    request = RequestFactory().get("/search", given)
    request.actor = office_.sign_in("auditor", side="any")
    with CaptureQueriesContext(connection) as asked:
        answer = search_pages.page(request)
    return answer.content.decode(), [line["sql"] for line in asked]


@pytest.mark.parametrize("read", [False, True])
def test_a_search_asks_at_most_eight_questions(read, example_loaded):
    while read and catch_up():
        pass
    for given in ({"q": "橄榄"}, {"q": "示例", "kind": "projects.milestone"}, {"q": "ZF-2021-0001"}):
        text, asked = asked_of(example_loaded, **given)
        assert len(asked) <= 8, asked
        assert ("正在编入" in text) == (not read)


def test_a_person_is_found_by_number(example_loaded):
    from shanhai.reference.models import Person
    from shanhai.reference.vault import blind_index

    number = "110101198001010011"
    index = blind_index(number)
    assert blind_index("110101198001010012") != index
    example_loaded.sign_in("auditor", side="any")
    person = Person.objects.first()
    person.identity_index = index
    from shanhai.web import search_records

    assert search_records.identity_in(f" {number} ") == number
    assert search_records.identity_in("91999999000000051Q") == ""
    assert search_records.people_of(number) == []


def test_reading_behind_the_sites_back_runs_once_at_a_time(monkeypatch):
    calls, serving = [], threading.Event()
    monkeypatch.setattr(search_filling, "_serving", serving)
    monkeypatch.setattr(search_filling, "catch_up", lambda: calls.append(1) or len(calls) < 3)
    search_filling.wake()
    assert calls == []
    monkeypatch.setattr(search_filling, "connection", type("Closed", (), {"close": staticmethod(lambda: None)}))
    assert search_filling._busy.acquire(blocking=False)
    serving.set()
    search_filling.wake()
    assert calls == []
    search_filling._read()
    assert len(calls) == 3
    assert not search_filling._busy.locked()
