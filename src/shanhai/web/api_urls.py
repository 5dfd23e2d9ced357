"""Addresses of the API, and of its description for people."""

from django.urls import path

from shanhai.web import api, api_pages

urlpatterns = [path("api/v1/", api_pages.page, name="api"), *api.addresses()]
