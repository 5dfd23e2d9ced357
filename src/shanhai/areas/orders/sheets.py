"""Worksheets of orders and consumption assistance, in the order in which they come about."""

from shanhai.areas.orders import actions, checks
from shanhai.areas.orders.terms import BuyerSide, Channel, Grade, MissingWeek, Produce, RevisedWeek, SaleKind
from shanhai.base.identifiers import example_organisation
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging
from shanhai.intake.columns import Column


def _household() -> Column:
    return sheet.ref("household_key", "户编号", to="reference.household", required=True, example="NH-DD-0001")


def _product(*, required: bool) -> Column:
    return sheet.ref("product_key", "认定编号", to="orders.product", required=required, example="CP-2022-001")


SERIES = sheet.sheet(
    "orders.priceseries", "价格序列", key=("series_no",), action=actions.register_series,
    note="订购协议里写明的参考价格：谁公布、哪个地区、什么品种；按周，每公斤多少元。",
    columns=(
        *belonging(),
        sheet.code("series_no", "序列编号", example="JG-ZHU-XN"),
        sheet.text("name", "序列名称", required=True, max_length=120, example="西南地区活猪周价"),
        sheet.choice("produce_code", "品种", choices=dict(Produce.choices), required=True, example="生猪"),
        sheet.text("place", "采价地区", required=True, max_length=60, example="西南地区"),
        sheet.text("publisher", "发布单位", required=True, max_length=120, example="示例价格监测机构"),
        sheet.day("registered_on", "登记日期", required=True, example="2021-07-01"),
    ),
)  # fmt: skip

POINT = sheet.sheet(
    "orders.pricepoint", "周价", key=("series_key", "week_on", "revision"), action=actions.publish_prices,
    note="公布一次登记一行；修订后的价格另登一行，原来的不改。",
    columns=(
        *belonging(),
        sheet.ref("series_key", "序列编号", to="orders.priceseries", example="JG-ZHU-XN"),
        sheet.day("week_on", "周（周一的日期）", example="2022-03-07"),
        sheet.whole("revision", "修订次数", minimum=0, note="首次公布填 0", example="0"),
        sheet.money("price_fen", "价格（元/公斤）", required=True, example="15.16"),
        sheet.day("published_on", "公布日期", required=True, example="2022-03-15"),
        sheet.text("document_no", "公布文件或网址", max_length=120),
    ),
    checks=(checks.above_zero("price_fen", "orders.price_not_positive"), checks.week_begins_on_monday, checks.published_after_its_week_began),
)  # fmt: skip

