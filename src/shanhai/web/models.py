"""What the pages keep for a user who fills in a form; none of it is a record, none of it is journalled."""

from typing import ClassVar

from django.db import models

from shanhai.journal.terms import Side


class Draft(models.Model):
    """What a user typed into a form and has not saved yet; personal identifiers are never in it."""

    #: Row-level security shows and takes only the user's own rows.
    belongs_to_user: ClassVar[str] = "hidden"

    user = models.ForeignKey("access.User", models.CASCADE, verbose_name="账号", related_name="+")
    scope = models.ForeignKey("reference.Scope", models.CASCADE, verbose_name="范围", related_name="+")
    side = models.CharField("填报方", max_length=4, choices=Side.choices)
    record_type = models.CharField("记录类型", max_length=60)
    record_key = models.CharField("记录编号", max_length=160, blank=True)
    values = models.JSONField("填写内容", default=dict)
    opened = models.JSONField("打开时的内容", default=dict)
    version = models.IntegerField("打开时的版本", default=0)
    kept_at = models.DateTimeField("暂存时间")

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "scope", "side", "record_type", "record_key"], name="web_draft_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_type}:{self.record_key}"


class Presence(models.Model):
    """Somebody has the form of a record open; the row counts for less than a minute."""

    #: Everybody who reads the scope sees who is there; each keeps only the own row.
    belongs_to_user: ClassVar[str] = "seen"

    user = models.ForeignKey("access.User", models.CASCADE, verbose_name="账号", related_name="+")
    scope = models.ForeignKey("reference.Scope", models.CASCADE, verbose_name="范围", related_name="+")
    record_type = models.CharField("记录类型", max_length=60)
    record_key = models.CharField("记录编号", max_length=160)
    seen_at = models.DateTimeField("最近打开时间")

    class Meta:
        verbose_name = verbose_name_plural = "正在填写"
        constraints = [
            models.UniqueConstraint(fields=["user", "scope", "record_type", "record_key"], name="web_presence_once"),
        ]
        indexes = [models.Index(fields=["record_type", "record_key"], name="web_presence_record")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.record_type}:{self.record_key}"


class SavedForm(models.Model):
    """A form that was saved, by its one-time token: the same form sent twice is saved once."""

    belongs_to_user: ClassVar[str] = "hidden"

    user = models.ForeignKey("access.User", models.CASCADE, verbose_name="账号", related_name="+")
    scope = models.ForeignKey("reference.Scope", models.CASCADE, verbose_name="范围", related_name="+")
    token = models.CharField("一次性凭据", max_length=64)
    digest = models.CharField("内容摘要", max_length=64)
    record_type = models.CharField("记录类型", max_length=60)
    record_key = models.CharField("记录编号", max_length=160)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = verbose_name_plural = "已保存的表单"
        constraints = [models.UniqueConstraint(fields=["user", "scope", "token"], name="web_savedform_once")]

    def __str__(self) -> str:
        return f"{self.record_type}:{self.record_key}"
