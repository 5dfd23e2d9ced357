"""Labour cooperation of the example: who is away at work, where, and what was done for them.

Published are two totals: about 235,000 residents work away in a year, of them 26,871 lifted from poverty. The first
stands as a published statistic. For the second every worker is invented, with a number that belongs to nobody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from shanhai.base.identifiers import example_identity

Row = dict[str, Any]
NAME = "10-劳务协作"
_LIFTED_AWAY = 26_871
_PUBLISHED = 235_000
_YEAR = 2023
_CLOSED = date(2024, 6, 30)
_SEED = 2023
#: Days on which the county's poor were lifted from poverty, with the share of each year in hundredths.
_LIFTED_ON = ((date(2016, 12, 31), 24), (date(2017, 12, 31), 31), (date(2018, 12, 31), 27), (date(2019, 12, 31), 14), (date(2020, 12, 31), 4))  # fmt: skip
_CLASSES = (("paired_east", 5), ("in_province", 36), ("public_welfare", 7), ("elsewhere", 52))
_PLACES = {
    "paired_east": ("331081", "331081", "331081", "331000", "330200"), "in_province": ("511381", "511300", "510100", "510100"),
    "public_welfare": ("511381",), "elsewhere": ("440300", "440100", "310000", "320500", "500000", "350200"),
}  # fmt: skip
_TRADES = {
    "sewing": ("制鞋", "针车工", 5800), "machining": ("泵业机电", "数控操作工", 6500), "electronics": ("电子", "装配工", 5600),
    "building": ("建筑劳务", "钢筋工", 7200), "catering": ("餐饮", "服务员", 4600), "care": ("家政", "护理员", 5200),
    "driving": ("物流", "驾驶员", 6900), "farming": ("农业", "种植工", 3900), "general": ("制造", "普工", 5000),
}  # fmt: skip
_SKILLS = tuple(_TRADES)
_STATIONS = (
    ("FWZ-2021-01", "阆中驻温岭劳务服务站", "331081", date(2021, 9, 10)), ("FWZ-2021-02", "温岭驻阆中劳务服务站", "511381", date(2021, 9, 28)),
    ("FWZ-2022-01", "阆中驻台州劳务联络点", "331000", date(2022, 3, 1)), ("FWZ-2022-02", "老观劳务服务点", "511381", date(2022, 5, 12)),
    ("FWZ-2023-01", "柏垭劳务服务点", "511381", date(2023, 2, 15)), ("FWZ-2023-02", "天宫劳务服务点", "511381", date(2023, 4, 20)),
)  # fmt: skip
_RULES = (
    ("BZ-2021-01", "travel", 600_00, "once", "lifted", "paired_east", 0, None, 600_00, date(2021, 9, 1), date(2022, 12, 31), "示例人社〔2021〕12号"),
    ("BZ-2023-01", "travel", 800_00, "once", "lifted", "paired_east", 1, None, 800_00, date(2023, 1, 1), None, "示例人社〔2023〕3号"),
    ("BZ-2022-01", "steady", 200_00, "month", "lifted", "paired_east", 3, 6, 1200_00, date(2022, 1, 1), None, "示例人社〔2022〕8号"),
    ("BZ-2022-02", "work", 1000_00, "once", "lifted", "", 3, None, 1000_00, date(2022, 1, 1), date(2023, 6, 30), "示例人社〔2022〕9号"),
    ("BZ-2023-02", "work", 1200_00, "once", "lifted", "", 3, None, 1200_00, date(2023, 7, 1), None, "示例人社〔2023〕17号"),
    ("BZ-2022-03", "post", 500_00, "month", "lifted", "public_welfare", 1, 12, 6000_00, date(2022, 1, 1), None, "示例人社〔2022〕15号"),
)  # fmt: skip


def sheets() -> tuple[tuple[str, str, Iterable[Row]], ...]:
    """Record type, side and rows, in the order in which they refer to each other."""
    book = _Book()
    book.fill()
    return (
        ("reference.person", "west", book.people), ("reference.merge", "west", book.merges),
        ("labour.station", "east", _stations("east")), ("labour.station", "west", _stations("west")),
        ("labour.worker", "west", book.workers), ("labour.labouragreement", "west", _agreements()),
        ("labour.vacancy", "east", book.offers_in_the_east), ("labour.vacancy", "west", book.offers_at_home),
        ("labour.placement", "west", book.placements), ("labour.stayproof", "west", book.proofs),
        ("labour.subsidyrule", "west", _rules()), ("labour.subsidy", "west", book.subsidies()),
        ("labour.course", "west", _courses()), ("labour.courseattendance", "west", book.attendances()),
        ("labour.backpay", "west", _back_pay()), ("labour.publishedstatistic", "west", [_statistic()]),
    )  # fmt: skip


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _drawn(random: Random, weighed: Iterable[tuple[Any, int]]) -> Any:
    values, weights = zip(*weighed, strict=True)
    return random.choices(values, weights)[0]


@dataclass
class _Book:
    """The rows as they come up, person by person."""

    random: Random = field(default_factory=lambda: Random(_SEED))  # noqa: S311 - an example, the same each time
    people: list[Row] = field(default_factory=list)
    births: list[date] = field(default_factory=list)
    merges: list[Row] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)
    workers: list[Row] = field(default_factory=list)
    placements: list[Row] = field(default_factory=list)
    proofs: list[Row] = field(default_factory=list)
    offers_in_the_east: list[Row] = field(default_factory=list)
    offers_at_home: list[Row] = field(default_factory=list)

    def fill(self) -> None:
        """Everybody: those away in the year, those who are not, and those who look for a job."""
        self._offers()
        for number in range(_LIFTED_AWAY):
            self._person("lifted", number)
            self._away_in_the_year(number)
        for group, count, kind in (
            ("lifted", 260, "before"), ("lifted", 230, "after"), ("lifted", 340, "seeks"), ("other", 900, "away"),
            ("other", 210, "seeks"), ("monitored", 180, "away"), ("monitored", 60, "seeks"),
        ):  # fmt: skip
            for number in range(count):
                self._person(group, number, seeks=kind == "seeks")
                self._spells_of(kind, number)
        self._registered_again()
        self._known_twice()

    def _person(self, group: str, number: int, *, seeks: bool = False) -> None:
        place = len(self.people)
        birth = date(1964, 3, 1) + timedelta(days=(place // 400 * 181 + place % 400 * 7) % 15_000)
        self.people.append(
            {"person_no": f"RY-LW-{place + 1:05d}", "name": f"示例工{place + 1:05d}", "identity": example_identity(600 + place % 400, birth)}
        )  # fmt: skip
        self.births.append(birth)
        registered = date(2021, 9, 13) + timedelta(days=7 * self.random.randrange(60))
        first = _drawn(self.random, _LIFTED_ON) if group == "lifted" else registered
        row = {
            "worker_no": f"LD-{place + 1:05d}", "person_key": self.last, "registered_on": registered, "group_code": group,
            "skill_code": _SKILLS[self.random.randrange(len(_SKILLS))], "first_on": first,
        }  # fmt: skip
        if seeks:
            row |= {
                "wish_code": _drawn(self.random, (("paired_east", 5), ("in_province", 3), ("elsewhere", 2))),
                "wage_wish_fen": self.random.randrange(38, 70) * 100_00, "station_key": _STATIONS[1 + number % 3 // 2 * 2][0],
            }  # fmt: skip
        self.workers.append(row)

    @property
    def last(self) -> str:
        """The number of the person registered last."""
        return str(self.people[-1]["person_no"])

    def _spell(self, person: str, class_code: str, started: date, ended: date | None) -> Row:
        skill = _SKILLS[self.random.randrange(len(_SKILLS))]
        trade, _, wage = _TRADES[skill]
        number = len(self.placements) + 1
        row: Row = {
            "placement_no": f"JY-{number:05d}", "person_key": person, "class_code": class_code,
            "employer": f"示例{trade}{number % 9 + 1}厂" if class_code != "public_welfare" else f"示例村公益岗{number % 40 + 1}",
            "region_code": _PLACES[class_code][number % len(_PLACES[class_code])], "started_on": started, "ended_on": ended,
        }  # fmt: skip
        if class_code in ("paired_east", "public_welfare"):
            row["monthly_wage_fen"] = (
                (wage + self.random.randrange(-4, 12) * 100) * 100 if class_code == "paired_east" else 800_00
            )
        if class_code == "paired_east" and started >= date(_YEAR, 1, 1):
            self._by_an_offer(row, started)
        self.placements.append(row)
        return row

    def _by_an_offer(self, row: Row, started: date) -> None:
        """Every fifth who went east in the year took one of the openings offered then, as long as there are any left."""
        if len(self.placements) % 5:
            return
        for offer in self.offers_in_the_east:
            if (
                offer["first_on"] <= started <= (offer["last_on"] or _CLOSED)
                and self.taken.get(offer["vacancy_no"], 0) * 2 < offer["opening_count"]
            ):
                self.taken[offer["vacancy_no"]] = self.taken.get(offer["vacancy_no"], 0) + 1
                row |= {
                    "vacancy_key": offer["vacancy_no"],
                    "employer": offer["employer"],
                    "region_code": offer["region_code"],
                }
                return

    def _away_in_the_year(self, number: int) -> None:
        """Spells of somebody lifted from poverty, at least one of them inside the year."""
        class_code = _drawn(self.random, _CLASSES)
        if number % 19 == 7:  # came home for a while, and left again, some for another place
            home = date(_YEAR, 3, 31) + timedelta(days=self.random.randrange(90))
            self._spell(self.last, class_code, date(_YEAR, 2, 6), home)
            again = class_code if number % 2 else _drawn(self.random, _CLASSES)
            second = self._spell(self.last, again, home + timedelta(days=20), None if number % 3 else date(2024, 1, 31))
            if number % 57 == 7 and second["ended_on"]:
                self._spell(self.last, class_code, date(2024, 2, 26), None)
            return
        started = self._began()
        ended = None
        if self.random.random() < 0.34:
            ended = max(started + timedelta(days=100), date(_YEAR, 1, 15)) + timedelta(days=self.random.randrange(330))
            ended = ended if ended <= _CLOSED else None
        self._proved(self._spell(self.last, class_code, started, ended), number)

    def _began(self) -> date:
        """Most leave after the Spring Festival; the days lie in batches, as buses do."""
        year = _drawn(self.random, ((2021, 2), (2022, 3), (2023, 5)))
        months = ((7, 2), (9, 5), (11, 3)) if year == 2021 else ((2, 8), (3, 4), (5, 2), (7, 2), (9, 3), (11, 1))
        return date(year, _drawn(self.random, months), _drawn(self.random, ((8, 1), (16, 1), (24, 1))))

    def _spells_of(self, kind: str, number: int) -> None:
        """Spells before the year, after it, or in it, of those who are not among the published number."""
        class_code = "paired_east" if number % 4 == 0 else _drawn(self.random, _CLASSES)
        if kind == "before":
            self._spell(self.last, class_code, date(2022, 2, 16), date(2022, 11, 30) - timedelta(days=number % 100))
        elif kind == "after":
            self._proved(self._spell(self.last, class_code, date(2024, 2, 24), None), number * 7)
        elif kind == "away":
            self._proved(self._spell(self.last, class_code, self._began(), None), number * 3)

    def _proved(self, spell: Row, number: int) -> None:
        """Evidence for some months of spells in the east and of public-welfare posts, and of a few others."""
        if spell["class_code"] not in ("paired_east", "public_welfare") and number % 60:
            return
        if number % 3 == 2:
            return
        months = (1, 2, 3, 4, 6, 3)[number % 6]
        for month in range(1, months + 1):
            day = _months_later(spell["started_on"], month)
            if day > (spell["ended_on"] or _CLOSED):
                break
            self.proofs.append({
                "placement_key": spell["placement_no"], "month_on": f"{day:%Y-%m}",
                "evidence_code": ("wage_flow", "payroll", "insurance", "employer")[number % 4],
            })  # fmt: skip

    def _registered_again(self) -> None:
        """Some were entered a second time by a station: two entries of the register, one person."""
        for number in range(60):
            first = self.workers[number * 391]
            again = {
                "worker_no": f"LD-Z{number + 1:03d}",
                "station_key": _STATIONS[0][0],
                "registered_on": date(2023, 3, 6),
            }
            self.workers.append({name: value for name, value in first.items() if name != "worker_no"} | again)

    def _known_twice(self) -> None:
        """Three stand in the register of people twice, the second time without a number; the village told who they are."""
        for number in range(3):
            place = 100 + number * 9_001
            known = self.people[place]
            again = f"RY-LW-Z{number + 1:02d}"
            self.people.append({"person_no": again, "name": known["name"], "birth_on": self.births[place]})
            self.workers.append(
                self.workers[place]
                | {"worker_no": f"LD-Y{number + 1:03d}", "person_key": again, "registered_on": date(2023, 3, 6)}
            )
            last = [spell for spell in self.placements if spell["person_key"] == known["person_no"]][-1]
            last["ended_on"] = date(_YEAR, 11, 30)
            last["started_on"] = min(last["started_on"], date(_YEAR, 2, 8))
            self._spell(again, last["class_code"], date(_YEAR, 12, 6), None)
            self.merges.append({
                "merge_no": f"RD-LW-{number + 1:02d}", "kind_code": "person", "left_key": known["person_no"], "right_key": again,
                "verdict_code": "same", "decided_on": date(2024, 3, 12), "basis": "示例：村委会核实，两次登记为同一人",
            })  # fmt: skip

    def _offers(self) -> None:
        for number in range(168):
            class_code = ("paired_east", "paired_east", "in_province", "elsewhere")[number % 4]
            skill = _SKILLS[number * 5 % len(_SKILLS)]
            trade, title, wage = _TRADES[skill]
            first = date(2021, 9, 27) + timedelta(days=number * 6)
            offers = self.offers_in_the_east if class_code == "paired_east" else self.offers_at_home
            offers.append({
                "vacancy_no": f"GW-{first.year}-{number + 1:03d}", "employer": f"示例{trade}{number % 9 + 1}厂", "title": title,
                "class_code": class_code, "region_code": _PLACES[class_code][number % len(_PLACES[class_code])], "skill_code": skill,
                "opening_count": self.random.randrange(1, 21), "monthly_wage_fen": (wage + number % 7 * 150) * 100,
                "youngest_years": 18, "oldest_years": (45, 50, 55)[number % 3], "first_on": first,
                "last_on": None if number > 130 else first + timedelta(days=120),
                "station_key": _STATIONS[0][0] if class_code == "paired_east" and first > date(2021, 9, 10) else None,
            })  # fmt: skip

    def subsidies(self) -> Iterator[Row]:
        """Claims of those in the east and on public-welfare posts; the rules decide which of them are granted."""
        proved: dict[str, list[str]] = {}
        for proof in self.proofs:
            proved.setdefault(proof["placement_key"], []).append(proof["month_on"])
        number = 0
        lifted = {worker["person_key"] for worker in self.workers if worker["group_code"] == "lifted"}
        for spell in self.placements:
            months = proved.get(spell["placement_no"], [])
            if not months or int(spell["placement_no"][3:]) % 4:
                continue
            number += 1
            kind = "post" if spell["class_code"] == "public_welfare" else ("steady", "travel", "work")[number % 3]
            applied = _months_later(date.fromisoformat(months[-1] + "-01"), 1) + timedelta(days=number % 20)
            if applied > _CLOSED:
                continue
            row = {"subsidy_no": f"BT-{applied.year}-{number:04d}", "person_key": spell["person_key"],
                   "placement_key": spell["placement_no"], "kind_code": kind, "applied_on": applied}  # fmt: skip
            if number % 5 and _is_granted(row, spell, len(months), lifted) and applied + timedelta(days=15) <= _CLOSED:
                row["paid_on"] = applied + timedelta(days=15)
            yield row

    def attendances(self) -> Iterator[Row]:
        """Some twenty to fifty people in each course; a few come to two of them."""
        for number, course in enumerate(_courses()):
            first = 26_871 - 900 + number * 40
            for place in range(20 + number * 11 % 31):
                person = self.people[(first + place) if place % 10 else 120 + place]
                yield {
                    "course_key": course["course_no"], "person_key": person["person_no"], "attended_on": course["first_on"],
                    "is_passed": place % 13 != 0,
                }  # fmt: skip


def _is_granted(row: Row, spell: Row, months: int, lifted: set[str]) -> bool:
    """Whether some rule grants a claim, as far as needed to give it a day of payment."""
    for _, kind, _, _, _, place, least, _, _, first, last, _ in _RULES:
        if kind == row["kind_code"] and first <= row["applied_on"] <= (last or _CLOSED):
            return place in ("", spell["class_code"]) and months >= least and row["person_key"] in lifted
    return False


def _rules() -> Iterator[Row]:
    names = ("rule_no", "kind_code", "amount_fen", "per_code", "group_code", "class_code", "months_minimum", "months_maximum",
             "cap_fen", "first_on", "last_on", "document_no")  # fmt: skip
    for rule in _RULES:
        yield dict(zip(names, rule, strict=True))


def _stations(side: str) -> Iterator[Row]:
    for number, name, region, opened in _STATIONS:
        if (region[:2] == "33") == (side == "east"):
            yield {
                "station_no": number,
                "name": name,
                "region_code": region,
                "operator_name": "示例人力资源有限公司",
                "opened_on": opened,
            }


def _agreements() -> Iterator[Row]:
    for number in range(14):
        signed = date(2021, 9, 15) + timedelta(days=number * 68)
        yield {
            "agreement_no": f"LWXY-{signed.year}-{number + 1:02d}", "title": "劳务用工合作协议", "east_party": f"示例制鞋{number % 9 + 1}厂",
            "west_party": "示例劳务合作社", "station_key": _STATIONS[0][0], "signed_on": signed,
            "last_on": date(signed.year + 2, 12, 31), "promised_count": 20 + number * 5,
        }  # fmt: skip


def _courses() -> Iterator[Row]:
    for number in range(22):
        skill = _SKILLS[number % len(_SKILLS)]
        first = date(2021, 10, 11) + timedelta(days=number * 42)
        yield {
            "course_no": f"LWPX-{first.year}-{number + 1:02d}", "title": f"{_TRADES[skill][1]}技能培训班", "skill_code": skill,
            "giver_name": "示例职业技术学校", "place": "示例培训中心", "first_on": first, "last_on": first + timedelta(days=11),
        }  # fmt: skip


def _back_pay() -> Iterator[Row]:
    for number in range(9):
        opened = date(2021, 12, 20) + timedelta(days=number * 97)
        owed = (36_000 + number * 8_500) * 100
        row: Row = {
            "case_no": f"QX-{opened.year}-{number + 1:02d}", "employer": f"示例装饰工程{number + 1}队", "region_code": "331081",
            "station_key": _STATIONS[0][0], "worker_count": 3 + number, "owed_fen": owed, "opened_on": opened,
        }  # fmt: skip
        if number != 8:
            row |= {"recovered_fen": owed if number % 3 else owed // 2, "recovered_on": opened + timedelta(days=18)}
        yield row


def _statistic() -> Row:
    return {
        "statistic_no": "TJ-2023-01", "measure_code": "residents_away", "statistic_year": _YEAR, "person_count": _PUBLISHED,
        "counted_on": date(_YEAR, 12, 31), "publisher": "示例：阆中市（按公开报道）", "published_on": date(2024, 2, 20),
        "title": "公开报道中的“年外出务工约23.5万人”，台州传媒2024年8月；统计部门原件待补",
    }  # fmt: skip
