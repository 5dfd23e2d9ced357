"""Land, work and decisions behind the payments of a pairing, and the people it posts: promises, dues, days, terms."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from shanhai.cli.generating.batches import Batch, keys
from shanhai.cli.generating.truth import Rows, Truth
from shanhai.cli.generating.world import FIRST_YEAR, Numbers, Pair, People, days_between

_BASES = 50
_POSTED = 24
_KINDS = np.array(["official", "teacher", "doctor", "specialist"])
_WAYS = np.array(["east_to_west", "west_to_east"])


def fields(pair: Pair, people: People, random: np.random.Generator, truth: Truth) -> Iterator[Batch]:
    """Leases of households, days of work, decisions on dividends with their lines."""
    yield from _leases(pair, people, random, truth)
    yield from _work(pair, people, random, truth)
    yield from _rounds(pair, people, random, truth)


def _leases(pair: Pair, people: People, random: np.random.Generator, truth: Truth) -> Iterator[Batch]:
    homes = np.flatnonzero(random.random(people.households) < 0.6)
    area, rate = random.integers(50, 900, len(homes)), random.integers(200_00, 900_00, len(homes))
    start = days_between(random, len(homes), date(FIRST_YEAR, 1, 1), date(FIRST_YEAR, 12, 31))
    end = start + np.timedelta64(3650, "D")
    yield from _bases(pair, homes % _BASES, area, truth)
    frame = pl.DataFrame({
        "key": keys("LZ", homes, pair.code), "base_key": keys("JD", homes % _BASES, pair.code), "household_key": keys("NH", homes, pair.code),
        "area_mu2": area, "rate_fen": rate, "yearly_fen": area * rate // 100, "first_on": start, "last_on": end,
    }).with_columns(area_mu=(pl.col("area_mu2") / 100).cast(pl.Decimal(12, 2)), document_no=pl.lit("示例"))  # fmt: skip
    yield Batch("planting.landlease", frame, "signed")


def _bases(pair: Pair, of_base: Numbers, area: Numbers, truth: Truth) -> Iterator[Batch]:
    """The bases, and their land: a parcel for what its households lease, and one of the base's own."""
    number = np.arange(_BASES)
    leased = np.bincount(of_base, weights=area, minlength=_BASES).astype(np.int64)
    day = np.full(_BASES, np.datetime64(date(FIRST_YEAR, 1, 1)))
    bases = pl.DataFrame({"key": keys("JD", number, pair.code), "started_on": day}).with_columns(
        name=pl.lit("示例基地"), short_name=pl.lit(""), kind_code=pl.lit("base"), crop_code=pl.lit("olive"), action_code=pl.lit("new"),
        is_demonstration=pl.lit(value=True), region_code=pl.lit(pair.west), town=pl.lit("示例镇"), operator=pl.lit("示例合作社"),
        project_key=pl.lit(""), right_last_on=pl.lit(None, dtype=pl.Date),
    )  # fmt: skip
    yield Batch("planting.base", bases)
    parcel = np.arange(2 * _BASES)
    mu2 = np.concatenate([leased + 1, np.full(_BASES, 1_000)])
    parcels = pl.DataFrame({
        "key": keys("DK", parcel, pair.code), "base_key": keys("JD", parcel % _BASES, pair.code), "area_mu2": mu2,
        "built_on": np.tile(day, 2), "registered_on": np.tile(day, 2),
    }).with_columns(area_mu=(pl.col("area_mu2") / 100).cast(pl.Decimal(12, 2)), crop_code=pl.lit("olive"), former_key=pl.lit(""))  # fmt: skip
    yield Batch("planting.parcel", parcels)
    truth.rows("planting.bases_built", Rows(day))


def _work(pair: Pair, people: People, random: np.random.Generator, truth: Truth) -> Iterator[Batch]:
    """Days of work; a person works a day once, whatever the base."""
    count = people.records
    who = random.integers(0, people.records, count)
    day = days_between(random, count, date(FIRST_YEAR, 7, 1), pair.size.last_on)
    person = keys("RY", np.arange(people.records), pair.code)
    drawn = pl.DataFrame({"who": who, "worked_on": day, "wage_fen": random.integers(8_000, 20_000, count)})
    drawn = drawn.unique(["who", "worked_on"], keep="first", maintain_order=True)
    kept, wage, worked = (drawn.get_column(name).to_numpy() for name in ("who", "wage_fen", "worked_on"))
    frame = pl.DataFrame({
        "key": keys("WG", np.arange(len(kept)), pair.code), "base_key": keys("JD", kept % _BASES, pair.code),
        "person_key": person.gather(kept), "worked_on": worked, "wage_fen": wage,
    }).with_columns(hours=pl.lit(8.0).cast(pl.Decimal(4, 1)))  # fmt: skip
    yield Batch("planting.workday", frame)
    truth.rows("planting.work_person_times", Rows(worked))
    truth.distinct("planting.workers", Rows(worked, people.counted[kept]))
    truth.sums("planting.wages_due", Rows(worked, amount=wage))


