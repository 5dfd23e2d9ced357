"""Every scope and year at once says what each asked alone would say, and what a person would count."""

from contextlib import contextmanager, nullcontext
from datetime import date
from decimal import Decimal

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.figures import bench_people_figures as measured
from shanhai.figures import declare, evaluating, grouping, people
from shanhai.figures.compiling import Leaf
from shanhai.figures.engines import DuckEngine, PostgresEngine
from shanhai.figures.grouping import Periods
from shanhai.figures.parquet import SERVER_TYPES
from shanhai.figures.terms import State
from shanhai.figures.tests import strategies, toy
from shanhai.figures.tests.conftest import insert
from shanhai.figures.windows import Window

pytestmark = pytest.mark.slow
SOME = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
FEWER = settings(SOME, max_examples=8)
YEARS = st.lists(st.integers(2020, 2025), unique=True, min_size=1, max_size=3)
NAMES = ["", "n-1", "n-2", "n-3", "n-4", "n-5"]
END = ibis.literal("2022-06-30").cast("date")
KEYS = st.none() | st.sampled_from(NAMES)


def rows(**cells):
    common = {
        "key": st.just(""), "scope_id": st.integers(1, 3), "scheme": st.just("east_west"),
        "owner_side": st.sampled_from(["east", "west"]), "entry": st.integers(1, 99),
        "stage": st.sampled_from(["achieved", "achieved", "achieved", "planned"]),
    }  # fmt: skip
    told = st.lists(st.fixed_dictionaries({**common, **cells}), max_size=14)
    return told.map(lambda listed: [row | {"id": number, "key": f"k-{number}"} for number, row in enumerate(listed)])


def register(**cells):
    """Records with a key each, of which some stand for others."""
    keys = st.tuples(st.integers(1, 3), st.sampled_from(NAMES[1:]))
    standing = st.dictionaries(keys, st.sampled_from(NAMES), min_size=5)
    return standing.map(
        lambda told: [
            {"id": number, "key": key, "scope_id": scope, "stage": "achieved", "canonical_key": other, **cells}
            for number, ((scope, key), other) in enumerate(told.items())
        ]
    )


PEOPLE = st.fixed_dictionaries({
    measured.BENEFIT: rows(
        base_key=st.none(), household_key=KEYS, person_key=KEYS, paid_on=strategies.DAYS, amount_fen=strategies.FEN,
        channel_code=st.sampled_from(list(measured.CHANNELS)),
    ),
    measured.PLACEMENT: rows(
        person_key=KEYS, class_code=st.none(), started_on=strategies.DAYS, ended_on=st.none(),
        monthly_wage_fen=st.none() | st.integers(0, 10**6),
    ),
    measured.ALLOCATION: rows(allocated_on=strategies.DAYS, amount_fen=strategies.FEN),
    measured.PAYMENT: rows(paid_on=strategies.DAYS, amount_fen=strategies.FEN),
    people.PERSON: register(),
    people.HOUSEHOLD: register(),
})  # fmt: skip


@pytest.fixture(scope="module")
def served(postgres):
    """A function that gives PostgreSQL over rows of people which are gone after the block."""

    @contextmanager
    def held(history):
        with postgres.transaction(force_rollback=True):
            for table, listed in history.items():
                columns = ", ".join(f'"{each.name}" {SERVER_TYPES[each.dtype]}' for each in table.columns.values())
                postgres.execute(f'CREATE TABLE "{table.relation}" ({columns})')
                insert(postgres, table, listed)
            yield PostgresEngine(postgres)

    return held


def said(cells):
    return {
        (name, scope, year): (cell.amount, cell.state)
        for name, scopes in cells.items() for scope, years in scopes.items() for year, cell in years.items()
    }  # fmt: skip


def one_by_one(registry, engine, window, years, scopes):
    """The same, each scope and year asked alone."""
    found = {}
    for scope in scopes:
        for year in years:
            alone = Window(end=window.end, start=window.start, scopes=(scope,)).year(year)
            for name, value in evaluating.evaluate(registry, engine, alone, registry=registry).items():
                found[name, scope, year] = (value.amount, value.state)
    return found


@SOME
@given(history=strategies.HISTORIES, window=strategies.WINDOWS, years=YEARS)
def test_toy_figures_of_every_fold_say_what_each_scope_and_year_says_alone(history, window, years):
    engine = DuckEngine.holding(history)
    cells = evaluating.by_scope_and_year(toy.REGISTRY, engine, window, years, registry=toy.REGISTRY)
    scopes = list(cells["toy.arranged"])
    assert said(cells) == one_by_one(toy.REGISTRY, engine, window, years, scopes)


