"""Addresses of what both sides say of the records that cross the border."""

from django.urls import path

from shanhai.web import record_acts, words_confirming, words_files, words_pages

urlpatterns = [
    path("words", words_pages.page, name="words"),
    path("words/confirm-all", words_confirming.page, name="words-confirm-all"),
    path("words/file/<str:form>", words_files.download, name="words-file"),
    path("words/<str:word>/<str:type_name>/<path:key>", record_acts.give, name="word"),
]
