"""Figures of labour cooperation."""

from typing import Any

import ibis

from shanhai.figures import declare, people

WORKER = declare.table(
    "labour.worker", person_key="string", group_code="string", registered_on="date", first_on="date", last_on="date"
)
PLACEMENT = declare.table(
    "labour.placement", person_key="string", class_code="string", employer="string", started_on="date", ended_on="date"
)
PROOF = declare.table("labour.stayproof", placement_key="string", month_on="date")
VACANCY = declare.table("labour.vacancy", stage="capacity", class_code="string", opening_count="job", first_on="date")
SUBSIDY = declare.table(
    "labour.subsidy", person_key="string", kind_code="string", result_code="string", amount_fen="fen", paid_on="date"
)
COURSE = declare.table("labour.course", skill_code="string", first_on="date")
ATTENDANCE = declare.table("labour.courseattendance", course_key="string", person_key="string", attended_on="date")
BACK_PAY = declare.table("labour.backpay", recovered_fen="fen", owed_fen="fen", opened_on="date", recovered_on="date")
STATION = declare.table("labour.station", opened_on="date", closed_on="date")
AGREEMENT = declare.table("labour.labouragreement", stage="signed", signed_on="date")
STATISTIC = declare.table(
    "labour.publishedstatistic", published=True, measure_code="string", person_count="person", counted_on="date"
)

#: Months with evidence after which a job is steady (glossary A9, 166).
_STEADY_MONTHS = 3
#: Later than any day asked about: what still holds ends then.
_ANY_DAY = ibis.date("9999-12-31")
_BY_CLASS = {"destination": "class_code"}
_LIFTED = ("脱贫", "建档立卡", "贫困劳动力", "贫困人口")
#: Words for being away at work.
_AWAY = (
    "外出务工", "外出打工", "在外务工", "在外打工", "外出就业", "外出从业", "在外就业", "在外谋生", "劳务输出", "转移输出", "输出劳动力", "外出劳动力", "务工人员",
    "务工人数", "务工规模", "务工", "打工",
)  # fmt: skip
#: Beside these a number of workers is another one: of firms, bases, posts, courses, of disabled people, or of one place.
_OTHER_PEOPLE = (
    "残疾", "基地", "园区", "产业园", "企业", "带动", "吸纳", "车间", "岗位", "培训", "参训", "家门口", "就近", "毕业", "学生", "教师", "医生", "挂职", "招聘", "招收",
    "参会", "意向", "补贴", "补助", "欠薪", "讨薪", "工资", "志愿", "分红", "土地", "订单", "游客", "合作社", "公司", "返乡", "儿童", "留守", "子女", "老人", "慰问", "接送",
    "包车", "专列", "专车", "咨询", "建筑工地", "项目", "工地", "采摘", "大棚", "增收", "户",
)  # fmt: skip
_CLASS_WORDS = {
    "paired_east": ("到东部", "赴东部", "东部结对", "东部就业", "到温岭", "赴温岭", "来温岭", "到浙江", "赴浙江", "浙江就业", "温岭就业"),
    "in_province": ("省内就业", "省内就近", "省内务工", "省内转移", "在省内", "本省"),
    "elsewhere": ("其他省", "其它省", "其他地区就业", "其它地区就业", "外省"),
    "public_welfare": ("公益性岗位", "公益岗位", "公益岗"),
}  # fmt: skip
declare.slice_words("worker_group", {"lifted": _LIFTED, "monitored": ("监测对象", "监测户")})
declare.slice_words("destination", _CLASS_WORDS)


def _year_asked(end: Any) -> Any:
    """Where no first day is asked: the last calendar year that is over by the day, told by its first and last day."""
    year = (end + ibis.interval(days=1)).year() - 1
    return ibis.date(year, 1, 1), ibis.date(year, 12, 31)


