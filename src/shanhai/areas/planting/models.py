"""Records of bases, their land and work, and of what was promised, fell due and was paid."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from shanhai.areas.planting.terms import Action, BaseKind, Channel, Crop
from shanhai.journal.models import Record
from shanhai.reference.terms import Precision


def _positive(column: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{column}__gt": 0}), name=name)


def _area(name: str) -> models.CheckConstraint:
    """The area as written, in mu, and as counted, in hundredths of a mu, are one."""
    return models.CheckConstraint(condition=Q(area_mu2=F("area_mu") * 100, area_mu2__gt=0), name=name)


def _measured() -> "tuple[models.DecimalField[Any, Any], models.BigIntegerField[Any, Any]]":
    return models.DecimalField("面积（亩）", max_digits=12, decimal_places=2), models.BigIntegerField(
        "计量面积（百分之一亩）"
    )


class Industry(Record):
    """产业: when a region began to grow a crop; a fact of the past, which may lie before the cooperation."""

    name = models.CharField("产业名称", max_length=80)
    crop_code = models.CharField("品种", max_length=12, choices=Crop.choices)
    region_code = models.CharField("行政区划代码", max_length=12)
    began_on = models.DateField("开始发展日期")
    began_on_precision = models.CharField(
        "开始发展日期精度", max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    document_no = models.CharField("依据", max_length=120)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "产业"


class Base(Record):
    """种植基地: land under one operator and crop that the cooperation built, upgraded or brought back into use.

    `right_last_on` is the last day of the operator's own right to the land; no lease may outlast it.
    """

    name = models.CharField("基地名称", max_length=120)
    short_name = models.CharField("简称", max_length=120, blank=True)
    kind_code = models.CharField("基地类别", max_length=8, choices=BaseKind.choices)
    crop_code = models.CharField("品种", max_length=12, choices=Crop.choices)
    action_code = models.CharField("建设方式", max_length=10, choices=Action.choices)
    is_demonstration = models.BooleanField("示范基地")
    region_code = models.CharField("行政区划代码", max_length=12)
    town = models.CharField("乡镇（街道）", max_length=60)
    operator = models.CharField("经营主体", max_length=120)
    project_key = models.CharField("项目编号", max_length=120, blank=True)
    started_on = models.DateField("建成投用日期")
    right_last_on = models.DateField("经营权到期日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "种植基地"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(right_last_on__isnull=True) | Q(right_last_on__gte=F("started_on")),
                name="planting_base_right",
            ),
        ]


class Parcel(Record):
    """地块: a piece of a base's land. One that was upgraded names the former parcel it stands on, which counts no more."""

    base_key = models.CharField("基地编号", max_length=120)
    crop_code = models.CharField("品种", max_length=12, choices=Crop.choices)
    area_mu, area_mu2 = _measured()
    built_on = models.DateField("建成日期")
    registered_on = models.DateField("登记日期")
    former_key = models.CharField("原地块", max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "地块"
        constraints = [
            *Record.Meta.constraints,
            _area("planting_parcel_area"),
            models.UniqueConstraint(
                fields=["scope", "former_key"], condition=~Q(former_key=""), name="planting_parcel_former"
            ),
        ]
        indexes = [models.Index(fields=["scope", "base_key"], name="planting_parcel_base")]


class LandLease(Record):
    """土地流转: a household lets the operator use its land for years; the rent of a year is a promise.

    `yearly_fen` follows from area and rate; the action computes it.
    """

    base_key = models.CharField("基地编号", max_length=120)
    household_key = models.CharField("户编号", max_length=120)
    area_mu, area_mu2 = _measured()
    rate_fen = models.BigIntegerField("每亩每年租金")
    yearly_fen = models.BigIntegerField("年租金")
    first_on = models.DateField("流转起始日期")
    last_on = models.DateField("流转终止日期")
    document_no = models.CharField("合同编号", max_length=120)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "土地流转"
        constraints = [
            *Record.Meta.constraints,
            _area("planting_landlease_area"),
            _positive("rate_fen", "planting_landlease_rate"),
            models.CheckConstraint(condition=Q(last_on__gt=F("first_on")), name="planting_landlease_term"),
        ]
        indexes = [models.Index(fields=["scope", "base_key"], name="planting_landlease_base")]


class RentDue(Record):
    """应付租金: the rent of some months of a lease that fell due on a day; neither the promise nor the payment."""

    lease_key = models.CharField("流转编号", max_length=120)
    base_key = models.CharField("基地编号", max_length=120)
    household_key = models.CharField("户编号", max_length=120)
    due_year = models.IntegerField("所属年度")
    months = models.IntegerField("月数")
    due_on = models.DateField("应付日期")
    amount_fen = models.BigIntegerField("应付金额")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "应付租金"
        constraints = [*Record.Meta.constraints, _positive("amount_fen", "planting_rentdue_amount")]
        indexes = [models.Index(fields=["scope", "lease_key"], name="planting_rentdue_lease")]


class WorkDay(Record):
    """务工: a person's day of work at a base and what was earned by it; a person works a day once."""

    base_key = models.CharField("基地编号", max_length=120)
    person_key = models.CharField("人员编号", max_length=120)
    worked_on = models.DateField("务工日期")
    hours = models.DecimalField("工时", max_digits=4, decimal_places=1)
    wage_fen = models.BigIntegerField("应得工资")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "务工"
        constraints = [
            *Record.Meta.constraints,
            _positive("wage_fen", "planting_workday_wage"),
            models.UniqueConstraint(fields=["scope", "person_key", "worked_on"], name="planting_workday_once"),
        ]
        indexes = [models.Index(fields=["scope", "base_key"], name="planting_workday_base")]


class DividendRound(Record):
    """分红决定: a base's income of a round, divided into what the collective keeps and what is shared out."""

    base_key = models.CharField("基地编号", max_length=120)
    round_no = models.CharField("分红批次", max_length=20)
    decided_on = models.DateField("决定日期")
    income_fen = models.BigIntegerField("收益总额")
    kept_fen = models.BigIntegerField("集体留存")
    shared_fen = models.BigIntegerField("分配到户")
    document_no = models.CharField("决议文号", max_length=120)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "分红决定"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(income_fen=F("kept_fen") + F("shared_fen"), kept_fen__gte=0, shared_fen__gt=0),
                name="planting_dividendround_parts",
            ),
        ]
        indexes = [models.Index(fields=["scope", "base_key"], name="planting_round_base")]


