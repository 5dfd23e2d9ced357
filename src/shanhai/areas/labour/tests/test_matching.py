"""The matching holds against every other matching, told and proven pair by pair."""

from datetime import date, timedelta
from itertools import product

import numpy
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.areas.labour.queries import matching_rules
from shanhai.areas.labour.queries.matching import (
    Matched,
    hindrances,
    match,
    points_of,
    reasons_of,
    why_not,
)
from shanhai.areas.labour.queries.matching_inputs import FLOOR, SEEKER, VACANCY, Weights, freeze
from shanhai.areas.labour.queries.matching_tables import LARGE, SMALL, build
from shanhai.base.findings import Refused

ON = date(2024, 3, 1)
CLASSES, SKILLS, TRADES = ("east", "province", "elsewhere"), ("焊工证", "电工证", "月嫂证"), ("制衣", "装配")
PLACES = ("331081", "331002", "510104", "511381")
QUICK = settings(max_examples=60, deadline=None)

days = st.integers(0, 40).map(lambda late: ON + timedelta(days=late))


def some(pool: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(pool), max_size=2)


seekers_of = st.lists(
    st.fixed_dictionaries({
        "birth_on": st.none() | st.dates(date(1955, 1, 1), date(2010, 1, 1)),
        "household_kind": st.sampled_from(["ordinary", "lifted", "monitored", None]),
        "has_job": st.booleans() | st.none(),
        "home_code": st.sampled_from([*PLACES, None]),
        "skills": some(SKILLS),
        "refused": some(("east", "510000", "331000", "331081")),
        "wishes": st.permutations(CLASSES).map(lambda all_of: list(all_of[:2])),
        "trades": some(TRADES),
        "wage_wish_fen": st.none() | st.sampled_from([300_000, 450_000]),
        "from_on": st.none() | days,
    }),
    max_size=5,
)  # fmt: skip
vacancies_of = st.lists(
    st.fixed_dictionaries({
        "openings": st.integers(0, 2),
        "is_open": st.sampled_from([True, True, True, None, False]),
        "closes_on": st.none() | st.sampled_from([ON, ON + timedelta(days=9), ON - timedelta(days=1)]),
        "class_code": st.sampled_from([*CLASSES, None]),
        "region_code": st.sampled_from([*PLACES, None]),
        "trade_code": st.sampled_from([*TRADES, None]),
        "wage_fen": st.none() | st.integers(280_000, 1_200_000),
        "min_age": st.none() | st.integers(14, 30),
        "max_age": st.none() | st.integers(40, 60),
        "required": st.just([]) | some(SKILLS),
        "preferred": some(SKILLS),
        "start_on": st.none() | days,
    }),
    max_size=3,
)  # fmt: skip


def frames(seekers, vacancies):
    """The frames of drawn rows, keyed by their place."""
    return (
        polars.DataFrame([{"seeker_key": f"S{n}"} | row for n, row in enumerate(seekers)], schema=SEEKER),
        polars.DataFrame([{"vacancy_key": f"V{n}"} | row for n, row in enumerate(vacancies)], schema=VACANCY),
    )


def plain(birth_year=1990, **row):
    return {"birth_on": date(birth_year, 1, 1), "skills": [], "refused": [], "wishes": [], "trades": []} | row


def worth(matched: Matched, chosen: dict[str, str]) -> tuple[int, ...]:
    """What an assignment is worth by the declared rule: the groups one after the other, then the points."""
    rows = {row["seeker_key"]: row for row in matched.inputs.seekers.iter_rows(named=True)}
    placed = [
        sum(rows[who]["household_kind"] in group.kinds and not rows[who]["has_job"] for who in chosen)
        for group in matched.inputs.floor
    ]
    return *placed, sum(points_of(matched, who, job).total for who, job in chosen.items())


