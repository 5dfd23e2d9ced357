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


class LedgerStep(models.TextChoices):
    """The steps of money as lines of the ledger, in the order in which money takes them."""

    ISSUE = "issue", "下达"
    TRANSFER = "transfer", "跨区域拨付"
    RECEIPT = "receipt", "到账"
    ALLOCATION = "allocation", "分配"
    RELEASE = "release", "拨付到项目"
    PAYMENT = "payment", "支付"
    REFUND = "refund", "退回"
    CARRY_OVER = "carryover", "结转"


class BookState(models.TextChoices):
    """How the two books stand to each other on one transfer; what has to be done first comes first."""

    DISPUTED = "disputed", "对方有异议"
    UNMATCHED = "unmatched", "到账找不到拨付"
    IN_TRANSIT = "in_transit", "在途"
    DIFFERS = "differs", "金额不符"
    UNANSWERED = "unanswered", "待对方确认"
    SETTLED = "settled", "两本账一致"
