"""What the two cities of the example say of each other's records, each under its own clerk's account."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, localtime

from shanhai.areas.charity.models import Donation
from shanhai.areas.talent.models import Secondment
from shanhai.cli.showing import GIVE_WORDS
from shanhai.loading.executing import Order, load
from shanhai.reference.models import Scope
from shanhai.web.words_found import Narrowing, counts_in, crossing_types, page_of

pytestmark = pytest.mark.slow
PAIRING = "331081-511381"
WORDS = Path(__file__).parents[1] / "examples" / "wenling-langzhong" / "words"


@pytest.fixture
def spoken(example_loaded):
    """What came of loading each city's words under its clerk's account, and how often the database was asked."""
    told = {}
    for side, name in zip(("east", "west"), GIVE_WORDS.values(), strict=True):
        actor = example_loaded.sign_in("clerk", side=side, scope=PAIRING)
        with CaptureQueriesContext(connection) as asked:
            told[side] = load(Order([(name, WORDS / name)]), actor=actor, today=localdate()), len(asked)
    example_loaded.sign_in("operator", reach="all")
    return told


def _crossed():
    """The types of which the example has records that cross the border; an area it does not show has none."""
    kept = {
        name
        for name, model in crossing_types().items()
        if model.objects.filter(scope__code=PAIRING, **model.crossing).exists()
    }
    assert len(kept) > 6
    return kept


def test_the_example_shows_what_is_confirmed_disputed_and_waiting(spoken):
    assert {side: (outcome.saved, outcome.findings) for side, (outcome, _) in spoken.items()} == {
        "east": (True, []), "west": (True, []),
    }  # fmt: skip
    assert max(asked for _, asked in spoken.values()) < 60
    counts = counts_in(Scope.objects.get(code=PAIRING).pk)
    total: Counter[str] = Counter()
    for one in counts:
        total[one.standing] += one.count
    assert total["disputed"] == 3
    assert total["confirmed"] > 2000
    assert 50 < total["asserted"] < total["confirmed"] / 10
    assert {one.record_type for one in counts if one.standing == "confirmed"} == _crossed()
    disputed = {(one.record_type, localtime(one.oldest_at).date()) for one in counts if one.standing == "disputed"}
    assert disputed == {
        ("talent.secondment", date(2023, 10, 20)), ("charity.donation", date(2023, 1, 20)),
        ("orders.sale", date(2022, 1, 20)),
    }  # fmt: skip


def test_the_disputes_of_the_example_quote_what_the_records_say(spoken):
    disputed = {
        one.key.rpartition("/")[2]: one.note
        for one in page_of(Scope.objects.get(code=PAIRING).pk, Narrowing(standing="disputed"), 9)
    }
    posting, gift = (
        Secondment.objects.get(key__endswith="/XP-2022-011"),
        Donation.objects.get(key__endswith="/JZ-2022-W04"),
    )
    assert str(posting.arrived_on) in disputed["XP-2022-011"]
    assert posting.to_unit in disputed["XP-2022-011"]
    assert f"登记 {gift.item_count} 套" in disputed["JZ-2022-W04"]
    assert gift.amount_fen == gift.item_count * 39_00
    assert gift.donor_name in disputed["JZ-2022-W04"]
