"""Rows of work, dividends and payments held against what is recorded: pure, given what stands."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars

from shanhai.areas.planting.checks import local, yuan
from shanhai.base.language import say

Row = dict[str, Any]
Problem = tuple[Row, str, str, str]
Moves = Mapping[tuple[str, str], list[tuple[date, int]]]
"""By base and person, amounts with their days."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What a payment may pay: to which household, at which base, how much, since when; and what was paid of it."""

    household_key: str
    base_key: str
    amount_fen: int
    since: date
    paid_fen: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """What stands on the list of a round: its sum and its households."""

    total_fen: int = 0
    households: frozenset[str] = frozenset()


def day_worked_once(
    rows: polars.DataFrame, worked: Mapping[tuple[str, date], tuple[str, str]], same: Mapping[str, str]
) -> Iterator[Problem]:
    """A person works a day once, under whichever of their records it is entered.

    `worked` tells by person and day the record and the base; `same` by record of a person the one that stands for it.
    """
    known = {(same.get(person, person), day): told for (person, day), told in worked.items()}
    for row in rows.iter_rows(named=True):
        place = (same.get(row["person_key"], row["person_key"]), row["worked_on"])
        record, base = known.setdefault(place, (row["key"], row["base_key"]))
        if record != row["key"]:
            sentence = say(
                "人员“{person}”（或认定为同一人的记录）{day} 在基地“{base}”已记过工。同一人同一天只记一次，请核对日期和人员。",
                person=local(row["person_key"]),
                day=row["worked_on"].isoformat(),
                base=local(base),
            )
            yield row, "worked_on", "planting.day_worked_twice", sentence


def list_adds_up(
    rows: polars.DataFrame, decided: Mapping[str, int], standing: Mapping[str, Listed], *, correcting: bool
) -> Iterator[Problem]:
    """The lines of a round add up to what was decided to be shared out, a household once on each list.

    Lines added to a list that stands are not added up here: corrections of the same load are still to come.
    """
    for of_round in rows.partition_by("round_key", maintain_order=True):
        round_key = of_round.item(0, "round_key")
        before = standing.get(round_key, Listed())
        for row in of_round.filter(polars.col("household_key").is_in(list(before.households))).iter_rows(named=True):
            sentence = say(
                "户“{household}”已在分红“{round}”的名单上。一户一批只列一次，请核对户编号。",
                household=local(row["household_key"]),
                round=local(round_key),
            )
            yield row, "household_key", "planting.household_listed_twice", sentence
        total = before.total_fen + int(of_round.get_column("amount_fen").sum())
        over = total - decided[round_key]
        if over and (correcting or not before.households):
            count = of_round.height + len(before.households)
            sentence = list_told(round_key, count, total, decided[round_key])
            yield _where_it_goes_wrong(of_round, over), "amount_fen", "planting.list_does_not_add_up", sentence


def _where_it_goes_wrong(rows: polars.DataFrame, over: int) -> Row:
    """The row that alone explains the difference (its amount is the surplus), else the last of the list."""
    alone = rows.filter(polars.col("amount_fen") == over)
    return (alone if alone.height == 1 else rows).row(-1, named=True)


def list_told(round_key: str, count: int, total: int, shared: int) -> str:
    """That a list does not add up to its decision, and what to do."""
    more, less = yuan(max(total - shared, 0)), yuan(max(shared - total, 0))
    return say(
        "分红“{round}”的名单共 {count} 户，合计 {total}，而决定分配到户 {shared}，{gap}。名单合计必须等于决定，请核对各户金额，或补上漏列的户。",
        round=local(round_key),
        count=count,
        total=yuan(total),
        shared=yuan(shared),
        gap=say("多 {amount}", amount=more) if total > shared else say("少 {amount}", amount=less),
    )


def pays_what_is_owed(rows: polars.DataFrame, column: str, owed: Mapping[str, Owed]) -> Iterator[Problem]:
    """A payment goes to the household it is owed to, at its base; rent within what fell due, a dividend as listed."""
    paid: defaultdict[str, int] = defaultdict(int)
    for row in rows.iter_rows(named=True):
        one = owed[row[column]]
        already = one.paid_fen + paid[row[column]]
        paid[row[column]] += row["amount_fen"]
        if row["household_key"] != one.household_key:
            sentence = say(
                "“{owed}”应付给户“{expected}”，这里填的是户“{found}”。请核对户编号或所付的编号。",
                owed=local(row[column]),
                expected=local(one.household_key),
                found=local(row["household_key"]),
            )
            yield row, "household_key", "planting.other_household", sentence
        elif row["base_key"] != one.base_key:
            sentence = say(
                "“{owed}”属于基地“{expected}”，这里填的是“{found}”。请核对基地编号。",
                owed=local(row[column]),
                expected=local(one.base_key),
                found=local(row["base_key"]),
            )
            yield row, "base_key", "planting.other_base", sentence
        elif column == "line_key":
            yield from _dividend(row, one, already)
        elif already + row["amount_fen"] > one.amount_fen:
            yield row, "amount_fen", "planting.paid_more_than_due", _overpaid(row, one, already)


def _dividend(row: Row, one: Owed, already: int) -> Iterator[Problem]:
    if already or row["amount_fen"] != one.amount_fen:
        sentence = say(
            "分红名单“{owed}”应分 {expected}，已付 {paid}，这一笔是 {found}。分红按名单一次付清，请核对金额，或先更正名单。",
            owed=local(row["line_key"]),
            expected=yuan(one.amount_fen),
            paid=yuan(already),
            found=yuan(row["amount_fen"]),
        )
        yield row, "amount_fen", "planting.payment_is_not_the_line", sentence
    elif row["paid_on"] < one.since:
        sentence = say(
            "支付日期 {paid} 早于分红决定的日期 {decided}。请核对日期。",
            paid=row["paid_on"].isoformat(),
            decided=one.since.isoformat(),
        )
        yield row, "paid_on", "planting.paid_before_decided", sentence


def _overpaid(row: Row, one: Owed, already: int) -> str:
    return say(
        "应付租金“{owed}”共 {expected}，已付 {paid}，再付 {found} 就多付了 {over}。请核对金额和编号。",
        owed=local(row["due_key"]),
        expected=yuan(one.amount_fen),
        paid=yuan(already),
        found=yuan(row["amount_fen"]),
        over=yuan(already + row["amount_fen"] - one.amount_fen),
    )


def wage_was_earned(rows: polars.DataFrame, earned: Moves, paid: Moves) -> Iterator[Problem]:
    """Wages paid at a base up to a day never exceed what the person earned there up to it."""
    told = defaultdict(list, {place: list(moves) for place, moves in paid.items()})
    for row in rows.sort("paid_on", maintain_order=True).iter_rows(named=True):
        place = (row["base_key"], row["person_key"])
        told[place].append((row["paid_on"], row["amount_fen"]))
        due = sum(amount for day, amount in earned.get(place, ()) if day <= row["paid_on"])
        out = sum(amount for day, amount in told[place] if day <= row["paid_on"])
        if out > due:
            sentence = say(
                "截至 {day}，人员“{person}”在基地“{base}”务工应得 {earned}，连同这一笔已付 {paid}，多付 {over}。请先登记务工，或核对金额。",
                day=row["paid_on"].isoformat(),
                person=local(row["person_key"]),
                base=local(row["base_key"]),
                earned=yuan(due),
                paid=yuan(out),
                over=yuan(out - due),
            )
            yield row, "amount_fen", "planting.wage_not_earned", sentence
