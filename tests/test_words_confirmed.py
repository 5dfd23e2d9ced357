"""Confirming at once what the other side registered: exactly what was shown, in one act, by whom it waits for."""

import csv
import io
import re
import threading
import time
from copy import copy
from datetime import date
from html import unescape

import polars
import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shanhai.access import sessions
from shanhai.access.actions import GIVE_WORD, Corrected, NoReason, confirm_records, give_word
from shanhai.areas.charity.models import Donation
from shanhai.areas.funds.models import Payment, Release
from shanhai.areas.labour.models import Placement
from shanhai.areas.orders.models import Delivery
from shanhai.base.findings import Refused
from shanhai.journal import actions
from shanhai.journal.acts import ActKind
from shanhai.journal.models import Act, Entry, PartnerWord
from shanhai.journal.terms import Word
from shanhai.journal.verification import verify
from shanhai.loading.executing import Order, load
from shanhai.loading.tests.programme import programme, write
from shanhai.web import record_acts
from shanhai.web.sessions import COOKIE
from shanhai.web.words_found import Narrowing, chunks_of, counts_in

pytestmark = pytest.mark.slow
PAIRING, OTHER = "331081-511381", "330282-513324"
DAY = date(2024, 7, 1)
ENTER = ActKind("house.tests.entered", "登记", ("operator",))


@pytest.fixture
def browser(example_loaded):
    """A browser in which somebody is signed in: `browser("east")`, `browser(role="auditor")`."""

    def signed_in(side="any", *, role="clerk", scope=PAIRING, **more):
        actor = example_loaded.sign_in(role, side=side, scope=scope)
        made = Client(HTTP_HOST="127.0.0.1", **more)
        made.cookies[COOKIE] = sessions.open_session(actor.user_id)
        return made

    return signed_in


def address(model, **asked):
    told = {"scope": PAIRING, "type": model.type_name(), **asked}
    return "/words/confirm-all?" + "&".join(f"{name}={value}" for name, value in told.items())


def form_of(page):
    """What the page sends back."""
    return dict(re.findall(r'<input type="hidden" name="(count|until)" value="(\d+)">', page))


def words_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def crossing(model):
    return list(model.objects.filter(scope__code=PAIRING, **model.crossing).order_by("key"))


def waiting(office, model):
    office.sign_in("operator", reach="all")
    return sum(len(chunk) for chunk in chunks_of(office.scopes[PAIRING], Narrowing(model.type_name())))


def written(office, model, row, *, correcting=False):
    """Enter or correct a record as the operator; answers it."""
    actor, scope = office.sign_in("operator", reach="all"), office.scopes[PAIRING]
    act = actions.correct if correcting else actions.record
    with actions.act(ENTER, author=actor.author, scope_id=scope, reason="核对") as opened:
        act(model, polars.DataFrame([row]), under=opened, setting=actions.Setting(scope, "west"))
    return model.objects.get(key=row["key"])


def one_more(office, model):
    """A further record like the first that crosses."""
    first = crossing(model)[0]
    left = {"id", "source", "act_id", "entry", "version", "key"}
    row = {
        field.attname: getattr(first, field.attname)
        for field in model._meta.concrete_fields
        if field.attname not in left
    }
    return written(office, model, {**row, "key": f"{PAIRING}/ZZ-0001"})


def test_all_that_wait_are_confirmed_in_one_act_with_one_entry_each(example_loaded, browser):
    keys = {record.key for record in crossing(Placement)}
    assert len(keys) == 1814
    clerk = browser("east")
    page = clerk.get(address(Placement)).content.decode()
    assert "1,814 条" in words_of(page)
    assert "填报方 西部受援方" in words_of(page)
    assert "由哪方确认 东部帮扶方" in words_of(page)
    assert "本方的账与对方登记的一致。" in page
    began = time.perf_counter()
    answer = clerk.post(address(Placement), form_of(page))
    assert time.perf_counter() - began < 5  # a second alone on this machine; others may be at work beside
    assert answer.status_code == 302
    assert "已确认 1,814 条，并记入日志。" in words_of(clerk.get(answer.headers["Location"]).content.decode())
    (act,) = Act.objects.filter(code=GIVE_WORD.code)
    assert f"/journal/{act.id}" in clerk.get(answer.headers["Location"]).content.decode()
    words = list(PartnerWord.objects.filter(scope__code=PAIRING))
    assert {(one.record_type, one.record_key) for one in words} == {("labour.placement", key) for key in keys}
    assert {(one.word, one.owner_side, one.act_id) for one in words} == {("confirmed", "east", act.id)}
    assert sorted(one.key for one in words) == [f"{PAIRING}/BT-{number:06d}" for number in range(1, 1815)]
    assert set(Entry.objects.filter(act_id=act.id).values_list("seq", flat=True)) == {one.entry for one in words}
    assert waiting(example_loaded, Placement) == 0


