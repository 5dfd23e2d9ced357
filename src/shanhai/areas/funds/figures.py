"""Figures of money."""

from typing import Any

import ibis

from shanhai.base.fields import words_of_fields
from shanhai.figures import declare

SOURCE = declare.table("funds.source", stage="planned", budget_year="int64", level_code="string", registered_on="date")
ISSUE = declare.table("funds.issue", source_key="string", amount_fen="fen", issued_on="date")
ALLOCATION = declare.table(
    "funds.allocation", source_key="string", project_key="string", field_code="string", amount_fen="fen", allocated_on="date",
)  # fmt: skip
RELEASE = declare.table(
    "funds.release", source_key="string", project_key="string", kind_code="string", amount_fen="fen", released_on="date",
)  # fmt: skip
RECEIPT = declare.table("funds.receipt", source_key="string", amount_fen="fen", received_on="date")
PAYMENT = declare.table("funds.payment", source_key="string", project_key="string", amount_fen="fen", paid_on="date")
REFUND = declare.table("funds.refund", source_key="string", project_key="string", amount_fen="fen", refunded_on="date")
CARRY_OVER = declare.table(
    "funds.carryover", source_key="string", project_key="string", amount_fen="fen", carried_on="date"
)

_BY_SOURCE = {"source": "source_key"}
_BY_PROJECT = {"source": "source_key", "project": "project_key"}
_OTHER_MONEY = (
    "到位投资", "实际到位", "投资额", "总投资", "投资总额", "固定资产", "产值", "协议投资", "协议引资", "引资", "招引", "招商", "增收", "销售", "采购", "捐",
    "工资", "收入", "营收", "分红", "产量", "贷款", "信贷", "税", "租金", "订单", "撬动", "社会资本", "社会资金", "引入", "引来", "融资", "带动", "造价", "售",
    "成交", "奖补", "补贴", "补助", "自筹", "企业自", "企业投", "自己投", "自投", "自掏", "彩票", "债券", "保险", "赔", "罚", "学费", "医疗费", "药费",
    "每人", "每户", "人均", "户均", "亩均", "价值", "估值", "善款", "爱心", "慈善", "基金会", "配套资金", "本级财政", "县级财政", "阆中市财政", "阆中财政", "全市财政", "公共预算", "中央财政", "中央资金",
    "衔接资金", "期投资", "园投资", "区投资", "目投资", "院投资", "校投资", "厂投资", "程投资", "司投资", "业投资", "资投资", "完成投资", "签约", "合同",
    "节约", "节省", "追回", "挪用", "审减", "违规", "缺口", "申请", "申报", "利润", "工程款", "货款", "消费券", "花费", "门票", "旅游",
)  # fmt: skip
_MONEY_MOVED = (
    "拨付",
    "下达",
    "支付",
    "支出",
    "到账",
    "结转",
    "退回",
    "收回",
    "结余",
    "余额",
    "闲置",
    "沉淀",
    "审定",
    "决算",
    "结算",
    "在途",
    "未支付",
    "未使用",
)
_NOT_MONEY_ARRANGED = (*_OTHER_MONEY, *_MONEY_MOVED)
_COOPERATION_MONEY = ("协作资金", "帮扶资金", "援助资金", "专项资金", "财政资金", "资金")
declare.slice_words("field", words_of_fields())
declare.way("project", "funds.arranged", "funds.released", "funds.paid_out")


@declare.figure(
    "funds.issued", zh="下达资金", en="Funds issued", unit="CNY", time="flow", stage="achieved",
    reads=(ISSUE,), how="sum", column="amount_fen", on="issued_on", slices=_BY_SOURCE,
    rule="期内以文件下达的资金之和；下达是额度，不是付款。", basis="术语表 A3 第 50 条（下达）",
    words=declare.words(measure=("下达",), object=("资金", "指标"), excluded=_OTHER_MONEY),
)  # fmt: skip
def issued(issue: Any) -> Any:
    """Every issue by a document."""
    return issue