@declare.figure(
    "labour.residents_away", zh="年外出务工人数（公布数）", en="Residents working away in a year (published)", unit="person",
    time="stock", stage="achieved", reads=(STATISTIC,), how="balance", column="person_count", on="counted_on",
    rule="取公布统计里截止日前最近一期的年外出务工人数；问某一年的，取那一年的。这个数是别人公布的，这里没有逐人核对，不与登记的人数相加。",
    basis="术语表 A9 第 160、161 条（劳务协作、农村劳动力转移就业）；公布统计须写明出处",
    words=declare.words(
        measure=_AWAY,
        excluded=(
            *_LIFTED, *_OTHER_PEOPLE, *(word for words in _CLASS_WORDS.values() for word in words), "协助", "帮助", "组织", "输送", "转移到", "新增", "省外", "省内",
            "稳定", "在岗", "在温岭", "在浙江", "在东部", "撬动", "支持", "#外出", "其中",
        ),
    ),
)  # fmt: skip
def residents_away(statistic: Any, *, start: Any, end: Any) -> Any:
    """The newest statistic of the scope that had come by the day; one row, so nothing is added."""
    told = statistic.filter((statistic.measure_code == "residents_away") & (statistic.stage == "achieved"))
    asked = told.filter((told.counted_on <= end) & (start.isnull() | (told.counted_on >= start)))
    newest = asked.group_by("scope_id").aggregate(newest_on=asked.counted_on.max())
    same = [asked["scope_id"] == newest["scope_id"], asked["counted_on"] == newest["newest_on"]]
    rows = asked.semi_join(newest, same)
    last = rows.group_by("scope_id").aggregate(last_entry=rows.entry.max())
    return rows.semi_join(last, [rows["scope_id"] == last["scope_id"], rows["entry"] == last["last_entry"]])


@declare.figure(
    "labour.people_away", zh="登记的外出务工人数", en="Registered workers working away in a year", unit="person",
    time="stock", stage="achieved", reads=(WORKER, PLACEMENT, people.PERSON), how="count_distinct", identity="person_key",
    on="first_on", slices={"worker_group": "group_code"},
    rule="一年里至少有一段就业、且当时属于所问人员类别的登记劳动力；一人有几段只计一次。没有指明年份的，按截止日前最近一个完整年度。是登记的人数，含在公布的年外出务工人数之内，不与它相加。",
    basis="术语表 A9 第 161、167 条，A2 第 27、28 条（脱贫劳动力：按事发当日的类别）",
    words=declare.words(
        measure=(*_AWAY, "脱贫劳动力"), narrowed=True,
        excluded=(*_OTHER_PEOPLE, *(word for words in _CLASS_WORDS.values() for word in words), "协助", "帮助", "组织", "输送", "新增", "稳定", "在岗", "省外", "省内", "在温岭", "在浙江", "在东部"),
    ),
)  # fmt: skip
def people_away(worker: Any, placement: Any, person: Any, *, start: Any, end: Any) -> Any:
    """Register entries of people who worked somewhere in the year while the entry held."""
    one, job = people.one_person(worker, person), people.one_person(placement, person)
    one = one.mutate(held_until=one.last_on.coalesce(_ANY_DAY)).view()
    first_day, last_day = _year_asked(end)
    first, last = ibis.coalesce(start, first_day), ibis.ifelse(start.isnull(), last_day, end)
    in_time = job.filter((job.stage == "achieved") & (job.started_on <= last))
    in_time = in_time.filter(in_time.ended_on.isnull() | (in_time.ended_on >= first))
    away = in_time.select(
        at=in_time.scope_id, who=in_time.person_key, since=ibis.greatest(in_time.started_on, first),
        until=ibis.least(ibis.coalesce(in_time.ended_on, last), last),
    ).view()  # fmt: skip
    # Each side of a condition looks at one table only: so the join goes by keys, and not through all pairs of rows.
    found = one.semi_join(away, [
        one.scope_id == away.at, one.person_key == away.who, one.first_on <= away.until, one.held_until >= away.since,
    ])  # fmt: skip
    return found.drop("held_until")


