"""The benchmark's own claim in small: every bad cell of the generated workbook is found and no other."""

import pytest

from shanhai.intake import bench


@pytest.mark.slow
def test_the_generated_workbook_has_its_bad_cells_found_and_no_other(tmp_path):
    bad = bench.write_bench_workbook(tmp_path / "bench.xlsx", rows=1500, seed=7)
    made, timing = bench.timed(lambda: bench.ours(tmp_path / "bench.xlsx"))
    assert len(bad) > 5
    assert bench.found_cells(made) == bad
    assert bench.without_bad_cells(made).height == 1500 - len(bad)
    assert timing.wall > 0
    assert bench.bare(tmp_path / "bench.xlsx").height == 1500