def test_pages_and_counts_reflect_what_was_confirmed(example_loaded, browser):
    clerk = browser("east")
    count = len(crossing(Delivery))
    clerk.post(address(Delivery), form_of(clerk.get(address(Delivery)).content.decode()))
    told = {one.standing: one.count for one in counts_in(example_loaded.scopes[PAIRING]) if one.record_type == "orders.delivery"}  # fmt: skip
    assert told == {"confirmed": count}
    record = crossing(Delivery)[0]
    assert "对方已确认" in clerk.get(f"/records/orders.delivery/{record.key}").content.decode()
    home = clerk.get(f"/?scope={PAIRING}").content.decode()
    assert "登记的交售，等本方确认" not in home
    assert "登记的就业，等本方确认" in home
    assert "没有等本方确认的" in clerk.get(address(Delivery)).content.decode()
    confirmed = clerk.get(f"/words?scope={PAIRING}&type=orders.delivery&standing=confirmed").content.decode()
    assert "confirm-all" not in confirmed


def test_the_queries_do_not_grow_with_the_records(example_loaded, browser):
    asked = {}
    clerk = browser("east")
    for model in (Donation, Delivery, Placement):
        form = form_of(clerk.get(address(model)).content.decode())
        with CaptureQueriesContext(connection) as told:
            assert clerk.post(address(model), form).status_code == 302
        asked[int(form["count"])] = len(told)
    assert list(asked) == [27, 94, 1814]
    assert max(asked.values()) == min(asked.values()) <= 30, asked


def test_a_record_that_came_after_the_page_stays(example_loaded, browser):
    clerk = browser("east")
    page = clerk.get(address(Delivery)).content.decode()
    late = one_more(example_loaded, Delivery)
    clerk = browser("east")
    assert clerk.post(address(Delivery), form_of(page)).status_code == 302
    assert not PartnerWord.objects.filter(record_key=late.key).exists()
    assert waiting(example_loaded, Delivery) == 1
    again = browser("east").get(address(Delivery)).content.decode()
    assert form_of(again) == {"count": "1", "until": str(late.entry)}


@pytest.mark.parametrize("what", ["corrected", "confirmed", "disputed"])
def test_where_what_was_shown_changed_nothing_is_confirmed_and_the_page_is_shown_anew(example_loaded, browser, what):
    records = crossing(Delivery)
    page = browser("east").get(address(Delivery)).content.decode()
    if what == "corrected":
        written(example_loaded, Delivery, {"key": records[0].key, "ticket_no": "示例-改"}, correcting=True)
    else:
        actor = example_loaded.sign_in("finance", side="east", scope=PAIRING)
        give_word(records[0], word=Word(what), note="重量不对", actor=actor, today=DAY)
    before = PartnerWord.objects.count()
    clerk = browser("east")
    answer = clerk.post(address(Delivery), form_of(page))
    assert answer.status_code == 409
    anew = answer.content.decode()
    assert "没有确认任何一条" in anew
    assert PartnerWord.objects.count() == before
    count = len(records) - (what != "corrected")
    assert form_of(anew)["count"] == str(count)
    assert clerk.post(address(Delivery), form_of(anew)).status_code == 302
    assert PartnerWord.objects.count() == before + count


