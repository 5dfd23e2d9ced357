"""The inputs of a matching, frozen: one order, one shape and one digest, however the rows came.

Days are dates, wages fen a month, places codes of GB/T 2260; lists of codes are sets, except the wishes for classes of
destination, which are in the seeker's order. Columns that are not given count as not stated.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars

from shanhai.base.findings import Refused
from shanhai.base.language import listed, noted, say

_TEXTS = polars.List(polars.String)
#: A seeker: who, what they can show, and what they ask for. `refused` holds places (330000 covers the province) and
#: classes of destination they will not go to; `wishes` classes of destination, the dearest first; `trades` any of them.
SEEKER: dict[str, Any] = {
    "seeker_key": polars.String, "birth_on": polars.Date, "household_kind": polars.String, "has_job": polars.Boolean,
    "home_code": polars.String, "skills": _TEXTS, "refused": _TEXTS, "wishes": _TEXTS, "trades": _TEXTS,
    "wage_wish_fen": polars.Int64, "from_on": polars.Date,
}  # fmt: skip
#: A vacancy: how many may be taken, where, for what, and what is asked. `required` are skills or certificates without
#: which nobody is taken; `start_on` is the last day to begin; `closes_on` the last day somebody may be matched.
VACANCY: dict[str, Any] = {
    "vacancy_key": polars.String, "openings": polars.Int64, "is_open": polars.Boolean, "closes_on": polars.Date,
    "class_code": polars.String, "region_code": polars.String, "trade_code": polars.String, "wage_fen": polars.Int64,
    "min_age": polars.Int64, "max_age": polars.Int64, "required": _TEXTS, "preferred": _TEXTS, "start_on": polars.Date,
}  # fmt: skip
_MOST_OPENINGS = 100_000


@dataclass(frozen=True, slots=True)
class First:
    """A group of the fairness floor: people without a job, of households of these kinds, who come before all scores."""

    code: str
    label: str
    kinds: tuple[str, ...]


#: The declared rule: as many as at all possible of the first group get a job, then of the second; only then the scores.
FLOOR = (
    First("monitored", noted("监测户中尚无工作的人"), ("monitored",)),
    First("lifted", noted("脱贫户中尚无工作的人"), ("lifted",)),
)


@dataclass(frozen=True, slots=True)
class Weights:
    """Points for what speaks for a job; whole numbers, the same for everybody.

    `wage_most` points at most, one for each `wage_step_fen`; `wishes` for the first, second and further wish of a class
    of destination; `near` for a job in the home county, the home city and the home province.
    """

    job: int = 100
    wage_step_fen: int = 10_000
    wage_most: int = 100
    wishes: tuple[int, ...] = (60, 40, 20)
    near: tuple[int, int, int] = (40, 25, 10)
    trade: int = 50
    skills: int = 60

    def __post_init__(self) -> None:
        each = (self.job - 1, self.wage_step_fen - 1, self.wage_most, *self.wishes, *self.near, self.trade, self.skills)
        if min(each) < 0:
            raise Refused(say("匹配的分值应是非负整数，有工作一项和工资的分档应大于零。"))

    @property
    def most(self) -> int:
        """The highest score a pair can reach."""
        best = max(self.wishes, default=0) + max(self.near)
        return self.job + self.wage_most + best + self.trade + self.skills


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a matching is made from; `digest` is the SHA-256 of all of it."""

    seekers: polars.DataFrame
    vacancies: polars.DataFrame
    on: date
    floor: tuple[First, ...]
    weights: Weights
    digest: str


def freeze(
    seekers: polars.DataFrame, vacancies: polars.DataFrame, *, on: date, floor: Iterable[First], weights: Weights
) -> Inputs:
    """The inputs in their one order. Refuses a key that is missing or twice, and openings that cannot be."""
    people = _shaped(seekers, SEEKER, key="seeker_key").with_columns(polars.col("has_job").fill_null(False))
    jobs = _shaped(vacancies, VACANCY, key="vacancy_key").with_columns(polars.col("is_open").fill_null(True))
    wrong = jobs.filter(~polars.col("openings").is_between(0, _MOST_OPENINGS).fill_null(False))
    if wrong.height:
        keys = listed(wrong["vacancy_key"].head(3))
        raise Refused(say("岗位{keys}的招聘人数应是不小于零的整数，请更正后重新匹配。", keys=keys))
    groups = tuple(floor)
    rule = {"on": on.isoformat(), "floor": [asdict(group) for group in groups], "weights": asdict(weights)}
    return Inputs(people, jobs, on, groups, weights, _digest(rule, people, jobs))


def _shaped(frame: polars.DataFrame, shape: Mapping[str, Any], *, key: str) -> polars.DataFrame:
    if key not in frame.columns:
        raise Refused(say("匹配的数据缺少“{column}”一列。", column=key))
    missing = [polars.lit(None, dtype=kind).alias(name) for name, kind in shape.items() if name not in frame.columns]
    shaped = frame.with_columns(missing).select(polars.col(name).cast(kind) for name, kind in shape.items())
    lists = [name for name, kind in shape.items() if kind == _TEXTS]
    shaped = shaped.with_columns(polars.col(name).fill_null([]).list.drop_nulls() for name in lists)
    sets = [polars.col(name).list.unique().list.sort() for name in lists if name != "wishes"]
    shaped = shaped.with_columns(*sets).sort(key)
    twice = shaped.filter(polars.col(key).is_null() | polars.col(key).is_duplicated())
    if twice.height:
        raise Refused(say("匹配的数据中“{key}”为空或重复，每人、每个岗位只能有一行。", key=twice[key][0] or ""))
    return shaped


def _digest(rule: dict[str, Any], *frames: polars.DataFrame) -> str:
    digest = hashlib.sha256(json.dumps(rule, sort_keys=True, ensure_ascii=False).encode())
    for frame in frames:
        digest.update(b"\n" + frame.write_ndjson().encode())
    return digest.hexdigest()
