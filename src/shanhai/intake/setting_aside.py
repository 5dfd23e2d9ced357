"""Rows that are no records: the template's example, totals, and what is written below the table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from shanhai.base.findings import Finding, Place
from shanhai.base.language import say
from shanhai.intake.cells import Cells
from shanhai.intake.columns import Column
from shanhai.intake.declare import Sheet

EXAMPLE_MARK = "示例："
"""Stands before the first cell of the example row in a template."""

_TOTALS = {"合计", "总计", "小计", "共计", "累计", "总合计", "本页合计"}
_FOOTER = re.compile(r"(注|备注|说明|填表|制表|审核|复核|负责人|单位负责人|联系|经办|填报|日期)[^：:]{0,8}[：:]")


@dataclass(frozen=True, slots=True)
class Aside:
    """A finding about a row that was set aside."""

    position: int
    code: str
    message: str
    found: str

    def at(self, place: Place) -> Finding:
        """The finding at its place."""
        return Finding(self.code, self.message, place, found=self.found)


def set_aside(sheet: Sheet, cells: Mapping[str, Cells]) -> tuple[pl.Series, list[Aside]]:
    """The positions of rows that are records, and a finding for every other row but the untouched example."""
    length = len(next(iter(cells.values()))) if cells else 0
    away: dict[int, Aside | None] = {}
    for position in _example_rows(sheet, cells):
        away[position] = None if _untouched(sheet, cells, position) else _changed_example(sheet, cells, position)
    for name in {sheet.columns[0].field, *sheet.key}:
        if name in cells and not sheet.auxiliary:
            away |= {position: _total(cells[name], position) for position in _total_rows(cells[name])}
    for position in _single_cell_rows(cells, length):
        footer = _footer(cells, position)
        if footer is not None and position not in away:
            away[position] = footer
    keep = pl.Series([True], dtype=pl.Boolean).new_from_index(0, length)
    if away:
        keep = keep.scatter(list(away), False)
    return keep.arg_true(), [aside for _, aside in sorted(away.items()) if aside is not None]


def example_values(sheet: Sheet) -> dict[str, str]:
    """The example row of the template: what stands in each column, the first with its mark."""
    values = {column.field: column.example for column in sheet.columns}
    first = sheet.columns[0]
    return values | {first.field: EXAMPLE_MARK + first.example}


def _example_rows(sheet: Sheet, cells: Mapping[str, Cells]) -> list[int]:
    first = sheet.columns[0].field
    if first not in cells:
        return []
    marked: list[int] = cells[first].text.str.contains("^示例[：:]").fill_null(value=False).arg_true().to_list()
    return marked


def _untouched(sheet: Sheet, cells: Mapping[str, Cells], position: int) -> bool:
    example = example_values(sheet)
    return all(_same(sheet.column(name), column.shown(position), example[name]) for name, column in cells.items())


def _same(column: Column, shown: str, example: str) -> bool:
    """Whether a cell still shows the example, a number in its cell with or without closing zeros."""
    if shown == example:
        return True
    try:
        return float(shown.replace(",", "")) == float(example.replace(",", ""))
    except ValueError:
        return shown.replace("-", "/").strip() == example.replace("-", "/").strip()


def _changed_example(sheet: Sheet, cells: Mapping[str, Cells], position: int) -> Aside:
    found = cells[sheet.columns[0].field].shown(position)
    message = say("这一行还带着“示例：”，内容却已改动。若是要登记的一行，请删去“示例：”三字；若不是，请删除整行。")
    return Aside(position, "intake.example_changed", message, found)


def _total_rows(cells: Cells) -> list[int]:
    bare = cells.text.str.replace_all(r"[\s　:：]", "")
    rows: list[int] = bare.is_in(list(_TOTALS)).fill_null(value=False).arg_true().to_list()
    return rows


def _total(cells: Cells, position: int) -> Aside:
    found = cells.shown(position)
    message = say("这一行是“{found}”，不是一条记录。请删除合计行，合计由系统计算。", found=found)
    return Aside(position, "intake.total_row", message, found)


def _single_cell_rows(cells: Mapping[str, Cells], length: int) -> list[int]:
    if len(cells) < 2:
        return []
    filled = pl.Series([0], dtype=pl.UInt32).new_from_index(0, length)
    for column in cells.values():
        filled += (~column.blank()).cast(pl.UInt32)
    rows: list[int] = (filled == 1).arg_true().to_list()
    return rows


def _footer(cells: Mapping[str, Cells], position: int) -> Aside | None:
    written = "".join(column.shown(position) for column in cells.values())
    if not _FOOTER.match(written):
        return None
    message = say("这一行写的是“{written}”，不是一条记录。请删除表格下面的说明行。", written=written[:40])
    return Aside(position, "intake.footer_row", message, written[:40])
