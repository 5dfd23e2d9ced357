"""Pure checks on rows of labour cooperation, and the pure rules its actions hold against what is recorded."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import polars

from shanhai.areas.labour.terms import YOUNGEST, Destination, Per, SubsidyResult
from shanhai.base.language import say

Problem = tuple[int, str, str, str]
Check = Callable[[polars.DataFrame], Iterator[Problem]]
#: Stands for "still there" where days are compared.
OPEN = date(9999, 12, 31)


def in_order(first: str, last: str) -> Check:
    """The last day does not lie before the first."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        for row in frame.filter(polars.col(last) < polars.col(first)).iter_rows(named=True):
            sentence = say(
                "{last} 早于开始的 {first}。请核对这两个日期。",
                last=row[last].isoformat(),
                first=row[first].isoformat(),
            )
            yield row["_row"], last, "labour.ends_before_it_begins", sentence

    return check


def above_zero(column: str) -> Check:
    """An amount or a number of people is above zero."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        for row in frame.filter(polars.col(column) <= 0).iter_rows(named=True):
            yield (
                row["_row"],
                column,
                "labour.not_above_zero",
                say("这里应大于零。请核对后填写；没有的请留空或删去这一行。"),
            )

    return check


def recovered_with_its_day(frame: polars.DataFrame) -> Iterator[Problem]:
    """Wages got back have a day, not before the case was opened, and are no more than what was owed."""
    for row in frame.iter_rows(named=True):
        amount, day = row["recovered_fen"] or 0, row["recovered_on"]
        if (amount > 0) != (day is not None):
            field = "recovered_on" if amount else "recovered_fen"
            yield (
                row["_row"],
                field,
                "labour.recovery_incomplete",
                say("追回金额和追回日期要一起填写，缺了一项。请补齐。"),
            )
        elif amount > (row["owed_fen"] or amount):
            sentence = say("追回金额大于欠薪金额。请核对两个金额（单位：元）。")
            yield row["_row"], "recovered_fen", "labour.recovered_too_much", sentence
        elif day and row["opened_on"] and day < row["opened_on"]:
            sentence = say("追回日期早于受理日期 {opened}。请核对。", opened=row["opened_on"].isoformat())
            yield row["_row"], "recovered_on", "labour.recovered_too_early", sentence


def ages_in_order(frame: polars.DataFrame) -> Iterator[Problem]:
    """A vacancy asks for nobody under the age at which people may work, and its ages are in order."""
    for row in frame.filter(polars.col("youngest_years") < YOUNGEST).iter_rows(named=True):
        sentence = say(
            "最低年龄是 {found} 岁。未满 {age} 周岁不得招用，请改正。", found=row["youngest_years"], age=YOUNGEST
        )
        yield row["_row"], "youngest_years", "labour.too_young_asked", sentence
    for row in frame.filter(polars.col("oldest_years") < polars.col("youngest_years")).iter_rows(named=True):
        yield row["_row"], "oldest_years", "labour.ages_not_in_order", say("最高年龄小于最低年龄。请核对。")


def class_where_the_work_is(frame: polars.DataFrame) -> Iterator[Problem]:
    """The class of destination follows from the province of the work: the paired one, the own one, or another.

    A public-welfare post is at home. So one job cannot be told under two classes by writing it down differently.
    """
    told = frame.filter(polars.col("scope_code").str.contains(r"^\d{6}-\d{6}$"))
    for row in told.drop_nulls(["class_code", "region_code"]).iter_rows(named=True):
        east, west = row["scope_code"][:2], row["scope_code"][7:9]
        if not _fits(row["class_code"], row["region_code"][:2], east, west):
            word = say(str(Destination(row["class_code"]).label))
            sentence = say(
                "工作地 {region} 与就业去向“{word}”不符。请核对工作地代码和就业去向。",
                region=row["region_code"],
                word=word,
            )
            yield row["_row"], "class_code", "labour.class_elsewhere", sentence


def _fits(class_code: str, province: str, east: str, west: str) -> bool:
    """Whether a class of destination is that of work in a province, of a pairing of two."""
    if class_code == Destination.PAIRED_EAST:
        return province == east
    return province not in (east, west) if class_code == Destination.ELSEWHERE else province == west


@dataclass(frozen=True, slots=True)
class Spell:
    """One placement as the rule on two places looks at it: whose, from when to when, where; `row` where it is being entered."""

    key: str
    person: str
    started_on: date
    ended_on: date | None
    employer: str
    class_code: str
    row: int | None = None

    @property
    def last(self) -> date:
        """The last day, far ahead where there is none yet."""
        return self.ended_on or OPEN

    def meets(self, other: "Spell") -> bool:
        """Whether both hold on some day; the day somebody leaves is still a day there."""
        return self.started_on <= other.last and other.started_on <= self.last


def in_two_places(frame: polars.DataFrame) -> set[str]:
    """The people of `person`, `started_on` and `ended_on` of whom two spells hold on one day, found in one pass."""
    ordered = frame.select("person", "started_on", polars.col("ended_on").fill_null(OPEN)).sort("person", "started_on")
    reached = polars.col("ended_on").cum_max().over("person").shift(1)
    again = (polars.col("person") == polars.col("person").shift(1)) & (polars.col("started_on") <= reached)
    return set(ordered.filter(again).get_column("person"))


def clashes(spells: Sequence[Spell]) -> Iterator[tuple[Spell, Spell]]:
    """Each spell being entered that meets another of the same person, with the first it meets; a pair is told once."""
    told: set[frozenset[str]] = set()
    for spell in spells:
        if spell.row is None:
            continue
        for other in spells:
            pair = frozenset((spell.key, other.key))
            if other is not spell and spell.meets(other) and pair not in told:
                told.add(pair)
                yield spell, other
                break


def is_double_count(one: Spell, other: Spell) -> bool:
    """Whether two spells that meet are one job told under two classes."""
    return one.class_code != other.class_code and (one.employer == other.employer or one.started_on == other.started_on)


def age_on(birth: date, day: date) -> int:
    """Whole years of age on a day; below zero before birth."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@dataclass(frozen=True, slots=True)
