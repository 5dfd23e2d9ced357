"""Every write of labour cooperation; what stands against recorded rows is marked in its cell and nothing is saved."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import polars

from shanhai.access.entering import Context, enter, hold, keys_in, local_key, whole_key
from shanhai.access.pairing import outside_pairing
from shanhai.access.people import birth_days
from shanhai.access.terms import CLERK, FINANCE, OPERATOR, TEAM
from shanhai.areas.labour import checks
from shanhai.areas.labour.models import (
    BackPay,
    Course,
    CourseAttendance,
    LabourAgreement,
    Placement,
    PublishedStatistic,
    Station,
    StayProof,
    Subsidy,
    SubsidyRule,
    Vacancy,
    Worker,
)
from shanhai.areas.labour.queries import standing
from shanhai.areas.labour.terms import YOUNGEST, Destination, SubsidyResult
from shanhai.base.findings import Refused
from shanhai.base.identifiers import mask_account
from shanhai.base.language import say
from shanhai.base.money import show_money
from shanhai.journal.acts import kind
from shanhai.reference import vault
from shanhai.reference.models import PersonKey

_STATION = (CLERK, TEAM, OPERATOR)
_KEEPERS = (CLERK, OPERATOR)

REGISTER = kind("labour.worker.registered", "登记劳动力", duties=_STATION)
OPEN_STATION = kind("labour.station.opened", "登记劳务服务站", duties=_STATION)
AGREE = kind("labour.labouragreement.signed", "登记劳务协议", duties=_KEEPERS)
OFFER = kind("labour.vacancy.offered", "登记岗位", duties=_STATION)
PLACE = kind("labour.placement.recorded", "登记就业", duties=_STATION)
PROVE = kind("labour.stayproof.recorded", "登记稳岗凭证", duties=_STATION)
SET_RULE = kind("labour.subsidyrule.set", "登记补助规则", duties=_KEEPERS)
DECIDE = kind("labour.subsidy.decided", "核定补助", duties=(CLERK, FINANCE, OPERATOR))
HOLD_COURSE = kind("labour.course.held", "登记劳务培训", duties=_STATION)
SIGN_IN = kind("labour.courseattendance.signed", "登记劳务培训签到", duties=_STATION)
TAKE_UP = kind("labour.backpay.taken", "登记欠薪案件", duties=_STATION)
PUBLISH = kind("labour.publishedstatistic.recorded", "登记公布统计", duties=_KEEPERS)

Row = dict[str, Any]
Problem = tuple[Row, str, str, str]


def register(*, rows: polars.DataFrame, context: Context) -> int:
    """Register people as workers, with the group they are in from a first day to a last."""
    return enter(Worker, rows, kind=REGISTER, context=context)


def open_stations(*, rows: polars.DataFrame, context: Context) -> int:
    """Record labour stations; one outside the days of the pairing is refused."""
    hold(outside_pairing(rows, ("opened_on",), context))
    return enter(Station, rows, kind=OPEN_STATION, context=context)


def agree(*, rows: polars.DataFrame, context: Context) -> int:
    """Record labour agreements; what is signed is not yet reached."""
    hold(outside_pairing(rows, ("signed_on",), context))
    return enter(LabourAgreement, rows, kind=AGREE, context=context, stage="signed")


def offer(*, rows: polars.DataFrame, context: Context) -> int:
    """Record vacancies as a capacity; no figure of jobs counts them."""
    hold(_work_outside_pairing(rows, "first_on", context))
    return enter(Vacancy, rows, kind=OFFER, context=context, stage="capacity")


def place(*, rows: polars.DataFrame, context: Context) -> int:
    """Record placements: nobody in two places on one day, before birth or too young, and none in the paired east before the pairing."""
    hold([
        *_work_outside_pairing(rows, "started_on", context),
        *_too_young(rows, context),
        *_in_two_places(rows, context),
    ])  # fmt: skip
    return enter(Placement, rows, kind=PLACE, context=context)


def prove(*, rows: polars.DataFrame, context: Context) -> int:
    """Record evidence that placed people worked in a month; a month outside the placement is refused."""
    hold(_outside_placement(rows, context))
    return enter(StayProof, rows, kind=PROVE, context=context)


def set_rules(*, rows: polars.DataFrame, context: Context) -> int:
    """Record versions of subsidy rules; two versions of one rule never hold on the same day."""
    hold(_two_versions(rows, context))
    return enter(SubsidyRule, rows, kind=SET_RULE, context=context)


def hold_courses(*, rows: polars.DataFrame, context: Context) -> int:
    """Record courses held for workers."""
    hold(outside_pairing(rows, ("first_on",), context))
    return enter(Course, rows, kind=HOLD_COURSE, context=context)


def sign_in(*, rows: polars.DataFrame, context: Context) -> int:
    """Record who took part in courses; a day outside the course is refused."""
    hold(_outside_course(rows, context))
    return enter(CourseAttendance, rows, kind=SIGN_IN, context=context)


def take_up(*, rows: polars.DataFrame, context: Context) -> int:
    """Record cases of wages owed, and what was got back."""
    return enter(BackPay, rows, kind=TAKE_UP, context=context)


def publish(*, rows: polars.DataFrame, context: Context) -> int:
    """Record numbers that were published, with their source."""
    return enter(PublishedStatistic, rows, kind=PUBLISH, context=context)


def _in_paired_east(row: Row) -> bool:
    """Whether a row is an act of the cooperation: work in the paired eastern region."""
    return bool(row["class_code"] == Destination.PAIRED_EAST)


def _work_outside_pairing(rows: polars.DataFrame, field: str, context: Context) -> Iterator[Problem]:
    """Work in the paired eastern region on a day on which it was not paired; work elsewhere may be older."""
    advice = say("与协作无关的就业请改填就业去向。")
    return outside_pairing(rows, (field,), context, only=_in_paired_east, advice=advice)


def _too_young(rows: polars.DataFrame, context: Context) -> Iterator[Problem]:
    """Placements before birth, or before the age at which people may work."""
    births = birth_days(keys_in(rows, "person_key", context))
    for row in rows.iter_rows(named=True):
        birth = births.get(whole_key(row["person_key"], context.scope_code))
        age = checks.age_on(birth, row["started_on"]) if birth else YOUNGEST
        if age < 0:
            sentence = say("上岗日期早于本人出生。请核对人员编号和上岗日期。")
            yield row, "started_on", "labour.before_birth", sentence
        elif age < YOUNGEST:
            sentence = say(
                "上岗时只有 {found} 周岁，应满 {age} 周岁。请核对人员编号和上岗日期。", found=age, age=YOUNGEST
            )
            yield row, "started_on", "labour.too_young", sentence


def _in_two_places(rows: polars.DataFrame, context: Context) -> Iterator[Problem]:
    """People placed twice on one day, by these rows or by what is recorded, counting records of one person as one."""
    alike = standing.stands_for(context.scope_id)
    told = {whole_key(row["_key"], context.scope_code): row for row in rows.iter_rows(named=True)}
    people = {whole_key(row["person_key"], context.scope_code) for row in told.values()}
    recorded = standing.spells_of(context.scope_id, standing.everybody_alike(people, alike), alike)
    spells = [spell for spell in recorded if spell.key not in told]
    for number, (key, row) in enumerate(told.items()):
        person = whole_key(row["person_key"], context.scope_code)
        spells.append(
            checks.Spell(
                key, alike.get(person, person), row["started_on"], row["ended_on"], row["employer"], row["class_code"], number
            )
        )  # fmt: skip
    for entered, other in _clashes(spells):
        yield told[entered.key], "started_on", *_clash_told(entered, other, context)


def _clashes(spells: list[checks.Spell]) -> Iterator[tuple[checks.Spell, checks.Spell]]:
    frame = polars.DataFrame(
        [(one.person, one.started_on, one.ended_on) for one in spells],
        schema={"person": polars.String, "started_on": polars.Date, "ended_on": polars.Date}, orient="row",
    )  # fmt: skip
    twice = checks.in_two_places(frame)
    of: defaultdict[str, list[checks.Spell]] = defaultdict(list)
    for spell in spells:
        if spell.person in twice:
            of[spell.person].append(spell)
    for person in sorted(of):
        yield from checks.clashes(of[person])


def _clash_told(entered: checks.Spell, other: checks.Spell, context: Context) -> tuple[str, str]:
    last = other.ended_on.isoformat() if other.ended_on else say("至今")
    told = {
        "first": other.started_on.isoformat(), "last": last, "employer": other.employer,
        "key": local_key(other.key, context.scope_code), "place": say(str(Destination(other.class_code).label)),
    }  # fmt: skip
    if checks.is_double_count(entered, other):
        return "labour.double_count", say(
            "同一段就业已按“{place}”登记（编号 {key}，{employer}，{first} 至 {last}），再登记一类会重复计数。请只保留一类。",
            **told,
        )
    return "labour.two_places", say(
        "本人 {first} 至 {last} 已登记在“{employer}”就业（{place}，编号 {key}），一个人不能同时在两处。请核对上岗和离岗日期，或先更正那一条。",
        **told,
    )


def _outside_placement(rows: polars.DataFrame, context: Context) -> Iterator[Problem]:
    keys = set(keys_in(rows, "placement_key", context))
    placements = standing.placements_named(context.scope_id, keys)
    for row in rows.iter_rows(named=True):
        one = placements.get(whole_key(row["placement_key"], context.scope_code))
        month = row["month_on"]
        if one is None or month is None:
            continue
        if month < one.started_on.replace(day=1) or (one.ended_on and month > one.ended_on):
            last = one.ended_on.isoformat() if one.ended_on else say("至今")
            sentence = say(
                "{month} 不在这段就业的时间里（{first} 至 {last}）。请核对月份和就业编号。",
                month=f"{month:%Y-%m}", first=one.started_on.isoformat(), last=last,
            )  # fmt: skip
            yield row, "month_on", "labour.month_outside", sentence


def _two_versions(rows: polars.DataFrame, context: Context) -> Iterator[Problem]:
    told = {whole_key(row["_key"], context.scope_code): row for row in rows.iter_rows(named=True)}
    entered = [
        checks.Version(
            key, (row["kind_code"], row["group_code"] or "", row["class_code"] or ""), row["first_on"], row["last_on"], number
        )
        for number, (key, row) in enumerate(told.items())
    ]  # fmt: skip
    recorded = [one for one in standing.versions(context.scope_id) if one.key not in told]
    for version, other in checks.versions_at_once([*recorded, *entered]):
        sentence = say(
            "与规则 {key}（{first} 至 {last}）在同一天都有效。同一项补助同一天只能有一版规则，请先填写前一版的废止日期。",
            key=local_key(other.key, context.scope_code), first=other.first_on.isoformat(),
            last=other.last_on.isoformat() if other.last_on else say("至今"),
        )  # fmt: skip
        yield told[version.key], "first_on", "labour.two_rules", sentence


def _outside_course(rows: polars.DataFrame, context: Context) -> Iterator[Problem]:
    keys = set(keys_in(rows, "course_key", context))
    courses = {one.key: one for one in Course.objects.filter(scope_id=context.scope_id, key__in=keys)}
    for row in rows.iter_rows(named=True):
        course = courses.get(whole_key(row["course_key"], context.scope_code))
        if course and row["attended_on"] and not course.first_on <= row["attended_on"] <= course.last_on:
            sentence = say(
                "签到日期不在这期培训的时间里（{first} 至 {last}）。请核对。",
                first=course.first_on.isoformat(),
                last=course.last_on.isoformat(),
            )
            yield row, "attended_on", "labour.attended_outside", sentence


def decide(*, rows: polars.DataFrame, context: Context) -> int:
    """Decide on subsidies: each is worked out from the rule in force, the group, the place and the months with evidence.

    An amount that was claimed must be the one worked out; only what is granted is paid. The account number is sealed
    under the person's own key, so that it goes with them.
    """
    facts = _Facts(rows, context)
    decided: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for row in rows.sort("applied_on", "_key").iter_rows(named=True):
        found = facts.problem(row)
        if found is None:
            decision = facts.decide(row)
            found = _claimed_otherwise(row, decision)
            decided.append(row | decision)
        problems += [found] if found else []
    hold(problems)
    frame = polars.DataFrame(decided, infer_schema_length=None).drop("account")
    return enter(Subsidy, frame.hstack(_accounts(decided, context)), kind=DECIDE, context=context)


class _Facts:
    """What decisions on subsidies go by, asked once for all rows."""

    def __init__(self, rows: polars.DataFrame, context: Context) -> None:
        self.scope_id, self.code = context.scope_id, context.scope_code
        self.alike = standing.stands_for(context.scope_id)
        keys = set(keys_in(rows, "placement_key", context))
        people = standing.everybody_alike(keys_in(rows, "person_key", context), self.alike)
        self.placements = standing.placements_named(context.scope_id, keys)
        self.rules = standing.rules_by_kind(context.scope_id)
        self.groups = standing.groups_of(context.scope_id, people)
        self.months = standing.months_of(context.scope_id, keys)
        entered = set(keys_in(rows, "_key", context))
        self.granted: defaultdict[tuple[str, str, int], int] = defaultdict(int)
        for (person, kind_code, year), fen in standing.granted_before(
            context.scope_id, people, without=entered
        ).items():
            self.granted[self.alike.get(person, person), kind_code, year] += fen

    def whole(self, key: str) -> str:
        """A key as records carry it."""
        return whole_key(key, self.code)

    def person(self, key: str) -> str:
        """The key that stands for a person."""
        return self.alike.get(self.whole(key), self.whole(key))

    def problem(self, row: Row) -> Problem | None:
        """What keeps a claim from being decided at all."""
        placement = self.placements.get(self.whole(row["placement_key"]))
        if placement is None:
            return row, "placement_key", "labour.no_placement", say("没有登记过这段就业。请核对就业编号，或先登记。")
        if self.person(placement.person_key) != self.person(row["person_key"]):
            sentence = say("这段就业登记在另一个人名下。请核对人员编号和就业编号。")
            return row, "placement_key", "labour.other_person", sentence
        if row["applied_on"] < placement.started_on:
            sentence = say("申请日期早于上岗日期 {started}。请核对。", started=placement.started_on.isoformat())
            return row, "applied_on", "labour.claimed_too_early", sentence
        return None

    def decide(self, row: Row) -> dict[str, Any]:
        """The decision on a row, with what went into it; what it grants counts towards the year."""
        placement = self.placements[self.whole(row["placement_key"])]
        person, day = self.person(row["person_key"]), row["applied_on"]
        groups = [held for key in standing.everybody_alike({person}, self.alike) for held in self.groups.get(key, ())]
        months = len({month for month in self.months.get(placement.key, ()) if month <= day})
        year = (person, row["kind_code"], day.year)
        claim = checks.Claim(day, standing.group_on(groups, day), placement.class_code, months, self.granted[year])
        decision = checks.decided(claim, self.rules.get(row["kind_code"], ()))
        self.granted[year] += decision.amount_fen
        return {
            "rule_key": decision.rule_key, "group_code": claim.group_code, "months_count": months,
            "earlier_fen": claim.earlier_fen, "result_code": str(decision.result), "amount_fen": decision.amount_fen,
        }  # fmt: skip


def _claimed_otherwise(row: Row, decision: dict[str, Any]) -> Problem | None:
    """An amount claimed that the rule does not give, or a payment of what is not granted."""
    result = say(str(SubsidyResult(decision["result_code"]).label))
    if row["claimed_fen"] is not None and row["claimed_fen"] != decision["amount_fen"]:
        sentence = say(
            "申请金额是 {claimed}，按规则核定为 {amount}（{result}；有凭证 {months} 个月）。请改正金额或留空，或先补登凭证。",
            claimed=show_money(row["claimed_fen"], "元"), amount=show_money(decision["amount_fen"], "元"), result=result,
            months=decision["months_count"],
        )  # fmt: skip
        return row, "claimed_fen", "labour.claimed_otherwise", sentence
    if row["paid_on"] and decision["result_code"] != SubsidyResult.GRANTED:
        sentence = say("按规则不予补助（{result}），不能填写发放日期。请删去发放日期，或先补登凭证。", result=result)
        return row, "paid_on", "labour.paid_not_granted", sentence
    return None


def _accounts(decided: list[dict[str, Any]], context: Context) -> polars.DataFrame:
    """The account numbers as ciphertext under the key of each person, and masked; a blank cell keeps what is known."""
    keys = [whole_key(row["_key"], context.scope_code) for row in decided]
    people = [whole_key(row["person_key"], context.scope_code) for row in decided]
    named = PersonKey.objects.filter(person_key__in=set(people))
    wrapped = dict(named.values_list("person_key", "wrapped"))
    known = standing.accounts_of(context.scope_id, keys) if context.correcting else {}
    told = [
        _sealed(row["account"], wrapped.get(person, "")) if row["account"] else known.get(key, ("", ""))
        for key, person, row in zip(keys, people, decided, strict=True)
    ]
    return polars.DataFrame(told, schema=["account_sealed", "account_mask"], orient="row")


def _sealed(account: str, wrapped: str) -> tuple[str, str]:
    """An account number under a person's own key, as their name is; destroying the key destroys it too."""
    if not wrapped:
        raise Refused(say("本人的个人信息已经销毁，不能再登记银行账号。"))
    columns, _ = vault.seal_person(account, "", wrapped=wrapped)
    return columns["name_sealed"], mask_account(account)