@declare.figure(
    "funds.arranged", zh="安排协作资金", en="Cooperation funds arranged", unit="CNY", time="flow", stage="achieved",
    reads=(ALLOCATION,), how="sum", column="amount_fen", on="allocated_on",
    slices={"field": "field_code", "project": "project_key", "source": "source_key"},
    rule="期内分配到项目或单位的资金之和；是安排数，不是拨付数，也不是支付数。", basis="术语表 A3 第 40、51 条（财政援助资金、分配）",
    words=declare.words(
        measure=(
            "安排", "投入", "投资", "拿出", "落实", "整合", "统筹", "用于", "用在", "花在", "花了", "花去", "花掉", "用去", "用掉", "用了", "用到", "注入", "倾注",
            "筹集", "斥资", "出资", "投向", "投给", "投到", "投下", "投了", "得到", "得了", "获得", "分到", "拿到", "争取", "支持", "倾斜", "给了", "给予", "划给", "投进", "#建起", "#建成", "#新建",
            "#改善", "#盖", "#买", "#办", "#建了", "#添置", "#帮助", "协作资金", "帮扶资金", "援助资金", "专项资金", "专项经费", "专款", "使用",
        ),
        object=(
            "协作资金", "帮扶资金", "援助资金", "专项资金", "专项经费", "专款", "东西部资金", "投入资金", "安排资金", "落实资金", "资金投入", "资金安排",
            "统筹资金", "拿出资金", "使用资金", "投入经费", "安排经费", "协作经费", "帮扶经费", "资金总额", "资金累计", "资金共", "真金白银",
        ),
        excluded=_NOT_MONEY_ARRANGED,
    ),
)  # fmt: skip
def arranged(allocation: Any) -> Any:
    """Every allocation, to a project or to the unit that divides it."""
    return allocation


@declare.figure(
    "funds.transferred", zh="跨区域拨付资金", en="Funds transferred across the border", unit="CNY", time="flow", stage="achieved",
    reads=(RELEASE,), how="sum", column="amount_fen", on="released_on", slices=_BY_SOURCE,
    rule="期内东部财政拨往西部财政的资金之和，以拨款方的账为准；到账另计，两本账不相加。", basis="术语表 A3 第 52 条（拨付）",
    words=declare.words(measure=("拨付", "拨来", "拨给阆中", "汇入", "划拨", "跨区域拨付", "拨到"), object=_COOPERATION_MONEY, excluded=(*_OTHER_MONEY, "项目单位", "拨付到项目", "支付")),
)  # fmt: skip
def transferred(release: Any) -> Any:
    """Transfers between the two treasuries, from the payer's book."""
    return release.filter(release.kind_code == "transfer")


@declare.figure(
    "funds.received", zh="到账资金", en="Funds received", unit="CNY", time="flow", stage="achieved",
    reads=(RECEIPT,), how="sum", column="amount_fen", on="received_on", slices=_BY_SOURCE,
    rule="期内西部财政登记到账的跨区域资金之和，以收款方的账为准。", basis="术语表 A3 第 52 条（拨付）；两本账对照",
    words=declare.words(measure=("到账", "收到", "到位", "入账"), object=_COOPERATION_MONEY, excluded=(*_OTHER_MONEY, "企业", "项目到位", "投资")),
)  # fmt: skip
def received(receipt: Any) -> Any:
    """Receipts in the receiving side's book."""
    return receipt


@declare.figure(
    "funds.released", zh="拨付到项目资金", en="Funds released to projects", unit="CNY", time="flow", stage="achieved",
    reads=(RELEASE,), how="sum", column="amount_fen", on="released_on", slices=_BY_PROJECT,
    rule="期内财政拨付到项目单位的资金之和；跨区域拨付不在内。", basis="术语表 A3 第 52 条（拨付）",
    words=declare.words(measure=("拨付到项目", "拨付项目", "拨付至项目", "拨付给项目", "拨付"), object=("项目单位", "项目资金", "到项目", "项目"), excluded=_OTHER_MONEY),
)  # fmt: skip
def released(release: Any) -> Any:
    """Releases to the units that spend."""
    return release.filter(release.kind_code == "project")


