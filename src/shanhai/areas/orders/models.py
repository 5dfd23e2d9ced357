"""Records of orders: agreements, prices, deliveries, settlements, gains; and of consumption assistance."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from shanhai.areas.orders.terms import Bound, BuyerSide, Channel, Grade, MissingWeek, Produce, RevisedWeek, SaleKind
from shanhai.journal.models import Record


def _holds(name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=f"orders_{name}")


class PriceSeries(Record):
    """价格序列: weekly prices of one product in one region by one publisher, in yuan per kilogram."""

    series_no = models.CharField("序列编号", max_length=60)
    name = models.CharField("序列名称", max_length=120)
    produce_code = models.CharField("品种", max_length=10, choices=Produce.choices)
    place = models.CharField("采价地区", max_length=60)
    publisher = models.CharField("发布单位", max_length=120)
    registered_on = models.DateField("登记日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "价格序列"


class PricePoint(Record):
    """周价: what was published for one week; a revision is a further record, never an edit."""

    series_key = models.CharField("价格序列", max_length=120)
    week_on = models.DateField("周（周一的日期）")
    revision = models.IntegerField("修订次数")
    price_fen = models.BigIntegerField("价格（每公斤）")
    published_on = models.DateField("公布日期")
    document_no = models.CharField("公布文件或网址", max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "周价"
        constraints = [
            *Record.Meta.constraints,
            _holds("point_price", Q(price_fen__gt=0, revision__gte=0)),
            models.UniqueConstraint(fields=["scope", "series_key", "week_on", "revision"], name="orders_point_once"),
        ]


class PurchaseAgreement(Record):
    """订购协议: who buys what from when to when, and by which rule the price is found."""

    agreement_no = models.CharField("协议编号", max_length=60)
    title = models.CharField("协议名称", max_length=200)
    buyer_name = models.CharField("收购方", max_length=120)
    buyer_code = models.CharField("收购方统一社会信用代码", max_length=18, blank=True)
    buyer_side_code = models.CharField("收购方所在方", max_length=4, choices=BuyerSide.choices)
    seller_name = models.CharField("交售方", max_length=120)
    witness_name = models.CharField("见证单位", max_length=120, blank=True)
    produce_code = models.CharField("品种", max_length=10, choices=Produce.choices)
    signed_on = models.DateField("签订日期")
    first_on = models.DateField("开始日期")
    last_on = models.DateField("结束日期")
    head_count = models.IntegerField("约定头数", null=True)
    series_key = models.CharField("参考价格序列", max_length=120)
    premium_percent = models.DecimalField("加价（%）", max_digits=7, decimal_places=2)
    premium_permyriad = models.IntegerField("加价（万分之）")
    floor_fen = models.BigIntegerField("保底价（每公斤）", null=True)
    ceiling_fen = models.BigIntegerField("封顶价（每公斤）", null=True)
    lag_weeks = models.IntegerField("用交售周之前第几周的价格")
    missing_code = models.CharField("缺周价时", max_length=10, choices=MissingWeek.choices)
    revised_code = models.CharField("周价修订时", max_length=10, choices=RevisedWeek.choices)
    first_percent = models.DecimalField("一级按价格的（%）", max_digits=5, decimal_places=2)
    second_percent = models.DecimalField("二级按价格的（%）", max_digits=5, decimal_places=2, null=True)
    third_percent = models.DecimalField("三级按价格的（%）", max_digits=5, decimal_places=2, null=True)
    grade_rule = models.CharField("分级规则", max_length=200)
    weighing_rule = models.CharField("计重方式", max_length=200)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "订购协议"
        constraints = [
            *Record.Meta.constraints,
            _holds("agreement_term", Q(last_on__gte=F("first_on"), signed_on__lte=F("last_on"))),
            _holds("agreement_premium", Q(premium_permyriad=F("premium_percent") * 100)),
            _holds("agreement_bounds", Q(floor_fen__isnull=True) | Q(ceiling_fen__isnull=True) | Q(floor_fen__lte=F("ceiling_fen"))),
            _holds("agreement_lag", Q(lag_weeks__gte=0)),
        ]  # fmt: skip


class Delivery(Record):
    """交售: what a household handed over on a day under an agreement: heads, weight, grade. Not yet money."""

    crossing: ClassVar[Mapping[str, str] | None] = {"buyer_side_code": str(BuyerSide.EAST)}

    delivery_no = models.CharField("交售编号", max_length=60)
    agreement_key = models.CharField("订购协议", max_length=120)
    household_key = models.CharField("户编号", max_length=120)
    town = models.CharField("乡镇（街道）", max_length=60)
    village = models.CharField("村（社区）", max_length=60)
    delivered_on = models.DateField("交售日期")
    head_count = models.IntegerField("头数")
    weight_kg = models.DecimalField("重量（公斤）", max_digits=12, decimal_places=2)
    weight_kg2 = models.BigIntegerField("重量（百分之一公斤）")
    grade_code = models.CharField("等级", max_length=8, choices=Grade.choices)
    ticket_no = models.CharField("磅单号", max_length=80)
    buyer_side_code = models.CharField("收购方所在方", max_length=4, choices=BuyerSide.choices)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "交售"
        constraints = [
            *Record.Meta.constraints,
            _holds("delivery_weight", Q(weight_kg2__gt=0, weight_kg2=F("weight_kg") * 100)),
            _holds("delivery_heads", Q(head_count__gt=0)),
        ]
        indexes = [
            models.Index(fields=["scope", "household_key"], name="orders_delivery_household"),
            models.Index(fields=["scope", "town", "village"], name="orders_delivery_village"),
        ]


class Settlement(Record):
    """结算: what a delivery is paid by the rule, with every input. Never changed; a further one puts it right.

    `due_fen` is the whole by the rule, `amount_fen` what this statement adds to those before it (`settled_fen`).
    """

    settlement_no = models.CharField("结算单号", max_length=60)
    delivery_key = models.CharField("交售编号", max_length=120)
    corrects_key = models.CharField("更正哪一份结算单", max_length=120, blank=True)
    settled_on = models.DateField("结算日期")
    week_on = models.DateField("采用的周价（周一）")
    revision = models.IntegerField("采用的修订")
    reference_fen = models.BigIntegerField("参考价（每公斤）")
    price_fen = models.BigIntegerField("结算价（每公斤）")
    amount_fen = models.BigIntegerField("结算金额")
    agreement_key = models.CharField("订购协议", max_length=120)
    household_key = models.CharField("户编号", max_length=120)
    town = models.CharField("乡镇（街道）", max_length=60)
    village = models.CharField("村（社区）", max_length=60)
    delivered_on = models.DateField("交售日期")
    weight_kg2 = models.BigIntegerField("重量（百分之一公斤）")
    grade_code = models.CharField("等级", max_length=8, choices=Grade.choices)
    grade_permyriad = models.IntegerField("等级系数（万分之）")
    premium_permyriad = models.IntegerField("加价（万分之）")
    bound_code = models.CharField("保底或封顶", max_length=8, choices=Bound.choices)
    due_fen = models.BigIntegerField("按规则应付")
    settled_fen = models.BigIntegerField("此前已结算")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "结算"
        constraints = [
            *Record.Meta.constraints,
            _holds("settlement_rule", Q(due_fen=(F("weight_kg2") * F("price_fen") + 50) / 100)),
            _holds("settlement_amount", Q(amount_fen=F("due_fen") - F("settled_fen"))),
            _holds("settlement_first", ~Q(corrects_key="") | Q(settled_fen=0)),
            models.UniqueConstraint(fields=["scope", "delivery_key", "corrects_key"], name="orders_settlement_chain"),
        ]
        indexes = [
            models.Index(fields=["scope", "household_key"], name="orders_settlement_household"),
            models.Index(fields=["scope", "town", "village"], name="orders_settlement_village"),
        ]


class Baseline(Record):
    """对照收入: what a household earned by the same work in the year it is compared with, after costs."""

    household_key = models.CharField("户编号", max_length=120)
    baseline_year = models.IntegerField("对照年度")
    net_fen = models.BigIntegerField("对照纯收入")
    basis = models.CharField("依据", max_length=200)
    surveyed_on = models.DateField("核定日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "对照收入"


class HouseholdGain(Record):
    """户增收: a household's income from its settlements of a year, less costs, less its baseline; reckoned, never told."""

    household_key = models.CharField("户编号", max_length=120)
    gain_year = models.IntegerField("年度")
    baseline_key = models.CharField("对照收入", max_length=120)
    income_fen = models.BigIntegerField("结算收入")
    cost_fen = models.BigIntegerField("成本")
    baseline_fen = models.BigIntegerField("对照纯收入")
    gain_fen = models.BigIntegerField("增收")
    accounted_on = models.DateField("核算日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "户增收"
        constraints = [
            *Record.Meta.constraints,
            _holds("gain_sum", Q(gain_fen=F("income_fen") - F("cost_fen") - F("baseline_fen"))),
            _holds("gain_cost", Q(cost_fen__gte=0)),
        ]
        indexes = [models.Index(fields=["scope", "household_key"], name="orders_gain_household")]


class Product(Record):
    """帮扶产品认定: a recognised product with its validity, and what its land can give in a year."""

    product_no = models.CharField("认定编号", max_length=60)
    name = models.CharField("产品名称", max_length=120)
    producer_name = models.CharField("生产经营主体", max_length=120)
    batch_no = models.CharField("认定批次", max_length=40)
    document_no = models.CharField("认定文号", max_length=80)
    recognised_on = models.DateField("认定日期")
    last_on = models.DateField("有效期至")
    area_mu = models.DecimalField("种养面积（亩）", max_digits=12, decimal_places=2, null=True)
    yield_kg = models.IntegerField("亩均年产量（公斤）", null=True)
    price_fen = models.BigIntegerField("价格上限（每公斤）", null=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "帮扶产品认定"
        constraints = [*Record.Meta.constraints, _holds("product_term", Q(last_on__gte=F("recognised_on")))]


class SaleContract(Record):
    """销售签约: what was signed, at a fair or elsewhere. A signature is not a sale."""

    contract_no = models.CharField("签约编号", max_length=60)
    product_key = models.CharField("认定产品", max_length=120, blank=True)
    seller_name = models.CharField("销售方", max_length=120)
    buyer_name = models.CharField("购买方", max_length=120)
    channel_code = models.CharField("渠道", max_length=12, choices=Channel.choices)
    amount_fen = models.BigIntegerField("签约金额")
    signed_on = models.DateField("签约日期")

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "销售签约"
        constraints = [*Record.Meta.constraints, _holds("contract_amount", Q(amount_fen__gt=0))]


class Sale(Record):
    """消费帮扶销售: one sale with one number and its proof; seller, buyer and channel are three views on it."""

    crossing: ClassVar[Mapping[str, str] | None] = {"kind_code": str(SaleKind.BOUGHT)}

    sale_no = models.CharField("销售编号", max_length=60)
    kind_code = models.CharField("类别", max_length=8, choices=SaleKind.choices)
    product_key = models.CharField("认定产品", max_length=120)
    contract_key = models.CharField("签约编号", max_length=120, blank=True)
    seller_name = models.CharField("销售方", max_length=120)
    buyer_name = models.CharField("购买方", max_length=120)
    channel_code = models.CharField("渠道", max_length=12, choices=Channel.choices)
    channel_name = models.CharField("渠道名称", max_length=120, blank=True)
    quantity_kg = models.DecimalField("数量（公斤）", max_digits=14, decimal_places=2, null=True)
    price_fen = models.BigIntegerField("单价（每公斤）", null=True)
    amount_fen = models.BigIntegerField("销售金额")
    sold_on = models.DateField("销售日期")
    proof_no = models.CharField("凭证号", max_length=120)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "消费帮扶销售"
        constraints = [
            *Record.Meta.constraints,
            _holds("sale_amount", Q(amount_fen__gt=0)),
            models.UniqueConstraint(fields=["scope", "seller_name", "proof_no"], name="orders_sale_once"),
        ]
        indexes = [models.Index(fields=["scope", "product_key"], name="orders_sale_product")]
