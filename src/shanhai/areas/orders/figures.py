"""Figures of orders and consumption assistance."""

from typing import Any

from shanhai.figures import declare, people

AGREEMENT = declare.table(
    "orders.purchaseagreement", stage="signed", signed_on="date", first_on="date", last_on="date", head_count="head",
    premium_permyriad="permyriad", produce_code="string",
)  # fmt: skip
DELIVERY = declare.table(
    "orders.delivery", agreement_key="string", household_key="string", delivered_on="date", head_count="head",
    weight_kg2="kg2", town="string", village="string", grade_code="string",
)  # fmt: skip
SETTLEMENT = declare.table(
    "orders.settlement", agreement_key="string", household_key="string", settled_on="date", amount_fen="fen",
    premium_permyriad="permyriad", bound_code="string", corrects_key="string", town="string", village="string",
)  # fmt: skip
GAIN = declare.table("orders.householdgain", household_key="string", accounted_on="date", gain_fen="fen")
PRODUCT = declare.table("orders.product", recognised_on="date", last_on="date")
CONTRACT = declare.table(
    "orders.salecontract", stage="signed", amount_fen="fen", signed_on="date", channel_code="string"
)
SALE = declare.table(
    "orders.sale", amount_fen="fen", sold_on="date", kind_code="string", channel_code="string", product_key="string"
)

_BY_AGREEMENT = {"agreement": "agreement_key", "town": "town", "village": "village"}
_BY_CHANNEL = {"channel": "channel_code"}
_ORDER_WORDS = ("订单农业", "订单养殖", "订单生产", "订单", "订购", "收购", "交售", "生猪", "土猪", "养猪", "毛猪")
#: Words beside which a price, a household or a gain is another's than that of orders.
_NOT_ORDERS = (
    "土地流转", "租金", "分红", "务工", "光伏", "搬迁", "贷款", "保险", "民宿", "旅游", "油橄榄", "补贴", "低保", "监测户",
    "危房", "改厕", "饮水", "移民", "电商", "茶叶", "蚕桑",
)  # fmt: skip
_NOT_A_PREMIUM = (
    "同比", "环比", "增长", "下降", "减少", "占", "利率", "税", "提高到", "发生率", "支出率", "完成率", "增速", "利润", "降低",
)  # fmt: skip


@declare.figure(
    "orders.premium_agreed", zh="订购协议约定的加价", en="Premium over the market price in purchase agreements",
    unit="percent", time="stock", stage="signed", reads=(AGREEMENT,), how="common", column="premium_permyriad",
    on="signed_on", until="last_on", slices={"produce": "produce_code"},
    rule="截止日有效的订购协议约定的、高于参考价的百分比；各份协议约定相同时取该数，不同时没有一个数可说。",
    basis="术语表 A6 第 129 条（保底价、随行就市价）",
    words=declare.words(
        measure=("高于市场价", "高于市价", "高出市场价", "高出市价", "比市场价", "比市价", "上浮", "溢价", "加价", "市场价格"),
        object=("收购", "订购", "订单", "价格", "市场价", "市价", "交售"), excluded=_NOT_A_PREMIUM, about=_ORDER_WORDS,
    ),
)  # fmt: skip
def premium_agreed(agreement: Any) -> Any:
    """Agreements signed and not yet over."""
    return agreement


@declare.figure(
    "orders.premium_settled", zh="结算采用的加价", en="Premium over the market price in settlements",
    unit="percent", time="flow", stage="achieved", reads=(SETTLEMENT,), how="common", column="premium_permyriad",
    on="settled_on", slices=_BY_AGREEMENT,
    rule="期内按参考价加价结算的各份结算单所用的加价；每份都由系统按协议和周价重新计算。触及保底价或封顶价的结算不按加价定价，另数。各份不同时没有一个数可说。",
    basis="术语表 A6 第 129 条（保底价、随行就市价）；结算价须逐份与当周市场价核对",
    words=declare.words(
        measure=(
            "高于市场价", "高于市价", "高出市场价", "高出市价", "比市场价", "比市价", "上浮", "溢价", "加价", "市场价格", "高于同期市场", "市场均价",
            "市场行情", "高于当地",
        ),
        object=("收购", "订购", "订单", "价", "交售"), excluded=_NOT_A_PREMIUM, about=_ORDER_WORDS,
    ),
)  # fmt: skip
def premium_settled(settlement: Any) -> Any:
    """Settlements whose price is the reference price with its premium."""
    return settlement.filter(settlement.bound_code == "none")


