"""Both engines, the opened rows and a computation by hand give the same value of every figure over any history."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.figures import evaluating, folding, opening
from shanhai.figures.engines import DuckEngine
from shanhai.figures.terms import State
from shanhai.figures.tests import strategies, toy

pytestmark = pytest.mark.slow
SOME = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
FEWER = settings(SOME, max_examples=12)


def evaluated(engine, window, **more):
    return evaluating.evaluate(toy.REGISTRY, engine, window, registry=toy.REGISTRY, **more)


def told(values):
    return {name: (value.amount, value.state, value.rows) for name, value in values.items()}


def stated(figure, amount, rows):
    """What a figure says over an amount: empty as declared, few persons withheld, fen as yuan."""
    if amount is None or not rows:
        return (folding.in_unit(0, figure.scale), State.VALUE) if figure.when_empty == "zero" else (None, State.BLANK)
    if isinstance(amount, date):
        return amount, State.VALUE
    if 0 < amount < figure.withhold_below:
        return None, State.WITHHELD
    return folding.in_unit(amount, figure.scale), State.VALUE


@SOME
@given(strategies.HISTORIES, strategies.WINDOWS)
def test_every_counted_figure_is_what_a_person_would_count(history, window):
    values = evaluated(DuckEngine.holding(history), window)
    if window.ahead:
        assert {value.state for value in values.values()} == {State.NOT_YET_DUE}
        return
    for name, (amount, rows) in strategies.by_hand(history, window).items():
        if values[name].state is not State.NOT_YET_DUE:
            expected = stated(toy.REGISTRY[name], amount, rows)
            assert (values[name].amount, values[name].state, values[name].rows) == (*expected, rows), name


@SOME
@given(strategies.HISTORIES, strategies.WINDOWS)
def test_a_ratio_is_divided_from_its_parts_and_a_total_adds_them(history, window):
    values = evaluated(DuckEngine.holding(history), window)
    above, below = values["toy.paid"].amount, values["toy.arranged"].amount
    if above is not None and below:
        assert values["toy.spending_rate"].amount == strategies.percent(above, below)
    unspent = values["toy.unspent"]
    assert unspent.state in {State.VALUE, State.NOT_YET_DUE}
    if unspent.parts:
        arranged, paid = (part.amount or 0 for part in unspent.parts)
        assert unspent.amount == arranged - paid


@SOME
@given(strategies.HISTORIES, strategies.WINDOWS)
def test_the_rows_of_every_figure_fold_to_its_value(history, window):
    engine = DuckEngine.holding(history)
    values = evaluated(engine, window)
    for figure in toy.REGISTRY:
        opened = opening.open_figure(figure, engine, window, registry=toy.REGISTRY)
        assert opened.value == values[figure.name]
        assert (opened.fold.amount, opened.fold.rows) == (opened.value.amount, opened.value.rows)
        if opened.value.state in {State.VALUE, State.BLANK}:
            assert len(opened.rows) == opened.total_rows == opened.value.rows


@FEWER
@given(history=strategies.HISTORIES, window=strategies.WINDOWS)
def test_postgresql_and_duckdb_give_the_same_values(holding, history, window):
    with holding(history) as engine:
        assert told(evaluated(engine, window)) == told(evaluated(DuckEngine.holding(history), window))


@FEWER
@given(history=strategies.HISTORIES, window=strategies.WINDOWS)
def test_postgresql_and_duckdb_open_the_same_rows(holding, history, window):
    duck = DuckEngine.holding(history)
    with holding(history) as engine:
        for figure in toy.REGISTRY:
            one, other = (opening.open_figure(figure, each, window, registry=toy.REGISTRY) for each in (engine, duck))
            assert {row["record"] for row in one.rows} == {row["record"] for row in other.rows}
            assert one.fold == other.fold


@FEWER
@given(history=strategies.HISTORIES, window=strategies.WINDOWS, field=st.sampled_from(["education", "health", "x'y"]))
def test_a_slice_is_the_same_in_both_engines(holding, history, window, field):
    duck = DuckEngine.holding(history)
    with holding(history) as engine:
        narrowed = {"field": field}
        assert told(evaluated(engine, window, slice=narrowed)) == told(evaluated(duck, window, slice=narrowed))


@SOME
@given(strategies.HISTORIES, strategies.WINDOWS)
def test_the_cells_of_a_slice_partition_a_sum(history, window):
    engine = DuckEngine.holding(history)
    figure = toy.REGISTRY["toy.arranged"]
    whole = evaluated(engine, window)["toy.arranged"]
    cells = evaluating.by_slice([figure], engine, window, "project", registry=toy.REGISTRY)["toy.arranged"]
    assert sum(cell.rows for cell in cells.values()) == whole.rows
    assert sum(cell.amount or 0 for cell in cells.values()) == (whole.amount or 0)
    for key, cell in cells.items():
        if key is not None:
            narrowed = evaluated(engine, window, slice={"project": key})["toy.arranged"]
            assert (cell.amount, cell.state, cell.rows) == (narrowed.amount, narrowed.state, narrowed.rows)


@SOME
@given(strategies.HISTORIES, strategies.DAYS)
def test_the_years_of_a_flow_add_up_and_a_cumulative_never_falls(history, day):
    engine = DuckEngine.holding(history)
    window = strategies.Window(end=day)
    years = range(2020, 2026)
    flow = evaluating.by_year(toy.REGISTRY["toy.allocations"], engine, years, window, registry=toy.REGISTRY)
    assert sum(value.amount or 0 for value in flow.values()) == evaluated(engine, window)["toy.allocations"].amount
    reached = evaluating.by_year(toy.REGISTRY["toy.funded_projects"], engine, years, window, registry=toy.REGISTRY)
    amounts = [value.amount for value in reached.values() if value.state is State.VALUE]
    assert amounts == sorted(amounts)
    assert all((value.state is State.NOT_YET_DUE) == (year > day.year) for year, value in reached.items())


@SOME
@given(strategies.HISTORIES, strategies.WINDOWS, st.data())
def test_correcting_one_listed_record_moves_the_figure_by_exactly_that_amount(history, window, data):
    figure = toy.REGISTRY["toy.arranged"]
    before = opening.open_figure(figure, DuckEngine.holding(history), window, registry=toy.REGISTRY)
    if not before.rows:
        return
    listed = data.draw(st.sampled_from([row["record"].partition(":")[2] for row in before.rows]))
    by = data.draw(st.integers(1, 10**6))
    corrected = [
        row | {"amount_fen": row["amount_fen"] + by * (row["key"] == listed)} for row in history[toy.ALLOCATION]
    ]
    if any(row["key"] == listed and row["amount_fen"] == 0 for row in corrected):
        return
    after = evaluated(DuckEngine.holding(history | {toy.ALLOCATION: corrected}), window)["toy.arranged"]
    assert after.amount - before.value.amount == folding.in_unit(by, 100)
