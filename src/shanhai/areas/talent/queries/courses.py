"""Courses with their days, who signed in, and who an attendee is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from shanhai.access.entering import whole_key
from shanhai.areas.talent.models import Attendance, Course, CourseDay
from shanhai.reference import vault
from shanhai.reference.models import Person, Scope
from shanhai.reference.queries import personal_values


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a course, and how many signed in on it, by list and by code."""

    day: CourseDay
    listed: int
    scanned: int


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who signed in: the masked name, and the days, each with the record of the sign-in."""

    person_key: str
    name: str
    days: Sequence[Attendance]


def course_named(key: str) -> Course | None:
    """A course by its key, with its scope, where the reader may see it."""
    return Course.objects.filter(key=key).select_related("scope").first() if "\x00" not in key else None


def day_named(key: str) -> CourseDay | None:
    """A day of a course by its key, with its scope."""
    return CourseDay.objects.filter(key=key).select_related("scope").first() if "\x00" not in key else None


def days(course: Course) -> list[Day]:
    """The days of a course with the numbers that signed in."""
    counted: defaultdict[str, dict[str, int]] = defaultdict(dict)
    signed = Attendance.objects.filter(scope=course.scope, course_key=course.key).values_list("day_key", "way_code")
    for key, way, number in signed.annotate(number=Count("id")):
        counted[key][way] = number
    found = CourseDay.objects.filter(scope=course.scope, course_key=course.key).order_by("held_on", "key")
    return [Day(day, counted[day.key].get("list", 0), counted[day.key].get("code", 0)) for day in found]


def attendees(course: Course, *, after: str, size: int) -> list[Attendee]:
    """Who signed in to a course, by the number in the register, after a person of the list."""
    rows = Attendance.objects.filter(scope=course.scope, course_key=course.key)
    keys = list(
        rows.filter(person_key__gt=after).order_by("person_key").values_list("person_key", flat=True).distinct()[:size]
    )
    signed: defaultdict[str, list[Attendance]] = defaultdict(list)
    for one in rows.filter(person_key__in=keys).order_by("attended_on", "key"):
        signed[one.person_key].append(one)
    masks = dict(Person.objects.filter(scope=course.scope, key__in=keys).values_list("key", "name_mask"))
    return [Attendee(key, masks.get(key, ""), signed[key]) for key in keys]


def years(scope: Scope) -> list[int]:
    """The years in which courses began, latest first."""
    return [day.year for day in Course.objects.filter(scope=scope).dates("first_on", "year", order="DESC")]


def signed_on(day: CourseDay) -> int:
    """How many have signed in on a day of a course."""
    return Attendance.objects.filter(scope=day.scope, day_key=day.key).count()


def day_of_course(course_key: str, scope_id: int, held_on: date) -> CourseDay | None:
    """The day of a course by its date."""
    return CourseDay.objects.filter(scope_id=scope_id, course_key=course_key, held_on=held_on).first()


def attendee(scope: Scope, *, number: str, name: str) -> Person | None:
    """Who gives a number (of the register, or an identity number) and the name that belongs to it; nobody where either is wrong."""
    index = vault.blind_index(number) if len(number) == 18 else ""
    rows = Person.objects.filter(scope=scope)
    person = rows.filter(identity_index=index).first() if index else None
    person = person or rows.filter(key=whole_key(number, scope.code)).first()
    if person is None:
        return None
    told = personal_values([person.key]).get(person.key, {})
    return person if told.get("name") and told["name"] == name else None
