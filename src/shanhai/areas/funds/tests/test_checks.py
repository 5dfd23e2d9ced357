"""Pure checks on rows of money: what, in which row and column, and what to do."""

from datetime import date

import polars

from shanhai.areas.funds import checks


def found(check, **columns):
    frame = polars.DataFrame({"_row": [3]} | {name: [value] for name, value in columns.items()})
    return [(row, column, code) for row, column, code, message in check(frame) if message.endswith(("。", "”。"))]


def test_an_amount_of_nothing_or_less_is_found():
    assert found(checks.amount_positive, amount_fen=0) == [(3, "amount_fen", "funds.amount_not_positive")]
    assert found(checks.amount_positive, amount_fen=-1) == [(3, "amount_fen", "funds.amount_not_positive")]
    assert found(checks.amount_positive, amount_fen=1) == []
    assert found(checks.amount_positive, amount_fen=None) == []


def test_a_slip_of_the_year_is_found():
    believable = checks.day_believable("paid_on")
    assert found(believable, paid_on=date(1995, 12, 31)) == [(3, "paid_on", "funds.day_too_early")]
    assert found(believable, paid_on=date(1996, 1, 1)) == []


def test_an_allocation_to_nobody_is_found():
    assert found(checks.project_or_unit_named, project_key=None, unit_name="") == [
        (3, "project_key", "funds.destination_missing")
    ]
    assert found(checks.project_or_unit_named, project_key="XM", unit_name=None) == []
    assert found(checks.project_or_unit_named, project_key=None, unit_name="某镇") == []


def test_a_transfer_with_a_project_and_a_release_without_one_are_found():
    assert found(checks.project_matches_kind, project_key="XM", kind_code="transfer") == [
        (3, "project_key", "funds.transfer_with_project")
    ]
    assert found(checks.project_matches_kind, project_key=None, kind_code="project") == [
        (3, "project_key", "funds.release_without_project")
    ]
    assert found(checks.project_matches_kind, project_key="XM", kind_code="project") == []
    assert found(checks.project_matches_kind, project_key=None, kind_code="transfer") == []


def test_a_carry_over_goes_into_the_next_year():
    assert found(checks.years_follow, from_year=2023, to_year=2025) == [(3, "to_year", "funds.years_not_following")]
    assert found(checks.years_follow, from_year=2023, to_year=2024) == []
