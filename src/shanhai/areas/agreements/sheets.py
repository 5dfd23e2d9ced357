"""Worksheets of agreements and exchange, and of the pairings, bodies and closings they bring in."""

from datetime import date

from shanhai.areas.agreements import actions, checks
from shanhai.areas.agreements.terms import AgreementKind, Direction, MeetingKind, TeamRole
from shanhai.base.identifiers import example_identity, example_organisation
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging
from shanhai.journal.terms import FIELD_CHOICES, Scheme
from shanhai.reference.terms import OrganisationKind, RegionLevel

FIELDS = dict(FIELD_CHOICES)

PAIRING = sheet.sheet(
    "reference.pairing", "结对关系", key=("pairing_no",), action=actions.pair,
    note="先登记结对关系，其他记录才有归属。",
    columns=(
        *belonging("east"),
        sheet.code("pairing_no", "结对编号", note="同一双方的不同轮次各占一行", example="JD-2021"),
        sheet.choice("scheme", "协作机制", choices=dict(Scheme.choices), required=True, example="东西部协作"),
        sheet.choice("level", "级别", choices=dict(RegionLevel.choices), required=True, example="县级"),
        sheet.whole("round_no", "轮次", minimum=1, required=True, note="首轮填 1，新一轮填 2", example="2"),
        sheet.region("east_code", "帮扶方", required=True, note="行政区划代码", example="331081"),
        sheet.region("west_code", "受援方", required=True, note="行政区划代码", example="511381"),
        sheet.day("first_on", "开始日期", partial=True, required=True, note="知道到哪一级写到哪一级：年、年月或年月日", example="2021-06"),
        sheet.day("last_on", "结束日期", note="仍在结对的不填"),
        sheet.code("document_no", "文号", note="结对文件的文号"),
        sheet.yes_no("is_example", "示例数据", required=True, example="否", note="填“是”的结对关系，每一页都标明记录是重建或虚构的；只有它接受示例号段的证件号码"),
    ),
    checks=(checks.sides_differ, checks.ends_after_it_begins("first_on", "last_on")),
)  # fmt: skip

CLOSING = sheet.sheet(
    "reference.closing", "关账记录", key=("closed_on",), action=actions.close,
    note="声明截至某日的记录已登记完整；核对文章时以最近一次关账日为准。",
    columns=(
        *belonging(),
        sheet.day("closed_on", "截止日期", note="记录完整到哪一天", example="2024-06-30"),
        sheet.text("closed_by", "关账人", required=True, max_length=60, example="示例：协作办负责人"),
        sheet.text("note", "说明", max_length=200),
    ),
)  # fmt: skip

ORGANISATION = sheet.sheet(
    "reference.organisation", "单位", key=("credit_code",), action=actions.register_organisations,
    columns=(
        *belonging(),
        sheet.credit_code("credit_code", "统一社会信用代码", note="18 位，文本格式", example=example_organisation(1)),
        sheet.text("name", "单位名称", required=True, max_length=120, example="示例建设有限公司"),
        sheet.choice("kind", "单位类别", choices=dict(OrganisationKind.choices), required=True, example="企业"),
        sheet.region("region_code", "所在地", required=True, example="511381"),
    ),
)  # fmt: skip

