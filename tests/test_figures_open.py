"""Every figure opens: its rows carry record and journal entry, fold to its value, and move it when one is corrected."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import psycopg
import pytest

from shanhai.asking import values
from shanhai.asking.scopes import by_code
from shanhai.base.dates import PartialDate, whole_years
from shanhai.figures import declare
from shanhai.figures.opening import Page, open_name
from shanhai.figures.terms import How, State
from shanhai.intake.declare import SHEETS
from shanhai.journal.models import Entry
from shanhai.loading.executing import Order, load
from shanhai.loading.lookups import model_of
from shanhai.loading.tests.programme import PAIRING, programme, write

pytestmark = pytest.mark.slow

#: The areas whose records the small programme holds; the others are opened over the example below.
AREAS = ("agreements", "projects", "funds")
FIGURES = {figure.name: figure for figure in declare.registry() if figure.area in AREAS}
CLOSED = date(2023, 12, 31)
SUMS = sorted(name for name, figure in FIGURES.items() if figure.how in (How.SUM, How.BALANCE))
#: Nothing that old came back in the small programme; the area's own examples hold the figure.
WITHOUT_ROWS = {"funds.refunded_over_two_years"}
TOTALS = sorted(name for name, figure in FIGURES.items() if figure.how is How.TOTAL)


@pytest.fixture
def asked(programme_loaded):
    """The pairing of the small programme, for somebody who sees all of it."""
    programme_loaded.sign_in("operator", reach="all")
    return by_code(PAIRING)


def opened(asked, name, *, year=None, as_of=CLOSED, page=None):
    return values.opened(asked, name, values.window_of(asked, as_of=as_of, year=year), page=page)


def folded(name, rows):
    """The rows folded again by a few lines that know only what the figure declares."""
    figure = FIGURES[name]
    if figure.how.derived:
        parts = defaultdict(list)
        for row in rows:
            parts[row["part"]].append(row)
        return _derived(figure, lambda part: folded(part, parts[part]))
    match figure.how:
        case How.COUNT:
            return len(rows)
        case How.COUNT_DISTINCT:
            return len({row[figure.folded] for row in rows})
        case How.SUM | How.BALANCE:
            return sum(row[figure.column.removesuffix("_fen")] for row in rows)
        case How.MIN_DATE:
            return min(row[figure.column] for row in rows)
    assert figure.how is How.MAX_DATE
    return max(row[figure.column] for row in rows)


def _derived(figure, part):
    match figure.how:
        case How.TOTAL:
            return sum(map(part, figure.of)) - sum(map(part, figure.minus))
        case How.RATIO:
            return Decimal(100) * part(figure.numerator) / part(figure.denominator)
    assert figure.how is How.SPAN_YEARS
    return whole_years(_month(part(figure.begins)), _month(part(figure.ends) if figure.ends else CLOSED))


def _month(day):
    return PartialDate(day.year, day.month)


def test_the_programme_moves_every_figure(asked):
    found = values.values(asked, values.window_of(asked, as_of=CLOSED))
    assert found.keys() >= FIGURES.keys()
    assert [name for name in FIGURES if found[name].state is not State.VALUE] == []


@pytest.mark.parametrize("name", FIGURES)
def test_the_rows_behind_it_fold_to_its_value(asked, name):
    found = opened(asked, name)
    assert found.value.state is State.VALUE
    assert (found.fold.amount, found.total_rows) == (found.value.amount, len(found.rows))
    again = folded(name, found.rows)
    if FIGURES[name].how is How.RATIO:
        assert abs(again - found.value.amount) < Decimal("0.01")
    else:
        assert again == found.value.amount


@pytest.mark.parametrize("name", FIGURES)
def test_every_row_names_its_record_and_the_entry_that_wrote_it(asked, name):
    for row in opened(asked, name).rows:
        record_type, _, key = row["record"].partition(":")
        record = model_of(record_type)._default_manager.get(key=key)
        entry = Entry.objects.get(seq=row["journal"])
        assert (entry.record_type, entry.record_key, record.entry) == (record_type, key, entry.seq)


@pytest.mark.parametrize("name", FIGURES)
def test_a_page_of_it_has_the_same_value(asked, name):
    whole, first = opened(asked, name), opened(asked, name, page=Page(0, 1))
    assert (first.value.amount, first.fold.amount, first.total_rows) == (
        whole.value.amount,
        whole.fold.amount,
        whole.total_rows,
    )
    assert first.rows == whole.rows[:1]


@pytest.mark.parametrize(
    "name", [name for name, figure in FIGURES.items() if figure.slices and figure.how in (How.SUM, How.COUNT)]
)
def test_its_slices_add_up_to_it(asked, name):
    whole = opened(asked, name)
    for label, column in FIGURES[name].slices.items():
        keys = {row[column] for row in whole.rows if row.get(column)}
        parts = [opened(asked, open_name(name, {label: key})) for key in keys]
        rest = [row for row in whole.rows if not row.get(column)]
        assert sum(part.total_rows for part in parts) + len(rest) == whole.total_rows
        if FIGURES[name].how is How.SUM:
            left = folded(name, rest) or 0
            assert sum(part.value.amount for part in parts) + left == whole.value.amount


#: Figures recomputed by SQL written by hand, which knows nothing of the declarations; %(p)s is the pairing's code.
BY_HAND = {
    "funds.issued": "SELECT sum(i.amount_fen) / 100.0 FROM funds_issue i JOIN reference_scope s ON s.id = i.scope_id WHERE s.code = %(p)s",
    "funds.arranged": "SELECT sum(amount_fen) / 100.0 FROM funds_allocation WHERE key LIKE %(p)s || '/%%'",
    "funds.arranged[field=health]": "SELECT sum(amount_fen) / 100.0 FROM funds_allocation WHERE key LIKE %(p)s || '/%%' AND field_code = 'health'",
    "funds.transferred": "SELECT sum(amount_fen) / 100.0 FROM funds_release WHERE project_key = '' AND key LIKE %(p)s || '/%%'",
    "funds.in_transit": """
        SELECT (SELECT sum(amount_fen) FROM funds_release WHERE kind_code = 'transfer') / 100.0
             - (SELECT sum(amount_fen) FROM funds_receipt) / 100.0""",
    "funds.spending_rate": """
        SELECT round(100.0 * (SELECT sum(amount_fen) FROM funds_payment) / (SELECT sum(amount_fen) FROM funds_issue), 2)""",
    "funds.balance": """
        SELECT sum(b.amount_fen) / 100.0 FROM funds_balance b JOIN reference_scope s ON s.id = b.scope_id
        WHERE s.code = %(p)s AND (b.account LIKE 'allocated/%%' OR b.account LIKE 'released/%%')""",
    "funds.idle_over_two_years": """
        SELECT (SELECT sum(a.amount_fen) FROM funds_allocation a JOIN funds_source s ON s.key = a.source_key WHERE s.budget_year <= 2020) / 100.0
             - (SELECT sum(p.amount_fen) FROM funds_payment p JOIN funds_source s ON s.key = p.source_key WHERE s.budget_year <= 2020) / 100.0""",
    "projects.started": """
        SELECT count(*) FROM projects_project p WHERE p.parent_key = ''
        AND EXISTS (SELECT 1 FROM projects_milestone m WHERE m.project_key = p.key AND m.step_code = 'started')""",
    "projects.accepted": """
        SELECT count(DISTINCT project_key) FROM projects_milestone WHERE step_code = 'accepted'""",
    "projects.assets_value": "SELECT sum((after::jsonb ->> 'value_fen')::bigint) / 100.0 FROM journal_entry WHERE record_type = 'projects.asset'",
    "agreements.visit_person_times": "SELECT sum(person_time_count) FROM agreements_visit",
    "agreements.team_members_on_duty": "SELECT count(DISTINCT person_key) FROM agreements_teammember WHERE last_on IS NULL",
    "agreements.pairing_began": "SELECT min(first_on) FROM reference_pairing WHERE level = 'county'",
    "agreements.years_before_new_round": """
        SELECT extract(year FROM age(max(first_on) FILTER (WHERE round_no = 2), min(first_on) FILTER (WHERE round_no = 1)))::int
        FROM reference_pairing WHERE level = 'province'""",
}  # fmt: skip


@pytest.mark.parametrize("name", BY_HAND)
def test_sql_written_by_hand_gives_the_same(asked, programme_loaded, name):
    with psycopg.connect(programme_loaded.urls.admin) as admin:
        (byhand,) = admin.execute(BY_HAND[name], {"p": PAIRING}).fetchone()
    amount = opened(asked, name).value.amount
    if FIGURES[name.partition("[")[0]].how is How.RATIO:
        amount = round(amount, 2)
    assert amount == byhand


@pytest.mark.parametrize("name", ["funds.arranged", "funds.paid_out", "agreements.visits", "agreements.meetings_held"])
def test_the_years_of_a_flow_add_up_to_it(asked, name):
    whole = values.value(asked, name, values.window_of(asked, as_of=CLOSED)).amount
    years = values.by_year(asked, name, as_of=CLOSED)
    assert sum(value.amount or 0 for value in years.values()) == whole


def test_every_figure_of_the_example_opens_to_the_value_it_has(example_loaded):
    """Of all areas: a page of rows, and the value folded again from all rows; a difference stops the opening."""
    example_loaded.sign_in("operator", reach="all")
    asked = by_code(PAIRING)
    window = values.window_of(asked, as_of=date(2024, 6, 30))
    held = 0
    for figure in declare.registry():
        found = values.opened(asked, figure.name, window, page=Page(0, 5))
        assert (found.fold.amount, found.total_rows) == (found.value.amount, found.value.rows), figure.name
        held += found.value.state is State.VALUE and found.total_rows > 0
    assert held > 100


def _listed(row):
    """The row of the programme's workbook behind a listed record."""
    record_type, _, key = row["record"].partition(":")
    sheet = SHEETS[record_type]
    local = key.removeprefix(f"{PAIRING}/")
    return record_type, next(
        each
        for each in programme()[record_type]
        if sheet.key_separator.join(str(each[part]) for part in sheet.key) == local
    )