@SOME
@given(history=PEOPLE, window=strategies.WINDOWS, years=YEARS)
def test_figures_of_people_say_what_each_scope_and_year_says_alone(history, window, years):
    engine = DuckEngine.holding(history)
    cells = evaluating.by_scope_and_year(measured.REGISTRY, engine, window, years, registry=measured.REGISTRY)
    scopes = list(cells["planting.paid"])
    assert said(cells) == one_by_one(measured.REGISTRY, engine, window, years, scopes)


@FEWER
@given(history=PEOPLE, window=strategies.WINDOWS, years=YEARS)
def test_postgresql_says_the_same_of_people(served, history, window, years):
    asked = {"window": window, "years": years, "registry": measured.REGISTRY}
    duck = evaluating.by_scope_and_year(measured.REGISTRY, DuckEngine.holding(history), **asked)
    with served(history) as engine:
        assert said(evaluating.by_scope_and_year(measured.REGISTRY, engine, **asked)) == said(duck)


@FEWER
@given(history=strategies.HISTORIES, window=strategies.WINDOWS, years=YEARS)
def test_postgresql_says_the_same_of_toy_figures(holding, history, window, years):
    asked = {"window": window, "years": years, "registry": toy.REGISTRY}
    duck = evaluating.by_scope_and_year(toy.REGISTRY, DuckEngine.holding(history), **asked)
    with holding(history) as engine:
        assert said(evaluating.by_scope_and_year(toy.REGISTRY, engine, **asked)) == said(duck)


def by_hand(history, scope, first, last):
    """The people's figures of one scope from Python rows, from the first to the last day."""

    def listed(table, day, since=first):
        return [
            row for row in history[table]
            if row["scope_id"] == scope and row["stage"] == "achieved" and since <= row[day] <= last
        ]  # fmt: skip

    def named(found, column, table):
        standing = {row["key"]: row["canonical_key"] for row in history[table] if row["scope_id"] == scope}
        return {standing.get(row[column]) or row[column] for row in found if row[column]}

    benefits, ever = listed(measured.BENEFIT, "paid_on"), listed(measured.BENEFIT, "paid_on", date.min)
    placed = listed(measured.PLACEMENT, "started_on")
    before = named(listed(measured.PLACEMENT, "started_on", date.min), "person_key", people.PERSON)
    helped = named(benefits, "person_key", people.PERSON)
    return {
        "planting.people": len(helped),
        "planting.people_so_far": len(named(ever, "person_key", people.PERSON)),
        "planting.households": len(named(benefits, "household_key", people.HOUSEHOLD)),
        "planting.people_also_placed": len(helped & before),
        "labour.people": len(named(placed, "person_key", people.PERSON)),
        "labour.placements": len(placed),
        "planting.rent_times": sum(row["channel_code"] == "rent" for row in benefits),
        "planting.paid": sum(row["amount_fen"] for row in benefits) if benefits else None,
    }


@pytest.mark.parametrize("way", ["duckdb", "postgres"])
@SOME
@given(history=PEOPLE, end=strategies.DAYS, years=YEARS)
def test_people_are_counted_as_a_person_would_count_them(served, way, history, end, years):
    asked = {"window": Window(end=end, scopes=(1, 2, 3)), "years": years, "registry": measured.REGISTRY}
    with served(history) if way == "postgres" else nullcontext(DuckEngine.holding(history)) as engine:
        cells = evaluating.by_scope_and_year(measured.REGISTRY, engine, **asked)
    for year in years:
        if year > end.year:
            assert {cells[name][1][year].state for name in cells} == {State.NOT_YET_DUE}
            continue
        for scope in (1, 2, 3):
            for name, counted in by_hand(history, scope, date(year, 1, 1), min(end, date(year, 12, 31))).items():
                amount = cells[name][scope][year].amount
                assert amount == (counted if name != "planting.paid" or counted is None else Decimal(counted) / 100)


@pytest.mark.parametrize("way", ["duckdb", "postgres"])
def test_records_of_one_person_are_one_in_each_year_and_among_other_rows(served, way):
    row = {"stage": "achieved", "scope_id": 1, "channel_code": "rent", "amount_fen": 100}
    benefits = [row | {"id": at, "person_key": f"n-{at}", "paid_on": date(2023, at, 1)} for at in (1, 2, 3)]
    placed = [row | {"id": 1, "person_key": "n-2", "started_on": date(2022, 1, 1)}]
    same = [row | {"id": 1, "key": "n-2", "canonical_key": "n-1"}]
    history = {table: [] for table in measured.TABLES} | {
        measured.BENEFIT: benefits, measured.PLACEMENT: placed, people.PERSON: same,
    }  # fmt: skip
    asked = {"window": Window(end=date(2024, 6, 30)), "years": [2023], "registry": measured.REGISTRY}
    with served(history) if way == "postgres" else nullcontext(DuckEngine.holding(history)) as engine:
        cells = evaluating.by_scope_and_year(measured.REGISTRY, engine, **asked)
    names = ("planting.people", "planting.people_so_far", "planting.people_also_placed", "planting.rent_times")
    assert [cells[name][1][2023].plain for name in names] == [2, 2, 1, 3]


