"""Matching of seekers to vacancies: the best for all together, proven, and explained to each.

The rule: a pair with a hard reason is impossible (`matching_rules.reasons`); the fairness floor comes before all
scores, group after group: as many of the group get a job as at all possible; then the sum of points is the highest
there is (`matching_rules.points`). The inputs are frozen and hashed; the same inputs, in whatever order of rows, give
the same result. A matching proposes; it writes nothing, and a vacancy offered is not a job.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy
import polars

from shanhai.areas.labour.queries import matching_rules
from shanhai.areas.labour.queries.matching_best import Best, best_matching
from shanhai.areas.labour.queries.matching_flow import Whole
from shanhai.areas.labour.queries.matching_inputs import FLOOR, First, Inputs, Weights, freeze
from shanhai.areas.labour.queries.matching_rules import Namer, Points, Reason
from shanhai.areas.labour.queries.matching_tables import LARGE, SMALL, Tables, build
from shanhai.base.findings import Refused, WrongUse
from shanhai.base.language import say, together


@dataclass(frozen=True, slots=True)
class Placed:
    """One group of the floor: how many seek, how many have any possible vacancy, how many got one."""

    group: First
    seekers: int
    possible: int
    placed: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why no other matching is better, over all pairs of a seeker and a vacancy.

    With the prices of `Matched.vacancies` and the gains of `Matched.seekers`, no pair is worth more than its seeker's
    gain and its vacancy's price together: all `pairs` were held against them and none was found. So no matching is
    worth more than `bound`, the sum of gains and prices; this one is worth as much. Worth is the points and, for the groups of the
    floor, `floor_weights` each: either everybody of the groups who can be placed is, or the weights are above all
    that points can make up for (`by_weight`).
    """

    placed: int
    score: int
    worth: int
    bound: int
    pairs: int
    listed: int
    rounds: int
    floor: tuple[Placed, ...]
    floor_weights: tuple[int, ...]
    by_weight: bool

    @property
    def proven(self) -> bool:
        """Whether the numbers prove the matching the best."""
        return self.worth == self.bound


@dataclass(frozen=True, slots=True)
class Matched:
    """A matching: its pairs (seeker_key, vacancy_key, score), the certificate, and the digest of the frozen inputs.

    `seekers` has each seeker's vacancy and gain, `vacancies` each vacancy's openings, how many are filled, and price.
    `outcome` is the digest of the inputs and the pairs together.
    """

    pairs: polars.DataFrame
    certificate: Certificate
    digest: str
    outcome: str
    seekers: polars.DataFrame
    vacancies: polars.DataFrame
    inputs: Inputs


def match(
    seekers: polars.DataFrame,
    vacancies: polars.DataFrame,
    *,
    on: date,
    floor: Iterable[First] = FLOOR,
    weights: Weights | None = None,
) -> Matched:
    """The best matching on a day; the columns are those of `matching_inputs.SEEKER` and `VACANCY`."""
    inputs = freeze(seekers, vacancies, on=on, floor=floor, weights=weights or Weights())
    group = _groups(inputs)
    light = _light_weights(inputs)
    if SMALL.holds(inputs.weights.most + max(light, default=0)):
        tables = build(inputs, SMALL)
        best, placed = _solved(inputs, tables, group, light)
        if all(one.placed == one.possible for one in placed):
            return _matched(inputs, tables, best, _certificate(best, placed, light, by_weight=False))
    heavy = _heavy_weights(inputs, group)
    if not LARGE.holds(inputs.weights.most + max(heavy, default=0)):
        raise Refused(say("匹配的分值或先保障的组别过多，无法精确计算。请减少组别或分值。"))
    tables = build(inputs, LARGE)
    best, placed = _solved(inputs, tables, group, heavy)
    return _matched(inputs, tables, best, _certificate(best, placed, heavy, by_weight=True))


