"""Orders of pigs at a price rule, their settlements and gains, and the sales of consumption assistance; all of it invented.

Only totals come from print: over 1,540 households, over 7,000 yuan each, 5 per cent above the market price. Prices,
weights, days, costs and baselines are made up; every settlement is reckoned by the package's own rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from programme import CLOSED
from workbooks import Row

from shanhai.areas.orders.checks import Point, Reckoned, Terms, Weighed, reckon
from shanhai.base.identifiers import example_identity, example_organisation

NAME = "09-订单与消费帮扶"
HOUSEHOLDS = 1_543
#: On average over the households, in fen: 7,126.40 yuan.
MEAN_GAIN = 712_640
SERIES = "JG-ZHU-XN"
#: Monday of the first and last week with a price; two weeks were never published.
WEEKS = (date(2021, 7, 5), date(2024, 6, 24))
UNPUBLISHED = (date(2022, 1, 31), date(2023, 1, 23))
#: Weeks whose price was revised later, and by how many fen.
REVISED = {date(2022, 9, 12): 12, date(2023, 3, 13): -9, date(2023, 10, 16): 7}
#: Town and its villages, with how many households of a hundred.
TOWNS: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("千佛镇", ("示例千佛一村", "示例千佛二村", "示例千佛三村", "示例千佛四村", "示例千佛五村"), 46),
    ("柏垭镇", ("示例柏垭一村", "示例柏垭二村", "示例柏垭三村"), 22),
    ("河溪镇", ("示例河溪一村", "示例河溪二村"), 18),
    ("老观镇", ("示例老观一村", "示例老观二村"), 14),
)
NANCHONG, WENLING = "示例南充餐饮管理有限公司", "示例温岭肉类食品有限公司"
#: Number, buyer and its side, first and last day, heads agreed, floor and ceiling in fen, what holds for missing and revised weeks.
AGREEMENTS: tuple[tuple[Any, ...], ...] = (
    ("DG-2022-01", "2022年度土猪订购协议", NANCHONG, "west", date(2022, 1, 1), date(2022, 12, 31), 5_200, 1_350, 2_800, "previous", "first"),
    ("DG-2023-01", "2023年度土猪订购协议", NANCHONG, "west", date(2023, 1, 1), date(2023, 12, 31), 6_000, 1_620, 2_600, "previous", "latest"),
    ("DG-2023-02", "东部直供土猪订购协议", WENLING, "east", date(2023, 3, 1), date(2024, 6, 30), 900, 1_450, 2_600, "wait", "latest"),
    ("DG-2024-01", "2024年度土猪订购协议", NANCHONG, "west", date(2024, 1, 1), date(2024, 12, 31), 6_200, 1_450, 2_600, "previous", "latest"),
)  # fmt: skip
#: Households that joined in each year.
JOINED = {2022: 468, 2023: 552, 2024: 523}
_COST_PER_KG = 930
_PERMYRIAD = {"first": 10_000, "second": 9_600, "third": 9_000}


def sheets() -> tuple[tuple[str, str, Iterable[Row]], ...]:
    """The sheets of the book: record type, side, rows."""
    deliveries, settlements = _delivered()
    return (
        ("reference.household", "west", _households()),
        ("reference.person", "west", _people()),
        ("orders.priceseries", "west", [_series()]),
        ("orders.pricepoint", "west", _points()),
        ("orders.purchaseagreement", "west", _agreements()),
        ("orders.delivery", "west", deliveries),
        ("orders.settlement", "west", settlements),
        ("orders.baseline", "west", _baselines()),
        ("orders.householdgain", "west", _gains()),
        ("orders.product", "west", _products()),
        ("orders.salecontract", "west", _contracts()),
        ("orders.sale", "west", _sales()),
    )


def _number(household: int) -> str:
    return f"NH-DD-{household:04d}"


def _home(household: int) -> tuple[str, str]:
    """Town and village of a household; places of one town follow one another."""
    place = household * 37 % 100
    for town, villages, share in TOWNS:
        if place < share:
            return town, villages[household % len(villages)]
        place -= share
    raise AssertionError("the shares of the towns are a hundred")


def _households() -> Iterator[Row]:
    for household in range(1, HOUSEHOLDS + 1):
        town, village = _home(household)
        kind = "lifted" if household % 5 < 2 else "monitored" if household % 41 == 0 else "ordinary"
        yield {
            "household_no": _number(household), "region_code": "511381", "village": f"{town}{village}",
            "member_count": 2 + household % 4, "kind_code": kind,
        }  # fmt: skip


def _people() -> Iterator[Row]:
    """The head of each household; some have no identity number on paper."""
    for household in range(1, HOUSEHOLDS + 1):
        birth = date(1952, 3, 1) + timedelta(days=household * 11 % 16_000)
        known = household % 29 != 0
        yield {
            "person_no": f"RY-DD-{household:04d}", "name": f"示例养殖户主{household:04d}",
            "identity": example_identity(200 + household % 100, birth) if known else None,
            "birth_on": None if known else birth, "household_key": _number(household),
        }  # fmt: skip


def _series() -> Row:
    return {
        "series_no": SERIES, "name": "示例西南地区活猪周价", "produce_code": "pig", "place": "西南地区",
        "publisher": "示例价格监测机构", "registered_on": date(2021, 7, 1),
    }  # fmt: skip


@cache
def _prices() -> tuple[Point, ...]:
    """Weekly prices between 13.5 and 27 yuan a kilogram, published eight days after the Monday of their week."""
    draw = Random("weekly prices of the example")  # noqa: S311 - an invented series, the same every time
    week, price, found = WEEKS[0], 1_640, list[Point]()
    while week <= WEEKS[1]:
        drawn = {2021: 1_500, 2022: 1_930, 2023: 1_560, 2024: 1_640}[week.year]
        drawn += 520 if date(2022, 9, 1) <= week <= date(2022, 11, 30) else 0
        price += round((drawn - price) * 0.12) + draw.randint(-38, 38)
        if week not in UNPUBLISHED:
            found.append(Point(week, 0, price, week + timedelta(days=8)))
        if week in REVISED:
            found.append(Point(week, 1, price + REVISED[week], week + timedelta(days=29)))
        week += timedelta(days=7)
    return tuple(found)


def _points() -> Iterator[Row]:
    for point in _prices():
        yield {
            "series_key": SERIES, "week_on": point.week, "revision": point.revision, "price_fen": point.price,
            "published_on": point.published, "document_no": f"示例周报〔{point.week.year}〕{point.week.isocalendar().week}号",
        }  # fmt: skip


def _agreements() -> Iterator[Row]:
    for no, title, buyer, side, first, last, heads, floor, ceiling, missing, revised in AGREEMENTS:
        yield {
            "agreement_no": no, "title": title, "buyer_name": buyer, "buyer_side_code": side,
            "buyer_code": example_organisation(61 if side == "west" else 62),
            "seller_name": "示例土猪养殖专业合作社及社员", "witness_name": "千佛镇等乡镇人民政府", "produce_code": "pig",
            "signed_on": first - timedelta(days=12), "first_on": first, "last_on": last, "head_count": heads,
            "series_key": SERIES, "premium_percent": Decimal("5.00"), "floor_fen": floor, "ceiling_fen": ceiling, "lag_weeks": 2,
            "missing_code": missing, "revised_code": revised, "first_percent": Decimal(100), "second_percent": Decimal(96),
            "third_percent": Decimal(90), "grade_rule": "按品种、日龄和膘情，由双方现场评级", "weighing_rule": "空腹活重，双方看磅，磅单一式两份",
        }  # fmt: skip


@cache
def _terms() -> dict[str, Terms]:
    return {
        no: Terms(500, floor, ceiling, 2, missing, revised, _PERMYRIAD)
        for no, _title, _buyer, _side, _first, _last, _heads, floor, ceiling, missing, revised in AGREEMENTS
    }


def _joined(household: int) -> int:
    if household <= JOINED[2022]:
        return 2022
    return 2023 if household <= JOINED[2022] + JOINED[2023] else 2024


@cache
def _delivered() -> tuple[list[Row], list[Row]]:
    """Two or three deliveries of each household in its year, settled after a week or two."""
    draw = Random("deliveries of the example")  # noqa: S311 - invented, the same every time
    told: list[tuple[date, int, Row]] = []
    for household in range(1, HOUSEHOLDS + 1):
        town, village = _home(household)
        year = _joined(household)
        first, last = date(year, 2, 14), date(year, 12, 6) if year < 2024 else date(2024, 6, 7)
        for part in range(2 + (household % 7 == 0)):
            day = first + timedelta(days=draw.randrange((last - first).days))
            east = household % 23 == 5 and date(2023, 3, 6) <= day
            heads = draw.randint(4, 7)
            weight = Decimal(sum(draw.randint(9_800, 13_600) for _ in range(heads))).scaleb(-2)
            told.append((day, household * 3 + part, {
                "agreement_key": "DG-2023-02" if east else f"DG-{year}-01", "household_key": _number(household),
                "town": town, "village": village, "delivered_on": day, "head_count": heads, "weight_kg": weight,
                "grade_code": draw.choices(("first", "second", "third"), (62, 29, 9))[0],
            }))  # fmt: skip
    deliveries = [
        _numbered(number, row)
        for number, (_day, _place, row) in enumerate(sorted(told, key=lambda one: one[:2]), start=1)
    ]
    return deliveries, list(_settled(deliveries))


def _numbered(number: int, row: Row) -> Row:
    return {"delivery_no": f"JS-{number:05d}", **row, "ticket_no": f"示例磅-{number:05d}"}


def _settled(deliveries: Iterable[Row]) -> Iterator[Row]:
    """A statement for every delivery, and a further one where a revision that counts was published later."""
    for number, delivery in enumerate(deliveries, start=1):
        day = delivery["delivered_on"] + timedelta(days=6 + number % 9)
        first = _reckoned(delivery, day)
        yield _statement(f"JSD-{number:05d}", delivery, first, day=day, amount=first.due)
        if (later := day + timedelta(days=30)) <= CLOSED and (again := _reckoned(delivery, later)).due != first.due:
            yield _statement(f"JSD-{number:05d}-B", delivery, again, day=later, amount=again.due - first.due) | {
                "corrects_key": f"JSD-{number:05d}"
            }


def _reckoned(delivery: Row, day: date) -> Reckoned:
    weighed = Weighed(delivery["delivered_on"], int(delivery["weight_kg"].scaleb(2)), delivery["grade_code"])
    found = reckon(_terms()[delivery["agreement_key"]], _prices(), weighed, day)
    assert found, delivery
    return found


def _statement(no: str, delivery: Row, reckoned: Reckoned, *, day: date, amount: int) -> dict[str, Any]:
    return {
        "settlement_no": no, "delivery_key": delivery["delivery_no"], "settled_on": day, "week_on": reckoned.week,
        "revision": reckoned.revision, "reference_fen": reckoned.reference, "price_fen": reckoned.price, "amount_fen": amount,
    }  # fmt: skip


@cache
def _accounts() -> tuple[tuple[int, int, int, int, int], ...]:
    """Of each household: its year, income, cost, baseline, gain, in fen; the gains have the mean that was printed."""
    draw = Random("gains of the example")  # noqa: S311 - invented, the same every time
    deliveries, settlements = _delivered()
    owner = {row["delivery_no"]: row for row in deliveries}
    income: defaultdict[str, int] = defaultdict(int)
    for row in settlements:
        delivery = owner[row["delivery_key"]]
        if row["settled_on"].year == delivery["delivered_on"].year:
            income[delivery["household_key"]] += row["amount_fen"]
    wanted = [draw.randint(520_000, 905_000) for _ in range(HOUSEHOLDS)]
    short = MEAN_GAIN * HOUSEHOLDS - sum(wanted)
    wanted = [gain + short // HOUSEHOLDS + (place < short % HOUSEHOLDS) for place, gain in enumerate(wanted)]
    weights: defaultdict[str, int] = defaultdict(int)
    for row in deliveries:
        weights[row["household_key"]] += int(row["weight_kg"])
    found = []
    for household, gain in enumerate(wanted, start=1):
        key = _number(household)
        cost = min(weights[key] * _COST_PER_KG, income[key] - gain) // 100 * 100
        found.append((_joined(household), income[key], cost, income[key] - cost - gain, gain))
    return tuple(found)


def _baselines() -> Iterator[Row]:
    for household, (year, _income, _cost, baseline, _gain) in enumerate(_accounts(), start=1):
        yield {
            "household_key": _number(household), "baseline_year": year - 1, "net_fen": baseline,
            "basis": "示例入户调查表，农户签字", "surveyed_on": date(year, 1, 8) + timedelta(days=household % 20),
        }  # fmt: skip


def _gains() -> Iterator[Row]:
    for household, (year, income, cost, baseline, gain) in enumerate(_accounts(), start=1):
        yield {
            "household_key": _number(household), "gain_year": year, "baseline_key": f"{_number(household)}/{year - 1}",
            "income_fen": income, "cost_fen": cost, "baseline_fen": baseline, "gain_fen": gain,
            "accounted_on": min(date(year, 12, 31), CLOSED),
        }  # fmt: skip


#: Number, name, producer, batch, first day, area in mu, yield in kilograms a mu, highest price in fen.
PRODUCTS: tuple[tuple[Any, ...], ...] = (
    ("CP-2021-001", "示例阆中柑橘", "示例果业专业合作社", "2021年第一批", date(2021, 9, 20), 420, 1_800, 1_100),
    ("CP-2021-002", "示例油橄榄油", "示例油橄榄加工有限公司", "2021年第一批", date(2021, 9, 20), 5_200, 18, 16_000),
    ("CP-2022-001", "示例保宁醋", "示例酿造有限公司", "2022年第一批", date(2022, 5, 16), None, None, None),
    ("CP-2022-002", "示例土猪腊肉", "示例土猪养殖专业合作社", "2022年第一批", date(2022, 5, 16), None, None, 9_600),
    ("CP-2023-001", "示例富硒大米", "示例粮油专业合作社", "2023年第一批", date(2023, 4, 11), 1_300, 420, 1_500),
    ("CP-2023-002", "示例高山蔬菜", "示例蔬菜专业合作社", "2023年第一批", date(2023, 4, 11), 180, 2_000, 800),
)  # fmt: skip
_CHANNELS = (
    ("bought", "union", "示例温岭市总工会", "工会"), ("bought", "office", "示例温岭市机关事务中心", "机关食堂"),
    ("bought", "enterprise", "示例温岭泵业有限公司", "职工福利"), ("bought", "platform", "示例温岭市预算单位", "832平台"),
    ("helped", "hall", "个人消费者", "示例温岭阆中产品馆"), ("helped", "fair", "示例温岭商超有限公司", "示例农产品展销会"),
    ("helped", "online", "个人消费者", "示例山海直播间"), ("helped", "shelf", "个人消费者", "示例商超专柜"),
)  # fmt: skip


def _products() -> Iterator[Row]:
    for no, name, producer, batch, first, area, yielded, price in PRODUCTS:
        yield {
            "product_no": no, "name": name, "producer_name": producer, "batch_no": batch, "document_no": f"示例认定〔{first.year}〕{no[-1]}号",
            "recognised_on": first, "last_on": first + timedelta(days=3 * 365), "area_mu": area and Decimal(area), "yield_kg": yielded, "price_fen": price,
        }  # fmt: skip


def _contracts() -> Iterator[Row]:
    for number, (year, month, product, amount) in enumerate(
        ((2021, 11, 0, 260), (2022, 6, 1, 480), (2022, 9, 3, 350), (2023, 5, 0, 620), (2023, 9, 4, 540), (2024, 4, 5, 180)), start=1
    ):  # fmt: skip
        yield {
            "contract_no": f"XQY-{year}-{number:03d}", "product_key": PRODUCTS[product][0], "seller_name": PRODUCTS[product][2],
            "buyer_name": "示例温岭商超有限公司", "channel_code": "fair", "amount_fen": amount * 1_000_000, "signed_on": date(year, month, 18),
        }  # fmt: skip


def _sales() -> Iterator[Row]:
    """A sale or so a week from autumn 2021; vegetables of 2023 go beyond what their land can give."""
    draw = Random("sales of the example")  # noqa: S311 - invented, the same every time
    day, number = date(2021, 10, 11), 0
    signed = list(_contracts())
    while day <= CLOSED - timedelta(days=3):
        offered = [one for one in PRODUCTS if one[4] <= day]
        no, _name, producer, *_, price = offered[draw.randrange(len(offered))]
        kind, channel, buyer, channel_name = _CHANNELS[draw.randrange(len(_CHANNELS))]
        number += 1
        unit = (price or 2_400) - draw.randint(0, 12) * 10
        quantity = Decimal(draw.randint(10, 60) * 4_000_00 // unit).quantize(Decimal("0.01"))
        if no == "CP-2023-002" and day.year == 2023:
            quantity *= 6
        yield {
            "sale_no": f"XS-{number:04d}", "kind_code": kind, "product_key": no, "seller_name": producer, "buyer_name": buyer,
            "channel_code": channel, "channel_name": channel_name, "quantity_kg": quantity, "price_fen": unit,
            "amount_fen": int(quantity * unit), "sold_on": day,
            "contract_key": next((one["contract_no"] for one in signed if channel == "fair" and one["product_key"] == no and one["signed_on"] <= day), None), "proof_no": f"示例票-{day.year}-{number:04d}",
        }  # fmt: skip
        day += timedelta(days=draw.randint(2, 6))
