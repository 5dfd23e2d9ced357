"""The pages of charity: against figures, in few questions, and to whom."""

from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from shanhai.areas.charity import pages, queries
from shanhai.areas.charity.models import Donation
from shanhai.asking import scopes, values
from shanhai.web import amounts

pytestmark = pytest.mark.slow
PAIRING, FUND, DAY = "331081-511381", "FUND-310107", date(2024, 6, 30)
VIEWS = (pages.campaigns.campaigns, pages.gifts.gifts, pages.work.work)


def visit(office, view, role="operator", grant=None, scope=PAIRING, **asked):
    request = RequestFactory().get("/areas/charity/x", {"scope": scope, **asked})
    request.actor = office.sign_in(role, **(grant or {"reach": "all"}))
    with CaptureQueriesContext(connection) as told:
        answer = view(request)
    return answer.content.decode(), len(told)


def told(name, scope=PAIRING):
    asked = scopes.by_code(scope)
    return amounts.text(values.value(asked, name, values.window_of(asked, as_of=DAY)))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_page_asks_few_questions_and_is_nobody_elses(example_loaded, view):
    _, asked = visit(example_loaded, view, as_of="2024-06-30")
    assert asked <= 12
    with pytest.raises(Http404):
        visit(example_loaded, view, role="clerk", grant={"scope": "330282-513324"})


def test_the_campaigns_are_told_one_by_one_and_their_children_are_not_added(example_loaded):
    words, _ = visit(example_loaded, pages.campaigns.campaigns, as_of="2024-06-30")
    assert told("charity.left_behind_children") == "5,046"
    for one in queries.campaigns_until(scopes.by_code(PAIRING).scope.pk, DAY):
        if one.theme_code == "warm_winter":
            assert f">{told(f'charity.left_behind_children[campaign={one.key}]')}<" in words
    assert "campaign%3D331081-511381%2FGY-2023-01" in words.replace("=331081-511381/", "%3D331081-511381%2F")
    before, _ = visit(example_loaded, pages.campaigns.campaigns, as_of="2021-06-30")
    assert "还没有登记" in before


def test_gifts_by_level_are_what_the_figures_say(example_loaded):
    words, _ = visit(example_loaded, pages.gifts.gifts, as_of="2024-06-30")
    for level in ("province", "society"):
        assert told(f"charity.donated_money[level={level}]") in words
    scope = scopes.by_code(PAIRING).scope.pk
    said = queries.gifts_by_word(scope, DAY)
    assert (
        sum(count for count, _ in said.values()) == Donation.objects.filter(scope_id=scope, origin_code="east").count()
    )


def test_the_appeals_of_a_notice_add_up_level_by_level(example_loaded):
    words, _ = visit(example_loaded, pages.gifts.gifts, scope=FUND, as_of="2024-06-30")
    for stated in ("2,363,076.98", "2,303,946.18", "337,237.78", "2,160.00", "59,130.80"):
        assert stated in words
    assert told("charity.donated", FUND) == "2,365,236.98"
    assert told("charity.donated_money", FUND) == "2,363,076.98"
    assert "对方怎么说" not in words


def test_training_tells_person_times_and_persons_apart(example_loaded):
    words, _ = visit(example_loaded, pages.work.work, as_of="2024-06-30")
    assert told("charity.training_person_times[standing=disabled]") == "3,318"
    assert told("charity.people_employed[standing=disabled]") == "153"
    assert "3,318" in words
    assert ">153 <" in words
