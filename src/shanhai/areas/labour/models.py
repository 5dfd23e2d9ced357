"""Records of labour cooperation."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from shanhai.areas.labour.terms import (
    Destination,
    Evidence,
    Per,
    Skill,
    StatisticMeasure,
    SubsidyKind,
    SubsidyResult,
    WorkerGroup,
)
from shanhai.journal.models import Record
from shanhai.reference.terms import Precision


def _in_order(first: str, last: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}), name=name)


def _positive(column: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{column}__gt": 0}), name=name)


class Worker(Record):
    """劳动力登记: a person of the register as a worker; the group holds from its first day to its last, and is asked at a day."""

    person_key = models.CharField("人员编号", max_length=120)
    registered_on = models.DateField("登记日期")
    station_key = models.CharField("登记站点", max_length=120, blank=True)
    skill_code = models.CharField("技能", max_length=12, choices=Skill.choices, default=Skill.GENERAL)
    wish_code = models.CharField("就业意愿", max_length=14, choices=Destination.choices, blank=True)
    wage_wish_fen = models.BigIntegerField("期望月工资", null=True)
    group_code = models.CharField("人员类别", max_length=10, choices=WorkerGroup.choices)
    first_on = models.DateField("类别起始日期")
    last_on = models.DateField("类别终止日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "劳动力登记"
        constraints = [*Record.Meta.constraints, _in_order("first_on", "last_on", "labour_worker_days")]
        indexes = [models.Index(fields=["scope", "person_key"], name="labour_worker_person")]


class Station(Record):
    """劳务服务站: an office in the place of work, by agreement of the two sides."""

    name = models.CharField("站点名称", max_length=120)
    region_code = models.CharField("所在地", max_length=6)
    operator_name = models.CharField("运营单位", max_length=120, blank=True)
    opened_on = models.DateField("设立日期")
    closed_on = models.DateField("撤销日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "劳务服务站"
        constraints = [*Record.Meta.constraints, _in_order("opened_on", "closed_on", "labour_station_days")]


class LabourAgreement(Record):
    """劳务协议: two offices, or an office and an employer, agree on workers; signed is not placed."""

    title = models.CharField("协议名称", max_length=200)
    east_party = models.CharField("东部签约单位", max_length=120)
    west_party = models.CharField("西部签约单位", max_length=120)
    station_key = models.CharField("劳务服务站", max_length=120, blank=True)
    signed_on = models.DateField("签订日期")
    last_on = models.DateField("终止日期", null=True)
    promised_count = models.IntegerField("约定输送人数", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "劳务协议"
        constraints = [*Record.Meta.constraints, _in_order("signed_on", "last_on", "labour_agreement_days")]


class Vacancy(Record):
    """岗位: openings an employer offers from a first day to a last; an offer is a capacity, never a job taken."""

    employer = models.CharField("用工单位", max_length=120)
    title = models.CharField("岗位名称", max_length=80)
    class_code = models.CharField("就业去向", max_length=14, choices=Destination.choices)
    region_code = models.CharField("工作地", max_length=6)
    skill_code = models.CharField("技能要求", max_length=12, choices=Skill.choices, default=Skill.GENERAL)
    opening_count = models.IntegerField("招用人数")
    monthly_wage_fen = models.BigIntegerField("月工资")
    youngest_years = models.IntegerField("最低年龄", default=16)
    oldest_years = models.IntegerField("最高年龄", default=60)
    station_key = models.CharField("发布站点", max_length=120, blank=True)
    first_on = models.DateField("发布日期")
    last_on = models.DateField("截止日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "岗位"
        constraints = [
            *Record.Meta.constraints,
            _in_order("first_on", "last_on", "labour_vacancy_days"),
            _positive("opening_count", "labour_vacancy_openings"),
        ]


class Placement(Record):
    """就业: one spell of one person with one employer; those in the paired east cross the border."""

    crossing: ClassVar[Mapping[str, str] | None] = {"class_code": str(Destination.PAIRED_EAST)}

    person_key = models.CharField("人员编号", max_length=120)
    class_code = models.CharField("就业去向", max_length=14, choices=Destination.choices)
    employer = models.CharField("用工单位", max_length=120)
    region_code = models.CharField("工作地", max_length=6)
    started_on = models.DateField("上岗日期")
    ended_on = models.DateField("离岗日期", null=True)
    monthly_wage_fen = models.BigIntegerField("月工资", null=True)
    vacancy_key = models.CharField("岗位编号", max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "就业"
        constraints = [*Record.Meta.constraints, _in_order("started_on", "ended_on", "labour_placement_days")]
        indexes = [models.Index(fields=["scope", "person_key", "started_on"], name="labour_placement_person")]


class StayProof(Record):
    """稳岗凭证: what shows that a placed person worked in a month; one month counts once, whatever proves it."""

    placement_key = models.CharField("就业编号", max_length=120)
    month_on = models.DateField("月份")
    month_on_precision = models.CharField("月份精度", max_length=5, choices=Precision.choices, default=Precision.MONTH)
    evidence_code = models.CharField("凭证类别", max_length=10, choices=Evidence.choices)
    document_no = models.CharField("凭证号", max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "稳岗凭证"
        indexes = [models.Index(fields=["scope", "placement_key"], name="labour_stayproof_placement")]


class SubsidyRule(Record):
    """补助规则: one version of what is paid to whom on which proof, by a document, from a first day to a last."""

    kind_code = models.CharField("补助类别", max_length=8, choices=SubsidyKind.choices)
    amount_fen = models.BigIntegerField("标准")
    per_code = models.CharField("计发方式", max_length=6, choices=Per.choices)
    group_code = models.CharField("限人员类别", max_length=10, choices=WorkerGroup.choices, blank=True)
    class_code = models.CharField("限就业去向", max_length=14, choices=Destination.choices, blank=True)
    months_minimum = models.IntegerField("最少月数", default=0)
    months_maximum = models.IntegerField("最多计发月数", null=True)
    cap_fen = models.BigIntegerField("每人每年上限", null=True)
    first_on = models.DateField("施行日期")
    last_on = models.DateField("废止日期", null=True)
    document_no = models.CharField("文号", max_length=80)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "补助规则"
        constraints = [
            *Record.Meta.constraints,
            _in_order("first_on", "last_on", "labour_subsidyrule_days"),
            _positive("amount_fen", "labour_subsidyrule_amount"),
        ]


class Subsidy(Record):
    """补助: a decision worked out from a rule: the version applied, what went in, what came out; the account is ciphertext."""

    person_key = models.CharField("人员编号", max_length=120)
    placement_key = models.CharField("就业编号", max_length=120)
    kind_code = models.CharField("补助类别", max_length=8, choices=SubsidyKind.choices)
    applied_on = models.DateField("申请日期")
    claimed_fen = models.BigIntegerField("申请金额", null=True)
    rule_key = models.CharField("适用规则", max_length=120, blank=True)
    group_code = models.CharField("当日人员类别", max_length=10, choices=WorkerGroup.choices, blank=True)
    months_count = models.IntegerField("有凭证的月数", default=0)
    earlier_fen = models.BigIntegerField("当年已补助", default=0)
    result_code = models.CharField("结论", max_length=12, choices=SubsidyResult.choices)
    amount_fen = models.BigIntegerField("补助金额", default=0)
    paid_on = models.DateField("发放日期", null=True)
    account_sealed = models.TextField("银行账号（密文）", blank=True)
    account_mask = models.CharField("银行账号（掩码）", max_length=32, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "补助"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(result_code="granted", amount_fen__gt=0)
                | (~Q(result_code="granted") & Q(amount_fen=0, paid_on__isnull=True)),
                name="labour_subsidy_result",
            ),
        ]
        indexes = [models.Index(fields=["scope", "person_key"], name="labour_subsidy_person")]


class Course(Record):
    """培训: a course for workers, with its days and who gives it."""

    title = models.CharField("培训名称", max_length=120)
    skill_code = models.CharField("工种", max_length=12, choices=Skill.choices)
    giver_name = models.CharField("培训单位", max_length=120)
    place = models.CharField("地点", max_length=80, blank=True)
    first_on = models.DateField("开班日期")
    last_on = models.DateField("结束日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "劳务培训"
        constraints = [*Record.Meta.constraints, _in_order("first_on", "last_on", "labour_course_days")]


class CourseAttendance(Record):
    """培训签到: one person in one course is one person-time, however many days it lasts."""

    course_key = models.CharField("培训编号", max_length=120)
    person_key = models.CharField("人员编号", max_length=120)
    attended_on = models.DateField("签到日期")
    is_passed = models.BooleanField("考核合格", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "劳务培训签到"


class BackPay(Record):
    """欠薪案件: wages owed to workers, and what was got back for them."""

    employer = models.CharField("用工单位", max_length=120)
    region_code = models.CharField("所在地", max_length=6)
    station_key = models.CharField("受理站点", max_length=120, blank=True)
    worker_count = models.IntegerField("涉及人数")
    owed_fen = models.BigIntegerField("欠薪金额")
    opened_on = models.DateField("受理日期")
    recovered_fen = models.BigIntegerField("追回金额", null=True)
    recovered_on = models.DateField("追回日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "欠薪案件"
        constraints = [
            *Record.Meta.constraints,
            _positive("owed_fen", "labour_backpay_owed"),
            models.CheckConstraint(
                condition=Q(recovered_fen__isnull=True, recovered_on__isnull=True)
                | Q(recovered_fen__gt=0, recovered_fen__lte=F("owed_fen"), recovered_on__gte=F("opened_on")),
                name="labour_backpay_recovered",
            ),
        ]


class PublishedStatistic(Record):
    """公布统计: a number somebody published, with its source; nobody counted it here, and nothing is added to it."""

    measure_code = models.CharField("统计项目", max_length=16, choices=StatisticMeasure.choices)
    statistic_year = models.IntegerField("年度")
    person_count = models.IntegerField("公布人数")
    counted_on = models.DateField("统计截至日期")
    publisher = models.CharField("公布单位", max_length=120)
    title = models.CharField("来源文件", max_length=200)
    document_no = models.CharField("文号", max_length=80, blank=True)
    published_on = models.DateField("公布日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "公布统计"
        constraints = [*Record.Meta.constraints, _positive("person_count", "labour_publishedstatistic_count")]
