"""Code lists of orders and sales."""

from django.db import models


class MissingWeek(models.TextChoices):
    """What holds where no price was published for the week an agreement looks at."""

    PREVIOUS = "previous", "用前一个有价格的周"
    WAIT = "wait", "等公布后再结算"
    REFUSE = "refuse", "不得结算，另行书面约定"


class RevisedWeek(models.TextChoices):
    """Which price holds where a published week is revised."""

    FIRST = "first", "以首次公布为准，不补差"
    LATEST = "latest", "以结算日已公布的最新修订为准，差额补结"


class Bound(models.TextChoices):
    """Whether the floor or the ceiling of the agreement took the place of the price by the rule."""

    NONE = "none", "未触及"
    FLOOR = "floor", "触及保底价"
    CEILING = "ceiling", "触及封顶价"


class Grade(models.TextChoices):
    """Grades of what is delivered; the agreement says what share of the price each is paid."""

    FIRST = "first", "一级"
    SECOND = "second", "二级"
    THIRD = "third", "三级"


class Produce(models.TextChoices):
    """What is ordered."""

    PIG = "pig", "生猪"
    POULTRY = "poultry", "家禽"
    CITRUS = "citrus", "柑橘"
    GRAIN = "grain", "粮油"
    VEGETABLE = "vegetable", "蔬菜"
    OTHER = "other", "其他"


class BuyerSide(models.TextChoices):
    """On which side the buyer is; what goes to a buyer of the other side crosses the border."""

    EAST = "east", "东部帮扶方"
    WEST = "west", "西部受援方"


class SaleKind(models.TextChoices):
    """The two parts of one total: bought by the east for itself, or sold to others with its help."""

    BOUGHT = "bought", "采购"
    HELPED = "helped", "帮助销售"


class Channel(models.TextChoices):
    """The way a sale was made; a view on the sale, never a further sale."""

    OFFICE = "office", "机关单位采购"
    UNION = "union", "工会福利采购"
    ENTERPRISE = "enterprise", "企业采购"
    PLATFORM = "platform", "832平台"
    SHELF = "shelf", "专柜"
    HALL = "hall", "专馆"
    ZONE = "zone", "专区"
    FAIR = "fair", "展销会"
    ONLINE = "online", "电商直播"
    OTHER = "other", "其他"
