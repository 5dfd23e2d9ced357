"""Tables written as text: cells parted by tabs, a first row of heads, the unit in a head or in its own column."""

import re
from dataclasses import dataclass
from decimal import Decimal

_UNIT = re.compile(r"[(/]?\s*(万|亿)?(元|人次|人|户|亩|个|家|%|吨|所|名|公里)\s*\)?$")
_CAPTION = re.compile(r"单位\s*:\s*(万|亿)?(元|人次|人|户|亩|个|家|%|吨)")
_UNITS = {
    "元": "CNY",
    "人次": "person_time",
    "人": "person",
    "名": "person",
    "户": "household",
    "亩": "mu",
    "%": "percent",
    "吨": "tonne",
    "公里": "km",
}
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_NUMBER_OF = re.compile(r"(户|人|人次)数$")
_NO_HEAD = re.compile(r"年份|年度|时间|日期|序号|编号|备注")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, the head of its column, the cell that names its row, and the table's caption."""

    text: str
    head: str
    row: tuple[str, ...]
    caption: str


def cell_at(text: str, at: int) -> Cell | None:
    """The cell that holds this place; None outside a table."""
    start = text.rfind("\n", 0, at) + 1
    line = text[start : text.find("\n", at) if "\n" in text[at:] else len(text)]
    if "\t" not in line:
        return None
    lines = text[:start].split("\n")[:-1]
    head: list[str] = []
    while lines and "\t" in lines[-1]:
        head = lines.pop().split("\t")
    column = text.count("\t", start, at)
    cells = line.split("\t")
    return Cell(cells[column], head[column] if column < len(head) else "", tuple(cells), lines[-1] if lines else "")


def unit_counted_in_row(cell: Cell) -> str:
    """The unit that the first cell of the row names as a number of heads or households (稳岗人数)."""
    counted = _NUMBER_OF.search(cell.row[0].strip())
    return _UNITS[counted[1]] if counted else ""


def unit_of_bare(cell: Cell) -> tuple[str, Decimal] | None:
    """Unit and scale of a cell that holds nothing but digits: from its head, from a cell of its row, or the caption."""
    if _NO_HEAD.search(cell.head):
        return None
    found = _UNIT.search(cell.head) if "(" in cell.head or "/" in cell.head else None
    beside = next((match for other in cell.row if (match := _UNIT.fullmatch(other.strip()))), None)
    match = found or beside or _CAPTION.search(cell.caption)
    counted = _NUMBER_OF.search(cell.head)
    if counted is not None and not found:
        return _UNITS[counted[1]], Decimal(1)
    if match is None:
        in_row = unit_counted_in_row(cell)
        return (in_row, Decimal(1)) if in_row else None
    return _UNITS.get(match[2], match[2]), _SCALES.get(match[1] or "", Decimal(1))
