"""What stands around the values of a worksheet: formulas, errors, merged and hidden cells, where it concerns rows."""

import polars as pl

from shanhai.base.findings import Finding, Place
from shanhai.base.language import listed, noted, say
from shanhai.intake.headers import Layout
from shanhai.intake.marks import Marks, column_letters
from shanhai.intake.typed import Fault

FULL_HEIGHT = 1_048_576
_UNSTORED = noted("这一格是公式，文件里没有保存它的结果。请在 Excel 或 WPS 中打开、重新计算并保存，或直接填写数值。")


def special_cells(marks: Marks, layout: Layout) -> dict[str, dict[int, Fault]]:
    """By field and row: cells that show an error, and formulas without a result.

    The fault's `lead` is what the clerk sees in the cell.
    """
    by_column: dict[int, dict[int, Fault]] = {}
    for (row, column), shown in marks.errors.items():
        advice = say("公式出错，显示为 {shown}。请改正公式，或直接填写数值。", shown=shown)
        by_column.setdefault(column, {})[row] = Fault(0, "intake.formula_error", advice, lead=shown)
    for row, column in marks.unstored:
        by_column.setdefault(column, {})[row] = Fault(
            0, "intake.formula_unstored", say(_UNSTORED), lead=say("（公式）")
        )
    return {
        name: {row: fault for row, fault in by_column[column].items() if row > layout.header_row}
        for name, column in layout.columns.items()
        if column in by_column
    }


def covered(marks: Marks, layout: Layout, name: str) -> frozenset[int]:
    """The rows (from 0) in which this field's cell is covered by a merged range, so that it only seems blank."""
    column = layout.columns[name]
    rows: set[int] = set()
    for top, left, bottom, right in marks.merged:
        if left <= column <= right and bottom > layout.header_row:
            rows.update(row for row in range(top, bottom + 1) if (row, column) != (top, left))
    return frozenset(rows)


def surrounding_findings(marks: Marks, layout: Layout, numbers: pl.Series, where: Place) -> list[Finding]:
    """Merged ranges among the rows block; stored formulas, hidden rows and columns, a full worksheet are told."""
    rows = set((numbers - 1).to_list()) if marks.merged or marks.hidden_rows else set()
    findings = [_merged(each, where) for each in marks.merged if _concerns(each, layout, rows)]
    findings += [_formulas(column, marks.stored[column], where) for column in sorted(set(layout.columns.values()))
                 if any(row > layout.header_row for row in marks.stored.get(column, ()))]  # fmt: skip
    if marks.unplaced:
        message = say(
            "有 {unplaced} 个公式没有保存结果，也没有标明位置。请用 Excel 或 WPS 打开、保存后重新上传。",
            unplaced=marks.unplaced,
        )
        findings.append(Finding("intake.formula_unplaced", message, where, found=str(marks.unplaced)))
    hidden = sorted(rows.intersection(marks.hidden_rows))
    if hidden:
        message = _hidden_rows(hidden)
        findings.append(_told("intake.hidden_rows", message, Place(where.file, where.sheet, hidden[0] + 1)))
    findings += _hidden_columns(marks, layout, where)
    if len(numbers) and int(numbers[-1]) >= FULL_HEIGHT:
        message = say("工作表写满了 1,048,576 行，后面的行可能在保存时丢失。请核对总行数，必要时分成几个文件。")
        findings.append(_told("intake.full_height", message, Place(where.file, where.sheet, FULL_HEIGHT)))
    return findings


def _hidden_rows(hidden: list[int]) -> str:
    rows = listed(str(row + 1) for row in hidden[:10])
    if len(hidden) > 10:
        return say(
            "第 {rows} 等 {count} 行是隐藏（或被筛选）的，仍会一起读入。如不需要，请删除。",
            rows=rows,
            count=len(hidden),
        )
    return say("第 {rows} 行是隐藏（或被筛选）的，仍会一起读入。如不需要，请删除。", rows=rows)


def _told(code: str, message: str, place: Place) -> Finding:
    return Finding(code, message, place, blocks=False)


def _concerns(merged: tuple[int, int, int, int], layout: Layout, rows: set[int]) -> bool:
    top, left, bottom, right = merged
    fields = [column for column in layout.columns.values() if left <= column <= right]
    below = range(max(top, layout.header_row + 1), bottom + 1)
    return bool(fields) and top > layout.header_row and any(row in rows for row in below)


def _merged(merged: tuple[int, int, int, int], where: Place) -> Finding:
    top, left, bottom, right = merged
    span = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
    message = say(
        "{span} 是合并单元格，只有左上角的 {cell} 有内容。请取消合并，在每一格分别填写。",
        span=span,
        cell=f"{column_letters(left)}{top + 1}",
    )
    place = Place(where.file, where.sheet, top + 1, column_letters(left))
    return Finding("intake.merged", message, place, found=span)


def _formulas(column: int, rows: list[int], where: Place) -> Finding:
    letters = column_letters(column)
    message = say(
        "{letters} 列有 {n} 个单元格是公式，按文件里保存的结果读入。请确认结果是最新的。", letters=letters, n=len(rows)
    )
    return _told("intake.formula_stored", message, Place(where.file, where.sheet, rows[0] + 1, letters))


def _hidden_columns(marks: Marks, layout: Layout, where: Place) -> list[Finding]:
    findings = []
    for column in sorted(layout.columns.values()):
        if any(first <= column <= last for first, last in marks.hidden_columns):
            letters = column_letters(column)
            message = say(
                "{letters} 列（“{header}”）是隐藏的，仍会一起读入。", letters=letters, header=layout.headers[column]
            )
            place = Place(where.file, where.sheet, layout.header_row + 1, letters)
            findings.append(_told("intake.hidden_column", message, place))
    return findings
