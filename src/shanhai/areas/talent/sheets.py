"""Worksheets of talent exchange: settings first, then postings, mentors, courses and who signed in."""

from shanhai.areas.talent import actions, checks
from shanhai.areas.talent.terms import (
    CourseKind,
    Direction,
    InstitutionKind,
    Outcome,
    PostingKind,
    ResultKind,
    Role,
    Trade,
    Venue,
)
from shanhai.intake import declare as sheet
from shanhai.intake.belonging import belonging


def _person(field: str = "person_key", zh: str = "人员编号", *, example: str = "RY-0001") -> sheet.ref:
    """The column that names a person of the register."""
    note = "先在“人员”表里登记；姓名和身份证号码只登记在那里"
    return sheet.ref(field, zh, to="reference.person", required=True, note=note, example=example)


INSTITUTION = sheet.sheet(
    "talent.institution", "人才机构", key=("institution_no",), action=actions.found_institutions,
    note="协作建成的学院、实训基地、专家工作站；一家登记一行。",
    columns=(
        *belonging(),
        sheet.code("institution_no", "机构编号", example="RCJG-01"),
        sheet.text("name", "机构名称", required=True, max_length=120, example="示例乡村振兴学院"),
        sheet.choice("kind_code", "机构类别", choices=dict(InstitutionKind.choices), required=True, example="乡村振兴学院"),
        sheet.text("place", "所在地", required=True, max_length=120, example="阆中市天宫镇"),
        sheet.text("unit_name", "主管单位", max_length=120, example="示例市委组织部"),
        sheet.day("opened_on", "成立日期", required=True, example="2022-10-12"),
        sheet.code("document_no", "批准文号", example="示例阆组〔2022〕18号"),
    ),
)  # fmt: skip

