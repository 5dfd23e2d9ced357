"""The two books compared: one state for every transfer, by word and by amount, the oldest first."""

from datetime import date

import pytest

from shanhai.access.actions import give_word
from shanhai.areas.funds.models import Release
from shanhai.areas.funds.queries.comparing import compared, states_of, totals_by_state
from shanhai.areas.funds.tests.conftest import Desk
from shanhai.journal.terms import Word

PAIRING, DAY = "331081-511381", date(2024, 6, 30)


@pytest.fixture
def books(acting, office):
    """The east has issued 1000 and transferred three times 100; nobody in the west has said or booked anything."""
    east = Desk(acting("finance", side="east"), office.scopes[PAIRING], side="east")
    east.register_sources(key="ZJ")
    east.issue(key="XD", amount=1000)
    for number in (1, 2, 3):
        east.release(
            key=f"BF-{number}", kind_code="transfer", project_key="", amount=100, released_on=date(2024, 4, number)
        )
    return east


def states(books, chosen="", until=DAY):
    found = compared(books.scope_id, states_of(chosen), 50, until=until)
    return {one.release_key.rpartition("/")[2]: one.state for one in found}


def west(acting, office):
    return Desk(acting("finance", side="west"), office.scopes[PAIRING])


def say_of(desk, key, word, note=""):
    record = Release.objects.get(key=f"{PAIRING}/{key}")
    give_word(record, word=word, note=note, actor=desk.actor, today=DAY)


def test_what_nobody_received_is_in_transit_the_oldest_first(books):
    assert list(states(books).items()) == [("BF-1", "in_transit"), ("BF-2", "in_transit"), ("BF-3", "in_transit")]
    assert states(books, until=date(2024, 4, 1)) == {"BF-1": "in_transit"}


def test_a_receipt_of_all_waits_for_a_word_and_one_of_less_differs(books, acting, office):
    desk = west(acting, office)
    desk.receive(release_key="BF-1", amount=100)
    desk.receive(release_key="BF-2", amount=60)
    assert states(books) == {"BF-1": "unanswered", "BF-2": "differs", "BF-3": "in_transit"}


def test_two_receipts_of_one_transfer_are_taken_together(books, acting, office):
    desk = west(acting, office)
    desk.receive(release_key="BF-1", amount=60)
    desk.receive(release_key="BF-1", amount=40)
    assert states(books)["BF-1"] == "unanswered"


def test_a_confirmed_transfer_received_in_full_is_settled_and_no_longer_listed(books, acting, office):
    desk = west(acting, office)
    desk.receive(release_key="BF-1", amount=100)
    say_of(desk, "BF-1", Word.CONFIRMED)
    assert states(books) == {"BF-2": "in_transit", "BF-3": "in_transit"}
    assert states(books, "settled") == {"BF-1": "settled"}


def test_a_dispute_comes_before_all_else_with_its_reason(books, acting, office):
    desk = west(acting, office)
    say_of(desk, "BF-2", Word.DISPUTED, "本方的账上是 60")
    (one,) = compared(books.scope_id, ["disputed"], 50, until=DAY)
    assert (one.release_key, one.note, one.gap_fen) == (f"{PAIRING}/BF-2", "本方的账上是 60", 100)


def test_a_word_said_before_a_correction_does_not_count(books, acting, office):
    desk = west(acting, office)
    say_of(desk, "BF-2", Word.DISPUTED, "多了")
    Desk(acting("finance", side="east"), office.scopes[PAIRING], side="east").correct("release", key="BF-2", amount=90)
    assert states(books)["BF-2"] == "in_transit"


def test_a_receipt_whose_transfer_is_not_there_stands_for_itself(books, acting, office):
    west(acting, office).receive(release_key="BF-9", amount=30)
    (one,) = compared(books.scope_id, ["unmatched"], 50, until=DAY)
    assert (one.owner_side, one.sent_fen, one.received_fen, one.gap_fen) == ("east", 0, 30, -30)
    assert totals_by_state(books.scope_id, until=DAY)["unmatched"].received_fen == 30


def test_a_page_goes_on_after_the_day_and_key_where_the_last_one_ended(books):
    (first,) = compared(books.scope_id, states_of(""), 1, until=DAY)
    rest = compared(books.scope_id, states_of(""), 5, until=DAY, after=(first.released_on, first.release_key))
    assert [one.release_key[-4:] for one in rest] == ["BF-2", "BF-3"]


def test_another_pairings_clerk_sees_none(books, acting):
    acting("clerk", scope="330282-513324")
    assert totals_by_state(books.scope_id, until=DAY) == {}
