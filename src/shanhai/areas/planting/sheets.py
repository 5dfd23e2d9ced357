"""Worksheets of bases, in the order in which land, promises, dues and payments come."""

from shanhai.areas.planting import actions, checks
from shanhai.areas.planting.terms import Action, BaseKind, Channel, Crop
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging


def _base() -> sheet.ref:
    """The column that names the base a row belongs to."""
    return sheet.ref("base_key", "基地编号", to="planting.base", required=True, example="JD-001")


def _household() -> sheet.ref:
    return sheet.ref("household_key", "户编号", to="reference.household", required=True, example="NH-0001")


def _person(*, required: bool = False, note: str = "") -> sheet.ref:
    return sheet.ref("person_key", "人员编号", to="reference.person", required=required, example="RY-0001", note=note)


def _crop() -> sheet.choice:
    return sheet.choice("crop_code", "品种", choices=dict(Crop.choices), required=True, example="油橄榄")


def _area() -> sheet.decimal:
    return sheet.decimal("area_mu", "面积（亩）", places=2, required=True, example="120.50")


INDUSTRY = sheet.sheet(
    "planting.industry", "产业", key=("industry_no",), action=actions.register_industries,
    note="一个地方什么时候开始发展一种产业；可以早于结对。",
    columns=(
        *belonging(),
        sheet.code("industry_no", "产业编号", example="CY-01"),
        sheet.text("name", "产业名称", required=True, max_length=80, example="油橄榄产业"),
        _crop(),
        sheet.region("region_code", "所在地", required=True, example="511381"),
        sheet.day("began_on", "开始发展日期", partial=True, required=True, note="只知道年份的填年份，如 2014", example="2014"),
        sheet.code("document_no", "依据", required=True, max_length=120, example="示例市志"),
    ),
)  # fmt: skip

BASE = sheet.sheet(
    "planting.base", "种植基地", key=("base_no",), action=actions.register_bases,
    columns=(
        *belonging(),
        sheet.code("base_no", "基地编号", example="JD-001"),
        sheet.text("name", "基地名称", required=True, max_length=120, example="示例镇油橄榄种植产业园"),
        sheet.text("short_name", "简称", max_length=120, note="文章里常用的叫法，多个用顿号分开", example="示例产业园"),
        sheet.choice("kind_code", "基地类别", choices=dict(BaseKind.choices), required=True, example="种植产业园"),
        _crop(),
        sheet.choice("action_code", "建设方式", choices=dict(Action.choices), required=True, example="新建"),
        sheet.yes_no("is_demonstration", "示范基地", required=True, example="是"),
        sheet.region("region_code", "所在地", required=True, example="511381"),
        sheet.text("town", "乡镇（街道）", required=True, max_length=60, example="示例镇"),
        sheet.text("operator", "经营主体", required=True, max_length=120, example="示例油橄榄有限公司"),
        sheet.ref("project_key", "项目编号", to="projects.project", note="由协作项目建设的填写", example="XM-2021-001"),
        sheet.day("started_on", "建成投用日期", required=True, example="2022-10-20"),
        sheet.day("right_last_on", "经营权到期日期", note="经营主体自己的土地经营权到哪一天；农户流转的期限不能超过它", example="2041-12-31"),
    ),
    checks=(checks.days_follow("started_on", "right_last_on"),),
)  # fmt: skip

PARCEL = sheet.sheet(
    "planting.parcel", "地块", key=("parcel_no",), action=actions.register_parcels,
    note="改造提升的地块写明原地块，同一块地只计一次面积；只改造了一部分的，先把原地块分成两块登记。",
    columns=(
        *belonging(),
        sheet.code("parcel_no", "地块编号", example="DK-0001"),
        _base(),
        _crop(),
        _area(),
        sheet.day("built_on", "建成日期", required=True, example="2022-10-20"),
        sheet.day("registered_on", "登记日期", required=True, example="2022-11-01"),
        sheet.ref("former_key", "原地块", to="planting.parcel", note="由哪个地块改造而来；新建的留空", example="DK-0002"),
    ),
    checks=(checks.amount_positive("area_mu"), checks.not_its_own_former),
)  # fmt: skip

LEASE = sheet.sheet(
    "planting.landlease", "土地流转", key=("lease_no",), action=actions.lease,
    note="年租金由面积和租金标准算出，不用填写；流转是约定，应付和支付另外登记。",
    columns=(
        *belonging(),
        sheet.code("lease_no", "流转编号", example="LZ-0001"),
        _base(),
        _household(),
        _area(),
        sheet.money("rate_fen", "每亩每年租金（元）", required=True, example="300.00"),
        sheet.day("first_on", "流转起始日期", required=True, example="2022-01-01"),
        sheet.day("last_on", "流转终止日期", required=True, example="2041-12-31"),
        sheet.code("document_no", "合同编号", required=True, max_length=120, example="示例流转合同〔2022〕1号"),
    ),
    checks=(checks.amount_positive("area_mu"), checks.amount_positive("rate_fen"), checks.days_follow("first_on", "last_on")),
)  # fmt: skip

