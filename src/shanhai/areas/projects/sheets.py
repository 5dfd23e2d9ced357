"""Worksheets of projects and what they leave behind."""

from shanhai.areas.projects import actions, checks
from shanhai.areas.projects.terms import AcceptanceResult, AssetClass, ProjectClass, Step
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging
from shanhai.journal.terms import FIELD_CHOICES


def _project(*, required: bool = False) -> sheet.ref:
    """The column that names the project a row belongs to."""
    return sheet.ref("project_key", "项目编号", to="projects.project", required=required, example="XM-2021-001")


PROJECT = sheet.sheet(
    "projects.project", "协作项目", key=("project_no",), action=actions.propose,
    columns=(
        *belonging(),
        sheet.code("project_no", "项目编号", note="一个项目一个编号，终身不变", example="XM-2021-001"),
        sheet.text("name", "项目名称", required=True, max_length=200, example="示例乡镇卫生院门诊楼建设项目"),
        sheet.text("short_name", "简称", max_length=120, note="文章里常用的叫法，多个用顿号分开", example="示例卫生院"),
        sheet.choice("field_code", "领域", choices=dict(FIELD_CHOICES), required=True, example="医疗帮扶"),
        sheet.choice("class_code", "项目类别", choices=dict(ProjectClass.choices), required=True, example="公益类"),
        sheet.region("region_code", "所在地", required=True, example="511381"),
        sheet.text("town", "乡镇（街道）", max_length=60, example="老观镇"),
        sheet.text("owner_unit", "项目单位", required=True, max_length=120, example="示例卫生院"),
        sheet.text("implementing_unit", "实施单位", max_length=120),
        sheet.text("authority_unit", "主管部门", max_length=120, example="示例市卫生健康局"),
        sheet.ref("parent_key", "上级项目", to="projects.project", note="子项目填写所属项目的编号；子项目不单独计数"),
        sheet.money("planned_fen", "计划总投资（元）", example="1500000.00"),
        sheet.whole("plan_year", "计划年度", minimum=1996, maximum=2100, required=True, example="2021"),
        sheet.day("proposed_on", "申报日期", required=True, example="2021-07-05"),
    ),
    checks=(checks.planned_money_not_negative,),
)  # fmt: skip

MILESTONE = sheet.sheet(
    "projects.milestone", "项目节点", key=("project_key", "step_code", "happened_on"), action=actions.move,
    note="项目从申报到管护，每走一步登记一行，写明日期和文号。",
    columns=(
        *belonging(),
        _project(),
        sheet.choice("step_code", "节点", choices=dict(Step.choices), required=True, example="开工"),
        sheet.day("happened_on", "日期", example="2021-10-08"),
        sheet.code("document_no", "文号或凭据", required=True, max_length=120, example="示例开工令〔2021〕1号"),
        sheet.decimal("progress_percent", "形象进度（%）", places=2, minimum=0, maximum=100, percent=True, note="节点为“进度”时填写"),
        sheet.text("note", "说明", max_length=200),
    ),
    checks=(checks.progress_only_with_progress,),
)  # fmt: skip

SITE = sheet.sheet(
    "projects.site", "项目点位", key=("project_key", "site_no"), action=actions.place,
    columns=(
        *belonging(),
        _project(),
        sheet.code("site_no", "点位号", example="1"),
        sheet.text("name", "点位名称", required=True, max_length=120, example="门诊楼工地"),
        sheet.text("town", "乡镇（街道）", required=True, max_length=60, example="老观镇"),
        sheet.day("opened_on", "登记日期", required=True, example="2021-09-01"),
    ),
)  # fmt: skip

CONTRACT = sheet.sheet(
    "projects.contract", "项目合同", key=("contract_no",), action=actions.sign_contract,
    columns=(
        *belonging(),
        sheet.code("contract_no", "合同编号", example="HT-2021-001"),
        _project(required=True),
        sheet.text("party_name", "承包或供货单位", required=True, max_length=120, example="示例建设有限公司"),
        sheet.credit_code("party_code", "统一社会信用代码"),
        sheet.money("amount_fen", "合同金额（元）", required=True, project_size=True, example="1480000.00"),
        sheet.day("signed_on", "签订日期", required=True, example="2021-09-20"),
    ),
    checks=(checks.contract_amount_positive,),
)  # fmt: skip

ACCEPTANCE = sheet.sheet(
    "projects.acceptance", "项目验收", key=("project_key", "accepted_on"), action=actions.accept,
    columns=(
        *belonging(),
        _project(),
        sheet.choice("result_code", "验收结论", choices=dict(AcceptanceResult.choices), required=True, example="合格"),
        sheet.day("accepted_on", "验收日期", example="2022-08-20"),
        sheet.code("document_no", "验收文号", required=True, max_length=120, example="示例验〔2022〕1号"),
        sheet.money("final_fen", "结算审定金额（元）", example="1465000.00"),
    ),
)  # fmt: skip

ASSET = sheet.sheet(
    "projects.asset", "帮扶项目资产", key=("asset_no",), action=actions.register_assets,
    columns=(
        *belonging(),
        sheet.code("asset_no", "资产编号", example="ZC-2022-001"),
        _project(required=True),
        sheet.text("name", "资产名称", required=True, max_length=120, example="门诊楼"),
        sheet.choice("class_code", "资产类别", choices=dict(AssetClass.choices), required=True, example="公益性资产"),
        sheet.money("value_fen", "资产原值（元）", required=True, example="1465000.00"),
        sheet.text("owner_unit", "产权单位", required=True, max_length=120, example="示例卫生院"),
        sheet.text("keeper_unit", "管护单位", max_length=120, example="示例卫生院"),
        sheet.day("registered_on", "确权登记日期", required=True, example="2022-10-10"),
    ),
)  # fmt: skip

HANDOVER = sheet.sheet(
    "projects.handover", "资产移交", key=("asset_key", "handed_on"), action=actions.hand_over,
    columns=(
        *belonging(),
        sheet.ref("asset_key", "资产编号", to="projects.asset", example="ZC-2022-001"),
        sheet.text("from_unit", "移交单位", required=True, max_length=120, example="示例市卫生健康局"),
        sheet.text("to_unit", "接收单位", required=True, max_length=120, example="示例卫生院"),
        sheet.day("handed_on", "移交日期", example="2022-11-01"),
        sheet.code("document_no", "移交凭据", required=True, max_length=120, example="示例移交书〔2022〕1号"),
    ),
)  # fmt: skip