@declare.figure(
    "orders.bounded_settlements", zh="触及保底价或封顶价的结算", en="Settlements at the floor or the ceiling", unit="item", time="flow",
    stage="achieved", reads=(SETTLEMENT,), how="count", on="settled_on", slices={**_BY_AGREEMENT, "bound": "bound_code"},
    rule="期内结算价由保底价或封顶价决定的结算单份数。", basis="术语表 A6 第 129 条（保底价）",
)  # fmt: skip
def bounded_settlements(settlement: Any) -> Any:
    """Settlements where the rule's price was too low or too high."""
    return settlement.filter(settlement.bound_code != "none")


@declare.figure(
    "orders.agreements_signed", zh="签订订购协议数", en="Purchase agreements signed", unit="agreement", time="flow", stage="signed",
    reads=(AGREEMENT,), how="count", on="signed_on", slices={"produce": "produce_code"},
    rule="期内签订的订购协议份数；约定、交售、结算是三个数。", basis="术语表 A6 第 128 条（订单农业）",
    words=declare.words(measure=("签订", "签署", "签下", "签了", "达成"), object=("订购协议", "收购协议", "购销协议", "订单协议"), excluded=("意向", "劳务", "投资")),
)  # fmt: skip
def agreements_signed(agreement: Any) -> Any:
    """Every agreement by the day it was signed."""
    return agreement


@declare.figure(
    "orders.heads_agreed", zh="订购协议约定头数", en="Heads agreed", unit="head", time="flow", stage="signed",
    reads=(AGREEMENT,), how="sum", column="head_count", on="signed_on", slices={"produce": "produce_code"},
    rule="期内签订的订购协议约定的头数之和；约定不是交售。", basis="术语表 A6 第 128、130 条（订单农业、履约率）",
)  # fmt: skip
def heads_agreed(agreement: Any) -> Any:
    """Every agreement with a number of heads."""
    return agreement


@declare.figure(
    "orders.households_with_deliveries", zh="有交售的农户", en="Households with deliveries", unit="household", time="flow",
    stage="achieved", reads=(DELIVERY, people.HOUSEHOLD), how="count_distinct", identity="household_key", on="delivered_on",
    slices=_BY_AGREEMENT,
    rule="期内按订购协议至少交售一次的农户；同一户交售多次、按几份协议交售，只计一户。", basis="术语表 A2 第 25 条（户）、A6 第 128 条（订单农业）",
    words=declare.words(
        measure=("带动", "惠及", "辐射", "覆盖", "参与", "受益", "户均增收", "带富", "联结", "联农", "吸纳", "帮助", "交售", "增收", "涉及"),
        object=("户均增收", "农户", "养殖户", "农家", "户群众", *_ORDER_WORDS), excluded=_NOT_ORDERS, about=_ORDER_WORDS,
    ),
)  # fmt: skip
def households_with_deliveries(delivery: Any, household: Any) -> Any:
    """Every delivery, its household counted as the one it is recognised as."""
    return people.one_household(delivery, household)


@declare.figure(
    "orders.heads_delivered", zh="交售头数", en="Heads delivered", unit="head", time="flow", stage="achieved", reads=(DELIVERY,),
    how="sum", column="head_count", on="delivered_on", slices=_BY_AGREEMENT,
    rule="期内按订购协议交售的头数之和。", basis="术语表 A6 第 128 条（订单农业）",
    words=declare.words(measure=("交售", "收购", "出栏", "订购"), object=("生猪", "土猪", "毛猪", "猪"), excluded=("存栏", "计划", "年出栏能力", "建成", "养殖场", "设计")),
)  # fmt: skip
def heads_delivered(delivery: Any) -> Any:
    """Every delivery with its heads."""
    return delivery


