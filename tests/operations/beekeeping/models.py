"""Records of the made-up area."""

from django.db import models

from shanhai.journal.models import Record


class Apiary(Record):
    """蜂场: one place where bees are kept."""

    name = models.CharField("蜂场名称", max_length=80)
    opened_on = models.DateField("建成日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "蜂场"
