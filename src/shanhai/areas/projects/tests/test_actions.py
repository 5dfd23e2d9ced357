"""A project's life: each move an act with date and paper, none that may not follow."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.areas.projects.checks import life_in_order
from shanhai.areas.projects.models import Acceptance, Asset, Contract, Handover, Milestone, Project, Site
from shanhai.areas.projects.terms import NEXT, Step
from shanhai.areas.projects.tests.conftest import PAIRING, move, project
from shanhai.base.findings import Refused

START = date(2024, 1, 1)
WHOLE = [step for step in Step if step is not Step.STOPPED]


def test_what_may_follow_is_said_of_every_step():
    assert NEXT.keys() == set(Step)
    assert all(following <= set(Step) for following in NEXT.values())
    assert NEXT[Step.STOPPED] == set()


def test_every_step_but_the_first_can_be_reached_and_every_life_can_end():
    reached = {Step.PROPOSED}
    for _ in Step:
        reached |= {after for step in reached for after in NEXT[step]}
    assert reached == set(Step)
    assert Step.STOPPED in NEXT[Step.STARTED]
    assert Step.STOPPED not in NEXT[Step.COMPLETED]


def test_a_tender_and_reports_of_progress_may_be_passed_over():
    assert {Step.TENDERED, Step.STARTED} <= NEXT[Step.APPROVED]
    assert {Step.PROGRESS, Step.COMPLETED} <= NEXT[Step.STARTED]
    assert Step.COMPLETED not in NEXT[Step.APPROVED]


@given(st.data())
def test_every_walk_through_the_table_is_a_life_in_order(data):
    step, day, life = Step.PROPOSED, START, [(START, "proposed")]
    while NEXT[step] and data.draw(st.booleans() if len(life) > 20 else st.just(value=True)) and len(life) < 30:
        step = data.draw(st.sampled_from(sorted(NEXT[step], key=list(Step).index)))
        day += timedelta(days=data.draw(st.integers(1, 40)))
        life.append((day, str(step)))
    assert life_in_order("XM", data.draw(st.permutations(life))) == ""


@given(st.lists(st.sampled_from(list(Step)), min_size=1, max_size=8))
def test_a_life_is_in_order_exactly_where_each_step_may_follow(steps):
    life = [(START + timedelta(days=number), str(step)) for number, step in enumerate(steps)]
    allowed = steps[0] is Step.PROPOSED and all(after in NEXT[before] for before, after in pairwise(steps))
    sentence = life_in_order("XM", life)
    assert (sentence == "") == allowed
    assert allowed or sentence.startswith("项目“XM”")


def test_a_project_is_proposed_as_a_plan(enter):
    enter("propose", project(planned_fen=100))
    assert Project.objects.get().stage == "planned"


def test_a_whole_life_is_recorded_from_proposal_to_upkeep(enter):
    enter("propose", project())
    days = [START + timedelta(days=30 * number) for number in range(len(WHOLE))]
    enter("move", *[move(step, day) for step, day in zip(WHOLE, days, strict=True)])
    assert Milestone.objects.count() == len(WHOLE) == 13
    assert Milestone.objects.order_by("happened_on").last().step_code == "upkeep"


def test_moves_are_recorded_one_by_one_too(enter):
    enter("propose", project())
    for number, step in enumerate(WHOLE[:4]):
        enter("move", move(step, START + timedelta(days=number)))
    assert Milestone.objects.count() == 4


def test_a_move_that_may_not_follow_is_refused_and_says_what_may(enter):
    enter("move", move("proposed", START))
    with pytest.raises(Refused, match="在“申报”之后是“开工”，这里只能是入库、终止"):
        enter("move", move("started", START + timedelta(days=1)))
    assert Milestone.objects.count() == 1


def test_a_move_dated_before_what_it_follows_is_refused(enter):
    enter("move", move("proposed", START))
    with pytest.raises(Refused, match="第一个节点是“入库”"):
        enter("move", move("library", START - timedelta(days=1)))


def test_nothing_follows_a_stop(enter):
    enter("move", move("proposed", START), move("stopped", START + timedelta(days=1)))
    with pytest.raises(Refused, match="已终止，不再有节点"):
        enter("move", move("library", START + timedelta(days=2)))


def test_a_wrong_life_keeps_all_moves_of_the_load_out(enter):
    moves = [move("proposed", START, key="甲"), move("started", START, key="乙")]
    with pytest.raises(Refused, match=f"项目“{PAIRING}/乙”"):
        enter("move", *moves)
    assert not Milestone.objects.exists()


def test_the_steps_of_one_day_follow_the_order_of_a_life(enter):
    enter("move", move("approved", START), move("proposed", START), move("planned", START), move("library", START))
    assert Milestone.objects.count() == 4


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(list(Step)), min_size=1, max_size=6))
def test_the_action_accepts_exactly_the_lives_the_table_allows(enter, steps):
    from django.db import transaction

    moves = [move(step, START + timedelta(days=number)) for number, step in enumerate([Step.PROPOSED, *steps])]
    life = [(row["happened_on"], str(row["step_code"])) for row in moves]
    with transaction.atomic():
        try:
            accepted = enter("move", *moves) == len(moves)
        except Refused:
            accepted = False
        transaction.set_rollback(True)
    assert accepted == (life_in_order("XM", life) == "")


def test_what_a_project_leaves_behind_is_recorded(enter):
    enter("propose", project())
    enter(
        "place",
        {"_key": "XM/1", "project_key": "XM", "site_no": "1", "name": "工地", "town": "老观镇", "opened_on": START},
    )
    enter("sign_contract", {
        "_key": "HT", "project_key": "XM", "contract_no": "HT", "party_name": "示例公司", "amount_fen": 90,
        "signed_on": START,
    })  # fmt: skip
    enter("accept", {
        "_key": "XM/2024", "project_key": "XM", "result_code": "passed", "accepted_on": START, "document_no": "示例",
        "final_fen": 88,
    })  # fmt: skip
    enter("register_assets", {
        "_key": "ZC", "project_key": "XM", "name": "门诊楼", "class_code": "public", "value_fen": 88,
        "owner_unit": "示例卫生院",
        "registered_on": START,
    })  # fmt: skip
    enter(
        "hand_over",
        {
            "_key": "ZC/2024",
            "asset_key": "ZC",
            "from_unit": "甲",
            "to_unit": "乙",
            "handed_on": START,
            "document_no": "示例",
        },
    )
    assert [model.objects.count() for model in (Site, Contract, Acceptance, Asset, Handover)] == [1] * 5
    assert Contract.objects.get().stage == "signed"
    assert Handover.objects.get().asset_key == Asset.objects.get().key


@pytest.mark.parametrize(("name", "row"), [
    ("propose", project(planned_fen=-1)),
    ("sign_contract", {"_key": "HT", "project_key": "XM", "contract_no": "HT", "party_name": "甲", "amount_fen": 0,
     "signed_on": START}),
])  # fmt: skip
def test_money_below_what_can_be_is_refused_by_the_database_too(enter, name, row):
    with pytest.raises(Refused, match="没有保存任何内容"):
        enter(name, row)
