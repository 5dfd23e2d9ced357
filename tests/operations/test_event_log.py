"""What may stand in a line of the log, and what never does."""

import io
import json
import logging
import sys
import uuid

import psycopg
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from shanhai.web import event_log
from shanhai.web.event_log import Lines, event
from shanhai.web.watching import WatchMiddleware

PERSON = ("王小明", "330102199001011234", "hunter2-geheim")


@pytest.fixture
def lines():
    """The lines the log has, as JSON."""
    written, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(written), root.level
    handler.setFormatter(Lines("json"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: written.getvalue().splitlines()
    root.removeHandler(handler)
    root.setLevel(before)


def test_an_event_is_one_line_of_json(lines):
    event("load.saved", rows=12, outcome="saved", user=None)
    (line,) = lines()
    told = json.loads(line)
    assert "\n" not in line
    assert (told["level"], told["event"], told["rows"], told["outcome"]) == ("INFO", "load.saved", 12, "saved")
    assert "user" not in told
    assert told["time"].startswith("20")


def test_plain_is_for_people():
    record = logging.makeLogRecord({"name": "shanhai.events", "msg": "load.saved", "fields": {"rows": 3}})
    assert Lines("plain").format(record).endswith("load.saved rows=3")


def test_a_field_that_is_not_declared_is_a_mistake():
    with pytest.raises(ValueError, match="name"):
        event("load.saved", name="王小明")


@pytest.mark.parametrize("word", [*PERSON[:2], "two words", "x" * 81, ["王小明"], object()])
def test_a_field_holds_numbers_and_words_of_the_program_only(lines, word):
    event("load.saved", outcome=word)
    assert json.loads(lines()[0])["outcome"] == "?"


def test_a_library_keeps_its_pattern_and_loses_the_values(lines):
    log = logging.getLogger("library")
    log.warning("error connecting as %r: %s", *PERSON[:2])
    log.warning(f"cannot parse {PERSON[1]}")
    first, second = (json.loads(line) for line in lines())
    assert first["message"] == "error connecting as %r: %s"
    assert "message" not in second
    assert second["where"].startswith("test_event_log:")


def fail():
    try:
        raise ValueError(f"no such person {PERSON[0]} {PERSON[1]}")
    except ValueError as first:
        raise LookupError(PERSON[2]) from first


def test_an_error_keeps_its_kind_and_its_places_and_loses_its_words(lines):
    try:
        fail()
    except LookupError:
        logging.getLogger("library").exception("while handling %s", PERSON[0])
    told = json.loads(lines()[0])
    assert told["error"] == "LookupError"
    assert told["traceback"][0] == "builtins.LookupError"
    assert "builtins.ValueError" in told["traceback"]
    assert any(place.endswith(" fail") and "test_event_log.py:" in place for place in told["traceback"])
    assert not [word for word in PERSON if word in json.dumps(told, ensure_ascii=False)]


def test_a_database_error_keeps_its_code(lines):
    try:
        raise psycopg.errors.UniqueViolation(f"Key (id_no)=({PERSON[1]}) already exists")
    except psycopg.Error:
        logging.getLogger("library").error("refused", exc_info=sys.exc_info())
    assert json.loads(lines()[0])["traceback"][0] == "psycopg.errors.UniqueViolation 23505"


def test_a_page_that_breaks_is_logged_with_its_places_and_told_without_them(lines, settings):
    settings.ROOT_URLCONF = "shanhai.web.tests.broken_urls"
    answer = Client(raise_request_exception=False).get(f"/health/{PERSON[1]}", {"name": PERSON[0]})
    assert answer.status_code == 500
    failed = [told for told in map(json.loads, lines()) if told["event"] == "request.failed"]
    answered = [told for told in map(json.loads, lines()) if told["event"] == "request.answered"]
    assert failed[0]["error"] == "ValueError"
    assert failed[0]["request_id"] == answered[0]["request_id"] == answer.headers["X-Request-ID"]
    assert (answered[0]["route"], answered[0]["status"]) == ("broken", 500)
    assert not [word for word in PERSON if word in "".join(lines()) + answer.content.decode()]


@pytest.mark.parametrize("given", ["0123456789abcdef" * 2, str(uuid.UUID(int=7))])
def test_a_request_keeps_the_number_the_proxy_gave(given):
    assert number_of(given) == given


@pytest.mark.parametrize("given", ["", PERSON[1], "x" * 32, "0" * 33, "0123456789ABCDEF" * 2, 'a"b', "0" * 31 + "\n"])
def test_any_other_number_is_replaced(given):
    assert number_of(given) != given
    assert len(number_of(given)) == 32


def number_of(given):
    seen = []
    answer = WatchMiddleware(lambda _: seen.append(event_log.request_id.get()) or HttpResponse())
    headers = answer(RequestFactory().get("/nothing", HTTP_X_REQUEST_ID=given)).headers
    assert seen == [headers["X-Request-ID"]]
    assert event_log.request_id.get() == ""
    return seen[0]
