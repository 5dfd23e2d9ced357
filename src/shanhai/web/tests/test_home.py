"""The home of a pairing: what waits for whom, targets, figures by field, and how much is asked of the database."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from shanhai.access import sessions
from shanhai.figures.engines import PostgresEngine
from shanhai.web.home import home

pytestmark = pytest.mark.slow
PAIRING = "331081-511381"


def visit(office, monkeypatch, role, **grant):
    request = RequestFactory().get("/", {"scope": PAIRING})
    request.actor = office.sign_in(role, **grant)
    fetched, fetch = [], PostgresEngine.fetch
    monkeypatch.setattr(PostgresEngine, "fetch", lambda engine, text: fetched.append(text) or fetch(engine, text))
    with CaptureQueriesContext(connection) as asked:
        answer = home(request)
    assert sessions.actor_of_session() is not None
    return answer.content.decode(), len(asked) + len(fetched)


def test_the_home_of_the_example_asks_at_most_twelve_questions(example_loaded, monkeypatch):
    words, asked = visit(example_loaded, monkeypatch, "operator", reach="all")
    # The session and what a remembered page depends on are two more.
    assert asked <= 10
    for told in ("年度目标与序时进度", "按协作领域", "教育帮扶", "最近的变动", "装载工作簿", "还有"):
        assert told in words
