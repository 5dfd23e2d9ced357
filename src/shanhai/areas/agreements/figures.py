"""Figures of pairings, agreements and exchange."""

from typing import Any

from shanhai.figures import declare, people

PAIRING = declare.table("reference.pairing", first_on="date", round_no="int64", level="string")
AGREEMENT = declare.table(
    "agreements.agreement", stage="signed", signed_on="date", field_code="string", kind_code="string"
)
MEETING = declare.table("agreements.meeting", held_on="date", kind_code="string")
VISIT = declare.table("agreements.visit", started_on="date", direction_code="string", person_time_count="person_time")
TEAM = declare.table("agreements.workingteam", first_on="date", last_on="date")
MEMBER = declare.table(
    "agreements.teammember", first_on="date", last_on="date", person_key="string", role_code="string"
)
TARGET = declare.table("agreements.target", stage="planned", target_year="int64", figure="string")

#: Asked of the province-level pairing above a county's.
_ABOVE = ("province_pairing",)
_COOPERATION = ("协作", "对口", "帮扶", "支援", "结对", "合作")


@declare.figure(
    "agreements.first_round_began", zh="省际首轮协作开始", en="First round between the provinces began", unit="date",
    time="cumulative", stage="achieved", reads=(PAIRING,), how="min_date", column="first_on", applies=_ABOVE,
    rule="两省结对关系中第一轮的开始日期；只知道年份的按年份计。", basis="术语表 A1 第 7 条（结对关系）；协作沿革",
    words=declare.words(
        measure=(
            "首轮", "首次", "第一轮", "第一次", "最早", "最初", "初次", "开篇", "起步", "发端", "始于", "起于", "源于", "序幕", "大幕", "早在", "开启", "开始", "启动",
            "展开", "牵手", "结缘", "拉开", "起点", "建立", "确立", "开端", "追溯", "结下", "之缘",
        ),
        object=(declare.PROVINCES, "首轮", "第一轮", "扶贫协作", "两省"),
        excluded=("新一轮", "新轮", "第二轮", "新的一轮", "又一轮", "再启", "重启", "公司", "企业", "学校", "园区", "产业园", "协议"),
    ),
)  # fmt: skip
def first_round_began(pairing: Any) -> Any:
    """The first round of the province-level pairing."""
    return pairing.filter((pairing.level == "province") & (pairing.round_no == 1))


@declare.figure(
    "agreements.new_round_began", zh="省际新一轮协作开始", en="New round between the provinces began", unit="date",
    time="cumulative", stage="achieved", reads=(PAIRING,), how="max_date", column="first_on", applies=_ABOVE,
    rule="两省结对关系中最近一轮（第二轮及以后）的开始日期。", basis="术语表 A1 第 2、7 条",
    words=declare.words(
        measure=("新一轮", "新的一轮", "新轮", "第二轮", "又一轮", "再启", "重启", "新阶段", "新起点"),
        object=(declare.PROVINCES, *_COOPERATION),
        excluded=("协议", "规划", "计划", "疫情", "技改", "改革", "科技革命", "消费"),
    ),
)  # fmt: skip
def new_round_began(pairing: Any) -> Any:
    """The latest round after the first."""
    return pairing.filter((pairing.level == "province") & (pairing.round_no > 1))


@declare.figure(
    "agreements.pairing_began", zh="结对开始", en="Pairing began", unit="date",
    time="cumulative", stage="achieved", reads=(PAIRING,), how="min_date", column="first_on", applies=("pairing",),
    rule="两地县级结对关系的开始日期（取最早一条）。", basis="术语表 A1 第 7 条（结对关系）",
    words=declare.words(
        measure=(
            "结对", "结为", "结成", "牵手", "携手", "结缘", "结亲", "确立", "对口帮扶", "缘分", "结下", "成为协作", "成为帮扶", "建立协作", "建立帮扶", "协作关系",
            "结上", "结了对", "认亲", "走到一起",
        ),
        excluded=(
            "新一轮", "首轮", "协议", "园区", "通办", "产业园", "满", "周年", "学校", "小学", "中学", "幼儿园", "医院", "卫生院", "街道", "镇", "村", "企业", "师徒",
            "师傅", "部门", "支部", "社区", "商会", "家庭", "学生", "老人", "教师", "医生", "局", "公司",
        ),
    ),
)  # fmt: skip
def pairing_began(pairing: Any) -> Any:
    """The pairing of the two counties."""
    return pairing.filter(pairing.level != "province")


