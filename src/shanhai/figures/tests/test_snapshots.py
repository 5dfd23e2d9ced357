"""Snapshots of the compiled SQL: written once, found stale when the meaning changes."""

import pytest

from shanhai.figures import declare, snapshots
from shanhai.figures.tests import toy


@pytest.fixture(scope="module")
def areas(tmp_path_factory):
    folder = tmp_path_factory.mktemp("areas")
    snapshots.write(toy.REGISTRY, folder)
    return folder


def found(registry, areas):
    return [(finding.code, finding.place.file) for finding in snapshots.findings(registry, areas)]


def test_a_snapshot_says_what_the_figure_is_and_shows_its_sql_with_named_days():
    text = snapshots.snapshot(toy.REGISTRY["toy.arranged"], toy.REGISTRY)
    assert text.startswith("-- toy.arranged v1: sum, CNY, flow, achieved\n")
    for part in (
        '"t0"."amount_fen" <> 0',
        "CAST(:start AS DATE)",
        "CAST(:end AS DATE)",
        "IN (:scopes)",
        "= 'achieved'",
    ):
        assert part in text


@pytest.mark.parametrize(("name", "formula"), [
    ("toy.spending_rate", "toy.paid / toy.arranged"), ("toy.unspent", "toy.arranged - toy.paid"),
    ("toy.years", "toy.first_allocation … :end"), ("toy.years_between", "toy.first_allocation … toy.last_allocation"),
])  # fmt: skip
def test_a_derived_figure_shows_its_formula(name, formula):
    assert snapshots.snapshot(toy.REGISTRY[name], toy.REGISTRY).endswith(f"-- = {formula}\n")


def test_written_snapshots_are_in_step(areas):
    assert found(toy.REGISTRY, areas) == []
    assert snapshots.write(toy.REGISTRY, areas) == []


def test_a_changed_meaning_is_a_stale_snapshot(areas):
    changed = declare.Registry(figure for figure in toy.REGISTRY if figure.name != "toy.allocations")
    with declare.collecting(changed):
        declare.figure(
            "toy.allocations", zh="分配笔数", en="Allocations", unit="document", time="flow", stage="achieved",
            reads=(toy.ALLOCATION,), how="count", on="allocated_on", rule="只数教育领域", basis="glossary A3",
        )(lambda allocation: allocation.filter(allocation.field_code == "education"))  # fmt: skip
    assert found(changed, areas) == [("figures.snapshot.stale", "toy.allocations.sql")]


def test_missing_and_orphaned_snapshots_are_found(areas):
    fewer = declare.Registry(figure for figure in toy.REGISTRY if figure.name != "toy.paid")
    assert ("figures.snapshot.orphan", "toy.paid.sql") in found(fewer, areas)
    assert len(found(toy.REGISTRY, areas / "elsewhere")) == len(toy.REGISTRY)