@declare.figure(
    "labour.people_placed", zh="新增就业人数", en="People placed in jobs", unit="person", time="flow", stage="achieved",
    reads=(PLACEMENT, people.PERSON), how="count_distinct", identity="person_key", on="started_on", slices=_BY_CLASS,
    rule="期内上岗的人数；同一人有几段就业只计一次。按就业去向分开计的人数不相加：先后去过两处的人，每一类各计一次。",
    basis="术语表 A9 第 161–165 条；第 g 节（公益性岗位单列，不重复计入省内）",
    words=declare.words(
        measure=("转移就业", "实现就业", "新增就业", "就业", "上岗", "输送"),
        excluded=(*(word for word in _OTHER_PEOPLE if word != "岗位"), "稳定", "在岗", "提供", "发布", "外出务工", "个"), narrowed=True,
    ),
)  # fmt: skip
def people_placed(placement: Any, person: Any) -> Any:
    """Every spell, by the day it began."""
    return people.one_person(placement, person)


@declare.figure(
    "labour.placements", zh="就业人次", en="Placements", unit="person_time", time="flow", stage="achieved",
    reads=(PLACEMENT,), how="count", on="started_on", slices=_BY_CLASS,
    rule="期内开始的就业段数，一段计一人次；与人数不相加。", basis="术语表 A2 第 24 条（人次）、A9 第 161 条",
)  # fmt: skip
def placements(placement: Any) -> Any:
    """Every spell."""
    return placement


@declare.figure(
    "labour.people_in_work", zh="在岗人数", en="People in work on the day", unit="person", time="stock", stage="achieved",
    reads=(PLACEMENT, people.PERSON), how="count_distinct", identity="person_key", on="started_on", until="ended_on",
    slices=_BY_CLASS,
    rule="截止日还在岗的人数；同一人只计一次。是时点数，与期内新增人数不相加。", basis="术语表 A9 第 167 条（务工规模：时点数）",
    words=declare.words(measure=("在岗务工", "在岗就业", "稳定在岗", "现有务工", "目前在岗"), excluded=(*(word for word in _OTHER_PEOPLE if word != "岗位"), "工作队"), narrowed=True),
)  # fmt: skip
def people_in_work(placement: Any, person: Any) -> Any:
    """Every spell that has begun."""
    return people.one_person(placement, person)


def _steady(placement: Any, proof: Any, end: Any) -> Any:
    """Spells with evidence for as many months as make a job steady, by the day."""
    shown = proof.filter((proof.month_on <= end) & (proof.stage == "achieved"))
    months = shown.group_by(["scope_id", "placement_key"]).aggregate(months=shown.month_on.truncate("M").nunique())
    enough = months.filter(months.months >= _STEADY_MONTHS)
    return placement.semi_join(
        enough, [placement["scope_id"] == enough["scope_id"], placement["key"] == enough["placement_key"]]
    )


@declare.figure(
    "labour.people_steady", zh="稳定就业三个月以上人数", en="People in steady jobs of three months or more", unit="person",
    time="flow", stage="achieved", reads=(PLACEMENT, PROOF, people.PERSON), how="count_distinct", identity="person_key",
    on="started_on", slices=_BY_CLASS,
    rule="期内上岗、到截止日同一段就业已有三个月以上凭证的人数；凭证按月计，同一月有几份只算一个月。", basis="术语表 A9 第 166 条（稳岗：按工资凭证计月，门槛为设定）",
    words=declare.words(measure=("稳定就业", "稳岗", "稳定在岗", "3个月以上", "三个月以上"), object=("就业", "务工", "稳岗"), excluded=(*_OTHER_PEOPLE, "六个月", "6个月"), narrowed=True),
)  # fmt: skip
def people_steady(placement: Any, proof: Any, person: Any, *, end: Any) -> Any:
    """Spells that hold, each under the person who stands for it."""
    return people.one_person(_steady(placement, proof, end), person)


