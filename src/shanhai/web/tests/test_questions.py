"""How much each page asks of the database: fixed, so that a page that begins to ask row by row is noticed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shanhai.access import sessions
from shanhai.access.models import User
from shanhai.figures.engines import PostgresEngine

pytestmark = pytest.mark.slow
PAIR = "331081-511381"
#: Control of the transaction is no question.
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK", "SET TRANSACTION")
MOST = 12

#: What each page asks, the session included. A page may ask less; more is looked at before the number is raised.
ASKED = {
    "/": 12,
    "/areas/funds": 5,
    "/areas/projects": 5,
    "/areas/agreements": 6,
    "/lists/funds.payment": 3,
    "/lists/funds.payment?q=示例&sort=-paid_on&from=2022-01-01": 3,
    "/lists/funds.release?word=none": 3,
    f"/records/funds.payment/{PAIR}/ZF-2022-0003": 12,
    f"/records/projects.project/{PAIR}/XM-2022-010": 12,
    f"/records/funds.release/{PAIR}/BF-2023-001": 12,
    "/figures/funds.arranged": 10,
    "/figures/funds.spending_rate": 10,
    "/figures/agreements.pairing_began": 10,
    "/help": 2,
    "/help/tour": 2,
    "/help/sheets/funds.payment": 2,
    "/check": 2,
    "/journal": 8,
    "/words": 6,
    "/words?type=talent.secondment&standing=asserted&side=east&turn=west": 6,
    "/search?q=橄榄": 9,
    "/drafts": 4,
    "/account": 6,
}


@pytest.fixture
def reader(example_loaded):
    user = User.objects.get(username="operator")
    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies["shanhai"] = sessions.open_session(user.pk)
    client.cookies["shanhai_scope"] = PAIR
    return client


def asked_by(client, path, monkeypatch):
    fetched, fetch = [], PostgresEngine.fetch
    monkeypatch.setattr(PostgresEngine, "fetch", lambda engine, text: fetched.append(text) or fetch(engine, text))
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    told = [one["sql"] for one in seen if not one["sql"].startswith(CONTROL)]
    return answer, [*told, *fetched]


@pytest.mark.parametrize("path", ASKED)
def test_a_page_asks_no_more_than_it_did(reader, path, monkeypatch):
    reader.get(path)
    answer, asked = asked_by(reader, path, monkeypatch)
    assert answer.status_code == 200
    assert len(asked) <= ASKED[path] <= MOST, (len(asked), "\n".join(text[:150] for text in asked))
