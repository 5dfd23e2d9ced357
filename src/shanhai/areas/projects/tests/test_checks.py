"""Pure checks on rows of projects."""

import polars

from shanhai.areas.projects import checks


def found(check, **columns):
    frame = polars.DataFrame({"_row": [3]} | {name: [value] for name, value in columns.items()})
    return [(row, column, code) for row, column, code, _message in check(frame)]


def test_progress_without_its_percentage_is_found():
    assert found(checks.progress_only_with_progress, step_code="progress", progress_percent=None) == [
        (3, "progress_percent", "projects.progress_missing")
    ]
    assert found(checks.progress_only_with_progress, step_code="progress", progress_percent=40.0) == []
    assert found(checks.progress_only_with_progress, step_code="started", progress_percent=None) == []


def test_a_plan_below_nothing_is_found():
    assert found(checks.planned_money_not_negative, planned_fen=-1) == [(3, "planned_fen", "projects.planned_negative")]
    assert found(checks.planned_money_not_negative, planned_fen=0) == []
    assert found(checks.planned_money_not_negative, planned_fen=None) == []


def test_a_contract_over_nothing_is_found():
    assert found(checks.contract_amount_positive, amount_fen=0) == [(3, "amount_fen", "projects.contract_not_positive")]
    assert found(checks.contract_amount_positive, amount_fen=1) == []


def test_a_project_without_moves_has_a_life_in_order():
    assert checks.life_in_order("XM", []) == ""
