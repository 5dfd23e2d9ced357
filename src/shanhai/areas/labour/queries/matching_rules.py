"""One pair: why a seeker cannot take a vacancy, and how many points speak for it.

This is the rule as it is told to people, pair by pair; `matching_tables` holds the same rule for all pairs at once, and
the tests hold the two against each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from shanhai.areas.labour.queries.matching_inputs import Weights
from shanhai.base.language import listed, noted, say
from shanhai.base.money import yuan

#: Nobody younger is taken, whatever a vacancy says (劳动法第十五条).
YOUNGEST = 16
Row = Mapping[str, Any]
#: The word for a code of a place, class of destination, trade or skill, in the language being read.
Namer = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Reason:
    """A hard reason: a stable code, and the sentence for the seeker."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Points:
    """What speaks for a pair, in whole points."""

    job: int
    wage: int
    wish: int
    near: int
    trade: int
    skills: int

    @property
    def total(self) -> int:
        """The score of the pair."""
        return sum(getattr(self, field.name) for field in fields(self))


#: The words for the parts of a score.
PARTS = {
    "job": noted("有工作"), "wage": noted("工资"), "wish": noted("去向意愿"), "near": noted("离家远近"),
    "trade": noted("工种意愿"), "skills": noted("技能相合"),
}  # fmt: skip


def age_on(birth_on: date, on: date) -> int:
    """Whole years of age on a day."""
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))


def covers(code: str, region_code: str) -> bool:
    """Whether a code of a place covers a place: 330000 its province, 331000 its city, 331081 itself."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return region_code.startswith(code)


def reasons(seeker: Row, vacancy: Row, *, on: date, named: Namer = str) -> list[Reason]:
    """Every reason why the pair is impossible; none where it is possible."""
    found = (
        _closed(vacancy, on),
        _age(seeker, vacancy, on),
        _skills(seeker, vacancy, named),
        _place(seeker, vacancy, named),
        _wage(seeker, vacancy),
        _start(seeker, vacancy),
    )
    return [reason for reason in found if reason]


def _closed(vacancy: Row, on: date) -> Reason | None:
    if not vacancy["is_open"]:
        return Reason("closed", say("岗位已经关闭，不再招人。"))
    if not vacancy["openings"]:
        return Reason("closed", say("岗位没有空缺。"))
    if vacancy["closes_on"] is not None and vacancy["closes_on"] < on:
        return Reason("closed", say("岗位已于{day}截止招聘。", day=vacancy["closes_on"].isoformat()))
    return None


def _age(seeker: Row, vacancy: Row, on: date) -> Reason | None:
    if seeker["birth_on"] is None:
        return Reason("age", say("求职者的出生日期没有登记，无法判断是否符合年龄要求。"))
    age, lowest, highest = age_on(seeker["birth_on"], on), *age_limits(vacancy)
    told = {"day": on.isoformat(), "age": age}
    if age < lowest:
        return Reason("age", say("岗位要求年满{lowest}周岁，求职者在{day}为{age}周岁。", lowest=lowest, **told))
    if highest is not None and age > highest:
        return Reason("age", say("岗位要求不超过{highest}周岁，求职者在{day}为{age}周岁。", highest=highest, **told))
    return None


def age_limits(vacancy: Row) -> tuple[int, int | None]:
    """The youngest and the oldest age a vacancy takes."""
    return max(vacancy["min_age"] or 0, YOUNGEST), vacancy["max_age"]


def _skills(seeker: Row, vacancy: Row, named: Namer) -> Reason | None:
    missing = [named(skill) for skill in vacancy["required"] if skill not in seeker["skills"]]
    if not missing:
        return None
    return Reason("skills", say("岗位要求的技能或证书没有登记：{skills}。", skills=listed(missing)))


def _place(seeker: Row, vacancy: Row, named: Namer) -> Reason | None:
    for code in seeker["refused"]:
        if refuses(code, vacancy["class_code"], vacancy["region_code"]):
            return Reason("place", say("求职者表示不去：{place}。", place=named(code)))
    return None


def refuses(code: str, class_code: str | None, region_code: str | None) -> bool:
    """Whether a refused code, of a class of destination or of a place, meets a vacancy there."""
    return code == class_code or (code.isdigit() and region_code is not None and covers(code, region_code))


def _wage(seeker: Row, vacancy: Row) -> Reason | None:
    wish, wage = seeker["wage_wish_fen"], vacancy["wage_fen"]
    if wish is None or (wage is not None and wage >= wish):
        return None
    if wage is None:
        return Reason("wage", say("岗位没有写明月工资，求职者期望不低于{wish}元。", wish=yuan(wish)))
    return Reason("wage", say("岗位月工资{wage}元，低于求职者期望的{wish}元。", wage=yuan(wage), wish=yuan(wish)))


def _start(seeker: Row, vacancy: Row) -> Reason | None:
    ready, start = seeker["from_on"], vacancy["start_on"]
    if ready is None or start is None or ready <= start:
        return None
    return Reason(
        "start", say("岗位最迟{start}到岗，求职者{ready}才能到岗。", start=start.isoformat(), ready=ready.isoformat())
    )


def points(seeker: Row, vacancy: Row, weights: Weights) -> Points:
    """The points of a pair, whether or not it is possible."""
    return Points(
        job=weights.job,
        wage=wage_points(vacancy["wage_fen"], weights),
        wish=wish_points(seeker["wishes"], vacancy["class_code"], weights),
        near=near_points(seeker["home_code"], vacancy["region_code"], weights),
        trade=weights.trade if vacancy["trade_code"] is not None and vacancy["trade_code"] in seeker["trades"] else 0,
        skills=skill_points(vacancy["preferred"], weights)
        * sum(skill in seeker["skills"] for skill in vacancy["preferred"]),
    )


def wage_points(wage_fen: int | None, weights: Weights) -> int:
    """The points of a wage: one a step, up to the most."""
    return min(max(wage_fen or 0, 0) // weights.wage_step_fen, weights.wage_most)


def wish_points(wishes: list[str], class_code: str | None, weights: Weights) -> int:
    """The points of a class of destination by the place it has among the seeker's wishes."""
    if class_code is None or class_code not in wishes:
        return 0
    place = wishes.index(class_code)
    return weights.wishes[place] if place < len(weights.wishes) else 0


def near_points(home_code: str | None, region_code: str | None, weights: Weights) -> int:
    """The points of a place by what it shares with home: the county, the city, the province."""
    if home_code is None or region_code is None:
        return 0
    for digits, worth in zip((6, 4, 2), weights.near, strict=True):
        if home_code[:digits] == region_code[:digits]:
            return worth
    return 0


def skill_points(preferred: list[str], weights: Weights) -> int:
    """The points of each preferred skill a seeker holds, so that all together give no more than the most."""
    return weights.skills // len(preferred) if preferred else 0
