"""08 种植基地: bases, leases, work, dividends and payments, invented so that they give totals that were published.

Five olive parks of 5,236 mu (land that was upgraded counted once), 1,255 people over three channels, most of them in
one, many in two or three; a citrus park of 1,200 mu brought back into use, whose first rent is not due yet.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from shanhai.areas.planting.checks import rent_of_months, yearly_rent
from shanhai.base.identifiers import example_identity

Record = dict[str, Any]
NAME = "08-种植基地"
REGION = "511381"
CLOSED = date(2024, 6, 30)
#: People whose payments were recorded up to the closing, and the households they belong to.
PEOPLE, HOUSEHOLDS = 1_255, 868
#: Households and people at bases where nothing was paid by the closing.
LATE_HOUSEHOLDS, LATE_PEOPLE = 96, 128
FIRST_SEED = 100


class Base(NamedTuple):
    """A base: who and where, what became of it, and its parcels (number, mu, built, former)."""

    no: str
    name: str
    short: str
    kind: str
    crop: str
    action: str
    town: str
    operator: str
    project: str
    started: date
    right_last: date
    parcels: tuple[tuple[str, str, date, str], ...]

    @property
    def is_demonstration(self) -> bool:
        """The olive parks show others how it is done."""
        return self.crop == "olive"


OLIVE = "示例油橄榄种植有限公司"
BASES = (
    Base("JD-2021-01", "柏垭镇油橄榄种植产业园（一园）", "柏垭一园", "park", "olive", "upgraded", "柏垭镇", OLIVE, "XM-2021-005",
         date(2022, 7, 28), date(2044, 12, 31),
         (("DK-0001", "612.40", date(2015, 3, 12), ""), ("DK-0002", "318.60", date(2016, 3, 15), ""),
          ("DK-0003", "640.00", date(2022, 7, 28), "DK-0001"), ("DK-0004", "420.80", date(2022, 7, 28), ""))),
    Base("JD-2021-02", "河溪街道油橄榄种植产业园（一园）", "河溪一园", "park", "olive", "new", "河溪街道", OLIVE, "XM-2021-006",
         date(2022, 12, 9), date(2044, 12, 31),
         (("DK-0005", "702.50", date(2022, 12, 9), ""), ("DK-0006", "388.20", date(2022, 12, 9), ""))),
    Base("JD-2022-01", "柏垭镇油橄榄种植产业园（二园）", "柏垭二园", "park", "olive", "new", "柏垭镇", OLIVE, "XM-2022-009",
         date(2023, 4, 20), date(2045, 12, 31),
         (("DK-0007", "805.00", date(2023, 4, 20), ""), ("DK-0008", "254.90", date(2023, 4, 20), ""))),
    Base("JD-2023-01", "河溪街道油橄榄种植产业园（二园）", "河溪二园", "park", "olive", "upgraded", "河溪街道", OLIVE, "XM-2023-006",
         date(2024, 2, 2), date(2045, 12, 31),
         (("DK-0009", "436.00", date(2017, 3, 10), ""), ("DK-0010", "505.60", date(2024, 2, 2), "DK-0009"),
          ("DK-0011", "371.40", date(2024, 2, 2), ""))),
    Base("JD-2023-02", "柏垭镇油橄榄种植产业园（三园）", "柏垭三园", "park", "olive", "new", "柏垭镇", OLIVE, "XM-2023-007",
         date(2024, 5, 30), date(2045, 12, 31),
         (("DK-0012", "829.00", date(2024, 5, 30), ""),)),
    Base("JD-2024-01", "天宫镇柑橘果蔬产业园", "天宫柑橘果蔬园", "park", "citrus", "revived", "天宫镇", "示例果府农业有限公司", "",
         date(2024, 4, 18), date(2043, 12, 31),
         (("DK-0013", "760.00", date(2024, 4, 18), ""), ("DK-0014", "440.00", date(2024, 4, 18), ""))),
    Base("JD-2023-03", "老观镇粮油种植基地", "老观粮油基地", "base", "grain_oil", "new", "老观镇", "示例老观粮油专业合作社", "",
         date(2023, 10, 12), date(2038, 12, 31), (("DK-0015", "546.00", date(2023, 10, 12), ""),)),
    Base("JD-2023-04", "五马镇中药材种植基地", "五马药材基地", "base", "herb", "new", "五马镇", "示例五马药材专业合作社", "",
         date(2023, 11, 6), date(2038, 12, 31), (("DK-0016", "268.50", date(2023, 11, 6), ""),)),
)  # fmt: skip
OLIVES = BASES[:5]
#: How many of the households lease their land to each olive park, and from when.
LEASED = {"JD-2021-01": (150, date(2022, 1, 1)), "JD-2021-02": (142, date(2022, 1, 1)), "JD-2022-01": (128, date(2023, 1, 1)),
          "JD-2023-01": (104, date(2023, 1, 1)), "JD-2023-02": (72, date(2024, 1, 1))}  # fmt: skip
#: Rounds of dividends: base, number, day, income and kept part in yuan, households on the list.
ROUNDS = (
    ("JD-2021-01", "2022-1", date(2022, 12, 20), 148_600, 44_580, 132),
    ("JD-2021-01", "2023-1", date(2023, 12, 18), 196_400, 58_920, 150),
    ("JD-2021-02", "2023-1", date(2023, 12, 19), 171_250, 51_375, 142),
    ("JD-2022-01", "2023-1", date(2023, 12, 22), 133_920, 40_176, 128),
    ("JD-2021-01", "2024-1", date(2024, 6, 12), 88_000, 26_400, 150),
)
#: The last round was decided in June and paid in July, after the closing.
UNPAID_ROUND = ("JD-2021-01", "2024-1")
RATES = (30_000, 32_000, 35_000, 36_000, 40_000)
DAY_WAGE = 10_000


class Worker(NamedTuple):
    """A person who works at a base on some days of some months."""

    person: str
    household: str
    base: str
    months: tuple[date, ...]
    days: int


def household_no(place: int) -> str:
    """The number of a household, counted from one."""
    return f"NH-ZZ-{place:04d}"


def person_no(place: int) -> str:
    """The number of a person, counted from one."""
    return f"RY-ZZ-{place:04d}"


def _households() -> Iterator[Record]:
    villages = {base.town: [f"示例{base.town}{village}村" for village in "一二三四五"] for base in BASES}
    for place in range(1, HOUSEHOLDS + LATE_HOUSEHOLDS + 1):
        town = _town_of(place)
        kind = "lifted" if place % 5 == 0 else "monitored" if place % 29 == 0 else "ordinary"
        yield {
            "household_no": household_no(place),
            "region_code": REGION,
            "village": villages[town][place % 5],
            "member_count": 2 + place * 7 % 5,
            "kind_code": kind,
        }


def _town_of(place: int) -> str:
    if place > HOUSEHOLDS:
        return "天宫镇" if place <= HOUSEHOLDS + 64 else "老观镇" if place <= HOUSEHOLDS + 84 else "五马镇"
    for base in OLIVES:
        place -= LEASED[base.no][0]
        if place <= 0:
            return base.town
    return "柏垭镇" if place % 2 else "河溪街道"


def _people() -> Iterator[Record]:
    """The first person of each household stands for it; the others are further members."""
    for place in range(1, PEOPLE + LATE_PEOPLE + 1):
        yield {
            "person_no": person_no(place), "name": f"示例户主{place:04d}" if _is_head(place) else f"示例村民{place:04d}",
            "identity": example_identity(FIRST_SEED + place % 100, date(1958, 1, 6) + timedelta(days=place * 11 % 16_000)),
            "household_key": household_no(_household_of(place)),
        }  # fmt: skip


def _is_head(place: int) -> bool:
    return place <= HOUSEHOLDS or PEOPLE < place <= PEOPLE + LATE_HOUSEHOLDS


def _household_of(place: int) -> int:
    """Members beyond the heads live with every second household."""
    if place <= HOUSEHOLDS:
        return place
    if place <= PEOPLE:
        return 2 * (place - HOUSEHOLDS)
    late = place - PEOPLE
    return HOUSEHOLDS + (late if late <= LATE_HOUSEHOLDS else 3 * (late - LATE_HOUSEHOLDS))


def _industries() -> Iterator[Record]:
    for no, name, crop, began in (("CY-01", "油橄榄产业", "olive", "2014"), ("CY-02", "柑橘产业", "citrus", "1986")):
        yield {
            "industry_no": no,
            "name": name,
            "crop_code": crop,
            "region_code": REGION,
            "began_on": began,
            "document_no": "示例市志",
        }


def _bases() -> Iterator[Record]:
    for base in BASES:
        yield {
            "base_no": base.no, "name": base.name, "short_name": base.short, "kind_code": base.kind, "crop_code": base.crop, "action_code": base.action,
            "is_demonstration": base.is_demonstration, "region_code": REGION, "town": base.town, "operator": base.operator, "project_key": base.project,
            "started_on": base.started, "right_last_on": base.right_last,
        }  # fmt: skip


def _parcels() -> Iterator[Record]:
    for base in BASES:
        for no, area, built, former in base.parcels:
            yield {
                "parcel_no": no,
                "base_key": base.no,
                "crop_code": base.crop,
                "area_mu": Decimal(area),
                "built_on": built,
                "registered_on": built + timedelta(days=12),
                "former_key": former,
            }


def _leases() -> list[Record]:
    """Households of the olive parks one after the other, and those of the bases that began last."""
    found, place = [], 0
    for base in OLIVES:
        count, first = LEASED[base.no]
        for _ in range(count):
            place += 1
            found.append(_lease(place, household_no(place), base, first))
    for number, base in enumerate(BASES[5:]):
        first, last = ((1, 64), (65, 84), (85, 96))[number]
        for late in range(first, last + 1):
            place += 1
            found.append(
                _lease(
                    place, household_no(HOUSEHOLDS + late), base, date(2024, 4, 1) if number == 0 else date(2024, 1, 1)
                )
            )
    return found


def _lease(place: int, household: str, base: Base, first: date) -> Record:
    area = Decimal(260 + place * 37 % 420) / 100
    return {
        "lease_no": f"LZ-{place:04d}", "base_key": base.no, "household_key": household, "area_mu": area, "rate_fen": RATES[place % 5],
        "first_on": first, "last_on": date(base.right_last.year, 12, 31), "document_no": f"示例流转合同〔{first.year}〕{place}号",
    }  # fmt: skip


def _dues(leases: Iterable[Record]) -> list[Record]:
    """Rent of a year falls due on its 15 December; what began inside a year pays its months."""
    found = []
    for lease in leases:
        for year in range(lease["first_on"].year, 2024):
            found.append(
                {
                    "due_no": f"ZJ-{year}-{lease['lease_no'][3:]}", "lease_key": lease["lease_no"], "due_year": year, "months": 12,
                    "due_on": date(year, 12, 15), "amount_fen": rent_of_months(yearly_rent(lease["area_mu"], lease["rate_fen"]), 12),
                }
            )  # fmt: skip
    found += [
        {
            "due_no": f"ZJ-2024-{lease['lease_no'][3:]}", "lease_key": lease["lease_no"], "due_year": 2024, "months": 6,
            "due_on": date(2024, 6, 20), "amount_fen": rent_of_months(yearly_rent(lease["area_mu"], lease["rate_fen"]), 6),
        }
        for lease in leases
        if lease["base_key"] in ("JD-2023-02", "JD-2023-03")
    ]  # fmt: skip
    return found


def _workers() -> list[Worker]:
    """Every further member works, and so do some heads; those of the bases that began last worked in June."""
    found = []
    months = (date(2022, 10, 8), date(2023, 3, 6), date(2023, 10, 9), date(2024, 3, 4))
    # Heads beyond those who lease live by work alone; so every person of the register got something.
    for place in [*range(1, 597, 5), *range(597, PEOPLE + 1)]:
        base = OLIVES[place % 3] if place % 7 else OLIVES[3]
        begun = [month for month in months if month >= date(base.started.year, 1, 1)]
        found.append(
            Worker(
                person_no(place),
                household_no(_household_of(place)),
                base.no,
                tuple(begun[-1 - place % 2 :]),
                2 + place % 3,
            )
        )
    for late in range(1, LATE_PEOPLE + 1, 2):
        place = PEOPLE + late
        base = BASES[5] if _household_of(place) <= HOUSEHOLDS + 64 else BASES[6]
        found.append(Worker(person_no(place), household_no(_household_of(place)), base.no, (date(2024, 6, 3),), 3))
    return found


def _work(workers: Iterable[Worker]) -> list[Record]:
    return [
        {
            "person_key": worker.person, "base_key": worker.base, "worked_on": month + timedelta(days=day), "hours": Decimal(8),
            "wage_fen": DAY_WAGE + 500 * (int(worker.person[-2:]) % 5),
        }
        for worker in workers for month in worker.months for day in range(worker.days)
    ]  # fmt: skip


def _rounds() -> Iterator[Record]:
    for base, no, day, income, kept, _ in ROUNDS:
        yield {
            "base_key": base, "round_no": no, "decided_on": day, "income_fen": income * 100, "kept_fen": kept * 100, "shared_fen": (income - kept) * 100,
            "document_no": f"示例分红决议〔{day.year}〕{base[-5:]}号",
        }  # fmt: skip


def _lines(leases: Iterable[Record]) -> list[Record]:
    """Shares by leased land, to the fen; what rounding leaves goes to the first household."""
    found = []
    held = list(leases)
    for base, no, _day, income, kept, count in ROUNDS:
        members = [lease for lease in held if lease["base_key"] == base][:count]
        shared, land = (income - kept) * 100, sum(lease["area_mu"] for lease in members)
        amounts = [int(shared * lease["area_mu"] / land) for lease in members]
        amounts[0] += shared - sum(amounts)
        found += [
            {"round_key": f"{base}/{no}", "line_no": f"{number:03d}", "household_key": lease["household_key"], "person_key": _head(lease["household_key"]), "amount_fen": amount}
            for number, (lease, amount) in enumerate(zip(members, amounts, strict=True), start=1)
        ]  # fmt: skip
    return found


def _head(household: str) -> str:
    place = int(household[-4:])
    return person_no(place if place <= HOUSEHOLDS else PEOPLE + place - HOUSEHOLDS)


def _payments(
    leases: list[Record], dues: list[Record], lines: list[Record], wages: Iterable[Record]
) -> Iterator[Record]:
    """What was paid by the closing: rents that fell due by 2023, work of the olive parks, all rounds but the last."""
    for number, paid in enumerate((*_rents(leases, dues), *wages, *_dividends(lines)), start=1):
        person = paid.get("person_key") or _head(paid["household_key"])
        ref = f"示例付讫〔{paid['paid_on'].year}〕{number}号"
        yield {"payment_no": f"LJ-{number:05d}", **paid, "person_key": person, "ref_no": ref}


def _rents(leases: list[Record], dues: list[Record]) -> Iterator[Record]:
    """Rents are paid five days after they fell due; those of the grain base for 2024 are not paid yet."""
    lease_of = {lease["lease_no"]: lease for lease in leases}
    for due in dues:
        lease = lease_of[due["lease_key"]]
        if due["due_on"].year < 2024 or lease["base_key"] == "JD-2023-02":
            yield {
                "base_key": lease["base_key"], "household_key": lease["household_key"], "channel_code": "rent",
                "paid_on": due["due_on"] + timedelta(days=5), "amount_fen": due["amount_fen"], "due_key": due["due_no"],
            }  # fmt: skip


def _wages(work: list[Record], workers: list[Worker]) -> Iterator[Record]:
    """A month's work at an olive park is paid on its 28th; the bases that began last have not paid yet."""
    household = {worker.person: worker.household for worker in workers}
    paid: dict[tuple[str, str, date], int] = {}
    for day in work:
        place = (day["person_key"], day["base_key"], day["worked_on"].replace(day=28))
        paid[place] = paid.get(place, 0) + day["wage_fen"]
    for (person, base, month), amount in paid.items():
        if base in {one.no for one in OLIVES}:
            yield {
                "base_key": base, "household_key": household[person], "person_key": person, "channel_code": "wage",
                "paid_on": month, "amount_fen": amount,
            }  # fmt: skip


