"""Pure checks on rows of planting, alone and against what stands."""

from datetime import date

import polars

from shanhai.areas.planting import checks
from shanhai.areas.planting.checks import paying

DAY = date(2024, 3, 1)


def found(check, *rows):
    frame = polars.DataFrame(
        [{"_row": number} | row for number, row in enumerate(rows, start=3)], infer_schema_length=None
    )
    return [(row, column, code.removeprefix("planting.")) for row, column, code, _ in check(frame)]


def test_an_amount_or_area_of_nothing_is_found():
    assert found(checks.amount_positive("amount_fen"), {"amount_fen": 0}, {"amount_fen": 1}, {"amount_fen": None}) == [
        (3, "amount_fen", "not_positive")
    ]


def test_a_term_that_ends_before_it_began_is_found():
    check = checks.days_follow("first_on", "last_on")
    assert found(check, {"first_on": DAY, "last_on": DAY}, {"first_on": DAY, "last_on": date(2025, 1, 1)}) == [
        (3, "last_on", "term_backwards")
    ]
    assert found(check, {"first_on": DAY, "last_on": None}) == []


def test_a_parcel_on_itself_is_found():
    assert found(
        checks.not_its_own_former, {"parcel_no": "A", "former_key": "A"}, {"parcel_no": "B", "former_key": None}
    ) == [(3, "former_key", "own_former")]


def test_a_round_is_what_is_kept_and_what_is_shared():
    rows = [
        {"income_fen": 26_70, "kept_fen": 13_308, "shared_fen": 13_392},
        {"income_fen": 26_700, "kept_fen": 13_308, "shared_fen": 13_392},
    ]
    assert found(checks.round_adds_up, *rows) == [(3, "income_fen", "round_does_not_add_up")]
    assert found(checks.kept_not_negative, {"kept_fen": -1}, {"kept_fen": 0}) == [(3, "kept_fen", "kept_negative")]


def test_the_sentence_of_a_round_says_what_was_found_and_by_how_much():
    frame = polars.DataFrame([{"_row": 2, "income_fen": 300_000_00, "kept_fen": 90_000_00, "shared_fen": 200_000_00}])
    ((_, _, _, sentence),) = checks.round_adds_up(frame)
    assert "等于 290,000.00元，而收益总额是 300,000.00元，相差 10,000.00元" in sentence


def test_a_household_twice_on_one_list_is_found_with_the_row_it_stands_in():
    rows = [{"scope_code": "a", "round_key": key, "household_key": "NH"} for key in ("1", "2", "1")]
    assert found(checks.household_once_in_round, *rows) == [(5, "household_key", "household_listed_twice")]


def test_a_day_worked_twice_in_one_sheet_is_found_at_whatever_base():
    rows = [{"scope_code": "a", "person_key": "RY", "worked_on": DAY, "base_key": base} for base in "AB"]
    assert found(checks.day_worked_once, *rows) == [(4, "worked_on", "day_worked_twice")]
    assert found(checks.day_worked_once, rows[0], rows[1] | {"worked_on": date(2024, 3, 2)}) == []


def payment(channel, due=None, line=None, person="RY", account=None):
    return {"channel_code": channel, "due_key": due, "line_key": line, "person_key": person, "account": account}


def test_a_payment_names_what_it_pays_and_nothing_else():
    rows = [
        payment("rent"),
        payment("dividend"),
        payment("wage", person=None),
        payment("wage", due="ZJ"),
        payment("rent", due="ZJ", line="L"),
    ]
    assert sorted(found(checks.payment_names_what_it_pays, *rows)) == [
        (3, "due_key", "rent_without_due"), (4, "line_key", "dividend_without_line"), (5, "person_key", "wage_without_person"),
        (6, "due_key", "due_not_rent"), (7, "line_key", "line_not_dividend"),
    ]  # fmt: skip
    assert found(checks.payment_names_what_it_pays, payment("rent", due="ZJ", person=None), payment(None)) == []


def test_an_account_belongs_to_somebody():
    assert found(checks.account_has_its_holder, payment("rent", person=None, account="62284804")) == [
        (3, "person_key", "account_without_holder")
    ]


def test_what_a_list_lacks_is_told_as_less():
    assert "少 1.00元" in paying.list_told("s/JD/1", 2, 99_00, 100_00)
    assert "多 1.00元" in paying.list_told("s/JD/1", 2, 101_00, 100_00)
