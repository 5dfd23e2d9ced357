"""A figure opens to its rows, and they fold to it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.base.findings import Refused
from shanhai.figures import declare, opening
from shanhai.figures.engines import DuckEngine
from shanhai.figures.opening import DisagreementError, Page
from shanhai.figures.terms import State
from shanhai.figures.tests import toy
from shanhai.figures.windows import Window

SINCE = Window(end=date(2024, 6, 30))


def record(number, **told):
    return {"id": number, "key": f"k-{number}", "scope_id": 7, "stage": "achieved", "entry": 40 + number, **told}


@pytest.fixture(scope="module")
def engine():
    allocations = [
        record(number, allocated_on=date(2022, 1, number), amount_fen=number * 100, project_key="park")
        for number in range(1, 6)
    ]
    attendances = [
        record(number, held_on=date(2023, 1, number), person_id=person, times=1)
        for number, person in enumerate(["5113…x", "5113…y", "5113…x", "5113…z"], start=1)
    ]
    given = {toy.ALLOCATION: allocations, toy.ATTENDANCE: attendances}
    return DuckEngine.holding({table: given.get(table, []) for table in toy.TABLES})


def opened(name, engine, window=SINCE, **more):
    return opening.open_figure(toy.REGISTRY[name], engine, window, registry=toy.REGISTRY, **more)


def test_rows_carry_record_journal_entry_and_the_folded_columns(engine):
    first = opened("toy.arranged", engine).rows[0]
    assert first == {
        "record": "toy.allocation:k-1", "journal": 41, "amount": Decimal("1.00"),
        "allocated_on": date(2022, 1, 1), "project_key": "park", "field_code": None,
    }  # fmt: skip


def test_rows_are_named_with_their_scope_where_its_code_is_known(engine):
    row = opened("toy.arranged", engine, scope_codes={7: "331081-511381"}).rows[0]
    assert row["record"] == "toy.allocation:331081-511381/k-1"


def test_a_row_is_told_in_json_without_floats(engine):
    row = opening.plain_row(opened("toy.arranged", engine).rows[0])
    assert (row["amount"], row["allocated_on"]) == ("1.00", "2022-01-01")


def test_a_page_shows_some_rows_and_folds_them_all(engine):
    page = opened("toy.arranged", engine, page=Page(offset=1, size=2))
    assert [row["record"] for row in page.rows] == ["toy.allocation:k-2", "toy.allocation:k-3"]
    assert (page.fold.plain, page.total_rows, page.how) == ("15.00", 5, "sum")


def test_pages_of_a_derived_figure_run_through_its_parts(engine):
    whole = opened("toy.per_project", engine)
    paged = [row for offset in range(0, 20, 3)
             for row in opened("toy.per_project", engine, page=Page(offset, 3)).rows]  # fmt: skip
    assert paged == list(whole.rows)
    assert {row["part"] for row in whole.rows} == {"toy.funded_projects"}


def test_a_slice_is_part_of_the_name(engine):
    found = opened("toy.arranged", engine, slice={"project": "park"})
    assert (found.name, found.value.plain) == ("toy.arranged[project=park]", "15.00")


def test_persons_are_told_apart_by_numbers_that_say_nothing(engine):
    found = opened("toy.people", engine)
    assert [row["person_id"] for row in found.rows] == [1, 2, 1, 3]
    assert "5113" not in str(found.rows)


def test_a_withheld_value_shows_no_rows(engine):
    found = opened("toy.people", engine, Window(end=date(2023, 1, 2)))
    assert (found.value.state, found.rows, found.total_rows) == (State.WITHHELD, (), 2)


def test_a_value_that_its_rows_do_not_give_is_never_shown(engine):
    class Lying:
        dialect = "duckdb"

        def fetch(self, text):
            lines = engine.fetch(text)
            return lines[1:] if "ORDER BY" in text else lines

        lines = staticmethod(engine.lines)

    with pytest.raises(DisagreementError, match=r"14\.00（4 条），与指标值 15\.00（5 条）"):
        opened("toy.arranged", Lying())


def test_a_record_that_a_join_counts_twice_is_never_shown(engine):
    registry = declare.Registry()
    with declare.collecting(registry):

        @declare.figure(
            "toy.doubled", zh="重复", en="Doubled", unit="document", time="flow", stage="achieved", how="count",
            reads=(toy.ALLOCATION, toy.ATTENDANCE), on="allocated_on", rule="重复", basis="test",
        )  # fmt: skip
        def doubled(allocation, attendance):
            return allocation.join(attendance, allocation.scope_id == attendance.scope_id).select(allocation)

    with pytest.raises(DisagreementError, match="被计入两次"):
        opening.open_figure(registry["toy.doubled"], engine, SINCE, registry=registry)


TEXTS = st.text(st.characters(exclude_characters="\x00"), min_size=1, max_size=12)


@given(st.dictionaries(st.sampled_from(["project", "field", "source"]), TEXTS))
def test_a_name_to_open_is_read_as_it_was_written(narrowed):
    assert opening.parse_open_name(opening.open_name("funds.arranged", narrowed)) == ("funds.arranged", narrowed)


@pytest.mark.parametrize("name", ["", "arranged", "funds.arranged[", "funds.arranged[project]", "funds.arranged[=x]"])
def test_a_name_nobody_wrote_so_is_refused(name):
    with pytest.raises(Refused, match="应写作"):
        opening.parse_open_name(name)
