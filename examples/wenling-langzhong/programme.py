"""The invented programme behind the example: its projects, the batches of money, and the days of every life.

Totals follow what was published (README.md); how they divide over projects and days is made up.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from shanhai.base.identifiers import example_organisation
from shanhai.base.money import parse_yuan
from shanhai.reference.calendar import shipped_calendar

SCOPE = "331081-511381"
#: The records are complete up to this day, and hold nothing behind it.
CLOSED = date(2024, 6, 30)
#: No project was proposed before the pairing.
FIRST_PROPOSAL = date(2021, 6, 18)
LEVELS = {"省": ("SJ", "province"), "市": ("TZ", "prefecture"), "县": ("WL", "county")}
TENDERED_FROM = parse_yuan(1_000_000)


class Batch(NamedTuple):
    """An allocation document of the receiving side: its day, number and the budget year of its money."""

    day: date
    document_no: str
    budget_year: int


BATCHES = {
    "21a": Batch(date(2021, 7, 16), "示例阆财农〔2021〕15号", 2021),
    "21b": Batch(date(2021, 11, 12), "示例阆财农〔2021〕37号", 2021),
    "22a": Batch(date(2022, 3, 18), "示例阆财农〔2022〕9号", 2022),
    "22b": Batch(date(2022, 7, 15), "示例阆财农〔2022〕24号", 2022),
    "22c": Batch(date(2022, 10, 21), "示例阆财农〔2022〕41号", 2022),
    "23a": Batch(date(2023, 3, 17), "示例阆财农〔2023〕8号", 2023),
    "23b": Batch(date(2023, 7, 14), "示例阆财农〔2023〕22号", 2023),
    "23c": Batch(date(2023, 10, 20), "示例阆财农〔2023〕39号", 2023),
    "24a": Batch(date(2024, 1, 26), "示例阆财农〔2024〕3号", 2023),
    "24b": Batch(date(2024, 3, 29), "示例阆财农〔2024〕11号", 2024),
    "24c": Batch(date(2024, 6, 14), "示例阆财农〔2024〕20号", 2024),
}


class Organisation(NamedTuple):
    """An invented body with a made-up code."""

    code: str
    name: str
    kind: str
    region_code: str


SUPPLIERS = {
    key: Organisation(example_organisation(number), name, "enterprise", region)
    for number, (key, name, region) in enumerate(
        (
            ("B1", "示例园区建设工程有限公司", "511381"),
            ("B2", "示例校舍建筑工程有限公司", "511381"),
            ("B3", "示例医疗用房建筑工程有限公司", "511300"),
            ("B4", "示例乡村建设工程有限公司", "511381"),
            ("F1", "示例油橄榄种植技术有限公司", "511381"),
            ("F2", "示例农田设施工程有限公司", "511300"),
            ("F3", "示例畜牧设备有限公司", "511300"),
            ("F4", "示例农产品加工设备有限公司", "331081"),
            ("F5", "示例农产品流通有限公司", "331081"),
            ("M1", "示例医疗器械有限公司", "331000"),
            ("T1", "示例信息技术有限公司", "331081"),
        ),
        start=1,
    )
}
OTHER_BODIES = tuple(
    Organisation(example_organisation(number, kind), name, label, "511381")
    for number, (kind, name, label) in enumerate(
        (
            ("93", "示例柏垭油橄榄种植专业合作社", "cooperative"),
            ("93", "示例河溪油橄榄种植专业合作社", "cooperative"),
            ("93", "示例天宫柑橘种植专业合作社", "cooperative"),
            ("93", "示例千佛生猪养殖专业合作社", "cooperative"),
            ("93", "示例妙高粮油种植专业合作社", "cooperative"),
            ("12", "示例职业技能培训中心", "institution"),
        ),
        start=21,
    )
)
TRAINER = "示例职业技能培训中心"


class Share(NamedTuple):
    """Money for a project out of one batch and one level."""

    batch: Batch
    source_no: str
    fen: int


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its money; no `supplier` where it is run without a contract, no `asset` where it leaves none."""

    no: str
    name: str
    short: str
    field: str
    class_code: str
    asset: str
    town: str
    owner: str
    authority: str
    supplier: str
    start: date
    months: int
    shares: tuple[Share, ...]

    @property
    def fen(self) -> int:
        """Everything allocated to it."""
        return sum(share.fen for share in self.shares)

    @property
    def plain_name(self) -> str:
        """The name without brackets."""
        return re.sub(r"（.*?）", "", self.name)


