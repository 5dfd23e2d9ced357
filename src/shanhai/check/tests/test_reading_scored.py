"""The reader held against labelled texts: our own, and those that lie beside the repository."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from shanhai.check.reading import read
from shanhai.check.tests.claim_scores import prediction, score_folder

OWN = Path(__file__).parent / "texts" / "labelled"
SHARED = Path(__file__).resolve().parents[5] / "shared"
FLOORS = {
    "clean": {"value_unit_recall": 0.97, "precision": 0.97, "qualifier_accuracy": 0.98, "kind_accuracy": 0.98},
    "damaged": {"value_unit_recall": 0.96, "precision": 0.96, "qualifier_accuracy": 0.98, "kind_accuracy": 0.98},
}


def shared(path: str) -> Path:
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"no shared file {path}")
    return found


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, shared(f"tools/{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predictions(folder: Path) -> dict[str, list[dict[str, object]]]:
    return {
        path.stem: [prediction(claim) for claim in read(path.read_text("utf-8")).claims]
        for path in folder.glob("*.txt")
    }


def check_floors(folder: Path) -> None:
    result, wrong = tool("score_claims").score(folder, predictions(folder))
    ran = len(list(folder.glob("*.txt")))
    sys.stdout.write(f"{ran} shared texts read: {json.dumps(result)}\n")
    for group, floors in FLOORS.items():
        for rate, floor in floors.items():
            assert group not in result or result[group][rate] >= floor, (group, rate, wrong[:10])


@pytest.mark.slow
def test_our_own_labelled_texts_are_read() -> None:
    score = score_folder(OWN)
    sys.stdout.write(f"{score.tally['texts']} own texts, {score.tally['gold']} claims\n")
    assert score.tally["texts"] >= 8 and score.tally["gold"] >= 150
    assert score.rate("unit", "gold") >= 0.99 and score.precision >= 0.99, score.wrong
    assert score.rate("qualifier", "value") >= 0.99 and score.rate("kind", "value") >= 0.99, score.wrong


@pytest.mark.slow
def test_the_shared_texts_are_read_clean_and_damaged() -> None:
    check_floors(shared("texts"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 7, 11])
def test_the_shared_texts_are_read_under_other_damage(tmp_path: Path, seed: int) -> None:
    texts = shared("texts")
    ids = sorted(path.stem for path in texts.glob("???.txt"))
    tool("damage").damage_folder(texts, tmp_path, ids, seed)
    check_floors(tmp_path)
