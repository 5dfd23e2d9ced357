"""What both sides say of records that cross the border: whatever the type, counted, listed, told to whoever acts next."""

import csv
import io
import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from shanhai.access.actions import give_word
from shanhai.areas.charity.models import Donation
from shanhai.areas.funds.models import Payment, Release
from shanhai.areas.funds.pages import differences
from shanhai.areas.labour.models import Placement
from shanhai.areas.orders.models import Delivery
from shanhai.areas.talent.models import Secondment
from shanhai.journal.models import PartnerWord
from shanhai.journal.terms import Word
from shanhai.reference.models import Scope
from shanhai.web import contents, home_words, list_columns, wording, words_asked, words_files, words_pages
from shanhai.web.declare import Look
from shanhai.web.waits import Waits
from shanhai.web.words_found import Narrowing, Standing, chunks_of, counts_in, crossing_types, page_of

pytestmark = pytest.mark.slow
PAIRING, OTHER = "331081-511381", "330282-513324"
DAY = date(2024, 7, 1)
ASIDE = {Placement: "west", Delivery: "west", Secondment: "east", Donation: "west", Release: "east"}
CLERK = {"east": "west", "west": "east"}


@pytest.fixture
def scope(example_loaded):
    return Scope.objects.get(code=PAIRING)


def speak(office, record, word, note=""):
    """The other side's clerk gives the word; the operator looks again afterwards."""
    actor = office.sign_in("clerk", side=CLERK[record.owner_side], scope=PAIRING)
    give_word(record, word=word, note=note, actor=actor, today=DAY)
    office.sign_in("operator", reach="all")


def crossing(model, place=0):
    return model.objects.filter(scope__code=PAIRING, **model.crossing).order_by("key")[place]


def visit(office, view=words_pages.page, *arguments, role="clerk", grant=None, **asked):
    request = RequestFactory().get("/words", {"scope": PAIRING, **asked})
    request.actor = office.sign_in(role, **(grant or {"side": "west", "scope": PAIRING}))
    with CaptureQueriesContext(connection) as told:
        answer = view(request, *arguments)
    return answer, len(told)


def page_as(office, **asked):
    return visit(office, **asked)[0].content.decode()


def rows_of(page):
    """The rows of the list, as texts."""
    body = page.split("逐条核对</caption>", 1)[1].split("</table>", 1)[0].split("<tbody", 1)[1]
    rows = re.findall(r"<tr.*?</tr>", body, re.S)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]


def read(answer):
    """The bytes of a file that is handed out."""
    content = b"".join(answer.streaming_content)
    answer.file_to_stream.close()
    return content


def counted(scope):
    """The same counts asked in another way: model by model, record by record."""
    found = {}
    words = {}
    for one in PartnerWord.objects.filter(scope=scope).order_by("entry"):
        words[one.record_type, one.record_key] = one
    for name, model in crossing_types().items():
        for key, side, entry in model.objects.filter(scope=scope, **model.crossing).values_list(
            "key", "owner_side", "entry"
        ):
            said = words.get((name, key))
            standing = "asserted" if said is None else "changed" if said.entry < entry else said.word
            found.setdefault((name, side, standing), set()).add(key)
    return found


def say_something(office):
    """A few words on every kind of record that crosses, a dispute among them."""
    for model in ASIDE:
        for place in range(3):
            speak(office, crossing(model, place), Word.CONFIRMED)
        speak(office, crossing(model, 3), Word.DISPUTED, f"示例：{model.__name__} 对不上")
    speak(office, crossing(Delivery, 0), Word.DISPUTED, "示例：再看一遍，重量不对")


def test_types_are_found_by_what_their_models_declare():
    assert {"funds.release", "labour.placement", "orders.delivery", "orders.sale", "talent.secondment", "charity.donation"} <= set(crossing_types())  # fmt: skip
    assert "funds.payment" not in crossing_types()


def test_the_counts_and_the_list_are_those_asked_record_by_record(example_loaded, scope):
    say_something(example_loaded)
    expected = counted(scope)
    told = {(one.record_type, one.side, one.standing): one.count for one in counts_in(scope.pk)}
    assert told == {name: len(keys) for name, keys in expected.items()}
    listed = [one for chunk in chunks_of(scope.pk, Narrowing()) for one in chunk]
    found = {}
    for one in listed:
        found.setdefault((one.record_type, one.owner_side, str(one.standing)), set()).add(one.key)
    assert found == {name: keys for name, keys in expected.items() if name[2] != "confirmed"}
    assert len(listed) == len({(one.record_type, one.key) for one in listed})
    assert [one.place for one in listed] == sorted(one.place for one in listed)
    assert [one.standing for one in listed[:6]] == [Standing.DISPUTED] * 6


