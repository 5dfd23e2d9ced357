"""The rows of one worksheet: cells to typed columns, with a finding for every cell that is not as declared."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from shanhai.base.findings import Finding, Place
from shanhai.base.language import listed, say
from shanhai.intake import headers, meaning
from shanhai.intake.cells import Cells
from shanhai.intake.columns import Column, Money
from shanhai.intake.declare import KEY, ROW, Check, Sheet
from shanhai.intake.grid import Table
from shanhai.intake.headers import Layout
from shanhai.intake.marks import Marks
from shanhai.intake.setting_aside import set_aside
from shanhai.intake.surroundings import covered, special_cells, surrounding_findings
from shanhai.intake.typed import Fault, Known, nothing
from shanhai.intake.typed_numbers import looks_like_wan

MOST_PER_COLUMN = 50_000
"""Findings listed one by one for one column; further ones are counted in a last finding."""


@dataclass(slots=True)
class SheetRead:
    """A declared sheet as it stood in a worksheet.

    `frame` has the columns of `sheet.schema`, one row per filled row, null where a cell is blank or at fault.
    `cells` are the raw cells in the same order; `letters` tells the column letter of every field found.
    """

    sheet: Sheet
    where: Place
    frame: pl.DataFrame
    cells: dict[str, Cells] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    header_row: int = 0
    findings: list[Finding] = field(default_factory=list)

    def place(self, row: int, name: str = "") -> Place:
        """The cell of a field in a row, or the row where the field has no column."""
        return Place(self.where.file, self.where.sheet, row, self.letters.get(name, ""))

    def shown(self, row: int, name: str) -> str:
        """A cell as a message may show it; blank where there is no such cell."""
        if name not in self.cells or not len(self.frame):
            return ""
        position = int(self.frame[ROW].search_sorted(row))
        return meaning.shown(self.sheet.column(name), self.cells[name], position) if position < len(self.frame) else ""


@dataclass(slots=True)
class RawSheet:
    """A worksheet before it has meaning: its place, its cells, and what they carry besides values."""

    where: Place
    table: Table
    marks: Marks = field(default_factory=Marks)


def read_rows(sheet: Sheet, raw: RawSheet, known: Known) -> SheetRead:
    """Type every row of a worksheet; the findings name each cell that blocks and what is merely worth knowing."""
    layout = headers.locate(raw.table.head(), sheet)
    if layout is None:
        return SheetRead(sheet, raw.where, pl.DataFrame(schema=sheet.schema), findings=[_no_header(sheet, raw.where)])
    first = layout.header_row + 1
    marked = special_cells(raw.marks, layout)
    spots = frozenset(row for cells in marked.values() for row in cells)
    numbers, cells = raw.table.columns(layout.columns, first=first, marked=spots)
    keep, aside = set_aside(sheet, cells)
    read = SheetRead(sheet, raw.where, pl.DataFrame(), letters=layout.letters(), header_row=first)
    read.findings = headers.header_findings(layout, sheet, raw.where)
    read.findings += [finding.at(read.place(int(numbers[finding.position]))) for finding in aside]
    if len(keep) < len(numbers):
        numbers, cells = numbers.gather(keep), {name: column.take(keep) for name, column in cells.items()}
    read.findings += surrounding_findings(raw.marks, layout, numbers, raw.where)
    _understand(read, numbers, cells, _Context(known, raw.marks, layout, marked))
    _check(read)
    return read


@dataclass(frozen=True, slots=True)
class _Context:
    known: Known
    marks: Marks
    layout: Layout
    marked: Mapping[str, Mapping[int, Fault]]


def _no_header(sheet: Sheet, where: Place) -> Finding:
    columns = listed(column.zh for column in sheet.columns)
    message = say(
        "没有找到表头。“{zh}”表的表头应有：{columns}。请用模板填写，表头放在前 {searched_rows} 行内。",
        zh=sheet.zh,
        columns=columns,
        searched_rows=headers.SEARCHED_ROWS,
    )
    return Finding("intake.no_header", message, where, expected=columns)


def _understand(read: SheetRead, numbers: pl.Series, cells: dict[str, Cells], context: _Context) -> None:
    series: dict[str, pl.Series] = {ROW: numbers, KEY: nothing(len(numbers), pl.String())}
    for column in read.sheet.columns:
        if column.field not in cells:
            series |= meaning.blank_column(column, len(numbers)).series
            continue
        special = context.marked.get(column.field, {})
        raw, faults_by_position = _marked(cells[column.field], numbers, special, context)
        raw = replace(
            raw, percent=_percent(raw, numbers, context.marks.percent.get(context.layout.columns[column.field]))
        )
        typed = meaning.understand(column, raw, context.known)
        faults = [faults_by_position.get(fault.position, fault) for fault in typed.faults]
        if read.sheet.requires(column):
            hidden = covered(context.marks, context.layout, column.field)
            faults += [fault for fault in meaning.missing(raw) if int(numbers[fault.position]) - 1 not in hidden]
        series |= typed.series
        read.cells[column.field] = raw
        read.findings += _findings(read, column, faults, numbers)
        read.findings += _small_amounts(read, column, typed.series[column.field])
    frame = pl.DataFrame(series)
    read.frame = frame.with_columns(read.sheet.record_keys(frame))


def _marked(
    cells: Cells, numbers: pl.Series, special: Mapping[int, Fault], context: _Context
) -> tuple[Cells, dict[int, Fault]]:
    """The cells with errors and formulas without result shown as such, and the fault to tell for each."""
    if not special or not len(numbers):
        return cells, {}
    by_position = {}
    for row, fault in special.items():
        position = int(numbers.search_sorted(row + 1))
        if position < len(numbers) and numbers[position] == row + 1:
            by_position[position] = replace(fault, position=position)
    other = cells.other | {position: fault.lead for position, fault in by_position.items()}
    return replace(cells, other=other), {place: replace(fault, lead="") for place, fault in by_position.items()}


def _percent(cells: Cells, numbers: pl.Series, rows: list[int] | None) -> frozenset[int]:
    if not rows:
        return frozenset()
    shown = numbers.is_in([row + 1 for row in rows]) & cells.number.is_not_null()
    return frozenset(shown.arg_true().to_list())


def _findings(read: SheetRead, column: Column, faults: list[Fault], numbers: pl.Series) -> list[Finding]:
    told = []
    for fault in sorted(faults, key=lambda each: each.position)[:MOST_PER_COLUMN]:
        found = meaning.shown(column, read.cells[column.field], fault.position)
        place = read.place(int(numbers[fault.position]), column.field)
        message = meaning.sentence(column, fault, found)
        told.append(
            Finding(fault.code, message, place, blocks=fault.blocks, found=found, expected=say(column.expected))
        )  # fmt: skip
    if len(faults) > MOST_PER_COLUMN:
        more = len(faults) - MOST_PER_COLUMN
        message = say("“{zh}”这一列还有 {more} 处问题没有逐一列出。请先改正以上各处。", zh=say(column.zh), more=more)
        told.append(Finding("intake.and_more", message, read.place(int(numbers[-1]), column.field)))
    return told


def _small_amounts(read: SheetRead, column: Column, fen: pl.Series) -> list[Finding]:
    if not isinstance(column, Money) or not looks_like_wan(column, fen):
        return []
    message = say("“{zh}”这一列的金额都不到 1 万元，是不是按万元填的？这里需要元。如确为元，可以不改。", zh=column.zh)
    return [Finding("intake.maybe_wan", message, read.place(read.header_row, column.field), blocks=False)]


def _check(read: SheetRead) -> None:
    """Run the area's checks over the typed rows."""
    for checks, blocks in ((read.sheet.checks, True), (read.sheet.warnings, False)):
        for check in checks:
            read.findings += _checked(read, check, blocks=blocks)


def _checked(read: SheetRead, check: Check, *, blocks: bool) -> list[Finding]:
    return [
        Finding(code, message, read.place(row, name), blocks=blocks, found=read.shown(row, name))
        for row, name, code, message in check(read.frame)
    ]
