"""Figures of talent exchange: institutions, postings, mentors, courses."""

from typing import Any

import ibis

from shanhai.figures import declare, people

INSTITUTION = declare.table("talent.institution", kind_code="string", opened_on="date")
SECONDMENT = declare.table(
    "talent.secondment", person_key="string", direction_code="string", kind_code="string", role_code="string",
    arrived_on="date", left_on="date",
)  # fmt: skip
MINIMUM = declare.table("talent.minimumterm", kind_code="string", month_count="int64", first_on="date", last_on="date")
RESULT = declare.table("talent.postingresult", person_key="string", result_code="string", stated_on="date")
GROUP = declare.table("talent.mentorgroup", trade_code="string", first_on="date")
PAIR = declare.table(
    "talent.mentorpair", mentor_key="string", person_key="string", trade_code="string", first_on="date", last_on="date"
)
OFFICIALS = declare.table("talent.pairedofficials", first_on="date")
ATTENDANCE = declare.table("talent.attendance", course_key="string", person_key="string", attended_on="date")

_POSTING = {"kind": "kind_code", "direction": "direction_code", "role": "role_code"}
_BASIS = "术语表 A8 第 146—159 条（人才交流、挂职、专业技术人才）"
#: Roles in which a teacher helps to lead a school (担任副校长等职).
SCHOOL_LEADERS = ("principal", "vice_principal", "principal_aide", "school_office")
_ONE_DAY = ibis.interval(days=1)
#: Later than any day asked about: what is still in force ends then.
_ANY_DAY = ibis.date("9999-12-31")
_NOT_POSTED = (
    "招聘", "引进", "招引", "培训", "参训", "跟岗", "跟班", "志愿", "学生", "毕业", "聘用", "编制", "退休", "援疆", "援藏", "对口支援", "村民", "农户", "就业",
    "务工", "残疾", "留守", "患者", "门诊", "编外", "家庭",
)  # fmt: skip


@declare.figure(
    "talent.institutions", zh="建成人才机构", en="Institutions for talent built", unit="org", time="flow", stage="achieved",
    reads=(INSTITUTION,), how="count", on="opened_on", slices={"kind": "kind_code"},
    rule="期内成立的学院、实训基地和专家工作站的家数；一家计一次。", basis="术语表 A8 第 146 条；智力协作",
)  # fmt: skip
def institutions(institution: Any) -> Any:
    """Every institution, by the day it was founded."""
    return institution


@declare.figure(
    "talent.academies", zh="建成乡村振兴学院", en="Rural revitalisation academies built", unit="org", time="flow", stage="achieved",
    reads=(INSTITUTION,), how="count", on="opened_on",
    rule="期内成立的乡村振兴学院的家数；一家计一次，实训基地和工作站不计。", basis="术语表 A8 第 146 条；智力协作",
    words=declare.words(
        measure=("乡村振兴学院", "振兴学院", "建成", "建立", "建起", "建设", "成立", "挂牌", "组建", "办起", "创办", "创建", "设立"),
        object=("乡村振兴学院", "振兴学院"),
        excluded=("大学", "分院", "教学点", "课程", "学员", "专业"),
    ),
)  # fmt: skip
def academies(institution: Any) -> Any:
    """Academies of rural revitalisation."""
    return institution.filter(institution.kind_code == "academy")


def _posted(secondment: Any, person: Any) -> Any:
    """Postings whose person has come, each person under the key that stands for them."""
    return people.one_person(secondment.filter(secondment.arrived_on.notnull()), person)


