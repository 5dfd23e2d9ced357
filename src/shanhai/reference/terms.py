"""Code lists of the reference data."""

from django.db import models


class RegionLevel(models.TextChoices):
    """Levels of GB/T 2260."""

    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "地级"
    COUNTY = "county", "县级"


class ScopeKind(models.TextChoices):
    """What a scope is: a pairing of two regions, or one region's own fund."""

    PAIRING = "pairing", "结对关系"
    REGION_FUND = "region_fund", "本地资金"


class Precision(models.TextChoices):
    """How exactly a day is known."""

    YEAR = "year", "年"
    MONTH = "month", "月"
    DAY = "day", "日"


class OrganisationKind(models.TextChoices):
    """What an organisation is in the life of money and projects."""

    GOVERNMENT = "government", "机关"
    INSTITUTION = "institution", "事业单位"
    ENTERPRISE = "enterprise", "企业"
    COOPERATIVE = "cooperative", "合作社"
    VILLAGE = "village", "村集体"
    OTHER = "other", "其他"
