"""Workbook 12 社会帮扶 of the example: winters, gifts and who got them, courses and work of disabled people.

Everything is invented but the totals: three winters, 12 schools, over 5,000 children left behind, over 3,300 person-times
of training, over 150 disabled people with work. Nothing here is drawn by lot, so the same rows come every time.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from shanhai.base.identifiers import example_identity, example_organisation

Row = Mapping[str, Any]
NAME = "12-社会帮扶"
CLOSED = date(2024, 6, 30)
WEST = "511381"

CHILDREN = 5_046
DISABLED, FAMILY = 648, 60
ATTENDED = {"disabled": 3_318, "family": 126}
EMPLOYED, CHANGED, FAMILY_EMPLOYED = 153, 17, 9

_TOWNS = ("柏垭镇", "老观镇", "千佛镇", "天宫镇", "妙高镇", "五马镇", "河溪街道", "七里街道")
#: Warm-winter campaigns: number, year, first and last day, how many schools took part.
_WINTERS = (
    ("GY-2021-01", 2021, date(2021, 12, 6), date(2022, 1, 14), 7),
    ("GY-2022-01", 2022, date(2022, 12, 5), date(2023, 1, 10), 10),
    ("GY-2023-01", 2023, date(2023, 12, 4), date(2024, 1, 19), 12),
)
_BRAND = "示例向阳公益"
#: Number, name, theme, year, first and last day, children counted on the spot.
_OTHERS = (
    ("GY-2022-02", "示例助残日活动（2022年）", "disabled", 2022, date(2022, 5, 13), date(2022, 5, 20), None),
    ("GY-2022-03", "示例开学季助学活动", "schooling", 2022, date(2022, 8, 22), date(2022, 9, 2), 186),
    ("GY-2023-02", "示例助残日活动（2023年）", "disabled", 2023, date(2023, 5, 15), date(2023, 5, 24), None),
    ("GY-2023-03", "示例重阳敬老活动", "elderly", 2023, date(2023, 10, 20), date(2023, 10, 25), None),
)
#: Number, name, level, parent.
_APPEALS = (
    ("MJ-01", "示例东西部协作慈善募捐", 1, None),
    ("MJ-01-1", "示例暖冬专项", 2, "MJ-01"),
    ("MJ-01-2", "示例助残专项", 2, "MJ-01"),
    ("MJ-01-1-1", "示例商会冠名基金", 3, "MJ-01-1"),
)
#: Giver, level, yuan, day, what for, appeal.
_MONEY = (
    ("示例市慈善总会", "county", "120000.00", date(2021, 9, 16), "暖冬行动启动资金", "MJ-01-1"),
    ("示例商会", "society", "86500.00", date(2021, 11, 8), "留守儿童暖冬", "MJ-01-1-1"),
    ("示例爱心人士（汇总）", "society", "23418.60", date(2021, 12, 2), "留守儿童暖冬", "MJ-01-1"),
    ("示例镇机关干部（汇总）", "town", "41230.00", date(2022, 1, 6), "留守儿童暖冬", "MJ-01-1"),
    ("示例市残疾人联合会", "county", "150000.00", date(2022, 3, 1), "残疾人手工艺培训", "MJ-01-2"),
    ("示例机电有限公司", "society", "60000.00", date(2022, 5, 9), "助残日慰问", "MJ-01-2"),
    ("示例市慈善总会", "county", "100000.00", date(2022, 8, 10), "开学季助学", "MJ-01"),
    ("示例泵业有限公司", "society", "98000.00", date(2022, 11, 3), "留守儿童暖冬", "MJ-01-1-1"),
    ("示例地级市红十字会", "prefecture", "75000.00", date(2022, 11, 21), "留守儿童暖冬", "MJ-01-1"),
    ("示例爱心人士（汇总）", "society", "31706.35", date(2022, 12, 12), "留守儿童暖冬", "MJ-01-1"),
    ("示例街道商户（汇总）", "town", "18840.00", date(2023, 2, 24), "助残专项", "MJ-01-2"),
    ("示例省级基金会", "province", "200000.00", date(2023, 4, 18), "残疾人之家设备", "MJ-01-2"),
    ("示例鞋业有限公司", "society", "66000.00", date(2023, 5, 11), "助残日慰问", "MJ-01-2"),
    ("示例市慈善总会", "county", "130000.00", date(2023, 10, 12), "敬老和暖冬", "MJ-01"),
    ("示例商会", "society", "112000.00", date(2023, 11, 9), "留守儿童暖冬", "MJ-01-1-1"),
    ("示例爱心人士（汇总）", "society", "45027.55", date(2023, 12, 18), "留守儿童暖冬", "MJ-01-1"),
    ("示例村（社区）汇总", "town", "27300.00", date(2024, 3, 5), "助残专项", "MJ-01-2"),
    ("示例造船有限公司", "society", "88000.00", date(2024, 5, 17), "残疾人就业培训", "MJ-01-2"),
)
#: Giver, level, what, how many, yuan a piece, way of valuation, day, winter it was meant for.
_CLOTHES = (
    ("示例制衣有限公司", "society", "棉服", 1_050, 118, "invoice", date(2021, 11, 20), 0),
    ("示例商会", "society", "暖冬礼包", 1_000, 86, "market", date(2021, 11, 26), 0),
    ("示例制衣有限公司", "society", "棉服", 1_300, 121, "invoice", date(2022, 11, 18), 1),
    ("示例针织厂", "society", "围巾手套套装", 1_000, 39, "donor", date(2022, 11, 24), 1),
    ("示例制衣有限公司", "society", "棉服", 1_500, 124, "invoice", date(2023, 11, 16), 2),
    ("示例市妇女联合会", "county", "暖冬礼包", 1_100, 90, "market", date(2023, 11, 22), 2),
    ("示例针织厂", "society", "围巾手套套装", 1_000, 41, "donor", date(2023, 11, 28), 2),
)
#: Number, giver, what, how many, yuan, way, day, campaign, receivers with their share, group of receivers.
_THINGS = (
    ("示例器械有限公司", "康复训练器材", 12, 96_000, "invoice", date(2022, 5, 6), "GY-2022-02", ("示例康复中心", "示例特教学校"), "disabled"),
    ("示例文具厂", "学习用品套装", 200, 13_600, "market", date(2022, 8, 15), "GY-2022-03", (), "child"),
    ("示例家电有限公司", "轮椅", 30, 25_500, "invoice", date(2023, 5, 8), "GY-2023-02", ("示例残疾人服务中心",), "disabled"),
    ("示例食品有限公司", "重阳礼盒", 240, 19_200, "donor", date(2023, 10, 16), "GY-2023-03", ("示例敬老院一", "示例敬老院二"), "elderly"),
)  # fmt: skip
_CENTRES = (
    ("JG-01", "示例残疾人之家", "home", "new", date(2023, 12, 21), "七里街道", "XM-2023-011"),
    ("JG-02", "示例脑瘫儿童康复中心", "rehabilitation", "rebuilt", date(2024, 3, 15), "七里街道", "XM-2023-012"),
    ("JG-03", "示例特教学校", "special_school", "rebuilt", date(2022, 9, 1), "七里街道", None),
    ("JG-04", "示例残疾人就业培训基地", "training_base", "rebuilt", date(2022, 3, 8), "河溪街道", None),
)
_COURSES = (
    ("手工编织", 6), ("刺绣", 5), ("串珠工艺", 4), ("剪纸", 4), ("电商客服", 5), ("盲人按摩", 6), ("家庭种养", 4), ("缝纫", 6), ("包装分拣", 3),
)  # fmt: skip
_EMPLOYERS = (
    ("示例善坊手工艺合作社", "编织工"), ("示例服装厂", "缝纫工"), ("示例残疾人之家", "辅助性就业"), ("示例电商公司", "客服"), ("示例丝绵加工点", "分拣工"),
    ("示例按摩店", "按摩师"), ("示例果蔬合作社", "包装工"),
)  # fmt: skip


def sheets() -> tuple[tuple[str, str, Iterable[Row]], ...]:
    """Every sheet of the book: record type, side, rows."""
    return (
        ("reference.organisation", "west", _schools()),
        ("reference.household", "west", _households()),
        ("reference.person", "west", (*_children(), *_adults())),
        ("charity.campaign", "west", _campaigns()),
        ("charity.appeal", "west", _appeals()),
        ("charity.donation", "west", (*_money(), *_clothes(), *_things())),
        ("charity.distribution", "west", (*_winter_gifts(), *_other_gifts())),
        ("charity.centre", "west", _centres()),
        ("charity.brand", "west", _brands()),
        ("charity.disabilitytraining", "west", _trainings()),
        ("charity.trainingattendance", "west", _attendances()),
        ("charity.disabledemployment", "west", _jobs()),
    )


def _school_code(number: int) -> str:
    return example_organisation(412_000 + number, "12")


def _schools() -> Iterator[Row]:
    for number in range(12):
        yield {
            "credit_code": _school_code(number), "name": f"示例受助学校{number + 1:02d}", "kind": "institution", "region_code": WEST,
        }  # fmt: skip


def _households() -> Iterator[Row]:
    """Households of the disabled people; those of the children are not told."""
    for number in range(DISABLED):
        yield {
            "household_no": f"NH-SH-{number + 1:04d}", "region_code": WEST, "village": f"示例{_TOWNS[number % 8][:2]}村{number % 7 + 1}组",
            "member_count": 2 + number % 4, "kind_code": ("ordinary", "lifted", "monitored", "lifted")[number % 4],
        }  # fmt: skip


def _child_no(number: int) -> str:
    return f"RY-SH-{number + 1:05d}"


def _children() -> Iterator[Row]:
    first = date(2008, 9, 1)
    for number in range(CHILDREN):
        birth = first + timedelta(days=number * 13 % 2_921)
        yield {
            "person_no": _child_no(number), "name": f"示例学生{number + 1:04d}", "identity": example_identity(400 + number % 150, birth),
        }  # fmt: skip


def _adult_no(number: int) -> str:
    return f"RY-SH-{60_001 + number}"


def _adults() -> Iterator[Row]:
    """Disabled people, and behind them members of the families of some."""
    first = date(1966, 1, 8)
    for number in range(DISABLED + FAMILY):
        birth = first + timedelta(days=number * 19 % 13_001)
        word = "学员" if number < DISABLED else "家属"
        yield {
            "person_no": _adult_no(number), "name": f"示例{word}{number + 1:04d}", "identity": example_identity(550 + number % 50, birth),
            "household_key": f"NH-SH-{number % DISABLED + 1:04d}",
        }  # fmt: skip


def _campaigns() -> Iterator[Row]:
    for number, year, first, last, _ in _WINTERS:
        yield {
            "campaign_no": number, "name": f"示例暖冬公益活动（{year}年）", "brand": _BRAND, "theme_code": "warm_winter", "campaign_year": year,
            "first_on": first, "last_on": last, "organiser": "示例市慈善总会",
        }  # fmt: skip
    for number, name, theme, year, first, last, counted in _OTHERS:
        yield {
            "campaign_no": number, "name": name, "theme_code": theme, "campaign_year": year, "first_on": first, "last_on": last,
            "organiser": "示例志愿服务联合会", "child_count": counted,
        }  # fmt: skip


def _appeals() -> Iterator[Row]:
    for number, name, level, parent in _APPEALS:
        yield {"appeal_no": number, "name": name, "level_no": level, "parent_key": parent}


def _money() -> Iterator[Row]:
    for number, (giver, level, yuan, day, purpose, appeal) in enumerate(_MONEY, start=1):
        local = level == "town" and number % 2 == 1
        yield {
            "donation_no": f"JZ-{day.year}-Z{number:02d}", "donor_name": giver, "origin_code": "local" if local else "east", "level_code": level,
            "kind_code": "money", "amount_fen": int(yuan.replace(".", "")), "received_on": day, "purpose": purpose, "appeal_key": appeal,
        }  # fmt: skip


def _clothes_no(number: int) -> str:
    return f"JZ-{_CLOTHES[number][6].year}-W{number + 1:02d}"


def _clothes() -> Iterator[Row]:
    for number, (giver, level, item, count, price, way, day, winter) in enumerate(_CLOTHES):
        yield {
            "donation_no": _clothes_no(number), "donor_name": giver, "origin_code": "east", "level_code": level, "kind_code": "goods",
            "amount_fen": count * price * 100, "valuation_code": way, "item_name": item, "item_count": count, "received_on": day,
            "purpose": "留守儿童暖冬", "campaign_key": _WINTERS[winter][0], "appeal_key": "MJ-01-1",
        }  # fmt: skip


def _things() -> Iterator[Row]:
    for number, (giver, item, count, yuan, way, day, campaign, _, _) in enumerate(_THINGS, start=1):
        yield {
            "donation_no": f"JZ-{day.year}-Q{number:02d}", "donor_name": giver, "origin_code": "east", "level_code": "society", "kind_code": "goods",
            "amount_fen": yuan * 100, "valuation_code": way, "item_name": item, "item_count": count, "received_on": day, "campaign_key": campaign,
            "appeal_key": "MJ-01",
        }  # fmt: skip


def _winters_of(child: int) -> list[int]:
    """The winters in which a child got something: from when its school took part, every fourth child once more."""
    joined = next(winter for winter, (*_, schools) in enumerate(_WINTERS) if child % 12 < schools)
    place = child // 12
    first = max(joined, place % 3)
    return [first, first + 1] if place % 4 == 0 and first < 2 else [first]


def _winter_gifts() -> Iterator[Row]:
    """What children got: the gifts of each winter one after the other, until each is handed out."""
    for winter, (campaign, _, opened, closed, _) in enumerate(_WINTERS):
        stock = [(place, told[2]) for place, told in enumerate(_CLOTHES) if told[7] == winter for _ in range(told[3])]
        days = (closed - opened).days
        children = [child for child in range(CHILDREN) if winter in _winters_of(child)]
        for place, child in enumerate(children):
            gift, item = stock[place]
            yield {
                "distribution_no": f"FF-{opened.year}-{place + 1:04d}", "donation_key": _clothes_no(gift), "campaign_key": campaign,
                "school_key": _school_code(child % 12), "person_key": _child_no(child), "receiver_code": "left_behind", "item_name": item,
                "item_count": 1, "given_on": opened + timedelta(days=child % 12 * days // 12),
            }  # fmt: skip


def _other_gifts() -> Iterator[Row]:
    for number, (_, item, count, _, _, day, campaign, receivers, group) in enumerate(_THINGS, start=1):
        begun = next(told[4] for told in _OTHERS if told[0] == campaign)
        shared = {
            "donation_key": f"JZ-{day.year}-Q{number:02d}", "campaign_key": campaign, "receiver_code": group, "item_name": item,
        }  # fmt: skip
        for place, receiver in enumerate(receivers, start=1):
            yield shared | {
                "distribution_no": f"FF-Q{number:02d}-{place}", "receiver_name": receiver, "item_count": count // len(receivers),
                "given_on": begun + timedelta(days=place),
            }  # fmt: skip
        for place, heads in enumerate((70, 64, 52) if not receivers else (), start=1):
            yield shared | {
                "distribution_no": f"FF-Q{number:02d}-{place}", "school_key": _school_code(place), "head_count": heads, "item_count": heads,
                "given_on": begun + timedelta(days=place),
            }  # fmt: skip


def _centres() -> Iterator[Row]:
    for number, name, kind, action, opened, town, project in _CENTRES:
        yield {
            "centre_no": number, "name": name, "kind_code": kind, "action_code": action, "opened_on": opened, "town": town, "project_key": project,
        }  # fmt: skip


def _brands() -> Iterator[Row]:
    yield {
        "brand_no": "PP-01", "name": "示例善坊", "holder_name": "示例残疾人服务中心", "craft": "手工编织、刺绣", "centre_key": "JG-04",
        "founded_on": date(2022, 4, 12),
    }  # fmt: skip


def _training_days() -> list[tuple[str, str, date, int]]:
    """Number, course, first day and length of every course: two rounds a year of nine."""
    found = []
    for number in range(27):
        course, length = _COURSES[number % 9]
        first = date(2022, 3, 14) + timedelta(days=number * 31)
        found.append((f"CP-{first.year}-{number + 1:02d}", course, first, length))
    return found


def _trainings() -> Iterator[Row]:
    for number, course, first, length in _training_days():
        crafted = course in ("手工编织", "刺绣", "串珠工艺", "剪纸")
        yield {
            "training_no": number, "name": f"示例{course}培训班", "course": course, "organiser": "示例市残疾人联合会", "centre_key": "JG-04",
            "brand_key": "PP-01" if crafted and first > date(2022, 4, 12) else None, "first_on": first, "last_on": first + timedelta(days=length - 1),
        }  # fmt: skip


def _attendances() -> Iterator[Row]:
    yield from _attended("disabled", range(DISABLED), 26)
    yield from _attended("family", range(DISABLED, DISABLED + FAMILY), 3)


def _attended(standing: str, people: range, seats: int) -> Iterator[Row]:
    """So many seats in every course, filled one person after the other, until the published total is reached."""
    left, turn = ATTENDED[standing], 0
    while left:
        for number, _, first, length in _training_days():
            for seat in range(seats):
                person = people[(turn + seat) % len(people)]
                for day in range(length):
                    if left:
                        left -= 1
                        yield {
                            "training_key": number, "person_key": _adult_no(person), "attended_on": first + timedelta(days=day),
                            "standing_code": standing,
                        }  # fmt: skip
            turn += seats
        seats += 1


def _jobs() -> Iterator[Row]:
    """A spell of work for everybody employed, a second one for those who changed; some have left since."""
    for number in range(EMPLOYED + FAMILY_EMPLOYED):
        disabled = number < EMPLOYED
        person = number * 4 % DISABLED if disabled else DISABLED + number % FAMILY
        employer, job = _EMPLOYERS[number % len(_EMPLOYERS)]
        started = date(2022, 4, 18) + timedelta(days=number * 5 % 760)
        changed, gone = disabled and number < CHANGED, number % 11 == 3
        ended = started + timedelta(days=120 + number % 60) if changed or gone else None
        told = {
            "person_key": _adult_no(person), "standing_code": "disabled" if disabled else "family",
            "workplace_code": ("nearby", "nearby", "nearby", "home")[number % 4], "brand_key": None,
        }  # fmt: skip
        shared = told | {"brand_key": "PP-01"} if employer.startswith("示例善坊") else told
        yield shared | {
            "employment_no": f"JY-{number + 1:03d}", "employer_name": employer, "job_name": job, "started_on": started,
            "ended_on": ended if ended and ended <= CLOSED else None,
        }  # fmt: skip
        if changed and ended and ended + timedelta(days=20) <= CLOSED:
            again, work = _EMPLOYERS[(number + 2) % len(_EMPLOYERS)]
            yield told | {
                "employment_no": f"JY-{number + 1:03d}-2", "employer_name": again, "job_name": work, "started_on": ended + timedelta(days=20),
            }  # fmt: skip
