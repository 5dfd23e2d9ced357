"""Rows of land held against what is recorded: pure, given what stands; each problem names its row and field."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars

from shanhai.areas.planting.checks import MONTHS, local, mu, peak, rent_of_months, yuan
from shanhai.base.language import say

Row = dict[str, Any]
Problem = tuple[Row, str, str, str]
Span = tuple[date, date, int]


@dataclass(frozen=True, slots=True)
class Land:
    """What a base offers: its last day of right (none where it has no end), its land, and what is leased already."""

    right_last_on: date | None
    area_mu2: int
    leased: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Old:
    """A parcel that another may stand on: its area and the day it was built."""

    area_mu2: int
    built_on: date


@dataclass(frozen=True, slots=True)
class Promise:
    """A lease as its rents are held against it."""

    base_key: str
    household_key: str
    yearly_fen: int
    first_on: date
    last_on: date


def on_former(rows: polars.DataFrame, old: Mapping[str, Old], taken: Mapping[str, str]) -> Iterator[Problem]:
    """A parcel that stands on a former one is built after it, takes its whole place, and is the only one to do so."""
    holders = dict(taken)
    for row in rows.filter(polars.col("former_key").fill_null("") != "").iter_rows(named=True):
        former, told = old.get(row["former_key"]), local(row["former_key"])
        holder = holders.setdefault(row["former_key"], row["key"])
        if former is None:
            continue
        if holder != row["key"]:
            sentence = say(
                "原地块“{former}”已由地块“{holder}”改造，一个地块只能改造一次。请核对编号；分块改造的，先把原地块分块登记。",
                former=told,
                holder=local(holder),
            )
            yield row, "former_key", "planting.former_taken", sentence
        elif former.built_on >= row["built_on"]:
            sentence = say(
                "建成日期 {built} 不晚于原地块“{former}”的建成日期 {old}。请核对日期或原地块编号。",
                built=row["built_on"].isoformat(),
                former=told,
                old=former.built_on.isoformat(),
            )
            yield row, "built_on", "planting.built_before_former", sentence
        elif row["area_mu2"] < former.area_mu2:
            sentence = say(
                "面积 {area} 亩小于原地块“{former}”的 {old} 亩，其余的地会漏计。请先把原地块分成两块登记，再登记改造的一块。",
                area=mu(row["area_mu2"]),
                former=told,
                old=mu(former.area_mu2),
            )
            yield row, "area_mu", "planting.smaller_than_former", sentence


def lease_within_base(rows: polars.DataFrame, lands: Mapping[str, Land]) -> Iterator[Problem]:
    """A lease does not outlast the base's own right, and all leases of a base fit its land on every day."""
    for row in rows.iter_rows(named=True):
        last = lands[row["base_key"]].right_last_on
        if last is not None and row["last_on"] > last:
            sentence = say(
                "流转终止日期 {found} 晚于基地“{base}”的经营权到期日期 {expected}。流转期限不能超过基地自己的期限，请核对日期。",
                found=row["last_on"].isoformat(),
                base=local(row["base_key"]),
                expected=last.isoformat(),
            )
            yield row, "last_on", "planting.lease_outlasts_base", sentence
    for of_base in rows.partition_by("base_key", maintain_order=True):
        land = lands[of_base.item(0, "base_key")]
        spans = of_base.select("first_on", "last_on", "area_mu2").iter_rows()
        if peak([*land.leased, *spans]) > land.area_mu2:
            yield from _too_large(of_base, land)


def _too_large(rows: polars.DataFrame, land: Land) -> Iterator[Problem]:
    """The rows that do not fit beside those before them."""
    standing = list(land.leased)
    for row in rows.iter_rows(named=True):
        own = (row["first_on"], row["last_on"], row["area_mu2"])
        beside = [span for span in standing if span[0] <= own[1] and own[0] <= span[1]]
        leased = peak((max(first, own[0]), min(last, own[1]), area) for first, last, area in beside)
        if leased + own[2] > land.area_mu2:
            sentence = say(
                "基地“{base}”登记的地块共 {area} 亩，同一时期已流转 {leased} 亩，这一行的 {found} 亩超出 {over} 亩。请核对面积和期限，或先登记地块。",
                base=local(row["base_key"]),
                area=mu(land.area_mu2),
                leased=mu(leased),
                found=mu(own[2]),
                over=mu(leased + own[2] - land.area_mu2),
            )
            yield row, "area_mu", "planting.lease_exceeds_base", sentence
        else:
            standing.append(own)


def due_as_promised(
    rows: polars.DataFrame, leases: Mapping[str, Promise], months: Mapping[tuple[str, int], int]
) -> Iterator[Problem]:
    """Rent falls due inside the term of its lease, for twelve months of a year at most, and is what was promised.

    `months` tells by lease and year for how many months rent fell due already.
    """
    told = defaultdict(int, months)
    for row in rows.iter_rows(named=True):
        lease, year = leases[row["lease_key"]], row["due_year"]
        told[row["lease_key"], year] += row["months"]
        expected = rent_of_months(lease.yearly_fen, row["months"])
        if not lease.first_on.year <= year <= lease.last_on.year:
            sentence = say(
                "流转“{lease}”的期限是 {first} 至 {last}，所属年度 {year} 不在其中。请核对年度或流转编号。",
                lease=local(row["lease_key"]),
                first=lease.first_on.isoformat(),
                last=lease.last_on.isoformat(),
                year=year,
            )
            yield row, "due_year", "planting.due_outside_lease", sentence
        elif told[row["lease_key"], year] > MONTHS:
            sentence = say(
                "流转“{lease}” {year} 年度的应付租金合计已有 {months} 个月，超过 12 个月。这一年的租金可能登记了两次，请核对。",
                lease=local(row["lease_key"]),
                year=year,
                months=told[row["lease_key"], year],
            )
            yield row, "months", "planting.year_due_twice", sentence
        elif row["amount_fen"] != expected:
            sentence = say(
                "应付金额是 {found}，按流转“{lease}”（年租金 {yearly}）{months} 个月应为 {expected}。请核对金额或月数。",
                found=yuan(row["amount_fen"]),
                lease=local(row["lease_key"]),
                yearly=yuan(lease.yearly_fen),
                months=row["months"],
                expected=yuan(expected),
            )
            yield row, "amount_fen", "planting.due_is_not_the_promise", sentence


def due_covers_paid(rows: polars.DataFrame, paid: Mapping[str, int]) -> Iterator[Problem]:
    """A due that is put right still covers what was paid of it."""
    for row in rows.iter_rows(named=True):
        if row["amount_fen"] < paid.get(row["key"], 0):
            sentence = say(
                "应付金额改为 {found}，但已经付了 {paid}。请先更正支付，或核对应付金额。",
                found=yuan(row["amount_fen"]),
                paid=yuan(paid[row["key"]]),
            )
            yield row, "amount_fen", "planting.due_below_paid", sentence
