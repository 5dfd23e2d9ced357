"""Code lists of planting, and the bands pages sort households into."""

from django.db import models


class Crop(models.TextChoices):
    """What is grown; a product in the words of the field."""

    OLIVE = "olive", "油橄榄"
    CITRUS = "citrus", "柑橘果蔬"
    GRAIN_OIL = "grain_oil", "粮油"
    HERB = "herb", "中药材"
    TEA = "tea", "茶叶"
    MULBERRY = "mulberry", "蚕桑"
    OTHER = "other", "其他"


class BaseKind(models.TextChoices):
    """What a base is called: a park has facilities of its own, a base is land under one operator."""

    PARK = "park", "种植产业园"
    BASE = "base", "种植基地"


class Action(models.TextChoices):
    """What the cooperation did to the base."""

    NEW = "new", "新建"
    UPGRADED = "upgraded", "改造提升"
    REVIVED = "revived", "盘活"


class Channel(models.TextChoices):
    """By which way money reached a household."""

    RENT = "rent", "土地流转"
    WAGE = "wage", "基地务工"
    DIVIDEND = "dividend", "分红"


#: Where households are cut into bands by what they got, in whole yuan: a hint for reading, set here and by no rule.
BANDS: tuple[int, ...] = (500, 1_000, 3_000, 5_000)
