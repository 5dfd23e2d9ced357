"""Addresses for tests of the log: one page, which breaks with words of a person in its error."""

from django.urls import path

from shanhai.web.sessions import without_session


@without_session
def broken(request, word):
    raise ValueError(f"cannot use {word} of {request.GET.get('name')}")


urlpatterns = [path("health/<str:word>", broken, name="broken")]
