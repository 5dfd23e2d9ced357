"""Finding a declared sheet in a worksheet: by its name, else by its headers, wherever the header row stands."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from shanhai.base.findings import Finding, Place
from shanhai.base.language import listed, say, together
from shanhai.base.text import squeeze
from shanhai.intake.columns import Column, Money
from shanhai.intake.declare import Sheet
from shanhai.intake.marks import column_letters

SEARCHED_ROWS = 30
"""The header row is looked for in this many rows from the top."""
OWN_SHEETS = frozenset({"填写说明", "代码表", "问题清单"})
"""Worksheets that templates and error copies bring along; they hold no rows."""

_BRACKETS = re.compile(r"[（(\[【][^（()）\[\]【】]*[）)\]】]")
_MARKS = re.compile(r"[\s*＊:：]|[（(]必填[）)]|[（(]选填[）)]")


@dataclass(slots=True)
class Layout:
    """Where the columns of a sheet stand in a worksheet; rows and columns count from 0."""

    header_row: int
    columns: dict[str, int]
    headers: dict[int, str]
    unknown: list[int] = field(default_factory=list)
    doubled: list[tuple[str, int]] = field(default_factory=list)

    def letters(self) -> dict[str, str]:
        """The column letters of every field found."""
        return {name: column_letters(number) for name, number in self.columns.items()}


def plain(header: str) -> str:
    """A header for comparing: half-width, without blanks, stars and （必填）."""
    return _MARKS.sub("", squeeze(header)).lower()


def bare(header: str) -> str:
    """A header without what stands in brackets, such as the unit."""
    return plain(_BRACKETS.sub("", squeeze(header)))


def named(worksheet: str, sheets: Iterable[Sheet]) -> Sheet | None:
    """The sheet that this worksheet is called by: its Chinese name, an alias, or its record type."""
    name = plain(worksheet)
    for sheet in sheets:
        if name in {plain(each) for each in (sheet.zh, sheet.name, *sheet.aliases)}:
            return sheet
    return None


def resembling(head: Sequence[Sequence[object]], sheets: Iterable[Sheet]) -> Sheet | None:
    """The sheet whose headers stand in this worksheet: all of its key, and most of its columns."""
    best: tuple[float, Sheet | None] = (0.0, None)
    for sheet in sheets:
        layout = locate(head, sheet)
        if layout and all(name in layout.columns for name in sheet.key):
            share = len(layout.columns) / len(sheet.columns)
            if share >= 0.6 and len(layout.columns) > 1 and share > best[0]:
                best = (share, sheet)
    return best[1]


def locate(head: Sequence[Sequence[object]], sheet: Sheet) -> Layout | None:
    """The header row with most of the sheet's headers, alone or together with the row above it (two-row headers)."""
    best: Layout | None = None
    for number, row in enumerate(head):
        above = head[number - 1] if number else []
        for texts in (_texts(row), _under(_texts(above), _texts(row))):
            layout = _matched(number, texts, sheet)
            if not best or len(layout.columns) > len(best.columns):
                best = layout
    needed = min(2, len(sheet.columns))
    return best if best and len(best.columns) >= max(needed, len(sheet.columns) // 3) else None


def _texts(row: Sequence[object]) -> list[str]:
    return [cell.strip() if isinstance(cell, str) else "" for cell in row]


def _under(above: list[str], row: list[str]) -> list[str]:
    """Headers of two rows: the lower one where it is written, else the one above it."""
    above = above + [""] * (len(row) - len(above))
    return [low or high for high, low in zip(above, row, strict=False)]


def _matched(number: int, texts: list[str], sheet: Sheet) -> Layout:
    exact, loose = _names(sheet.columns)
    layout = Layout(number, {}, {place: text for place, text in enumerate(texts) if text})
    for place, text in layout.headers.items():
        column = exact.get(plain(text)) or loose.get(bare(text))
        if column is None:
            layout.unknown.append(place)
        elif column.field in layout.columns:
            layout.doubled.append((column.field, place))
        else:
            layout.columns[column.field] = place
    return layout


def _names(columns: Iterable[Column]) -> tuple[dict[str, Column], dict[str, Column]]:
    """Columns by exact header and by header without brackets; a bare header two columns share stands for neither."""
    exact: dict[str, Column] = {}
    loose: dict[str, list[Column]] = {}
    for column in columns:
        for wording in (column.zh, column.field, *column.aliases):
            exact.setdefault(plain(wording), column)
            loose.setdefault(bare(wording), []).append(column)
    return exact, {name: found[0] for name, found in loose.items() if len({each.field for each in found}) == 1}


def header_findings(layout: Layout, sheet: Sheet, where: Place) -> list[Finding]:
    """What is wrong with the header row: columns missing, unknown, written twice, or in another unit."""
    unknown = [_unknown(layout, sheet, where, place) for place in layout.unknown]
    doubled = [_doubled(layout, where, name, place) for name, place in layout.doubled]
    in_wan = [_in_wan(layout, sheet, where, name) for name in layout.columns]
    return _missing(layout, sheet, where) + unknown + doubled + [finding for finding in in_wan if finding]


def _header_cell(layout: Layout, where: Place, column: int) -> Place:
    return Place(where.file, where.sheet, layout.header_row + 1, column_letters(column))


def _unknown(layout: Layout, sheet: Sheet, where: Place, place: int) -> Finding:
    header = layout.headers[place]
    message = say(
        "“{header}”这一列不在“{zh}”表的栏目中，没有读入。如属某一栏目，请按模板改表头。", header=header, zh=sheet.zh
    )
    return Finding("intake.unknown_column", message, _header_cell(layout, where, place), blocks=False, found=header)


def _doubled(layout: Layout, where: Place, name: str, place: int) -> Finding:
    first, header = column_letters(layout.columns[name]), layout.headers[place]
    message = say(
        "“{header}”与 {first} 列是同一栏目，不知以哪一列为准。请删去一列或改表头。", header=header, first=first
    )
    return Finding("intake.doubled_column", message, _header_cell(layout, where, place), found=header)


def _in_wan(layout: Layout, sheet: Sheet, where: Place, name: str) -> Finding | None:
    column, place = sheet.column(name), layout.columns[name]
    header = squeeze(layout.headers[place])
    if not isinstance(column, Money) or "万" not in header or "万" in column.zh:
        return None
    message = say(
        "表头写的是“{header}”，这里需要元。请把这一列换算成元，并把表头改为“{zh}”。", header=header, zh=column.zh
    )
    return Finding(
        "intake.header_in_wan", message, _header_cell(layout, where, place), found=header, expected=column.zh
    )


def _missing(layout: Layout, sheet: Sheet, where: Place) -> list[Finding]:
    absent = [column for column in sheet.columns if column.field not in layout.columns]
    needed = [column for column in absent if sheet.requires(column)]
    if not absent or (sheet.auxiliary and not needed):
        return []
    columns = listed(
        say("“{header}”（必填）", header=column.zh) if column in needed else f"“{column.zh}”" for column in absent
    )
    written = {bare(layout.headers[place]): layout.headers[place] for place in layout.unknown}
    hints = []
    for column in absent:
        near = difflib.get_close_matches(bare(column.zh), written, n=1, cutoff=0.6)
        hints += [say("“{written}”是不是“{header}”？", written=written[near[0]], header=column.zh)] if near else []
    todo = say("请补上必填的列后重新上传。") if needed else say("这些列按没有填写处理。")
    place = Place(where.file, where.sheet, layout.header_row + 1)
    told = say("缺少 {count} 列：{columns}。", count=len(absent), columns=columns)
    return [
        Finding("intake.missing_columns", together(told, *hints, todo), place, blocks=bool(needed), expected=columns)
    ]
