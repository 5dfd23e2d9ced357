"""Pages remembered: the same page again until something changes, and never another reader's."""

from http.cookies import SimpleCookie

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from shanhai.web import memory as remembering
from shanhai.web.memory import Memory, MemoryMiddleware, Page
from shanhai.web.sessions import tells_of


def page(size):
    return Page(b"x" * size, (("Content-Type", "text/html"),), SimpleCookie())


def test_what_was_asked_for_longest_ago_is_forgotten_first():
    memory = Memory(most_bytes=10)
    memory.keep(("a",), page(4))
    memory.keep(("b",), page(4))
    assert memory.recall(("a",)) is not None
    memory.keep(("c",), page(4))
    assert memory.recall(("b",)) is None
    assert memory.recall(("a",)) is not None
    assert memory.recall(("c",)) is not None


def test_a_page_kept_again_takes_its_place_once():
    memory = Memory(most_bytes=10)
    for _ in range(5):
        memory.keep(("a",), page(6))
    assert memory.recall(("a",)) is not None


def test_a_page_larger_than_the_memory_is_not_kept():
    memory = Memory(most_bytes=10)
    memory.keep(("a",), page(11))
    assert memory.recall(("a",)) is None


def test_an_answer_from_memory_carries_headers_and_cookies():
    kept = Page(b"ok", (("Content-Type", "text/html"), ("X-Frame-Options", "DENY")), SimpleCookie("a=1"))
    answer = kept.answer()
    assert (answer.content, answer.headers["X-Frame-Options"], answer.cookies["a"].value) == (b"ok", "DENY", "1")


@pytest.mark.parametrize(("keys", "made"), [([], 1), (["RY-1"], 2)])
def test_a_page_about_people_is_made_each_time_so_that_each_reading_is_noted(monkeypatch, keys, made):
    calls = []

    def answer(request):
        calls.append(request)
        tells_of(request, 1, keys, page="reference.person")
        return HttpResponse("ok")

    monkeypatch.setattr(remembering, "_key", lambda request: ("the same",))
    site = MemoryMiddleware(answer)
    for _ in range(2):
        assert site(RequestFactory().get("/")).content == b"ok"
    assert len(calls) == made
