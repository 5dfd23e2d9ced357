"""The pages of labour: against figures and records, in few questions, and to whom."""

from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from shanhai.areas.labour import pages
from shanhai.areas.labour.models import Placement, Subsidy, SubsidyRule
from shanhai.areas.labour.queries import board, reading
from shanhai.areas.labour.tests.conftest import PAIRING, placement
from shanhai.reference.models import Scope

VIEWS = (pages.destinations.destinations, pages.board.board, pages.steady.steady, pages.subsidies.subsidies)
DAY = date(2024, 6, 30)


def visit(office, view, role="operator", grant=None, **asked):
    request = RequestFactory().get("/areas/labour/x", {"scope": PAIRING, "as_of": "2024-06-30", **asked})
    request.actor = office.sign_in(role, **(grant or {"reach": "all"}))
    with CaptureQueriesContext(connection) as told:
        answer = view(request)
    return answer.content.decode(), len(told)


@pytest.fixture
def station(desk, people, office):
    """A small station: P1 in the east with evidence and a subsidy, P2 and P3 looking for a job, two vacancies."""
    people(1990, 1985, 1958)
    worker = {
        "registered_on": date(2022, 1, 4),
        "skill_code": "sewing",
        "group_code": "lifted",
        "first_on": date(2018, 12, 31),
    }
    desk("register", {"_key": "LD-1", "person_key": "P1"} | worker,
         *[{"_key": f"LD-{n}", "person_key": f"P{n}", "wish_code": "paired_east", "wage_wish_fen": 500_000} | worker for n in (2, 3)])  # fmt: skip
    vacancy = {"employer": "示例鞋厂", "title": "针车工", "class_code": "paired_east", "region_code": "331081", "skill_code": "sewing",
               "opening_count": 2, "monthly_wage_fen": 600_000, "youngest_years": 18, "oldest_years": 50, "first_on": date(2023, 2, 1)}  # fmt: skip
    desk("offer", {"_key": "G1"} | vacancy, {"_key": "G2"} | vacancy | {"skill_code": "driving", "title": "驾驶员"})
    desk("place", placement(vacancy_key="G1"))
    desk("prove", *[
        {"_key": f"S{month}", "placement_key": "JY-1", "evidence_code": "payroll", "month_on": date(2023, month, 1)} for month in (3, 4, 5)
    ])  # fmt: skip
    desk("set_rules", {"_key": "R1", "kind_code": "steady", "amount_fen": 200_00, "per_code": "month", "group_code": "lifted",
                       "class_code": "paired_east", "months_minimum": 3, "first_on": date(2022, 1, 1), "document_no": "示例〔2022〕8号"})  # fmt: skip
    desk(
        "decide",
        {
            "_key": "BT-1",
            "person_key": "P1",
            "placement_key": "JY-1",
            "kind_code": "steady",
            "applied_on": date(2023, 6, 5),
        },
    )
    return office


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_page_asks_few_questions_and_is_nobody_elses(station, view):
    _, asked = visit(station, view)
    assert asked <= 12
    with pytest.raises(Http404):
        visit(station, view, role="clerk", grant={"scope": "330282-513324"})


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_an_empty_pairing_has_its_pages_too(office, view):
    words, _ = visit(office, view)
    assert "<h1>" in words


def test_vacancies_and_published_numbers_are_told_apart_from_jobs(station):
    words, _ = visit(station, pages.destinations.destinations)
    assert "提供数，不是就业数" in words and "labour.people_placed%5Bdestination%3Dpaired_east%5D" in words.replace(
        "[", "%5B"
    ).replace("]", "%5D").replace("=p", "%3Dp")


def test_the_board_shows_who_looks_and_what_is_left_and_proposes_without_writing(station):
    before = Placement.objects.count()
    scope = Scope.objects.get(code=PAIRING)
    found = board.board(scope, on=DAY)
    assert {key.rpartition("/")[2] for key in found.seekers} == {"P2", "P3"}
    assert {key.rpartition("/")[2]: left for key, left in found.left.items()} == {"G1": 1, "G2": 2}
    assert [(a.rpartition("/")[2], b.rpartition("/")[2]) for a, b, _ in found.matched.pairs.iter_rows()] == [
        ("P2", "G1")
    ]
    assert found.matched.certificate.proven
    words, _ = visit(station, pages.board.board, seeker=f"{PAIRING}/P3", vacancy=f"{PAIRING}/G1")
    assert "岗位要求不超过50周岁" in words and "示例2" not in words
    assert Placement.objects.count() == before


def test_somebody_known_twice_who_works_does_not_look_for_a_job(station):
    from shanhai.reference.models import Person

    Person.objects.filter(key=f"{PAIRING}/P2").update(canonical_key=f"{PAIRING}/P1")
    assert set(board.seekers(Scope.objects.get(code=PAIRING), on=DAY)) == {f"{PAIRING}/P3"}


@pytest.mark.parametrize(("state", "count"), [("met", 1), ("on_the_way", 0), ("none", 0), ("", 1)])
def test_the_three_month_rule_counts_months_by_the_day(station, state, count):
    rows = reading.with_months(Scope.objects.get(code=PAIRING), on=DAY)
    assert reading.steadiness(rows, state).count() == count
    early = reading.with_months(Scope.objects.get(code=PAIRING), on=date(2023, 4, 30))
    assert [one.months for one in early] == [2]


def test_a_subsidy_explains_itself_and_tells_when_it_would_be_decided_otherwise(station, desk):
    words, _ = visit(station, pages.subsidies.subsidies)
    assert (
        "示例〔2022〕8号" in words
        and "有凭证 3 个月" in words
        and "每月 200.00元 × 3 个月" in words
        and "不变" in words
    )
    desk("prove", {"_key": "S6", "placement_key": "JY-1", "evidence_code": "payroll", "month_on": date(2023, 6, 1)})
    assert "应为 800.00元" in visit(station, pages.subsidies.subsidies)[0]
    told = reading.decisions(Scope.objects.get(code=PAIRING), list(Subsidy.objects.all()))
    assert [one.holds for one in told] == [False] and SubsidyRule.objects.count() == 1


def test_lists_are_narrowed_and_paged(station):
    words, _ = visit(station, pages.steady.steady, state="met", **{"class": "paired_east"})
    assert "已满三个月" in words and "全部显示" in words
    assert "没有符合条件的就业记录" in visit(station, pages.steady.steady, page="2")[0]
    assert "没有符合条件的补助" in visit(station, pages.subsidies.subsidies, kind="travel", result="granted")[0]