def _rounds(pair: Pair, people: People, random: np.random.Generator, truth: Truth) -> Iterator[Batch]:
    """A decision a year and base, and its list: every household of the base once."""
    bases = np.arange(min(_BASES, people.households))
    years = np.arange(FIRST_YEAR, FIRST_YEAR + pair.size.years)
    base, year = np.tile(bases, len(years)), np.repeat(years, len(bases))
    members = [np.arange(one, people.households, _BASES) for one in bases.tolist()]
    lines = [random.integers(100, 90_000, len(members[place])) for place in base.tolist()]
    shared = np.array([int(line.sum()) for line in lines])
    kept = random.integers(0, 1_000_000, len(base))
    number = np.arange(len(base))
    decided = [date(one, 12, 1) for one in year.tolist()]
    frame = pl.DataFrame({
        "key": keys("FH", number, pair.code), "base_key": keys("JD", base, pair.code), "round_no": pl.Series(year).cast(pl.String),
        "decided_on": decided, "income_fen": shared + kept, "kept_fen": kept, "shared_fen": shared,
    }).with_columns(document_no=pl.lit("示例"))  # fmt: skip
    yield Batch("planting.dividendround", frame)
    of_round = np.repeat(number, [len(line) for line in lines])
    home = np.concatenate([members[place] for place in base.tolist()])
    listed = pl.DataFrame({
        "key": keys("MD", np.arange(len(home)), pair.code), "round_key": keys("FH", of_round, pair.code),
        "line_no": pl.Series(np.arange(len(home))).cast(pl.String), "household_key": keys("NH", home, pair.code),
        "amount_fen": np.concatenate(lines),
    }).with_columns(person_key=pl.lit(""))  # fmt: skip
    yield Batch("planting.dividendline", listed)
    day = np.array(decided, dtype="datetime64[D]")
    truth.sums("planting.dividends_decided", Rows(day, amount=shared))
    truth.sums("planting.base_income", Rows(day, amount=shared + kept))
    truth.sums("planting.income_kept", Rows(day, amount=kept))


def postings(pair: Pair, people: People, random: np.random.Generator, truth: Truth) -> Iterator[Batch]:
    """People posted to the other side, some twice: the second term begins after the first has ended."""
    who = random.choice(people.records, size=min(_POSTED, people.records), replace=False)
    twice = who[: len(who) // 4]
    posted = np.concatenate([who, twice])
    first = days_between(random, len(who), date(FIRST_YEAR, 2, 1), date(FIRST_YEAR, 6, 30))
    start = np.concatenate([first, first[: len(twice)] + np.timedelta64(200, "D")])
    left = np.concatenate([first + np.timedelta64(150, "D"), np.full(len(twice), np.datetime64("NaT"))]).astype(
        "datetime64[D]"
    )
    person = keys("RY", np.arange(people.records), pair.code)
    frame = pl.DataFrame({
        "key": keys("GZ", np.arange(len(posted)), pair.code), "person_key": person.gather(posted),
        "direction_code": _WAYS[posted % 2], "kind_code": _KINDS[posted % 4], "first_on": start,
        "last_on": start + np.timedelta64(180, "D"), "arrived_on": start, "left_on": left,
    }).with_columns(
        role_code=pl.lit("office_staff"), post=pl.lit("示例职务"), from_unit=pl.lit("示例单位"), to_unit=pl.lit("示例单位"),
        cancelled_on=pl.lit(None, dtype=pl.Date), document_no=pl.lit(""),
    )  # fmt: skip
    yield Batch("talent.secondment", frame)
    counted = people.counted[posted]
    truth.distinct("talent.started", Rows(start, counted))
    truth.rows("talent.posting_person_times", Rows(start))
    truth.standing("talent.on_duty", Rows(start, counted, until=left))
