"""The book of talent exchange: invented people in postings both ways, mentors, paired officials, courses with sign-in.

From print come two totals only: seven teachers from the east as vice principals and similar, and one academy of rural
revitalisation. One of the seven served in two schools, one after the other: seven persons, eight postings.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from programme import CLOSED, Numbers, workday
from workbooks import Row

from shanhai.base.identifiers import example_birth, example_identity

NAME = "11-人才交流"
_PREFIX = "RY-RC-"
#: Identity sequences of this book; the day of birth tells apart those who share one.
_FIRST_SEED, _SEEDS = 300, 100
_REFERENCE = date(2021, 6, 15)

#: Kind, role, post, where from, where to, first planned day, months, what became of it, person (a number means again).
_LEADERS = (
    ("vice_principal", "副校长（挂职）", "示例温岭第一小学", "示例阆中温岭实验学校", date(2021, 9, 1), 12, "served", 1),
    ("vice_principal", "副校长（挂职）", "示例温岭第三中学", "示例阆中柏垭中学", date(2021, 9, 1), 12, "served", 2),
    ("vice_principal", "副校长（挂职）", "示例温岭第二小学", "示例阆中盘龙小学", date(2022, 8, 29), 12, "served", 3),
    (
        "principal_aide",
        "校长助理（挂职）",
        "示例温岭实验小学",
        "示例阆中温岭实验学校",
        date(2022, 8, 29),
        12,
        "early",
        4,
    ),
    ("vice_principal", "副校长（挂职）", "示例温岭第一小学", "示例阆中盘龙小学", date(2022, 9, 5), 12, "served", 1),
    ("vice_principal", "副园长（挂职）", "示例温岭幼儿园", "示例阆中温岭幼儿园", date(2023, 8, 28), 12, "on_duty", 5),
    (
        "school_office",
        "教务处主任（挂职）",
        "示例温岭第二中学",
        "示例阆中河溪中学",
        date(2023, 8, 28),
        12,
        "on_duty",
        6,
    ),
    (
        "vice_principal",
        "副校长（挂职）",
        "示例温岭第三小学",
        "示例阆中温岭实验学校",
        date(2023, 8, 28),
        12,
        "on_duty",
        7,
    ),
)


class Plan(NamedTuple):
    """Postings of one sort: how many each year, from where to where, in which roles, for how long."""

    kind: str
    direction: str
    years: tuple[tuple[date, int], ...]
    months: int
    role: str
    post: str
    homes: tuple[str, ...]
    hosts: tuple[str, ...]


_EAST_SCHOOLS = ("示例温岭第一小学", "示例温岭第二小学", "示例温岭第三中学", "示例温岭实验小学")
_WEST_SCHOOLS = ("示例阆中温岭实验学校", "示例阆中盘龙小学", "示例阆中柏垭中学", "示例阆中河溪中学")
_EAST_HOSPITALS = ("示例温岭第一人民医院", "示例温岭中医院", "示例温岭妇幼保健院")
_WEST_HOSPITALS = ("示例阆中老观卫生院", "示例阆中柏垭卫生院", "示例阆中人民医院")
_EAST_OFFICES = ("示例温岭发展和改革局", "示例温岭农业农村局", "示例温岭财政局", "示例温岭行政服务中心")
_WEST_OFFICES = ("示例阆中发展和改革局", "示例阆中农业农村局", "示例阆中财政局", "示例阆中行政审批局")
_FARMS = ("示例阆中农业技术推广站", "示例阆中林业和园林局", "示例阆中天宫镇农技站")
_PLANS = (
    Plan("official", "east_to_west", ((date(2021, 6, 21), 5), (date(2024, 5, 20), 4)), 36, "office_head", "副局长（挂职）", _EAST_OFFICES, _WEST_OFFICES),
    Plan("official", "west_to_east", ((date(2022, 3, 14), 4), (date(2023, 3, 13), 4), (date(2024, 3, 11), 4)), 6, "office_staff", "科员（跟岗）", _WEST_OFFICES, _EAST_OFFICES),
    Plan("teacher", "east_to_west", ((date(2021, 9, 1), 3), (date(2022, 8, 29), 4), (date(2023, 8, 28), 4)), 12, "class_teacher", "任课教师", _EAST_SCHOOLS, _WEST_SCHOOLS),
    Plan("teacher", "west_to_east", ((date(2022, 2, 21), 4), (date(2023, 2, 20), 5), (date(2024, 2, 26), 5)), 4, "learner", "跟岗教师", _WEST_SCHOOLS, _EAST_SCHOOLS),
    Plan("doctor", "east_to_west", ((date(2021, 10, 11), 3), (date(2022, 10, 10), 4), (date(2023, 10, 9), 4)), 12, "physician", "主治医师", _EAST_HOSPITALS, _WEST_HOSPITALS),
    Plan("doctor", "west_to_east", ((date(2022, 5, 9), 4), (date(2023, 5, 8), 4), (date(2024, 4, 8), 4)), 3, "learner", "进修医师", _WEST_HOSPITALS, _EAST_HOSPITALS),
    Plan("specialist", "east_to_west", ((date(2022, 4, 11), 3), (date(2023, 4, 10), 3), (date(2024, 4, 15), 3)), 6, "expert", "农业技术专家", ("示例温岭农业技术推广站",), _FARMS),
    Plan("specialist", "west_to_east", ((date(2022, 6, 13), 2), (date(2023, 6, 12), 3)), 3, "learner", "跟岗技术员", _FARMS, ("示例温岭农业技术推广站",)),
)  # fmt: skip
#: From how many months a posting of a kind counts as served; the setting for teachers was raised once.
_MINIMUM = (
    ("official", 6, date(2021, 6, 1), None),
    ("teacher", 3, date(2021, 6, 1), date(2022, 7, 31)),
    ("teacher", 4, date(2022, 8, 1), None),
    ("doctor", 3, date(2021, 6, 1), None),
    ("specialist", 3, date(2021, 6, 1), None),
)
_INSTITUTIONS = (
    ("RCJG-01", "示例阆中乡村振兴学院", "academy", "阆中市天宫镇", "示例阆中市委组织部", date(2022, 10, 12)),
    ("RCJG-02", "示例油橄榄种植实训基地", "training_base", "阆中市柏垭镇", "示例阆中农业农村局", date(2022, 4, 20)),
    ("RCJG-03", "示例温岭农业专家工作站", "station", "阆中市河溪街道", "示例温岭农业农村局", date(2023, 3, 22)),
)
#: Title, kind, venue, place, organiser, first day, days, people expected.
_COURSES = (
    ("乡村振兴干部培训班", "officials", "east", "温岭", date(2021, 10, 18), 3, 24), ("农村电商带头人培训班", "leaders", "west", "阆中", date(2021, 11, 15), 2, 30),
    ("学科骨干教师研修班", "specialists", "west", "阆中", date(2021, 12, 6), 2, 28), ("乡镇卫生院医师培训班", "specialists", "west", "老观镇", date(2022, 3, 21), 2, 22),
    ("油橄榄栽培技术培训班", "leaders", "west", "柏垭镇", date(2022, 4, 25), 2, 32), ("财政资金管理培训班", "officials", "west", "阆中", date(2022, 6, 20), 1, 26),
    ("中小学校长跟岗学习班", "on_the_job", "east", "温岭", date(2022, 9, 19), 3, 18), ("乡村振兴学院开班第一期", "officials", "west", "天宫镇", date(2022, 10, 17), 2, 36),
    ("柑橘管护技术培训班", "leaders", "west", "天宫镇", date(2022, 11, 14), 2, 30), ("急救技能培训班", "specialists", "west", "阆中", date(2023, 2, 20), 1, 24),
    ("政务服务窗口跟班学习", "on_the_job", "east", "温岭", date(2023, 3, 20), 3, 16), ("村党组织书记培训班", "officials", "west", "天宫镇", date(2023, 4, 17), 2, 40),
    ("生猪养殖技术培训班", "leaders", "west", "千佛镇", date(2023, 5, 15), 2, 28), ("课堂教学研修班", "specialists", "west", "阆中", date(2023, 9, 11), 2, 30),
    ("项目管理干部培训班", "officials", "east", "温岭", date(2023, 10, 16), 3, 20), ("中医适宜技术培训班", "specialists", "west", "柏垭镇", date(2023, 11, 13), 2, 26),
    ("民宿带头人培训班", "leaders", "west", "天宫镇", date(2023, 12, 4), 2, 24), ("乡村规划专题培训班", "officials", "west", "天宫镇", date(2024, 3, 18), 2, 34),
    ("幼儿园教师跟岗学习班", "on_the_job", "east", "温岭", date(2024, 4, 15), 3, 14), ("农机手技术培训班", "specialists", "west", "河溪街道", date(2024, 6, 3), 2, 30),
)  # fmt: skip
_TRADES = {"teacher": "teaching", "doctor": "medicine", "specialist": "farming"}
_GOALS = {"teaching": "一学年上两节校级公开课", "medicine": "独立完成三种常见手术", "farming": "独立指导两个种植基地"}
#: Numbers of people in the register: posted, apprentices, officials of the west in pairs, people in courses.
_APPRENTICES, _PAIRED, _TRAINED = 40, 12, 150


class Book:
    """Everything of the book, made once in the order in which people come in."""

    def __init__(self) -> None:
        """Postings first: they say how many people there are."""
        self.people = 0
        self.papers, self.numbers = Numbers.fresh(), Numbers.fresh()
        self.secondments: list[Row] = []
        self._leaders()
        for plan in _PLANS:
            self._posted(plan)
        self.posted = self.people
        self.apprentices = [self._newcomer() for _ in range(_APPRENTICES)]
        self.paired = [self._newcomer() for _ in range(_PAIRED)]
        self.trained = [self._newcomer() for _ in range(_TRAINED)]

    def _newcomer(self) -> str:
        self.people += 1
        return person_no(self.people)

    def _leaders(self) -> None:
        numbers: dict[int, str] = {}
        for role, post, home, host, first, months, came_of_it, who in _LEADERS:
            if who not in numbers:
                numbers[who] = self._newcomer()
            shared = {"direction_code": "east_to_west", "kind_code": "teacher", "role_code": role, "post": post}
            places = {"from_unit": home, "to_unit": host, "person_key": numbers[who]}
            self._add(shared | places, first, months, came_of_it)

    def _posted(self, plan: Plan) -> None:
        for first, count in plan.years:
            for place in range(count):
                ends = _months_on(first, plan.months)
                came_of_it = "on_duty" if ends > CLOSED else "early" if place == 3 else "served"
                row = {
                    "direction_code": plan.direction, "kind_code": plan.kind, "role_code": plan.role, "post": plan.post,
                    "from_unit": plan.homes[place % len(plan.homes)], "to_unit": plan.hosts[place % len(plan.hosts)],
                    "person_key": self._newcomer(),
                }  # fmt: skip
                self._add(row, first, plan.months, came_of_it)

    def _add(self, row: Row, first: date, months: int, came_of_it: str) -> None:
        first = workday(first)
        last = _months_on(first, months) - timedelta(days=1)
        arrived = workday(first + timedelta(days=len(self.secondments) % 3))
        left = {"served": last, "early": last - timedelta(days=45), "on_duty": None}[came_of_it]
        self.secondments.append({
            "secondment_no": self.numbers.key("XP", first), **row, "first_on": first, "last_on": last,
            "arrived_on": arrived, "left_on": left, "document_no": self.papers.paper("组干", first),
        })  # fmt: skip

    def of_kind(self, kind: str, direction: str) -> list[Row]:
        """Postings of a kind and direction."""
        return [row for row in self.secondments if row["kind_code"] == kind and row["direction_code"] == direction]


def person_no(number: int) -> str:
    """The number somebody has in the register."""
    return f"{_PREFIX}{number:03d}"


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


def _people(book: Book) -> Iterator[Row]:
    """Sheet 人员."""
    for number in range(1, book.people + 1):
        born = example_birth(number, on=_REFERENCE, youngest=24, oldest=54)
        seed = _FIRST_SEED + number % _SEEDS
        yield {
            "person_no": person_no(number),
            "name": f"示例人才{number:03d}",
            "identity": example_identity(seed, born),
        }


def _minimum(papers: Numbers) -> Iterator[Row]:
    """Sheet 最短期限."""
    for kind, months, first, last in _MINIMUM:
        yield {
            "kind_code": kind, "month_count": months, "first_on": first, "last_on": last, "document_no": papers.paper("人才协", first),
        }  # fmt: skip


def _institutions(papers: Numbers) -> Iterator[Row]:
    """Sheet 人才机构."""
    for number, name, kind, place, unit, opened in _INSTITUTIONS:
        yield {
            "institution_no": number, "name": name, "kind_code": kind, "place": place, "unit_name": unit,
            "opened_on": workday(opened), "document_no": papers.paper("机构", opened),
        }  # fmt: skip


def _results(book: Book, papers: Numbers) -> Iterator[Row]:
    """Sheet 返岗成效: of every third posting that is over for half a year."""
    told = (
        ("key_role", "回校后牵头学科教研"), ("promoted", "回单位后提任副职"), ("title", "晋升高一级职称"),
        ("practice", "把协作地的做法在本单位推开"), ("award", "获评市级先进个人"),
    )  # fmt: skip
    over = [row for row in book.secondments if row["left_on"] and row["left_on"] < date(2023, 12, 1)]
    for place, row in enumerate(over[::3]):
        code, detail = told[place % len(told)]
        day = workday(row["left_on"] + timedelta(days=120))
        yield {
            "result_no": f"FG-{day.year}-{place + 1:03d}", "secondment_key": row["secondment_no"], "result_code": code,
            "detail": detail, "stated_on": day, "document_no": papers.paper("人才", day),
        }  # fmt: skip


_GROUPS = (
    ("STZ-2022-01", "小学语文师徒小组", "teaching", "示例阆中盘龙小学", date(2022, 9, 12)),
    ("STZ-2022-02", "乡镇卫生院师徒小组", "medicine", "示例阆中老观卫生院", date(2022, 10, 24)),
    ("STZ-2023-01", "油橄榄管护师徒小组", "farming", "示例阆中农业技术推广站", date(2023, 4, 24)),
)


def _groups() -> Iterator[Row]:
    """Sheet 师徒小组."""
    for number, name, trade, unit, first in _GROUPS:
        yield {"group_no": number, "name": name, "trade_code": trade, "unit_name": unit, "first_on": workday(first)}


def _pairs(book: Book) -> Iterator[Row]:
    """Sheet 师徒结对: every second expert from the east takes one to three learners while there."""
    learners = iter(book.apprentices)
    groups = {trade: (number, first) for number, _, trade, _, first in _GROUPS}
    number = 0
    for kind, trade in _TRADES.items():
        for place, row in enumerate(book.of_kind(kind, "east_to_west")[::2]):
            first = workday(row["arrived_on"] + timedelta(days=14))
            last = row["left_on"] or row["last_on"]
            group, formed = groups[trade]
            for _, learner in zip(range(1 + place % 3), learners, strict=False):
                number += 1
                yield {
                    "pair_no": f"ST-{first.year}-{number:03d}", "mentor_key": row["person_key"], "person_key": learner,
                    "group_key": group if first >= formed else None, "trade_code": trade, "unit_name": row["to_unit"], "goal": _GOALS[trade],
                    "first_on": first, "last_on": last,
                    "outcome_code": ("met" if number % 6 else "not_met") if last <= CLOSED else None,
                }  # fmt: skip


def _officials(book: Book) -> Iterator[Row]:
    """Sheet 干部结对: officials from the east, each with one of the west who stays at the own post."""
    east = book.of_kind("official", "east_to_west")
    for number, west in enumerate(book.paired):
        row = east[number % len(east)]
        first = workday(row["arrived_on"] + timedelta(days=30))
        if first > CLOSED:
            first = workday(CLOSED - timedelta(days=5))
        yield {
            "pair_no": f"GB-{first.year}-{number + 1:03d}", "east_key": row["person_key"], "west_key": west,
            "east_unit": row["from_unit"], "west_unit": _WEST_OFFICES[number % len(_WEST_OFFICES)], "first_on": first,
        }  # fmt: skip


def _courses(papers: Numbers) -> Iterator[Row]:
    """Sheet 培训班."""
    for number, (title, kind, venue, place, organiser_first, days, expected) in enumerate(_COURSES, start=1):
        first = workday(organiser_first)
        held = list(_days(first, days))
        yield {
            "course_no": _course_no(number, first), "title": f"示例：{title}", "kind_code": kind, "venue_code": venue, "place": place,
            "organiser": "示例温岭市委组织部" if venue == "east" else "示例阆中市委组织部", "first_on": held[0], "last_on": held[-1],
            "planned_person_count": expected, "document_no": papers.paper("培训", first),
        }  # fmt: skip


def _course_no(number: int, first: date) -> str:
    return f"PX-{first.year}-{number:02d}"


def _days(first: date, count: int) -> Iterator[date]:
    day = workday(first)
    for _ in range(count):
        yield day
        day = workday(day + timedelta(days=1))


def _course_days() -> Iterator[Row]:
    """Sheet 培训日."""
    topics = ("政策与案例", "现场教学", "交流与考核")
    for number, (_, _, _, _, first, days, _) in enumerate(_COURSES, start=1):
        for place, day in enumerate(_days(first, days)):
            yield {
                "course_key": _course_no(number, workday(first)),
                "held_on": day,
                "topic": topics[place],
                "hour_count": 6,
            }


def _attendance(book: Book) -> Iterator[Row]:
    """Sheet 培训签到: a course takes a stretch of the people, so that some come several times; a few miss a day."""
    for number, (_, _, _, _, first, days, expected) in enumerate(_COURSES, start=1):
        present = expected - number % 4
        begin = number * 17
        for place, day in enumerate(_days(first, days)):
            for seat in range(present):
                if place and (seat + number) % 11 == 0:
                    continue
                person = book.trained[(begin + seat) % len(book.trained)]
                yield {"course_key": _course_no(number, workday(first)), "attended_on": day, "person_key": person}


def sheets() -> tuple[tuple[str, str, Iterable[Row]], ...]:
    """The sheets of the book: type, side, rows."""
    book = Book()
    papers = Numbers.fresh()
    return (
        ("reference.person", "west", _people(book)),
        ("talent.institution", "west", _institutions(papers)),
        ("talent.minimumterm", "west", _minimum(papers)),
        ("talent.secondment", "east", [row for row in book.secondments if row["direction_code"] == "east_to_west"]),
        ("talent.secondment", "west", [row for row in book.secondments if row["direction_code"] == "west_to_east"]),
        ("talent.postingresult", "west", _results(book, papers)),
        ("talent.mentorgroup", "west", _groups()),
        ("talent.mentorpair", "west", _pairs(book)),
        ("talent.pairedofficials", "west", _officials(book)),
        ("talent.course", "west", _courses(papers)),
        ("talent.courseday", "west", _course_days()),
        ("talent.attendance", "west", _attendance(book)),
    )