AGREEMENT = sheet.sheet(
    "agreements.agreement", "协作协议", key=("agreement_no",), action=actions.sign,
    columns=(
        *belonging(),
        sheet.code("agreement_no", "协议编号", example="XY-2021-01"),
        sheet.text("title", "协议名称", required=True, max_length=200, example="“跨省通办”合作协议"),
        sheet.choice("kind_code", "协议类别", choices=dict(AgreementKind.choices), required=True, example="专项协议"),
        sheet.choice("field_code", "领域", choices=FIELDS, note="专项协议填写所属领域", example="政务服务"),
        sheet.text("east_party", "东部签约单位", required=True, max_length=120, example="温岭市行政服务中心"),
        sheet.text("west_party", "西部签约单位", required=True, max_length=120, example="阆中市行政审批局"),
        sheet.day("signed_on", "签订日期", required=True, example="2021-09-16"),
        sheet.day("first_on", "生效日期"),
        sheet.day("last_on", "终止日期"),
        sheet.code("document_no", "文号"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"),),
)  # fmt: skip

CLAUSE = sheet.sheet(
    "agreements.clause", "协议条款", key=("agreement_key", "clause_no"), action=actions.state_clauses,
    columns=(
        *belonging(),
        sheet.ref("agreement_key", "协议编号", to="agreements.agreement", example="XY-2021-01"),
        sheet.code("clause_no", "条款号", example="3"),
        sheet.text("wording", "条款内容", required=True, example="双方窗口互认材料，不再要求群众往返提交。"),
        sheet.text("granted_to", "受益方", max_length=120, example="两地群众"),
        sheet.day("last_on", "到期日期", note="条款有期限的填写", example="2026-09-15"),
    ),
)  # fmt: skip

TARGET = sheet.sheet(
    "agreements.target", "年度目标", key=("agreement_key", "target_year", "figure"), action=actions.set_targets,
    columns=(
        *belonging(),
        sheet.ref("agreement_key", "协议编号", to="agreements.agreement", example="XY-2021-01"),
        sheet.whole("target_year", "年度", minimum=1996, maximum=2100, example="2023"),
        sheet.code("figure", "指标", note="指标名，如 funds.arranged；见指标目录", example="funds.arranged", max_length=80),
        sheet.decimal("amount", "目标值", places=2, required=True, minimum=0, example="39000000"),
        sheet.text("unit", "单位", required=True, max_length=20, example="元"),
    ),
)  # fmt: skip

MEETING = sheet.sheet(
    "agreements.meeting", "会议", key=("meeting_no",), action=actions.meet,
    columns=(
        *belonging(),
        sheet.code("meeting_no", "会议编号", note="双方共同召开的会议只登记一次", example="HY-2023-01"),
        sheet.choice("kind_code", "会议类别", choices=dict(MeetingKind.choices), required=True, example="联席会议"),
        sheet.text("title", "会议名称", required=True, max_length=200, example="东西部协作联席会议"),
        sheet.day("held_on", "召开日期", required=True, example="2023-04-12"),
        sheet.text("place", "地点", max_length=80, example="阆中"),
        sheet.code("document_no", "纪要文号", example="示例纪要〔2023〕1号"),
    ),
)  # fmt: skip

VISIT = sheet.sheet(
    "agreements.visit", "互访", key=("visit_no",), action=actions.visit,
    columns=(
        *belonging(),
        sheet.code("visit_no", "互访编号", example="HF-2023-01"),
        sheet.choice("direction_code", "方向", choices=dict(Direction.choices), required=True, example="东部赴西部"),
        sheet.text("title", "考察事项", required=True, max_length=200, example="产业园区建设考察"),
        sheet.text("led_by", "带队职务", max_length=80, note="写职务，不写姓名", example="市政府分管负责人"),
        sheet.day("started_on", "开始日期", required=True, example="2023-05-08"),
        sheet.whole("person_time_count", "人次", minimum=1, required=True, example="12"),
    ),
)  # fmt: skip

WORKING_TEAM = sheet.sheet(
    "agreements.workingteam", "帮扶工作队", key=("team_no",), action=actions.send_teams,
    columns=(
        *belonging("east"),
        sheet.code("team_no", "工作队编号", example="GZD-2021"),
        sheet.text("name", "工作队名称", required=True, max_length=120, example="温岭驻阆中工作队"),
        sheet.text("station", "驻地", required=True, max_length=80, example="阆中市"),
        sheet.day("first_on", "派驻日期", required=True, example="2021-06-15"),
        sheet.day("last_on", "期满日期", example="2024-06-14"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"),),
)  # fmt: skip

TEAM_MEMBER = sheet.sheet(
    "agreements.teammember", "工作队成员", key=("member_no",), action=actions.join_teams,
    note="姓名和身份证号码加密保存，页面、导出和日志里只显示掩码。",
    columns=(
        *belonging("east"),
        sheet.code("member_no", "成员编号", example="GZD-2021-01"),
        sheet.ref("team_key", "工作队编号", to="agreements.workingteam", required=True, example="GZD-2021"),
        sheet.text("name", "姓名", required=True, max_length=40, example="示例甲"),
        sheet.identity("identity", "身份证号码", required=True, note="18 位，文本格式", example=example_identity(1, date(1985, 3, 12))),
        sheet.choice("role_code", "队内职务", choices=dict(TeamRole.choices), required=True, example="队长"),
        sheet.text("home_unit", "派出单位", required=True, max_length=120, example="示例市发展和改革局"),
        sheet.day("first_on", "到任日期", required=True, example="2021-06-15"),
        sheet.day("last_on", "离任日期"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"), checks.one_leader_per_team),
)  # fmt: skip
