"""Worksheets of labour cooperation, in the order in which they refer to each other."""

from shanhai.areas.labour import actions, checks
from shanhai.areas.labour.terms import Destination, Evidence, Per, Skill, StatisticMeasure, SubsidyKind, WorkerGroup
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging

CLASSES, SKILLS, GROUPS = dict(Destination.choices), dict(Skill.choices), dict(WorkerGroup.choices)


def _person() -> sheet.ref:
    """The column that names a person of the register."""
    return sheet.ref("person_key", "人员编号", to="reference.person", required=True, example="RY-LW-00001")


def _station() -> sheet.ref:
    """The column that names a station."""
    return sheet.ref("station_key", "站点编号", to="labour.station", example="FWZ-2021-01")


def _placement() -> sheet.ref:
    """The column that names a placement."""
    return sheet.ref("placement_key", "就业编号", to="labour.placement", required=True, example="JY-2023-00001")


STATION = sheet.sheet(
    "labour.station", "劳务服务站", key=("station_no",), action=actions.open_stations,
    columns=(
        *belonging("east"),
        sheet.code("station_no", "站点编号", example="FWZ-2021-01"),
        sheet.text("name", "站点名称", required=True, max_length=120, example="阆中驻温岭劳务服务站"),
        sheet.region("region_code", "所在地", required=True, example="331081"),
        sheet.text("operator_name", "运营单位", max_length=120, example="示例人力资源有限公司"),
        sheet.day("opened_on", "设立日期", required=True, example="2021-09-10"),
        sheet.day("closed_on", "撤销日期"),
    ),
    checks=(checks.in_order("opened_on", "closed_on"),),
)  # fmt: skip

WORKER = sheet.sheet(
    "labour.worker", "劳动力登记", key=("worker_no",), action=actions.register,
    note="人员先在“人员”表登记。人员类别变化时，填写原登记的终止日期，另登一行。",
    columns=(
        *belonging(),
        sheet.code("worker_no", "登记编号", example="LD-00001"),
        _person(),
        sheet.day("registered_on", "登记日期", required=True, example="2021-09-20"),
        _station(),
        sheet.choice("skill_code", "技能", choices=SKILLS, required=True, example="缝纫制鞋"),
        sheet.choice("wish_code", "就业意愿", choices=CLASSES, note="没有就业愿望的不填", example="东部结对地"),
        sheet.money("wage_wish_fen", "期望月工资（元）", example="5500.00"),
        sheet.choice("group_code", "人员类别", choices=GROUPS, required=True, example="脱贫劳动力"),
        sheet.day("first_on", "类别起始日期", required=True, note="从哪一天起属于这一类", example="2020-01-01"),
        sheet.day("last_on", "类别终止日期"),
    ),
    checks=(checks.in_order("first_on", "last_on"),),
)  # fmt: skip

LABOUR_AGREEMENT = sheet.sheet(
    "labour.labouragreement", "劳务协议", key=("agreement_no",), action=actions.agree,
    columns=(
        *belonging(),
        sheet.code("agreement_no", "协议编号", example="LWXY-2021-01"),
        sheet.text("title", "协议名称", required=True, max_length=200, example="劳务用工合作协议"),
        sheet.text("east_party", "东部签约单位", required=True, max_length=120, example="示例鞋业有限公司"),
        sheet.text("west_party", "西部签约单位", required=True, max_length=120, example="示例劳务合作社"),
        _station(),
        sheet.day("signed_on", "签订日期", required=True, example="2021-09-15"),
        sheet.day("last_on", "终止日期"),
        sheet.whole("promised_count", "约定输送人数", minimum=1, note="是约定数，不是就业人数", example="60"),
    ),
    checks=(checks.in_order("signed_on", "last_on"),),
)  # fmt: skip

