"""Records of charity: campaigns, gifts and where they went, and work with disabled people."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from shanhai.areas.charity.terms import (
    DEEPEST,
    CentreAction,
    CentreKind,
    GiftKind,
    GiverLevel,
    Origin,
    Receiver,
    Standing,
    Theme,
    Valuation,
    Workplace,
)
from shanhai.journal.models import Record


def _ends_after_it_begins(name: str, first: str = "first_on", last: str = "last_on") -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}), name=name)


class Campaign(Record):
    """公益活动: one campaign of a season; its year is that in which the season began."""

    name = models.CharField("活动名称", max_length=200)
    brand = models.CharField("公益品牌", max_length=80, blank=True)
    theme_code = models.CharField("主题", max_length=12, choices=Theme.choices)
    campaign_year = models.IntegerField("活动年度")
    first_on = models.DateField("活动开始日期")
    last_on = models.DateField("活动结束日期", null=True)
    organiser = models.CharField("主办单位", max_length=120, blank=True)
    #: Children counted on the spot, where nobody wrote down who they are; a reading, never added over the years.
    child_count = models.IntegerField("现场清点儿童数", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "公益活动"
        constraints = [
            *Record.Meta.constraints,
            _ends_after_it_begins("charity_campaign_term"),
            models.CheckConstraint(condition=Q(child_count__isnull=True) | Q(child_count__gt=0), name="charity_campaign_children"),
        ]  # fmt: skip


class Appeal(Record):
    """募捐项目: what gifts are collected for; a part belongs to the one above it and is never added to it."""

    name = models.CharField("募捐项目名称", max_length=120)
    parent_key = models.CharField("上级项目", max_length=120, blank=True)
    level_no = models.IntegerField("层次")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "募捐项目"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(level_no__gte=1, level_no__lte=DEEPEST), name="charity_appeal_level"),
            models.CheckConstraint(
                condition=Q(level_no=1, parent_key="") | (Q(level_no__gt=1) & ~Q(parent_key="")),
                name="charity_appeal_parent",
            ),
        ]


class Donation(Record):
    """捐赠: money or goods received; goods at a value whose way is told. One from the east crosses the border."""

    crossing: ClassVar[Mapping[str, str] | None] = {"origin_code": str(Origin.EAST)}

    donor_name = models.CharField("捐赠人", max_length=120)
    origin_code = models.CharField("捐赠来源", max_length=5, choices=Origin.choices)
    level_code = models.CharField("捐赠层级", max_length=10, choices=GiverLevel.choices)
    kind_code = models.CharField("捐赠类别", max_length=5, choices=GiftKind.choices)
    amount_fen = models.BigIntegerField("捐赠金额或价值")
    valuation_code = models.CharField("作价方式", max_length=8, choices=Valuation.choices, blank=True)
    item_name = models.CharField("捐赠物资", max_length=120, blank=True)
    item_count = models.IntegerField("捐赠数量", null=True)
    received_on = models.DateField("接收日期")
    purpose = models.CharField("捐赠用途", max_length=200, blank=True)
    campaign_key = models.CharField("捐赠所属活动", max_length=120, blank=True)
    appeal_key = models.CharField("捐赠所属募捐项目", max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "捐赠"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="charity_donation_amount"),
            models.CheckConstraint(
                condition=Q(kind_code="money", valuation_code="", item_name="")
                | (Q(kind_code="goods") & ~Q(valuation_code="") & ~Q(item_name="")),
                name="charity_donation_valued",
            ),
            models.CheckConstraint(condition=Q(item_count__isnull=True) | Q(item_count__gt=0), name="charity_donation_items"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["scope", "appeal_key"], name="charity_donation_appeal")]


class Distribution(Record):
    """发放: part of a gift handed to a school, a person or another receiver, on a day."""

    donation_key = models.CharField("出自捐赠", max_length=120, blank=True)
    campaign_key = models.CharField("发放所属活动", max_length=120, blank=True)
    theme_code = models.CharField("发放主题", max_length=12, choices=Theme.choices)
    school_key = models.CharField("受助学校", max_length=120, blank=True)
    receiver_name = models.CharField("接收单位", max_length=120, blank=True)
    person_key = models.CharField("领取人", max_length=120, blank=True)
    receiver_code = models.CharField("受助对象", max_length=12, choices=Receiver.choices)
    #: How many people shared in it, where nobody wrote down who they are.
    head_count = models.IntegerField("受助人数", null=True)
    item_name = models.CharField("发放物资", max_length=120)
    item_count = models.IntegerField("发放数量", null=True)
    given_on = models.DateField("发放日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "捐赠发放"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(donation_key="") | ~Q(campaign_key=""), name="charity_distribution_origin"
            ),
            models.CheckConstraint(
                condition=~Q(school_key="") | ~Q(person_key="") | ~Q(receiver_name=""),
                name="charity_distribution_receiver",
            ),
            models.CheckConstraint(
                condition=Q(person_key="") | Q(head_count__isnull=True), name="charity_distribution_heads"
            ),
        ]
        indexes = [
            models.Index(fields=["scope", "donation_key"], name="charity_distribution_donation"),
            models.Index(fields=["scope", "campaign_key"], name="charity_distribution_campaign"),
        ]


class Centre(Record):
    """助残服务机构: a home, rehabilitation centre, special school or training base, new or rebuilt."""

    name = models.CharField("机构名称", max_length=120)
    kind_code = models.CharField("机构类别", max_length=14, choices=CentreKind.choices)
    action_code = models.CharField("建设方式", max_length=8, choices=CentreAction.choices)
    opened_on = models.DateField("启用日期")
    town = models.CharField("机构所在乡镇（街道）", max_length=40, blank=True)
    project_key = models.CharField("所属项目", max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "助残服务机构"


class Brand(Record):
    """助残品牌: a named line of handicraft that disabled people live by."""

    name = models.CharField("品牌名称", max_length=80)
    holder_name = models.CharField("品牌持有单位", max_length=120)
    craft = models.CharField("工艺", max_length=80, blank=True)
    centre_key = models.CharField("品牌依托机构", max_length=120, blank=True)
    founded_on = models.DateField("创立日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "助残品牌"


class BrandSale(Record):
    """品牌销售: which sale of the orders' book was one of the brand; the sale itself stands there once."""

    brand_key = models.CharField("所属品牌", max_length=120)
    sale_key = models.CharField("品牌销售单", max_length=120)
    noted_on = models.DateField("品牌销售登记日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "品牌销售"
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["scope", "sale_key"], name="charity_brandsale_once"),
        ]