@declare.figure(
    "funds.paid_out", zh="支付资金", en="Funds paid out", unit="CNY", time="flow", stage="achieved",
    reads=(PAYMENT,), how="sum", column="amount_fen", on="paid_on", slices=_BY_PROJECT,
    rule="期内凭凭证支付给最终收款人的资金之和。", basis="术语表 A3 第 53 条（支付、支出）",
    words=declare.words(measure=("支付", "支出", "使用"), object=_COOPERATION_MONEY, excluded=(*_OTHER_MONEY, "未支付", "未支出", "支出率", "支付率", "待支付", "尚未")),
)  # fmt: skip
def paid_out(payment: Any) -> Any:
    """Every payment against papers."""
    return payment


@declare.figure(
    "funds.refunded", zh="退回资金", en="Funds refunded", unit="CNY", time="flow", stage="achieved",
    reads=(REFUND,), how="sum", column="amount_fen", on="refunded_on", slices=_BY_PROJECT,
    rule="期内从项目退回、可以重新安排的资金之和。", basis="术语表 A3 第 56、59 条（结余、收回）",
    words=declare.words(measure=("退回", "收回", "缴回"), object=_COOPERATION_MONEY, excluded=_OTHER_MONEY),
)  # fmt: skip
def refunded(refund: Any) -> Any:
    """Every refund."""
    return refund


@declare.figure(
    "funds.carried_over", zh="结转资金", en="Funds carried over", unit="CNY", time="flow", stage="achieved",
    reads=(CARRY_OVER,), how="sum", column="amount_fen", on="carried_on", slices=_BY_PROJECT,
    rule="期内办理结转的资金之和；结转不是新安排，不与安排数相加。", basis="术语表 A3 第 57 条（结转）",
    words=declare.words(measure=("结转",), object=_COOPERATION_MONEY, excluded=_OTHER_MONEY),
)  # fmt: skip
def carried_over(carry_over: Any) -> Any:
    """Every carry-over."""
    return carry_over


declare.ratio(
    "funds.spending_rate", zh="资金支出率", en="Spending rate", unit="percent", numerator="funds.paid_out",
    denominator="funds.issued", stage="achieved",
    rule="支付资金除以下达资金，按原数重新相除，不对百分比求平均。", basis="术语表 A3 第 54 条（资金使用率、支出率）",
    words=declare.words(measure=("支出率", "使用率", "支付率", "支出进度", "执行率"), object=(*_COOPERATION_MONEY, "支出", "预算"), excluded=("床位", "设备使用率", "入住率")),
)  # fmt: skip

declare.ratio(
    "funds.release_rate", zh="资金拨付率", en="Release rate", unit="percent", numerator="funds.released",
    denominator="funds.issued", stage="achieved",
    rule="拨付到项目资金除以下达资金。", basis="术语表 A3 第 54 条（拨付率）",
    words=declare.words(measure=("拨付率", "拨付进度"), object=(*_COOPERATION_MONEY, "拨付")),
)  # fmt: skip

declare.total(
    "funds.balance", zh="未支付余额", en="Balance not yet paid", unit="CNY", of=("funds.arranged",),
    minus=("funds.paid_out", "funds.refunded"), time="stock", stage="achieved", empty="zero",
    rule="截止日已安排而未支付的资金：安排数减支付数减退回数。", basis="术语表 A3 第 56–58 条（结余、结转、闲置）",
    words=declare.words(measure=("结余", "余额", "未支付", "尚未支付", "未支出", "没有支付", "还没花"), object=_COOPERATION_MONEY, excluded=("存款", "贷款", "账户")),
)  # fmt: skip

declare.total(
    "funds.unallocated", zh="已下达未分配资金", en="Funds issued and not yet allocated", unit="CNY", of=("funds.issued", "funds.refunded"),
    minus=("funds.arranged",), time="stock", stage="achieved", empty="zero",
    rule="截止日已下达（含退回后可重新安排）而没有分配到项目或单位的资金。", basis="术语表 A3 第 51 条（分配：差额列为未分配）",
)  # fmt: skip

declare.total(
    "funds.unspent_at_units", zh="已拨付未支付资金", en="Funds released and not yet paid", unit="CNY", of=("funds.released",),
    minus=("funds.paid_out", "funds.refunded"), time="stock", stage="achieved", empty="zero",
    rule="截止日已拨付到项目单位而没有支付、也没有退回的资金。", basis="术语表 A3 第 52、53 条（拨付、支付）",
)  # fmt: skip