@declare.figure(
    "talent.school_leaders", zh="东部选派担任副校长等职的教师", en="Teachers sent from the east as vice principals and similar",
    unit="person", time="flow", stage="achieved", reads=(SECONDMENT, people.PERSON), how="count_distinct",
    identity="person_key", on="arrived_on", slices={"role": "role_code"},
    rule="期内到岗、由东部派往西部学校任校长、副校长、校长助理或中层负责人的教师人数；一人任职两次只计一次。",
    basis="术语表 A8 第 147、149、150 条；A2 第 23 条",
    words=declare.words(
        measure=(
            "选派", "派出", "派来", "派驻", "派去", "派到", "派了", "委派", "输送", "担任", "出任", "任副校长", "挂任", "挂职", "当起", "当上", "充实", "走上", "派", "任", "来到",
        ),
        object=("副校长", "校长", "学校管理岗位", "学校中层", "校级领导"),
        excluded=(*_NOT_POSTED, "西部选派", "阆中选派", "赴温岭", "到温岭", "去温岭", "会议", "论坛", "座谈", "结对", "月薪", "名校长工作室"),
    ),
)  # fmt: skip
def school_leaders(secondment: Any, person: Any) -> Any:
    """Teachers from the east in a school's leadership."""
    led = secondment.filter(
        (secondment.kind_code == "teacher")
        & (secondment.direction_code == "east_to_west")
        & secondment.role_code.isin(SCHOOL_LEADERS)
    )
    return _posted(led, person)


@declare.figure(
    "talent.on_duty", zh="在岗选派人才", en="Posted people on duty", unit="person", time="stock", stage="achieved",
    reads=(SECONDMENT, people.PERSON), how="count_distinct", identity="person_key", on="arrived_on", until="left_on",
    slices=_POSTING,
    rule="截止日在岗的选派人数：已到岗、尚未离岗，离岗当天仍计在岗；按实际日期，不按计划日期；同一人只计一次。", basis=_BASIS,
    words=declare.words(
        measure=("在岗", "现有", "仍在", "在任"),
        object=("选派干部人才", "选派人才", "挂职干部人才", "互派干部人才", "干部人才"),
        excluded=_NOT_POSTED,
    ),
)  # fmt: skip
def on_duty(secondment: Any, person: Any) -> Any:
    """Postings that have begun."""
    return _posted(secondment, person)


@declare.figure(
    "talent.started", zh="新选派到岗人才", en="People whose posting started", unit="person", time="flow", stage="achieved",
    reads=(SECONDMENT, people.PERSON), how="count_distinct", identity="person_key", on="arrived_on", slices=_POSTING,
    rule="期内到岗的选派人数；同一人在期内到岗两次只计一次。", basis=_BASIS,
    words=declare.words(
        measure=("新选派", "新到岗", "新派", "新增选派"), object=("干部人才", "选派人才", "挂职干部人才"), excluded=_NOT_POSTED,
    ),
)  # fmt: skip
def started(secondment: Any, person: Any) -> Any:
    """Postings that have begun."""
    return _posted(secondment, person)


@declare.figure(
    "talent.exchanged", zh="累计互派人才", en="People exchanged in both directions", unit="person", time="cumulative",
    stage="achieved", reads=(SECONDMENT, people.PERSON), how="count_distinct", identity="person_key", on="arrived_on",
    slices=_POSTING,
    rule="到截止日为止到过岗的选派人数，两个方向合在一起；同一人只计一次。分方向、分类别另列，不相加。", basis=_BASIS,
    words=declare.words(
        measure=("互派", "双向交流", "双向选派", "双向挂职", "交流"),
        object=("干部人才", "干部和专业技术人才", "党政干部和专技人才", "干部、人才"), excluded=_NOT_POSTED,
    ),
)  # fmt: skip
def exchanged(secondment: Any, person: Any) -> Any:
    """Postings that have begun."""
    return _posted(secondment, person)


@declare.figure(
    "talent.posting_person_times", zh="选派人次", en="Person-times of postings", unit="person_time", time="flow",
    stage="achieved", reads=(SECONDMENT,), how="count", on="arrived_on", slices=_POSTING,
    rule="期内到岗的选派次数；一人去两次计两人次。与人数是两个指标，互不相加。", basis="术语表 A8 第 149 条、A2 第 24 条",
    words=declare.words(
        measure=("互派", "双向交流", "双向选派", "双向挂职", "交流"),
        object=("干部人才", "干部和专业技术人才", "党政干部和专技人才", "干部、人才"), excluded=_NOT_POSTED,
    ),
)  # fmt: skip
def posting_person_times(secondment: Any) -> Any:
    """Postings that have begun, each of them."""
    return secondment.filter(secondment.arrived_on.notnull())