MINIMUM_TERM = sheet.sheet(
    "talent.minimumterm", "最短期限", key=("kind_code", "first_on"), action=actions.set_minimum,
    note="一类人才选派至少满几个月才算达到期限；是本结对关系的设定，写明依据。",
    columns=(
        *belonging(),
        sheet.choice("kind_code", "人才类别", choices=dict(PostingKind.choices), example="教师"),
        sheet.whole("month_count", "最短月数", minimum=1, maximum=60, required=True, example="12"),
        sheet.day("first_on", "执行日期", note="从哪一天到岗的选派起执行", example="2021-06-01"),
        sheet.day("last_on", "停止执行日期", note="仍在执行的不填"),
        sheet.code("document_no", "依据文号", required=True, example="示例浙川协〔2021〕9号"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"),),
)  # fmt: skip

SECONDMENT = sheet.sheet(
    "talent.secondment", "人才选派", key=("secondment_no",), action=actions.send,
    note="一个人到对方任职一次登记一行；到岗、离岗填实际日期，由对方确认。一个人同一时间只能在一个地方。",
    columns=(
        *belonging("east"),
        sheet.code("secondment_no", "选派编号", example="XP-2022-001"),
        _person(),
        sheet.choice("direction_code", "方向", choices=dict(Direction.choices), required=True, example="东部派往西部"),
        sheet.choice("kind_code", "人才类别", choices=dict(PostingKind.choices), required=True, example="教师"),
        sheet.choice("role_code", "任职", choices=dict(Role.choices), required=True, example="副校长"),
        sheet.text("post", "职务", required=True, max_length=80, note="写任命文件上的职务", example="副校长（挂职）"),
        sheet.text("from_unit", "派出单位", required=True, max_length=120, example="示例市第一中学"),
        sheet.text("to_unit", "接收单位", required=True, max_length=120, example="示例实验学校"),
        sheet.day("first_on", "计划开始日期", required=True, example="2022-08-25"),
        sheet.day("last_on", "计划结束日期", required=True, note="延期的更正这一格", example="2023-08-24"),
        sheet.day("arrived_on", "到岗日期", note="实际到岗后填写", example="2022-08-26"),
        sheet.day("left_on", "离岗日期", note="实际离岗后填写；仍在岗的不填", example="2023-08-24"),
        sheet.day("cancelled_on", "取消日期", note="没有成行的填写"),
        sheet.code("document_no", "文号", example="示例温组〔2022〕31号"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"), checks.left_after_arriving, checks.cancelled_or_arrived),
)  # fmt: skip

POSTING_RESULT = sheet.sheet(
    "talent.postingresult", "返岗成效", key=("result_no",), action=actions.state_results,
    note="选派的人返回以后有什么成效，写明依据。",
    columns=(
        *belonging("east"),
        sheet.code("result_no", "成效编号", example="FG-2023-001"),
        sheet.ref("secondment_key", "选派编号", to="talent.secondment", required=True, example="XP-2022-001"),
        sheet.choice("result_code", "成效类别", choices=dict(ResultKind.choices), required=True, example="成为业务骨干"),
        sheet.text("detail", "成效说明", required=True, max_length=200, example="牵头两校集体备课"),
        sheet.day("stated_on", "认定日期", required=True, example="2023-12-20"),
        sheet.code("document_no", "依据文号", example="示例温教〔2023〕66号"),
    ),
)  # fmt: skip

MENTOR_GROUP = sheet.sheet(
    "talent.mentorgroup", "师徒小组", key=("group_no",), action=actions.form_groups,
    columns=(
        *belonging(),
        sheet.code("group_no", "小组编号", example="STZ-2022-01"),
        sheet.text("name", "小组名称", required=True, max_length=120, example="小学语文师徒小组"),
        sheet.choice("trade_code", "传授领域", choices=dict(Trade.choices), required=True, example="教学"),
        sheet.text("unit_name", "所在单位", required=True, max_length=120, example="示例实验学校"),
        sheet.day("first_on", "组建日期", required=True, example="2022-09-10"),
        sheet.day("last_on", "结束日期"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"),),
)  # fmt: skip

MENTOR_PAIR = sheet.sheet(
    "talent.mentorpair", "师徒结对", key=("pair_no",), action=actions.pair_mentors,
    note="一名师傅带一名徒弟登记一行；一名师傅带几名徒弟登记几行。",
    columns=(
        *belonging("east"),
        sheet.code("pair_no", "结对编号", example="ST-2022-001"),
        _person("mentor_key", "师傅人员编号", example="RY-0001"),
        _person("person_key", "徒弟人员编号", example="RY-0002"),
        sheet.ref("group_key", "小组编号", to="talent.mentorgroup", example="STZ-2022-01"),
        sheet.choice("trade_code", "传授领域", choices=dict(Trade.choices), required=True, example="教学"),
        sheet.text("unit_name", "徒弟所在单位", required=True, max_length=120, example="示例实验学校"),
        sheet.text("goal", "约定目标", required=True, max_length=200, example="一学年上两节校级公开课"),
        sheet.day("first_on", "结对日期", required=True, example="2022-09-10"),
        sheet.day("last_on", "期满日期", example="2023-07-10"),
        sheet.choice("outcome_code", "期满考核", choices=dict(Outcome.choices), example="达到约定目标"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"), checks.two_people("mentor_key", "person_key")),
)  # fmt: skip

PAIRED_OFFICIALS = sheet.sheet(
    "talent.pairedofficials", "干部结对", key=("pair_no",), action=actions.pair_officials,
    note="两地党政干部“结对子”，各在原岗位，一对登记一行。",
    columns=(
        *belonging(),
        sheet.code("pair_no", "结对编号", example="GB-2022-001"),
        _person("east_key", "东部干部人员编号", example="RY-0003"),
        _person("west_key", "西部干部人员编号", example="RY-0004"),
        sheet.text("east_unit", "东部单位", required=True, max_length=120, example="示例市农业农村局"),
        sheet.text("west_unit", "西部单位", required=True, max_length=120, example="示例市农业农村局（西）"),
        sheet.day("first_on", "结对日期", required=True, example="2022-03-15"),
        sheet.day("last_on", "结束日期"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"), checks.two_people("east_key", "west_key")),
)  # fmt: skip

COURSE = sheet.sheet(
    "talent.course", "培训班", key=("course_no",), action=actions.plan_courses,
    note="登记的是计划；有人签到，才算办过。",
    columns=(
        *belonging(),
        sheet.code("course_no", "培训班编号", example="PX-2023-01"),
        sheet.text("title", "培训班名称", required=True, max_length=200, example="示例：乡村振兴干部培训班"),
        sheet.choice("kind_code", "培训类别", choices=dict(CourseKind.choices), required=True, example="党政干部培训"),
        sheet.choice("venue_code", "举办地", choices=dict(Venue.choices), required=True, example="西部"),
        sheet.text("place", "地点", required=True, max_length=80, example="示例乡村振兴学院"),
        sheet.text("organiser", "主办单位", required=True, max_length=120, example="示例市委组织部"),
        sheet.day("first_on", "开班日期", required=True, example="2023-05-15"),
        sheet.day("last_on", "结班日期", required=True, example="2023-05-17"),
        sheet.whole("planned_person_count", "计划人数", minimum=1, example="40"),
        sheet.code("document_no", "文号", example="示例阆组〔2023〕12号"),
    ),
    checks=(checks.ends_after_it_begins("first_on", "last_on"),),
)  # fmt: skip

COURSE_DAY = sheet.sheet(
    "talent.courseday", "培训日", key=("course_key", "held_on"), action=actions.plan_days,
    note="培训班的每一天一行；每天签到一次。",
    columns=(
        *belonging(),
        sheet.ref("course_key", "培训班编号", to="talent.course", example="PX-2023-01"),
        sheet.day("held_on", "培训日期", example="2023-05-15"),
        sheet.text("topic", "内容", required=True, max_length=200, example="乡村产业发展"),
        sheet.whole("hour_count", "学时", minimum=1, maximum=12, required=True, example="6"),
    ),
)  # fmt: skip

ATTENDANCE = sheet.sheet(
    "talent.attendance", "培训签到", key=("course_key", "attended_on", "person_key"), action=actions.list_attendance,
    note="签到名单：一人一天一行。现场也可以用培训班页面上的二维码签到。",
    columns=(
        *belonging(),
        sheet.ref("course_key", "培训班编号", to="talent.course", example="PX-2023-01"),
        sheet.day("attended_on", "签到日期", example="2023-05-15"),
        sheet.ref("person_key", "人员编号", to="reference.person", example="RY-0005"),
    ),
)  # fmt: skip