def _dividends(lines: list[Record]) -> Iterator[Record]:
    """Each line is paid whole, a week after the decision."""
    day_of = {f"{base}/{no}": day for base, no, day, *_ in ROUNDS}
    for line in lines:
        if line["round_key"] != "/".join(UNPAID_ROUND):
            yield {
                "base_key": line["round_key"].partition("/")[0], "household_key": line["household_key"], "channel_code": "dividend",
                "paid_on": day_of[line["round_key"]] + timedelta(days=7), "amount_fen": line["amount_fen"],
                "line_key": f"{line['round_key']}/{line['line_no']}",
            }  # fmt: skip


def sheets() -> tuple[tuple[str, str, Iterable[Record]], ...]:
    """The sheets of the book: record type, side, rows."""
    leases, workers = _leases(), _workers()
    dues, work, lines = _dues(leases), _work(workers), _lines(leases)
    return (
        ("reference.household", "west", _households()),
        ("reference.person", "west", _people()),
        ("planting.industry", "west", _industries()),
        ("planting.base", "west", _bases()),
        ("planting.parcel", "west", _parcels()),
        ("planting.landlease", "west", leases),
        ("planting.rentdue", "west", dues),
        ("planting.workday", "west", work),
        ("planting.dividendround", "west", _rounds()),
        ("planting.dividendline", "west", lines),
        ("planting.benefitpayment", "west", _payments(leases, dues, lines, _wages(work, workers))),
    )