declare.total(
    "funds.transfer_due", zh="待跨区域拨付资金", en="Funds issued and not yet transferred", unit="CNY", of=("funds.issued",),
    minus=("funds.transferred",), time="stock", stage="achieved", empty="zero",
    rule="截止日已下达而东部财政还没有拨往西部财政的资金。", basis="术语表 A3 第 50、52 条（下达、拨付）；两本账对照",
)  # fmt: skip

declare.total(
    "funds.in_transit", zh="在途资金", en="Funds in transit between the two books", unit="CNY", of=("funds.transferred",),
    minus=("funds.received",), time="stock", stage="achieved", empty="zero",
    rule="截止日拨款方已登记拨付、收款方尚未登记到账的资金。", basis="两本账对照",
    words=declare.words(measure=("在途", "尚未到账", "未到账"), object=_COOPERATION_MONEY),
)  # fmt: skip


#: Where the age of idle money is cut, in full years since the budget year of its source ended.
IDLE_YEARS = (1, 2)


def idle_years(budget_year: int, end_year: int) -> int:
    """How many full years ago a budget year ended, told on a day of another year."""
    return max(0, end_year - budget_year - 1)


def _of_old_sources(rows: Any, source: Any, end: Any, years: int) -> Any:
    """Rows of sources whose budget year ended at least `years` years before the day asked."""
    old = source.filter(source.budget_year <= ibis.coalesce(end.year(), 9999) - years - 1)
    return rows.semi_join(old, declare.refers(rows, "source_key", old))


@declare.figure(
    "funds.arranged_over_two_years", zh="两年以前预算安排的资金", en="Funds arranged from budgets over two years old", unit="CNY",
    time="stock", stage="achieved", reads=(ALLOCATION, SOURCE), how="balance", column="amount_fen", on="allocated_on",
    rule="截止日，预算年度结束已满两年的来源所安排的资金。", basis="术语表 A3 第 57、58 条（结转、闲置资金的账龄）",
)  # fmt: skip
def arranged_over_two_years(allocation: Any, source: Any, *, end: Any) -> Any:
    """Allocations from old budgets."""
    return _of_old_sources(allocation, source, end, 2)


@declare.figure(
    "funds.paid_over_two_years", zh="两年以前预算已支付的资金", en="Funds paid from budgets over two years old", unit="CNY",
    time="stock", stage="achieved", reads=(PAYMENT, SOURCE), how="balance", column="amount_fen", on="paid_on",
    rule="截止日，预算年度结束已满两年的来源中已经支付的资金。", basis="术语表 A3 第 57、58 条（结转、闲置资金的账龄）",
    empty="zero",
)  # fmt: skip
def paid_over_two_years(payment: Any, source: Any, *, end: Any) -> Any:
    """Payments from old budgets."""
    return _of_old_sources(payment, source, end, 2)


@declare.figure(
    "funds.refunded_over_two_years", zh="两年以前预算已退回的资金", en="Funds refunded from budgets over two years old", unit="CNY",
    time="stock", stage="achieved", reads=(REFUND, SOURCE), how="balance", column="amount_fen", on="refunded_on",
    rule="截止日，预算年度结束已满两年的来源中从项目退回的资金。", basis="术语表 A3 第 57–59 条（结转、闲置资金的账龄、收回）",
    empty="zero",
)  # fmt: skip
def refunded_over_two_years(refund: Any, source: Any, *, end: Any) -> Any:
    """Refunds to old budgets; what came back and was allocated anew would else count twice."""
    return _of_old_sources(refund, source, end, 2)


declare.total(
    "funds.idle_over_two_years", zh="闲置两年以上资金", en="Money idle for over two years", unit="CNY",
    of=("funds.arranged_over_two_years",), minus=("funds.paid_over_two_years", "funds.refunded_over_two_years"),
    time="stock", stage="achieved", empty="zero",
    rule="截止日，预算年度结束已满两年、已安排而仍未支付的资金，减去退回的；年限是常见财政规定，可由管理员设定版本。", basis="术语表 A3 第 58 条（闲置资金）；T72",
    words=declare.words(measure=("闲置两年", "沉淀两年", "闲置", "沉淀"), object=_COOPERATION_MONEY),
)  # fmt: skip
