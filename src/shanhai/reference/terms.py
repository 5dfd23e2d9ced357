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


class HouseholdKind(models.TextChoices):
    """What a household is in the help for the poor (domain A2)."""

    ORDINARY = "ordinary", "一般户"
    LIFTED = "lifted", "脱贫户"
    MONITORED = "monitored", "监测户"


class MergeKind(models.TextChoices):
    """Of what it is decided whether two records mean the same."""

    PERSON = "person", "人员"
    HOUSEHOLD = "household", "农户"


class MergeVerdict(models.TextChoices):
    """Whether two records mean the same."""

    SAME = "same", "是同一个"
    DIFFERENT = "different", "不是同一个"
