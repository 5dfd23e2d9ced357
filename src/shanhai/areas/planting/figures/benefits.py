"""Figures of what reached people: in three values, promised, due and paid; persons and households each once."""

from typing import Any

import ibis

from shanhai.areas.planting.figures.land import LEASE, OF_BASE
from shanhai.figures import declare, people

RENT_DUE = declare.table("planting.rentdue", base_key="string", amount_fen="fen", due_on="date")
WORK = declare.table("planting.workday", base_key="string", person_key="string", wage_fen="fen", worked_on="date")
ROUND = declare.table(
    "planting.dividendround", base_key="string", decided_on="date", income_fen="fen", kept_fen="fen", shared_fen="fen"
)
BENEFIT = declare.table(
    "planting.benefitpayment", base_key="string", household_key="string", person_key="string", channel_code="string",
    amount_fen="fen", paid_on="date",
)  # fmt: skip


_OF_BENEFIT = {"base": "base_key", "channel": "channel_code"}
#: How many households the concentration of benefits looks at.
LARGEST = 10
_OTHER_PEOPLE = (
    "残疾", "外出务工", "劳务输出", "外出", "转移就业", "脱贫劳动力", "就医", "留守", "学生", "儿童", "老人", "培训", "教师", "医生", "干部", "人次", "户均", "人均", "游客", "订单",
    "订购", "收购", "土猪", "生猪", "养殖", "就业岗位", "岗位", "招聘", "直播", "电商", "捐", "慈善", "来料加工", "车间", "乡村旅游", "农家乐", "消费帮扶", "销售", "合作医疗",
)  # fmt: skip


@declare.figure(
    "planting.people_benefited", zh="增收人数", en="People with income from bases", unit="person", time="flow", stage="achieved",
    reads=(BENEFIT, people.PERSON), how="count_distinct", identity="person_key", on="paid_on", slices=_OF_BENEFIT,
    rule="期内通过土地流转、基地务工、分红领到钱的不同的人；一人有几个渠道、几处登记都只计一次；没有写明领取人的支付不计入人数。", basis="术语表 A6 第 115、116、118 条（利益联结、带动、务工）；A2（人）",
    words=declare.words(
        measure=(
            "增收", "受益", "带动", "惠及", "获益", "致富", "领到", "吃上", "端上", "辐射", "鼓起", "拿到", "尝到", "得到收入", "有了收入", "增加收入", "获得收入", "挣到", "得实惠",
            "收入涨", "收入增", "收入提高", "收入上", "增加了收入", "腰包", "分到", "收入有了", "鼓了",
        ),
        object=(
            "土地流转", "流转", "基地务工", "务工", "分红", "租金", "薪金", "股金", "#增收", "人增收", "名增收", "群众增收", "村民增收", "农民增收", "乡亲增收", "百姓增收",
            "农户增收", "村民的收入", "群众的收入", "农民的收入", "群众致富", "村民致富", "增收人数",
        ),
        excluded=_OTHER_PEOPLE,
    ),
)  # fmt: skip
def people_benefited(benefit: Any, person: Any) -> Any:
    """Payments of the three channels, each person once."""
    return people.one_person(benefit, person)


@declare.figure(
    "planting.households_benefited", zh="受益户数", en="Households with income from bases", unit="household", time="flow",
    stage="achieved", reads=(BENEFIT, people.HOUSEHOLD), how="count_distinct", identity="household_key", on="paid_on",
    slices=_OF_BENEFIT,
    rule="期内通过土地流转、基地务工、分红领到钱的不同的户；一户有几个渠道只计一次。户按支付当日登记的户计。", basis="术语表 A6 第 115、116 条（利益联结、带动）；A2（户）",
    words=declare.words(
        measure=("增收", "受益", "带动", "惠及", "获益", "联结", "分红", "领到"), object=("土地流转", "流转", "基地务工", "务工", "分红", "租金", "油橄榄", "种植基地"),
        excluded=(*_OTHER_PEOPLE, "社员", "合作社", "销售额", "光伏", "集体经济"),
    ),
)  # fmt: skip
def households_benefited(benefit: Any, household: Any) -> Any:
    """Payments of the three channels, each household once."""
    return people.one_household(benefit, household)


