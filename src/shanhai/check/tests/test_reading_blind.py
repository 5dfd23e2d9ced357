"""The reader held against texts that were written without a look at its rules, clean and damaged."""

import json
import sys
from pathlib import Path

import pytest

from shanhai.check.tests.claim_scores import Score, score_folder
from shanhai.check.tests.test_reading_scored import check_floors, tool

BLIND = Path(__file__).parent / "texts" / "blind"
TEXTS, CLAIMS = 44, 1600


@pytest.fixture(scope="module")
def score() -> Score:
    found = score_folder(BLIND)
    sys.stdout.write(f"{found.tally['texts']} blind texts, {found.tally['gold']} claims, {len(found.wrong)} errors\n")
    return found


@pytest.mark.slow
def test_the_blind_texts_are_all_there(score: Score) -> None:
    assert score.tally["texts"] >= TEXTS and score.tally["gold"] >= CLAIMS


@pytest.mark.slow
def test_values_and_units_of_blind_texts_are_read(score: Score) -> None:
    assert score.rate("value", "gold") >= 0.995, score.wrong
    assert score.rate("unit", "gold") >= 0.99, score.wrong
    assert score.precision >= 0.99, score.wrong


@pytest.mark.slow
def test_hedges_and_kinds_of_blind_texts_are_read(score: Score) -> None:
    assert score.rate("qualifier", "value") >= 0.995, score.wrong
    assert score.rate("kind", "value") >= 0.995, score.wrong


def test_labels_of_blind_texts_stand_where_they_say() -> None:
    for name in ("claims", "non-claims"):
        for line in (BLIND / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            text = (BLIND / f"{row['article']}.txt").read_text("utf-8")
            assert text[row["start"] : row["end"]] == row["surface"], row


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 7])
def test_the_blind_texts_are_read_when_damaged(tmp_path: Path, seed: int) -> None:
    ids = sorted(path.stem for path in BLIND.glob("???.txt"))[::4]
    tool("damage").damage_folder(BLIND, tmp_path, ids, seed)
    check_floors(tmp_path)
