"""The matching benchmark: 27,000 seekers and 5,000 vacancies, the best matching of all pairs proven, beside scipy.

The baseline is scipy's sparse assignment, given only each seeker's best 50 vacancies, by the same scores, with the
openings of a vacancy as so many columns and a column of their own for each seeker who stays without. Timed of it is the
one call that solves, nothing of what makes its matrix. Timed of ours is all of `match`: freezing and hashing the
inputs, the scores, the solving, holding all pairs against the prices, the result. Both run in a process of their own in
which a product of matrices uses one thread; ours works on two blocks of pairs side by side, the assignment knows one
thread only, so the ratio of processor time is told beside that of the wall.
"""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import numpy
import polars

from shanhai.areas.labour.queries.matching import Matched, match
from shanhai.areas.labour.queries.matching_flow import Pairs
from shanhai.areas.labour.queries.matching_inputs import FLOOR, Weights, freeze
from shanhai.areas.labour.queries.matching_pricing import near
from shanhai.areas.labour.queries.matching_tables import SMALL, build
from shanhai.cli.bench_clock import seconds

SEEKERS, VACANCIES, LISTED = 27_000, 5_000, 50
ON = date(2024, 3, 1)
_HOMES = (*(f"5113{n:02d}" for n in (2, 3, 4, 21, 22, 23, 24, 25, 81)), "511302", "511902", "511921")
_PLACES = {
    "east": [f"33{city:02d}{county:02d}" for city in (1, 2, 3, 10) for county in (1, 2, 3, 21, 81)],
    "province": [f"51{city:02d}{county:02d}" for city in (1, 7, 13, 19) for county in (2, 4, 21, 23, 81)],
    "elsewhere": [f"{province}{city:02d}01" for province in (11, 31, 32, 35, 44, 50) for city in (1, 2, 3)],
    "welfare": list(_HOMES),
}
_REFUSED = ("elsewhere", "east", "440000", "310000", "110000", "320000", "510100", "330100")
_SKILLS, _TRADES = [f"技能{n:02d}" for n in range(30)], [f"工种{n:02d}" for n in range(25)]
Chance = numpy.random.Generator


