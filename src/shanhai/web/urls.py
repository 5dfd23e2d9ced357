"""Addresses of the generic pages."""

from django.urls import path

from shanhai.web import (
    areas,
    blank_books,
    checks,
    figure_charts,
    figure_files,
    figures,
    guides,
    helping,
    home,
    lists,
    reading,
    record_acts,
    records,
    signing,
    tour,
    uploads,
)
from shanhai.web.account_urls import account_addresses
from shanhai.web.declare import addresses

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in", signing.sign_in, name="sign-in"),
    path("sign-out", signing.sign_out, name="sign-out"),
    path("reading", reading.choose, name="reading"),
    path("scope", signing.switch_scope, name="switch-scope"),
    path("upload", uploads.upload, name="upload"),
    path("upload/<slug:token>", uploads.tried, name="upload-tried"),
    path("upload/<slug:token>/save", uploads.save, name="upload-save"),
    path("upload/<slug:token>/marked/<int:number>", uploads.marked, name="upload-marked"),
    path("templates/<str:name>.xlsx", blank_books.template, name="template"),
    path("figures/<path:name>", figures.page, name="figure"),
    path("charts/<path:name>", figure_charts.chart, name="chart"),
    path("downloads/<str:form>/<path:name>", figure_files.download, name="download"),
    path("help", helping.page, name="help"),
    path("help/sheets/<str:name>", helping.sheet, name="sheet-help"),
    path("help/figures/<str:name>", helping.figure, name="figure-help"),
    path("help/guides/<slug:slug>", guides.page, name="guide"),
    path("help/tour", tour.page, name="tour"),
    path("areas/<slug:label>", areas.page, name="area"),
    path("lists/<str:type_name>", lists.page, name="list"),
    path("lists/<str:type_name>/<str:form>", lists.download, name="list-file"),
    path("records/<str:type_name>/<path:key>", records.page, name="record"),
    path("words/<str:word>/<str:type_name>/<path:key>", record_acts.give, name="word"),
    path("evidence/of/<str:type_name>/<path:key>", record_acts.keep, name="evidence-keep"),
    path("evidence/<int:number>", record_acts.fetch, name="evidence"),
    path("check", checks.check, name="check"),
    path("check/<slug:token>", checks.checked, name="checked"),
    path("check/<slug:token>/json", checks.as_json, name="checked-json"),
    *account_addresses,
    *addresses(),
]
