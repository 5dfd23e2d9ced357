"""Worksheets of money, in the order money moves."""

from shanhai.areas.funds import actions, checks
from shanhai.areas.funds.terms import ReleaseKind, SourceLevel
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging
from shanhai.journal.terms import FIELD_CHOICES


def _source() -> sheet.ref:
    """The column that names the source money comes from."""
    return sheet.ref("source_key", "来源编号", to="funds.source", required=True, example="ZJ-2021-SJ")


def _project(*, required: bool = False) -> sheet.ref:
    """The column that names the project money goes to."""
    return sheet.ref("project_key", "项目编号", to="projects.project", required=required, example="XM-2021-001")


SOURCE = sheet.sheet(
    "funds.source", "资金来源", key=("source_no",), action=actions.register_sources,
    note="一个级次、一个预算年度的一笔资金来源；以后的下达、分配、拨付、支付都要写明出自哪个来源。",
    columns=(
        *belonging("east"),
        sheet.code("source_no", "来源编号", example="ZJ-2021-SJ"),
        sheet.text("name", "资金名称", required=True, max_length=200, example="2021年东西部协作省级财政援助资金"),
        sheet.choice("level_code", "资金级次", choices=dict(SourceLevel.choices), required=True, example="省级"),
        sheet.whole("budget_year", "预算年度", minimum=1996, maximum=2100, required=True, example="2021"),
        sheet.money("budget_fen", "预算金额（元）", example="39000000.00"),
        sheet.text("unit_name", "出资单位", max_length=120, example="示例省财政厅"),
        sheet.day("registered_on", "登记日期", required=True, example="2021-06-20"),
    ),
)  # fmt: skip

ISSUE = sheet.sheet(
    "funds.issue", "资金下达", key=("document_no", "source_key"), action=actions.issue,
    columns=(
        *belonging("east"),
        sheet.code("document_no", "文号", example="示例财〔2021〕30号"),
        _source(),
        sheet.money("amount_fen", "下达金额（元）", required=True, project_size=True, example="39000000.00"),
        sheet.day("issued_on", "下达日期", required=True, example="2021-07-01"),
        sheet.text("from_unit", "下达单位", required=True, max_length=120, example="示例省财政厅"),
        sheet.text("to_unit", "接收单位", required=True, max_length=120, example="示例市财政局"),
    ),
    checks=(checks.amount_positive, checks.day_believable("issued_on")),
)  # fmt: skip

ALLOCATION = sheet.sheet(
    "funds.allocation", "资金分配", key=("document_no", "line_no"), action=actions.allocate,
    note="把下达的资金分配到项目；还没有落实到项目的，写明责任单位。",
    columns=(
        *belonging(),
        sheet.code("document_no", "文号", example="示例财农〔2021〕15号"),
        sheet.code("line_no", "行号", note="同一文号内的序号", example="1"),
        _source(),
        _project(),
        sheet.choice("field_code", "领域", choices=dict(FIELD_CHOICES), required=True, example="医疗帮扶"),
        sheet.text("group_name", "类别", max_length=80, note="公告或文件里的分组名称", example=""),
        sheet.text("purpose", "用途", required=True, max_length=200, example="门诊楼建设"),
        sheet.text("unit_name", "责任单位", max_length=120, example="示例卫生院"),
        sheet.money("amount_fen", "分配金额（元）", required=True, project_size=True, example="1500000.00"),
        sheet.day("allocated_on", "分配日期", required=True, example="2021-08-01"),
    ),
    checks=(checks.amount_positive, checks.day_believable("allocated_on"), checks.project_or_unit_named),
)  # fmt: skip

RELEASE = sheet.sheet(
    "funds.release", "资金拨付", key=("release_no",), action=actions.release,
    columns=(
        *belonging("east"),
        sheet.code("release_no", "拨付编号", example="BF-2021-001"),
        sheet.choice("kind_code", "拨付类别", choices=dict(ReleaseKind.choices), required=True, example="跨区域拨付"),
        _source(),
        sheet.ref("project_key", "项目编号", to="projects.project", note="拨付到项目单位时填写"),
        sheet.code("document_no", "文号", required=True, example="示例财拨〔2021〕8号"),
        sheet.money("amount_fen", "拨付金额（元）", required=True, project_size=True, example="39000000.00"),
        sheet.day("released_on", "拨付日期", required=True, example="2021-07-20"),
        sheet.text("payer_name", "拨款单位", required=True, max_length=120, example="示例东部市财政局"),
        sheet.text("payee_name", "收款单位", required=True, max_length=120, example="示例西部市财政局"),
    ),
    checks=(checks.amount_positive, checks.day_believable("released_on"), checks.project_matches_kind),
)  # fmt: skip

RECEIPT = sheet.sheet(
    "funds.receipt", "资金到账", key=("voucher_no",), action=actions.receive,
    note="对方跨区域拨付的资金到账后登记；与对方的拨付对照，不重复计入合计。",
    columns=(
        *belonging(),
        sheet.code("voucher_no", "到账凭证号", example="DZ-2021-001"),
        sheet.ref("release_key", "拨付编号", to="funds.release", required=True, example="BF-2021-001"),
        _source(),
        sheet.money("amount_fen", "到账金额（元）", required=True, project_size=True, example="39000000.00"),
        sheet.day("received_on", "到账日期", required=True, example="2021-07-22"),
    ),
    checks=(checks.amount_positive, checks.day_believable("received_on")),
)  # fmt: skip

PAYMENT = sheet.sheet(
    "funds.payment", "资金支付", key=("voucher_no",), action=actions.record_payment,
    columns=(
        *belonging(),
        sheet.code("voucher_no", "凭证号", example="ZF-2021-0001"),
        _source(),
        _project(required=True),
        sheet.text("payee_name", "收款人", required=True, max_length=120, note="收款单位名称；个人写“农户”等统称，不写姓名", example="示例建设有限公司"),
        sheet.credit_code("payee_code", "收款单位统一社会信用代码"),
        sheet.ref("contract_key", "合同编号", to="projects.contract"),
        sheet.money("amount_fen", "支付金额（元）", required=True, example="440000.00"),
        sheet.day("paid_on", "支付日期", required=True, example="2021-11-15"),
    ),
    checks=(checks.amount_positive, checks.day_believable("paid_on")),
)  # fmt: skip

REFUND = sheet.sheet(
    "funds.refund", "资金退回", key=("document_no", "project_key"), action=actions.refund,
    columns=(
        *belonging(),
        sheet.code("document_no", "文号", example="示例财收〔2022〕3号"),
        _source(),
        _project(),
        sheet.money("amount_fen", "退回金额（元）", required=True, example="35000.00"),
        sheet.day("refunded_on", "退回日期", required=True, example="2022-12-10"),
    ),
    checks=(checks.amount_positive, checks.day_believable("refunded_on")),
)  # fmt: skip

CARRY_OVER = sheet.sheet(
    "funds.carryover", "资金结转", key=("source_key", "project_key", "from_year"), action=actions.carry_over,
    columns=(
        *belonging(),
        _source(),
        _project(),
        sheet.whole("from_year", "转出年度", minimum=1996, maximum=2100, example="2021"),
        sheet.whole("to_year", "转入年度", minimum=1996, maximum=2100, required=True, example="2022"),
        sheet.money("amount_fen", "结转金额（元）", required=True, example="600000.00"),
        sheet.day("carried_on", "结转日期", required=True, example="2021-12-31"),
        sheet.code("document_no", "文号"),
    ),
    checks=(checks.amount_positive, checks.years_follow),
)  # fmt: skip
