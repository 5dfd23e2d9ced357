"""Code lists of charity and of work with disabled people."""

from django.db import models


class Theme(models.TextChoices):
    """What a campaign or a gift handed out is for; the words by which texts name it stand with the figures."""

    WARM_WINTER = "warm_winter", "暖冬"
    SCHOOLING = "schooling", "助学"
    DISABLED = "disabled", "助残"
    ELDERLY = "elderly", "敬老"
    RELIEF = "relief", "救灾救助"
    OTHER = "other", "其他"


class GiftKind(models.TextChoices):
    """Money and goods are two figures of every report; goods count at a stated value."""

    MONEY = "money", "资金"
    GOODS = "goods", "物资"


class Valuation(models.TextChoices):
    """How the value of goods was found; without it the value of a gift in kind is nobody's word."""

    INVOICE = "invoice", "发票价"
    MARKET = "market", "市场价"
    DONOR = "donor", "捐赠人自报价"
    PRINTED = "printed", "公告所列价值（未写明作价方式）"


class GiverLevel(models.TextChoices):
    """The level of the office through which a gift came, or of the society it came from."""

    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "市级"
    COUNTY = "county", "县（区）级"
    TOWN = "town", "乡镇（街道）及村"
    SOCIETY = "society", "社会各界"
    UNSTATED = "unstated", "未列层级"


class Origin(models.TextChoices):
    """Which side of the border a gift comes from; one from the east crosses it, and the west gives its word."""

    EAST = "east", "东部捐赠"
    LOCAL = "local", "本地捐赠"


class Receiver(models.TextChoices):
    """Whom a gift is handed to; children left behind are a group of their own and never all pupils."""

    LEFT_BEHIND = "left_behind", "留守儿童"
    CHILD = "child", "其他儿童和学生"
    DISABLED = "disabled", "残疾人"
    ELDERLY = "elderly", "老人"
    OTHER = "other", "其他对象"


class CentreKind(models.TextChoices):
    """Institutions that serve disabled people."""

    HOME = "home", "残疾人之家"
    REHABILITATION = "rehabilitation", "康复中心"
    SPECIAL_SCHOOL = "special_school", "特教学校"
    TRAINING_BASE = "training_base", "就业培训基地"
    OTHER = "other", "其他服务机构"


class CentreAction(models.TextChoices):
    """Whether an institution is new or was there before."""

    NEW = "new", "新建"
    REBUILT = "rebuilt", "提升改造"


class Standing(models.TextChoices):
    """Courses and posts for disabled people are open to their families too; the two are counted apart."""

    DISABLED = "disabled", "残疾人"
    FAMILY = "family", "残疾人家属"


class Workplace(models.TextChoices):
    """Where the work is done, seen from the home of who does it."""

    NEARBY = "nearby", "就近就业"
    HOME = "home", "居家就业"
    AWAY = "away", "外出就业"


#: A warm-winter campaign of a year happens from this month of it to that month of the next.
WINTER_MONTHS = (10, 3)
#: A fund inside a charity has its parent above it, down to this depth.
DEEPEST = 4
#: Nobody works below this age.
WORKING_AGE = 16