class Rule:
    """A version of a subsidy rule as a decision reads it; limits that are empty hold for everybody."""

    key: str
    amount_fen: int
    per_code: str
    group_code: str
    class_code: str
    months_minimum: int
    months_maximum: int | None
    cap_fen: int | None
    first_on: date
    last_on: date | None

    def in_force(self, day: date) -> bool:
        """Whether the version holds on a day."""
        return self.first_on <= day <= (self.last_on or OPEN)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a decision goes by: the day, the person's group on it, where they work, months with evidence, what was paid before."""

    applied_on: date
    group_code: str
    class_code: str
    months: int
    earlier_fen: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule makes of a claim: the version applied (none where none is in force), the result, the amount."""

    rule_key: str
    result: SubsidyResult
    amount_fen: int = 0


def decided(claim: Claim, rules: Sequence[Rule]) -> Decision:
    """The decision on a claim by the rules of its kind: of those whose limits it meets the narrowest, else what stood against it."""
    held = [rule for rule in rules if rule.in_force(claim.applied_on)]
    if not held:
        return Decision("", SubsidyResult.NO_RULE)
    of_group = [rule for rule in held if rule.group_code in ("", claim.group_code)]
    if not of_group:
        return Decision(_narrowest(held).key, SubsidyResult.GROUP)
    of_class = [rule for rule in of_group if rule.class_code in ("", claim.class_code)]
    if not of_class:
        return Decision(_narrowest(of_group).key, SubsidyResult.DESTINATION)
    rule = _narrowest(of_class)
    if claim.months < rule.months_minimum:
        return Decision(rule.key, SubsidyResult.MONTHS)
    times = 1
    if rule.per_code == Per.MONTH:
        times = min(claim.months, rule.months_maximum or claim.months)
    amount = rule.amount_fen * times
    if rule.cap_fen is not None:
        amount = min(amount, rule.cap_fen - claim.earlier_fen)
    return Decision(rule.key, SubsidyResult.GRANTED, amount) if amount > 0 else Decision(rule.key, SubsidyResult.CAP)


def _narrowest(rules: Sequence[Rule]) -> Rule:
    return max(rules, key=lambda rule: (bool(rule.group_code) + bool(rule.class_code), rule.first_on, rule.key))


@dataclass(frozen=True, slots=True)
class Version:
    """A rule as the rule on versions looks at it: what it is a version of, and its days."""

    key: str
    of: tuple[str, str, str]
    first_on: date
    last_on: date | None
    row: int | None = None


def versions_at_once(versions: Sequence[Version]) -> Iterator[tuple[Version, Version]]:
    """Versions of one rule that hold on the same day, the one being entered first."""
    ordered = sorted(versions, key=lambda one: (one.of, one.first_on, one.key))
    for before, after in pairwise(ordered):
        if before.of == after.of and after.first_on <= (before.last_on or OPEN):
            entered, other = (after, before) if after.row is not None else (before, after)
            if entered.row is not None:
                yield entered, other


#: Classes of destination in which a placement is an act of the cooperation itself.
OF_THE_COOPERATION = frozenset({str(Destination.PAIRED_EAST)})
