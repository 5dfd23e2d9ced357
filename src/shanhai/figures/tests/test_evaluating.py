"""Windows, slices and the five states, told with a handful of rows."""

from datetime import date
from decimal import Decimal

import pytest

from shanhai.figures import declare, evaluating, opening
from shanhai.figures.engines import DuckEngine
from shanhai.figures.terms import State
from shanhai.figures.tests import toy
from shanhai.figures.windows import Window, year_window

AS_OF = date(2024, 6, 30)
SINCE = Window(end=AS_OF)


def record(**told):
    return {"id": 1, "key": "p-1", "scope_id": 1, "stage": "achieved", "entry": 1, **told}


def allocated(day, yuan, **told):
    return record(allocated_on=date.fromisoformat(day), amount_fen=yuan * 100, **told)


@pytest.fixture(scope="module")
def nothing():
    return DuckEngine.holding({table: [] for table in toy.TABLES})


def holding(**rows):
    return DuckEngine.holding({table: rows.get(table.name.partition(".")[2], []) for table in toy.TABLES})


def value(name, engine, window=SINCE, **narrowed):
    figure = toy.REGISTRY[name]
    values = evaluating.evaluate([figure], engine, window, slice=narrowed, registry=toy.REGISTRY)
    return values[name].amount, values[name].state


MONEY = [
    allocated("2021-07-01", 100, project_key="park", field_code="education"),
    allocated("2023-12-31", 10, project_key="park", field_code="health"),
    allocated("2024-01-01", 1, project_key="", field_code=None),
    allocated("2024-07-01", 5000, project_key="school", field_code="education"),
]


@pytest.fixture(scope="module")
def money():
    rows = [row | {"id": number} for number, row in enumerate(MONEY)]
    return holding(allocation=rows)


def test_a_flow_counts_its_first_and_its_last_day(money):
    window = Window(start=date(2023, 12, 31), end=date(2024, 1, 1))
    assert value("toy.arranged", money, window) == (Decimal("11.00"), State.VALUE)


def test_what_happened_after_the_day_asked_is_not_counted(money):
    assert value("toy.arranged", money) == (Decimal("111.00"), State.VALUE)


def test_a_cumulative_counts_from_the_beginning_whatever_the_first_day(money):
    assert value("toy.arranged_education", money, year_window(2023)) == (Decimal("100.00"), State.VALUE)


def test_a_balance_takes_its_flows_from_the_beginning(money):
    assert value("toy.unspent", money, year_window(2024, as_of=AS_OF)) == (Decimal("111.00"), State.VALUE)


def test_another_scope_is_not_counted(money):
    assert value("toy.arranged", money, Window(end=AS_OF, scopes=(2,))) == (None, State.BLANK)


def test_no_scope_at_all_counts_nothing(money):
    assert value("toy.allocations", money, Window(end=AS_OF, scopes=())) == (0, State.VALUE)


def test_an_empty_key_is_no_project(money):
    assert value("toy.funded_projects", money) == (1, State.VALUE)


def test_the_same_key_in_two_scopes_is_two_projects():
    rows = [allocated("2022-01-01", 1, project_key="p", scope_id=scope, id=scope) for scope in (1, 2, 2)]
    assert value("toy.funded_projects", holding(allocation=rows)) == (2, State.VALUE)


def test_a_slice_narrows(money):
    assert value("toy.arranged", money, project="park") == (Decimal("110.00"), State.VALUE)


def test_a_slice_value_with_a_quote_finds_nothing_and_breaks_nothing(money):
    assert value("toy.allocations", money, project="x' OR '1'='1") == (0, State.VALUE)


def test_a_slice_value_that_looks_like_a_mark_is_a_value(money):
    assert value("toy.allocations", money, project=":end0") == (0, State.VALUE)


def test_a_slice_value_with_the_character_nul_is_refused(money):
    with pytest.raises(ValueError, match="NUL"):
        value("toy.arranged", money, project="a\x00b")


def test_a_figure_that_cannot_be_narrowed_so_is_not_applicable(money):
    assert value("toy.first_allocation", money, project="park") == (None, State.NOT_APPLICABLE)


