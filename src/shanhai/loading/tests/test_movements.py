"""What a load is said to move is what asking every figure before and after would say; fewer are asked."""

from datetime import date
from functools import cache

import polars
import pytest
import sqlglot
from sqlglot import exp

from shanhai.asking import values
from shanhai.asking.scopes import by_code
from shanhai.base.identifiers import example_identity
from shanhai.figures import compiling, declare
from shanhai.figures.compiling import Leaf, Shape
from shanhai.intake.declare import SHEETS
from shanhai.journal import actions
from shanhai.journal.acts import ActKind
from shanhai.loading.lookups import model_of
from shanhai.loading.movements import readers
from shanhai.loading.tests.programme import PAIRING, PROVINCES, programme

TOUCH = ActKind("loading.tests.touched", "核对", ("operator",))
SHAPE = Shape(bounded=(True,), scoped=True, single=True)


@cache
def tables_named(figure):
    """The tables that the SQL of a counted figure names, from its text."""
    (query,) = compiling.folds((Leaf(figure, figure.time),), SHAPE, "postgres")
    return {table.name for table in sqlglot.parse_one(query.text, read="postgres").find_all(exp.Table)}


@pytest.mark.slow
@pytest.mark.parametrize("name", list(SHEETS))
def test_a_record_type_may_move_exactly_the_figures_whose_sql_names_its_table(name):
    registry, model = declare.registry(), model_of(name)
    naming = [
        figure.name
        for figure in registry
        if any(model._meta.db_table in tables_named(counted) for counted in registry.counted(figure))
    ]
    assert [figure.name for figure in readers(model)] == naming


def test_a_figure_over_a_view_may_move_whatever_is_written():
    view = declare.table("funds.movement", amount_fen="fen", moved_on="date")
    registry = declare.Registry()
    with declare.collecting(registry):
        declare.figure(
            "funds.moved", zh="资金来去", en="Money moved", unit="CNY", time="flow", stage="achieved",
            reads=(view,), how="sum", column="amount_fen", on="moved_on", rule="逐笔相加", basis="A1",
        )(lambda rows: rows)  # fmt: skip
        assert [figure.name for figure in readers(model_of("agreements.visit"))] == ["funds.moved"]


@pytest.fixture
def all_figures(place, today):
    """Every figure of both scopes, as somebody who sees all of them."""

    def asked():
        place.sign_in("operator", reach="all")
        return {
            (code, name): (value.amount, value.state)
            for code in (PAIRING, PROVINCES)
            for about in (by_code(code),)
            for name, value in values.values(about, values.window_of(about, as_of=today)).items()
        }

    return asked


def moved_of(outcome):
    return {
        (one.scope, one.figure): ((one.before.amount, one.before.state), (one.after.amount, one.after.state))
        for one in outcome.movements
    }


def differences(before, after, scopes):
    return {key: (before[key], after[key]) for key in after if before[key] != after[key] and key[0] in scopes}


def in_parts(rows, *first):
    """The rows area by area, money in two parts: each part begins at a sheet named."""
    starts = [list(rows).index(name) for name in first]
    names = list(rows)
    return [
        {name: rows[name] for name in names[start:end]}
        for start, end in zip(starts, [*starts[1:], len(names)], strict=True)
    ]


@pytest.mark.slow
def test_part_by_part_the_movements_are_those_of_all_figures(loading, all_figures):
    standing, seen = all_figures(), set()
    for part in in_parts(programme(), "reference.pairing", "projects.project", "funds.source", "funds.release"):
        outcome = loading(part)
        assert outcome.saved, [str(each) for each in outcome.findings]
        now = all_figures()
        wanted = differences(standing, now, {row["scope_code"] for rows in part.values() for row in rows})
        assert moved_of(outcome) == wanted != {}
        standing, seen = now, seen | wanted.keys()
    assert len(seen) > 30  # enough for the comparison to mean something


@pytest.mark.slow
def test_a_correction_moves_what_all_figures_say(loaded, loading, all_figures):
    rows = programme()
    rows["funds.payment"][0]["amount_fen"] = 39_000_00
    rows["projects.asset"][0]["value_fen"] = 90_000_00
    before = all_figures()
    corrected = loading(rows, correct="凭证录错")
    assert corrected.saved, [str(each) for each in corrected.findings]
    assert moved_of(corrected) == differences(before, all_figures(), {PAIRING}) != {}


@pytest.mark.slow
def test_what_an_action_writes_beside_its_own_sheet_is_heard(loading, all_figures):
    """Deciding that two records are one person writes the register too; no figure reads the decisions themselves."""
    assert readers(model_of("reference.merge")) == []
    people = [
        {"person_no": "RY-1", "name": "示例甲", "identity": example_identity(1, date(1980, 1, 1))},
        {"person_no": "RY-2", "name": "示例甲", "birth_on": date(1980, 1, 1)},
    ]
    work = [
        {
            "placement_no": f"JY-{number}", "person_key": f"RY-{number}", "class_code": "elsewhere",
            "employer": "示例厂", "region_code": "310000", "started_on": date(2020 + number, 3, 1),
            "ended_on": date(2020 + number, 9, 1),
        }
        for number in (1, 2)
    ]  # fmt: skip
    decision = {
        "merge_no": "RD-1", "kind_code": "person", "left_key": "RY-1", "right_key": "RY-2", "verdict_code": "same",
        "decided_on": date(2024, 6, 20), "basis": "村委会核实",
    }  # fmt: skip
    west = {"scope_code": PAIRING, "owner_side": "west"}
    for name, rows in (("reference.person", people), ("labour.placement", work)):
        outcome = loading({name: [west | row for row in rows]})
        assert outcome.saved, [str(each) for each in outcome.findings]
    before = all_figures()
    merged = loading({"reference.merge": [west | decision]})
    assert merged.saved, [str(each) for each in merged.findings]
    found = moved_of(merged)
    assert found == differences(before, all_figures(), {PAIRING})
    assert [found[PAIRING, "labour.people_placed"][place][0] for place in (0, 1)] == [2, 1]


@pytest.mark.slow
def test_an_act_says_before_each_list_what_it_is_about_to_write(place):
    visits = model_of("agreements.visit")
    heard = []

    def hear(model):
        heard.append((model, list(visits.objects.order_by("key").values_list("title", flat=True))))

    actor, scope = place.sign_in("operator", reach="all"), place.scopes[PAIRING]
    row = {
        "key": f"{PAIRING}/HF-9", "direction_code": "east_to_west", "title": "考察", "person_time_count": 3,
        "started_on": date(2022, 5, 8),
    }  # fmt: skip
    under = {"author": actor.author, "scope_id": scope, "before_writing": hear}
    with actions.act(TOUCH, **under) as opened:
        setting = actions.Setting(scope, "west")
        actions.record(visits, polars.DataFrame([row]), under=opened, setting=setting)
        actions.correct(visits, polars.DataFrame([row | {"title": "回访"}]), under=opened, setting=setting)
    assert heard == [(visits, []), (visits, ["考察"])]
