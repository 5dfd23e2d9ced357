"""What is refused when it is declared, each kind with its sentence."""

from contextlib import nullcontext

import pytest

from shanhai.base import units
from shanhai.figures import declare, rules
from shanhai.figures.tests import toy

TOLD = {"zh": "安排", "en": "Arranged", "rule": "金额之和", "basis": "glossary A3"}
LEDGER = declare.table(
    "toy.ledger", booked_on="date", told_on="date@planned", amount_fen="fen", budget_fen="fen@planned",
    standing_fen="fen~stock", reached_fen="fen~cumulative", heads="person", attendances="person_time",
    homes="household", area_mu2="mu2", share="permyriad", number="int64", person_id="string", name="string",
)  # fmt: skip
SUM = {"unit": "CNY", "time": "flow", "stage": "achieved", "how": "sum", "column": "amount_fen", "on": "booked_on"}
COUNT = {"unit": "project", "time": "flow", "stage": "achieved", "how": "count", "on": "booked_on"}
DISTINCT = {**COUNT, "how": "count_distinct"}
ADDED_STANDS = {"unit": "CNY", "time": "cumulative"}


def declared(**told):
    """Declare a figure over the ledger in a registry of its own."""
    with declare.collecting(declare.Registry()):
        return declare.figure("toy.figure", **{**TOLD, "reads": (LEDGER,), **told})(lambda ledger: ledger)


def derived(how, **told):
    """Declare a derived figure over the toy figures."""
    with declare.collecting(declare.Registry(toy.REGISTRY)):
        return getattr(declare, how)("toy.derived", **{**TOLD, "stage": "achieved", **told})


def test_a_sound_sum_is_declared():
    found = declared(**SUM)
    assert (found.unit, found.area, found.scale) == (units.unit("CNY"), "toy", 100)


def test_a_sound_count_of_persons_is_declared():
    assert (
        declared(**{**COUNT, "unit": "person", "how": "count_distinct", "identity": "person_id"}).folded == "person_id"
    )


def test_calendar_years_are_counted_by_their_number_and_readings_have_a_largest():
    season = declare.table("toy.season", held_on="date", season_year="int64", heads="person~stock")
    with declare.collecting(declare.Registry()):
        rest = {**TOLD, "reads": (season,), "time": "cumulative", "stage": "achieved", "on": "held_on"}
        years = declare.figure("toy.years", **rest, unit="year", how="count_distinct", column="season_year")
        heads = declare.figure("toy.heads", **rest, unit="person", how="largest", column="heads")
        assert years(lambda rows: rows).folded == "season_year"
        assert heads(lambda rows: rows).how.value == "largest"


