"""Code lists of titles and demonstration sites."""

from django.db import models


class Rank(models.TextChoices):
    """The level a title was awarded at, highest first."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    PREFECTURE = "prefecture", "市级"
    COUNTY = "county", "县级"


class HonourKind(models.TextChoices):
    """What holds the title; nobody is named, a person's merit is entered under the team."""

    UNIT = "unit", "单位"
    TEAM = "team", "集体（工作队）"
    BASE = "base", "交流、教育等基地"
    VILLAGE = "village", "行政村（社区）"
    TOWN = "town", "乡镇（街道）"
    SITE = "site", "示范点"
    CASE = "case", "案例"
    BRAND = "brand", "品牌"


class Sharing(models.TextChoices):
    """Whether both regions hold the title together; such a one crosses the border, and the other side gives its word."""

    OWN = "own", "一地获得"
    BOTH = "both", "两地联合获得"


class Result(models.TextChoices):
    """What a review found."""

    PASSED = "passed", "复核通过"
    WITHDRAWN = "withdrawn", "撤销"


class SiteKind(models.TextChoices):
    """What was built as an example."""

    VILLAGE = "village", "示范村"
    TOWN = "town", "示范乡镇"
    AREA = "area", "示范片（带）"
    BASE = "base", "综合示范基地"
    OTHER = "other", "其他示范点"


#: The rank of a body by the level of the region in its name.
RANK_OF_REGION = {"province": Rank.PROVINCIAL, "prefecture": Rank.PREFECTURE, "county": Rank.COUNTY}