def _groups(inputs: Inputs) -> Whole:
    """The place of each seeker's group in the floor; one past the last for everybody else."""
    group = numpy.full(inputs.seekers.height, len(inputs.floor), dtype=numpy.int64)
    kinds, jobless = inputs.seekers["household_kind"].to_list(), (~inputs.seekers["has_job"]).to_numpy()
    for place in reversed(range(len(inputs.floor))):
        group[jobless & numpy.array([kind in inputs.floor[place].kinds for kind in kinds], dtype=bool)] = place
    return group


def _light_weights(inputs: Inputs) -> tuple[int, ...]:
    """Weights that suffice where everybody of the groups can be placed, as is usual."""
    return tuple(2 * inputs.weights.most * rank for rank in range(len(inputs.floor), 0, -1))


def _heavy_weights(inputs: Inputs, group: Whole) -> tuple[int, ...]:
    """Weights each above everything that the points and the groups behind it can make up for."""
    places = min(inputs.seekers.height, int(inputs.vacancies["openings"].sum()))
    behind, weights = places * inputs.weights.most, []
    for place in reversed(range(len(inputs.floor))):
        weights.append(behind + 1)
        behind += weights[-1] * int((group == place).sum())
    return tuple(reversed(weights))


def _solved(inputs: Inputs, tables: Tables, group: Whole, weights: tuple[int, ...]) -> tuple[Best, tuple[Placed, ...]]:
    mine = group[tables.seekers]
    openings = inputs.vacancies["openings"].to_numpy()[tables.vacancies]
    best = best_matching(tables, openings, numpy.array([*weights, 0], dtype=numpy.int64)[mine])
    return best, tuple(
        Placed(
            first, int((mine == place).sum()), int((best.possible & (mine == place)).sum()),
            int(((best.column >= 0) & (mine == place)).sum()),
        )
        for place, first in enumerate(inputs.floor)
    )  # fmt: skip


def _certificate(best: Best, placed: tuple[Placed, ...], weights: tuple[int, ...], *, by_weight: bool) -> Certificate:
    return Certificate(
        placed=int((best.column >= 0).sum()), score=int(best.score.sum()), worth=best.total, bound=best.bound,
        pairs=len(best.column) * len(best.price), listed=best.listed, rounds=best.rounds, floor=placed,
        floor_weights=weights, by_weight=by_weight,
    )  # fmt: skip


def _matched(inputs: Inputs, tables: Tables, best: Best, certificate: Certificate) -> Matched:
    keys, jobs = inputs.seekers["seeker_key"], inputs.vacancies["vacancy_key"]
    got = best.column >= 0
    theirs = numpy.where(got, tables.vacancies[best.column] if len(tables.vacancies) else 0, -1)
    seekers = polars.DataFrame({
        "seeker_key": keys[tables.seekers], "place": theirs, "score": best.score, "gain": best.gain,
        "group": _groups(inputs)[tables.seekers],
    }).sort("seeker_key")  # fmt: skip
    names = polars.DataFrame({"place": numpy.arange(len(jobs)), "vacancy_key": jobs})
    seekers = seekers.join(names, on="place", how="left", maintain_order="left").drop("place")
    pairs = seekers.filter(polars.col("vacancy_key").is_not_null()).select("seeker_key", "vacancy_key", "score")
    filled = numpy.bincount(best.column[got], minlength=len(jobs))
    vacancies = polars.DataFrame({
        "vacancy_key": jobs[tables.vacancies], "openings": inputs.vacancies["openings"][tables.vacancies],
        "filled": filled, "price": best.price,
    }).sort("vacancy_key")  # fmt: skip
    outcome = hashlib.sha256((inputs.digest + "\n" + pairs.write_ndjson()).encode()).hexdigest()
    return Matched(pairs, certificate, inputs.digest, outcome, seekers, vacancies, inputs)


def reasons_of(matched: Matched, seeker_key: str, vacancy_key: str, *, named: Namer = str) -> list[Reason]:
    """The hard reasons of a pair; `named` gives the word for a code of a place, class, trade or skill."""
    seeker, vacancy = _seeker(matched, seeker_key), _vacancy(matched, vacancy_key)
    return matching_rules.reasons(seeker, vacancy, on=matched.inputs.on, named=named)


