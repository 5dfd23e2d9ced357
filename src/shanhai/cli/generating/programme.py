"""One pairing's programme: what its offices, bases, buyers and stations recorded, and what is true of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from shanhai.base.identifiers import example_identity
from shanhai.cli.generating.batches import Batch, keys
from shanhai.cli.generating.fields import fields, postings
from shanhai.cli.generating.giving import charity
from shanhai.cli.generating.selling import orders
from shanhai.cli.generating.truth import Rows, Truth
from shanhai.cli.generating.world import FIRST_YEAR, Numbers, Pair, People, days_between, people_of
from shanhai.reference import vault

_CHANNELS = np.array(["rent", "wage", "dividend"])
_CLASSES = np.array(["paired_east", "in_province", "elsewhere", "public_welfare"])
_FIELDS = np.array(["industry", "education", "health", "village"])


@dataclass(slots=True)
class Programme:
    """The programme of one pairing, drawn when asked for; the same size and seed, the same programme."""

    pair: Pair
    truth: Truth = field(default_factory=Truth)
    _drawn: People | None = None

    def batches(self) -> Iterator[Batch]:
        """Everything recorded, in the order in which it may be written; the truth grows with it."""
        random = self.pair.random
        people = people_of(self.pair, random)
        yield from self._registers(people)
        yield from fields(self.pair, people, random, self.truth)
        yield from self._benefits(people, random)
        yield from self._placements(people, random)
        yield from orders(self.pair, people, random, self.truth)
        yield from self._courses(people, random)
        yield from postings(self.pair, people, random, self.truth)
        yield from self._ledger(random)
        yield from charity(self.pair, people, random, self.truth)

    def _key(self, prefix: str, numbers: Numbers) -> pl.Series:
        return keys(prefix, numbers, self.pair.code)

    def _person_keys(self) -> pl.Series:
        assert self._drawn is not None
        return self._key("RY", np.arange(self._drawn.records))

    def _registers(self, people: People) -> Iterator[Batch]:
        """Households, people with their doubles, and the decisions on some of these."""
        self._drawn = people
        numbers = np.arange(people.households)
        homes = pl.DataFrame({
            "key": self._key("NH", numbers), "village": pl.Series(numbers % 40).cast(pl.String) + " 号示例村",
            "kind_code": np.where(numbers % 5 == 0, "lifted", "ordinary"),
        }).with_columns(region_code=pl.lit(self.pair.west), member_count=pl.lit(4), canonical_key=pl.lit(""))  # fmt: skip
        yield Batch("reference.household", homes)
        named = self._person_keys()
        counted = np.asarray(people.counted)
        sealed, wrapped = _sealed(self.pair, people)
        told = sealed.with_columns(
            key=named, household_key=self._key("NH", people.household),
            canonical_key=pl.Series(np.where(counted == np.arange(people.records), "", named.to_numpy()[_standing(people)])),
        )  # fmt: skip
        yield Batch("reference.person", told)
        yield Batch("reference.personkey", pl.DataFrame({"person_key": named, "wrapped": wrapped}))
        doubles = people.real + people.decided
        yield Batch("reference.merge", pl.DataFrame({
            "key": self._key("RD", people.decided), "left_key": named.gather(people.person[doubles]), "right_key": named.gather(doubles),
        }).with_columns(
            kind_code=pl.lit("person"), verdict_code=pl.lit("same"), decided_on=pl.lit(date(FIRST_YEAR, 12, 1)),
            basis=pl.lit("合成数据"), revoked_on=pl.lit(None, dtype=pl.Date),
        ))  # fmt: skip

    def _benefits(self, people: People, random: np.random.Generator) -> Iterator[Batch]:
        """Rent to households, wages and dividends to people, year by year; one payment in a hundred is put right."""
        homes, who, channel, day, amount = self._drawn_benefits(people, random)
        count = len(day)
        paid = self._key("FK", np.arange(count))
        person_keys = self._person_keys().to_numpy()
        frame = pl.DataFrame({
            "key": paid, "base_key": self._key("JD", homes % 50), "household_key": self._key("NH", homes),
            "person_key": np.where(who >= 0, person_keys[who], ""), "channel_code": _CHANNELS[channel], "paid_on": day,
            "amount_fen": amount, "ref_no": pl.Series(np.arange(count)).cast(pl.String),
        })  # fmt: skip
        yield Batch("planting.benefitpayment", frame)
        wrong = random.choice(count, size=count // 100, replace=False)
        amount[wrong] += 100
        yield Batch(
            "planting.benefitpayment",
            pl.DataFrame({"key": paid.gather(wrong), "amount_fen": amount[wrong]}),
            corrects=True,
        )
        counted = np.where(who >= 0, people.counted[who], -1)
        self._true_benefits(Rows(day, counted, amount), homes, channel)

    def _drawn_benefits(
        self, people: People, random: np.random.Generator
    ) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
        """Household, record of a person (below zero: none), channel, day and fen of each payment."""
        parts = []
        for year in range(FIRST_YEAR, FIRST_YEAR + self.pair.size.years):
            homes = np.flatnonzero(random.random(people.households) < 0.6)
            workers = random.choice(people.records, size=people.records // 2)
            owners = np.flatnonzero(random.random(people.records) < 0.5)
            home = np.concatenate([homes, people.household[workers], people.household[owners]])
            who = np.concatenate([np.full(len(homes), -1), workers, owners])
            channel = np.repeat([0, 1, 2], [len(homes), len(workers), len(owners)])
            day = days_between(random, len(home), date(year, 1, 1), date(year, 12, 31))
            parts.append((home, who, channel, day, random.integers(1_000, 500_000, len(home))))
        first, second, third, fourth, fifth = (np.concatenate(column) for column in zip(*parts, strict=True))
        return first, second, third, fourth, fifth

    def _true_benefits(self, rows: Rows, homes: Numbers, channel: Numbers) -> None:
        truth, (day, who, amount) = self.truth, (rows.day, rows.who, rows.amount)
        assert who is not None
        assert amount is not None
        truth.sums("planting.benefits_paid", rows)
        for place, name in enumerate(("rent_paid", "wages_paid", "dividends_paid")):
            mine = channel == place
            truth.sums(f"planting.{name}", Rows(day[mine], who[mine], amount[mine]))
        truth.distinct("planting.people_benefited", rows)
        truth.distinct("planting.households_benefited", Rows(day, homes))

    def _placements(self, people: People, random: np.random.Generator) -> Iterator[Batch]:
        """Jobs one after the other, some still going on: people come back and leave again."""
        seekers = np.flatnonzero(random.random(people.records) < 0.5)
        times = random.integers(1, 4, len(seekers))
        who = np.repeat(seekers, times)
        turn = np.concatenate([np.arange(count) for count in times]) if len(times) else np.zeros(0, dtype=np.int64)
        span = 365 * self.pair.size.years // 3
        start = np.datetime64(date(FIRST_YEAR, 1, 1)) + (turn * span + random.integers(0, 60, len(who))).astype(
            "timedelta64[D]"
        )
        end = start + random.integers(20, max(21, span - 61), len(who)).astype("timedelta64[D]")
        last = np.repeat(times, times) - 1 == turn
        end = np.where(last & (random.random(len(who)) < 0.5), np.datetime64("NaT"), end)
        wage = random.integers(250_000, 900_000, len(who))
        frame = pl.DataFrame({
            "key": self._key("JY", np.arange(len(who))), "person_key": self._person_keys().gather(who),
            "class_code": _CLASSES[random.integers(0, 4, len(who))], "started_on": start, "ended_on": end.astype("datetime64[D]"),
            "monthly_wage_fen": wage,
        }).with_columns(employer=pl.lit("示例用工单位"), region_code=pl.lit(self.pair.east), vacancy_key=pl.lit(""))  # fmt: skip
        yield Batch("labour.placement", frame)
        counted = people.counted[who]
        self.truth.distinct("labour.people_placed", Rows(start, counted))
        self.truth.rows("labour.placements", Rows(start))
        self.truth.standing("labour.people_in_work", Rows(start, counted, until=end.astype("datetime64[D]")))

    def _courses(self, people: People, random: np.random.Generator) -> Iterator[Batch]:
        """Who signed in at courses; the same person comes several times."""
        count = max(4, people.records // 5)
        who = random.integers(0, people.records, count)
        day = days_between(random, count, date(FIRST_YEAR, 7, 1), self.pair.size.last_on)
        frame = pl.DataFrame({
            "key": self._key("QD", np.arange(count)), "person_key": self._person_keys().gather(who), "attended_on": day,
        }).with_columns(course_key=pl.lit(f"{self.pair.code}/PX-1"), is_passed=pl.lit(None, dtype=pl.Boolean))  # fmt: skip
        yield Batch("labour.courseattendance", frame)
        self.truth.rows("labour.training_person_times", Rows(day))
        self.truth.distinct("labour.people_trained", Rows(day, people.counted[who]))

    def _ledger(self, random: np.random.Generator) -> Iterator[Batch]:
        """A budget line a year, issued whole, allocated in parts; never more than was issued."""
        years = np.arange(FIRST_YEAR, FIRST_YEAR + self.pair.size.years)
        lines = np.repeat(years, 20)
        amount = random.integers(100_00, 900_000_00, len(lines))
        issued = [int(amount[lines == year].sum()) for year in years]
        source = {
            "key": self._key("ZJ", years),
            "budget_year": years,
            "budget_fen": issued,
            "registered_on": [date(year, 1, 2) for year in years.tolist()],
        }
        yield Batch("funds.source", pl.DataFrame(source).with_columns(name=pl.lit("示例资金"), level_code=pl.lit("county"), unit_name=pl.lit("")), "planned", "east")  # fmt: skip
        yield Batch("funds.issue", pl.DataFrame({
            "key": self._key("XD", years), "source_key": self._key("ZJ", years), "amount_fen": issued,
            "issued_on": [date(year, 1, 3) for year in years.tolist()],
        }).with_columns(document_no=pl.lit("示例"), from_unit=pl.lit("示例"), to_unit=pl.lit("示例")), side="east")  # fmt: skip
        day = np.concatenate(
            [days_between(random, 20, date(year, 2, 1), date(year, 12, 31)) for year in years.tolist()]
        )
        yield Batch("funds.allocation", pl.DataFrame({
            "key": self._key("FP", np.arange(len(lines))), "source_key": self._key("ZJ", lines), "amount_fen": amount, "allocated_on": day,
            "field_code": _FIELDS[random.integers(0, 4, len(lines))], "line_no": pl.Series(np.arange(len(lines))).cast(pl.String),
        }).with_columns(document_no=pl.lit("示例"), purpose=pl.lit("示例用途"), project_key=pl.lit("")))  # fmt: skip
        self.truth.sums("funds.arranged", Rows(day, amount=amount))


def _standing(people: People) -> Numbers:
    """The record that stands for each record: the person's own where a decision says so, else itself."""
    standing = np.arange(people.records)
    doubles = people.real + people.decided
    standing[doubles] = people.person[doubles]
    return standing


def _sealed(pair: Pair, people: People) -> tuple[pl.DataFrame, list[str]]:
    """People as ciphertext under a key each; the second record of a person has the name and no number."""
    rows: list[dict[str, Any]] = []
    wrapped = []
    for record, person in enumerate(people.person.tolist()):
        number = pair.first_person + person
        birth = people.birth[person]
        own = record < people.real
        identity = example_identity(number % 1000, birth) if own else ""
        sealed, key = vault.seal_person(f"合成{number:07d}", identity)
        rows.append(sealed | {"birth_on": None if own else birth})
        wrapped.append(key)
    return pl.DataFrame(rows, schema_overrides={"birth_on": pl.Date}), wrapped