def _corrected(office, record_type, row, tmp_path):
    path = write(tmp_path / "更正.xlsx", {record_type: [row]})
    outcome = load(
        Order([(path.name, path)], correct="试验"),
        actor=office.sign_in("operator", reach="all"),
        today=date(2024, 7, 1),
    )
    assert outcome.saved, [str(finding) for finding in outcome.findings]
    return {movement.figure: movement for movement in outcome.movements if movement.scope == PAIRING}


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("name", SUMS)
def test_one_record_corrected_moves_it_by_exactly_that_amount(asked, programme_loaded, tmp_path, name, place):
    before = opened(asked, name)
    if name in WITHOUT_ROWS:
        assert before.rows == ()
        return
    record_type, row = _listed(before.rows[0 if place == "first" else -1])
    column = FIGURES[name].column
    moved = _corrected(programme_loaded, record_type, row | {column: row[column] - 1}, tmp_path)
    step = Decimal("-0.01") if column.endswith("_fen") else -1
    after = opened(asked, name)
    assert after.value.amount - before.value.amount == step
    assert after.total_rows == before.total_rows
    assert after.fold.amount == after.value.amount
    for total in TOTALS:
        weight = (name in FIGURES[total].of) - (name in FIGURES[total].minus)
        if weight and total in moved:
            assert moved[total].after.amount - moved[total].before.amount == weight * step
    changed = [row for row in after.rows if row not in before.rows]
    assert len(changed) == 1
    assert changed[0]["journal"] > max(row["journal"] for row in before.rows)