def test_figures_over_one_table_share_passes():
    leaves = tuple(Leaf(figure, figure.time) for figure in measured.REGISTRY if not figure.how.derived)
    windows = tuple(Window(end=date(2024, 6, 30)).year(year) for year in (2022, 2023, 2024))
    plan = grouping.plan(leaves, Periods.of(windows), False, "duckdb")
    texts = " ".join(query.text for query in plan.queries)
    assert not plan.single
    assert texts.count(measured.BENEFIT.relation) == 3  # what adds up, persons, households
    assert texts.count(measured.PLACEMENT.relation) == 2  # what adds up, persons


def test_years_apart_do_not_count_what_lies_between():
    day = {"stage": "achieved", "scope_id": 7, "amount_fen": 100}
    rows = [day | {"id": year, "key": f"k{year}", "paid_on": date(year, 5, 1)} for year in range(2019, 2025)]
    engine = DuckEngine.holding({table: rows if table is measured.PAYMENT else [] for table in measured.TABLES})
    found = evaluating.by_scope_and_year(
        [measured.REGISTRY["funds.spent"]],
        engine,
        Window(end=date(2024, 6, 30)),
        [2021, 2024],
        registry=measured.REGISTRY,
    )
    assert {year: cell.plain for year, cell in found["funds.spent"][7].items()} == {2021: "3.00", 2024: "6.00"}


def test_a_number_told_apart_leaves_out_what_is_not_stated():
    visit = declare.table("toy.visit", held_on="date", room="int64")
    with declare.collecting(declare.Registry()) as registry:

        @declare.figure(
            "toy.rooms", zh="房间", en="Rooms", unit="project", time="flow", stage="achieved", reads=(visit,),
            how="count_distinct", column="room", on="held_on", rule="房间去重", basis="glossary A1",
        )  # fmt: skip
        def rooms(visit):
            return visit

    told = {"stage": "achieved", "scope_id": 1, "held_on": date(2023, 2, 1)}
    engine = DuckEngine.holding({visit: [told | {"room": room} for room in (None, 7, 7, None)]})
    found = evaluating.by_scope_and_year(registry, engine, Window(end=date(2024, 6, 30)), [2023], registry=registry)
    assert found["toy.rooms"][1][2023].plain == 1


@pytest.mark.parametrize(
    "joined",
    [
        lambda helped, placed: helped.anti_join(placed, declare.refers(helped, "person_key", placed)[:1]),
        lambda helped, placed: helped.semi_join(placed, [helped.scope_id == placed.scope_id]),
        lambda helped, placed: helped.semi_join(placed.filter(placed.ended_on >= END), ["scope_id", "person_key"]),
        lambda helped, placed: helped.filter(helped.person_key > "n-2"),
    ],
)
@SOME
@given(history=PEOPLE, years=YEARS)
def test_joins_of_another_form_stay_as_written_and_say_the_same(joined, history, years):
    with declare.collecting(declare.Registry()) as registry:

        @declare.figure(
            "toy.helped", zh="人数", en="People", unit="person", time="flow", stage="achieved",
            reads=(measured.BENEFIT, measured.PLACEMENT, people.PERSON), how="count_distinct", identity="person_key",
            on="paid_on", rule="一人计一次", basis="glossary A1",
        )  # fmt: skip
        def helped(benefit, placement, person):
            found = people.one_person(benefit, person)
            return joined(found.filter(found.amount_fen != 0), people.one_person(placement, person))

    engine, window = DuckEngine.holding(history), Window(end=date(2023, 8, 1))
    cells = evaluating.by_scope_and_year(registry, engine, window, years, registry=registry)
    assert said(cells) == one_by_one(registry, engine, window, years, list(cells["toy.helped"]))


def test_more_years_than_bits_are_refused():
    windows = tuple(Window(end=date(2090, 12, 31)).year(year) for year in range(2000, 2080))
    with pytest.raises(ValueError, match="fewer"):
        Periods.of(windows)