@declare.figure(
    "orders.weight_delivered", zh="交售重量", en="Weight delivered", unit="tonne", time="flow", stage="achieved", reads=(DELIVERY,),
    how="sum", column="weight_kg2", on="delivered_on", slices=_BY_AGREEMENT,
    rule="期内按订购协议交售的磅单重量之和。", basis="术语表 A6 第 128 条（订单农业）",
    words=declare.words(measure=("交售", "收购"), object=("生猪", "土猪", "毛猪"), excluded=("计划", "饲料", "粮")),
)  # fmt: skip
def weight_delivered(delivery: Any) -> Any:
    """Every delivery with its weight."""
    return delivery


declare.ratio(
    "orders.fulfilment_rate", zh="订单履约率", en="Fulfilment of orders", unit="percent", numerator="orders.heads_delivered",
    denominator="orders.heads_agreed", stage="achieved", against="signed",
    rule="交售头数除以约定头数。", basis="术语表 A6 第 130 条（履约率）",
    words=declare.words(measure=("履约率",), object=("订单", "订购", "协议", "履约")),
)  # fmt: skip


@declare.figure(
    "orders.settled", zh="订单结算金额", en="Settled for deliveries", unit="CNY", time="flow", stage="achieved", reads=(SETTLEMENT,),
    how="sum", column="amount_fen", on="settled_on", slices=_BY_AGREEMENT,
    rule="期内结算单金额之和；更正的结算单只计它与此前的差额。", basis="术语表 A6 第 128 条（订单农业）",
    words=declare.words(
        measure=("结算", "收购", "兑付", "支付"), object=("订单", "生猪款", "猪款", "收购款", "土猪", "交售"),
        excluded=("项目结算", "审定", "协作资金", "专项资金", "审计", "竣工"),
    ),
)  # fmt: skip
def settled(settlement: Any) -> Any:
    """Every settlement with what it adds."""
    return settlement


@declare.figure(
    "orders.gain", zh="订单农户增收总额", en="Gain of households from orders", unit="CNY", time="flow", stage="achieved",
    reads=(GAIN,), how="sum", column="gain_fen", on="accounted_on",
    rule="期内核算的户增收之和；每户增收是当年结算收入减成本，再减这一户的对照纯收入。", basis="种子文章 C15 的计数规则；术语表 d 节（收入）",
    words=declare.words(measure=("共增收", "累计增收", "增收总额", "合计增收"), object=("农户", "养殖户", *_ORDER_WORDS), excluded=(*_NOT_ORDERS, "户均", "人均")),
)  # fmt: skip
def gain(gain_: Any) -> Any:
    """Every account of a household's gain."""
    return gain_


@declare.figure(
    "orders.households_accounted", zh="核算了增收的农户", en="Households whose gain is accounted", unit="household", time="flow",
    stage="achieved", reads=(GAIN, people.HOUSEHOLD), how="count_distinct", identity="household_key", on="accounted_on",
    rule="期内核算了增收的农户；与增收总额出自同一批记录。", basis="种子文章 C15 的计数规则（分子分母同一批户）",
)  # fmt: skip
def households_accounted(gain_: Any, household: Any) -> Any:
    """The households of the same accounts."""
    return people.one_household(gain_, household)


declare.ratio(
    "orders.gain_per_household", zh="订单农户户均增收", en="Average gain per household from orders", unit="CNY",
    numerator="orders.gain", denominator="orders.households_accounted", stage="achieved",
    rule="增收总额除以核算了增收的农户数；分子、分母是同一批户增收记录。", basis="种子文章 C15 的计数规则（分子分母同一批户）",
    words=declare.words(
        measure=("户均增收", "户均年增收", "每户增收", "平均每户", "每户平均", "户均增加", "户均收入增加", "每户多", "户均多"),
        object=("户均增收", "增收", "多收入", "增加收入", "收入增加", "多收", "多赚", "多挣", "养殖户", "养殖农户", *_ORDER_WORDS), about=_ORDER_WORDS,
        excluded=(*_NOT_ORDERS, "同比", "比上年", "较上年", "比去年", "比前一年", "较去年"),
    ),
)  # fmt: skip


