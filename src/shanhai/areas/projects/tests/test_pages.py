"""The pages of projects: what they say of the example, against figures, in few questions, and to whom."""

from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from shanhai.access.actions import keep_evidence
from shanhai.areas.projects import pages, queries
from shanhai.areas.projects.models import Milestone, Project
from shanhai.areas.projects.terms import Step
from shanhai.asking import scopes, values
from shanhai.reference.models import Scope
from shanhai.web import money_way

pytestmark = pytest.mark.slow
PAIRING, DAY = "331081-511381", date(2024, 6, 30)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500f0003820180a24b"
    "1b6b0000000049454e44ae426082"
)
LISTS = (
    pages.overview.overview,
    pages.board.board,
    pages.timeline.timeline,
    pages.sketch.sketch,
    pages.gallery.gallery,
)


def visit(office, view, *arguments, role="operator", grant=None, **asked):
    request = RequestFactory().get("/areas/projects/x", {"scope": PAIRING, **asked})
    request.actor = office.sign_in(role, **(grant or {"reach": "all"}))
    with CaptureQueriesContext(connection) as told:
        answer = view(request, *arguments)
    return answer.content.decode(), len(told)


@pytest.mark.parametrize("view", LISTS, ids=lambda view: view.__name__)
def test_a_page_asks_few_questions_and_is_nobody_elses(example_loaded, view):
    _, asked = visit(example_loaded, view)
    assert asked <= 10
    with pytest.raises(Http404):
        visit(example_loaded, view, role="clerk", grant={"scope": "330282-513324"})


def test_the_list_names_every_project_once_over_its_pages_and_narrows(example_loaded):
    words, _ = visit(example_loaded, pages.overview.overview, as_of="2024-06-30")
    assert words.count("/areas/projects/projects/331081-511381/XM-") == 50
    assert "下一页" in words
    words, _ = visit(example_loaded, pages.overview.overview, as_of="2024-06-30", step="approved")
    assert "XM-2024-004" in words
    assert "XM-2021-001" not in words


def test_without_a_day_the_list_is_told_for_the_day_the_records_were_closed(example_loaded):
    words, _ = visit(example_loaded, pages.overview.overview)
    assert "算到 2024-06-30：记录在这一天关账" in words


def test_the_money_of_all_projects_adds_up_to_the_figures(example_loaded):
    scope = Scope.objects.get(code=PAIRING)
    way = money_way.way_of("project", scope, DAY)
    asked = scopes.by_code(PAIRING)
    assert [figure.name for figure in way.figures] == ["funds.arranged", "funds.released", "funds.paid_out"]
    for figure in way.figures:
        whole = values.value(asked, figure.name, values.window_of(asked, as_of=DAY))
        assert sum(value.amount or 0 for value in way.cells[figure.name].values()) == whole.amount


def test_the_steps_of_all_projects_are_those_of_their_lives(example_loaded):
    scope = Scope.objects.get(code=PAIRING)
    rows = list(queries.standing_on(scope, on=DAY))
    lives = queries.moves_of(scope, [row.key for row in rows], on=DAY)
    for row in rows:
        assert queries.standing(row, on=DAY).step == (Step(lives[row.key][-1].step_code) if row.key in lives else None)
    begun = sum(1 for life in lives.values() if any(move.step_code == "started" for move in life))
    asked = scopes.by_code(PAIRING)
    parts = Project.objects.filter(scope=scope).exclude(parent_key="").count()
    assert begun - parts == values.value(asked, "projects.started", values.window_of(asked, as_of=DAY)).amount


def test_the_board_holds_every_project_in_one_column(example_loaded):
    scope = Scope.objects.get(code=PAIRING)
    first = queries.first_of_steps(queries.standing_on(scope, on=DAY), 3)
    totals = {row.step: row.total for row in first}
    assert sum(totals.values()) == Project.objects.filter(scope=scope, proposed_on__lte=DAY).count()
    assert all(sum(1 for row in first if row.step == step) == min(3, total) for step, total in totals.items())


def test_a_project_not_begun_when_its_plan_year_is_over_is_told_late(example_loaded):
    words, _ = visit(example_loaded, pages.board.board, as_of="2025-03-01")
    assert "计划年度已过，还没有开工" in words


def test_the_timeline_has_a_bar_for_every_move_and_the_same_in_its_table(example_loaded):
    words, _ = visit(example_loaded, pages.timeline.timeline)
    assert words.count('class="span ') - 5 == words.count("/records/projects.milestone/") / 2
    zoomed, _ = visit(example_loaded, pages.timeline.timeline, zoom="2023")
    assert zoomed.count('class="span ') < words.count('class="span ')


def test_the_sketch_says_that_it_is_no_map_and_counts_as_the_list_does(example_loaded):
    words, _ = visit(example_loaded, pages.sketch.sketch)
    assert "不是地图" in words
    assert "老观镇" in words


def test_a_project_shows_its_life_its_money_and_what_names_it(example_loaded):
    key = f"{PAIRING}/XM-2021-003"
    words, asked = visit(example_loaded, pages.project.project, key)
    assert asked <= 12
    for told in ("进展", "支付资金", "项目合同", "项目验收", "资产移交", "资金拨付", "经过"):
        assert told in words
    with pytest.raises(Http404):
        visit(example_loaded, pages.project.project, key, role="clerk", grant={"scope": "330282-513324"})


def test_evidence_is_shown_as_pictures_and_cards_by_project_and_step(example_loaded):
    move = Milestone.objects.select_related("scope").get(key__startswith=f"{PAIRING}/XM-2021-003", step_code="started")
    actor = example_loaded.sign_in("clerk", side="west")
    keep_evidence(move, name="示例开工照片.png", body=PNG, actor=actor)
    keep_evidence(move, name="示例开工令.pdf", body=b"%PDF-1.7\n% example\n", actor=actor)
    words, asked = visit(example_loaded, pages.gallery.gallery, project="XM-2021-003", step="started")
    assert asked <= 10
    assert words.count("<img ") == 1
    assert "示例开工令.pdf" in words
    assert "项目节点：开工" in words
    other, _ = visit(example_loaded, pages.gallery.gallery, project="XM-2021-001")
    assert "示例开工令.pdf" not in other