VACANCY = sheet.sheet(
    "labour.vacancy", "岗位", key=("vacancy_no",), action=actions.offer,
    note="用工单位提供的岗位；岗位不等于就业，就业另填“就业”表。",
    columns=(
        *belonging("east"),
        sheet.code("vacancy_no", "岗位编号", example="GW-2023-001"),
        sheet.text("employer", "用工单位", required=True, max_length=120, example="示例鞋业有限公司"),
        sheet.text("title", "岗位名称", required=True, max_length=80, example="针车工"),
        sheet.choice("class_code", "就业去向", choices=CLASSES, required=True, example="东部结对地"),
        sheet.region("region_code", "工作地", required=True, example="331081"),
        sheet.choice("skill_code", "技能要求", choices=SKILLS, required=True, example="缝纫制鞋"),
        sheet.whole("opening_count", "招用人数", minimum=1, required=True, example="20"),
        sheet.money("monthly_wage_fen", "月工资（元）", required=True, example="6000.00"),
        sheet.whole("youngest_years", "最低年龄", required=True, example="18"),
        sheet.whole("oldest_years", "最高年龄", required=True, example="50"),
        _station(),
        sheet.day("first_on", "发布日期", required=True, example="2023-02-10"),
        sheet.day("last_on", "截止日期", example="2023-06-30"),
    ),
    checks=(
        checks.in_order("first_on", "last_on"), checks.above_zero("monthly_wage_fen"), checks.ages_in_order, checks.class_where_the_work_is,
    ),
)  # fmt: skip

PLACEMENT = sheet.sheet(
    "labour.placement", "就业", key=("placement_no",), action=actions.place,
    note="一个人在一个单位的一段就业填一行；离岗后再上岗另填一行，同一天不能在两处。",
    columns=(
        *belonging(),
        sheet.code("placement_no", "就业编号", example="JY-2023-00001"),
        _person(),
        sheet.choice("class_code", "就业去向", choices=CLASSES, required=True, example="东部结对地"),
        sheet.text("employer", "用工单位", required=True, max_length=120, example="示例鞋业有限公司"),
        sheet.region("region_code", "工作地", required=True, example="331081"),
        sheet.day("started_on", "上岗日期", required=True, example="2023-02-20"),
        sheet.day("ended_on", "离岗日期", note="还在岗的不填"),
        sheet.money("monthly_wage_fen", "月工资（元）", example="6000.00"),
        sheet.ref("vacancy_key", "岗位编号", to="labour.vacancy", example="GW-2023-001"),
    ),
    checks=(
        checks.in_order("started_on", "ended_on"), checks.above_zero("monthly_wage_fen"), checks.class_where_the_work_is,
    ),
)  # fmt: skip

STAY_PROOF = sheet.sheet(
    "labour.stayproof", "稳岗凭证", key=("placement_key", "month_on"), action=actions.prove,
    note="一段就业的一个月填一行；满三个月有凭证的，计入稳定就业。",
    columns=(
        *belonging(),
        _placement(),
        sheet.day("month_on", "月份", partial=True, example="2023-03"),
        sheet.choice("evidence_code", "凭证类别", choices=dict(Evidence.choices), required=True, example="银行工资流水"),
        sheet.code("document_no", "凭证号", example="示例流水202303"),
    ),
)  # fmt: skip

SUBSIDY_RULE = sheet.sheet(
    "labour.subsidyrule", "补助规则", key=("rule_no",), action=actions.set_rules,
    note="标准有变化时，填写原规则的废止日期，另登一版；已核定的补助仍按当日有效的版本。",
    columns=(
        *belonging(),
        sheet.code("rule_no", "规则编号", example="BZ-2022-01"),
        sheet.choice("kind_code", "补助类别", choices=dict(SubsidyKind.choices), required=True, example="稳岗补助"),
        sheet.money("amount_fen", "标准（元）", required=True, example="200.00"),
        sheet.choice("per_code", "计发方式", choices=dict(Per.choices), required=True, example="按月"),
        sheet.choice("group_code", "限人员类别", choices=GROUPS, note="不限的不填", example="脱贫劳动力"),
        sheet.choice("class_code", "限就业去向", choices=CLASSES, note="不限的不填", example="东部结对地"),
        sheet.whole("months_minimum", "最少月数", minimum=0, required=True, note="有凭证的月数", example="3"),
        sheet.whole("months_maximum", "最多计发月数", minimum=1, example="6"),
        sheet.money("cap_fen", "每人每年上限（元）", example="1200.00"),
        sheet.day("first_on", "施行日期", required=True, example="2022-01-01"),
        sheet.day("last_on", "废止日期"),
        sheet.code("document_no", "文号", required=True, example="示例人社〔2022〕8号"),
    ),
    checks=(checks.in_order("first_on", "last_on"), checks.above_zero("amount_fen")),
)  # fmt: skip