def every_assignment(matched: Matched):
    """Every possible assignment, by trying all of them."""
    people = matched.inputs.seekers["seeker_key"].to_list()
    openings = dict(zip(matched.inputs.vacancies["vacancy_key"], matched.inputs.vacancies["openings"], strict=True))
    choices = [[None, *(job for job in openings if not reasons_of(matched, who, job))] for who in people]
    for picks in product(*choices):
        if all(picks.count(job) <= openings[job] for job in openings):
            yield {who: job for who, job in zip(people, picks, strict=True) if job is not None}


def chosen_of(matched: Matched) -> dict[str, str]:
    return dict(matched.pairs.select("seeker_key", "vacancy_key").iter_rows())


@pytest.mark.slow
@QUICK
@given(seekers_of, vacancies_of)
def test_no_other_assignment_is_better_by_the_declared_rule(seekers, vacancies):
    matched = match(*frames(seekers, vacancies), on=ON)
    best = max(worth(matched, chosen) for chosen in every_assignment(matched))
    assert chosen_of(matched) in list(every_assignment(matched))
    assert worth(matched, chosen_of(matched)) == best
    assert matched.certificate.score == best[-1]
    assert [group.placed for group in matched.certificate.floor] == list(best[:-1])


@pytest.mark.slow
@QUICK
@given(seekers_of, vacancies_of)
def test_the_certificate_proves_what_it_says_from_its_own_numbers(seekers, vacancies):
    matched = match(*frames(seekers, vacancies), on=ON)
    proof = matched.certificate
    gains = {row["seeker_key"]: row for row in matched.seekers.iter_rows(named=True)}
    prices = {row["vacancy_key"]: row for row in matched.vacancies.iter_rows(named=True)}
    weights = (*proof.floor_weights, 0)
    for who, job in product(gains, prices):
        if not reasons_of(matched, who, job):
            gain = points_of(matched, who, job).total + weights[gains[who]["group"]]
            assert gain <= gains[who]["gain"] + prices[job]["price"]
    assert all(row["gain"] >= 0 for row in gains.values()) and all(row["price"] >= 0 for row in prices.values())
    bound = sum(row["gain"] for row in gains.values()) + sum(row["openings"] * row["price"] for row in prices.values())
    taken = sum(weights[gains[who]["group"]] + score for who, _, score in matched.pairs.iter_rows())
    assert bound == taken == proof.bound == proof.worth
    assert proof.proven