@declare.figure(
    "labour.placements_steady", zh="稳定就业三个月以上的就业人次", en="Placements steady for three months or more", unit="person_time",
    time="flow", stage="achieved", reads=(PLACEMENT, PROOF), how="count", on="started_on", slices=_BY_CLASS,
    rule="期内开始、到截止日已有三个月以上凭证的就业段数。", basis="术语表 A9 第 166 条",
)  # fmt: skip
def placements_steady(placement: Any, proof: Any, *, end: Any) -> Any:
    """Spells that hold."""
    return _steady(placement, proof, end)


@declare.figure(
    "labour.vacancies_offered", zh="提供岗位数", en="Vacancies offered", unit="job", time="flow", stage="capacity",
    reads=(VACANCY,), how="sum", column="opening_count", on="first_on", slices=_BY_CLASS,
    rule="期内发布的岗位招用人数之和；是提供的岗位，不是就业，不与就业人数比较或相加。", basis="术语表 A9 第 171 条（岗位：提供不等于录用）",
    words=declare.words(measure=("提供", "发布", "推出", "征集"), object=("岗位", "用工需求"), excluded=("公益性岗位", "公益岗", "园区", "产业园", "建成")),
)  # fmt: skip
def vacancies_offered(vacancy: Any) -> Any:
    """Every vacancy with its openings."""
    return vacancy


@declare.figure(
    "labour.training_person_times", zh="劳务培训人次", en="Person-times of labour training", unit="person_time", time="flow",
    stage="achieved", reads=(ATTENDANCE,), how="count", on="attended_on",
    rule="期内参加劳务培训的人次；一人参加一期计一人次。", basis="术语表 A9 第 172 条（技能培训）、A2 第 24 条",
    words=declare.words(
        measure=("培训", "参训"), object=("劳务", "务工", "劳动力", "技能培训", "农民工", "就业技能"),
        excluded=("残疾", "干部", "教师", "医生", "医护", "人才", "专技", "党政", "电商", "种植", "手工", "致富带头人"),
    ),
)  # fmt: skip
def training_person_times(attendance: Any) -> Any:
    """Every person in every course."""
    return attendance


@declare.figure(
    "labour.people_trained", zh="劳务培训人数", en="People trained for work", unit="person", time="flow", stage="achieved",
    reads=(ATTENDANCE, people.PERSON), how="count_distinct", identity="person_key", on="attended_on",
    rule="期内参加过劳务培训的人数；参加几期只计一次。", basis="术语表 A9 第 172 条（技能培训）、A2 第 23 条",
    words=declare.words(
        measure=("培训", "参训"), object=("劳务", "务工", "劳动力", "技能培训", "农民工", "就业技能"),
        excluded=("残疾", "干部", "教师", "医生", "医护", "人才", "专技", "党政", "电商", "种植", "手工", "致富带头人", "人次"),
    ),
)  # fmt: skip
def people_trained(attendance: Any, person: Any) -> Any:
    """Every person in every course, each under the person who stands for it."""
    return people.one_person(attendance, person)


@declare.figure(
    "labour.courses_held", zh="劳务培训期数", en="Labour courses held", unit="session", time="flow", stage="achieved",
    reads=(COURSE,), how="count", on="first_on", rule="期内开班的劳务培训期数。", basis="术语表 A9 第 172 条（期）",
    words=declare.words(measure=("举办", "开办", "开展", "组织"), object=("劳务培训", "务工培训", "就业技能培训", "劳动力培训"), excluded=("残疾", "干部", "人才")),
)  # fmt: skip
def courses_held(course: Any) -> Any:
    """Every course."""
    return course