REFUSED = [
    ("no counting rule", {**SUM, "rule": ""}, "rule"),
    ("no official basis", {**SUM, "basis": ""}, "basis"),
    ("no Chinese name", {**SUM, "zh": ""}, "zh"),
    ("no English name", {**SUM, "en": ""}, "en"),
    ("a sum of area told as money", {**SUM, "column": "area_mu2"}, "unlike units"),
    ("a sum of money told as area", {**SUM, "unit": "mu"}, "unlike units"),
    ("a sum of a column without unit", {**SUM, "column": "number"}, "no unit"),
    ("a sum of person-times told as persons", {**SUM, "column": "attendances", "unit": "person"}, "unlike units"),
    ("a sum of heads", {**SUM, "column": "heads", "unit": "person"}, "identity"),
    ("a sum of households", {**SUM, "column": "homes", "unit": "household"}, "identity"),
    ("a sum of percentages", {**SUM, "column": "share", "unit": "percent"}, "ratios are not added"),
    ("a sum of days", {**SUM, "column": "booked_on", "unit": "date"}, "days are not added"),
    ("a sum without column", {**SUM, "column": ""}, "column"),
    ("a sum of an unknown column", {**SUM, "column": "amount"}, "no column"),
    ("stocks summed over time", {**SUM, "column": "standing_fen"}, "stock reading"),
    ("cumulatives summed over time", {**SUM, "column": "reached_fen"}, "cumulative reading"),
    ("the largest of what can be added", {**SUM, "how": "largest"}, "no reading"),
    ("the largest reading of no column", {**SUM, "how": "largest", "column": ""}, "the column it reads"),
    ("the largest so far as a stock", {**SUM, "how": "largest", "column": "standing_fen", "time": "stock"}, "not what stands"),
    ("years told apart by any number", {**DISTINCT, "unit": "year", "column": "number"}, "measured, not counted"),
    ("a balance as a flow", {**SUM, "how": "balance"}, "time is stock"),
    ("a common value of days", {**COUNT, "how": "common", "unit": "date", "column": "booked_on"}, "are counted"),
    ("a common value of nothing", {**COUNT, "how": "common", "unit": "percent"}, "column that holds it"),
    ("a common value in another unit", {**COUNT, "how": "common", "unit": "percent", "column": "amount_fen"}, "unlike units"),
    ("an averaged ratio", {**SUM, "how": "mean", "column": "share", "unit": "percent"}, "divided anew"),
    ("an average", {**SUM, "how": "avg"}, "divided anew"),
    ("a ratio with rows of its own", {**SUM, "how": "ratio"}, "declare.ratio"),
    ("a counted figure whose time is ratio", {**SUM, "time": "ratio"}, "declare.ratio"),
    ("a plan summed as a result", {**SUM, "column": "budget_fen"}, "never mixed"),
    ("a planned sum on an achieved day", {**SUM, "column": "budget_fen", "on": "told_on"}, "never mixed"),
    ("persons counted by rows", {**COUNT, "unit": "person"}, "identity"),
    ("households counted by rows", {**COUNT, "unit": "household"}, "identity"),
    ("distinct persons without identity", {**DISTINCT, "unit": "person", "column": "name"}, "identity"),
    ("distinct person-times", {**DISTINCT, "unit": "person_time", "column": "name"}, "every attendance"),
    ("money counted", {**COUNT, "unit": "CNY"}, "not measured"),
    ("a distinct count of amounts", {**COUNT, "how": "count_distinct", "column": "amount_fen"}, "names"),
    ("a distinct count of nothing", {**COUNT, "how": "count_distinct"}, "tells the things apart"),
    ("no day of the event", {**COUNT, "on": ""}, "as of a day"),
    ("an event on a column without days", {**COUNT, "on": "name"}, "holds no days"),
    ("a flow that ends", {**COUNT, "until": "booked_on"}, "ends a stock"),
    ("a first day in another unit", {**COUNT, "how": "min_date", "column": "booked_on", "on": ""}, "unit date"),
    ("a first day of an amount", {**COUNT, "how": "min_date", "column": "amount_fen", "unit": "date"}, "days"),
    ("an unknown unit", {**SUM, "unit": "renminbi"}, "renminbi"),
    ("an unknown stage", {**SUM, "stage": "hoped"}, "hoped"),
    ("an unknown fold", {**SUM, "how": "guess"}, "guess"),
    ("a slice by an unknown column", {**SUM, "slices": {"field": "field_code"}}, "no column"),
    ("a withheld sum of money", {**SUM, "withhold_below": 3}, "persons and households"),
    ("a word nobody knows", {**SUM, "colour": "red"}, "colour"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "sentence"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_figure_is_refused_with(told, sentence):
    with pytest.raises(declare.DeclarationError, match=sentence):
        declared(**told)


RATIO = {"unit": "percent", "numerator": "toy.paid", "denominator": "toy.arranged"}
TOTAL = {"unit": "CNY", "time": "flow", "of": ("toy.paid", "toy.arranged")}
REFUSED_DERIVED = [
    ("a ratio without denominator", "ratio", {**RATIO, "denominator": ""}, "numerator and its denominator"),
    ("a ratio without numerator", "ratio", {**RATIO, "numerator": ""}, "numerator and its denominator"),
    ("a share of unlike units", "ratio", {**RATIO, "denominator": "toy.area"}, "no share"),
    ("persons as a share of person-times", "ratio",
     {**RATIO, "numerator": "toy.people", "denominator": "toy.attendances"}, "no share"),
    ("a result against a plan without saying so", "ratio", {**RATIO, "denominator": "toy.planned"}, "against"),
    ("a ratio of ratios", "ratio", {**RATIO, "numerator": "toy.spending_rate"}, "two amounts"),
    ("a ratio of days", "ratio", {**RATIO, "numerator": "toy.first_allocation"}, "two amounts"),
    ("a ratio per yuan", "ratio", {**RATIO, "unit": "mu", "numerator": "toy.area"}, "per thing counted"),
    ("a part nobody declared", "ratio", {**RATIO, "numerator": "toy.nothing"}, "not declared"),
    ("a total of unlike units", "total", {**TOTAL, "of": ("toy.paid", "toy.area")}, "unlike units"),
    ("persons added to person-times", "total",
     {**TOTAL, "unit": "person_time", "of": ("toy.attendances", "toy.people")}, "unlike units"),
    ("persons added to persons", "total",
     {**TOTAL, "unit": "person", "time": "cumulative", "of": ("toy.people",), "minus": ("toy.people",)}, "once"),
    ("distinct counts added", "total",
     {**TOTAL, "unit": "project", "time": "stock", "of": ("toy.under_way", "toy.funded_projects")}, "something twice"),
    ("a plan added to a result", "total", {**ADDED_STANDS, "of": ("toy.planned", "toy.arranged_education")}, "mixed"),
    ("a cumulative summed as a flow", "total", {**TOTAL, "of": ("toy.paid", "toy.arranged_education")}, "every day"),
    ("ratios added", "total",
     {**TOTAL, "unit": "percent", "of": ("toy.spending_rate", "toy.arranged_of_plan")}, "averaging"),
    ("a total of one", "total", {**TOTAL, "of": ("toy.paid",)}, "at least two"),
    ("a total of nothing", "total", {**TOTAL, "of": ()}, "names no figure"),
    ("a span between amounts", "span_years", {"unit": "year", "begins": "toy.paid"}, "no day"),
    ("a span in days", "span_years", {"unit": "day", "begins": "toy.first_allocation"}, "whole years"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("how", "told", "sentence"), [case[1:] for case in REFUSED_DERIVED], ids=[case[0] for case in REFUSED_DERIVED]
)
def test_a_derived_figure_is_refused_with(how, told, sentence):
    with pytest.raises(declare.DeclarationError, match=sentence):
        derived(how, **told)


def test_a_result_may_be_held_against_a_plan_where_it_says_so():
    found = derived(
        "ratio", **{**RATIO, "numerator": "toy.arranged_education", "denominator": "toy.planned", "against": "planned"}
    )
    assert found.parts == ("toy.arranged_education", "toy.planned")


def test_a_name_is_declared_once():
    with declare.collecting(declare.Registry(toy.REGISTRY)), pytest.raises(declare.DeclarationError, match="twice"):
        declare.figure("toy.paid", **{**TOLD, **SUM, "reads": (LEDGER,)})(lambda ledger: ledger)


@pytest.mark.parametrize("name", ["arranged", "Toy.arranged", "toy.arranged.more", "toy."])
def test_a_name_is_an_area_and_a_noun(name):
    with pytest.raises(declare.DeclarationError, match=r"area\.noun"):
        declare.figure(name, **{**TOLD, **SUM, "reads": (LEDGER,)})(lambda ledger: ledger)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(lambda ledger: ledger.select("key", "amount_fen"), id="columns dropped"),
        pytest.param(
            lambda ledger: ledger.group_by("name").aggregate(amount_fen=ledger.amount_fen.sum()), id="grouped"
        ),
        pytest.param(lambda ledger: ledger.amount_fen.sum(), id="no table"),
    ],
)
def test_rows_must_stay_records(rows):
    with declare.collecting(declare.Registry()), pytest.raises(declare.DeclarationError, match="rows"):
        declare.figure("toy.figure", **{**TOLD, **SUM, "reads": (LEDGER,)})(rows)


def test_a_part_in_another_area_is_held_to_it_once_all_are_loaded():
    registry = declare.Registry(toy.REGISTRY)
    with declare.collecting(registry):
        declare.ratio("other.rate", **{**TOLD, **RATIO, "stage": "achieved", "denominator": "third.amount"})
        with pytest.raises(declare.DeclarationError, match=r"third\.amount"):
            declare.complete()


@pytest.mark.parametrize(("joined", "refused"), [
    (lambda payment, project: [payment.project_key == project.key], True),
    (lambda payment, project: declare.refers(payment, "project_key", project), False),
    (lambda payment, project: [payment.payee_code == project.class_code], False),
], ids=["by key alone", "by key and scope", "by a code"])  # fmt: skip
def test_a_join_by_key_stays_inside_the_scope(joined, refused):
    _joined(joined, "project_key alone" if refused else "")


@pytest.mark.parametrize(("condition", "refused"), [
    (lambda payment, project: project.started_on <= payment.paid_on, False),
    (lambda payment, project: project.started_on.coalesce(payment.paid_on) <= payment.paid_on, True),
    (lambda payment, project: project.started_on.isnull() | (project.started_on <= payment.paid_on), True),
], ids=["one table a side", "both on one side", "no comparison"])  # fmt: skip
def test_a_condition_of_a_join_looks_at_one_table_on_each_side(condition, refused):
    def conditions(payment, project):
        return [*declare.refers(payment, "project_key", project), condition(payment, project)]

    _joined(conditions, "all pairs of rows" if refused else "")


def _joined(joined, refused):
    with declare.collecting(declare.Registry()):
        told = {**TOLD, **COUNT, "on": "paid_on", "unit": "document", "reads": (toy.PAYMENT, toy.PROJECT)}
        expected = pytest.raises(declare.DeclarationError, match=refused) if refused else nullcontext()
        with expected:
            declare.figure("toy.joined", **told)(
                lambda payment, project: payment.semi_join(project, joined(payment, project))
            )


def test_a_figure_derived_from_itself_is_refused():
    told = {**TOLD, **TOTAL, "stage": "achieved"}
    with declare.collecting(declare.Registry(toy.REGISTRY)):
        declare.total("one.total", **{**told, "of": ("two.total", "toy.paid")})
        declare.total("two.total", **{**told, "of": ("one.total", "toy.paid")})
        with pytest.raises(declare.DeclarationError, match="from itself"):
            declare.complete()


def test_a_table_with_stage_codes_of_its_own_counts_only_those_of_the_figures_stage():
    table = declare.table("toy.coded", stage={"library": "planned", "done": "achieved"}, seen_on="date")
    with declare.collecting(declare.Registry()), pytest.raises(declare.DeclarationError, match="no stage code"):
        declare.figure("toy.figure", **{**TOLD, **COUNT, "on": "seen_on", "stage": "signed", "reads": (table,)})(
            lambda rows: rows
        )


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"amount": "money"}, "no column type"),
        ({"amount": "fen@hoped"}, "no column type"),
        ({"amount": "fen~monthly"}, "no column type"),
        ({"key": "string"}, "every record"),
        ({"stage": "hoped"}, "stages are"),
    ],
)
def test_a_table_is_refused_with(told, sentence):
    with pytest.raises(declare.DeclarationError, match=sentence):
        declare.table("toy.refused", **told)


def test_the_rules_know_every_fold_of_rows():
    folds = {how for how in rules.How if not how.derived}
    assert rules._FOLDS.keys() == folds