@pytest.mark.slow
@QUICK
@given(seekers_of, vacancies_of, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(seekers, vacancies, chance):
    first = match(*frames(seekers, vacancies), on=ON)
    people, jobs = frames(seekers, vacancies)
    order, jobs_order = list(range(people.height)), list(range(jobs.height))
    chance.shuffle(order), chance.shuffle(jobs_order)
    again = match(people[order], jobs[jobs_order].select(reversed(jobs.columns)), on=ON)
    assert (again.digest, again.outcome) == (first.digest, first.outcome)
    assert again.pairs.equals(first.pairs)


@pytest.mark.slow
@QUICK
@given(seekers_of, vacancies_of)
def test_why_not_agrees_with_the_matching_for_every_pair(seekers, vacancies):
    matched = match(*frames(seekers, vacancies), on=ON)
    chosen = chosen_of(matched)
    for who, job in product(matched.inputs.seekers["seeker_key"], matched.inputs.vacancies["vacancy_key"]):
        told = why_not(matched, who, job)
        shut = reasons_of(matched, who, job)
        taken = sum(other == job for other in chosen.values())
        if shut:
            assert told == "".join(reason.sentence for reason in shut)
        elif chosen.get(who) == job:
            assert told.startswith("已匹配到这个岗位")
        elif who in chosen and points_of(matched, who, chosen[who]).total >= points_of(matched, who, job).total:
            assert "不低于" in told
        else:
            assert f"这个岗位的{taken}个名额已满" in told
            assert taken == matched.inputs.vacancies.filter(vacancy_key=job)["openings"].item()


@pytest.mark.slow
@QUICK
@given(seekers_of, vacancies_of)
def test_the_loss_told_is_never_more_than_the_true_loss(seekers, vacancies):
    matched = match(*frames(seekers, vacancies), on=ON)
    best = worth(matched, chosen_of(matched))
    assignments = list(every_assignment(matched))
    for who, job in product(matched.inputs.seekers["seeker_key"], matched.inputs.vacancies["vacancy_key"]):
        told = why_not(matched, who, job)
        forced = max((worth(matched, one) for one in assignments if one.get(who) == job), default=None)
        if "至少减少" in told:
            loss = int(told.rsplit("至少减少", 1)[1].split("分")[0])
            assert forced[:-1] < best[:-1] or best[-1] - forced[-1] >= loss
        elif "先保障的人群中就有人得不到工作" in told:
            assert forced[:-1] < best[:-1]


@pytest.mark.slow
@QUICK
@given(seekers_of, vacancies_of, st.sampled_from([SMALL, LARGE]))
def test_the_tables_of_all_pairs_say_what_the_rule_says_of_each(seekers, vacancies, numbers):
    inputs = freeze(*frames(seekers, vacancies), on=ON, floor=FLOOR, weights=Weights())
    tables = build(inputs, numbers)
    scores = tables.left @ tables.right
    for (row, who), (column, job) in product(enumerate(tables.seekers), enumerate(tables.vacancies)):
        seeker, vacancy = inputs.seekers.row(int(who), named=True), inputs.vacancies.row(int(job), named=True)
        fits = bool(tables.fits(numpy.array([row]), numpy.array([column]))[0])
        possible = scores[row, column] > -tables.never / 2 and fits
        assert possible == (not matching_rules.reasons(seeker, vacancy, on=ON))
        if possible:
            assert scores[row, column] == matching_rules.points(seeker, vacancy, inputs.weights).total


def test_a_monitored_person_without_a_job_comes_before_a_better_score():
    seekers = [plain(household_kind="ordinary", wishes=["east"]), plain(household_kind="monitored")]
    vacancies = [{"openings": 1, "class_code": "east", "required": [], "preferred": []}]
    matched = match(*frames(seekers, vacancies), on=ON)
    assert chosen_of(matched) == {"S1": "V0"}
    assert chosen_of(match(*frames(seekers, vacancies), on=ON, floor=())) == {"S0": "V0"}
    assert why_not(matched, "S0", "V0") == (
        "这个岗位的1个名额已满，入选者得100分；求职者在这个岗位得160分。其中1人属于先保障的人群，先于分数安排。"
        "换成这名求职者，先保障的人群中就有人得不到工作。"
    )


def test_the_floor_makes_others_move_to_leave_room():
    seekers = [plain(wishes=["east"]), plain(household_kind="lifted", refused=["province"])]
    vacancies = [{"openings": 1, "class_code": one, "required": [], "preferred": []} for one in ("east", "province")]
    assert chosen_of(match(*frames(seekers, vacancies), on=ON)) == {"S0": "V1", "S1": "V0"}


def test_who_cannot_all_be_placed_is_chosen_by_group_then_by_points():
    seekers = [plain(household_kind=kind, wishes=wish) for kind in ("lifted", "monitored") for wish in ([], ["east"])]
    vacancies = [{"openings": 3, "class_code": "east", "required": [], "preferred": []}]
    matched = match(*frames(seekers, vacancies), on=ON)
    assert set(chosen_of(matched)) == {"S1", "S2", "S3"}
    assert matched.certificate.by_weight and matched.certificate.proven


@pytest.mark.parametrize(
    ("seeker", "vacancy", "told"),
    [
        ({"birth_on": date(2008, 3, 2)}, {}, "岗位要求年满16周岁，求职者在2024-03-01为15周岁。"),
        ({"birth_on": date(1970, 1, 1)}, {"max_age": 50}, "岗位要求不超过50周岁，求职者在2024-03-01为54周岁。"),
        ({"birth_on": None}, {}, "求职者的出生日期没有登记，无法判断是否符合年龄要求。"),
        ({"skills": ["a"]}, {"required": ["a", "b", "c"]}, "岗位要求的技能或证书没有登记：B、C。"),
        ({"refused": ["330000"]}, {"region_code": "331081"}, "求职者表示不去：330000。"),
        ({"refused": ["east"]}, {"class_code": "east"}, "求职者表示不去：EAST。"),
        ({"wage_wish_fen": 500_000}, {"wage_fen": 480_050}, "岗位月工资4800.50元，低于求职者期望的5000.00元。"),
        ({"wage_wish_fen": 500_000}, {}, "岗位没有写明月工资，求职者期望不低于5000.00元。"),
        ({"from_on": date(2024, 4, 2)}, {"start_on": ON}, "岗位最迟2024-03-01到岗，求职者2024-04-02才能到岗。"),
        ({}, {"is_open": False}, "岗位已经关闭，不再招人。"),
        ({}, {"openings": 0}, "岗位没有空缺。"),
        ({}, {"closes_on": date(2024, 2, 29)}, "岗位已于2024-02-29截止招聘。"),
    ],
)
def test_each_hard_reason_is_told(seeker, vacancy, told):
    people, jobs = frames([plain() | seeker], [{"openings": 1, "required": [], "preferred": []} | vacancy])
    matched = match(people, jobs, on=ON)
    assert matched.pairs.is_empty()
    assert why_not(matched, "S0", "V0", named=str.upper) == told
    (reason,) = reasons_of(matched, "S0", "V0")
    assert hindrances(matched, "S0") == {reason.code: 1}


def test_points_are_told_part_by_part():
    seeker = plain(home_code="331002", skills=["a"], wishes=["province", "east"], trades=["t"])
    vacancy = {
        "openings": 1, "class_code": "east", "region_code": "331081", "trade_code": "t", "wage_fen": 555_500,
        "preferred": ["a", "b"], "required": [],
    }  # fmt: skip
    matched = match(*frames([seeker], [vacancy]), on=ON)
    assert points_of(matched, "S0", "V0") == matching_rules.Points(100, 55, 40, 25, 50, 30)
    assert matched.pairs["score"].to_list() == [300]


def test_other_weights_and_other_days_have_another_digest():
    both = frames([plain()], [{"openings": 1, "required": [], "preferred": []}])
    digests = {
        match(*both, on=ON).digest,
        match(*both, on=ON + timedelta(days=1)).digest,
        match(*both, on=ON, floor=FLOOR[:1]).digest,
        match(*both, on=ON, weights=Weights(trade=60)).digest,
    }
    assert len(digests) == 4


def test_a_person_twice_and_impossible_openings_are_refused():
    people, jobs = frames([plain()], [{"openings": 1, "required": [], "preferred": []}])
    with pytest.raises(Refused, match="每人、每个岗位只能有一行"):
        match(polars.concat([people, people]), jobs, on=ON)
    with pytest.raises(Refused, match="招聘人数"):
        match(people, jobs.with_columns(openings=polars.lit(-1)), on=ON)
    with pytest.raises(Refused, match="缺少"):
        match(people.drop("seeker_key"), jobs, on=ON)
    with pytest.raises(Refused, match="没有“X”"):
        why_not(match(people, jobs, on=ON), "X", "V0")
    with pytest.raises(Refused, match="分值"):
        Weights(trade=-1)


def test_columns_that_are_not_given_count_as_not_stated():
    people = polars.DataFrame({"seeker_key": ["a"], "birth_on": [date(1990, 1, 1)]})
    matched = match(people, polars.DataFrame({"vacancy_key": ["v"], "openings": [3]}), on=ON)
    assert matched.pairs.rows() == [("a", "v", 100)]
