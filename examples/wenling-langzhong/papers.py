"""Pairings, agreements with their clauses and targets, meetings, visits, and the working team of the example."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from programme import CLOSED, OTHER_BODIES, SUPPLIERS, Numbers, workday

from shanhai.base.identifiers import example_birth, example_identity

Record = dict[str, Any]
_GOVERNMENTS = ("温岭市人民政府", "阆中市人民政府")
#: Number, title, field (none: a general agreement), eastern party, western party, day of signing, last year.
_AGREEMENTS: tuple[tuple[str, str, str, str, str, date, int], ...] = (
    ("XY-2021-01", "东西部协作框架协议（2021—2025年）", "", *_GOVERNMENTS, date(2021, 6, 24), 2025),
    ("XY-2021-02", "2021年度东西部协作协议", "", *_GOVERNMENTS, date(2021, 7, 8), 2021),
    (
        "XY-2021-03",
        "劳务协作战略合作协议",
        "labour",
        "温岭市人力资源和社会保障局",
        "阆中市人力资源和社会保障局",
        date(2021, 8, 19),
        2026,
    ),
    (
        "XY-2021-04",
        "“跨省通办”合作协议",
        "gov_services",
        "温岭市行政服务中心",
        "阆中市行政审批局",
        date(2021, 10, 19),
        2026,
    ),
    ("XY-2021-05", "教育帮扶合作协议", "education", "温岭市教育局", "阆中市教育和体育局", date(2021, 11, 25), 2024),
    ("XY-2022-01", "2022年度东西部协作协议", "", *_GOVERNMENTS, date(2022, 2, 24), 2022),
    ("XY-2022-02", "医疗帮扶合作协议", "health", "温岭市卫生健康局", "阆中市卫生健康局", date(2022, 3, 10), 2025),
    ("XY-2022-03", "近零碳产业园共建协议", "park", *_GOVERNMENTS, date(2022, 4, 21), 2026),
    (
        "XY-2022-04",
        "农特产品消费帮扶合作协议",
        "consumption",
        "温岭市商务局",
        "阆中市商务和经济合作局",
        date(2022, 8, 25),
        2025,
    ),
    ("XY-2023-01", "2023年度东西部协作协议", "", *_GOVERNMENTS, date(2023, 2, 16), 2023),
    (
        "XY-2023-02",
        "干部人才交流合作协议",
        "talent",
        "中共温岭市委组织部",
        "中共阆中市委组织部",
        date(2023, 4, 13),
        2025,
    ),
    ("XY-2024-01", "2024年度东西部协作协议", "", *_GOVERNMENTS, date(2024, 2, 29), 2024),
)
_CLAUSES: dict[str, tuple[tuple[str, str], ...]] = {
    "XY-2021-01": (
        ("双方每年至少召开两次联席会议，商定年度重点任务。", "两地政府"),
        ("财政援助资金按年度安排到项目，先入库、后安排。", "阆中市"),
        ("资金到账后由受援方登记，双方账目按季核对。", "两地政府"),
    ),
    "XY-2021-03": (
        ("双方互设劳务服务站，及时发布用工信息。", "两地务工人员"),
        ("为到岗务工人员提供接站和岗前培训。", "阆中籍务工人员"),
    ),
    "XY-2021-04": (
        ("双方窗口互认材料，不再要求群众往返提交。", "两地群众"),
        ("各设专窗，专人联络，收件当日转办。", "两地群众"),
    ),
    "XY-2021-05": (
        ("援建学校由受援方负责日常管理和资产管护。", "受援学校"),
        ("双方教师共同备课，名额每年另定。", "受援学校"),
    ),
    "XY-2022-02": (("援助设备登记入账，三年内不得调出受援机构。", "受援医疗机构"),),
    "XY-2022-03": (("协作资金只用于园区公共设施。", "园区"), ("资产归属受援方，收益分配办法另行商定。", "受援村集体")),
    "XY-2022-04": (("在温岭设立展销点，免收场地费用。", "阆中农特产品经营主体"),),
    "XY-2023-02": (("挂职期限一般不少于半年。", "两地干部人才"),),
}
#: Agreement of the year: funds arranged (yuan), projects started, person-times of visits.
_TARGETS = {
    "XY-2021-02": (2021, 30_000_000, 8, 60),
    "XY-2022-01": (2022, 39_000_000, 15, 90),
    "XY-2023-01": (2023, 39_000_000, 14, 110),
    "XY-2024-01": (2024, 39_000_000, 12, 110),
}
_MEETINGS = (
    ("joint", "东西部协作联席会议", "阆中", "2021-06-24"),
    ("leading_group", "协作工作领导小组会议", "温岭", "2021-07-06"),
    ("joint", "东西部协作联席会议", "温岭", "2021-11-18"),
    ("leading_group", "协作工作领导小组会议", "阆中", "2022-01-12"),
    ("joint", "东西部协作联席会议", "阆中", "2022-04-21"),
    ("topic", "园区共建专题会议", "阆中", "2022-06-15"),
    ("joint", "东西部协作联席会议", "温岭", "2022-10-27"),
    ("leading_group", "协作工作领导小组会议", "温岭", "2023-01-10"),
    ("joint", "东西部协作联席会议", "阆中", "2023-04-12"),
    ("topic", "项目进度专题会议", "阆中", "2023-07-20"),
    ("joint", "东西部协作联席会议", "温岭", "2023-11-09"),
    ("leading_group", "协作工作领导小组会议", "阆中", "2024-01-11"),
    ("joint", "东西部协作联席会议", "阆中", "2024-04-18"),
    ("topic", "资金使用专题会议", "温岭", "2024-06-06"),
)
_EAST, _WEST = "east_to_west", "west_to_east"
_VISITS = (
    (_EAST, "结对对接", "市政府主要负责人", "2021-06-23", 14),
    (_WEST, "协作工作对接", "市政府分管负责人", "2021-09-08", 11),
    (_EAST, "教育和医疗需求调研", "市教育局负责人", "2021-10-12", 9),
    (_WEST, "政务服务窗口学习", "市行政审批局负责人", "2021-10-18", 8),
    (_EAST, "产业项目考察", "市农业农村局负责人", "2022-03-09", 12),
    (_EAST, "园区建设考察", "市政府主要负责人", "2022-04-20", 16),
    (_WEST, "农特产品产销对接", "市商务和经济合作局负责人", "2022-08-24", 13),
    (_WEST, "劳务用工对接", "市人社局负责人", "2022-09-21", 10),
    (_WEST, "联席会议及考察", "市委主要负责人", "2022-10-26", 15),
    (_EAST, "项目督导", "市政府分管负责人", "2023-03-22", 12),
    (_EAST, "联席会议及考察", "市委主要负责人", "2023-04-11", 18),
    (_WEST, "干部人才交流", "市委组织部负责人", "2023-06-14", 9),
    (_EAST, "学校建设进度查看", "市教育局负责人", "2023-09-20", 8),
    (_WEST, "联席会议及考察", "市政府主要负责人", "2023-11-08", 17),
    (_EAST, "园区建设查看", "市政府分管负责人", "2024-04-17", 15),
    (_WEST, "资金对账", "市财政局负责人", "2024-06-05", 6),
)
_TEAMS = (
    ("GZD-2021", "温岭驻阆中工作队（第一期）", date(2021, 6, 15), date(2024, 6, 14)),
    ("GZD-2024", "温岭驻阆中工作队（第二期）", date(2024, 6, 15), date(2027, 6, 14)),
)
#: Who (by number), team, role, home unit, days. Person 2 stays for the second term.
_MEMBERS = (
    (1, "GZD-2021", "leader", "温岭市发展和改革局", None, None),
    (2, "GZD-2021", "member", "温岭市农业农村局", None, None),
    (3, "GZD-2021", "member", "温岭市教育局", None, date(2022, 12, 30)),
    (4, "GZD-2021", "member", "温岭市卫生健康局", None, None),
    (5, "GZD-2021", "member", "温岭市经济和信息化局", None, None),
    (6, "GZD-2021", "member", "温岭市教育局", date(2023, 1, 9), None),
    (7, "GZD-2024", "leader", "温岭市人民政府办公室", None, None),
    (2, "GZD-2024", "member", "温岭市农业农村局", None, None),
    (8, "GZD-2024", "member", "温岭市教育局", None, None),
    (9, "GZD-2024", "member", "温岭市卫生健康局", None, None),
    (10, "GZD-2024", "member", "温岭市商务局", None, None),
)
_NAMES = "甲乙丙丁戊己庚辛壬癸"


def province_pairings() -> tuple[Record, ...]:
    """Sheet 结对关系 at province level: both rounds are known to the year only."""
    shared = {
        "scheme": "east_west",
        "level": "province",
        "east_code": "330000 浙江省",
        "west_code": "510000 四川省",
        "is_example": True,
    }
    return (
        shared | {"pairing_no": "JD-1996", "round_no": 1, "first_on": "1996"},
        shared | {"pairing_no": "JD-2021", "round_no": 2, "first_on": "2021"},
    )


def county_pairing() -> Record:
    """Sheet 结对关系 of the two cities, known to the month."""
    return {
        "pairing_no": "JD-2021",
        "scheme": "east_west",
        "level": "county",
        "round_no": 2,
        "east_code": "331081 温岭市",
        "west_code": "511381 阆中市",
        "first_on": "2021-06",
        "document_no": "示例浙川协〔2021〕1号",
        "is_example": True,
    }


def organisations() -> Iterator[Record]:
    """Sheet 单位."""
    for body in (*SUPPLIERS.values(), *OTHER_BODIES):
        yield {"credit_code": body.code, "name": body.name, "kind": body.kind, "region_code": body.region_code}


def agreements() -> Iterator[Record]:
    """Sheet 协作协议."""
    papers = Numbers.fresh()
    for number, title, field, east, west, signed, last_year in _AGREEMENTS:
        yield {
            "agreement_no": number,
            "title": title,
            "kind_code": "special" if field else "general",
            "field_code": field or None,
            "east_party": east,
            "west_party": west,
            "signed_on": signed,
            "first_on": signed,
            "last_on": date(last_year, 12, 31),
            "document_no": papers.paper("协议", signed),
        }


def clauses() -> Iterator[Record]:
    """Sheet 协议条款."""
    last_days = {number: date(last_year, 12, 31) for number, *_, last_year in _AGREEMENTS}
    for number, stated in _CLAUSES.items():
        for place, (wording, granted_to) in enumerate(stated, start=1):
            yield {
                "agreement_key": number,
                "clause_no": str(place),
                "wording": wording,
                "granted_to": granted_to,
                "last_on": last_days[number],
            }


def targets() -> Iterator[Record]:
    """Sheet 年度目标: each yearly agreement sets three."""
    for number, (year, yuan, projects, person_times) in _TARGETS.items():
        stated = (
            ("funds.arranged", yuan, "元"),
            ("projects.started", projects, "个项目"),
            ("agreements.visit_person_times", person_times, "人次"),
        )
        for figure, amount, unit in stated:
            yield {"agreement_key": number, "target_year": year, "figure": figure, "amount": amount, "unit": unit}


def meetings() -> Iterator[Record]:
    """Sheet 会议."""
    numbers, papers = Numbers.fresh(), Numbers.fresh()
    for kind, title, place, written in _MEETINGS:
        day = date.fromisoformat(written)
        yield {
            "meeting_no": numbers.key("HY", day, 2),
            "kind_code": kind,
            "title": title,
            "held_on": day,
            "place": place,
            "document_no": papers.paper("纪要", day),
        }


def visits() -> Iterator[Record]:
    """Sheet 互访."""
    numbers = Numbers.fresh()
    for direction, title, led_by, written, person_times in _VISITS:
        day = date.fromisoformat(written)
        yield {
            "visit_no": numbers.key("HF", day, 2),
            "direction_code": direction,
            "title": title,
            "led_by": led_by,
            "started_on": day,
            "person_time_count": person_times,
        }


def teams() -> Iterator[Record]:
    """Sheet 帮扶工作队: two terms."""
    for number, name, first, last in _TEAMS:
        yield {"team_no": number, "name": name, "station": "阆中市", "first_on": first, "last_on": last}


def members() -> Iterator[Record]:
    """Sheet 工作队成员: invented people with made-up numbers."""
    terms = {number: (first, last) for number, _, first, last in _TEAMS}
    place: dict[str, int] = {}
    for person, team, role, home, first, last in _MEMBERS:
        place[team] = place.get(team, 0) + 1
        begins, ends = terms[team]
        born = example_birth(person, on=date(2021, 6, 15), youngest=30, oldest=52)
        yield {
            "member_no": f"{team}-{place[team]:02d}",
            "team_key": team,
            "name": f"示例{_NAMES[person - 1]}",
            "identity": example_identity(person, born),
            "role_code": role,
            "home_unit": home,
            "first_on": first or begins,
            "last_on": last or ends,
        }


def closing() -> Record:
    """Sheet 关账记录: the example's only one."""
    return {
        "closed_on": CLOSED,
        "closed_by": "示例协作办经办人",
        "note": f"示例数据，{workday(CLOSED):%Y-%m-%d} 由两地共同核对",
    }