def matching() -> dict[str, Any]:
    """Measure once and answer times, ratios, and the certificate."""
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    told = subprocess.run([sys.executable, "-m", __name__], env=alone, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def measured() -> dict[str, Any]:
    """The benchmark itself, in this process."""
    people, jobs = seekers(SEEKERS, seed=1), vacancies(VACANCIES, seed=2)
    kept: list[Matched] = []
    ours = seconds(lambda: kept.append(match(people, jobs, on=ON)))
    (matched,) = kept
    proof = matched.certificate
    best_50, theirs = _by_scipy(people, jobs, proof.floor_weights)
    return {
        "bench": "matching", "seekers": SEEKERS, "vacancies": VACANCIES, "openings": int(jobs["openings"].sum()),
        "pairs": proof.pairs, "ours": ours, "scipy_best_50": theirs,
        "ratios": {
            "scipy_to_ours_wall": round(theirs["wall"] / ours["wall"], 2),
            "scipy_to_ours_cpu": round(theirs["cpu"] / ours["cpu"], 2),
        },
        "limits": {"scipy_to_ours_wall": 5},
        "certificate": {
            "proven": proof.proven, "worth": proof.worth, "bound": proof.bound, "score": proof.score,
            "placed": proof.placed, "rounds": proof.rounds, "listed_pairs": proof.listed,
            "floor": [
                {"group": one.group.code, "seekers": one.seekers, "possible": one.possible, "placed": one.placed}
                for one in proof.floor
            ],
            "floor_weights": proof.floor_weights, "by_weight": proof.by_weight,
        },
        "worth_of_best_50": best_50, "best_50_below_percent": round(100 * (1 - best_50 / proof.worth), 2),
        "digest": matched.digest, "outcome": matched.outcome,
    }  # fmt: skip


def _by_scipy(people: polars.DataFrame, jobs: polars.DataFrame, floor_weights: tuple[int, ...]) -> tuple[int, Any]:
    """What the baseline reaches, and what its one call took."""
    # The baseline is wanted only here, and only where the benchmark runs: it is no part of the program.
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: PLC0415

    listed, openings = _best_50(people, jobs, floor_weights)
    count = openings[listed.columns]
    first = numpy.append(0, numpy.cumsum(openings))
    place = numpy.arange(count.sum()) - numpy.repeat(numpy.cumsum(count) - count, count)
    each = numpy.arange(people.height)
    rows = numpy.append(numpy.repeat(listed.rows, count), each)
    columns = numpy.append(numpy.repeat(first[listed.columns], count) + place, first[-1] + each)
    dearest = int(listed.gains.max()) + 1
    cost = numpy.append(dearest - numpy.repeat(listed.gains, count), numpy.full(people.height, dearest))
    matrix = csr_matrix((cost.astype(float), (rows, columns)), shape=(people.height, first[-1] + people.height))
    kept: list[Any] = []
    took = seconds(lambda: kept.append(min_weight_full_bipartite_matching(matrix)))
    return int(people.height * dearest - matrix[kept[0]].sum()), took


def _best_50(people: polars.DataFrame, jobs: polars.DataFrame, floor_weights: tuple[int, ...]) -> tuple[Pairs, Any]:
    """Each seeker's best 50 possible vacancies by the scores of the matching, the floor's weights added."""
    inputs = freeze(people, jobs, on=ON, floor=FLOOR, weights=Weights())
    tables = build(inputs, SMALL)
    kinds = {kind: weight for one, weight in zip(FLOOR, floor_weights, strict=True) for kind in one.kinds}
    jobless = inputs.seekers.select(polars.when(~polars.col("has_job")).then("household_kind"))["household_kind"]
    bonus = numpy.array([kinds.get(kind, 0) for kind in jobless.to_list()], dtype=numpy.int64)[tables.seekers]
    free, nothing = numpy.zeros(jobs.height, dtype=numpy.int64), numpy.zeros(people.height, dtype=numpy.int64)
    openings = inputs.vacancies["openings"].to_numpy()[tables.vacancies]
    return near(tables, bonus, free, gain=nothing, below=0, width=LISTED), openings


def seekers(count: int, *, seed: int) -> polars.DataFrame:
    """So many invented seekers of twelve counties: ages 18 to 59, up to four skills, wishes, wages and first days."""
    chance = numpy.random.default_rng(seed)
    age, ready = chance.integers(18 * 365, 60 * 365, count), chance.integers(0, 60, count)
    wage = (chance.normal(4200, 900, count) // 50).astype(int) * 5_000
    asks, waits, refuses = (chance.random(count) < share for share in (0.85, 0.6, 0.3))
    rows = []
    for place in range(count):
        wishes = [str(one) for one in chance.permutation(["east", "province", "elsewhere"])[: chance.integers(1, 4)]]
        refused = [str(chance.choice(_REFUSED))] if refuses[place] else []
        rows.append({
            "seeker_key": f"QZ{place:06d}", "birth_on": ON - timedelta(days=int(age[place])),
            "household_kind": str(chance.choice(["ordinary", "lifted", "monitored"], p=(0.55, 0.38, 0.07))),
            "has_job": bool(chance.random() < 0.25), "home_code": str(chance.choice(_HOMES)),
            "skills": _some(chance, _SKILLS, int(chance.choice(5, p=(0.25, 0.35, 0.22, 0.12, 0.06)))),
            "refused": [code for code in refused if code not in wishes], "wishes": wishes,
            "trades": _some(chance, _TRADES, int(chance.integers(0, 4))),
            "wage_wish_fen": int(wage[place]) if asks[place] else None,
            "from_on": ON + timedelta(days=int(ready[place])) if waits[place] else None,
        })  # fmt: skip
    return polars.DataFrame(rows)


def vacancies(count: int, *, seed: int) -> polars.DataFrame:
    """So many invented vacancies with 1 to 20 openings, small ones more often: nearly as many openings as seekers."""
    chance = numpy.random.default_rng(seed)
    typical = {"east": 5600, "province": 4500, "elsewhere": 5300, "welfare": 2600}
    rows = []
    for place in range(count):
        code = str(chance.choice(list(typical), p=(0.45, 0.3, 0.2, 0.05)))
        rows.append({
            "vacancy_key": f"GW{place:05d}", "openings": int(min(20, chance.geometric(0.18))), "class_code": code,
            "region_code": str(chance.choice(_PLACES[code])), "trade_code": _some(chance, _TRADES, 1)[0],
            "wage_fen": max(1_800, int(chance.normal(typical[code], 800)) // 10 * 10) * 100,
            "min_age": int(chance.choice([16, 18, 18, 18, 20, 25])),
            "max_age": int(chance.choice([35, 40, 45, 50, 55, 60])) if chance.random() < 0.8 else None,
            "required": _some(chance, _SKILLS, int(chance.random() < 0.35)),
            "preferred": _some(chance, _SKILLS, int(chance.choice(4, p=(0.3, 0.3, 0.25, 0.15)))),
            "start_on": ON + timedelta(days=int(chance.integers(5, 75))) if chance.random() < 0.8 else None,
        })  # fmt: skip
    return polars.DataFrame(rows)


def _some(chance: Chance, pool: list[str], count: int) -> list[str]:
    """So many of a pool, the first ones more often."""
    share = 1 / numpy.arange(1, len(pool) + 1) ** 0.65
    return [pool[one] for one in chance.choice(len(pool), size=count, replace=False, p=share / share.sum())]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured()))