def test_a_list_is_narrowed_by_type_standing_side_and_turn(example_loaded, scope):
    say_something(example_loaded)
    expected = counted(scope)

    def keys(**asked):
        return {one.key for chunk in chunks_of(scope.pk, Narrowing(**asked)) for one in chunk}

    assert keys(record_type="orders.delivery", standing="disputed") == expected["orders.delivery", "west", "disputed"]
    assert keys(record_type="talent.secondment", side="east", turn="west") == expected["talent.secondment", "east", "asserted"]  # fmt: skip
    assert keys(record_type="talent.secondment", side="west", turn="west") == expected.get(("talent.secondment", "west", "disputed"), set())  # fmt: skip
    assert keys(standing="confirmed", side="east") == set().union(
        *(found for (_, side, standing), found in expected.items() if (side, standing) == ("east", "confirmed"))
    )


def test_pages_go_on_and_back_by_key(example_loaded, scope):
    say_something(example_loaded)
    asked = Narrowing(record_type="orders.delivery")
    whole = [one.key for chunk in chunks_of(scope.pk, asked) for one in chunk]
    first = page_of(scope.pk, asked, 20)
    second = page_of(scope.pk, asked, 20, place=first[-1].place)
    back = page_of(scope.pk, asked, 20, place=second[0].place, back=True)
    assert [one.key for one in first + second] == whole[:40]
    assert back == first


def test_the_page_shows_fifty_and_leads_on_and_back(example_loaded):
    page = page_as(example_loaded, type="orders.delivery")
    following = dict(parse_qsl(unescape(re.search(r'href="/words\?([^"]*after=[^"]*)"', page)[1])))
    assert len(rows_of(page)) == words_pages.SIZE
    after = page_as(example_loaded, **following)
    assert len(rows_of(after)) == 94 - words_pages.SIZE
    previous = dict(parse_qsl(unescape(re.search(r'href="/words\?([^"]*before=[^"]*)"', after)[1])))
    assert rows_of(page_as(example_loaded, **previous)) == rows_of(page)
    assert "上一页" not in page


def test_what_an_address_asks_in_vain_is_passed_over(example_loaded):
    page = page_as(example_loaded, type="access.user", standing="x", side="own", turn="any", after="9-9' OR 1=1")
    assert rows_of(page) == rows_of(page_as(example_loaded))


@pytest.mark.parametrize("model", ASIDE, ids=lambda model: model.__name__)
def test_a_dispute_comes_first_with_its_reason_and_leaves_once_confirmed(example_loaded, scope, model):
    record = crossing(model)
    speak(example_loaded, record, Word.DISPUTED, "本方的账上少一个")
    asked = {"type": model.type_name(), "grant": {"side": record.owner_side, "scope": PAIRING}}
    (first, *_) = rows_of(page_as(example_loaded, **asked))
    assert record.key.partition("/")[2] in first
    assert "对方有异议" in first
    assert "本方的账上少一个" in first
    assert "核对异议" in first
    speak(example_loaded, record, Word.CONFIRMED)
    assert record.key not in {one.key for chunk in chunks_of(scope.pk, Narrowing()) for one in chunk}
    (confirmed,) = rows_of(page_as(example_loaded, standing="confirmed", **asked))
    assert record.key.partition("/")[2] in confirmed
    assert "不需要再办" in confirmed


def test_each_sides_clerk_is_told_what_is_theirs(example_loaded):
    record = crossing(Delivery)
    speak(example_loaded, record, Word.DISPUTED, "重量不对")
    asked = {"type": "orders.delivery"}
    west, east = (page_as(example_loaded, grant={"side": side, "scope": PAIRING}, **asked) for side in ("west", "east"))
    assert [("等本方办" in row) for row in rows_of(west)[:3]] == [True, False, False]
    assert [("等本方办" in row) for row in rows_of(east)[:3]] == [False, True, True]
    assert f'href="/forms/correct/orders.delivery/{record.key}"' in west
    assert f'href="/records/orders.delivery/{crossing(Delivery, 1).key}#word"' in east
    for row in rows_of(east)[1:3]:
        assert "东部帮扶方 协作办经办人、财务人员" in row
    auditor = page_as(example_loaded, role="auditor", grant={"scope": PAIRING}, **asked)
    assert len(rows_of(auditor)) == words_pages.SIZE
    assert "等本方办" not in auditor


