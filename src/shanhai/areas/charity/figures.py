"""Figures of charity and of work with disabled people."""

from typing import Any

import ibis

from shanhai.figures import declare, people

CAMPAIGN = declare.table(
    "charity.campaign", theme_code="string", campaign_year="int64", first_on="date", child_count="person~stock",
)  # fmt: skip
DONATION = declare.table(
    "charity.donation", origin_code="string", level_code="string", kind_code="string", appeal_key="string", campaign_key="string",
    amount_fen="fen", received_on="date",
)  # fmt: skip
DISTRIBUTION = declare.table(
    "charity.distribution", theme_code="string", campaign_key="string", school_key="string", person_key="string", receiver_code="string",
    given_on="date",
)  # fmt: skip
CENTRE = declare.table("charity.centre", kind_code="string", action_code="string", opened_on="date")
BRAND = declare.table("charity.brand", founded_on="date")
TRAINING = declare.table("charity.disabilitytraining", first_on="date")
ATTENDANCE = declare.table(
    "charity.trainingattendance", training_key="string", person_key="string", standing_code="string", attended_on="date"
)
EMPLOYMENT = declare.table(
    "charity.disabledemployment", person_key="string", standing_code="string", workplace_code="string", started_on="date", ended_on="date",
)  # fmt: skip

_OF_CAMPAIGNS = {"theme": "theme_code", "campaign": "campaign_key"}
_OF_GIFTS = {"level": "level_code", "origin": "origin_code", "appeal": "appeal_key", "campaign": "campaign_key"}
_DISABLED = ("残疾", "残障", "助残")
_NOT_DISABLED = (
    "干部", "教师", "医生", "医护", "专技", "党员", "带头人", "农民工", "脱贫劳动力", "外出务工", "转移就业", "公益性岗位", "招聘会", "电商培训", "家校",
    "培训中心", "康复", "补贴", "补助", "户籍", "持证", "办证", "辅具", "走访", "慰问", "计划",
)  # fmt: skip
declare.slice_words(
    "theme",
    {
        "warm_winter": ("暖冬", "送温暖", "过冬", "冬衣", "御寒", "冬日", "冬天", "寒冬"),
        "schooling": ("助学活动", "助学金", "助学行动", "爱心助学", "奖学", "圆梦", "开学礼"),
        "disabled": ("助残", "残疾人慰问"),
        "elderly": ("敬老", "助老", "重阳"),
        "relief": ("救灾", "赈灾", "抗震", "救助"),
    },
)
declare.slice_words(
    "standing",
    {
        "disabled": ("残疾", "残障", "助残", "扶残"),
        "family": ("残疾人家属", "残疾人亲属", "家属", "亲属", "照护者"),
    },
)


@declare.figure(
    "charity.campaign_years", zh="公益活动连续开展年数", en="Years a campaign has run without a break", unit="year", time="cumulative",
    stage="achieved", reads=(CAMPAIGN,), how="count_distinct", column="campaign_year", on="first_on", slices={"theme": "theme_code"},
    rule="截止日最近一次往前，同一主题逐年不断开展活动的年数；冬季活动按入冬的年份，一年几次只计一年，中断以前的不计。", basis="术语表 A11 第 208 条（慈善捐赠）；公益活动按年登记",
    words=declare.words(
        measure=("暖冬", "公益活动", "公益行动", "公益", "慈善活动", "慈善项目", "慈善", "送温暖", "爱心活动", "关爱行动", "关爱活动"),
        excluded=("公益性岗位", "公益诉讼", "结对", "年级", "从业", "合同", "工期", "任期", "期限", "今后", "未来", "计划"),
    ),
)  # fmt: skip
def campaign_years(campaign: Any, *, end: Any) -> Any:
    """Campaigns of the run of years, without a gap, that ends with the latest one of their theme."""
    begun = campaign.filter((campaign.stage == "achieved") & (campaign.first_on <= end))
    alike = ibis.window(group_by=[begun.scope_id, begun.theme_code])
    latest_first = ibis.window(group_by=[begun.scope_id, begun.theme_code], order_by=begun.campaign_year.desc())
    placed = begun.mutate(
        years_back=begun.campaign_year.max().over(alike) - begun.campaign_year,
        years_held_since=ibis.dense_rank().over(latest_first),
    )
    return placed.filter(placed.years_back == placed.years_held_since)