AGREEMENT = sheet.sheet(
    "orders.purchaseagreement", "订购协议", key=("agreement_no",), action=actions.sign,
    note="企业、合作社和农户是协议的双方，政府部门只作见证。",
    columns=(
        *belonging(),
        sheet.code("agreement_no", "协议编号", example="DG-2022-01"),
        sheet.text("title", "协议名称", required=True, max_length=200, example="千佛镇等乡镇土猪订购协议"),
        sheet.text("buyer_name", "收购方", required=True, max_length=120, example="示例餐饮管理有限公司"),
        sheet.credit_code("buyer_code", "收购方统一社会信用代码", example=example_organisation(41)),
        sheet.choice("buyer_side_code", "收购方所在方", choices=dict(BuyerSide.choices), required=True, note="收购方在对方的，交售由对方确认", example="西部受援方"),
        sheet.text("seller_name", "交售方", required=True, max_length=120, example="示例养殖专业合作社及社员"),
        sheet.text("witness_name", "见证单位", max_length=120, example="示例镇人民政府"),
        sheet.choice("produce_code", "品种", choices=dict(Produce.choices), required=True, example="生猪"),
        sheet.day("signed_on", "签订日期", required=True, example="2021-12-20"),
        sheet.day("first_on", "开始日期", required=True, example="2022-01-01"),
        sheet.day("last_on", "结束日期", required=True, example="2022-12-31"),
        sheet.whole("head_count", "约定头数", minimum=1, example="4000"),
        sheet.ref("series_key", "参考价格序列", to="orders.priceseries", required=True, example="JG-ZHU-XN"),
        sheet.decimal("premium_percent", "加价（%）", places=2, percent=True, minimum=0, maximum=100, required=True, note="高于参考价的百分比", example="5"),
        sheet.money("floor_fen", "保底价（元/公斤）", example="12.00"),
        sheet.money("ceiling_fen", "封顶价（元/公斤）", example="30.00"),
        sheet.whole("lag_weeks", "用交售周之前第几周的价格", minimum=0, maximum=26, required=True, note="用交售当周的填 0", example="1"),
        sheet.choice("missing_code", "缺周价时", choices=dict(MissingWeek.choices), required=True, example="用前一个有价格的周"),
        sheet.choice("revised_code", "周价修订时", choices=dict(RevisedWeek.choices), required=True, example="以首次公布为准，不补差"),
        sheet.decimal("first_percent", "一级按价格的（%）", places=2, percent=True, minimum=0, maximum=200, required=True, example="100"),
        sheet.decimal("second_percent", "二级按价格的（%）", places=2, percent=True, minimum=0, maximum=200, note="不收这个等级的不填", example="95"),
        sheet.decimal("third_percent", "三级按价格的（%）", places=2, percent=True, minimum=0, maximum=200, note="不收这个等级的不填", example="88"),
        sheet.text("grade_rule", "分级规则", required=True, max_length=200, example="按活重和膘情由双方现场评级"),
        sheet.text("weighing_rule", "计重方式", required=True, max_length=200, example="空腹活重，双方看磅，磅单一式两份"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"), checks.floor_below_ceiling),
)  # fmt: skip

DELIVERY = sheet.sheet(
    "orders.delivery", "交售", key=("delivery_no",), action=actions.deliver,
    note="每户每次过磅一行；约定、交售、结算是三件事，分别登记。",
    columns=(
        *belonging(),
        sheet.code("delivery_no", "交售编号", example="JS-2022-00001"),
        sheet.ref("agreement_key", "协议编号", to="orders.purchaseagreement", required=True, example="DG-2022-01"),
        _household(),
        sheet.text("town", "乡镇（街道）", required=True, max_length=60, example="千佛镇"),
        sheet.text("village", "村（社区）", required=True, max_length=60, example="示例一村"),
        sheet.day("delivered_on", "交售日期", required=True, example="2022-04-12"),
        sheet.whole("head_count", "头数", minimum=1, required=True, example="4"),
        sheet.decimal("weight_kg", "重量（公斤）", places=2, minimum=0, required=True, example="486.50"),
        sheet.choice("grade_code", "等级", choices=dict(Grade.choices), required=True, example="一级"),
        sheet.code("ticket_no", "磅单号", required=True, unique=True, max_length=80, example="示例磅-2022-00001"),
    ),
    checks=(checks.above_zero("weight_kg", "orders.weight_not_positive"),),
    warnings=(checks.weight_believable,),
)  # fmt: skip

SETTLEMENT = sheet.sheet(
    "orders.settlement", "结算", key=("settlement_no",), action=actions.settle,
    note="结算价和金额由系统按协议、周价和磅单重新计算，不一致的不能登记；登记后不改，更正另登一份。",
    columns=(
        *belonging(),
        sheet.code("settlement_no", "结算单号", example="JSD-2022-00001"),
        sheet.ref("delivery_key", "交售编号", to="orders.delivery", required=True, example="JS-2022-00001"),
        sheet.ref("corrects_key", "更正哪一份结算单", to="orders.settlement", note="首次结算不填"),
        sheet.day("settled_on", "结算日期", required=True, example="2022-04-20"),
        sheet.day("week_on", "采用的周价（周一的日期）", required=True, example="2022-04-04"),
        sheet.whole("revision", "采用的修订", minimum=0, required=True, note="首次公布为 0", example="0"),
        sheet.money("reference_fen", "参考价（元/公斤）", required=True, example="15.20"),
        sheet.money("price_fen", "结算价（元/公斤）", required=True, example="15.96"),
        sheet.money("amount_fen", "结算金额（元）", negative=True, required=True, note="更正的填与此前已结算的差额，可为负", example="7764.54"),
    ),
    checks=(checks.week_begins_on_monday,),
)  # fmt: skip

BASELINE = sheet.sheet(
    "orders.baseline", "对照收入", key=("household_key", "baseline_year"), action=actions.set_baselines,
    note="没有订单时，这一户同样的养殖在对照年度的纯收入；增收只与它比。",
    columns=(
        *belonging(),
        sheet.ref("household_key", "户编号", to="reference.household", example="NH-DD-0001"),
        sheet.whole("baseline_year", "对照年度", minimum=1996, maximum=2100, example="2021"),
        sheet.money("net_fen", "对照纯收入（元）", negative=True, required=True, example="3200.00"),
        sheet.text("basis", "依据", required=True, max_length=200, example="示例入户调查表"),
        sheet.day("surveyed_on", "核定日期", required=True, example="2021-12-25"),
    ),
)  # fmt: skip

GAIN = sheet.sheet(
    "orders.householdgain", "户增收", key=("household_key", "gain_year"), action=actions.account_gains,
    note="结算收入取这一户当年的结算单合计，对照取登记的对照收入；增收由三个数算出，不能直接填报。",
    columns=(
        *belonging(),
        sheet.ref("household_key", "户编号", to="reference.household", example="NH-DD-0001"),
        sheet.whole("gain_year", "年度", minimum=1996, maximum=2100, example="2022"),
        sheet.ref("baseline_key", "对照收入编号", to="orders.baseline", required=True, example="NH-DD-0001/2021"),
        sheet.money("income_fen", "结算收入（元）", required=True, example="21340.50"),
        sheet.money("cost_fen", "成本（元）", required=True, note="仔猪、饲料、防疫等", example="11000.00"),
        sheet.money("baseline_fen", "对照纯收入（元）", negative=True, required=True, example="3200.00"),
        sheet.money("gain_fen", "增收（元）", negative=True, required=True, example="7140.50"),
        sheet.day("accounted_on", "核算日期", required=True, example="2022-12-31"),
    ),
    checks=(checks.not_below_zero("cost_fen", "orders.cost_negative"), checks.gain_is_income_less_cost_less_baseline),
)  # fmt: skip

PRODUCT = sheet.sheet(
    "orders.product", "帮扶产品认定", key=("product_no",), action=actions.recognise,
    note="面积、亩产和价格上限用来核对销售：一年的销售不应超过三者之积。",
    columns=(
        *belonging(),
        sheet.code("product_no", "认定编号", example="CP-2022-001"),
        sheet.text("name", "产品名称", required=True, max_length=120, example="示例柑橘"),
        sheet.text("producer_name", "生产经营主体", required=True, max_length=120, example="示例果业专业合作社"),
        sheet.code("batch_no", "认定批次", required=True, max_length=40, example="2022年第一批"),
        sheet.code("document_no", "认定文号", required=True, max_length=80, example="示例认定〔2022〕1号"),
        sheet.day("recognised_on", "认定日期", required=True, example="2022-01-10"),
        sheet.day("last_on", "有效期至", required=True, example="2025-01-09"),
        sheet.decimal("area_mu", "种养面积（亩）", places=2, minimum=0, example="320"),
        sheet.whole("yield_kg", "亩均年产量（公斤）", minimum=0, example="1500"),
        sheet.money("price_fen", "价格上限（元/公斤）", example="12.00"),
    ),
    checks=(checks.ends_after_it_begins("recognised_on", "last_on"),),
)  # fmt: skip

CONTRACT = sheet.sheet(
    "orders.salecontract", "销售签约", key=("contract_no",), action=actions.contract,
    note="签约不是销售；实现的销售在“消费帮扶销售”里另登。",
    columns=(
        *belonging(),
        sheet.code("contract_no", "签约编号", example="XQY-2022-001"),
        _product(required=False),
        sheet.text("seller_name", "销售方", required=True, max_length=120, example="示例果业专业合作社"),
        sheet.text("buyer_name", "购买方", required=True, max_length=120, example="示例商贸有限公司"),
        sheet.choice("channel_code", "渠道", choices=dict(Channel.choices), required=True, example="展销会"),
        sheet.money("amount_fen", "签约金额（元）", required=True, example="800000.00"),
        sheet.day("signed_on", "签约日期", required=True, example="2022-09-20"),
    ),
    checks=(checks.above_zero("amount_fen", "orders.contract_not_positive"),),
)  # fmt: skip

SALE = sheet.sheet(
    "orders.sale", "消费帮扶销售", key=("sale_no",), action=actions.sell,
    note="一笔销售只登记一次；销售方、购买方、渠道是看同一笔的三个角度。",
    columns=(
        *belonging(),
        sheet.code("sale_no", "销售编号", example="XS-2022-0001"),
        sheet.choice("kind_code", "类别", choices=dict(SaleKind.choices), required=True, note="东部自己买的是采购，帮着卖给别人的是帮助销售", example="采购"),
        _product(required=True),
        sheet.ref("contract_key", "签约编号", to="orders.salecontract"),
        sheet.text("seller_name", "销售方", required=True, max_length=120, example="示例果业专业合作社"),
        sheet.text("buyer_name", "购买方", required=True, max_length=120, note="零售的写“个人消费者”，不写姓名", example="示例市总工会"),
        sheet.choice("channel_code", "渠道", choices=dict(Channel.choices), required=True, example="工会福利采购"),
        sheet.text("channel_name", "渠道名称", max_length=120, example=""),
        sheet.decimal("quantity_kg", "数量（公斤）", places=2, minimum=0, example="2500.00"),
        sheet.money("price_fen", "单价（元/公斤）", example="9.60"),
        sheet.money("amount_fen", "销售金额（元）", required=True, example="24000.00"),
        sheet.day("sold_on", "销售日期", required=True, example="2022-11-18"),
        sheet.code("proof_no", "凭证号", required=True, max_length=120, note="发票、订单或支付凭证的号码", example="示例票-2022-0001"),
    ),
    checks=(checks.above_zero("amount_fen", "orders.sale_not_positive"), checks.amount_is_price_times_quantity),
)  # fmt: skip
