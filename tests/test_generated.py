"""Figures on generated programmes equal the generator's true totals, on both engines, for random seeds.

The programmes hold people in two records (some decided to be one, some not), people with several jobs, courses and
channels, payments and weights put right by a correction, prices revised, and statements that put others right.
"""

from collections import Counter
from datetime import date

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanhai.access.sessions import actor_of_session
from shanhai.areas.orders import checks, queries
from shanhai.areas.orders.models import PurchaseAgreement, Settlement
from shanhai.cli.generating.world import FIRST_YEAR, Size
from shanhai.cli.generating.writing import write
from shanhai.figures import declare, evaluating, parquet
from shanhai.figures.engines import DuckEngine, PostgresEngine
from shanhai.figures.windows import Window
from shanhai.journal.models import Entry
from shanhai.reference.models import Scope

pytestmark = pytest.mark.slow


@pytest.fixture
def generated(office, acting):
    """Write programmes of a size as the operator; what was written is taken back at the end of the block."""
    acting("operator", side="any", reach="all")

    def made(size):
        actor = actor_of_session()
        assert actor
        return write(size, author=actor.author)

    return made


def _stored(value):
    """The amount in whole stored numbers: fen for money."""
    scale = value.figure.scale
    return 0 if value.amount is None else int(value.amount * scale)


def _tables(figures):
    return list({table.relation: table for figure in figures for table in figure.reads}.values())


def _compared(written, size, folder):
    """Every true total against both engines, over all records and in each year; answers how many were compared."""
    registry = declare.registry()
    names = sorted({name for truth in written.truths.values() for name in truth.answers})
    figures = [registry[name] for name in names]
    live = PostgresEngine(connection.connection)
    tables = _tables(figures)
    parquet.export(connection.connection, tables, folder)
    engines = {"postgres": live, "duckdb": DuckEngine.over(folder, tables)}
    scopes = dict(Scope.objects.filter(code__in=written.truths).values_list("code", "id"))
    windows = [
        (None, size.last_on),
        *((date(FIRST_YEAR + n, 1, 1), date(FIRST_YEAR + n, 12, 31)) for n in range(size.years)),
    ]
    compared = 0
    for code, truth in written.truths.items():
        asked = [Window(end=end, start=start, scopes=(scopes[code],)) for start, end in windows]
        for engine_name, engine in engines.items():
            told = evaluating.evaluate_windows(figures, engine, asked)
            for (start, end), values in zip(windows, told, strict=True):
                for name in names:
                    wanted = truth.of(name, start if values[name].figure.time == "flow" else None, end)
                    assert (_stored(values[name]), engine_name, name, start) == (wanted, engine_name, name, start)
                    compared += 1
    return compared


@given(seed=st.integers(0, 2**32 - 1), people=st.integers(40, 400), pairings=st.integers(1, 2), years=st.integers(1, 4))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_figures_equal_the_true_totals(generated, tmp_path_factory, seed, people, pairings, years):
    size = Size(pairings, years, people, seed)
    with transaction.atomic():
        written = generated(size)
        assert _compared(written, size, tmp_path_factory.mktemp("parquet")) >= 40
        transaction.set_rollback(True)


def test_the_same_seed_gives_the_same_programme_and_another_seed_another(generated):
    def totals(seed):
        with transaction.atomic():
            written = generated(Size(1, 2, 200, seed))
            told = {
                name: truth.of(name, None, date(2022, 12, 31))
                for truth in written.truths.values()
                for name in truth.answers
            }
            transaction.set_rollback(True)
        return told

    assert totals(7) == totals(7)
    assert totals(7) != totals(8)


def test_what_is_generated_is_journalled_and_its_people_are_sealed(generated):
    with transaction.atomic():
        written = generated(Size(1, 1, 100, 3))
        scope = Scope.objects.get(code=next(iter(written.truths)))
        entries = Entry.objects.filter(scope_id=scope.pk)
        corrected = Counter(entries.filter(before__isnull=False).values_list("record_type", flat=True))
        assert entries.count() == sum(written.records.values()) + corrected.total()
        assert set(corrected) == {"planting.benefitpayment", "orders.delivery"}
        assert "合成00000" not in str(list(entries.values_list("after", flat=True)))
        transaction.set_rollback(True)


def test_every_statement_is_what_an_office_would_reckon(generated):
    """The generator works the rule out by itself; here both are held against each other, statement by statement."""
    with transaction.atomic():
        written = generated(Size(1, 2, 400, 11))
        scope = Scope.objects.get(code=next(iter(written.truths))).pk
        terms = {one.key: queries.terms_of(one) for one in PurchaseAgreement.objects.filter(scope_id=scope)}
        (points,) = queries.points_of(scope, {f"{next(iter(written.truths))}/JG-0000001"}).values()
        seen = Counter()
        for one in Settlement.objects.filter(scope_id=scope):
            weighed = checks.Weighed(one.delivered_on, one.weight_kg2, one.grade_code)
            wanted = checks.reckon(terms[one.agreement_key], points, weighed, one.settled_on)
            told = checks.Reckoned(
                one.week_on, one.revision, one.reference_fen, one.premium_permyriad, one.grade_permyriad,
                one.bound_code, one.price_fen, one.due_fen,
            )  # fmt: skip
            assert told == wanted, one.key
            seen.update(
                {one.bound_code, one.grade_code, f"revision {one.revision}", f"corrects {one.corrects_key != ''}"}
            )
        assert set(seen) == {
            "none", "floor", "ceiling", "first", "second", "third", "revision 0", "revision 1", "corrects False", "corrects True",
        }  # fmt: skip
        transaction.set_rollback(True)


def test_every_code_that_is_generated_is_one_the_record_knows(generated):
    """What is written past the sheets must still be what a sheet would take."""
    with transaction.atomic():
        written = generated(Size(1, 1, 100, 5))
        for record_type in written.records:
            model = apps.get_model(record_type)
            for field in model._meta.concrete_fields:
                if field.choices:
                    known = {code for code, _ in field.flatchoices} | ({""} if field.blank else set())
                    found = set(model._default_manager.values_list(field.column, flat=True))
                    assert found <= known, (record_type, field.column, found - known)
        transaction.set_rollback(True)