@declare.figure(
    "charity.campaigns_held", zh="公益活动场次", en="Campaigns held", unit="session", time="flow", stage="achieved",
    reads=(CAMPAIGN,), how="count", on="first_on", slices={"theme": "theme_code"},
    rule="期内开始的公益活动场次；是场次，不是受助人数。", basis="术语表 A2 第 26 条（场次）、A11 第 208 条",
    words=declare.words(
        measure=("开展", "举办", "组织", "举行"), object=("公益活动", "公益行动", "暖冬", "慈善活动"),
        excluded=("志愿服务", "招聘", "培训", "文艺", "展销", "宣传"),
    ),
)  # fmt: skip
def campaigns_held(campaign: Any) -> Any:
    """Every campaign, by the day it began."""
    return campaign


@declare.figure(
    "charity.schools_reached", zh="公益活动惠及学校", en="Schools reached by gifts", unit="school", time="flow", stage="achieved",
    reads=(DISTRIBUTION,), how="count_distinct", column="school_key", on="given_on", slices=_OF_CAMPAIGNS,
    rule="期内收到捐赠发放的学校数；同一所学校几个冬季都收到只计一所。", basis="术语表 A11 第 208 条（慈善捐赠）；受助学校按单位去重",
    words=declare.words(
        measure=(
            "走进", "惠及", "覆盖", "深入", "送到", "送进", "送达", "送去", "送至", "受益", "资助", "捐助", "关爱", "走遍", "涉及", "辐射", "服务", "来到", "走访", "温暖", "受助",
            "#学校", "#小学", "#中小学", "#中学", "#乡村学校", "#乡镇学校", "#农村学校", "#山区学校",
        ),
        object=("暖冬", "公益", "慈善", "爱心", "送温暖", "捐赠", "捐助", "留守", "过冬", "冬衣", "受助学校"),
        excluded=(
            "新建", "援建", "修建", "扩建", "建成", "建设", "设备", "设施", "课堂", "投资", "投入", "竣工", "学位", "改造", "教师", "师资", "支教", "挂职", "结对", "帮扶学校",
            "培训", "课程", "开办", "校长", "医",
        ),
    ),
)  # fmt: skip
def schools_reached(distribution: Any) -> Any:
    """Distributions to schools."""
    return distribution.filter(distribution.school_key != "")


@declare.figure(
    "charity.left_behind_children", zh="受助留守儿童", en="Left-behind children reached", unit="person", time="flow", stage="achieved",
    reads=(DISTRIBUTION, people.PERSON), how="count_distinct", identity="person_key", on="given_on", slices=_OF_CAMPAIGNS, empty="blank",
    rule="期内领到捐赠的留守儿童人数，身份已登记；同一儿童几个冬季都领到只计一人。身份没有登记的不在内，另见“现场清点儿童（最多的一次）”，两个数不相加。",
    basis="术语表 A2 第 23 条（人）、A11 第 208 条；留守儿童跨年去重",
    words=declare.words(
        measure=(
            "送上", "送去", "送到", "送来", "惠及", "关爱", "受益", "温暖", "帮助", "覆盖", "资助", "关心", "发放", "领到", "收到", "捐助", "服务", "陪伴", "守护", "慰问", "受助",
            "走近", "穿上", "为#", "#留守", "留守儿童#", "留守学生#", "给#", "让#", "向#", "使#",
        ),
        object=("留守儿童", "留守学生", "留守孩子", "留守娃", "留守的孩子", "留守学童"),
        excluded=(
            "群众", "居民", "老人", "老年", "残疾", "职工", "农户", "村民", "家长", "患者", "务工", "教师", "志愿者", "人次", "学位", "培训", "困境儿童", "孤儿", "脑瘫", "建档",
            "干部", "党员", "企业", "有#", "资助学生", "#学生", "共有", "现有", "登记的", "排查",
        ),
    ),
)  # fmt: skip
def left_behind_children(distribution: Any, person: Any) -> Any:
    """Distributions to children left behind whose identity is known."""
    return people.one_person(distribution.filter(distribution.receiver_code == "left_behind"), person)


@declare.figure(
    "charity.children_counted", zh="现场清点儿童（最多的一次）", en="Children counted on the spot, largest count", unit="person", time="cumulative",
    stage="achieved", reads=(CAMPAIGN,), how="largest", column="child_count", on="first_on", slices={"theme": "theme_code"},
    rule="没有登记儿童身份的活动，取现场清点人数最多的一次：至少有这么多名儿童。各年的清点数不相加，相加得到的是人次。", basis="术语表 A2 第 23、24 条（人、人次）",
    words=declare.words(measure=("清点",), object=("儿童", "学生", "孩子")),
)  # fmt: skip
def children_counted(campaign: Any) -> Any:
    """Campaigns whose children were counted and not registered."""
    return campaign.filter(campaign.child_count.notnull())