@declare.figure(
    "planting.rent_promised", zh="约定年租金", en="Yearly rent promised", unit="CNY", time="stock", stage="signed",
    reads=(LEASE,), how="balance", column="yearly_fen", on="first_on", until="last_on", slices=OF_BASE,
    rule="截止日在期的流转合同约定的一年租金之和（面积×每亩每年租金）；约定不是应付，更不是已付。", basis="术语表 A6 第 112、113 条（土地流转、租金）",
)  # fmt: skip
def rent_promised(lease: Any) -> Any:
    """What leases in force promise for a year."""
    return lease


@declare.figure(
    "planting.rent_due", zh="应付租金", en="Rent due", unit="CNY", time="flow", stage="achieved",
    reads=(RENT_DUE,), how="sum", column="amount_fen", on="due_on", slices=OF_BASE,
    rule="期内到了付款日的租金之和；应付不是已付。", basis="术语表 A6 第 113、125 条（租金；应付与已付分开）",
    words=declare.words(measure=("应付", "应兑付", "应支付"), object=("租金", "流转金", "流转费"), excluded=("房租", "店铺", "厂房", "门面")),
)  # fmt: skip
def rent_due(due: Any) -> Any:
    """Every rent that fell due."""
    return due


def _channel(benefit: Any, code: str) -> Any:
    return benefit.filter(benefit.channel_code == code)


@declare.figure(
    "planting.rent_paid", zh="已付租金", en="Rent paid", unit="CNY", time="flow", stage="achieved",
    reads=(BENEFIT,), how="sum", column="amount_fen", on="paid_on", slices=OF_BASE,
    rule="期内付给农户的土地流转租金之和，按支付日期。", basis="术语表 A6 第 113、121 条（租金、财产性收入）",
    words=declare.words(
        measure=("支付", "发放", "兑付", "付给", "领到", "领取", "拿到", "付了", "累计"), object=("租金", "流转金", "流转费"),
        excluded=("应付", "房租", "店铺", "厂房", "门面", "每亩", "户均", "人均", "亩均", "年租金"),
    ),
)  # fmt: skip
def rent_paid(benefit: Any) -> Any:
    """Payments of rent."""
    return _channel(benefit, "rent")


@declare.figure(
    "planting.wages_due", zh="应得工资", en="Wages earned", unit="CNY", time="flow", stage="achieved",
    reads=(WORK,), how="sum", column="wage_fen", on="worked_on", slices=OF_BASE,
    rule="期内务工应得的工资之和，按务工日期；应得不是已付。", basis="术语表 A6 第 118、119 条（务工、工资性收入）",
)  # fmt: skip
def wages_due(work: Any) -> Any:
    """Every day of work."""
    return work


@declare.figure(
    "planting.wages_paid", zh="已付务工工资", en="Wages paid", unit="CNY", time="flow", stage="achieved",
    reads=(BENEFIT,), how="sum", column="amount_fen", on="paid_on", slices=OF_BASE,
    rule="期内付给基地务工人员的工资之和，按支付日期。", basis="术语表 A6 第 118、119 条（务工、工资性收入）",
    words=declare.words(
        measure=("支付", "发放", "兑付", "付给", "领到", "拿到", "累计", "挣到"), object=("务工工资", "务工收入", "务工费", "基地工资", "用工工资"),
        excluded=("外出", "劳务输出", "欠薪", "每月", "月工资", "人均", "户均", "年均", "每天", "日工资", "残疾"),
    ),
)  # fmt: skip
def wages_paid(benefit: Any) -> Any:
    """Payments of wages."""
    return _channel(benefit, "wage")