@pytest.mark.parametrize("word", ["confirm", "dispute"])
def test_a_single_word_is_not_taken_on_a_record_corrected_in_that_very_moment(
    example_loaded, browser, monkeypatch, word
):
    """Somebody corrects the record after the page has looked at it, before the word is written."""
    record, clerk = crossing(Delivery)[0], browser("east")
    address = f"/words/{word}/orders.delivery/{record.key}"
    give, corrected = record_acts.give_word, []

    def corrected_first(asked, **told):
        corrected.append(written(example_loaded, Delivery, {"key": asked.key, "ticket_no": "示例-改"}, correcting=True))
        example_loaded.sign_in("clerk", side="east", scope=PAIRING)
        return give(asked, **told)

    monkeypatch.setattr(record_acts, "give_word", corrected_first)
    answer = clerk.post(address, {"entry": str(record.entry), "note": "重量不对"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "您的表态没有保存" in page
    assert not PartnerWord.objects.exists()
    (now,) = corrected
    assert set(re.findall(r'name="entry" value="(\d+)"', page)) == {str(now.entry)}
    monkeypatch.setattr(record_acts, "give_word", give)
    clerk = browser("east")
    assert clerk.post(address, {"entry": str(now.entry), "note": "重量不对"}).status_code == 302
    assert PartnerWord.objects.get().record_key == record.key


def test_a_single_word_is_given_on_what_was_seen_and_follows_an_earlier_word(example_loaded):
    record = crossing(Delivery)[0]
    actor = example_loaded.sign_in("clerk", side="east", scope=PAIRING)
    told = {"actor": actor, "today": DAY, "note": "重量不对"}
    for seen in (0, record.entry - 1, record.entry + 1):
        with pytest.raises(Corrected, match="没有保存"):
            give_word(record, word=Word.CONFIRMED, seen=seen, **told)
    with pytest.raises(NoReason, match="写明理由"):
        give_word(record, word=Word.DISPUTED, **(told | {"note": " "}))
    assert not PartnerWord.objects.exists()
    give_word(record, word=Word.CONFIRMED, seen=record.entry, **told)
    give_word(record, word=Word.DISPUTED, seen=record.entry, **told)
    assert list(PartnerWord.objects.order_by("entry").values_list("word", flat=True)) == ["confirmed", "disputed"]


def test_a_dispute_is_never_swept_in_and_a_corrected_record_is_named_so(example_loaded, browser):
    disputed, corrected, *_ = records = crossing(Delivery)
    actor = example_loaded.sign_in("clerk", side="east", scope=PAIRING)
    give_word(disputed, word=Word.DISPUTED, note="重量不对", actor=actor, today=DAY)
    give_word(corrected, word=Word.DISPUTED, note="磅单号不对", actor=actor, today=DAY)
    written(example_loaded, Delivery, {"key": corrected.key, "ticket_no": "示例-改"}, correcting=True)
    clerk = browser("east")
    page = clerk.get(address(Delivery)).content.decode()
    assert f"其中更正后待确认 {1} 条" in words_of(page)
    assert form_of(page)["count"] == str(len(records) - 1)
    changed = clerk.get(address(Delivery, standing="changed")).content.decode()
    assert form_of(changed)["count"] == "1"
    assert clerk.post(address(Delivery), form_of(page)).status_code == 302
    assert waiting(example_loaded, Delivery) == 1
    (last,) = PartnerWord.objects.filter(record_key=disputed.key)
    assert last.word == "disputed"


def test_what_is_sent_in_vain_confirms_nothing(example_loaded, browser):
    clerk = browser("east")
    form = form_of(clerk.get(address(Delivery)).content.decode())
    for sent in ({}, form | {"count": "0"}, form | {"count": "9" * 18}, form | {"until": "0"}, form | {"until": "1"},
                 form | {"count": "x' OR 1=1"}, form | {"count": str(int(form["count"]) + 1)}):  # fmt: skip
        assert clerk.post(address(Delivery), sent).status_code == 409, sent
    assert not PartnerWord.objects.exists()
    assert clerk.put(address(Delivery)).status_code == 405
    assert browser("east", enforce_csrf_checks=True).post(address(Delivery), form).status_code == 403
    assert not PartnerWord.objects.exists()


def test_only_whose_turn_it_is_may(example_loaded, browser):
    form = form_of(browser("east").get(address(Delivery)).content.decode())
    for who, status in (
        ({"role": "auditor"}, 403),
        ({"role": "owner", "side": "west"}, 403),
        ({"side": "east", "scope": OTHER}, 404),
    ):
        visitor = browser(**who)
        assert [visitor.get(address(Delivery, turn="east")).status_code, visitor.post(address(Delivery, turn="east"), form).status_code] == [status] * 2, who  # fmt: skip
    west = browser("west")
    assert west.get(address(Delivery, turn="east")).status_code == 403
    assert west.post(address(Delivery), form).status_code == 409
    for asked in ("standing=disputed", "standing=confirmed", "side=east&turn=east"):
        assert browser("east").get(f"{address(Delivery)}&{asked}").status_code == 404
    for named in ("funds.payment", "access.user", ""):
        assert browser("east").get(f"/words/confirm-all?scope={PAIRING}&type={named}").status_code == 404
    assert not PartnerWord.objects.exists()


def test_the_list_leads_there_for_whose_turn_it_is(example_loaded, browser):
    def links(visitor, **asked):
        told = "&".join(f"{name}={value}" for name, value in asked.items())
        page = visitor.get(f"/words?scope={PAIRING}&{told}").content.decode()
        return [
            unescape(url) for url in re.findall(r'href="(/words/confirm-all[^"]*)"', page)
        ], "选定一种记录类型后" in page

    count = len(crossing(Delivery))
    east = browser("east")
    (url,), advised = links(east, type="orders.delivery")
    assert not advised
    assert f"全部确认（{count} 条）" in east.get(f"/words?scope={PAIRING}&type=orders.delivery").content.decode()
    assert form_of(east.get(url).content.decode())["count"] == str(count)
    assert links(east) == ([], True)
    assert links(east, type="orders.delivery", turn="west") == ([], False)
    assert links(east, type="orders.delivery", standing="disputed") == ([], False)
    assert links(browser("west"), type="orders.delivery") == ([], False)
    assert links(browser(role="auditor")) == ([], False)


def test_the_file_holds_exactly_these_records(example_loaded, browser):
    disputed = crossing(Delivery)[0]
    actor = example_loaded.sign_in("clerk", side="east", scope=PAIRING)
    give_word(disputed, word=Word.DISPUTED, note="重量不对", actor=actor, today=DAY)
    page = browser("east").get(address(Delivery)).content.decode()
    late = one_more(example_loaded, Delivery)
    url = unescape(re.search(r'href="(/words/file/csv[^"]*)"', page)[1])
    answer = browser("east").get(url)
    head, *rows = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    keys = {record.key.partition("/")[2] for record in crossing(Delivery) if record.key not in (disputed.key, late.key)}
    assert {row[head.index("编号")] for row in rows} == keys
    assert len(rows) == int(form_of(page)["count"])


def test_the_action_refuses_what_is_not_one_sides_to_confirm(example_loaded):
    deliveries, own = crossing(Delivery)[:3], crossing(Release)[:1]
    payment = Payment.objects.filter(scope__code=PAIRING).first()
    foreign = copy(deliveries[0])
    foreign.scope_id = example_loaded.scopes[OTHER]
    for records, side, told in (
        ([], "east", "没有要确认的记录"),
        ([*deliveries, payment], "east", "不涉及对方"),
        ([*deliveries, *own], "east", "同一方登记"),
        ([*deliveries, foreign], "east", "同一范围"),
        (deliveries, "west", "没有这项职责"),
    ):
        actor = example_loaded.sign_in("clerk", side=side, scope=PAIRING)
        with pytest.raises(Refused, match=told):
            confirm_records(records, actor=actor, today=DAY)
    actor = example_loaded.sign_in("clerk", side="east", scope=PAIRING)
    give_word(deliveries[0], word=Word.DISPUTED, note="重量不对", actor=actor, today=DAY)
    with pytest.raises(Refused, match="其中 1 条"):
        confirm_records(deliveries, actor=actor, today=DAY)
    assert PartnerWord.objects.count() == 1


def test_records_of_several_types_keep_their_own_scheme_in_one_act(example_loaded):
    records = [*crossing(Delivery)[:2], *crossing(Placement)[:2]]
    records[0].scheme = "own_fund"
    actor = example_loaded.sign_in("clerk", side="east", scope=PAIRING)
    act = confirm_records(records, actor=actor, today=DAY)
    words = PartnerWord.objects.order_by("key")
    assert [(one.record_key, one.scheme, one.act_id) for one in words] == [
        (one.key, one.scheme, act) for one in records
    ]


def test_two_who_confirm_at_once_confirm_once_and_the_journal_is_sound(committed, tmp_path, today):
    path = write(tmp_path / "一.xlsx", programme())
    with transaction.atomic():
        load(Order([(path.name, path)]), actor=committed.sign_in("operator", reach="all"), today=today)
        records = list(Release.objects.filter(scope__code=PAIRING, **Release.crossing).select_related("scope"))
    assert records
    gate, told = threading.Barrier(2), []
    accounts = ("clerk", "finance")
    for role in accounts:
        committed.account(role, side="west")

    def confirm(role):
        try:
            gate.wait()
            with transaction.atomic():
                confirm_records(records, actor=committed.sign_in(role, side="west"), today=today)
            told.append("")
        except Refused as refused:
            told.append(str(refused))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=confirm, args=(role,)) for role in accounts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(map(bool, told)) == [False, True]
    with transaction.atomic():
        committed.sign_in("operator", reach="all")
        assert PartnerWord.objects.count() == len(records)
    assert verify()[1] == []