@declare.figure(
    "charity.gifts_handed_out", zh="捐赠发放人次", en="Gifts handed out to persons", unit="person_time", time="flow", stage="achieved",
    reads=(DISTRIBUTION,), how="count", on="given_on", slices=_OF_CAMPAIGNS | {"receiver": "receiver_code"},
    rule="期内发到登记在册的人手里的捐赠，发一次计一人次；同一人领几次计几人次。", basis="术语表 A2 第 24 条（人次）",
    words=declare.words(
        measure=("发放", "领取", "领到", "送出"), object=("物资", "衣物", "冬衣", "棉服", "礼包", "慰问品", "捐赠"), excluded=("培训", "补贴", "工资", "就诊"),
    ),
)  # fmt: skip
def gifts_handed_out(distribution: Any) -> Any:
    """Distributions to persons who are known."""
    return distribution.filter(distribution.person_key != "")


@declare.figure(
    "charity.donated_money", zh="捐赠资金", en="Donations in money", unit="CNY", time="flow", stage="achieved",
    reads=(DONATION,), how="sum", column="amount_fen", on="received_on", slices=_OF_GIFTS,
    rule="期内收到的捐赠资金之和；物资另计，募捐项目的下层是上层的一部分，只计一次。", basis="术语表 A11 第 208、209 条（慈善捐赠；冠名基金、区设项目）；T44、T47",
    words=declare.words(
        measure=("募集", "捐赠", "捐款", "捐资", "募捐", "筹集", "收到", "接受"), object=("善款", "捐赠资金", "爱心款", "慈善资金"),
        excluded=("物资", "款物", "折合", "价值", "物品", "捐物", "衣物", "设备", "发放", "支出", "用于", "购置", "购买", "协作资金", "专项资金", "财政"),
    ),
)  # fmt: skip
def donated_money(donation: Any) -> Any:
    """Gifts of money, by the day they came in."""
    return donation.filter(donation.kind_code == "money")


@declare.figure(
    "charity.donated_goods", zh="捐赠物资价值", en="Donations in goods, at their stated value", unit="CNY", time="flow", stage="achieved",
    reads=(DONATION,), how="sum", column="amount_fen", on="received_on", slices=_OF_GIFTS,
    rule="期内收到的捐赠物资按登记的作价方式所计价值之和；没有作价方式的不能登记。", basis="术语表 A11 第 208 条（慈善捐赠）；T44、T47",
    words=declare.words(
        measure=("募集", "捐赠", "捐助", "折合", "价值", "捐"), object=("物资", "爱心物品", "捐赠物品"),
        excluded=("善款", "捐款", "款物", "资金", "医疗物资采购", "农资", "生产物资"),
    ),
)  # fmt: skip
def donated_goods(donation: Any) -> Any:
    """Gifts of goods, by the day they came in."""
    return donation.filter(donation.kind_code == "goods")


declare.total(
    "charity.donated", zh="捐赠款物合计", en="Donations in money and goods together", unit="CNY", of=("charity.donated_money", "charity.donated_goods"),
    time="flow", stage="achieved",
    rule="捐赠资金与捐赠物资价值之和；报表里资金和物资仍分开列。", basis="术语表 A11 第 208 条（慈善捐赠）；T44、T47",
    words=declare.words(
        measure=("募集", "捐赠", "筹集", "接受", "收到"), object=("款物", "捐款捐物", "资金和物资", "资金及物资", "资金物资"), excluded=("协作资金", "专项资金", "发放"),
    ),
)  # fmt: skip


@declare.figure(
    "charity.centres_opened", zh="助残服务机构", en="Institutions for disabled people opened", unit="org", time="flow", stage="achieved",
    reads=(CENTRE,), how="count", on="opened_on", slices={"kind": "kind_code", "action": "action_code"},
    rule="期内新建或提升改造后启用的助残服务机构家数；新建和改造分开可查。", basis="残疾人之家、康复中心、特教学校、培训基地按机构登记",
    words=declare.words(
        measure=("建成", "新建", "改造", "提升", "启用", "建立"), object=("残疾人之家", "残疾人家园", "助残机构", "助残服务机构", "残疾人服务机构"),
    ),
)  # fmt: skip
def centres_opened(centre: Any) -> Any:
    """Institutions by the day they opened."""
    return centre


