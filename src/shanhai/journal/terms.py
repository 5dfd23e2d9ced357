"""Code lists every record shares."""

from django.db import models

from shanhai.base.fields import FIELDS


class Scheme(models.TextChoices):
    """The programme a record belongs to; figures of two schemes are never added silently."""

    EAST_WEST = "east_west", "东西部协作"
    COUNTERPART = "counterpart", "对口支援"
    MOUNTAIN_SEA = "mountain_sea", "山海协作"
    COOPERATION = "cooperation", "对口合作"
    OWN_FUND = "own_fund", "本地财政资金"


class Side(models.TextChoices):
    """Whose book a record stands in."""

    EAST = "east", "东部帮扶方"
    WEST = "west", "西部受援方"
    OWN = "own", "本地"


class Stage(models.TextChoices):
    """How far what a record states has come; stages never meet in one total."""

    PLANNED = "planned", "计划"
    CAPACITY = "capacity", "设计能力"
    SIGNED = "signed", "签约"
    ACHIEVED = "achieved", "已实现"


class Word(models.TextChoices):
    """What the other side says of a record that crosses the border."""

    CONFIRMED = "confirmed", "对方已确认"
    DISPUTED = "disputed", "对方有异议"


#: Field of cooperation a record serves: code and Chinese name.
FIELD_CHOICES = [(field.code, field.zh) for field in FIELDS.values()]