@declare.figure(
    "talent.reached_minimum", zh="达到最短期限的选派人才", en="Posted people who reached the minimum term", unit="person",
    time="cumulative", stage="achieved", reads=(SECONDMENT, MINIMUM, people.PERSON), how="count_distinct",
    identity="person_key", on="arrived_on", slices=_POSTING,
    rule="到截止日为止，实际在岗整月数达到本类最短期限的选派人数；整月从到岗日数到离岗日（在岗的数到截止日），期限按到岗那天执行的设定；同一人只计一次。",
    basis="术语表 A8 第 147 条；第 f 节：没有查到统一的最短期限，按各结对关系的设定",
)  # fmt: skip
def reached_minimum(secondment: Any, minimum: Any, person: Any, *, end: Any) -> Any:
    """Postings served for at least the months that held for their kind when the person came."""
    posted = secondment.filter(secondment.arrived_on.notnull())
    behind = ibis.coalesce(ibis.least(posted.left_on, end), end) + _ONE_DAY
    begun = (behind.year() * 12 + behind.month()) - (posted.arrived_on.year() * 12 + posted.arrived_on.month())
    served = posted.mutate(served=begun - ibis.ifelse(behind.day() < posted.arrived_on.day(), 1, 0))
    # Each side of a condition looks at one table only: so the join goes by keys, and not through all pairs of rows.
    held = minimum.mutate(held_until=minimum.last_on.coalesce(_ANY_DAY))
    reached = served.semi_join(
        held,
        [
            served.scope_id == held.scope_id,
            served.kind_code == held.kind_code,
            held.first_on <= served.arrived_on,
            held.held_until >= served.arrived_on,
            served.served >= held.month_count,
        ],
    )
    return people.one_person(reached.drop("served"), person)


@declare.figure(
    "talent.with_results", zh="返岗后有成效的人才", en="People with a result after their return", unit="person", time="flow",
    stage="achieved", reads=(RESULT, people.PERSON), how="count_distinct", identity="person_key", on="stated_on",
    slices={"result": "result_code"},
    rule="期内认定的返岗成效涉及的人数；一人有几项成效只计一次。", basis="术语表 A8 第 146、159 条",
)  # fmt: skip
def with_results(result: Any, person: Any) -> Any:
    """Every result, each person under the key that stands for them."""
    return people.one_person(result, person)


@declare.figure(
    "talent.mentor_pairs", zh="师徒结对", en="Mentor pairs", unit="pair", time="flow", stage="achieved",
    reads=(PAIR,), how="count", on="first_on", slices={"trade": "trade_code"},
    rule="期内结成的师徒对数；一名师傅带三名徒弟计三对。", basis="术语表 A8 第 154 条（师带徒、传帮带）",
    words=declare.words(
        measure=("结成", "结对", "师徒", "拜师", "师带徒"), object=("师徒", "师带徒", "拜师"), excluded=("母女", "学生", "家庭", "帮扶对子"),
    ),
)  # fmt: skip
def mentor_pairs(pair: Any) -> Any:
    """Every pair, by the day it was formed."""
    return pair


@declare.figure(
    "talent.mentor_groups", zh="师徒小组", en="Mentor groups", unit="group", time="flow", stage="achieved",
    reads=(GROUP,), how="count", on="first_on", slices={"trade": "trade_code"},
    rule="期内组建的师徒小组数。", basis="术语表 A8 第 154 条（师带徒、传帮带）",
    words=declare.words(measure=("组建", "结成", "成立", "组成"), object=("师徒小组", "师带徒小组", "传帮带小组")),
)  # fmt: skip
def mentor_groups(group: Any) -> Any:
    """Every group, by the day it was formed."""
    return group


@declare.figure(
    "talent.apprentices", zh="师带徒培养的徒弟", en="Apprentices of mentors", unit="person", time="flow", stage="achieved",
    reads=(PAIR, people.PERSON), how="count_distinct", identity="person_key", on="first_on", slices={"trade": "trade_code"},
    rule="期内结对的徒弟人数；一人有几名师傅只计一次。", basis="术语表 A8 第 154 条；A2 第 23 条",
)  # fmt: skip
def apprentices(pair: Any, person: Any) -> Any:
    """Every pair, each apprentice under the key that stands for them."""
    return people.one_person(pair, person)


