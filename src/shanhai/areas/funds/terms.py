"""Code lists of money."""

from django.db import models


class SourceLevel(models.TextChoices):
    """Whose budget the money comes from; the levels are separate columns of every report."""

    CENTRAL = "central", "中央"
    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "市级"
    COUNTY = "county", "县（区）级"
    SOCIAL = "social", "社会捐赠"
    OTHER = "other", "其他"


class ReleaseKind(models.TextChoices):
    """A transfer crosses the border between two treasuries; a release goes to the unit that spends."""

    TRANSFER = "transfer", "跨区域拨付"
    PROJECT = "project", "拨付到项目单位"
