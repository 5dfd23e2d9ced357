"""Records of agreements and exchange."""

from django.db import models
from django.db.models import F, Q

from shanhai.areas.agreements.terms import AgreementKind, Direction, MeetingKind, TeamRole
from shanhai.journal.models import Record
from shanhai.journal.terms import FIELD_CHOICES


def _ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")), name=name)


class Agreement(Record):
    """协作协议: a paper of two governments or two bodies; signed is not yet reached."""

    agreement_no = models.CharField("协议编号", max_length=60)
    title = models.CharField("协议名称", max_length=200)
    kind_code = models.CharField("协议类别", max_length=10, choices=AgreementKind.choices)
    field_code = models.CharField("领域", max_length=16, choices=FIELD_CHOICES, blank=True)
    east_party = models.CharField("东部签约单位", max_length=120)
    west_party = models.CharField("西部签约单位", max_length=120)
    signed_on = models.DateField("签订日期")
    first_on = models.DateField("生效日期", null=True)
    last_on = models.DateField("终止日期", null=True)
    document_no = models.CharField("文号", max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "协作协议"
        constraints = [*Record.Meta.constraints, _ends_after_it_begins("agreements_agreement_term")]


class Clause(Record):
    """条款: what an agreement grants, and until when."""

    agreement_key = models.CharField("所属协议", max_length=120)
    clause_no = models.CharField("条款号", max_length=20)
    wording = models.TextField("条款内容")
    granted_to = models.CharField("受益方", max_length=120, blank=True)
    last_on = models.DateField("到期日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "协议条款"


class Target(Record):
    """年度目标: what an agreement promises for a year, per indicator; a plan, never a result."""

    agreement_key = models.CharField("所属协议", max_length=120)
    target_year = models.IntegerField("年度")
    figure = models.CharField("指标", max_length=80)
    amount = models.DecimalField("目标值", max_digits=20, decimal_places=2)
    unit = models.CharField("单位", max_length=20)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "年度目标"


class Meeting(Record):
    """会议: counted once per meeting, by kind, with minutes."""

    kind_code = models.CharField("会议类别", max_length=14, choices=MeetingKind.choices)
    title = models.CharField("会议名称", max_length=200)
    held_on = models.DateField("召开日期")
    place = models.CharField("地点", max_length=80, blank=True)
    document_no = models.CharField("纪要文号", max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "会议"


class Visit(Record):
    """互访: one batch of travellers; batches and person-times are two counters."""

    direction_code = models.CharField("方向", max_length=14, choices=Direction.choices)
    title = models.CharField("考察事项", max_length=200)
    led_by = models.CharField("带队职务", max_length=80, blank=True)
    started_on = models.DateField("开始日期")
    person_time_count = models.IntegerField("人次")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "互访"


class WorkingTeam(Record):
    """帮扶工作队: eastern cadres stationed in the aided county, for a term."""

    name = models.CharField("工作队名称", max_length=120)
    station = models.CharField("驻地", max_length=80)
    first_on = models.DateField("派驻日期")
    last_on = models.DateField("期满日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "帮扶工作队"
        constraints = [*Record.Meta.constraints, _ends_after_it_begins("agreements_workingteam_term")]


class TeamMember(Record):
    """工作队成员: a person in a team, leader or member, from day to day."""

    team_key = models.CharField("工作队", max_length=120)
    person_key = models.CharField("人员编号", max_length=120)
    role_code = models.CharField("队内职务", max_length=8, choices=TeamRole.choices)
    home_unit = models.CharField("派出单位", max_length=120)
    first_on = models.DateField("到任日期")
    last_on = models.DateField("离任日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "工作队成员"
        constraints = [*Record.Meta.constraints, _ends_after_it_begins("agreements_teammember_term")]
