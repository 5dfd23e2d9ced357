"""Records of honours: demonstration sites, titles, and their reviews."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from shanhai.areas.honours.terms import HonourKind, Rank, Result, Sharing, SiteKind
from shanhai.journal.models import Record
from shanhai.reference.terms import Precision


def _not_before(name: str, first: str, last: str) -> models.CheckConstraint:
    condition = Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)})
    return models.CheckConstraint(condition=condition, name=name)


def _precision(what: str) -> "models.CharField[Any, Any]":
    return models.CharField(what, max_length=5, choices=Precision.choices, default=Precision.DAY, blank=True)


class Site(Record):
    """示范点: a place built as an example, from the proposal to its acceptance; at which levels it was named, titles tell."""

    name = models.CharField("示范点名称", max_length=120)
    kind_code = models.CharField("示范点类别", max_length=8, choices=SiteKind.choices)
    region_code = models.CharField("行政区划代码", max_length=6)
    town = models.CharField("乡镇（街道）", max_length=60, blank=True)
    village = models.CharField("村（社区）", max_length=60, blank=True)
    project_key = models.CharField("项目编号", max_length=120, blank=True)
    proposed_on = models.DateField("示范点申报日期")
    started_on = models.DateField("示范点开工日期", null=True)
    accepted_on = models.DateField("示范点验收日期", null=True)
    dropped_on = models.DateField("停建日期", null=True)
    drop_reason = models.CharField("停建原因", max_length=200, blank=True)
    #: How many households live in reach; a reading of the place, never added to a number of households helped.
    household_count = models.IntegerField("覆盖户数", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "示范点"
        constraints = [
            *Record.Meta.constraints,
            _not_before("honours_site_begun", "proposed_on", "started_on"),
            _not_before("honours_site_accepted", "proposed_on", "accepted_on"),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True, drop_reason="") | (Q(dropped_on__isnull=False) & ~Q(drop_reason="")),
                name="honours_site_dropped",
            ),
            models.CheckConstraint(
                condition=Q(household_count__isnull=True) | Q(household_count__gt=0), name="honours_site_households"
            ),
        ]  # fmt: skip


class Honour(Record):
    """荣誉称号: one title of one level, nominated, publicly announced, awarded; joint holders hold one title.

    `origin_key` is the first title of the same holder that was raised to this level. Its days are kept as far as they
    are known; where it is not awarded yet, its stage is that of a plan.
    """

    crossing: ClassVar[Mapping[str, str] | None] = {"sharing_code": str(Sharing.BOTH)}

    title = models.CharField("荣誉称号", max_length=200)
    level_code = models.CharField("荣誉级别", max_length=10, choices=Rank.choices)
    kind_code = models.CharField("荣誉类别", max_length=8, choices=HonourKind.choices)
    holder_name = models.CharField("获得者", max_length=120, blank=True)
    site_key = models.CharField("示范点编号", max_length=120, blank=True)
    sharing_code = models.CharField("获得方式", max_length=4, choices=Sharing.choices)
    joint_names = models.CharField("共同获得者", max_length=200, blank=True)
    region_code = models.CharField("获得者所在地", max_length=6, blank=True)
    town = models.CharField("乡镇（街道）", max_length=60, blank=True)
    village = models.CharField("村（社区）", max_length=60, blank=True)
    origin_key = models.CharField("最初的荣誉", max_length=120, blank=True)
    awarding_body = models.CharField("授予单位", max_length=120)
    document_no = models.CharField("授予文号", max_length=80, blank=True)
    nominated_on = models.DateField("推荐申报日期", null=True)
    nominated_on_precision = _precision("推荐申报日期精度")
    announced_on = models.DateField("公示日期", null=True)
    announced_on_precision = _precision("公示日期精度")
    awarded_on = models.DateField("授予日期", null=True)
    awarded_on_precision = _precision("授予日期精度")
    expires_on = models.DateField("荣誉有效期至", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "荣誉称号"
        constraints: ClassVar[list[Any]] = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(awarded_on__isnull=True) | ~Q(document_no=""), name="honours_honour_document"
            ),
            models.CheckConstraint(
                condition=Q(awarded_on__isnull=False, stage="achieved") | Q(awarded_on__isnull=True, stage="planned"),
                name="honours_honour_stage",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(awarded_on__isnull=False, expires_on__gte=F("awarded_on")),
                name="honours_honour_term",
            ),
            models.CheckConstraint(
                condition=(Q(site_key="") & ~Q(holder_name="")) | (~Q(site_key="") & Q(holder_name="")),
                name="honours_honour_holder",
            ),
            models.CheckConstraint(
                condition=Q(sharing_code="own") | ~Q(joint_names=""), name="honours_honour_joint"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["scope", "title"], name="honours_honour_title")]


class HonourReview(Record):
    """荣誉复核: a later paper said that a title stands until a day, or that it is withdrawn and why."""

    honour_key = models.CharField("复核的荣誉", max_length=120)
    reviewed_on = models.DateField("复核日期")
    result_code = models.CharField("复核结论", max_length=9, choices=Result.choices)
    expires_on = models.DateField("复核后有效期至", null=True)
    reason = models.CharField("撤销原因", max_length=200, blank=True)
    document_no = models.CharField("复核文号", max_length=80)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "荣誉复核"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(result_code="passed") | (~Q(reason="") & Q(expires_on__isnull=True)),
                name="honours_review_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("reviewed_on")), name="honours_review_term"
            ),
        ]
        indexes = [models.Index(fields=["scope", "honour_key"], name="honours_review_honour")]