class DividendLine(Record):
    """分红名单: what one household gets of a round; the lines of a round add up to its decision."""

    round_key = models.CharField("分红批次编号", max_length=120)
    line_no = models.CharField("序号", max_length=20)
    household_key = models.CharField("户编号", max_length=120)
    person_key = models.CharField("人员编号", max_length=120, blank=True)
    amount_fen = models.BigIntegerField("应分金额")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "分红名单"
        constraints = [
            *Record.Meta.constraints,
            _positive("amount_fen", "planting_dividendline_amount"),
            models.UniqueConstraint(
                fields=["scope", "round_key", "household_key"], name="planting_dividendline_household"
            ),
        ]
        indexes = [models.Index(fields=["scope", "round_key", "id"], name="planting_line_round")]


class BenefitPayment(Record):
    """利益联结支付: money that reached a household, by channel; it names what it pays where that fell due before.

    The household is the one of the day it was paid: what becomes of it later changes no payment. The account is kept
    sealed under the receiver's own key; pages show its last digits.
    """

    base_key = models.CharField("基地编号", max_length=120)
    household_key = models.CharField("户编号", max_length=120)
    person_key = models.CharField("人员编号", max_length=120, blank=True)
    channel_code = models.CharField("渠道", max_length=8, choices=Channel.choices)
    paid_on = models.DateField("支付日期")
    amount_fen = models.BigIntegerField("支付金额")
    ref_no = models.CharField("凭证号", max_length=120, blank=True)
    due_key = models.CharField("应付租金编号", max_length=120, blank=True)
    line_key = models.CharField("分红名单编号", max_length=120, blank=True)
    account_sealed = models.TextField("收款账号（密文）", blank=True)
    account_mask = models.CharField("收款账号（掩码）", max_length=40, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "利益联结支付"
        constraints = [
            *Record.Meta.constraints,
            _positive("amount_fen", "planting_benefitpayment_amount"),
            models.UniqueConstraint(
                fields=["scope", "line_key"], condition=~Q(line_key=""), name="planting_payment_line_once"
            ),
        ]
        indexes = [
            models.Index(fields=["scope", "base_key"], name="planting_payment_base"),
            models.Index(fields=["scope", "due_key"], condition=~Q(due_key=""), name="planting_payment_due"),
        ]