def test_the_cell_not_stated_is_a_cell(money):
    cells = evaluating.by_slice([toy.REGISTRY["toy.arranged"]], money, SINCE, "project", registry=toy.REGISTRY)
    assert {key: cell.plain for key, cell in cells["toy.arranged"].items()} == {"park": "110.00", None: "1.00"}


def test_years_that_have_not_begun_are_not_yet_due_and_empty_years_are_blank(money):
    years = evaluating.by_year(toy.REGISTRY["toy.arranged"], money, range(2021, 2026), SINCE, registry=toy.REGISTRY)
    states = [str(year.state) for year in years.values()]
    assert states == ["value", "blank", "value", "value", "not_yet_due"]
    assert [year.plain for year in years.values()] == ["100.00", None, "10.00", "1.00", None]


def test_no_rows_are_zero_for_a_count_and_blank_for_a_sum(nothing):
    assert value("toy.allocations", nothing) == (0, State.VALUE)
    assert value("toy.arranged", nothing) == (None, State.BLANK)


def test_no_rows_are_zero_for_a_sum_that_says_so(nothing):
    assert value("toy.paid", nothing) == (Decimal("0.00"), State.VALUE)


def test_rows_that_add_up_to_zero_are_a_value():
    engine = holding(allocation=[allocated("2022-01-01", 5), allocated("2022-01-02", -5, id=2)])
    assert value("toy.arranged", engine) == (Decimal("0.00"), State.VALUE)


def test_a_share_of_zero_is_not_applicable():
    engine = holding(allocation=[allocated("2022-01-01", 5), allocated("2022-01-02", -5, id=2)])
    assert value("toy.spending_rate", engine) == (None, State.NOT_APPLICABLE)


def test_a_share_of_what_nobody_recorded_is_blank(nothing):
    assert value("toy.spending_rate", nothing) == (None, State.BLANK)


def test_nothing_spent_of_something_is_zero_per_cent(money):
    assert value("toy.spending_rate", money) == (Decimal("0.0000"), State.VALUE)


def test_a_figure_for_pairings_is_not_applicable_to_a_regions_own_fund():
    engine = holding(attendance=[record(held_on=date(2023, 5, 1), person_id="a", times=3)])
    own = Window(end=AS_OF, kinds=frozenset({"region_fund"}))
    assert value("toy.attendances", engine, own) == (None, State.NOT_APPLICABLE)
    assert value("toy.attendances", engine, Window(end=AS_OF, kinds=frozenset({"pairing"}))) == (3, State.VALUE)


def test_a_yearly_figure_is_not_yet_due_before_the_year_is_over():
    engine = holding(attendance=[record(held_on=date(2024, 5, 1), person_id="a", times=3)])
    assert value("toy.attendances", engine, year_window(2024, as_of=AS_OF)) == (None, State.NOT_YET_DUE)
    assert value("toy.attendances", engine, year_window(2024)) == (3, State.VALUE)


def test_a_few_persons_are_withheld_and_none_is_zero(nothing):
    engine = holding(attendance=[record(held_on=date(2023, 5, 1), person_id="a", times=3)])
    assert value("toy.people", engine) == (None, State.WITHHELD)
    assert value("toy.people", nothing) == (0, State.VALUE)


def test_persons_are_counted_once_and_person_times_every_time():
    attended = [("a", 1), ("a", 2), ("b", 1), ("c", 1)]
    rows = [
        record(id=number, held_on=date(2023, 5, 1), person_id=person, times=times)
        for number, (person, times) in enumerate(attended)
    ]
    engine = holding(attendance=rows)
    assert value("toy.people", engine) == (3, State.VALUE)
    assert value("toy.attendances", engine) == (5, State.VALUE)


def test_the_five_states_are_five_words_on_a_page():
    assert [state.zh for state in State] == ["", "无记录", "不适用", "未到期", "不公开"]


