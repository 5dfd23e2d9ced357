"""Scores for claims as read against labelled ones: matched by overlapping offsets, one to one, right values first."""

import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from shanhai.check.reading import ReadClaim, read

Row = dict[str, Any]
BOUNDS_ONLY = {"period", "dateline"}


@dataclass
class Score:
    """Counts over texts, and what went wrong in words."""

    tally: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def rate(self, part: str, whole: str) -> float:
        return self.tally[part] / self.tally[whole] if self.tally[whole] else 1.0

    @property
    def precision(self) -> float:
        return self.tally["value"] / (self.tally["value"] + self.tally["false"])


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def prediction(claim: ReadClaim) -> Row:
    """A claim as the command prints it for a scorer."""
    value: Any = float(claim.value) if isinstance(claim.value, Decimal) else claim.value
    found: Row = {
        name: getattr(claim, name) for name in ("surface", "start", "end", "unit", "qualifier", "kind", "unreadable")
    }
    found["value"] = value
    if claim.value_max is not None:
        found["value_max"] = float(claim.value_max)
    return found


def score_folder(folder: Path) -> Score:
    """Read every text of a folder with claims.jsonl and non-claims.jsonl and score it."""
    claims, others = rows(folder / "claims.jsonl"), rows(folder / "non-claims.jsonl")
    score = Score()
    for path in sorted(folder.glob("*.txt")):
        mine = [row for row in claims if row["article"] == path.stem]
        rest = [row for row in others if row["article"] == path.stem]
        score.tally["texts"] += 1
        score_text(score, [prediction(claim) for claim in read(path.read_text("utf-8")).claims], mine, rest)
    return score


def score_text(score: Score, found: list[Row], claims: list[Row], others: list[Row]) -> None:
    taken: set[int] = set()
    for gold in claims:
        place = next((at for at, one in enumerate(found) if at not in taken and overlaps(one, gold)), None)
        taken |= {place} if place is not None else set()
        if gold["value"] is None:
            continue
        score.tally["gold"] += 1
        one = found[place] if place is not None else {}
        right = {name: one.get(name) == gold[name] for name in ("unit", "qualifier", "kind")}
        if not same_value(one, gold):
            score.tally["false"] += bool(one)
            score.wrong.append(f"{gold['article']} {gold['surface']} {gold['value']} read as {one.get('value')}")
            continue
        score.tally["value"] += 1
        score.tally.update(name for name, is_right in right.items() if is_right)
        score.wrong += [
            f"{gold['article']} {gold['surface']} {name} {one[name]}" for name, ok in right.items() if not ok
        ]
    for at, one in enumerate(found):
        if at not in taken and not (
            one["unit"] == "date" and any(row["why"] in BOUNDS_ONLY and overlaps(one, row) for row in others)
        ):
            score.tally["false"] += 1
            score.wrong.append(f"no claim: {one['surface']}")


def overlaps(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def same_value(found: Row, gold: Row) -> bool:
    return all(close(found.get(name), gold[name]) for name in ("value", "value_max") if name in gold)


def close(found: Any, gold: Any) -> bool:
    if isinstance(gold, str) or not isinstance(found, int | float):
        return bool(found == gold)
    return bool(abs(found - gold) <= 0.002 * abs(gold))
