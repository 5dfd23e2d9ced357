"""Addresses of the journal and of search."""

from django.urls import path

from shanhai.web import journal_acts, journal_files, journal_pages, journal_proof, search_pages

urlpatterns = [
    path("search", search_pages.page, name="search"),
    path("journal", journal_pages.page, name="journal"),
    path("journal/verify", journal_proof.prove, name="journal-verify"),
    path("journal/file/<str:form>", journal_files.download, name="journal-file"),
    path("journal/<uuid:number>", journal_acts.page, name="journal-act"),
]
