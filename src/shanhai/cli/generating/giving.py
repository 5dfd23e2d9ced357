"""What a pairing is given: campaigns of the seasons, gifts, what was handed out, and work with disabled people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from shanhai.base.identifiers import example_organisation
from shanhai.cli.generating.batches import Batch, keys
from shanhai.cli.generating.truth import Rows, Truth
from shanhai.cli.generating.world import FIRST_YEAR, Numbers, Pair, People, days_between

_SCHOOLS, _COURSES, _COURSE_DAYS, _APPEALS = 8, 2, 3, 3
_THEMES = np.array(["warm_winter", "warm_winter", "schooling"])
_BEGINS = ((11, 1), (11, 20), (8, 25))
_LEVELS = np.array(["province", "prefecture", "county", "town", "society", "unstated"])
_RECEIVERS = np.array(["left_behind", "child", "disabled"])
_PLACES = np.array(["nearby", "home", "away"])
_NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class _Handed:
    """Things handed out: in which campaign or out of which gift (below zero: none), to whom, which school, what kind, when."""

    campaign: Numbers
    gift: Numbers
    person: Numbers
    school: Numbers
    receiver: Numbers
    theme: Numbers
    day: Numbers


def charity(pair: Pair, people: People, random: np.random.Generator, truth: Truth) -> Iterator[Batch]:
    """Campaigns, gifts in money and goods, distributions to children and schools, courses and jobs of disabled people."""
    campaigns = _drawn_campaigns(pair, random)
    yield _campaigns(pair, campaigns, random, truth)
    gifts = _gifts(pair, people, random, truth)
    yield from gifts
    goods = gifts[-1].frame.filter(pl.col("kind_code") == "goods")
    yield from _distributions(pair, people, _drawn_handed(pair, people, random, (campaigns, goods)), truth)
    yield from _courses(pair, people, random, truth)
    yield _employment(pair, people, random, truth)


def _drawn_campaigns(pair: Pair, random: np.random.Generator) -> pl.DataFrame:
    """Up to three campaigns a year: one winter may see two and another none, so that a run of years may break."""
    year = np.repeat(np.arange(FIRST_YEAR, FIRST_YEAR + pair.size.years), len(_THEMES))
    kind = np.tile(np.arange(len(_THEMES)), pair.size.years)
    held = random.random(len(year)) < 0.7
    held[0] = True
    first = np.array([date(one, *_BEGINS[of]) for one, of in zip(year.tolist(), kind.tolist(), strict=True)], dtype="datetime64[D]")  # fmt: skip
    frame = pl.DataFrame({"year": year, "theme_code": _THEMES[kind], "first_on": first}).filter(pl.Series(held))
    return frame.with_columns(last_on=pl.col("first_on") + pl.duration(days=14)).with_row_index("number")


def _campaigns(pair: Pair, campaigns: pl.DataFrame, random: np.random.Generator, truth: Truth) -> Batch:
    """Where nobody wrote down who the children were, they were counted on the spot."""
    number = campaigns["number"].to_numpy()
    children = np.where(random.random(len(number)) < 0.4, random.integers(20, 400, len(number)), 0)
    frame = campaigns.select("theme_code", "first_on", "last_on", campaign_year="year").with_columns(
        key=keys("GY", number, pair.code), name=pl.lit("示例公益活动"), child_count=pl.Series(children).replace(0, None)
    )
    day, year, counted = campaigns["first_on"].to_numpy(), campaigns["year"].to_numpy(), children > 0
    truth.rows("charity.campaigns_held", Rows(day))
    truth.unbroken("charity.campaign_years", Rows(day, campaigns["theme_code"].to_numpy(), year))
    truth.largest("charity.children_counted", Rows(day[counted], amount=children[counted]))
    return Batch("charity.campaign", frame)


def _gifts(pair: Pair, people: People, random: np.random.Generator, truth: Truth) -> list[Batch]:
    """Appeals, one with two parts, and what was given for each of them or for none, in money and in goods."""
    appeals = pl.DataFrame({
        "key": keys("MJ", np.arange(_APPEALS), pair.code), "parent_key": ["", *[f"{pair.code}/MJ-0000000"] * (_APPEALS - 1)],
        "level_no": [1, *[2] * (_APPEALS - 1)],
    }).with_columns(name=pl.lit("示例募捐项目"))  # fmt: skip
    count = max(10, people.real // 50)
    day = days_between(random, count, date(FIRST_YEAR, 2, 1), pair.size.last_on)
    amount, goods, appeal = random.integers(1_00, 500_000_00, count), random.random(count) < 0.4, random.integers(0, _APPEALS + 1, count)  # fmt: skip
    none = np.full(count, "")
    frame = pl.DataFrame({
        "key": keys("JZ", np.arange(count), pair.code), "kind_code": np.where(goods, "goods", "money"), "amount_fen": amount,
        "origin_code": np.where(random.random(count) < 0.7, "east", "local"), "level_code": _LEVELS[random.integers(0, len(_LEVELS), count)],
        "valuation_code": np.where(goods, "invoice", none), "item_name": np.where(goods, "示例棉服", none),
        "item_count": pl.Series(np.where(goods, random.integers(1, 300, count), 0)).replace(0, None), "received_on": day,
        "appeal_key": np.where(appeal < _APPEALS, keys("MJ", appeal, pair.code).to_numpy(), none),
    }).with_columns(donor_name=pl.lit("爱心人士"), campaign_key=pl.lit(""))  # fmt: skip
    truth.sums("charity.donated_money", Rows(day[~goods], amount=amount[~goods]))
    truth.sums("charity.donated_goods", Rows(day[goods], amount=amount[goods]))
    return [Batch("charity.appeal", appeals), Batch("charity.donation", frame)]


def _drawn_handed(
    pair: Pair, people: People, random: np.random.Generator, told: tuple[pl.DataFrame, pl.DataFrame]
) -> _Handed:
    """The same children at one campaign after another, some schools with them, and one of each gift of goods besides."""
    campaigns, goods = told
    pool = random.choice(people.records, size=max(6, people.records // 20), replace=False)
    parts = []
    for number, first in zip(campaigns["number"].to_list(), campaigns["first_on"].to_numpy(), strict=True):
        came = pool[random.random(len(pool)) < 0.6]
        schools = random.choice(_SCHOOLS, size=3, replace=False)
        day = first + random.integers(0, 14, len(came) + 3).astype("timedelta64[D]")
        person, school = np.append(came, np.full(3, -1)), np.append(np.full(len(came), -1), schools)
        theme = np.full(len(day), campaigns["theme_code"][number])
        parts.append((np.full(len(day), number), np.full(len(day), -1), person, school, np.where(person % 4 == 0, 1, 0), theme, day))  # fmt: skip
    soon = goods["received_on"].to_numpy() + np.timedelta64(30, "D")
    given = np.flatnonzero(soon <= np.datetime64(pair.size.last_on))
    gift, nobody = goods["key"].str.tail(7).cast(pl.Int64).to_numpy()[given], np.full(len(given), -1)
    theme = np.full(len(given), "disabled")
    parts.append((nobody, gift, random.choice(pool, size=len(given)), nobody, np.full(len(given), 2), theme, soon[given]))  # fmt: skip
    return _Handed(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _distributions(pair: Pair, people: People, handed: _Handed, truth: Truth) -> Iterator[Batch]:
    """Schools are bodies of their own; whoever shared in what a school was given is a number without names."""
    schools = [example_organisation(pair.number * _SCHOOLS + one, "12") for one in range(_SCHOOLS)]
    named = pl.Series([f"{pair.code}/{code}" for code in schools])
    yield Batch("reference.organisation", pl.DataFrame({"key": named, "credit_code": schools}).with_columns(
        name=pl.lit("示例学校"), kind=pl.lit("institution"), region_code=pl.lit(pair.west),
    ))  # fmt: skip
    none, to_school, known = np.full(len(handed.day), ""), handed.school >= 0, handed.person >= 0
    yield Batch("charity.distribution", pl.DataFrame({
        "key": keys("FF", np.arange(len(handed.day)), pair.code), "theme_code": handed.theme, "given_on": handed.day,
        "donation_key": np.where(handed.gift >= 0, keys("JZ", handed.gift, pair.code).to_numpy(), none),
        "campaign_key": np.where(handed.campaign >= 0, keys("GY", handed.campaign, pair.code).to_numpy(), none),
        "school_key": np.where(to_school, named.to_numpy()[handed.school], none),
        "person_key": np.where(known, keys("RY", handed.person, pair.code).to_numpy(), none),
        "receiver_code": _RECEIVERS[handed.receiver], "head_count": pl.Series(np.where(known, 0, 40)).replace(0, None),
        "item_count": np.where(known, 1, 40),
    }).with_columns(item_name=pl.lit("示例棉服"), receiver_name=pl.lit("")))  # fmt: skip
    children = known & (handed.receiver == 0)
    truth.rows("charity.gifts_handed_out", Rows(handed.day[known]))
    truth.distinct("charity.left_behind_children", Rows(handed.day[children], people.counted[handed.person[children]]))
    truth.distinct("charity.schools_reached", Rows(handed.day, handed.school))


def _courses(pair: Pair, people: People, random: np.random.Generator, truth: Truth) -> Iterator[Batch]:
    """Courses of some days; the same people come on several days and to several courses, disabled people and families."""
    number = np.arange(_COURSES * pair.size.years)
    first = np.array([date(FIRST_YEAR + one // _COURSES, 4 + 5 * (one % _COURSES), 10) for one in number.tolist()], dtype="datetime64[D]")  # fmt: skip
    yield Batch("charity.disabilitytraining", pl.DataFrame({
        "key": keys("CP", number, pair.code), "first_on": first, "last_on": first + np.timedelta64(_COURSE_DAYS - 1, "D"),
    }).with_columns(name=pl.lit("示例培训"), course=pl.lit("示例手工"), organiser=pl.lit("示例残联")))  # fmt: skip
    pool = random.choice(people.records, size=max(6, people.records // 50), replace=False)
    came = np.argwhere(random.random((len(number), len(pool), _COURSE_DAYS)) < 0.4)
    course, who = came[:, 0], pool[came[:, 1]]
    day = first[course] + came[:, 2].astype("timedelta64[D]")
    yield Batch("charity.trainingattendance", pl.DataFrame({
        "key": keys("QP", np.arange(len(who)), pair.code), "training_key": keys("CP", course, pair.code),
        "person_key": keys("RY", who, pair.code), "standing_code": np.where(who % 3 == 0, "family", "disabled"), "attended_on": day,
    }))  # fmt: skip
    truth.rows("charity.trainings_held", Rows(first))
    truth.rows("charity.training_person_times", Rows(day))
    truth.distinct("charity.people_trained", Rows(day, people.counted[who]))


def _employment(pair: Pair, people: People, random: np.random.Generator, truth: Truth) -> Batch:
    """One job after the other, never two at once; the second stands under the other record of who has two."""
    other = np.arange(people.real)
    other[people.person[people.real :]] = np.arange(people.real, people.records)
    worker = random.choice(people.real, size=max(6, people.real // 40), replace=False)
    days = (
        random.integers(low, high, len(worker)).astype("timedelta64[D]") for low, high in ((0, 200), (40, 300), (1, 90))
    )
    begun, worked, between = days
    first = np.datetime64(date(FIRST_YEAR, 3, 1)) + begun
    who = np.concatenate([worker, other[worker]])
    start = np.concatenate([first, first + worked + between])
    end = np.concatenate([first + worked, np.full(len(worker), _NEVER)])
    happened = start <= np.datetime64(pair.size.last_on)
    who, start, end = who[happened], start[happened], end[happened]
    end = np.where(end > np.datetime64(pair.size.last_on), _NEVER, end)
    frame = pl.DataFrame({
        "key": keys("CJ", np.arange(len(who)), pair.code), "person_key": keys("RY", who, pair.code), "started_on": start, "ended_on": end,
        "standing_code": np.where(who % 3 == 0, "family", "disabled"), "workplace_code": _PLACES[who % 3],
    }).with_columns(employer_name=pl.lit("示例用人单位"), job_name=pl.lit("示例岗位"))  # fmt: skip
    counted = people.counted[who]
    truth.distinct("charity.people_employed", Rows(start, counted))
    truth.standing("charity.people_in_work", Rows(start, counted, until=end))
    return Batch("charity.disabledemployment", frame)
