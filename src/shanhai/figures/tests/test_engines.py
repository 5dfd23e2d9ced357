"""The live engine works inside its reader's transaction and under its reader's row rights."""

from datetime import date
from decimal import Decimal

import pytest
from psycopg import pq

from shanhai.figures import evaluating
from shanhai.figures.engines import PostgresEngine
from shanhai.figures.tests import conftest, toy
from shanhai.figures.windows import Window

pytestmark = pytest.mark.slow
ROWS = [
    {"id": scope, "key": "p-1", "scope_id": scope, "stage": "achieved", "entry": 1, "amount_fen": scope * 100,
     "allocated_on": date(2022, 1, 1)}
    for scope in (1, 2, 3)
]  # fmt: skip


def arranged(connection):
    figure = toy.REGISTRY["toy.arranged"]
    values = evaluating.evaluate(
        [figure], PostgresEngine(connection), Window(end=date(2024, 1, 1)), registry=toy.REGISTRY
    )
    return values["toy.arranged"].amount


def test_a_reader_counts_only_the_rows_the_reader_may_see(postgres):
    with postgres.transaction(force_rollback=True):
        conftest.insert(postgres, toy.ALLOCATION, ROWS)
        postgres.execute("CREATE ROLE figures_reader")
        postgres.execute("GRANT USAGE ON SCHEMA public TO figures_reader")
        postgres.execute("GRANT SELECT ON toy_allocation TO figures_reader")
        postgres.execute("ALTER TABLE toy_allocation ENABLE ROW LEVEL SECURITY")
        postgres.execute("CREATE POLICY mine ON toy_allocation TO figures_reader USING (scope_id = 2)")
        assert arranged(postgres) == Decimal("6.00")
        postgres.execute("SET LOCAL ROLE figures_reader")
        assert arranged(postgres) == Decimal("2.00")


def test_the_engine_leaves_the_transaction_as_it_was(postgres):
    with postgres.transaction(force_rollback=True):
        conftest.insert(postgres, toy.ALLOCATION, ROWS)
        assert arranged(postgres) == Decimal("6.00")
        assert postgres.info.transaction_status is pq.TransactionStatus.INTRANS
    assert arranged(postgres) is None
    postgres.rollback()