def source_no(year: int, level: str) -> str:
    """The number of a budget line: year and level."""
    return f"ZJ-{year}-{LEVELS[level][0]}"


def read_projects() -> tuple[Project, ...]:
    """The projects of projects.csv, in their order."""
    with (Path(__file__).parent / "projects.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_project(line) for line in csv.DictReader(file))


def _project(line: dict[str, str]) -> Project:
    shares = []
    for part in line["money"].split():
        batch, level, amount = BATCHES[part[:3]], part[3], part[4:]
        shares.append(Share(batch, source_no(batch.budget_year, level), parse_yuan(amount)))
    return Project(
        no=line["no"],
        name=line["name"],
        short=line["short"],
        field=line["field"],
        class_code=line["class"],
        asset=line["asset"],
        town=line["town"],
        owner=line["owner"],
        authority=line["authority"],
        supplier=line["supplier"],
        start=date.fromisoformat(line["start"]),
        months=int(line["months"]),
        shares=tuple(shares),
    )


def workday(day: date) -> date:
    """The day itself where it is worked, else the next working day."""
    return shipped_calendar().add_workdays(day - timedelta(days=1), 1)


def after(day: date, days: int) -> date:
    """The first working day so many days later."""
    return workday(day + timedelta(days=days))


class Move(NamedTuple):
    """A step of a life on a day; `percent` only for progress."""

    step: str
    day: date
    percent: int | None = None


def life(project: Project) -> tuple[Move, ...]:
    """Every step of a project up to the closing day, in the order they happened."""
    return tuple(move for move in _whole_life(project) if move.day <= CLOSED)


def _whole_life(project: Project) -> Iterator[Move]:
    yield from before_start(project.shares[0].batch.day)
    if project.supplier and project.fen >= TENDERED_FROM:
        yield Move("tendered", after(project.start, -14))
    yield Move("started", workday(project.start))
    length = round(project.months * 30.4)
    if project.months >= 12:
        yield Move("progress", after(project.start, length * 2 // 5), 40)
        yield Move("progress", after(project.start, length * 3 // 4), 75)
    done = after(project.start, length)
    yield Move("completed", done)
    yield Move("accepted", after(done, 35))
    yield Move("final_account", after(done, 65))
    if project.asset:
        yield Move("asset", after(done, 90))
        yield Move("handed_over", after(done, 110))
        yield Move("upkeep", after(done, 140))


def before_start(first_money: date) -> Iterator[Move]:
    """From the proposal to the approval; both lie before the first money, as only vetted projects get any."""
    proposed = workday(max(first_money - timedelta(days=60), FIRST_PROPOSAL))
    span = (first_money - proposed).days
    for step, part in (("proposed", 0), ("library", 30), ("planned", 60), ("approved", 85)):
        yield Move(step, after(proposed, span * part // 100))


def day_of(project: Project, step: str) -> date | None:
    """The day of a step, None where it lies behind the closing day or was passed over."""
    return next((move.day for move in life(project) if move.step == step), None)


@dataclass(slots=True)
class Numbers:
    """Running numbers of invented papers, by kind and year."""

    _last: defaultdict[tuple[str, int], int]

    @classmethod
    def fresh(cls) -> "Numbers":
        """Numbers that begin at one."""
        return cls(defaultdict(int))

    def paper(self, kind: str, day: date) -> str:
        """The next paper of a kind, such as 示例验〔2022〕3号."""
        return f"示例{kind}〔{day.year}〕{self._next(kind, day.year)}号"

    def key(self, prefix: str, day: date, places: int = 3) -> str:
        """The next key of a kind, such as HT-2022-003."""
        return f"{prefix}-{day.year}-{self._next(prefix, day.year):0{places}d}"

    def _next(self, kind: str, year: int) -> int:
        self._last[kind, year] += 1
        return self._last[kind, year]
