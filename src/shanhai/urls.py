"""Addresses of the site: the generic pages, and what areas declare."""

from django.urls import include, path

urlpatterns = [path("", include("shanhai.web.urls"))]

handler500 = "shanhai.web.errors.failed"
