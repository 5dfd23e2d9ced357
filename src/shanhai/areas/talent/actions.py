"""Every write of talent exchange; what stands against a row is said in its cell."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

import polars

from shanhai.access.entering import SEPARATOR, Context, enter, hold, keys_in, local_key, whole_key
from shanhai.access.pairing import outside_pairing
from shanhai.access.people import birth_days
from shanhai.access.sessions import Actor, check_may
from shanhai.access.terms import CLERK, OPERATOR, TEAM
from shanhai.areas.talent.checks import Stay, met_by
from shanhai.areas.talent.models import (
    Attendance,
    Course,
    CourseDay,
    Institution,
    MentorGroup,
    MentorPair,
    MinimumTerm,
    PairedOfficials,
    PostingResult,
    Secondment,
)
from shanhai.areas.talent.queries import holding
from shanhai.areas.talent.terms import Way
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.journal import actions, refusals
from shanhai.journal.acts import kind
from shanhai.reference.models import Person

_KEEPERS = (CLERK, OPERATOR)
_TEAM = (TEAM, CLERK, OPERATOR)
Row = dict[str, Any]
Problem = tuple[Row, str, str, str]

SEND = kind("talent.secondment.sent", "登记人才选派", duties=_TEAM)
SET_MINIMUM = kind("talent.minimumterm.set", "登记最短期限", duties=_KEEPERS)
STATE_RESULT = kind("talent.postingresult.stated", "登记返岗成效", duties=_TEAM)
FORM_GROUP = kind("talent.mentorgroup.formed", "登记师徒小组", duties=_TEAM)
PAIR_MENTOR = kind("talent.mentorpair.formed", "登记师徒结对", duties=_TEAM)
PAIR_OFFICIALS = kind("talent.pairedofficials.formed", "登记干部结对", duties=_TEAM)
PLAN_COURSE = kind("talent.course.planned", "登记培训班", duties=_TEAM)
PLAN_DAY = kind("talent.courseday.planned", "登记培训日", duties=_TEAM)
LIST_ATTENDANCE = kind("talent.attendance.listed", "登记签到名单", duties=_TEAM)
SIGN_IN = kind("talent.attendance.signed", "扫码签到", duties=_TEAM)
FOUND_INSTITUTION = kind("talent.institution.founded", "登记人才机构", duties=_TEAM)


def send(*, rows: polars.DataFrame, context: Context) -> int:
    """Record postings: planned where nobody has come yet, achieved from the arrival on."""
    hold(
        chain(
            outside_pairing(rows, ("first_on", "arrived_on", "left_on"), context),
            _before_birth(rows, ("person_key",), ("first_on", "arrived_on"), context),
            _in_two_places(rows, context),
        )
    )
    arrived = polars.col("arrived_on").is_not_null()
    staged = rows.with_columns(stage=polars.when(arrived).then(polars.lit("achieved")).otherwise(polars.lit("planned")))
    return enter(Secondment, staged, kind=SEND, context=context)


def set_minimum(*, rows: polars.DataFrame, context: Context) -> int:
    """Set from how many months a posting of a kind counts as served; one setting holds on a day."""
    hold(_set_twice(rows, context))
    return enter(MinimumTerm, rows, kind=SET_MINIMUM, context=context)


def state_results(*, rows: polars.DataFrame, context: Context) -> int:
    """Record what came of postings that are over."""
    postings = holding.secondments_of(context.scope_id, keys_in(rows, "secondment_key", context))
    hold(_not_back_yet(rows, postings, context))
    people = {key: one.person_key for key, one in postings.items()}
    told = _with(rows, "person_key", [people[key] for key in keys_in(rows, "secondment_key", context)])
    return enter(PostingResult, told, kind=STATE_RESULT, context=context)


def form_groups(*, rows: polars.DataFrame, context: Context) -> int:
    """Record groups of mentors and apprentices."""
    hold(outside_pairing(rows, ("first_on",), context))
    return enter(MentorGroup, rows, kind=FORM_GROUP, context=context)


def pair_mentors(*, rows: polars.DataFrame, context: Context) -> int:
    """Record mentors and the one each teaches."""
    people = ("mentor_key", "person_key")
    hold(
        chain(outside_pairing(rows, ("first_on",), context), _before_birth(rows, people, ("first_on",), context)),
    )
    return enter(MentorPair, rows, kind=PAIR_MENTOR, context=context)


def pair_officials(*, rows: polars.DataFrame, context: Context) -> int:
    """Record officials of both sides who learn from each other."""
    people = ("east_key", "west_key")
    hold(
        chain(outside_pairing(rows, ("first_on",), context), _before_birth(rows, people, ("first_on",), context)),
    )
    return enter(PairedOfficials, rows, kind=PAIR_OFFICIALS, context=context)


def plan_courses(*, rows: polars.DataFrame, context: Context) -> int:
    """Record courses as planned; who signs in shows that they were held."""
    hold(outside_pairing(rows, ("first_on",), context))
    return enter(Course, rows, kind=PLAN_COURSE, context=context, stage="planned")


def plan_days(*, rows: polars.DataFrame, context: Context) -> int:
    """Record the days of courses; a day lies within its course."""
    courses = holding.courses_of(context.scope_id, keys_in(rows, "course_key", context))
    hold(_outside_course(rows, courses, context))
    return enter(CourseDay, rows, kind=PLAN_DAY, context=context, stage="planned")


def list_attendance(*, rows: polars.DataFrame, context: Context) -> int:
    """Record who signed in on a day of a course, from a list."""
    hold(_not_a_day(rows, context))
    days = [f"{key}{SEPARATOR}{day}" for key, day in _course_days(rows, context)]
    told = _with(rows, "day_key", days)
    if not context.correcting:
        told = told.with_columns(way_code=polars.lit(str(Way.LIST)))
    return enter(Attendance, told, kind=LIST_ATTENDANCE, context=context)


def found_institutions(*, rows: polars.DataFrame, context: Context) -> int:
    """Record institutions that were built."""
    hold(outside_pairing(rows, ("opened_on",), context))
    return enter(Institution, rows, kind=FOUND_INSTITUTION, context=context)


def sign_in(*, day: CourseDay, person: Person, actor: Actor, today: date) -> None:
    """Record that somebody opened the code of a day and signed in: an act under the rights of whoever opened the sign-in.

    Only on the day itself; who has signed in already is told so.
    """
    check_may(actor, SIGN_IN, scope_id=day.scope_id, side=day.owner_side)
    if day.held_on != today:
        raise Refused(say("只能在培训当天（{day}）扫码签到。补登请把签到名单交给主办单位。", day=day.held_on))
    scope = day.scope
    key = SEPARATOR.join((day.key, local_key(person.key, scope.code)))
    if Attendance.objects.filter(scope=scope, key=key).exists():
        raise Refused(say("您在 {day} 已经签到，不用再签。", day=day.held_on))
    row = {
        "key": key, "day_key": day.key, "course_key": day.course_key, "person_key": person.key, "attended_on": today,
        "way_code": str(Way.CODE),
    }  # fmt: skip
    source = {"kind": "sign_in", "day": day.key}
    with actions.act(SIGN_IN, author=actor.author, scope_id=scope.pk, source=source) as opened:
        context = Context(
            actor=actor, scope_id=scope.pk, scope_code=scope.code, side=day.owner_side, act=opened, today=today,
            scheme=scope.scheme, is_example=scope.is_example,
        )  # fmt: skip
        enter(Attendance, polars.DataFrame([row]), kind=SIGN_IN, context=context)


def _with(rows: polars.DataFrame, column: str, values: list[str]) -> polars.DataFrame:
    return rows.with_columns(polars.Series(column, values, dtype=polars.String))


def _course_days(rows: polars.DataFrame, context: Context) -> list[tuple[str, date]]:
    """The course and day of every row."""
    return list(zip(keys_in(rows, "course_key", context), rows.get_column("attended_on"), strict=True))


def _before_birth(
    rows: polars.DataFrame, people: tuple[str, ...], columns: tuple[str, ...], context: Context
) -> Iterator[Problem]:
    """Nobody serves, teaches or learns before they are born."""
    births = birth_days(key for column in people for key in keys_in(rows, column, context))
    for row in rows.iter_rows(named=True):
        born = max(
            (day for name in people if (day := births.get(whole_key(row[name], context.scope_code)))),
            default=None,
        )
        for column in columns:
            day = row.get(column)
            if born is not None and day is not None and day <= born:
                told = say(
                    "{day} 不晚于这个人的出生日期。请核对日期和人员编号；身份证号码有误的，先更正人员登记。", day=day
                )
                yield row, column, "talent.before_birth", told


def _in_two_places(rows: polars.DataFrame, context: Context) -> Iterator[Problem]:
    """A human being serves in one place at a time, whatever number they were registered under."""
    people = holding.alike(keys_in(rows, "person_key", context))
    written = keys_in(rows, "_key", context) if "_key" in rows.columns else []
    known = holding.stays(people, without=written)
    for row in rows.iter_rows(named=True):
        key = row.get("_key") or ""
        told = say("同一批第 {row} 行的选派“{key}”（{unit}）", row=row["_row"], key=key, unit=row["to_unit"])
        stay = Stay.of(row, told=told, key=key)
        if stay is None:
            continue
        others = known.setdefault(people.of(whole_key(row["person_key"], context.scope_code)), [])
        if other := met_by(stay, others):
            sentence = say(
                "这个人同一时间在两个地方：本行是 {first} 至 {last}，{other}是 {other_first} 至 {other_last}。"
                "请核对日期；前一次已提前返回的，先更正它的离岗日期。",
                first=stay.first, last=stay.last, other=other.told, other_first=other.first, other_last=other.last,
            )  # fmt: skip
            yield row, "arrived_on" if row["arrived_on"] else "first_on", "talent.two_places", sentence
        others.append(stay)


def _set_twice(rows: polars.DataFrame, context: Context) -> Iterator[Problem]:
    """On a day one minimum holds for a kind."""
    written = keys_in(rows, "_key", context)
    known = holding.minimum_terms(context.scope_id, without=written)
    for row in rows.iter_rows(named=True):
        others = known.setdefault(row["kind_code"], [])
        first, last = row["first_on"], row["last_on"] or date.max
        for other_first, other_last in others:
            if first <= (other_last or date.max) and other_first <= last:
                sentence = say("同一类别在 {first} 起已有一项最短期限。请先给前一项填停止执行日期。", first=other_first)
                yield row, "first_on", "talent.minimum_set_twice", sentence
                break
        others.append((first, row["last_on"]))


def _not_back_yet(rows: polars.DataFrame, postings: dict[str, Secondment], context: Context) -> Iterator[Problem]:
    """A result after the return needs a return."""
    for row, key in zip(rows.iter_rows(named=True), keys_in(rows, "secondment_key", context), strict=True):
        left = postings[key].left_on if key in postings else None
        if left is None:
            sentence = say(
                "选派“{key}”还没有离岗日期。返岗成效在返回之后登记，请先更正这条选派。", key=row["secondment_key"]
            )
            yield row, "secondment_key", "talent.not_back_yet", sentence
        elif row["stated_on"] < left:
            sentence = say("认定日期早于离岗日期（{left}）。请核对日期。", left=left)
            yield row, "stated_on", "talent.result_before_return", sentence


def _outside_course(rows: polars.DataFrame, courses: dict[str, Course], context: Context) -> Iterator[Problem]:
    for row, key in zip(rows.iter_rows(named=True), keys_in(rows, "course_key", context), strict=True):
        course = courses.get(key)
        if course and not course.first_on <= row["held_on"] <= course.last_on:
            sentence = say(
                "{day} 不在这个培训班的日期（{first} 至 {last}）里。请核对培训日期，或先更正培训班的起止日期。",
                day=row["held_on"], first=course.first_on, last=course.last_on,
            )  # fmt: skip
            yield row, "held_on", "talent.outside_course", sentence


def _not_a_day(rows: polars.DataFrame, context: Context) -> Iterator[Problem]:
    """People sign in on days the course has, and not ahead of time."""
    wanted = _course_days(rows, context)
    days = holding.days_of(context.scope_id, (key for key, _ in wanted))
    for row, (key, day) in zip(rows.iter_rows(named=True), wanted, strict=True):
        if (key, day) not in days:
            sentence = say(
                "培训班“{course}”没有登记 {day} 这个培训日。请核对日期，或先在“培训日”表里登记。",
                course=row["course_key"],
                day=day,
            )
            yield row, "attended_on", "talent.no_such_day", sentence
        elif day > context.today:
            sentence = say("{day} 还没有到，不能提前登记签到。请在当天或之后登记。", day=day)
            yield row, "attended_on", "talent.attended_ahead", sentence


def _met(_detail: str) -> str:
    return say("没有保存任何内容：同一个人在同一时间有两次选派，可能刚由另一次操作登记。请核对到岗和离岗日期后重试。")


refusals.explain("talent_secondment_once", _met)
