"""The benchmark compares like with like: it stops when two ways give two values."""

import json
from pathlib import Path

import duckdb
import pytest

from shanhai.figures import bench, bench_ledger
from shanhai.figures.tests import toy

pytestmark = pytest.mark.slow
BY_HAND = (Path(__file__).parent / "toy_by_hand.sql").read_text(encoding="utf-8")
LEDGERS = {"toy.allocation": 1, "toy.payment": 2}


def measured(folder, **more):
    told = {"script": BY_HAND, "ledgers": LEDGERS, "lines": 20_000, "runs": 1, **more}
    return bench.bench_figures(toy.REGISTRY, folder, **told)


def test_the_measures_are_told_in_json(tmp_path, postgres):
    found = json.loads(json.dumps(measured(tmp_path, postgres=postgres)))
    postgres.rollback()
    assert found["lines"] == 20_000
    assert {"wall", "cpu"} == found["ours_over_by_hand"].keys() == found["postgres_over_ours"].keys()


def test_a_script_with_another_value_stops_the_benchmark(tmp_path):
    with pytest.raises(bench.DifferentValuesError, match=r"toy\.paid"):
        measured(tmp_path, script=BY_HAND.replace('sum(amount_fen) AS "toy.paid"', 'sum(amount_fen) + 1 AS "toy.paid"'))


def test_a_script_that_forgets_a_figure_stops_the_benchmark(tmp_path):
    with pytest.raises(bench.DifferentValuesError, match="does not give"):
        measured(tmp_path, script="SELECT 1 AS one")


def test_the_ledger_is_the_same_every_time_and_every_figure_has_rows(tmp_path):
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        bench_ledger.generate(toy.REGISTRY, folder, lines=20_000, ledgers=LEDGERS)
    for table in toy.TABLES:
        one, other = (duckdb.from_parquet(str(folder / f"{table.relation}.parquet")) for folder in folders)
        assert one.except_(other).fetchall() == []
    values = bench.ours(toy.REGISTRY, bench.DuckEngine.over(folders[0], toy.TABLES), bench.Window(end=bench.AS_OF))
    assert [name for name, value in values.items() if not value.rows] == []