@pytest.mark.parametrize(("name", "column"), [
    ("agreements.visits", "started_on"), ("agreements.meetings_held", "held_on"), ("projects.contract_sum", "signed_on"),
])  # fmt: skip
def test_a_record_whose_day_is_corrected_leaves_its_year(asked, programme_loaded, tmp_path, name, column):
    before = opened(asked, name, year=2022)
    record_type, row = _listed(before.rows[0])
    _corrected(programme_loaded, record_type, row | {column: date(2021, 12, 31)}, tmp_path)
    after, earlier = opened(asked, name, year=2022), opened(asked, name, year=2021)
    assert after.total_rows == before.total_rows - 1
    assert earlier.total_rows == 1


def test_what_had_not_happened_by_a_day_is_not_in_it(asked):
    assert opened(asked, "funds.arranged", as_of=date(2022, 2, 1)).value.amount == Decimal("150000.00")
    assert opened(asked, "funds.arranged", as_of=date(2022, 2, 2)).value.amount == Decimal("330000.50")


def test_somebody_of_another_pairing_opens_nothing(programme_loaded, asked):
    programme_loaded.sign_in("auditor", scope="330282-513324")
    window = values.window_of(asked, as_of=CLOSED)
    assert values.opened(asked, "funds.arranged", window).rows == ()
    assert values.value(asked, "funds.arranged", window).amount is None
