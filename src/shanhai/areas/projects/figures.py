"""Figures of projects."""

from typing import Any

from shanhai.figures import declare

PROJECT = declare.table(
    "projects.project", stage="planned", proposed_on="date", field_code="string", class_code="string", parent_key="string",
    planned_fen="fen", plan_year="int64", name="string", short_name="string",
)  # fmt: skip
MILESTONE = declare.table("projects.milestone", project_key="string", step_code="string", happened_on="date")
CONTRACT = declare.table("projects.contract", stage="signed", project_key="string", amount_fen="fen", signed_on="date")
ACCEPTANCE = declare.table(
    "projects.acceptance", project_key="string", final_fen="fen", accepted_on="date", result_code="string"
)
ASSET = declare.table(
    "projects.asset", project_key="string", value_fen="fen", registered_on="date", class_code="string"
)

_SLICES = {"project": "project_key"}
declare.named("project", PROJECT, ("name", "short_name"))


def _moved(milestone: Any, project: Any, step: str) -> Any:
    """Moves to a step of projects that are not part of another project."""
    whole = project.filter(project.parent_key == "")
    return milestone.filter(milestone.step_code == step).semi_join(
        whole, declare.refers(milestone, "project_key", whole)
    )


@declare.figure(
    "projects.started", zh="实施项目数", en="Projects started", unit="project", time="flow", stage="achieved",
    reads=(MILESTONE, PROJECT), how="count_distinct", column="project_key", on="happened_on",
    rule="期内开工的项目个数；子项目不单独计数，同一项目只计一次。", basis="术语表 A4 第 76 条（开工）",
    words=declare.words(
        measure=(
            "实施", "开工", "启动", "推进", "建设", "落地", "安排", "建成", "完成", "落实", "承接", "办成", "办了", "做了", "干成",
            "协作项目", "帮扶项目", "援建", "上马", "支持", "开展", "推动", "建了", "谋划实施", "资助", "相继", "项目#", "项目共#", "项目：#",
            "项目数#", "项目总数#", "项目数是#", "项目达#", "项目有#", "项目超#", "项目超过#", "项目近#", "项目合计#",
        ),
        excluded=(
            "签约", "招商", "引进", "引入", "入库", "验收", "完工", "竣工", "储备", "服务事项", "通办", "培训项目", "合作项目签", "滞后", "未", "招引", "技改", "手术",
            "检查项目", "检验", "问题", "整改", "审计", "停工", "企业投资", "单个", "计划", "体育", "比赛", "投产", "社会捐", "每年", "申报", "获奖", "纠纷", "个村", "产业项目",
            "工业项目", "重点项目", "技改项目", "共富项目", "招商项目",
        ),
    ),
)  # fmt: skip
def started(milestone: Any, project: Any) -> Any:
    """Projects that began work."""
    return _moved(milestone, project, "started")


@declare.figure(
    "projects.completed", zh="完工项目数", en="Projects completed", unit="project", time="flow", stage="achieved",
    reads=(MILESTONE, PROJECT), how="count_distinct", column="project_key", on="happened_on",
    rule="期内完工的项目个数；完工不等于验收。", basis="术语表 A4 第 78 条（完工、竣工）",
    words=declare.words(measure=("完工", "竣工"), excluded=("签约", "招商", "企业", "未", "尚未")),
)  # fmt: skip
def completed(milestone: Any, project: Any) -> Any:
    """Projects whose work is finished."""
    return _moved(milestone, project, "completed")


@declare.figure(
    "projects.accepted", zh="验收项目数", en="Projects accepted", unit="project", time="flow", stage="achieved",
    reads=(MILESTONE, PROJECT), how="count_distinct", column="project_key", on="happened_on",
    rule="期内通过验收的项目个数。", basis="术语表 A4 第 79 条（验收）",
    words=declare.words(measure=("验收",), excluded=("未验收", "待验收", "尚未", "招商")),
)  # fmt: skip
def accepted(milestone: Any, project: Any) -> Any:
    """Projects accepted by the joint check."""
    return _moved(milestone, project, "accepted")


