"""The pages of planting: what they say of the example, against figures, in few questions, and to whom."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from shanhai.areas.planting import pages
from shanhai.areas.planting.models import Base
from shanhai.areas.planting.queries import standing
from shanhai.areas.planting.queries.standing import Reached, Round
from shanhai.asking import scopes, values
from shanhai.figures import declare, evaluating
from shanhai.reference.models import Scope

PAIRING, DAY = "331081-511381", date(2024, 6, 30)


def visit(office, view, *arguments, role="operator", grant=None, **asked):
    request = RequestFactory().get("/areas/planting/x", {"scope": PAIRING, **asked})
    request.actor = office.sign_in(role, **(grant or {"reach": "all"}))
    with CaptureQueriesContext(connection) as told:
        answer = view(request, *arguments)
    return answer.content.decode(), len(told)


@pytest.mark.slow
@pytest.mark.parametrize("view", [pages.bases.bases, pages.rounds.rounds], ids=lambda view: view.__name__)
def test_a_page_asks_few_questions_and_is_nobody_elses(example_loaded, view):
    _, asked = visit(example_loaded, view)
    assert asked <= 12
    with pytest.raises(Http404):
        visit(example_loaded, view, role="clerk", grant={"scope": "330282-513324"})


@pytest.mark.slow
def test_what_the_list_says_of_each_base_is_what_its_figures_say(example_loaded):
    example_loaded.sign_in("operator", reach="all")
    scope = Scope.objects.get(code=PAIRING)
    asked = scopes.by_code(PAIRING)
    names = (
        "base_area",
        "leased_area",
        "rent_promised",
        "benefits_paid",
        "people_benefited",
        "households_benefited",
        "benefits_due",
        "benefits_unpaid",
    )
    figures = [declare.registry()[f"planting.{name}"] for name in names]
    told = evaluating.by_slice(figures, values.engine(), values.window_of(asked, as_of=DAY), "base")
    rows = standing.standing_on(scope, on=DAY)
    assert len(rows) == Base.objects.filter(scope=scope).count() == 8
    for one in rows:
        shown = (
            one.area_mu2, one.leased_mu2, one.promised_fen, one.all_paid_fen, one.people * 100, one.households * 100, one.all_due_fen,
            one.unpaid_fen,
        )  # fmt: skip
        for name, amount in zip(names, shown, strict=True):
            value = told[f"planting.{name}"].get(one.base.key)
            assert Decimal(amount) / 100 == (value.amount if value and value.amount is not None else 0), (
                one.base.key,
                name,
            )


@pytest.mark.slow
def test_a_base_shows_promise_due_and_paid_and_how_they_spread(example_loaded):
    key = f"{PAIRING}/JD-2021-01"
    words, asked = visit(example_loaded, pages.base.base, key)
    assert asked <= 10
    for told in (
        "约定（年）",
        "应付未付",
        "按每户所得",
        "脱贫户",
        "已由 DK-0003 改造，不再计入",
        "已列未付",
        "得钱最多的 10 户",
    ):
        assert told in words
    with pytest.raises(Http404):
        visit(example_loaded, pages.base.base, key, role="clerk", grant={"scope": "330282-513324"})


@pytest.mark.slow
def test_a_base_that_has_paid_nothing_yet_tells_its_promise_and_no_benefit(example_loaded):
    words, _ = visit(example_loaded, pages.base.base, f"{PAIRING}/JD-2024-01")
    assert "还没有付到户的钱" in words
    assert "104,902.10" in words
    before, _ = visit(example_loaded, pages.base.base, f"{PAIRING}/JD-2024-01", as_of="2024-01-01")
    assert "约定（年）" not in before


@pytest.mark.slow
def test_the_rounds_are_narrowed_to_a_base_and_told_for_a_day(example_loaded):
    words, _ = visit(example_loaded, pages.rounds.rounds)
    assert "5 批分红，其中 1 批还没有付清" in words
    words, _ = visit(example_loaded, pages.rounds.rounds, base=f"{PAIRING}/JD-2021-02", as_of="2023-12-20")
    assert "1 批分红，其中 1 批还没有付清" in words


@pytest.mark.slow
def test_the_example_gives_what_was_published(example_loaded):
    example_loaded.sign_in("operator", reach="all")
    asked = scopes.by_code(PAIRING)
    window = values.window_of(asked, as_of=DAY)
    wanted = {
        "planting.industry_began[crop=olive]": date(2014, 1, 1), "planting.parks_built[crop=olive]": 5,
        "planting.demonstration_area[crop=olive]": 5236, "planting.people_benefited": 1255,
        f"planting.revived_area[base={PAIRING}/JD-2024-01]": 1200,
    }  # fmt: skip
    assert {name: values.value(asked, name, window).amount for name in wanted} == wanted


def reached(*yuan):
    return [Reached(f"NH-{place}", "ordinary", {"rent": amount * 100}) for place, amount in enumerate(yuan)]


def test_households_fall_into_bands_each_limit_in_the_upper_one():
    assert [len(band) for band in standing.banded(reached(10, 499, 500, 999, 1000, 9000), (500, 1000))] == [2, 2, 2]
    assert standing.largest_share(reached(500, 300, 200), 2) == (80_000, 100_000)


@pytest.mark.parametrize(("listed", "listed_fen", "paid", "paid_fen", "state"), [
    (0, 0, 0, 0, "unlisted"), (2, 70, 0, 0, "unpaid"), (2, 70, 1, 30, "part"), (2, 70, 2, 70, "agrees"), (2, 60, 2, 60, "differs"),
    (2, 70, 2, 80, "differs"),
])  # fmt: skip
def test_a_round_says_how_its_decision_list_and_payments_stand(listed, listed_fen, paid, paid_fen, state):
    told = Round(
        key="s/JD/1", base_key="s/JD", base_name="示例", decided_on=DAY, document_no="示例", income_fen=100, kept_fen=30, shared_fen=70,
        listed=listed, listed_fen=listed_fen, paid=paid, paid_fen=paid_fen, last_paid_on=None,
    )  # fmt: skip
    assert told.state == state
