"""The pages of honours: against figures, in few questions, in both languages, and to whom."""

from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import override

from shanhai.areas.honours import pages, queries
from shanhai.areas.honours.models import Honour, Site
from shanhai.areas.honours.pages.viewing import standing_badge
from shanhai.asking import scopes, values
from shanhai.web import amounts
from shanhai.web.areas import page as first_page

pytestmark = pytest.mark.slow
PAIRING, DAY = "331081-511381", date(2024, 6, 30)
VIEWS = (pages.titles.titles, pages.sites.sites)


def visit(office, view, *, role="operator", grant=None, label="", **asked):
    request = RequestFactory().get("/areas/honours/x", {"scope": PAIRING, "as_of": DAY.isoformat(), **asked})
    request.actor = office.sign_in(role, **(grant or {"reach": "all"}))
    with CaptureQueriesContext(connection) as told:
        answer = view(request, **({"label": label} if label else {}))
    return answer.content.decode(), len(told)


def told(name, year=None):
    asked = scopes.by_code(PAIRING)
    return amounts.text(values.value(asked, name, values.window_of(asked, as_of=DAY, year=year)))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_page_asks_few_questions_and_is_nobody_elses(honoured, view):
    _, asked = visit(honoured, view)
    assert asked <= 14
    with pytest.raises(Http404):
        visit(honoured, view, role="clerk", grant={"scope": "330282-513324"})


def test_titles_by_level_and_year_are_what_the_figures_say_and_open_to_them(honoured):
    words, _ = visit(honoured, pages.titles.titles)
    awarded = {(rank, year): told(f"honours.awarded[rank={rank}]", year) for rank in ("national", "provincial", "prefecture") for year in (2022, 2023)}  # fmt: skip
    assert awarded["prefecture", 2022] == "2"  # one of them known by its year only
    for (rank, year), number in awarded.items():
        url = amounts.figure_url(f"honours.awarded[rank={rank}]", PAIRING, as_of=DAY.isoformat(), year=year)
        assert (f'{escape(url)}">{number}<' in words) == number.isdigit()


def test_every_title_says_how_it_stands(honoured):
    words, _ = visit(honoured, pages.titles.titles)
    assert all(f"/records/honours.honour/{key}" in words for key in Honour.objects.values_list("key", flat=True))
    known = queries.honours_until(scopes.by_code(PAIRING).scope.pk, DAY)
    badges = {one.honour.key.rpartition("/")[2]: standing_badge(one, DAY)["label"] for one in known}
    assert badges == {f"RY-{number}": "现行有效" for number in (1, 2, 4, 6, 7, 8, 9)} | {
        "RY-3": "已撤销", "RY-5": "已过有效期", "RY-10": "已公示，尚未授予",
    }  # fmt: skip
    assert sum(word == "现行有效" for word in badges.values()) == int(told("honours.in_force"))
    assert ">2022<" in words
    assert "与示例协作办联合获得" in words


def test_before_a_withdrawal_and_before_an_award_the_page_tells_what_was(honoured):
    known = queries.honours_until(scopes.by_code(PAIRING).scope.pk, date(2024, 1, 15))
    badges = {one.honour.key.rpartition("/")[2]: standing_badge(one, date(2024, 1, 15))["label"] for one in known}
    assert badges["RY-3"] == "现行有效"
    (unsure,) = (
        one
        for one in queries.honours_until(scopes.by_code(PAIRING).scope.pk, date(2022, 6, 30))
        if one.honour.awarded_on_precision == "year"
    )
    assert standing_badge(unsure, date(2022, 6, 30))["label"] == "授予日期不详，期末起计"  # fmt: skip
    assert {"RY-9", "RY-10"} & badges.keys() == set()


def test_sites_stand_by_place_with_their_levels_and_the_next_review(honoured):
    words, _ = visit(honoured, pages.sites.sites)
    assert all(f"/records/honours.site/{key}" in words for key in Site.objects.values_list("key", flat=True))
    assert "省级、市级" in words
    for state in ("命名已撤销", "命名已过有效期", "建设中", "已过期，应复核", "2025-12-19", "1,320"):
        assert state in words
    assert words.count("已命名") == int(told("honours.sites_in_force"))
    nobody, _ = visit(honoured, pages.sites.sites, as_of="2021-06-30")
    assert "还没有登记" in nobody


def test_a_title_known_by_its_year_is_in_force_where_the_figure_says_so(honoured):
    del honoured
    scope = scopes.by_code(PAIRING)
    for day in (date(2022, 12, 30), date(2022, 12, 31), date(2023, 6, 1), DAY):
        known = queries.honours_until(scope.scope.pk, day)
        figure = values.value(scope, "honours.in_force", values.window_of(scope, as_of=day)).amount
        assert sum(one.title.in_force(day) for one in known) == (figure or 0)


def test_the_pages_are_read_in_english(honoured):
    with override("en"):
        for view in VIEWS:
            words, _ = visit(honoured, view)
            assert "What is only nominated" in words or "A site is one" in words
    first, _ = visit(honoured, first_page, label="honours")
    assert "命名示范点" in first
