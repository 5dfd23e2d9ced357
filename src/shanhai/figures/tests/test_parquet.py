"""Tables go from PostgreSQL to Parquet and keep every cell, empty ones and empty texts apart."""

from datetime import date

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings

from shanhai.figures import evaluating, parquet
from shanhai.figures.engines import DuckEngine
from shanhai.figures.tests import conftest, strategies, toy

pytestmark = pytest.mark.slow


def test_every_cell_is_kept(postgres, tmp_path):
    texts = ["", None, "a,b", 'quote "x"', "line\nbreak", "\\N", "温岭", "NULL"]
    rows = [
        {"id": number, "key": f"k-{number}", "scope_id": 1, "entry": 2**62, "project_key": text,
         "amount_fen": None if text is None else -number, "allocated_on": date(2021, 1, 1) if number % 2 else None}
        for number, text in enumerate(texts)
    ]  # fmt: skip
    with postgres.transaction(force_rollback=True):
        conftest.insert(postgres, toy.ALLOCATION, rows)
        assert parquet.export(postgres, [toy.ALLOCATION, toy.PAYMENT], tmp_path) == {
            "toy.allocation": len(rows), "toy.payment": 0,
        }  # fmt: skip
    kept = duckdb.from_parquet(str(tmp_path / "toy_allocation.parquet"))
    found = [dict(zip(kept.columns, line, strict=True)) for line in kept.order("id").fetchall()]
    assert found == [{name: row.get(name) for name in toy.ALLOCATION.columns} for row in rows]


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=strategies.HISTORIES, window=strategies.WINDOWS)
def test_figures_over_exported_tables_are_the_live_ones(holding, tmp_path, history, window):
    with holding(history) as engine:
        live = evaluating.evaluate(toy.REGISTRY, engine, window, registry=toy.REGISTRY)
        parquet.export(engine._connection, toy.TABLES, tmp_path)
    kept = evaluating.evaluate(toy.REGISTRY, DuckEngine.over(tmp_path, toy.TABLES), window, registry=toy.REGISTRY)
    assert kept == live
