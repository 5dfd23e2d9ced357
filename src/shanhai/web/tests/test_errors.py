"""A program that fails: the reader is told so in their language, and nothing of why."""

import pytest
from django.test import Client
from django.urls import include, path

from shanhai.web.reading import open_to_all

SECRET = "the-secret-of-the-stack-trace"


@open_to_all
def fails(request):
    raise RuntimeError(SECRET)


urlpatterns = [path("fails", fails), path("", include("shanhai.web.urls"))]
handler500 = "shanhai.web.errors.failed"


@pytest.mark.parametrize(
    ("cookie", "language"), [("", "zh-Hans"), ("zh-hans.auto", "zh-Hans"), ("en.auto", "en")], ids=["none", "zh", "en"]
)
def test_the_page_of_a_failed_program_says_no_word_of_what_failed(office, settings, caplog, cookie, language):
    settings.ROOT_URLCONF = __name__
    visitor = Client(raise_request_exception=False)
    visitor.cookies["shanhai_reading"] = cookie
    answer = visitor.get("/fails")
    text = answer.content.decode()
    assert answer.status_code == 500
    assert f'<html lang="{language}">' in text
    for word in (SECRET, "Traceback", "RuntimeError", "test_errors", "Django"):
        assert word not in text
    assert answer.headers["Content-Security-Policy"].startswith("default-src")
    assert SECRET in caplog.text


def test_the_site_that_runs_uses_this_page(settings):
    from shanhai import urls

    assert urls.handler500 == handler500
    assert settings.DEBUG is False