class DisabilityTraining(Record):
    """残疾人培训: a course for disabled people and their families, from a first to a last day."""

    name = models.CharField("培训名称", max_length=200)
    course = models.CharField("培训内容", max_length=80)
    organiser = models.CharField("培训主办单位", max_length=120)
    centre_key = models.CharField("培训机构", max_length=120, blank=True)
    brand_key = models.CharField("培训所属品牌", max_length=120, blank=True)
    first_on = models.DateField("培训开始日期")
    last_on = models.DateField("培训结束日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "残疾人培训"
        constraints = [*Record.Meta.constraints, _ends_after_it_begins("charity_training_term")]


class TrainingAttendance(Record):
    """残疾人培训签到: one person came to a course on one day; every one is a person-time."""

    training_key = models.CharField("参加的培训", max_length=120)
    person_key = models.CharField("参训人", max_length=120)
    standing_code = models.CharField("身份", max_length=8, choices=Standing.choices)
    attended_on = models.DateField("参训日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "残疾人培训签到"
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope", "training_key", "person_key", "attended_on"], name="charity_attendance_once"
            ),
        ]


class DisabledEmployment(Record):
    """残疾人就业: one spell of work with one employer; a person has one at a time."""

    person_key = models.CharField("就业人", max_length=120)
    standing_code = models.CharField("就业人身份", max_length=8, choices=Standing.choices)
    employer_name = models.CharField("用人单位", max_length=120)
    job_name = models.CharField("岗位", max_length=80, blank=True)
    workplace_code = models.CharField("就业方式", max_length=6, choices=Workplace.choices)
    brand_key = models.CharField("就业所属品牌", max_length=120, blank=True)
    started_on = models.DateField("上岗日期")
    ended_on = models.DateField("离岗日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "残疾人就业"
        constraints = [
            *Record.Meta.constraints,
            _ends_after_it_begins("charity_employment_term", "started_on", "ended_on"),
        ]
        indexes = [models.Index(fields=["scope", "person_key"], name="charity_employment_person")]
