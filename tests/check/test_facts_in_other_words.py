"""The twelve facts told in other words and another order, among numbers the records know nothing of.

Every text of `texts/` is a text of its own kind (news, notice, briefing, questions and answers, speech, list, letter, …);
`expected.csv` says where the facts stand and which figure and verdict they have. All other numbers are in no record.
"""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

TEXTS = Path(__file__).parent / "texts"
ELSEWHERE = {"not_in_records", "outside"}
#: Labelled dates that the reading does not take for statements yet, in all texts together.
UNREAD = 12


def _expected():
    found = defaultdict(list)
    with (TEXTS / "expected.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            start = int(row["start"])
            found[row["file"]].append((start, start + len(row["surface"]), row))
    return found


EXPECTED = _expected()
NAMES = sorted(path.name for path in TEXTS.glob("*.txt"))


def _text(name):
    return (TEXTS / name).read_bytes().decode("utf-8")


def _label(name, claim):
    return next(
        (row for start, end, row in EXPECTED.get(name, ()) if start < claim["end"] and claim["start"] < end), None
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_found_by_its_words_and_nothing_else_is(checked, name):
    wrong = []
    for claim in checked(_text(name))["claims"]:
        row = _label(name, claim)
        told = (claim["surface"], claim["verdict"], claim["figure"])
        if row is None:
            wrong += [told] if claim["verdict"] not in ELSEWHERE else []
        elif row["verdict"] == "optional":
            wrong += [told] if claim["verdict"] not in {*ELSEWHERE, "supported"} else []
        elif claim["verdict"] != row["verdict"] or (
            claim["figure"] and row["figure"] and claim["figure"] not in row["figure"].split("|")
        ):
            wrong.append((*told, row["verdict"], row["figure"]))
    assert not wrong


@pytest.mark.slow
def test_the_reading_finds_the_labelled_numbers(checked):
    missed = []
    for name, labels in EXPECTED.items():
        claims = checked(_text(name))["claims"]
        missed += [
            (name, row["surface"])
            for start, end, row in labels
            if row["verdict"] not in {"optional", "uncertain"}
            and not any(start < claim["end"] and claim["start"] < end for claim in claims)
        ]
    assert len(missed) <= UNREAD, missed


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in NAMES if "damaged" not in name])
def test_the_verdicts_are_the_same_with_pairing_and_day_of_publication(checked, name):
    by_itself = [(claim["surface"], claim["verdict"]) for claim in checked(_text(name))["claims"]]
    told = checked(_text(name), pairing="331081-511381", published=date(2024, 6, 30))
    assert [(claim["surface"], claim["verdict"]) for claim in told["claims"]] == by_itself