@declare.figure(
    "labour.subsidies_paid", zh="发放劳务补助", en="Labour subsidies paid", unit="CNY", time="flow", stage="achieved",
    reads=(SUBSIDY,), how="sum", column="amount_fen", on="paid_on", slices={"kind": "kind_code"},
    rule="期内已发放的劳务补助之和；核定而未发放的不计。", basis="术语表 A9 第 168 条（劳务补助、交通补助）",
    words=declare.words(
        measure=("发放", "兑现", "补发", "发给"), object=("劳务补助", "务工补助", "务工奖补", "务工补贴", "劳务补贴"),
        excluded=("残疾", "企业", "养老", "农机", "生态", "稳岗", "交通"),  # one kind of subsidy is not all of them
    ),
)  # fmt: skip
def subsidies_paid(subsidy: Any) -> Any:
    """Decisions that were granted and paid."""
    return subsidy.filter(subsidy.result_code == "granted")


@declare.figure(
    "labour.people_subsidised", zh="享受劳务补助人数", en="People who got labour subsidies", unit="person", time="flow",
    stage="achieved", reads=(SUBSIDY, people.PERSON), how="count_distinct", identity="person_key", on="paid_on",
    slices={"kind": "kind_code"},
    rule="期内领到劳务补助的人数；领几次只计一次。", basis="术语表 A9 第 168 条、A2 第 23 条",
    words=declare.words(measure=("领取", "享受", "发放给"), object=("劳务补助", "交通补助", "务工补助", "稳岗补助", "务工奖补", "稳岗补贴", "交通补贴"), excluded=("残疾", "人次")),
)  # fmt: skip
def people_subsidised(subsidy: Any, person: Any) -> Any:
    """Decisions that were granted and paid, each under the person who stands for it."""
    return people.one_person(subsidy.filter(subsidy.result_code == "granted"), person)


@declare.figure(
    "labour.wages_recovered", zh="追回欠薪", en="Wages recovered", unit="CNY", time="flow", stage="achieved",
    reads=(BACK_PAY,), how="sum", column="recovered_fen", on="recovered_on",
    rule="期内为务工人员追回的欠薪之和。", basis="术语表 A9 第 169 条（劳务工作站：维护权益）",
    words=declare.words(measure=("追回", "讨回", "追讨", "讨薪", "补发"), object=("欠薪", "工资", "薪资", "工钱", "报酬")),
)  # fmt: skip
def wages_recovered(back_pay: Any) -> Any:
    """Cases in which something was got back."""
    return back_pay.filter(back_pay.recovered_fen > 0)


@declare.figure(
    "labour.stations_open", zh="劳务服务站数", en="Labour stations open", unit="station", time="stock", stage="achieved",
    reads=(STATION,), how="count", on="opened_on", until="closed_on",
    rule="截止日已设立、没有撤销的劳务服务站个数。", basis="术语表 A9 第 169 条（劳务工作站）",
    words=declare.words(measure=("设立", "建立", "建成", "设有", "开设", "共有"), object=("劳务服务站", "劳务工作站", "劳务协作站", "劳务联络站", "务工服务站")),
)  # fmt: skip
def stations_open(station: Any) -> Any:
    """Stations that have opened."""
    return station


@declare.figure(
    "labour.agreements_signed", zh="签订劳务协议数", en="Labour agreements signed", unit="agreement", time="flow", stage="signed",
    reads=(AGREEMENT,), how="count", on="signed_on",
    rule="期内签订的劳务协议份数；签订不等于输送到岗。", basis="术语表 A9 第 160 条、A1 第 16 条（专项协议）",
)  # fmt: skip
def agreements_signed(agreement: Any) -> Any:
    """Every labour agreement."""
    return agreement


declare.ratio(
    "labour.steady_share", zh="稳定就业三个月以上的比例", en="Share of placements steady for three months", unit="percent",
    numerator="labour.placements_steady", denominator="labour.placements", stage="achieved",
    rule="稳定就业三个月以上的就业人次除以期内就业人次。", basis="术语表 A9 第 166 条",
)  # fmt: skip
