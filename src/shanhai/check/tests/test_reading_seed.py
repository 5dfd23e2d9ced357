"""The seed article: its 43 numbers, and no other."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from shanhai.check.reading import Reading, read

SEED = Path(__file__).resolve().parents[5] / "shared" / "seed"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    if not SEED.exists():
        pytest.skip("no shared seed article")
    with (SEED / "claims.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def reading(rows: list[dict[str, str]]) -> Reading:
    return read((SEED / "article.txt").read_text("utf-8"), names=("温岭", "阆中"))


@pytest.mark.slow
def test_every_number_of_the_seed_article_is_read_and_no_other(reading: Reading, rows: list[dict[str, str]]) -> None:
    expected = [
        (int(row["start"]), int(row["end"]), row["surface"], row["unit"], row["qualifier"], row["kind"]) for row in rows
    ]
    assert [(c.start, c.end, c.surface, c.unit, c.qualifier, c.kind) for c in reading.claims] == expected
    assert len(expected) == 43


def test_their_values_are_right(reading: Reading, rows: list[dict[str, str]]) -> None:
    for claim, row in zip(reading.claims, rows, strict=True):
        right = claim.value == row["value"] if claim.unit == "date" else claim.value == Decimal(row["value"])
        assert right, row["id"]


def test_plans_and_parts_are_told_apart(reading: Reading) -> None:
    assert [claim.stage for claim in reading.claims[:3]] == ["capacity", "planned", "planned"]
    assert {claim.stage for claim in reading.claims[3:]} == {"achieved"}
    workers = reading.claims[41]
    assert (workers.relation, workers.of) == ("subset", 40)


def test_none_of_them_touches_a_lost_character(reading: Reading) -> None:
    assert not any(claim.unreadable for claim in reading.claims)
    assert reading.findings == ()