@declare.figure(
    "charity.brands_founded", zh="助残手工艺品牌", en="Handicraft brands of disabled people", unit="brand", time="flow", stage="achieved",
    reads=(BRAND,), how="count", on="founded_on",
    rule="期内创立的残疾人手工艺品牌个数；销售额另在消费帮扶里登记。", basis="助残品牌按品牌登记",
    words=declare.words(
        measure=("打响", "打造", "创立", "创建", "培育", "创办"), object=("残疾人手工艺品牌", "手工艺品牌", "助残品牌", "残疾人品牌"),
    ),
)  # fmt: skip
def brands_founded(brand: Any) -> Any:
    """Brands by the day they were founded."""
    return brand


@declare.figure(
    "charity.trainings_held", zh="残疾人培训期数", en="Courses for disabled people", unit="session", time="flow", stage="achieved",
    reads=(TRAINING,), how="count", on="first_on",
    rule="期内开班的残疾人培训期数。", basis="术语表 A2 第 26 条（期）",
    words=declare.words(measure=("举办", "开办", "开设", "组织"), object=("残疾人培训", "残疾人技能培训", "残疾人手工")),
)  # fmt: skip
def trainings_held(training: Any) -> Any:
    """Courses by their first day."""
    return training


@declare.figure(
    "charity.training_person_times", zh="残疾人及家属培训人次", en="Person-times of training for disabled people and families", unit="person_time", time="flow",
    stage="achieved", reads=(ATTENDANCE,), how="count", on="attended_on", slices={"standing": "standing_code", "training": "training_key"},
    rule="期内参加残疾人培训的人次，一人来一天计一人次；残疾人和家属分开可查。", basis="术语表 A2 第 24 条（人次）",
    words=declare.words(measure=("培训", "参训", "受训", "学习", "授课", "参加", "学"), object=_DISABLED, excluded=_NOT_DISABLED),
)  # fmt: skip
def training_person_times(attendance: Any) -> Any:
    """Every attendance."""
    return attendance


@declare.figure(
    "charity.people_trained", zh="参加培训的残疾人及家属", en="Disabled people and family members trained", unit="person", time="flow", stage="achieved",
    reads=(ATTENDANCE, people.PERSON), how="count_distinct", identity="person_key", on="attended_on",
    slices={"standing": "standing_code", "training": "training_key"},
    rule="期内参加过残疾人培训的人数，残疾人和家属分开可查；同一人来几次只计一人，与培训人次是两个数。", basis="术语表 A2 第 23 条（人）",
    words=declare.words(
        measure=("培训", "参训", "受训"), object=_DISABLED, excluded=(*_NOT_DISABLED, "就业", "上岗", "吸纳", "安置", "人次", "在岗"),
    ),
)  # fmt: skip
def people_trained(attendance: Any, person: Any) -> Any:
    """Every attendance; who came is counted once."""
    return people.one_person(attendance, person)


@declare.figure(
    "charity.people_employed", zh="实现就业的残疾人及家属", en="Disabled people and family members who found work", unit="person", time="flow", stage="achieved",
    reads=(EMPLOYMENT, people.PERSON), how="count_distinct", identity="person_key", on="started_on",
    slices={"standing": "standing_code", "workplace": "workplace_code"},
    rule="期内上岗过的人数，残疾人和家属分开可查；同一人换过单位只计一人，离岗后仍计入上岗过的人。", basis="术语表 A2 第 23 条（人）；就业按人去重",
    words=declare.words(
        measure=("就业", "上岗", "吸纳", "安置", "找到工作", "上班", "上了班", "饭碗", "有了工作", "端上", "就职", "谋得", "聘用", "岗位", "工作", "做工", "挣钱"), object=_DISABLED,
        excluded=(*_NOT_DISABLED, "人次", "仍在岗", "目前在岗"),
    ),
)  # fmt: skip
def people_employed(employment: Any, person: Any) -> Any:
    """Spells of work by their first day."""
    return people.one_person(employment, person)


@declare.figure(
    "charity.people_in_work", zh="在岗残疾人及家属", en="Disabled people and family members in work", unit="person", time="stock", stage="achieved",
    reads=(EMPLOYMENT, people.PERSON), how="count_distinct", identity="person_key", on="started_on", until="ended_on",
    slices={"standing": "standing_code", "workplace": "workplace_code"},
    rule="截止日仍在岗的人数，残疾人和家属分开可查；同一人只计一次。", basis="术语表 A2 第 23 条（人）；存量与累计是两个数",
    words=declare.words(measure=("仍在岗", "目前在岗", "在岗"), object=_DISABLED, excluded=_NOT_DISABLED),
)  # fmt: skip
def people_in_work(employment: Any, person: Any) -> Any:
    """Spells of work that have begun."""
    return people.one_person(employment, person)
