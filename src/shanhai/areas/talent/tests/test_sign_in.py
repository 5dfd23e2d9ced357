"""Signing in by code: without an account, on the day, with number and name, under the rights of who opened the desk."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import signing
from django.http import Http404
from django.test import Client, RequestFactory

from shanhai.access import sessions
from shanhai.areas.talent.models import Attendance, CourseDay
from shanhai.areas.talent.pages.sign_in import Pass, desk
from shanhai.areas.talent.tests.conftest import BORN, PAIRING, course, course_day
from shanhai.base.identifiers import example_identity
from shanhai.journal.models import Act, Entry
from shanhai.web.sessions import Forbidden

pytestmark = pytest.mark.slow
DAY = date(2024, 7, 1)
KEY = f"{PAIRING}/PX-1/{DAY}"
NOON = datetime(2024, 7, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def planned(enter, register):
    """A course with a day today, and two people in the register."""
    register(1, 2, side="west")
    enter("plan_courses", course(), side="west")
    enter("plan_days", course_day(DAY), course_day(date(2024, 7, 2)), side="west")


@pytest.fixture
def given(planned, acting):
    """The address a clerk's desk shows."""
    with time_machine.travel(NOON, tick=False):
        request = RequestFactory().get("/areas/talent/desk/x")
        request.actor = acting("clerk", side="west")
        words = desk(request, KEY).content.decode()
    sessions.carry("")
    return re.search(r'href="http://testserver(/areas/talent/signing/[^"]+)"', words)[1]


def post(address, number="RY-1", name="示例1", at=NOON):
    with time_machine.travel(at, tick=False):
        return Client().post(address, {"number": number, "name": name})


def test_the_desk_shows_a_code_that_a_telephone_reads(planned, acting):
    with time_machine.travel(NOON, tick=False):
        request = RequestFactory().get("/areas/talent/desk/x")
        request.actor = acting("team", side="west")
        words = desk(request, KEY).content.decode()
    assert 'role="img" aria-label="“示例：干部培训班”的签到二维码"' in words
    assert "<path" in words
    assert "已签到 0 人" in words


def test_only_who_may_sign_people_in_opens_the_desk(planned, acting):
    for role, side in (("viewer", "any"), ("finance", "west"), ("clerk", "east")):
        request = RequestFactory().get("/areas/talent/desk/x")
        request.actor = acting(role, side=side)
        with pytest.raises(Forbidden):
            desk(request, KEY)


def test_a_participant_signs_in_without_an_account(given, office, acting):
    with time_machine.travel(NOON, tick=False):
        shown = Client().get(given)
    assert shown.status_code == 200
    assert "示例：干部培训班" in shown.content.decode()
    answer = post(given)
    assert answer.status_code == 200
    assert "您已签到" in answer.content.decode()
    acting("auditor", side="any")
    one = Attendance.objects.get()
    assert (one.way_code, one.attended_on, one.person_key) == ("code", DAY, f"{PAIRING}/RY-1")
    entry = Entry.objects.get(record_type="talent.attendance")
    act = Act.objects.get(id=entry.act_id)
    assert act.code == "talent.attendance.signed"
    assert act.acted_by == "clerk-west-scope-331081-511381"
    assert act.source["kind"] == "sign_in"


def test_an_identity_number_signs_in_too_and_is_kept_nowhere(given, acting):
    number = example_identity(302, BORN)
    assert "您已签到" in post(given, number, "示例2").content.decode()
    acting("auditor", side="any")
    assert Attendance.objects.get().person_key == f"{PAIRING}/RY-2"
    assert number not in str(list(Act.objects.values())) + str(list(Entry.objects.values_list("after", flat=True)))


@pytest.mark.parametrize(
    ("number", "name"), [("RY-1", "示例2"), ("RY-77", "示例1"), ("", ""), ("RY-1", ""), ("RY-1\x00", "示例2")]
)
def test_a_wrong_number_or_name_signs_nobody_in_and_tells_not_which(given, acting, number, name):
    answer = post(given, number, name)
    assert answer.status_code == 400
    assert "编号和姓名对不上登记的人员" in answer.content.decode()
    acting("auditor", side="any")
    assert not Attendance.objects.exists()


def test_who_guesses_waits(given):
    for _ in range(6):
        last = post(given, "RY-1", "猜")
    assert last.status_code == 429
    assert post(given).status_code == 429


def test_one_signs_in_once_a_day(given, acting):
    post(given)
    again = post(given)
    assert again.status_code == 400
    assert "已经签到" in again.content.decode()
    acting("auditor", side="any")
    assert Attendance.objects.count() == 1


def test_a_code_holds_on_its_day_only(given, acting):
    later = NOON.replace(day=2)
    with time_machine.travel(later, tick=False):
        shown = Client().get(given)
    assert "只在培训当天有效" in shown.content.decode()
    assert post(given, at=later).status_code == 400
    acting("auditor", side="any")
    assert not Attendance.objects.exists()


def test_a_forged_code_is_no_page(planned):
    forged = signing.dumps([1, KEY, DAY.isoformat(), "x", True], salt="other")
    assert Client().get(f"/areas/talent/signing/{forged}").status_code == 404
    with pytest.raises(Http404):
        Pass.read("nonsense")


def test_a_code_of_somebody_without_the_duty_signs_nobody_in(planned, acting):
    viewer = acting("viewer", side="any")
    token = Pass(viewer.user_id, KEY, DAY, "x", True).written()
    sessions.carry("")
    answer = post(f"/areas/talent/signing/{token}")
    assert answer.status_code == 400
    assert "没有这项职责" in answer.content.decode()


def test_a_day_that_is_gone_or_unknown_is_told(planned, acting):
    clerk = acting("clerk", side="west")
    token = Pass(clerk.user_id, f"{PAIRING}/PX-9/{DAY}", DAY, "x", False).written()
    sessions.carry("")
    assert "不在登记里" in post(f"/areas/talent/signing/{token}").content.decode()
    acting("clerk", side="west")
    request = RequestFactory().get("/areas/talent/desk/x")
    request.actor = clerk
    with pytest.raises(Http404):
        desk(request, f"{PAIRING}/PX-9/{DAY}")
    assert CourseDay.objects.count() == 2
