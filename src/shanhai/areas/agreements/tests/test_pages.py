"""The pages of agreements: against figures, in few questions, and to whom."""

from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from shanhai.areas.agreements import pages, queries
from shanhai.areas.agreements.models import Meeting, Visit
from shanhai.asking import scopes, values
from shanhai.reference.models import Scope

pytestmark = pytest.mark.slow
PAIRING, DAY = "331081-511381", date(2024, 6, 30)
VIEWS = (pages.papers.papers, pages.targets.targets, pages.exchange.exchange, pages.teams.teams)


def visit(office, view, role="operator", grant=None, **asked):
    request = RequestFactory().get("/areas/agreements/x", {"scope": PAIRING, **asked})
    request.actor = office.sign_in(role, **(grant or {"reach": "all"}))
    with CaptureQueriesContext(connection) as told:
        answer = view(request)
    return answer.content.decode(), len(told)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_page_asks_few_questions_and_is_nobody_elses(example_loaded, view):
    _, asked = visit(example_loaded, view, as_of="2024-06-30")
    assert asked <= 12
    with pytest.raises(Http404):
        visit(example_loaded, view, role="clerk", grant={"scope": "330282-513324"})


def test_an_agreement_stands_under_its_year_with_its_clauses(example_loaded):
    words, _ = visit(example_loaded, pages.papers.papers)
    assert "2021 年签订" in words
    assert "第 1 条" in words
    other, _ = visit(example_loaded, pages.papers.papers, year="1999")
    assert "没有符合条件的协议" in other


def test_targets_are_told_as_their_figures_stand(example_loaded):
    words, _ = visit(example_loaded, pages.targets.targets, year="2024", as_of="2024-06-30")
    asked = scopes.by_code(PAIRING)
    assert "2024 年已过 50.0%" in words
    for one in queries.progress_of_year(asked, queries.latest_targets(asked, DAY), on=DAY):
        again = values.value(asked, one.target.figure, values.window_of(asked, as_of=DAY, year=2024))
        assert again.amount == one.value.amount
        assert f"/figures/{one.target.figure.partition('[')[0]}" in words
    assert "year=2024&amp;as_of=2024-06-30" in words


def test_the_list_of_meetings_and_visits_is_walked_whole(enter, office):
    enter(
        "meet",
        *[
            {"_key": f"HY{day}", "kind_code": "joint", "title": "会议", "held_on": date(2024, 1, day)}
            for day in (1, 2, 3)
        ],
    )
    enter("visit", *[{"_key": f"HF{day}", "direction_code": "east_to_west", "title": "考察", "started_on": date(2024, 1, day),
                      "person_time_count": 4} for day in (2, 3)])  # fmt: skip
    scope, after, walked = Scope.objects.get(code=PAIRING), "", []
    while found := queries.events(scope, year=None, kind="", after=after, size=2):
        walked += [event.record.key for event in found]
        after = found[-1].place
    assert sorted(walked) == sorted(
        [*Meeting.objects.values_list("key", flat=True), *Visit.objects.values_list("key", flat=True)]
    )
    assert [event.day for event in queries.events(scope, year=2024, kind="joint", after="", size=9)] == [
        date(2024, 1, day) for day in (3, 2, 1)
    ]
    words, _ = visit(office, pages.exchange.exchange, as_of="2024-02-01")
    assert "8" in words
    assert "召开会议次数（会议类别：联席会议）" in words


def test_a_team_stands_with_those_on_duty_on_the_day(example_loaded):
    scope = Scope.objects.get(code=PAIRING)
    found, names = queries.teams(scope, on=DAY)
    asked = scopes.by_code(PAIRING)
    on_duty = {one.person_key for team in found for one in team.on_duty}
    assert (
        len(on_duty)
        == values.value(asked, "agreements.team_members_on_duty", values.window_of(asked, as_of=DAY)).amount
    )
    assert all("*" in name for name in names.values())
