"""培训班: courses with persons and person-times kept apart; one course with its days, sign-in and list."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from shanhai.access.sessions import may
from shanhai.areas.talent import actions
from shanhai.areas.talent.models import Attendance, Course, CourseDay
from shanhai.areas.talent.pages.asking import Cells, crumbs, select, table, year_of, year_select
from shanhai.areas.talent.queries import courses as asked_of
from shanhai.areas.talent.queries.courses import Attendee, Day
from shanhai.areas.talent.terms import CourseKind
from shanhai.asking import values
from shanhai.asking.scopes import Asked, among
from shanhai.base.language import say
from shanhai.figures import evaluating
from shanhai.figures.folding import Value
from shanhai.web import amounts, keysets, wording
from shanhai.web.choosing import needed_scope, scopes_of
from shanhai.web.declare import page
from shanhai.web.keysets import Order
from shanhai.web.memory import remembered
from shanhai.web.sessions import SignedIn

SIZE, PEOPLE = 30, 60
_ORDER = Order("first_on", descending=True)
_TRAINED = ("talent.trained_person_times", "talent.trained_persons")
_FACTS = (
    "kind_code", "venue_code", "place", "organiser", "first_on", "last_on", "planned_person_count", "document_no",
)  # fmt: skip


@page("courses", "培训班", order=40)
@remembered
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Courses, latest first, of a year or a kind, with who came."""
    scope = needed_scope(request)
    year, kind = year_of(request.GET.get("year", "")), request.GET.get("kind", "")
    kind = kind if kind in set(CourseKind) else ""
    narrowed = ({"first_on__year": year} if year else {}) | ({"kind_code": kind} if kind else {})
    place = (request.GET.get("after", ""), request.GET.get("before", ""))
    found = keysets.page_of(Course.objects.filter(scope=scope, **narrowed), _ORDER, place, SIZE)
    about, day = among(scope, scopes_of(request)), localdate()
    url, told = reverse("talent-courses"), {"scope": scope.code, "year": year or "", "kind": kind}
    after = keysets.place_of(found.rows[-1], _ORDER) if found.after else ""
    context = {
        "title": say("培训班"), "tiles": _tiles(about, day, year), "table": _table(found.rows, about, day),
        "filters": {
            "action": url, "kept": [("scope", scope.code)], "narrowed": bool(kind),
            "fields": [year_select("year", say("开班年份"), asked_of.years(scope), year),
                       select("kind", say("培训类别"), CourseKind.choices, kind)],
            "clear_url": wording.with_query(url, scope=scope.code) if year or kind else "",
        },
        "pages": {"next_url": wording.with_query(url, **told, after=after) if after else "",
                  "first_url": wording.with_query(url, **told) if found.before else "",
                  "told": say("本页 {n} 期", n=len(found.rows))} if found.before or found.after else None,
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "talent/courses.html", context)


def _tiles(about: Asked, day: date, year: int | None) -> list[dict[str, Any]]:
    figures = [amounts.declared(name) for name in ("talent.courses_held", *_TRAINED)]
    found = values.values(about, values.window_of(about, as_of=day, year=year), figures=figures)
    return [_tile(found[figure.name], about, day, year=year) for figure in figures]


def _tile(value: Value, about: Asked, day: date, **asked: Any) -> dict[str, Any]:
    name = asked.pop("name", value.figure.name)
    url = amounts.figure_url(name, about.scope.code, as_of=day.isoformat(), **asked)
    return {"label": amounts.figure_word(value.figure), "help": say(value.figure.rule), "note": "",
            "state": amounts.state(value), "url": url, **amounts.told(value)}  # fmt: skip


def _by_course(about: Asked, day: date) -> dict[str, dict[str | None, Value]]:
    """Person-times and persons of every course."""
    figures = [amounts.declared(name) for name in _TRAINED]
    return evaluating.by_slice(figures, values.engine(), values.window_of(about, as_of=day), "course")


def _table(rows: Sequence[Course], about: Asked, day: date) -> dict[str, Any]:
    counted = _by_course(about, day)
    heads = (say("培训班"), say("培训类别"), say("起止日期"), say("地点"), say("培训人次"))
    told: Iterable[Cells] = (
        [
            {"text": one.title, "url": course_url(one.key), "head": True},
            {"text": wording.cell(Course, "kind_code", one.kind_code)},
            {"text": say("{first} 至 {last}", first=one.first_on.isoformat(), last=one.last_on.isoformat())},
            {"text": one.place}, _count(counted[_TRAINED[0]], one, about, day),
        ]
        for one in rows
    )  # fmt: skip
    made = table(say("培训班"), heads, told, empty=say("没有符合条件的培训班。"))
    made["columns"][-1]["number"] = True
    return made