RENT_DUE = sheet.sheet(
    "planting.rentdue", "应付租金", key=("due_no",), action=actions.fall_due,
    note="到了付款日的租金，按流转合同算；付了没有，看“利益联结支付”表。",
    columns=(
        *belonging(),
        sheet.code("due_no", "应付租金编号", example="ZJ-2022-0001"),
        sheet.ref("lease_key", "流转编号", to="planting.landlease", required=True, example="LZ-0001"),
        sheet.whole("due_year", "所属年度", minimum=1996, maximum=2100, required=True, example="2022"),
        sheet.whole("months", "月数", minimum=1, maximum=checks.MONTHS, required=True, note="这一年付几个月的租金；全年填 12", example="12"),
        sheet.day("due_on", "应付日期", required=True, example="2022-12-31"),
        sheet.money("amount_fen", "应付金额（元）", required=True, example="36150.00"),
    ),
    checks=(checks.amount_positive("amount_fen"),),
)  # fmt: skip

WORK_DAY = sheet.sheet(
    "planting.workday", "务工", key=("person_key", "worked_on", "base_key"), action=actions.record_work,
    note="一人一天一行；同一人同一天只记一次。",
    columns=(
        *belonging(),
        _person(required=True),
        sheet.day("worked_on", "务工日期", example="2023-10-12"),
        _base(),
        sheet.decimal("hours", "工时", places=1, minimum=0, maximum=16, required=True, example="8"),
        sheet.money("wage_fen", "应得工资（元）", required=True, example="100.00"),
    ),
    checks=(checks.day_worked_once, checks.amount_positive("wage_fen"), checks.amount_positive("hours")),
)  # fmt: skip

ROUND = sheet.sheet(
    "planting.dividendround", "分红决定", key=("base_key", "round_no"), action=actions.decide_dividend,
    note="收益总额等于集体留存加分配到户；名单上各户之和等于分配到户的金额。",
    columns=(
        *belonging(),
        _base(),
        sheet.code("round_no", "分红批次", example="2023-1"),
        sheet.day("decided_on", "决定日期", required=True, example="2023-12-20"),
        sheet.money("income_fen", "收益总额（元）", required=True, example="300000.00"),
        sheet.money("kept_fen", "集体留存（元）", required=True, example="90000.00"),
        sheet.money("shared_fen", "分配到户（元）", required=True, example="210000.00"),
        sheet.code("document_no", "决议文号", required=True, max_length=120, example="示例分红决议〔2023〕1号"),
    ),
    checks=(checks.round_adds_up, checks.kept_not_negative, checks.amount_positive("shared_fen")),
)  # fmt: skip

LINE = sheet.sheet(
    "planting.dividendline", "分红名单", key=("round_key", "line_no"), action=actions.list_dividend,
    note="一批的名单一次报齐；各户应分金额之和必须等于决定分配到户的金额。",
    columns=(
        *belonging(),
        sheet.ref("round_key", "分红批次编号", to="planting.dividendround", required=True, note="基地编号/分红批次", example="JD-001/2023-1"),
        sheet.code("line_no", "序号", example="001"),
        _household(),
        _person(note="知道由谁领取的填写"),
        sheet.money("amount_fen", "应分金额（元）", required=True, example="320.00"),
    ),
    checks=(checks.amount_positive("amount_fen"), checks.household_once_in_round),
)  # fmt: skip

PAYMENT = sheet.sheet(
    "planting.benefitpayment", "利益联结支付", key=("payment_no",), action=actions.pay,
    note="租金、工资、分红付到户的钱，一笔一行。收款账号加密保存，页面只显示后四位。",
    columns=(
        *belonging(),
        sheet.code("payment_no", "支付编号", example="LJ-2023-00001"),
        _base(),
        _household(),
        _person(note="知道由谁领取的填写；工资必须填写"),
        sheet.choice("channel_code", "渠道", choices=dict(Channel.choices), required=True, example="土地流转"),
        sheet.day("paid_on", "支付日期", required=True, example="2023-12-31"),
        sheet.money("amount_fen", "支付金额（元）", required=True, example="1800.00"),
        sheet.code("ref_no", "凭证号", max_length=120, example="示例付讫〔2023〕1号"),
        sheet.ref("due_key", "应付租金编号", to="planting.rentdue", note="渠道为土地流转时填写", example="ZJ-2022-0001"),
        sheet.ref("line_key", "分红名单编号", to="planting.dividendline", note="渠道为分红时填写：基地编号/分红批次/序号"),
        sheet.account("account", "收款账号", note="文本格式，保留全部数字"),
    ),
    checks=(checks.amount_positive("amount_fen"), checks.payment_names_what_it_pays, checks.account_has_its_holder),
)  # fmt: skip
