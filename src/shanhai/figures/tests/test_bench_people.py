"""The benchmark of people: all ways give the same answers, or it stops; the same rows every time."""

import json

import duckdb
import pytest

from shanhai.figures import bench, bench_people, bench_people_data
from shanhai.figures import bench_people_figures as measured

pytestmark = pytest.mark.slow
ROWS = 20_000


def test_the_measures_are_told_in_json_and_all_ways_agree(tmp_path, postgres):
    found = json.loads(json.dumps(bench_people.bench_people(tmp_path, rows=ROWS, postgres=postgres, runs=1)))
    postgres.rollback()
    assert found["rows"]["planting.benefitpayment"] == ROWS
    assert found["answers"] > 5_000
    assert {"wall", "cpu"} == found["ours_over_by_hand"].keys() == found["postgres_over_ours"].keys()


def test_a_script_with_another_answer_stops_the_benchmark(tmp_path, monkeypatch):
    right = bench_people._script("duckdb")
    wrong = [text.replace("channel_code = 'rent'", "channel_code <> 'rent'") for text in right]
    monkeypatch.setattr(bench_people, "_script", lambda engine: wrong)
    with pytest.raises(bench.DifferentValuesError, match=r"planting\.rent_times"):
        bench_people.bench_people(tmp_path, rows=ROWS, runs=1)


def test_the_rows_are_the_same_every_time_and_stay_in_their_scope(tmp_path):
    size = bench_people_data.Size(ROWS, ROWS // 2, 40)
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        bench_people_data.generate(folder, size)
    for table in measured.TABLES:
        one, other = (duckdb.from_parquet(str(folder / f"{table.relation}.parquet")) for folder in folders)
        assert one.except_(other).fetchall() == []
        scopes = one.aggregate("split_part(key, '/', 1) AS code, count(DISTINCT scope_id) AS scopes")
        assert scopes.filter("scopes > 1").fetchall() == []
