"""What every record carries, and the tables of the journal.

The journal has no foreign keys to live tables, so nothing that happens to a record can reach what
was written about it. Its tables belong to a database role that neither the web role nor the owner
of the schema can become outside a migration.
"""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from shanhai.journal.terms import Scheme, Side, Stage, Word
from shanhai.journal.written import WrittenField


class Record(models.Model):
    """One fact of the cooperation, with its scope, owner side, stage and source.

    `key` is unique inside its scope; `entry` is the journal entry that last wrote the row and
    `act_id` the act of that entry; `version` counts the corrections.
    """

    key = models.CharField("编号", max_length=120)
    scope = models.ForeignKey("reference.Scope", models.PROTECT, verbose_name="范围", related_name="+", db_index=False)
    scheme = models.CharField("协作机制", max_length=16, choices=Scheme.choices, default=Scheme.EAST_WEST)
    owner_side = models.CharField("填报方", max_length=4, choices=Side.choices)
    stage = models.CharField("所处阶段", max_length=8, choices=Stage.choices, default=Stage.ACHIEVED)
    source = models.JSONField("来源", default=dict)
    act_id = models.UUIDField("写入操作")
    entry = models.BigIntegerField("日志条目")
    version = models.IntegerField("版本", default=1)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="%(app_label)s_%(class)s_key")]

    #: Which records of this type cross the border, by the values of their columns; all of them where it is empty.
    crossing: ClassVar[Mapping[str, str] | None] = None

    @property
    def crosses_border(self) -> bool:
        """Whether the record crosses the border, so that the other side gives its word."""
        return self.crossing is not None and all(getattr(self, name) == value for name, value in self.crossing.items())

    def __str__(self) -> str:
        return self.key

    @classmethod
    def type_name(cls) -> str:
        """The name of the record type, such as `funds.allocation`."""
        return cls._meta.label_lower


class Act(models.Model):
    """One deed of one person: a load, a correction, a confirmation; its entries say what it did."""

    id = models.UUIDField("操作编号", primary_key=True, default=uuid.uuid4)
    code = models.CharField("操作", max_length=60)
    acted_at = models.DateTimeField("时间")
    acted_by = models.CharField("经办账号", max_length=60)
    acted_by_name = models.CharField("经办人显示名", max_length=60, blank=True)
    reason = models.TextField("事由", blank=True)
    scope_id = models.BigIntegerField("范围", null=True)
    source = models.JSONField("来源", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "操作"

    def __str__(self) -> str:
        return f"{self.code} {self.acted_at:%Y-%m-%d %H:%M}"


class Entry(models.Model):
    """What an act did to one record: the record before and after. Its digest stands in its link."""

    seq = models.BigAutoField("日志条目", primary_key=True)
    act_id = models.UUIDField("操作编号")
    scope_id = models.BigIntegerField("范围", null=True)
    record_type = models.CharField("记录类型", max_length=60)
    record_key = models.CharField("记录编号", max_length=160)
    before = WrittenField("改前", null=True)
    after = WrittenField("改后", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "日志条目"
        indexes = [
            models.Index(fields=["record_type", "record_key"], name="journal_entry_record"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.record_type}:{self.record_key}"


class Link(models.Model):
    """One link of the chain: the entries of one statement, folded, joined to the head before it.

    `digests` are those of its entries in their order, 32 bytes each.
    """

    n = models.BigAutoField("链节序号", primary_key=True)
    first_seq = models.BigIntegerField("首条")
    last_seq = models.BigIntegerField("末条")
    entry_count = models.BigIntegerField("条数")
    digests = models.BinaryField("逐条摘要")
    folded = models.BinaryField("条目摘要")
    previous = models.BinaryField("前一链头")
    head = models.BinaryField("链头")
    linked_at = models.DateTimeField("入链时间")

    class Meta:
        verbose_name = verbose_name_plural = "日志链节"
        indexes = [models.Index(fields=["last_seq"], name="journal_link_last")]

    def __str__(self) -> str:
        return f"{self.n}: {self.first_seq}–{self.last_seq}"


class Span(models.Model):
    """The entries one statement wrote of one record type in one scope, with who, what and when of their act.

    The database writes it with the entries, a line per statement: pages of the journal are looked up here, so that
    the entries themselves need no index by act, scope or day. Nothing is proved by it.
    """

    last_seq = models.BigIntegerField("末条", primary_key=True)
    first_seq = models.BigIntegerField("首条")
    entry_count = models.BigIntegerField("条数")
    act_id = models.UUIDField("操作编号")
    scope_id = models.BigIntegerField("范围", null=True)
    record_type = models.CharField("记录类型", max_length=60)
    code = models.CharField("操作", max_length=60)
    acted_by = models.CharField("经办账号", max_length=60)
    acted_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "日志段"
        indexes = [
            models.Index(fields=["act_id"], name="journal_span_act"),
            models.Index(fields=["scope_id", "last_seq"], name="journal_span_scope"),
            models.Index(fields=["scope_id", "record_type", "last_seq"], name="journal_span_type"),
            models.Index(fields=["scope_id", "code", "last_seq"], name="journal_span_code"),
            models.Index(fields=["scope_id", "acted_by", "last_seq"], name="journal_span_author"),
            models.Index(fields=["acted_at"], name="journal_span_day"),
        ]

    def __str__(self) -> str:
        return f"{self.first_seq}–{self.last_seq} {self.record_type}"

    #: A trigger writes these rows from the entries; nobody else may.
    written_by_database = True


class Evidence(models.Model):
    """A file kept once under the hash of its content; several records may cite it."""

    digest = models.CharField("内容摘要", max_length=64)
    scope = models.ForeignKey("reference.Scope", models.PROTECT, verbose_name="范围", related_name="+")
    owner_side = models.CharField("填报方", max_length=4, choices=Side.choices)
    record_type = models.CharField("记录类型", max_length=60)
    record_key = models.CharField("记录编号", max_length=160)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("文件类型", max_length=80)
    size = models.BigIntegerField("字节数")
    act_id = models.UUIDField("写入操作")
    entry = models.BigIntegerField("日志条目")

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料"
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "scope", "record_type", "record_key"], name="journal_evidence_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PartnerWord(Record):
    """The other side's word on a record that crosses the border; silence leaves it asserted."""

    record_type = models.CharField("记录类型", max_length=60)
    record_key = models.CharField("记录编号", max_length=160)
    word = models.CharField("对方意见", max_length=10, choices=Word.choices)
    note = models.TextField("说明", blank=True)
    said_on = models.DateField("表态日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "对方意见"
        indexes = [models.Index(fields=["record_type", "record_key"], name="journal_partnerword_record")]
