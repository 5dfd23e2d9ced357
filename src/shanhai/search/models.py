"""What search looks in: a document per record, and how far the journal has been read into them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Document(models.Model):
    """The words of a record as of one journal entry, plain and cut into tokens; personal values are never among them."""

    scope_id = models.BigIntegerField("范围")
    record_type = models.CharField("记录类型", max_length=60)
    record_key = models.CharField("记录编号", max_length=120)
    entry = models.BigIntegerField("日志条目")
    words = models.TextField("词句")
    tokens = ArrayField(models.TextField(), verbose_name="检索词")

    class Meta:
        verbose_name = verbose_name_plural = "检索文档"
        constraints = [
            models.UniqueConstraint(fields=["record_type", "record_key", "scope_id"], name="search_document_once")
        ]
        indexes = [GinIndex(fields=["tokens"], name="search_document_tokens")]

    def __str__(self) -> str:
        return f"{self.record_type}:{self.record_key}"

    #: A function of the database writes these rows from the records; nobody else may.
    written_by_database = True


class Progress(models.Model):
    """The last journal entry whose record stands in the documents, and how the documents were made."""

    last_seq = models.BigIntegerField("已编入的日志条目", default=0)
    recipe = models.TextField("编法", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "检索进度"

    def __str__(self) -> str:
        return str(self.last_seq)