@declare.figure(
    "orders.sales_bought", zh="消费帮扶采购", en="Bought by the east", unit="CNY", time="flow", stage="achieved",
    reads=(SALE,), how="sum", column="amount_fen", on="sold_on", slices=_BY_CHANNEL,
    rule="期内东部机关、工会、企业自己采购的金额；一笔销售只计一次。", basis="术语表 A7 第 135 条（采购）",
    words=declare.words(
        measure=("采购", "购买", "认购"), object=("农特产品", "农副产品", "帮扶产品", "消费帮扶", "扶贫产品", "消费协作"),
        excluded=("帮助销售", "助销", "签约", "设备", "工程", "政府采购", "图书", "车"),
    ),
)  # fmt: skip
def sales_bought(sale: Any) -> Any:
    """Sales the east made for itself."""
    return sale.filter(sale.kind_code == "bought")


@declare.figure(
    "orders.sales_helped", zh="消费帮扶帮助销售", en="Sold with the help of the east", unit="CNY", time="flow", stage="achieved",
    reads=(SALE,), how="sum", column="amount_fen", on="sold_on", slices=_BY_CHANNEL,
    rule="期内经东部的专馆、专柜、平台、展销会等卖给别人的金额；不与采购重复。", basis="术语表 A7 第 136 条（帮助销售）",
    words=declare.words(
        measure=("帮助销售", "助销", "帮销", "代销"), object=("农特产品", "农副产品", "帮扶产品", "消费帮扶", "扶贫产品", "销售"), excluded=("签约",)
    ),
)  # fmt: skip
def sales_helped(sale: Any) -> Any:
    """Sales to others."""
    return sale.filter(sale.kind_code == "helped")


declare.total(
    "orders.sales", zh="消费帮扶销售额", en="Sales of consumption assistance", unit="CNY",
    of=("orders.sales_bought", "orders.sales_helped"), time="flow", stage="achieved",
    rule="采购与帮助销售之和；一笔销售有一个编号，销售方、购买方、渠道各报一次也只计一次；签约额不计入。",
    basis="术语表 A7 第 134、145 条（消费帮扶、重复计算）",
    # A bare 消费帮扶销售额 has no public counting rule; only a text that names both parts means this sum.
    words=declare.words(
        measure=("采购和帮助销售", "采购、帮助销售", "采购及帮助销售", "采购与帮助销售", "采购、帮销", "采购和帮销", "采购和助销"),
        object=("消费帮扶", "农特产品", "农副产品", "帮扶产品", "消费协作", "扶贫产品"), excluded=("签约", "其中", "力争", "计划"),
    ),
)  # fmt: skip


@declare.figure(
    "orders.sales_signed", zh="消费帮扶签约额", en="Sales signed", unit="CNY", time="flow", stage="signed",
    reads=(CONTRACT,), how="sum", column="amount_fen", on="signed_on", slices=_BY_CHANNEL,
    rule="期内签订的销售合同金额；签约不是销售，两个指标从不相加。", basis="术语表 A7 第 137 条（签约额、实现额）",
    words=declare.words(
        measure=("签约", "签订", "签下", "达成"), object=("农特产品", "农副产品", "帮扶产品", "消费帮扶", "产销", "展销", "销售合同"),
        excluded=("投资", "引资", "招商", "项目签约"),
    ),
)  # fmt: skip
def sales_signed(contract: Any) -> Any:
    """Every contract by the day it was signed."""
    return contract


@declare.figure(
    "orders.products_recognised", zh="有效认定的帮扶产品", en="Recognised products in force", unit="unit", time="stock", stage="achieved",
    reads=(PRODUCT,), how="count", on="recognised_on", until="last_on",
    rule="截止日在有效期内的认定产品个数。", basis="术语表 A7 第 138、139 条（帮扶产品、认定）",
    words=declare.words(measure=("认定", "入选", "入库"), object=("帮扶产品", "扶贫产品", "消费帮扶产品"), excluded=("企业", "供应商")),
)  # fmt: skip
def products_recognised(product: Any) -> Any:
    """Products whose recognition has begun."""
    return product
