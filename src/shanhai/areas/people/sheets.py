"""Worksheets of the registers of people and households, and of the decisions on them."""

from datetime import date

from shanhai.areas.people import actions, checks
from shanhai.base.identifiers import example_identity
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging
from shanhai.reference.terms import HouseholdKind, MergeKind, MergeVerdict

HOUSEHOLD = sheet.sheet(
    "reference.household", "农户", key=("household_no",), action=actions.register_households,
    note="一户一行；人另外登记在“人员”表。",
    columns=(
        *belonging(),
        sheet.code("household_no", "户编号", example="NH-0001"),
        sheet.region("region_code", "所在地", required=True, example="511381"),
        sheet.text("village", "村（社区）", max_length=60, example="示例村"),
        sheet.whole("member_count", "人口数", minimum=1, required=True, example="4"),
        sheet.choice("kind_code", "户类型", choices=dict(HouseholdKind.choices), required=True, example="脱贫户", note="登记当日的户类型"),
    ),
)  # fmt: skip

PERSON = sheet.sheet(
    "reference.person", "人员", key=("person_no",), action=actions.register_people,
    note="姓名和身份证号码加密保存，页面、导出和日志里只显示掩码。",
    columns=(
        *belonging(),
        sheet.code("person_no", "人员编号", example="RY-0001"),
        sheet.text("name", "姓名", required=True, max_length=40, example="示例乙"),
        sheet.identity("identity", "身份证号码", note="18 位，文本格式；没有的填出生日期", example=example_identity(3, date(1988, 5, 20))),
        sheet.day("birth_on", "出生日期", note="没有身份证号码的填写"),
        sheet.ref("household_key", "户编号", to="reference.household", note="知道属于哪一户的填写", example="NH-0001"),
    ),
    checks=(checks.told_apart_somehow,),
)  # fmt: skip

MERGE = sheet.sheet(
    "reference.merge", "同一认定", key=("merge_no",), action=actions.decide,
    note="认定两条记录是同一个人（户），或者不是；两条记录都保留，撤销后各自恢复。",
    columns=(
        *belonging(),
        sheet.code("merge_no", "认定编号", example="RD-2024-001"),
        sheet.choice("kind_code", "对象", choices=dict(MergeKind.choices), required=True, example="人员"),
        sheet.code("left_key", "第一个编号", required=True, example="RY-0001"),
        sheet.code("right_key", "第二个编号", required=True, example="RY-0002"),
        sheet.choice("verdict_code", "结论", choices=dict(MergeVerdict.choices), required=True, example="是同一个"),
        sheet.day("decided_on", "认定日期", required=True, example="2024-06-20"),
        sheet.text("basis", "依据", required=True, max_length=200, example="村委会核实，两次登记为同一人"),
        sheet.day("revoked_on", "撤销日期", note="撤销认定时填写"),
    ),
    checks=(checks.two_different_records, checks.revoked_after_decided),
)  # fmt: skip