@declare.figure(
    "projects.in_library", zh="入库项目数", en="Projects in the library", unit="project", time="flow", stage="achieved",
    reads=(MILESTONE, PROJECT), how="count_distinct", column="project_key", on="happened_on",
    rule="期内进入项目库的项目个数；只有入库项目才能安排资金。", basis="术语表 A4 第 70、71 条（项目库、入库）",
    words=declare.words(measure=("入库", "储备", "项目库"), excluded=("招商", "企业")),
)  # fmt: skip
def in_library(milestone: Any, project: Any) -> Any:
    """Projects vetted into the library."""
    return _moved(milestone, project, "library")


@declare.figure(
    "projects.planned_money", zh="计划总投资", en="Planned total investment", unit="CNY", time="flow", stage="planned",
    reads=(PROJECT,), how="sum", column="planned_fen", on="proposed_on",
    slices={"field": "field_code", "project": "key"},
    rule="期内申报的项目计划总投资之和；计划数与下达数不是一回事，子项目含在上级项目内。", basis="术语表 A4 第 73 条（年度项目计划）、A3 第 62 条",
    words=declare.words(
        measure=("计划投资", "计划总投资", "拟投资", "总投资"), object=("协作项目", "入库项目", "申报项目", "帮扶项目"),
        excluded=("二期", "三期", "企业", "公司", "社会资本", "自筹", "招商", "明年", "未来"),
    ),
)  # fmt: skip
def planned_money(project: Any) -> Any:
    """Projects that are not part of another and have a plan."""
    return project.filter((project.parent_key == "") & project.planned_fen.notnull())


@declare.figure(
    "projects.contract_sum", zh="合同金额", en="Contract sum", unit="CNY", time="flow", stage="signed",
    reads=(CONTRACT,), how="sum", column="amount_fen", on="signed_on", slices=_SLICES,
    rule="期内签订的项目合同金额之和；签订不等于支付。", basis="术语表 A4 第 75 条（招标投标、政府采购）",
    words=declare.words(
        measure=("合同金额", "合同总额", "合同总价", "签订合同", "中标金额", "签订施工合同"), object=("合同", "中标"),
        excluded=("采购合同", "购销", "引资", "招商", "投资合同", "订单", "企业", "劳动合同", "销售"),
    ),
)  # fmt: skip
def contract_sum(contract: Any) -> Any:
    """Every contract."""
    return contract


@declare.figure(
    "projects.final_cost", zh="结算审定金额", en="Final cost", unit="CNY", time="flow", stage="achieved",
    reads=(ACCEPTANCE,), how="sum", column="final_fen", on="accepted_on", slices=_SLICES,
    rule="期内验收项目的结算审定金额之和。", basis="术语表 A4 第 80 条（结算审核、决算）",
    words=declare.words(measure=("结算", "审定", "决算"), object=("金额", "造价", "结算", "决算", "审定"), excluded=("医保", "药费", "货款")),
)  # fmt: skip
def final_cost(acceptance: Any) -> Any:
    """Acceptances with a checked final cost."""
    return acceptance.filter(acceptance.final_fen.notnull() & (acceptance.result_code != "failed"))


@declare.figure(
    "projects.assets_value", zh="项目资产原值", en="Value of project assets", unit="CNY", time="flow", stage="achieved",
    reads=(ASSET,), how="sum", column="value_fen", on="registered_on", slices={"class": "class_code", "project": "project_key"},
    rule="期内确权登记的帮扶项目资产原值之和。", basis="术语表 A4 第 81、85 条（项目资产、确权登记）；国办函〔2021〕51号",
    words=declare.words(measure=("形成", "确权", "登记", "移交"), object=("项目资产", "帮扶资产", "资产"), excluded=("企业", "资产收益", "村集体资产总")),
)  # fmt: skip
def assets_value(asset: Any) -> Any:
    """Every asset entered in the ledger."""
    return asset