@declare.figure(
    "planting.dividends_decided", zh="决定分红金额", en="Dividends decided", unit="CNY", time="flow", stage="achieved",
    reads=(ROUND,), how="sum", column="shared_fen", on="decided_on", slices=OF_BASE,
    rule="期内决定分配到户的分红之和，按决定日期；决定等于名单之和，发放另计。", basis="术语表 A6 第 124 条（分红：支付名单）；T75",
    words=declare.words(measure=("决定", "应发", "应付", "拟定", "议定"), object=("分红",), excluded=("人均", "户均", "保险", "股票")),
)  # fmt: skip
def dividends_decided(round_: Any) -> Any:
    """Every decision on a dividend."""
    return round_


@declare.figure(
    "planting.dividends_paid", zh="已付分红", en="Dividends paid", unit="CNY", time="flow", stage="achieved",
    reads=(BENEFIT,), how="sum", column="amount_fen", on="paid_on", slices=OF_BASE,
    rule="期内付到户的分红之和，按支付日期。", basis="术语表 A6 第 124、127 条（分红、二次分红）",
    words=declare.words(
        measure=("发放", "兑现", "兑付", "领到", "领取", "支付", "累计分红", "分红资金", "分红款", "分红金额", "共分红"), object=("分红",),
        excluded=("决定", "应付", "人均", "户均", "每户", "每人", "保险", "股票", "光伏", "集体经济收入", "村集体"),
    ),
)  # fmt: skip
def dividends_paid(benefit: Any) -> Any:
    """Payments of dividends."""
    return _channel(benefit, "dividend")


@declare.figure(
    "planting.base_income", zh="分红批次的收益总额", en="Income divided", unit="CNY", time="flow", stage="achieved",
    reads=(ROUND,), how="sum", column="income_fen", on="decided_on", slices=OF_BASE,
    rule="期内决定分红的收益总额之和，等于集体留存与分配到户之和。", basis="领域说明第 d 节（收益=留存+分配；T75：13.308+13.392=26.7）",
)  # fmt: skip
def base_income(round_: Any) -> Any:
    """The income of every round."""
    return round_


@declare.figure(
    "planting.income_kept", zh="集体留存", en="Kept by the collective", unit="CNY", time="flow", stage="achieved",
    reads=(ROUND,), how="sum", column="kept_fen", on="decided_on", slices=OF_BASE,
    rule="期内决定分红时留归集体的部分之和。", basis="领域说明第 d 节（收益=留存+分配）",
)  # fmt: skip
def income_kept(round_: Any) -> Any:
    """What the collective keeps of every round."""
    return round_


@declare.figure(
    "planting.benefits_paid", zh="已付到户金额", en="Paid to households", unit="CNY", time="flow", stage="achieved",
    reads=(BENEFIT,), how="sum", column="amount_fen", on="paid_on", slices=_OF_BENEFIT,
    rule="期内租金、工资、分红付到户的金额之和，按支付日期。", basis="领域说明第 d 节（只存支付，增收由支付算出）",
)  # fmt: skip
def benefits_paid(benefit: Any) -> Any:
    """Every payment of the three channels."""
    return benefit


@declare.figure(
    "planting.work_person_times", zh="基地务工人次", en="Days worked at bases", unit="person_time", time="flow", stage="achieved",
    reads=(WORK,), how="count", on="worked_on", slices=OF_BASE,
    rule="期内基地务工的人次；一人一天为一人次，人次不是人数。", basis="术语表 A6 第 118 条（务工：人、人次、元是三个数）",
    words=declare.words(
        measure=("务工", "用工", "吸纳", "带动"), object=("基地", "产业园", "务工人次", "用工"),
        excluded=("培训", "残疾", "外出", "劳务", "就诊", "活动", "旅游", "招聘", "志愿"),
    ),
)  # fmt: skip
def work_person_times(work: Any) -> Any:
    """Every day of work."""
    return work


@declare.figure(
    "planting.workers", zh="基地务工人数", en="People who worked at bases", unit="person", time="flow", stage="achieved",
    reads=(WORK, people.PERSON), how="count_distinct", identity="person_key", on="worked_on", slices=OF_BASE,
    rule="期内在基地务过工的不同的人；干了几天、在几个基地都只计一次。", basis="术语表 A6 第 118 条（务工）；A2（人）",
    words=declare.words(
        measure=("务工", "上班", "打工", "吸纳"), object=("基地务工", "到基地", "在基地", "园区务工", "产业园务工"),
        excluded=(*_OTHER_PEOPLE, "流转", "分红", "增收", "就近吸纳"),
    ),
)  # fmt: skip
def workers(work: Any, person: Any) -> Any:
    """Days of work, each person once."""
    return people.one_person(work, person)


