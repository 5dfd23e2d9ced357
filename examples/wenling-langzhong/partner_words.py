"""What each city says of the other's records: most are confirmed, three are disputed, the latest still wait.

Both hold the books against each other once a quarter, on the first working day from the 20th of the month after it; a
record comes up once the last thing it tells of has happened. All of it is invented, the reasons of disputes too.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from programme import CLOSED, workday
from workbooks import Row

FOLDER = "words"
#: Who says it, and the workbook it stands in.
NAMES = {"east": "13-温岭的意见", "west": "14-阆中的意见"}
_ACROSS = {"east": "west", "west": "east"}
#: Deliveries to the buyer in the east; the sheet names the agreement alone.
_EASTERN_AGREEMENT = "DG-2023-02"
_REVIEWED_ON = 20


class Crossing(NamedTuple):
    """Records of a type that cross the border: their number, the columns that say which cross, the days they tell of."""

    number: str
    crossing: tuple[tuple[str, str], ...]
    days: tuple[str, ...]


CROSSING = {
    "funds.release": Crossing("release_no", (("kind_code", "transfer"),), ("released_on",)),
    "orders.delivery": Crossing("delivery_no", (("agreement_key", _EASTERN_AGREEMENT),), ("delivered_on",)),
    "orders.sale": Crossing("sale_no", (("kind_code", "bought"),), ("sold_on",)),
    "talent.secondment": Crossing("secondment_no", (), ("arrived_on", "left_on")),
    "talent.mentorpair": Crossing("pair_no", (), ("first_on",)),
    "talent.pairedofficials": Crossing("pair_no", (), ("first_on",)),
    "labour.placement": Crossing("placement_no", (("class_code", "paired_east"),), ("started_on", "ended_on")),
    "charity.donation": Crossing("donation_no", (("origin_code", "east"),), ("received_on",)),
}
#: Why a record is disputed, in words that quote it.
DISPUTES = {
    ("talent.secondment", "XP-2022-011"): (
        "登记的到岗日期是 {arrived_on:%Y-%m-%d}；示例阆中河溪中学的报到登记表是 2022-09-05，晚五天。请核对报到单。"
    ),
    ("charity.donation", "JZ-2022-W04"): (
        "登记 {item_count} 套；示例针织厂的出库单是 980 套，按每套 39 元合 38,220.00 元，少 20 套。请核对签收单。"
    ),
    ("orders.sale", "XS-0001"): (
        "登记的重量是 {quantity_kg} 千克；示例温岭市总工会的收货单是 1497.00 千克，货款 238,322.40 元，相差 10 千克。"
    ),
}
#: A dispute that was cleared up at the next review: the reason, and what was said when it was confirmed.
CLEARED = {
    ("labour.placement", "JY-28286"): (
        "登记的上岗日期是 {started_on:%Y-%m-%d}；{employer}的花名册是 2022-02-20。请核对劳动合同。",
        "厂方补来劳动合同，上岗日期与登记的一致。",
    ),
}


def words(books: Iterable[tuple[str, str, Iterable[Row]]], side: str) -> Iterator[Row]:
    """Sheet 对方意见 of one side: its word on each record of the other's books that came up until the closing."""
    for record_type, owner, rows in books:
        if owner != side and record_type in CROSSING:
            kind = CROSSING[record_type]
            for row in rows:
                if all(row.get(name) == value for name, value in kind.crossing):
                    yield from _said(record_type, row[kind.number], row, kind)


def _said(record_type: str, number: str, row: Row, kind: Crossing) -> Iterator[Row]:
    told = {"record_type": record_type, "record_key": number}
    day = review_after(max(row[name] for name in kind.days if row.get(name)))
    if day > CLOSED:
        return
    if cleared := CLEARED.get((record_type, number)):
        reason, answer = cleared
        yield told | {"word": "disputed", "note": reason.format(**row), "said_on": day}
        yield told | {"word": "confirmed", "note": answer, "said_on": review_after(day)}
    elif reason := DISPUTES.get((record_type, number), ""):
        yield told | {"word": "disputed", "note": reason.format(**row), "said_on": day}
    else:
        yield told | {"word": "confirmed", "said_on": day}


def review_after(day: date) -> date:
    """The review at which what happened on a day comes up: the one after its quarter."""
    month = (day.month + 2) // 3 * 3 + 1
    return workday(date(day.year + month // 13, month % 12, _REVIEWED_ON))