declare.span_years(
    "agreements.years_before_new_round", zh="两省协作延续年数", en="Years of the provincial tie before the new round",
    unit="year", begins="agreements.first_round_began", ends="agreements.new_round_began", stage="achieved", applies=_ABOVE,
    rule="省际首轮协作开始到新一轮开始之间的整年数，按月计。", basis="术语表 A1 第 2、7 条；整年按月计",
    words=declare.words(
        measure=(
            "赓续", "延续", "接续", "持续", "历时", "历经", "跨越", "绵延", "走过", "走了", "相连", "接力", "已有", "已经有", "有了", "积淀", "渊源", "情谊", "交往", "来往",
            "传承", "续写", "相隔", "之间", "过去", "相识", "不改", "不变", "不断", "一路", "风雨", "历史", "基础", "时隔", "间隔", "守望", "并肩", "携手", "跨度", "前后",
            "交情", "友谊", "未曾", "从未", "中断", "深情", "结下", "累积", "长达", "情缘", "缘分", "经过", "春秋",
        ),
        object=(declare.PROVINCES, "情谊", "山海情", "新一轮", "首轮", "两轮", "两省", "渊源"),
        excluded=("企业", "公司", "从业", "经营", "工作了", "教龄", "种植", "园区", "协议", "专项资金", "年来", "年间"),
    ),
)  # fmt: skip

declare.span_years(
    "agreements.years_together", zh="结对以来年数", en="Years since the pairing began",
    unit="year", begins="agreements.pairing_began", stage="achieved", applies=("pairing",),
    rule="结对开始到截止日的整年数，按月计，不足一年的不计。", basis="术语表 A1 第 7 条；整年按月计",
    words=declare.words(
        measure=(
            "年来", "年间", "年时间", "年里", "个年头", "结对", "携手", "牵手", "这几年", "驻", "年，", "年共", "年累计", "年安排", "年合计", "年下来", "满", "这三年", "年协作",
            "年帮扶", "年落实", "年实施", "年光阴", "年投", "年拨", "载，", "载春秋", "载携手", "载同心", "载来", "整整", "一晃", "转眼", "年过去",
        ),
        object=("结对", "协作", "两地", "两市", "双方", "帮扶", "工作队", "专项资金", "携手", "我们", "牵手"),
        excluded=(
            "公益", "慈善", "暖冬", "情谊", "新一轮", "首轮", "每年", "连续", "持续", "任期", "期限", "工期", "有效期", "服务期", "学制", "租期", "合同", "品牌", "公司",
            "合作社", "行动计划", "未来", "今后", "不到", "教龄", "党龄", "年级", "创办", "成立", "历时", "两省", "浙川", "近三年", "轮换", "挂职", "支教",
        ),
    ),
)  # fmt: skip


@declare.figure(
    "agreements.signed_on", zh="协议签订日期", en="Day the agreement was signed", unit="date", time="cumulative",
    stage="signed", reads=(AGREEMENT,), how="min_date", column="signed_on", slices={"field": "field_code"},
    rule="某一领域专项协议的签订日期；同一领域有多份的取最早一份。", basis="术语表 A1 第 15、16 条（协作协议、专项协议）",
    words=declare.words(
        measure=("签订", "签署", "签下", "签了", "签过", "签字", "签约", "签", "达成", "缔结", "落笔", "敲定"),
        object=("协议", "协定", "备忘录", "合作书"),
        excluded=("采购", "购销", "收购", "订购", "意向", "投资协议", "入驻", "企业", "公司", "合作社", "劳动合同", "采购协议", "战略投资"),
        narrowed=True,
    ),
)  # fmt: skip
def signed_on(agreement: Any) -> Any:
    """Agreements of one field."""
    return agreement.filter(agreement.kind_code == "special")


