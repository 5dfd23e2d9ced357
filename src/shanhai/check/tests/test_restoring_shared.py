"""The labelled texts that lie beside the repository come back from damage, with every number at its place."""

import csv
import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from shanhai.check.restoring import Restored, restore, span_as_given

SHARED = Path(__file__).resolve().parents[5] / "shared"
SEEDS = range(3)
Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One shared text damaged with one seed, restored, with its labels moved to the damaged text."""

    clean: str
    found: str
    mapping: dict[int, tuple[int, int, bool]]
    restored: Restored
    claims: list[Row]
    others: list[Row]


def shared(path: str) -> Path:
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"no shared file {path}")
    return found


def labels(name: str) -> list[Row]:
    return [json.loads(line) for line in shared(f"texts/{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")


def loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_damager", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def of(rows: list[Row], name: str) -> list[Row]:
    return [row for row in rows if row["article"] == name]


@pytest.fixture(scope="module")
def clean_texts() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted(shared("texts").glob("???.txt"))}


@pytest.fixture(scope="module")
def cases(clean_texts: dict[str, str]) -> list[Case]:
    return list(damaged_cases(clean_texts, loaded(shared("tools/damage.py"))))


def damaged_cases(texts: dict[str, str], damager: ModuleType) -> Iterator[Case]:
    claims, others = labels("claims"), labels("non-claims")
    for name, clean in texts.items():
        for seed in SEEDS:
            found, mapping, added = damager.damage(clean, seed)
            moved = damager.move_labels(name, clean, found, mapping, added, of(claims, name), of(others, name))
            yield Case(clean, found, mapping, restore(found), *moved)


def inside(restored: Restored, row: Row) -> list[int]:
    return [at for at, (a, b) in enumerate(restored.origin) if row["start"] <= a < b <= row["end"]]


def touching(restored: Restored, row: Row) -> list[int]:
    return [at for at, (a, b) in enumerate(restored.origin) if a < row["end"] and b > row["start"]]


def is_exact(case: Case, row: Row) -> bool:
    at = inside(case.restored, row)
    return bool(at) and span_as_given(case.restored, at[0], at[-1] + 1) == (row["start"], row["end"])


def furnished(case: Case, row: Row) -> bool:
    spans = case.restored.furniture
    return all(any(start <= at < end for start, end, _ in spans) for at in touching(case.restored, row))


def test_the_seed_article_reads_as_its_analysis_says() -> None:
    restored = restore(shared("seed/article.txt").read_text("utf-8"))
    for words in (
        "规模化、集约化、机械化",
        "四川省南充市帮扶工作队",
        "智力协作",
        "东西部",
        "潜力",
        "台传媒记者",
        "深化合作",
    ):
        assert words in restored.text
    body = restored.text[restored.text.index("接续山海情") : restored.text.index("声明:")]
    assert "?" not in body
    assert not any("\ue000" <= char <= "\uf8ff" for char in body)
    assert [kind for _, _, kind in restored.furniture] == ["spam", "site_line", "site_line", "footer", "button"]


def test_every_number_of_the_seed_article_is_found_at_its_place() -> None:
    text = shared("seed/article.txt").read_text("utf-8")
    restored = restore(text)
    with shared("seed/claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        place = {"start": int(row["start"]), "end": int(row["end"])}
        at = inside(restored, place)
        assert span_as_given(restored, at[0], at[-1] + 1) == (place["start"], place["end"])
        assert not restored.doubtful & set(at)
    tell(f"{len(rows)} numbers of the seed article")


def test_clean_shared_texts_come_back_unchanged(clean_texts: dict[str, str]) -> None:
    for text in clean_texts.values():
        restored = restore(text)
        assert restored.text == text
        assert not restored.doubtful
    tell(f"{len(clean_texts)} clean texts")


@pytest.mark.slow
def test_damaged_shared_texts_come_back(cases: list[Case]) -> None:
    wanted = right = 0
    for case in cases:
        by_origin = {span: char for char, span in zip(case.restored.text, case.restored.origin, strict=True)}
        for at, (start, end, _) in case.mapping.items():
            if "一" <= case.clean[at] <= "鿿" and case.found[start:end] != "?":
                wanted += 1
                right += by_origin.get((start, end)) == case.clean[at]
    tell(f"{right} of {wanted} characters in {len(cases)} damaged texts")
    assert right >= 0.995 * wanted


@pytest.mark.slow
def test_labelled_numbers_of_damaged_texts_are_found_at_their_very_place(cases: list[Case]) -> None:
    exact = [is_exact(case, row) for case in cases for row in case.claims]
    tell(f"{sum(exact)} of {len(exact)} surfaces in {len(cases)} damaged texts")
    assert sum(exact) >= 0.99 * len(exact)


@pytest.mark.slow
def test_readable_numbers_are_not_doubted_and_unreadable_ones_are_doubted_or_rebuilt(cases: list[Case]) -> None:
    doubted = [
        row for case in cases for row in case.claims if case.restored.doubtful & set(touching(case.restored, row))
    ]
    unreadable = [(case, row) for case in cases for row in case.others if row["why"] == "unreadable"]
    for case, row in unreadable:
        assert (case.restored.doubtful | case.restored.rebuilt) & set(touching(case.restored, row)), row
    tell(f"{len(unreadable)} unreadable numbers")
    assert not doubted


@pytest.mark.slow
def test_numbers_of_spam_and_footers_lie_in_furniture_and_claims_do_not(cases: list[Case]) -> None:
    noise = [(case, row) for case in cases for row in case.others if row["why"] in ("spam", "page furniture")]
    tell(f"{len(noise)} numbers in furniture")
    assert all(furnished(case, row) for case, row in noise)
    assert not any(furnished(case, row) for case in cases for row in case.claims)


def test_the_given_damaged_texts_keep_every_labelled_surface() -> None:
    claims = labels("claims-damaged")
    texts = {row["article"]: shared(f"texts/{row['article']}.txt").read_text("utf-8") for row in claims}
    restored = {name: restore(text) for name, text in texts.items()}
    for row in claims:
        at = inside(restored[row["article"]], row)
        start, end = span_as_given(restored[row["article"]], at[0], at[-1] + 1)
        assert texts[row["article"]][start:end] == row["surface"]
    tell(f"{len(claims)} surfaces in {len(texts)} texts")