def test_another_pairings_clerk_sees_nothing(example_loaded):
    say_something(example_loaded)
    grant = {"side": "any", "scope": OTHER}
    for view, arguments in ((words_pages.page, ()), (words_files.download, ("csv",))):
        with pytest.raises(Http404):
            visit(example_loaded, view, *arguments, grant=grant)
    assert counts_in(example_loaded.scopes[PAIRING]) == []
    assert page_of(example_loaded.scopes[PAIRING], Narrowing(), 50) == []
    page = page_as(example_loaded, scope=OTHER, grant=grant)
    assert "还没有需要对方表态的记录" in page
    assert "温岭" not in page


def test_the_page_asks_the_same_however_many_types_cross(example_loaded, monkeypatch):
    page, asked = visit(example_loaded)
    assert asked == 4  # the pairings; the counts; the list; its records. The frame asks once more for work that runs
    monkeypatch.setattr(Payment, "crossing", {})
    more, again = visit(example_loaded)
    assert again == asked
    shown = [one.content.decode().split("各类记录的表态</caption>")[1].split("</table>")[0] for one in (page, more)]
    assert ["资金支付" in totals for totals in shown] == [False, True]


def test_a_file_holds_the_list_as_it_is_narrowed(example_loaded):
    say_something(example_loaded)
    narrowed = {"type": "orders.delivery", "standing": "disputed"}
    answer, _ = visit(example_loaded, words_files.download, "csv", **narrowed)
    head, *rows = csv.reader(io.StringIO(read(answer).decode("utf-8-sig")))
    assert [row[head.index("状态")] for row in rows] == ["对方有异议"] * 2
    assert {row[head.index("编号")] for row in rows} == {crossing(Delivery, place).key.partition("/")[2] for place in (0, 3)}  # fmt: skip
    assert all("示例：" in row[head.index("对方说明")] for row in rows)
    assert {row[head.index("等哪方办")] for row in rows} == {"西部受援方"}
    book, _ = visit(example_loaded, words_files.download, "xlsx", **narrowed)
    assert read(book).startswith(b"PK")
    with pytest.raises(Http404):
        visit(example_loaded, words_files.download, "exe")


def test_the_home_counts_what_waits_for_the_reader_and_leads_to_it(example_loaded, scope):
    say_something(example_loaded)
    for side in ("east", "west"):
        actor = example_loaded.sign_in("clerk", side=side, scope=PAIRING)
        waiting = list(home_words.words_waiting(Look(actor, type("Asked", (), {"scope": scope})(), DAY)))
        assert waiting
        for one in waiting:
            request = RequestFactory().get(one.url)
            request.actor = actor
            narrowing = words_asked.WordsAsked.of(request).narrowing
            assert sum(len(chunk) for chunk in chunks_of(scope.pk, narrowing)) == one.count, one.text


def test_the_page_and_the_page_of_the_two_books_lead_to_each_other(example_loaded):
    assert f'href="/areas/funds/differences?scope={PAIRING}"' in page_as(example_loaded)
    books, _ = visit(example_loaded, differences.differences)
    assert f'href="/words?scope={PAIRING}"' in books.content.decode()


def test_time_is_told_in_days_and_in_working_days():
    waits = Waits(date(2024, 10, 8))
    assert waits.cell(date(2024, 9, 30)) == {"text": "8 天", "note": "1 个工作日"}
    assert waits.told([date(2024, 9, 30)]).endswith("）。")
    assert "周一至周五" in waits.told([date(1999, 1, 1)])


def test_a_single_word_names_its_record_as_people_do_and_leads_to_it(example_loaded):
    donation = crossing(Donation)
    speak(example_loaded, donation, Word.CONFIRMED)
    said = PartnerWord.objects.get(record_type="charity.donation", record_key=donation.key)
    told = {field["label"]: field for field in contents.fields_of(said)}
    assert told["记录类型"]["value"] == "捐赠"
    assert told["记录编号"]["url"] == wording.record_url("charity.donation", donation.key)
    row = list_columns.rows_of(PartnerWord, [said], ["record_type", "record_key"])[0]["cells"]
    assert [cell["text"] for cell in row[1:3]] == ["捐赠", wording.local(donation.key)]
    assert row[2]["url"] == wording.record_url("charity.donation", donation.key)
