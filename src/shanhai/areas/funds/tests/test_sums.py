"""Any ledger: what the pages add up is what the figures say, step by step, source by source, project by project."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.areas.funds.models import Source
from shanhai.areas.funds.pages.ledger import FIGURES
from shanhai.areas.funds.queries.comparing import totals_by_state
from shanhai.areas.funds.queries.flowing import flow_of
from shanhai.areas.funds.queries.ledger import Narrowing, movements, totals
from shanhai.areas.funds.queries.standing import by_project, by_source
from shanhai.areas.funds.tests.test_ledger import Books, _done
from shanhai.asking import scopes, values

PAIRING, DAY = "331081-511381", date(2024, 6, 30)
DEEDS = st.tuples(
    st.sampled_from(["issue", "allocate", "release", "record_payment", "refund", "transfer", "receive"]),
    st.sampled_from(["甲", "乙"]),
    st.sampled_from([1, 3, 50, 101]),
)


def fen(name):
    asked = scopes.by_code(PAIRING)
    amount = values.value(asked, name, values.window_of(asked, as_of=DAY)).amount
    return int((amount or 0) * 100)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DEEDS, max_size=20))
def test_all_that_is_added_up_is_what_the_figures_say(desk, deeds):
    books = Books()
    with transaction.atomic():
        first = [("issue", "甲", 300), ("allocate", "甲", 120), ("release", "甲", 100), ("transfer", "甲", 90)]
        for number, (deed, project, amount) in enumerate([*first, *deeds]):
            _done(desk, books, key=f"{number}", deed=deed, project=project, amount=amount)
        _steps_agree(desk.scope_id)
        _sources_agree(desk.scope_id)
        _projects_agree(desk.scope_id)
        _books_agree(desk.scope_id)
        transaction.set_rollback(True)


def _steps_agree(scope):
    found = {one.step: one.amount_fen for one in totals(movements(scope, Narrowing(), until=DAY))}
    assert {step: found.get(step, 0) for step in FIGURES} == {step: fen(name) for step, (name, _) in FIGURES.items()}


def _sources_agree(scope):
    (one,) = by_source(scope, until=DAY)
    flow = flow_of(scope, [one.source.key], by="field_code", until=DAY)
    assert one.balance_fen == fen("funds.balance") == sum(flow.unpaid(middle) for middle in flow.middles)
    assert one.unallocated_fen == fen("funds.unallocated") == flow.unallocated(one.source.key)
    assert one.transfer_due_fen == fen("funds.transfer_due")
    assert sum(flow.paid.values()) == fen("funds.paid_out")


def _projects_agree(scope):
    key = Source.objects.get().key
    found = by_project(scope, ((key,),), 10, sources=[key], until=DAY)
    for one in found:
        assert one.balance_fen == fen(f"funds.balance[project={one.project_key}]") == one.idle[0]
        assert one.released_fen == fen(f"funds.released[project={one.project_key}]")
    assert sum(one.balance_fen for one in found) == fen("funds.balance")


def _books_agree(scope):
    found = totals_by_state(scope, until=DAY).values()
    assert sum(one.sent_fen for one in found) == fen("funds.transferred")
    assert sum(one.received_fen for one in found) == fen("funds.received")
    assert sum(one.sent_fen - one.received_fen for one in found) == fen("funds.in_transit")
