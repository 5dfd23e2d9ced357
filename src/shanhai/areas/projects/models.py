"""Records of projects and what they leave behind."""

from django.db import models
from django.db.models import Q

from shanhai.areas.projects.terms import AcceptanceResult, AssetClass, ProjectClass, Step
from shanhai.journal.models import Record
from shanhai.journal.terms import FIELD_CHOICES


class Project(Record):
    """协作项目: one need, one project; a sub-project names the project it is part of and is not counted apart."""

    project_no = models.CharField("项目编号", max_length=60)
    name = models.CharField("项目名称", max_length=200)
    short_name = models.CharField("简称", max_length=120, blank=True)
    field_code = models.CharField("领域", max_length=16, choices=FIELD_CHOICES)
    class_code = models.CharField("项目类别", max_length=16, choices=ProjectClass.choices)
    region_code = models.CharField("行政区划代码", max_length=12)
    town = models.CharField("乡镇（街道）", max_length=60, blank=True)
    owner_unit = models.CharField("项目单位", max_length=120)
    implementing_unit = models.CharField("实施单位", max_length=120, blank=True)
    authority_unit = models.CharField("主管部门", max_length=120, blank=True)
    parent_key = models.CharField("上级项目", max_length=120, blank=True)
    planned_fen = models.BigIntegerField("计划总投资", null=True)
    plan_year = models.IntegerField("计划年度")
    proposed_on = models.DateField("申报日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "协作项目"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(planned_fen__isnull=True) | Q(planned_fen__gte=0), name="projects_project_plan"
            ),
        ]


class Milestone(Record):
    """项目节点: a project's move to a step, on a day, by a paper."""

    project_key = models.CharField("项目编号", max_length=120)
    step_code = models.CharField("节点", max_length=16, choices=Step.choices)
    happened_on = models.DateField("日期")
    document_no = models.CharField("文号或凭据", max_length=120)
    progress_percent = models.DecimalField("形象进度（%）", max_digits=5, decimal_places=2, null=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "项目节点"
        indexes = [models.Index(fields=["scope", "project_key"], name="projects_milestone_project")]


class Site(Record):
    """项目点位: a place where a project is carried out; a sketch needs no border."""

    project_key = models.CharField("项目编号", max_length=120)
    site_no = models.CharField("点位号", max_length=20)
    name = models.CharField("点位名称", max_length=120)
    town = models.CharField("乡镇（街道）", max_length=60)
    opened_on = models.DateField("登记日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "项目点位"


class Contract(Record):
    """项目合同: builder or supplier, price and day; a signed sum is not a payment."""

    project_key = models.CharField("项目编号", max_length=120)
    contract_no = models.CharField("合同编号", max_length=80)
    party_name = models.CharField("承包或供货单位", max_length=120)
    party_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    amount_fen = models.BigIntegerField("合同金额")
    signed_on = models.DateField("签订日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "项目合同"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="projects_contract_amount"),
        ]


class Acceptance(Record):
    """验收: the joint check with a signed record, and the checked final cost."""

    project_key = models.CharField("项目编号", max_length=120)
    result_code = models.CharField("验收结论", max_length=8, choices=AcceptanceResult.choices)
    accepted_on = models.DateField("验收日期")
    document_no = models.CharField("验收文号", max_length=120)
    final_fen = models.BigIntegerField("结算审定金额", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "项目验收"


class Asset(Record):
    """帮扶项目资产: what the money has built, in three classes, with owner and keeper."""

    project_key = models.CharField("项目编号", max_length=120)
    name = models.CharField("资产名称", max_length=120)
    class_code = models.CharField("资产类别", max_length=10, choices=AssetClass.choices)
    value_fen = models.BigIntegerField("资产原值")
    owner_unit = models.CharField("产权单位", max_length=120)
    keeper_unit = models.CharField("管护单位", max_length=120, blank=True)
    registered_on = models.DateField("确权登记日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "帮扶项目资产"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(value_fen__gte=0), name="projects_asset_value"),
        ]


class Handover(Record):
    """资产移交: from builder or department to the owner, with papers signed by both."""

    asset_key = models.CharField("资产编号", max_length=120)
    from_unit = models.CharField("移交单位", max_length=120)
    to_unit = models.CharField("接收单位", max_length=120)
    handed_on = models.DateField("移交日期")
    document_no = models.CharField("移交凭据", max_length=120)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "资产移交"
