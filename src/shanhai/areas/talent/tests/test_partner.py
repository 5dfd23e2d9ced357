"""The other side's word on a posting: asserted until it speaks, confirmed or disputed by it, asserted again once corrected."""

from datetime import date

import pytest
from django.test import Client

from shanhai.access import sessions
from shanhai.access.actions import give_word
from shanhai.access.words import other_side
from shanhai.areas.talent.models import Secondment
from shanhai.areas.talent.queries import postings
from shanhai.areas.talent.tests.conftest import PAIRING, posting
from shanhai.base.findings import Refused
from shanhai.journal.terms import Word
from shanhai.reference.models import Scope
from shanhai.web.sessions import COOKIE
from shanhai.web.words_found import Narrowing, Standing, page_of
from shanhai.web.words_told import said


@pytest.fixture
def sent(enter, register):
    register(1, 2)
    enter("send", posting(), posting("XP-2", person_key="RY-2"))
    return [Secondment.objects.get(key__endswith=key) for key in ("XP-1", "XP-2")]


def told(rows):
    scope = Scope.objects.get(code=PAIRING)
    words = postings.words(scope, rows)
    assert {one.key: one.word for one in postings.spoken_of(scope)} == words
    counts = postings.word_counts(scope)
    return (counts["confirmed"], counts["disputed"], counts["asserted"]), sorted(words.values())


def test_silence_leaves_a_posting_asserted(sent):
    assert told(sent) == ((0, 0, 2), ["asserted", "asserted"])


def test_a_posting_is_confirmed_by_the_other_side_alone(sent, acting, today):
    first, _ = sent
    assert other_side(first) == "west"
    with pytest.raises(Refused, match="没有这项职责"):
        give_word(first, word=Word.CONFIRMED, note="", actor=acting("clerk", side="east"), today=today)
    give_word(first, word=Word.CONFIRMED, note="", actor=acting("clerk", side="west"), today=today)
    assert told(sent) == ((1, 0, 1), ["asserted", "confirmed"])


def test_a_disputed_posting_is_on_the_list_until_it_is_put_right(sent, acting, today, enter):
    first, second = sent
    note = "本方记的到岗日期是 2022-09-05。"
    give_word(first, word=Word.DISPUTED, note=note, actor=acting("clerk", side="west"), today=today)
    give_word(second, word=Word.CONFIRMED, note="", actor=acting("clerk", side="west"), today=today)
    assert told(sent) == ((1, 1, 0), ["confirmed", "disputed"])
    enter("send", posting(arrived_on=date(2022, 9, 5)), correcting=True)
    first.refresh_from_db()
    assert told([first, second]) == ((1, 0, 1), ["asserted", "confirmed"])
    give_word(first, word=Word.CONFIRMED, note="", actor=acting("clerk", side="west"), today=today)
    assert told([first, second]) == ((2, 0, 0), ["confirmed", "confirmed"])


def test_a_posting_corrected_after_a_dispute_waits_anew_and_says_what_was_said_before(sent, acting, today, enter):
    first, second = sent
    give_word(first, word=Word.DISPUTED, note="到岗晚了四天", actor=acting("clerk", side="west"), today=today)
    listed = page_of(first.scope_id, Narrowing(), 50)
    assert [(one.key, one.standing, one.turn) for one in listed] == [
        (first.key, Standing.DISPUTED, "east"), (second.key, Standing.ASSERTED, "west"),
    ]  # fmt: skip
    enter("send", posting(arrived_on=date(2022, 9, 5)), correcting=True)
    waiting, changed = page_of(first.scope_id, Narrowing(), 50)
    assert (waiting.key, changed.key, changed.standing, changed.turn) == (
        second.key,
        first.key,
        Standing.CHANGED,
        "west",
    )
    assert said(changed) == "更正之前：有异议：到岗晚了四天"
    assert page_of(first.scope_id, Narrowing(standing="changed"), 50) == [changed]


@pytest.mark.slow
def test_a_posting_is_confirmed_on_its_page(sent, acting, office):
    first, _ = sent
    clerk = acting("clerk", side="west")
    browser = Client()
    browser.cookies[COOKIE] = sessions.open_session(clerk.user_id)
    address = f"/records/talent.secondment/{first.key}"
    assert "待对方确认" in browser.get(address).content.decode()
    answer = browser.post(f"/words/confirm/talent.secondment/{first.key}")
    assert answer.status_code == 302
    shown = browser.get(answer.headers["Location"].partition("#")[0]).content.decode()
    assert "已记下：对方记录经本方确认。" in shown
    acting("auditor", side="any")
    assert told(sent)[0] == (1, 0, 1)
