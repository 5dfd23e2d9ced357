"""Every declared figure: its examples hold, its SQL is the kept one, and a script written by hand gives its value."""

from pathlib import Path

import pytest

import shanhai
from shanhai.figures import bench, bench_ledger, declare, examples, snapshots
from shanhai.figures.engines import DuckEngine
from shanhai.figures.windows import Window

AREAS = Path(shanhai.__file__).parent / "areas"
FIGURES = declare.registry()
EXAMPLES = [example for file in sorted(AREAS.glob("*/tests/examples/*.yaml")) for example in examples.load(file)]


def test_derived_figures_fit_their_parts():
    declare.complete()


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{example['figure']}-{example['name']}" for example in EXAMPLES])
def test_the_example_holds(example):
    assert [str(finding) for finding in examples.findings(example, FIGURES)] == []


def test_every_figure_has_an_example():
    assert {figure.name for figure in FIGURES} - {example["figure"] for example in EXAMPLES} == set()


@pytest.mark.slow
def test_every_figure_has_its_snapshot_in_step():
    assert [f"{finding.place.file}: {finding.message}" for finding in snapshots.findings(FIGURES, AREAS)] == []


@pytest.mark.slow
def test_a_script_written_by_hand_gives_the_value_of_every_counted_figure(tmp_path):
    ledgers = dict.fromkeys((table.name for figure in FIGURES for table in figure.reads), 1)
    sizes = bench_ledger.generate(FIGURES, tmp_path, lines=60_000, ledgers=ledgers)
    engine = DuckEngine.over(tmp_path, sizes)
    values = bench.ours(FIGURES, engine, Window(end=bench.AS_OF))
    bench.compare(values, bench.by_hand(engine, bench.statements(bench.scripts(AREAS))))
    assert [name for name, value in values.items() if not value.rows] == []