@declare.figure(
    "planting.paid_to_largest", zh="得钱最多的十户所得", en="Paid to the ten households that got most", unit="CNY", time="flow",
    stage="achieved", reads=(BENEFIT, people.HOUSEHOLD), how="sum", column="amount_fen", on="paid_on",
    rule="期内每个结对关系里得到租金、工资、分红最多的十户所得之和。", basis="领域说明第 d 节（带得准：利益是否集中在少数户）",
)  # fmt: skip
def paid_to_largest(benefit: Any, household: Any, *, start: Any, end: Any) -> Any:
    """Payments to the ten households of each pairing that got most in the time asked."""
    rows = people.one_household(benefit, household)
    since = ibis.coalesce(start, ibis.date(1900, 1, 1))
    inside = rows.filter((rows.stage == "achieved") & (rows.paid_on >= since) & (rows.paid_on <= end))
    of_household = ibis.window(group_by=[inside.scope_id, inside.household_key])
    told = inside.mutate(got_fen=inside.amount_fen.sum().over(of_household))
    in_scope = ibis.window(group_by=told.scope_id, order_by=[told.got_fen.desc(), told.household_key.asc()])
    placed = told.mutate(place=ibis.dense_rank().over(in_scope))
    return placed.filter(placed.place < LARGEST)


declare.total(
    "planting.benefits_due", zh="应付到户金额", en="Due to households", unit="CNY",
    of=("planting.rent_due", "planting.wages_due", "planting.dividends_decided"), time="flow", stage="achieved",
    rule="期内应付的租金、应得的工资和决定的分红之和。", basis="领域说明第 d 节（约定、应付、已付是三个数）",
)  # fmt: skip

declare.total(
    "planting.benefits_unpaid", zh="应付未付金额", en="Due and not yet paid", unit="CNY",
    of=("planting.rent_due", "planting.wages_due", "planting.dividends_decided"), minus=("planting.benefits_paid",),
    time="stock", stage="achieved", empty="zero",
    rule="截止日应付的租金、应得的工资和决定的分红，减去已付到户的。", basis="领域说明第 d 节（约定、应付、已付是三个数）",
)  # fmt: skip

declare.ratio(
    "planting.paid_rate", zh="到户兑付率", en="Share of dues paid", unit="percent", numerator="planting.benefits_paid",
    denominator="planting.benefits_due", stage="achieved",
    rule="期内已付到户金额除以应付到户金额。", basis="领域说明第 d 节（应付与已付）",
    words=declare.words(measure=("兑付率", "兑现率"), object=("分红", "租金", "工资", "到户")),
)  # fmt: skip

declare.ratio(
    "planting.shared_rate", zh="收益分配到户比例", en="Share of income shared out", unit="percent",
    numerator="planting.dividends_decided", denominator="planting.base_income", stage="achieved",
    rule="期内决定分配到户的金额除以收益总额。", basis="术语表 A6 第 133 条（村与农户分成）",
)  # fmt: skip

declare.ratio(
    "planting.paid_per_household", zh="户均得到金额", en="Paid per household", unit="CNY", numerator="planting.benefits_paid",
    denominator="planting.households_benefited", stage="achieved",
    rule="期内已付到户金额除以同一批受益户数，分子分母同一范围。", basis="术语表 A6 第 124 条（金额与人数须相符）",
)  # fmt: skip

declare.ratio(
    "planting.largest_share", zh="得钱最多的十户占比", en="Share of the ten households that got most", unit="percent",
    numerator="planting.paid_to_largest", denominator="planting.benefits_paid", stage="achieved",
    rule="期内得钱最多的十户所得除以已付到户金额；越高越集中。", basis="领域说明第 d 节（带得准：利益是否集中在少数户）",
)  # fmt: skip
