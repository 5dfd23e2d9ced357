"""Regions, scopes, pairings, organisations, people, households, the working calendar, closings."""

from django.db import models

from shanhai.journal.models import Record
from shanhai.journal.terms import Scheme
from shanhai.reference.terms import (
    HouseholdKind,
    MergeKind,
    MergeVerdict,
    OrganisationKind,
    Precision,
    RegionLevel,
    ScopeKind,
)


class Region(models.Model):
    """An administrative division by GB/T 2260, with its name at the time, validity and successor."""

    code = models.CharField("行政区划代码", max_length=6)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("级别", max_length=10, choices=RegionLevel.choices)
    parent_code = models.CharField("上级代码", max_length=6, blank=True)
    first_on = models.DateField("启用日期", null=True)
    last_on = models.DateField("停用日期", null=True)
    successor_code = models.CharField("继承代码", max_length=6, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        indexes = [models.Index(fields=["code"], name="reference_region_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Scope(models.Model):
    """What a record belongs to and who may see it: a pairing of two regions, or one region's own fund."""

    kind = models.CharField("类别", max_length=12, choices=ScopeKind.choices)
    code = models.CharField("范围代码", max_length=24, unique=True)
    name = models.CharField("名称", max_length=120)
    scheme = models.CharField("协作机制", max_length=16, choices=Scheme.choices)
    level = models.CharField("级别", max_length=10, choices=RegionLevel.choices)
    east_code = models.CharField("帮扶方代码", max_length=6, blank=True)
    west_code = models.CharField("受援方代码", max_length=6)
    is_example = models.BooleanField("示例", default=False)
    is_notice = models.BooleanField("仅录入公告", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "范围"

    def __str__(self) -> str:
        return self.name


class Pairing(Record):
    """结对关系: two regions agree to work together, from a first day, in a round (domain A1 §7)."""

    level = models.CharField("级别", max_length=10, choices=RegionLevel.choices)
    round_no = models.IntegerField("轮次", default=1)
    east_code = models.CharField("帮扶方代码", max_length=6)
    west_code = models.CharField("受援方代码", max_length=6)
    first_on = models.DateField("开始日期")
    first_on_precision = models.CharField(
        "开始日期精度", max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    last_on = models.DateField("结束日期", null=True)
    document_no = models.CharField("文号", max_length=80, blank=True)
    is_example = models.BooleanField("示例数据", default=False)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "结对关系"


class Organisation(Record):
    """A body by its 统一社会信用代码."""

    credit_code = models.CharField("统一社会信用代码", max_length=18)
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=12, choices=OrganisationKind.choices)
    region_code = models.CharField("行政区划代码", max_length=6)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "单位"


def _standing(name: str) -> models.Index:
    """The few records that another one stands for: each count of persons looks them up, and must not read them all."""
    return models.Index(fields=["scope", "key"], name=name, condition=~models.Q(canonical_key=""))


class Person(Record):
    """A person; name and identity number are kept only as ciphertext under the person's own key.

    `canonical_key` names the record that stands for this person where several are recognised as one; empty where it
    is this one. It follows from the decisions in `Merge` and from nothing else.
    """

    name_sealed = models.TextField("姓名（密文）")
    identity_sealed = models.TextField("证件号码（密文）", blank=True)
    identity_index = models.CharField("证件号码索引", max_length=64, blank=True)
    identity_mask = models.CharField("证件号码（掩码）", max_length=24, blank=True)
    name_mask = models.CharField("姓名（掩码）", max_length=24)
    name_index = models.CharField("姓名索引", max_length=64, blank=True)
    birth_on = models.DateField("出生日期", null=True)
    household_key = models.CharField("户编号", max_length=120, blank=True)
    canonical_key = models.CharField("同一人归入", max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "人员"
        indexes = [
            models.Index(fields=["identity_index"], name="reference_person_identity"),
            models.Index(fields=["scope", "name_index"], name="reference_person_name"),
            _standing("reference_person_stands"),
        ]


class PersonKey(models.Model):
    """The key of one person, wrapped by the home's master key; destroying the row destroys the person's values."""

    scope = models.ForeignKey(Scope, models.PROTECT, verbose_name="范围", related_name="+")
    owner_side = models.CharField("填报方", max_length=4)
    person_key = models.CharField("人员编号", max_length=120)
    wrapped = models.TextField("密钥（密文）")

    class Meta:
        verbose_name = verbose_name_plural = "人员密钥"
        constraints = [models.UniqueConstraint(fields=["scope", "person_key"], name="reference_personkey_once")]

    def __str__(self) -> str:
        return self.person_key


class PersonReading(models.Model):
    """查阅记录: who opened what is recorded in a person's name, and when; only added to."""

    scope = models.ForeignKey(Scope, models.PROTECT, verbose_name="范围", related_name="+", db_index=False)
    person_key = models.CharField("人员编号", max_length=120)
    user_id = models.BigIntegerField("账号")
    name = models.CharField("查阅人", max_length=60)
    read_at = models.DateTimeField("查阅时间")
    page = models.CharField("查阅内容", max_length=60)

    #: Whoever reads adds to it, as themselves, whether or not they may write records.
    added_by_readers = True

    class Meta:
        verbose_name = verbose_name_plural = "查阅记录"
        indexes = [models.Index(fields=["scope", "person_key", "-read_at"], name="reference_personreading_person")]

    def __str__(self) -> str:
        return f"{self.person_key} {self.name}"


class Household(Record):
    """A registered household (户), counted apart from its people; `canonical_key` as of a person."""

    region_code = models.CharField("行政区划代码", max_length=12)
    village = models.CharField("村（社区）", max_length=60, blank=True)
    member_count = models.IntegerField("人口数", default=0)
    kind_code = models.CharField("户类型", max_length=10, choices=HouseholdKind.choices, default=HouseholdKind.ORDINARY)
    canonical_key = models.CharField("同一户归入", max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "农户"
        indexes = [_standing("reference_household_stands")]


class Merge(Record):
    """同一认定: somebody decided that two records mean one person or household, or that they do not.

    Nothing is deleted or rewritten by it: both records stay, what was recorded of each stays with it, and the decision
    is taken back by its `revoked_on`.
    """

    kind_code = models.CharField("对象", max_length=10, choices=MergeKind.choices)
    left_key = models.CharField("第一个编号", max_length=120)
    right_key = models.CharField("第二个编号", max_length=120)
    verdict_code = models.CharField("结论", max_length=10, choices=MergeVerdict.choices)
    decided_on = models.DateField("认定日期")
    basis = models.CharField("依据", max_length=200)
    revoked_on = models.DateField("撤销日期", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "同一认定"
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(left_key=models.F("right_key")), name="reference_merge_two_records"
            ),
        ]


class CalendarDay(models.Model):
    """An exception of the working week: a holiday, or a make-up working day, in a version of the calendar."""

    day_on = models.DateField("日期", unique=True)
    kind = models.CharField("类别", max_length=8, choices=[("holiday", "放假"), ("makeup", "调休上班")])
    name = models.CharField("名称", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"

    def __str__(self) -> str:
        return f"{self.day_on} {self.get_kind_display()}"


class Closing(Record):
    """A closing: somebody declared the records of the scope complete up to a day."""

    closed_on = models.DateField("截止日期")
    closed_by = models.CharField("关账人", max_length=60)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "关账记录"
