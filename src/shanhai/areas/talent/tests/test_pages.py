"""The pages of talent exchange: against figures, in few questions, and to whom."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from shanhai.areas.talent import pages
from shanhai.areas.talent.models import Attendance, Course, MinimumTerm, Secondment
from shanhai.areas.talent.queries import courses, postings
from shanhai.asking import scopes, values
from shanhai.reference.models import Scope

pytestmark = pytest.mark.slow
PAIRING, DAY = "331081-511381", date(2024, 6, 30)
VIEWS = (pages.timeline.timeline, pages.duty.duty, pages.mentors.mentors, pages.courses.courses)


def visit(office, view, *, role="operator", grant=None, key=None, **asked):
    request = RequestFactory().get("/areas/talent/x", {"scope": PAIRING, **asked})
    request.actor = office.sign_in(role, **(grant or {"reach": "all"}))
    with CaptureQueriesContext(connection) as told:
        answer = view(request, **({"key": key} if key else {}))
    return answer.content.decode(), len(told)


def value(name, day=DAY):
    asked = scopes.by_code(PAIRING)
    return values.value(asked, name, values.window_of(asked, as_of=day)).amount


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_page_asks_few_questions_and_is_nobody_elses(example_loaded, view):
    _, asked = visit(example_loaded, view, as_of="2024-06-30")
    assert asked <= 12
    with pytest.raises(Http404):
        visit(example_loaded, view, role="clerk", grant={"scope": "330282-513324"})


def test_every_posting_stands_on_the_timeline_and_opens(example_loaded):
    rows = list(Secondment.objects.order_by("-first_on", "key"))
    words, _ = visit(example_loaded, pages.timeline.timeline)
    assert all(f"/records/talent.secondment/{one.key}" in words for one in rows[:25])
    assert words.count('class="span ') == 25 + 4  # and the legend
    narrowed, _ = visit(example_loaded, pages.timeline.timeline, role_code="vice_principal", kind_code="teacher")
    assert narrowed.count('class="span ') == 6 + 4


def test_the_timeline_of_a_year_and_of_nobody(example_loaded):
    words, _ = visit(example_loaded, pages.timeline.timeline, zoom="2023", as_of="2023-06-30")
    assert "4 月" in words
    assert "XP-2023-" in words
    assert "XP-2024-" not in words
    nobody, _ = visit(example_loaded, pages.timeline.timeline, q="没有这样的单位")
    assert "没有符合条件的选派" in nobody


def test_who_is_on_duty_is_told_as_the_figure_counts(example_loaded):
    scope = Scope.objects.get(code=PAIRING)
    counts = postings.on_duty_counts(scope, DAY)
    for (kind, direction), people in counts.items():
        assert value(f"talent.on_duty[kind={kind},direction={direction}]") == people
    assert (
        sum(counts.values()) == value("talent.on_duty") == postings.serving(postings.narrowed(scope, {}), DAY).count()
    )
    words, _ = visit(example_loaded, pages.duty.duty)
    assert "算到 2024-06-30：记录在这一天关账" in words
    assert f">{counts['teacher', 'east_to_west']}<" in words
    assert "示例人才0" not in words


def test_the_minimum_that_holds_is_shown_with_its_paper(example_loaded):
    words, _ = visit(example_loaded, pages.duty.duty)
    assert "2021-06-01 至 2022-07-31" in words
    assert "示例人才协〔2021〕" in words


def test_mentors_are_narrowed_by_trade_and_group(example_loaded):
    whole, _ = visit(example_loaded, pages.mentors.mentors)
    medicine, _ = visit(example_loaded, pages.mentors.mentors, trade="medicine")
    assert whole.count("/records/talent.mentorpair/") == 40
    assert 0 < medicine.count("/records/talent.mentorpair/") < 40
    group, _ = visit(example_loaded, pages.mentors.mentors, group=f"{PAIRING}/STZ-2022-01")
    assert 0 < group.count("/records/talent.mentorpair/") < 40
    assert whole.count("/records/talent.pairedofficials/") == 12


def test_a_course_tells_persons_and_person_times_apart(example_loaded):
    one = Course.objects.order_by("key").first()
    words, asked = visit(example_loaded, pages.courses.course, key=one.key)
    assert asked <= 12
    people = Attendance.objects.filter(course_key=one.key).values("person_key").distinct().count()
    assert value(f"talent.trained_persons[course={one.key}]") == people
    assert f'<div class="value">{people}' in words
    assert words.count("/records/reference.person/") == people
    assert "打开签到二维码" not in words
    assert "查看二维码" in words


def test_a_viewer_sees_a_course_without_its_code(example_loaded):
    one = Course.objects.order_by("key").first()
    words, _ = visit(example_loaded, pages.courses.course, key=one.key, role="viewer", grant={"scope": PAIRING})
    assert "查看二维码" not in words


def test_the_list_of_people_is_walked_whole(example_loaded):
    one, after, walked = Course.objects.order_by("key").first(), "", []
    while found := courses.attendees(one, after=after, size=7):
        walked += [each.person_key for each in found]
        after = found[-1].person_key
    assert walked == sorted(set(Attendance.objects.filter(course_key=one.key).values_list("person_key", flat=True)))


def test_courses_of_a_year_and_a_kind(example_loaded):
    words, _ = visit(example_loaded, pages.courses.courses, year="2023", kind="officials")
    assert (
        words.count("/areas/talent/course/")
        == Course.objects.filter(first_on__year=2023, kind_code="officials").count()
    )


def test_an_unknown_course_is_no_page(example_loaded):
    with pytest.raises(Http404):
        visit(example_loaded, pages.courses.course, key="nothing")


def months(first, last):
    """Whole months from a day to another, both included, counted one by one."""
    behind, count = last + timedelta(days=1), 0
    while True:
        year, month = divmod(first.year * 12 + first.month + count, 12)
        if (year, month + 1, first.day) > (behind.year, behind.month, behind.day):
            return count
        count += 1


@pytest.mark.parametrize("day", [date(2022, 3, 31), date(2022, 8, 31), date(2023, 6, 30), date(2024, 2, 29), DAY])
def test_who_reached_the_minimum_is_as_counted_one_by_one(example_loaded, day):
    terms = list(MinimumTerm.objects.all())
    served = {
        one.person_key
        for one in Secondment.objects.filter(arrived_on__lte=day)
        for term in terms
        if term.kind_code == one.kind_code
        and term.first_on <= one.arrived_on <= (term.last_on or one.arrived_on)
        and months(one.arrived_on, min(one.left_on or day, day)) >= term.month_count
    }
    assert value("talent.reached_minimum", day) == len(served)
