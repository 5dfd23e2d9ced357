"""Records of talent exchange."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.db.models.functions import Coalesce, Greatest

from shanhai.areas.talent.terms import (
    CourseKind,
    Direction,
    InstitutionKind,
    Outcome,
    PostingKind,
    ResultKind,
    Role,
    Trade,
    Venue,
    Way,
)
from shanhai.journal.models import Record


def _ends_after_it_begins(name: str, first: str = "first_on", last: str = "last_on") -> models.CheckConstraint:
    condition = Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)})
    return models.CheckConstraint(condition=condition, name=name)


def _days_taken() -> Func:
    """The days a posting takes of a person: from arrival to leaving, as planned where they are not known yet."""
    begins = Coalesce("arrived_on", "first_on")
    ends = Coalesce("left_on", Greatest("last_on", "arrived_on"))
    return Func(begins, ends, Value("[]"), function="daterange", output_field=DateRangeField())


class Secondment(Record):
    """人才选派: a person serves in a post of the other side for a planned term, with the days they came and left."""

    crossing: ClassVar[Mapping[str, str] | None] = {}

    person_key = models.CharField("人员编号", max_length=120)
    direction_code = models.CharField("方向", max_length=12, choices=Direction.choices)
    kind_code = models.CharField("人才类别", max_length=10, choices=PostingKind.choices)
    role_code = models.CharField("任职", max_length=14, choices=Role.choices)
    post = models.CharField("职务", max_length=80)
    from_unit = models.CharField("派出单位", max_length=120)
    to_unit = models.CharField("接收单位", max_length=120)
    first_on = models.DateField("计划开始日期")
    last_on = models.DateField("计划结束日期")
    arrived_on = models.DateField("到岗日期", null=True)
    left_on = models.DateField("离岗日期", null=True)
    cancelled_on = models.DateField("取消日期", null=True)
    document_no = models.CharField("文号", max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "人才选派"
        constraints: ClassVar[list[Any]] = [
            *Record.Meta.constraints,
            _ends_after_it_begins("talent_secondment_term"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(arrived_on__isnull=False, left_on__gte=F("arrived_on")),
                name="talent_secondment_left",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(arrived_on__isnull=True), name="talent_secondment_cancelled"
            ),
            ExclusionConstraint(
                name="talent_secondment_once",
                expressions=[("scope", "="), ("person_key", "="), (_days_taken(), "&&")],
                condition=Q(cancelled_on__isnull=True),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]
        indexes = [models.Index(fields=["scope", "person_key"], name="talent_secondment_person")]


class MinimumTerm(Record):
    """最短期限: from how many whole months a posting of a kind counts as served, from day to day, by a paper."""

    kind_code = models.CharField("人才类别", max_length=10, choices=PostingKind.choices)
    month_count = models.IntegerField("最短月数")
    first_on = models.DateField("执行日期")
    last_on = models.DateField("停止执行日期", null=True)
    document_no = models.CharField("依据文号", max_length=80)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "最短期限"
        constraints = [*Record.Meta.constraints, _ends_after_it_begins("talent_minimumterm_term")]


class PostingResult(Record):
    """返岗成效: what came of a posting after its person went back."""

    secondment_key = models.CharField("选派编号", max_length=120)
    person_key = models.CharField("人员编号", max_length=120)
    result_code = models.CharField("成效类别", max_length=10, choices=ResultKind.choices)
    detail = models.CharField("成效说明", max_length=200)
    stated_on = models.DateField("认定日期")
    document_no = models.CharField("依据文号", max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "返岗成效"


class MentorGroup(Record):
    """师徒小组: mentors and apprentices of one trade who learn together; its people stand in the pairs."""

    name = models.CharField("小组名称", max_length=120)
    trade_code = models.CharField("传授领域", max_length=10, choices=Trade.choices)
    unit_name = models.CharField("所在单位", max_length=120)
    first_on = models.DateField("组建日期")
    last_on = models.DateField("结束日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "师徒小组"
        constraints = [*Record.Meta.constraints, _ends_after_it_begins("talent_mentorgroup_term")]


class MentorPair(Record):
    """师徒结对: one expert and one learner with a goal, from day to day, and the check at the end."""

    crossing: ClassVar[Mapping[str, str] | None] = {}

    mentor_key = models.CharField("师傅人员编号", max_length=120)
    person_key = models.CharField("徒弟人员编号", max_length=120)
    group_key = models.CharField("师徒小组", max_length=120, blank=True)
    trade_code = models.CharField("传授领域", max_length=10, choices=Trade.choices)
    unit_name = models.CharField("徒弟所在单位", max_length=120)
    goal = models.CharField("约定目标", max_length=200)
    first_on = models.DateField("结对日期")
    last_on = models.DateField("期满日期", null=True)
    outcome_code = models.CharField("期满考核", max_length=8, choices=Outcome.choices, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "师徒结对"
        constraints = [
            *Record.Meta.constraints,
            _ends_after_it_begins("talent_mentorpair_term"),
            models.CheckConstraint(condition=~Q(mentor_key=F("person_key")), name="talent_mentorpair_two"),
        ]


class PairedOfficials(Record):
    """干部结对: an official of either side, paired to learn from each other while each keeps the own post."""

    crossing: ClassVar[Mapping[str, str] | None] = {}

    east_key = models.CharField("东部干部人员编号", max_length=120)
    west_key = models.CharField("西部干部人员编号", max_length=120)
    east_unit = models.CharField("东部单位", max_length=120)
    west_unit = models.CharField("西部单位", max_length=120)
    first_on = models.DateField("结对日期")
    last_on = models.DateField("结束日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "干部结对"
        constraints = [
            *Record.Meta.constraints,
            _ends_after_it_begins("talent_pairedofficials_term"),
            models.CheckConstraint(condition=~Q(east_key=F("west_key")), name="talent_pairedofficials_two"),
        ]


class Course(Record):
    """培训班: a course as it is planned; that it was held is told by who signed in."""

    title = models.CharField("培训班名称", max_length=200)
    kind_code = models.CharField("培训类别", max_length=12, choices=CourseKind.choices)
    venue_code = models.CharField("举办地", max_length=4, choices=Venue.choices)
    place = models.CharField("地点", max_length=80)
    organiser = models.CharField("主办单位", max_length=120)
    first_on = models.DateField("开班日期")
    last_on = models.DateField("结班日期")
    planned_person_count = models.IntegerField("计划人数", null=True)
    document_no = models.CharField("文号", max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "培训班"
        constraints = [*Record.Meta.constraints, _ends_after_it_begins("talent_course_term")]


class CourseDay(Record):
    """培训日: a day of a course with its hours; people sign in for a day."""

    course_key = models.CharField("培训班编号", max_length=120)
    held_on = models.DateField("培训日期")
    topic = models.CharField("内容", max_length=200)
    hour_count = models.IntegerField("学时")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "培训日"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(hour_count__gt=0), name="talent_courseday_hours"),
        ]


class Attendance(Record):
    """培训签到: one person on one day of a course, by list or by code."""

    day_key = models.CharField("培训日", max_length=120)
    course_key = models.CharField("培训班编号", max_length=120)
    person_key = models.CharField("人员编号", max_length=120)
    attended_on = models.DateField("签到日期")
    way_code = models.CharField("签到方式", max_length=4, choices=Way.choices)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "培训签到"
        indexes = [models.Index(fields=["scope", "course_key"], name="talent_attendance_course")]


class Institution(Record):
    """人才机构: an academy, base or station where people learn, built in the cooperation."""

    name = models.CharField("机构名称", max_length=120)
    kind_code = models.CharField("机构类别", max_length=13, choices=InstitutionKind.choices)
    place = models.CharField("所在地", max_length=120)
    unit_name = models.CharField("主管单位", max_length=120, blank=True)
    opened_on = models.DateField("成立日期")
    document_no = models.CharField("批准文号", max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "人才机构"