@declare.figure(
    "agreements.agreements_signed", zh="签订协议数", en="Agreements signed", unit="agreement", time="flow", stage="signed",
    reads=(AGREEMENT,), how="count", on="signed_on", slices={"field": "field_code"},
    rule="期内签订的协作协议和专项协议份数；签订不等于完成。", basis="术语表 A1 第 15、16 条",
    words=declare.words(
        measure=("签订", "签署", "签下", "签了", "达成"), object=("协议",),
        excluded=("采购", "购销", "收购", "订购", "意向", "投资", "入驻", "企业", "公司", "合作社", "学校", "医院", "村", "镇", "师徒", "劳动"),
    ),
)  # fmt: skip
def agreements_signed(agreement: Any) -> Any:
    """Every agreement, by the day it was signed."""
    return agreement


@declare.figure(
    "agreements.meetings_held", zh="召开会议次数", en="Meetings held", unit="session", time="flow", stage="achieved",
    reads=(MEETING,), how="count", on="held_on", slices={"kind": "kind_code"},
    rule="期内召开的会议次数；联席会议双方只计一次，各类会议分开计数。", basis="术语表 A1 第 17、18 条",
    words=declare.words(
        measure=("召开", "举行", "举办", "组织", "开了"), object=("联席会议", "联席会", "领导小组会议", "工作推进会", "专题会议"),
        excluded=("招聘会", "推介会", "展销会", "培训", "村民", "院坝"),
    ),
)  # fmt: skip
def meetings_held(meeting: Any) -> Any:
    """Every meeting, by its day."""
    return meeting


@declare.figure(
    "agreements.visits", zh="互访批次", en="Visits", unit="batch", time="flow", stage="achieved",
    reads=(VISIT,), how="count", on="started_on", slices={"direction": "direction_code"},
    rule="期内互访的批次；批次与人次是两个计数。", basis="术语表 A1 第 19 条（互访）",
    words=declare.words(
        measure=("互访", "往来", "考察对接", "考察交流", "来访", "赴"), object=("互访", "考察对接", "考察交流", "对接", "党政代表团", "代表团"),
        excluded=("企业家", "客商", "游客", "务工", "学生", "教师", "医生", "货", "活动"),
    ),
)  # fmt: skip
def visits(visit: Any) -> Any:
    """Every batch of travellers."""
    return visit


@declare.figure(
    "agreements.visit_person_times", zh="互访人次", en="Person-times of visits", unit="person_time", time="flow",
    stage="achieved", reads=(VISIT,), how="sum", column="person_time_count", on="started_on", slices={"direction": "direction_code"},
    rule="期内互访的人次；一人去两次计两人次。", basis="术语表 A1 第 19 条、A2 第 24 条",
    words=declare.words(
        measure=("互访", "往来", "考察对接", "考察交流", "来访", "赴"), object=("互访", "考察对接", "考察交流", "党政代表团"),
        excluded=("企业家", "客商", "游客", "务工", "学生", "教师", "医生", "培训", "就诊", "接诊"),
    ),
)  # fmt: skip
def visit_person_times(visit: Any) -> Any:
    """Every batch of travellers with its person-times."""
    return visit


@declare.figure(
    "agreements.team_members_on_duty", zh="在岗工作队员", en="Working-team members on duty", unit="person", time="stock",
    stage="achieved", reads=(MEMBER, people.PERSON), how="count_distinct", identity="person_key", on="first_on", until="last_on",
    slices={"role": "role_code"},
    rule="截止日在岗的工作队成员人数；同一人只计一次。", basis="术语表 A1 第 20 条（帮扶工作队）、A2 第 23 条",
    words=declare.words(
        measure=("现有", "在岗", "选派", "派驻", "派出", "由", "共有", "工作队"), object=("工作队", "队员"),
        excluded=("医疗队", "教师", "医生", "专技", "人才", "志愿", "巡逻", "慰问", "帮助", "走访", "农户", "群众", "培训", "带领"),
    ),
)  # fmt: skip
def team_members_on_duty(member: Any, person: Any) -> Any:
    """Members whose term has begun, each person under the key that stands for them."""
    return people.one_person(member, person)