@declare.figure(
    "talent.officials_paired", zh="干部结对", en="Pairs of officials", unit="pair", time="flow", stage="achieved",
    reads=(OFFICIALS,), how="count", on="first_on",
    rule="期内结成的两地干部对数；一对计一次，双方不各计一次。", basis="术语表 A8 第 146 条（党政干部“结对子”）；A1 第 6 条",
    words=declare.words(
        measure=("结对", "结成", "结对子"), object=("党政干部", "干部结对", "干部“结对子”"), excluded=("农户", "贫困户", "脱贫户", "师徒", "学生"),
    ),
)  # fmt: skip
def officials_paired(pair: Any) -> Any:
    """Every pair of officials, by the day it was formed."""
    return pair


def _first_of(attendance: Any, *together: str) -> Any:
    """Of the sign-ins that share these columns the first one; so a course, or a person in a course, counts once."""
    held = attendance.filter(attendance["stage"] == "achieved")
    order = ibis.row_number().over(
        group_by=[held["scope_id"], *(held[name] for name in together)],
        order_by=[held["attended_on"], held["key"]],
    )
    return held.mutate(place=order).filter(ibis._.place == 0).drop("place")


@declare.figure(
    "talent.courses_held", zh="举办培训班", en="Courses held", unit="session", time="flow", stage="achieved",
    reads=(ATTENDANCE,), how="count", on="attended_on",
    rule="期内办过的培训班期数：第一次有人签到的那天落在期内的各计一期；只有计划、没有人签到的不计。",
    basis="术语表 A8 第 156 条（培训）；A2 第 26 条",
    words=declare.words(
        measure=("举办", "开办", "组织", "开展", "办", "开设"), object=("干部人才培训", "干部培训", "人才培训", "专技人才", "党政干部"),
        excluded=("技能", "劳务", "就业", "残疾", "电商", "农户", "职业"),
    ),
)  # fmt: skip
def courses_held(attendance: Any) -> Any:
    """The first sign-in of every course."""
    return _first_of(attendance, "course_key")


@declare.figure(
    "talent.trained_person_times", zh="培训人次", en="Person-times trained", unit="person_time", time="flow", stage="achieved",
    reads=(ATTENDANCE, people.PERSON), how="count", on="attended_on", slices={"course": "course_key"},
    rule="期内参加培训班的人次：一人参加一期计一人次，一期签到几天也只计一次，计在首次签到那天；一人参加两期计两人次。",
    basis="术语表 A8 第 156 条；A2 第 24 条",
    words=declare.words(
        measure=("培训", "轮训", "参训", "代训"), object=("干部人才", "专技人才", "党政干部", "专业技术人才", "干部"),
        excluded=("技能", "劳务", "就业", "残疾", "电商", "农户", "农民", "职业", "学生"),
    ),
)  # fmt: skip
def trained_person_times(attendance: Any, person: Any) -> Any:
    """The first sign-in of every person in every course."""
    return _first_of(people.one_person(attendance, person), "course_key", "person_key")


@declare.figure(
    "talent.trained_persons", zh="培训人数", en="Persons trained", unit="person", time="flow", stage="achieved",
    reads=(ATTENDANCE, people.PERSON), how="count_distinct", identity="person_key", on="attended_on",
    slices={"course": "course_key"},
    rule="期内签到过的人数；一人参加几期只计一次。与培训人次是两个指标，互不相加。", basis="术语表 A8 第 156 条；A2 第 23 条",
    words=declare.words(
        measure=("培训", "轮训", "参训", "代训"), object=("干部人才", "专技人才", "党政干部", "专业技术人才"),
        excluded=("技能", "劳务", "就业", "残疾", "电商", "农户", "农民", "职业", "学生"),
    ),
)  # fmt: skip
def trained_persons(attendance: Any, person: Any) -> Any:
    """Every sign-in, each person under the key that stands for them."""
    return people.one_person(attendance, person)