SUBSIDY = sheet.sheet(
    "labour.subsidy", "补助", key=("subsidy_no",), action=actions.decide,
    note="是否补助、补助多少由适用的规则算出；填写的申请金额必须与核定的一致。银行账号加密保存，页面上只显示后四位。",
    columns=(
        *belonging(),
        sheet.code("subsidy_no", "补助编号", example="BT-2023-0001"),
        _person(),
        _placement(),
        sheet.choice("kind_code", "补助类别", choices=dict(SubsidyKind.choices), required=True, example="稳岗补助"),
        sheet.day("applied_on", "申请日期", required=True, example="2023-07-05"),
        sheet.money("claimed_fen", "申请金额（元）", note="可以不填；填写的与核定金额核对", example="800.00"),
        sheet.day("paid_on", "发放日期", note="不予补助的不填"),
        sheet.account("account", "银行账号", note="8 至 32 位数字，文本格式", example="6200000000000000012"),
    ),
    checks=(checks.in_order("applied_on", "paid_on"),),
)  # fmt: skip

COURSE = sheet.sheet(
    "labour.course", "劳务培训", key=("course_no",), action=actions.hold_courses,
    columns=(
        *belonging(),
        sheet.code("course_no", "培训编号", example="LWPX-2022-01"),
        sheet.text("title", "培训名称", required=True, max_length=120, example="针车工技能培训班"),
        sheet.choice("skill_code", "工种", choices=SKILLS, required=True, example="缝纫制鞋"),
        sheet.text("giver_name", "培训单位", required=True, max_length=120, example="示例职业技术学校"),
        sheet.text("place", "地点", max_length=80, example="示例镇"),
        sheet.day("first_on", "开班日期", required=True, example="2022-03-07"),
        sheet.day("last_on", "结束日期", required=True, example="2022-03-18"),
    ),
    checks=(checks.in_order("first_on", "last_on"),),
)  # fmt: skip

COURSE_ATTENDANCE = sheet.sheet(
    "labour.courseattendance", "劳务培训签到", key=("course_key", "person_key"), action=actions.sign_in,
    note="一人参加一期填一行，计一人次；同一人参加两期计两人次、一人。",
    columns=(
        *belonging(),
        sheet.ref("course_key", "培训编号", to="labour.course", required=True, example="LWPX-2022-01"),
        _person(),
        sheet.day("attended_on", "签到日期", required=True, example="2022-03-07"),
        sheet.yes_no("is_passed", "考核合格", example="是"),
    ),
)  # fmt: skip

BACK_PAY = sheet.sheet(
    "labour.backpay", "欠薪案件", key=("case_no",), action=actions.take_up,
    columns=(
        *belonging(),
        sheet.code("case_no", "案件编号", example="QX-2023-01"),
        sheet.text("employer", "用工单位", required=True, max_length=120, example="示例装饰工程有限公司"),
        sheet.region("region_code", "所在地", required=True, example="331081"),
        _station(),
        sheet.whole("worker_count", "涉及人数", minimum=1, required=True, example="6"),
        sheet.money("owed_fen", "欠薪金额（元）", required=True, example="84000.00"),
        sheet.day("opened_on", "受理日期", required=True, example="2023-01-05"),
        sheet.money("recovered_fen", "追回金额（元）", example="84000.00"),
        sheet.day("recovered_on", "追回日期", example="2023-01-18"),
    ),
    checks=(checks.above_zero("owed_fen"), checks.above_zero("recovered_fen"), checks.recovered_with_its_day),
)  # fmt: skip

PUBLISHED_STATISTIC = sheet.sheet(
    "labour.publishedstatistic", "公布统计", key=("statistic_no",), action=actions.publish,
    note="只登记别人公布、这里无法逐人核对的数，必须写明出处；它不与登记的人数相加。",
    columns=(
        *belonging(),
        sheet.code("statistic_no", "统计编号", example="TJ-2023-01"),
        sheet.choice("measure_code", "统计项目", choices=dict(StatisticMeasure.choices), required=True, example="年外出务工人数"),
        sheet.whole("statistic_year", "年度", minimum=1996, maximum=2100, required=True, example="2023"),
        sheet.whole("person_count", "公布人数", minimum=1, required=True, example="235000"),
        sheet.day("counted_on", "统计截至日期", required=True, example="2023-12-31"),
        sheet.text("publisher", "公布单位", required=True, max_length=120, example="示例市人力资源和社会保障局"),
        sheet.text("title", "来源文件", required=True, max_length=200, example="示例市2023年农村劳动力转移就业情况"),
        sheet.code("document_no", "文号"),
        sheet.day("published_on", "公布日期", required=True, example="2024-02-20"),
    ),
    checks=(checks.in_order("counted_on", "published_on"),),
)  # fmt: skip