def points_of(matched: Matched, seeker_key: str, vacancy_key: str) -> Points:
    """The points of a pair, part by part (words for the parts: `matching_rules.PARTS`)."""
    seeker, vacancy = _seeker(matched, seeker_key), _vacancy(matched, vacancy_key)
    return matching_rules.points(seeker, vacancy, matched.inputs.weights)


def hindrances(matched: Matched, seeker_key: str) -> dict[str, int]:
    """For one seeker, how many vacancies each hard reason shuts, by the code of the reason; `possible` are the rest."""
    seeker, found = _seeker(matched, seeker_key), Counter[str]()
    for vacancy in matched.inputs.vacancies.iter_rows(named=True):
        shut = matching_rules.reasons(seeker, vacancy, on=matched.inputs.on)
        found.update([reason.code for reason in shut] or ["possible"])
    return dict(found)


def why_not(matched: Matched, seeker_key: str, vacancy_key: str, *, named: Namer = str) -> str:
    """Why this seeker did not get this vacancy, in a sentence or some for the seeker; names nobody else."""
    shut = reasons_of(matched, seeker_key, vacancy_key, named=named)
    if shut:
        return together(*(reason.sentence for reason in shut))
    mine = _row(matched.seekers, "seeker_key", seeker_key)
    here = points_of(matched, seeker_key, vacancy_key).total
    if mine["vacancy_key"] == vacancy_key:
        return say("已匹配到这个岗位，得{here}分。", here=here)
    if mine["vacancy_key"] is not None and mine["score"] >= here:
        return say(
            "已匹配到岗位“{other}”，得{mine}分，不低于这个岗位的{here}分。",
            other=mine["vacancy_key"], mine=mine["score"], here=here,
        )  # fmt: skip
    return together(
        _filled_by(matched, vacancy_key, here),
        _first_served(matched, mine, vacancy_key),
        _loss(matched, mine, vacancy_key, here),
    )


def _filled_by(matched: Matched, vacancy_key: str, here: int) -> str:
    scores = matched.pairs.filter(polars.col("vacancy_key") == vacancy_key)["score"]
    lowest, highest = scores.min(), scores.max()
    told = {"count": len(scores), "lowest": lowest, "highest": highest, "here": here}
    if lowest == highest:
        return say("这个岗位的{count}个名额已满，入选者得{lowest}分；求职者在这个岗位得{here}分。", **told)
    return say("这个岗位的{count}个名额已满，入选者得{lowest}至{highest}分；求职者在这个岗位得{here}分。", **told)


def _first_served(matched: Matched, mine: dict[str, Any], vacancy_key: str) -> str:
    there = matched.seekers.filter(polars.col("vacancy_key") == vacancy_key)
    before = there.filter(polars.col("group") < mine["group"]).height
    return say("其中{count}人属于先保障的人群，先于分数安排。", count=before) if before else ""


def _loss(matched: Matched, mine: dict[str, Any], vacancy_key: str, here: int) -> str:
    """What all together would lose at least if the pair were made: what its gain and its price are above its worth."""
    price = _row(matched.vacancies, "vacancy_key", vacancy_key)["price"]
    loss = mine["gain"] + price - here - (*matched.certificate.floor_weights, 0)[mine["group"]]
    if not loss:
        return say("换成这名求职者，总分不会更高；分数相同的安排按固定次序取一种。")
    if loss > matched.certificate.placed * matched.inputs.weights.most:
        return say("换成这名求职者，先保障的人群中就有人得不到工作。")
    return say("在同样先保障的前提下换成这名求职者，所有人的总分至少减少{loss}分。", loss=loss)


def _seeker(matched: Matched, key: str) -> dict[str, Any]:
    return _row(matched.inputs.seekers, "seeker_key", key)


def _vacancy(matched: Matched, key: str) -> dict[str, Any]:
    return _row(matched.inputs.vacancies, "vacancy_key", key)


def _row(frame: polars.DataFrame, column: str, key: str) -> dict[str, Any]:
    place = frame[column].search_sorted(key)
    if place == frame.height or frame[column][place] != key:
        raise WrongUse(say("这次匹配里没有“{key}”。", key=key))
    return frame.row(int(place), named=True)