def _count(counted: dict[str | None, Value], course: Course, about: Asked, day: date) -> dict[str, Any]:
    """How many came, as the figure counts them; nobody signed in where it has no cell."""
    figure = amounts.declared(_TRAINED[0])
    value = counted.get(course.key)
    if value is None:
        return {"text": say("无人签到"), "number": True}
    name = amounts.narrowed_name(figure, {"course": course.key})
    return {"text": amounts.text(value), "number": True,
            "url": amounts.figure_url(name, about.scope.code, as_of=day.isoformat())}  # fmt: skip


def course_url(key: str) -> str:
    """The page of a course."""
    return reverse("talent-course", kwargs={"key": key})


@page("course/<path:key>", "培训班与签到", record="talent.course")
@require_safe
def course(request: SignedIn, key: str) -> HttpResponse:
    """One course: its days with the way to sign in, and who signed in."""
    found = asked_of.course_named(key)
    if found is None:
        raise Http404
    about, day = among(found.scope, scopes_of(request)), localdate()
    after = request.GET.get("after", "").replace("\x00", "")[:120]
    people = asked_of.attendees(found, after=after, size=PEOPLE + 1)
    opens = may(request.actor, actions.SIGN_IN, scope_id=found.scope_id, side=found.owner_side)
    figures = [amounts.declared(name) for name in _TRAINED]
    window = values.window_of(about, as_of=day)
    counted = values.values(about, window, figures=figures, narrowed={"course": found.key})
    here = course_url(key)
    context = {
        "title": found.title, "number": wording.local(key), "record_url": wording.record_url(Course.type_name(), key),
        "facts": [
            {"label": wording.label(Course, name), "value": told}
            for name in _FACTS if (told := wording.cell(Course, name, getattr(found, name)))
        ],
        "tiles": [
            _tile(counted[figure.name], about, day, name=amounts.narrowed_name(figure, {"course": found.key})) for figure in figures
        ],
        "days": _days(asked_of.days(found), opens=opens, today=day),
        "people": _people(people[:PEOPLE]),
        "pages": {"next_url": wording.with_query(here, after=people[PEOPLE - 1].person_key) if len(people) > PEOPLE else "",
                  "first_url": here if after else ""} if after or len(people) > PEOPLE else None,
        "crumbs": crumbs((say("培训班"), wording.with_query(reverse("talent-courses"), scope=found.scope.code))),
    }  # fmt: skip
    return render(request, "talent/course.html", context)


def _days(days: Sequence[Day], *, opens: bool, today: date) -> dict[str, Any]:
    """The days with how many signed in, and the way to the code for who may open the sign-in."""
    heads = (say("培训日期"), say("内容"), say("学时"), say("名单签到"), say("扫码签到"), say("签到"))
    told: Iterable[Cells] = (
        [
            {"text": one.day.held_on.isoformat(), "head": True, "url": wording.record_url(CourseDay.type_name(), one.day.key)},
            {"text": one.day.topic}, {"text": str(one.day.hour_count), "number": True},
            {"text": str(one.listed), "number": True}, {"text": str(one.scanned), "number": True},
            _way_in(one.day, opens=opens, today=today),
        ]
        for one in days
    )  # fmt: skip
    return table(say("培训日与签到人数"), heads, told, empty=say("还没有登记培训日。请在“培训日”表里登记。"))


def _way_in(day: CourseDay, *, opens: bool, today: date) -> dict[str, Any]:
    if not opens:
        return {"text": "–"}
    word = say("打开签到二维码") if day.held_on == today else say("查看二维码")
    return {"text": word, "url": reverse("talent-desk", kwargs={"key": day.key})}


def _people(people: Sequence[Attendee]) -> dict[str, Any]:
    """Who signed in, masked, each day leading to the record of the sign-in."""
    heads = (say("人员编号"), say("姓名"), say("签到天数"), say("首次签到"), say("签到方式"))
    told: Iterable[Cells] = (
        [
            {"text": wording.local(one.person_key), "head": True, "url": wording.record_url("reference.person", one.person_key)},
            {"text": one.name}, {"text": str(len(one.days)), "number": True},
            {"text": one.days[0].attended_on.isoformat(), "url": wording.record_url(Attendance.type_name(), one.days[0].key)},
            {"text": say("、").join(dict.fromkeys(wording.cell(Attendance, "way_code", each.way_code) for each in one.days))},
        ]
        for one in people
    )  # fmt: skip
    return table(say("签到的人"), heads, told, empty=say("还没有人签到。"))