@pytest.mark.parametrize(("first", "last", "years"), [
    ("2021-06-28", "2024-06-01", 3), ("2021-06-01", "2024-05-31", 2), ("1996-01-01", "2021-01-01", 25),
    ("2024-06-30", "2024-06-30", 0),
])  # fmt: skip
def test_whole_years_are_counted_in_months(first, last, years):
    engine = holding(allocation=[allocated(first, 1)])
    assert value("toy.years", engine, Window(end=date.fromisoformat(last))) == (years, State.VALUE)


def test_a_stock_counts_what_stands_on_its_last_day_too():
    rows = [record(started_on=date(2022, 1, 1), ended_on=ended, parent_key="", id=number)
            for number, ended in enumerate([None, AS_OF, date(2024, 6, 29)])]  # fmt: skip
    assert value("toy.under_way", holding(project=rows)) == (2, State.VALUE)


def test_a_plan_is_counted_on_its_own_day_and_not_as_a_result():
    rows = [record(stage="planned", planned_fen=500, approved_on=date(2022, 1, 1), started_on=date(2022, 2, 1))]
    engine = holding(project=rows)
    assert value("toy.planned", engine) == (Decimal("5.00"), State.VALUE)
    assert value("toy.under_way", engine) == (0, State.VALUE)


def test_sums_beyond_the_largest_stored_number_are_exact():
    rows = [record(id=number, allocated_on=date(2022, 1, 1), amount_fen=2**63 - 1) for number in range(3)]
    assert value("toy.arranged", holding(allocation=rows)) == (Decimal(3 * (2**63 - 1)) / 100, State.VALUE)


def test_money_is_told_in_json_as_text_and_counts_as_numbers(money):
    values = evaluating.evaluate(toy.REGISTRY, money, SINCE, registry=toy.REGISTRY)
    told = [values[name].plain for name in ("toy.arranged", "toy.allocations", "toy.first_allocation", "toy.years")]
    assert told == ["111.00", 3, "2021-07-01", 2]


def test_all_figures_over_the_same_rows_are_one_query(money):
    class Counting:
        dialect = "duckdb"
        asked = 0

        def lines(self, asked):
            self.asked += len(asked)
            return money.lines(asked)

    engine = Counting()
    figures = [figure for figure in toy.REGISTRY if figure.reads and figure.base is toy.ALLOCATION]
    evaluating.evaluate(figures, engine, SINCE, registry=toy.REGISTRY)
    assert (len(figures), engine.asked) == (6, 1)


def test_the_windows_of_one_question_are_about_the_same_scopes(money):
    with pytest.raises(ValueError, match="same scopes"):
        evaluating.evaluate_windows(toy.REGISTRY, money, [SINCE, Window(end=AS_OF, scopes=(1,))], registry=toy.REGISTRY)


def test_the_largest_of_readings_is_never_their_sum():
    season = declare.table("toy.season", held_on="date", heads="person~stock", place="string")
    registry = declare.Registry()
    with declare.collecting(registry):
        declare.figure(
            "toy.heads", zh="清点人数", en="Heads", unit="person", time="cumulative", stage="achieved", reads=(season,),
            how="largest", column="heads", on="held_on", rule="最大的一次", basis="glossary A2",
        )(lambda rows: rows)  # fmt: skip
    readings = [
        (1, date(2022, 1, 1), 40),
        (2, date(2023, 1, 1), 70),
        (3, date(2024, 1, 1), 55),
        (4, date(2025, 1, 1), 90),
    ]
    rows = [
        {"id": number, "key": f"H{number}", "scope_id": 1, "stage": "achieved", "entry": number, "held_on": day, "heads": heads}
        for number, day, heads in readings
    ]  # fmt: skip
    opened = opening.open_figure(
        registry["toy.heads"], DuckEngine.holding({season: rows}), Window(end=date(2024, 6, 30)), registry=registry
    )
    assert (opened.value.amount, opened.fold.amount, opened.total_rows) == (70, 70, 3)
    nothing = opening.open_figure(
        registry["toy.heads"], DuckEngine.holding({season: []}), Window(end=date(2024, 6, 30)), registry=registry
    )
    assert nothing.value.state == "blank"
