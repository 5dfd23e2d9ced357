"""The template workbook of declared sheets: headers, an example row, a note per column, code lists as drop-downs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from shanhai.base.language import say
from shanhai.base.text import columns_wide
from shanhai.intake import columns as kinds
from shanhai.intake.columns import Column
from shanhai.intake.declare import Sheet
from shanhai.intake.marks import column_letters
from shanhai.intake.setting_aside import EXAMPLE_MARK

PREPARED_ROWS = 5_000
"""Rows under the header that carry formats and drop-downs."""
_LONGEST_INLINE_LIST = 255
_LISTS, _GUIDE = "代码表", "填写说明"
_YES_NO = ["是", "否"]
_FORMATS = {
    "header": {"bold": True, "bg_color": "#E6EEF7", "border": 1, "text_wrap": True, "valign": "vcenter"},
    "required": {"bold": True, "bg_color": "#FBE9D9", "border": 1, "text_wrap": True, "valign": "vcenter"},
    "text": {"num_format": "@"},
    "money": {"num_format": "#,##0.00"},
    "day": {"num_format": "yyyy-mm-dd"},
    "whole": {"num_format": "0"},
    "decimal": {"num_format": "General"},
    "example": {"italic": True, "font_color": "#7F7F7F", "num_format": "@"},
    "wrap": {"text_wrap": True, "valign": "top"},
}


def listing(sheets: Sequence[Sheet]) -> list[tuple[str, str, str]]:
    """Record type, Chinese name and note of every sheet, for `template --list`."""
    return [(sheet.name, sheet.zh, sheet.note) for sheet in sheets]


def write_template(sheets: Sequence[Sheet], path: Path) -> None:
    """Write one workbook with an empty worksheet per sheet, 填写说明, and hidden 代码表 for the drop-downs."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        formats = {name: workbook.add_format(look) for name, look in _FORMATS.items()}
        pages = [(sheet, workbook.add_worksheet(sheet.zh[:31])) for sheet in sheets]
        guide = workbook.add_worksheet(_GUIDE)
        lists = _Lists(workbook.add_worksheet(_LISTS))
        for sheet, page in pages:
            _page(page, sheet, formats, lists)
        _guide(guide, sheets, formats)
        lists.hide()


class _Lists:
    """The hidden worksheet of code lists; a list used twice is written once."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._columns: dict[tuple[str, ...], str] = {}

    def source(self, title: str, labels: Sequence[str]) -> list[str] | str:
        """What a drop-down refers to: the labels themselves where they are short, else their range."""
        if len(",".join(labels)) <= _LONGEST_INLINE_LIST and not any("," in label for label in labels):
            return list(labels)
        known = tuple(labels)
        if known not in self._columns:
            number = len(self._columns)
            self._page.write_column(0, number, [title, *labels])
            letters = column_letters(number)
            self._columns[known] = f"='{_LISTS}'!${letters}$2:${letters}${len(labels) + 1}"
        return self._columns[known]

    def hide(self) -> None:
        """Hide the worksheet; it is there for the drop-downs only."""
        self._page.hide()


def _page(page: Any, sheet: Sheet, formats: dict[str, Any], lists: _Lists) -> None:
    for place, column in enumerate(sheet.columns):
        needed = sheet.requires(column)
        page.write_string(0, place, column.zh, formats["required" if needed else "header"])
        page.write_comment(0, place, _note(column, needed=needed), {"x_scale": 2, "y_scale": 1.5})
        example = (EXAMPLE_MARK if place == 0 else "") + column.example
        page.write_string(1, place, example, formats["example"])
        width = min(40, max(columns_wide(column.zh), columns_wide(example), 8) + 3)
        page.set_column(place, place, width, formats[_format_of(column)])
        labels = _labels(column)
        if labels:
            page.data_validation(1, place, PREPARED_ROWS, place, _validation(column, lists.source(column.zh, labels)))
    page.freeze_panes(1, 0)


def _labels(column: Column) -> list[str]:
    if isinstance(column, kinds.Choice):
        return list(column.choices.values())
    return _YES_NO if isinstance(column, kinds.YesNo) else []


def _validation(column: Column, source: list[str] | str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_title": say("不在列表中"),
        "error_message": say("“{zh}”请从下拉列表中选择。", zh=column.zh)[:255],
    }


def _format_of(column: Column) -> str:
    if column.as_text:
        return "text"
    by_kind = {kinds.Money: "money", kinds.Day: "day", kinds.Whole: "whole"}
    return by_kind.get(type(column), "decimal")


def _note(column: Column, *, needed: bool) -> str:
    lines = [say("必填。") if needed else say("可不填。"), say("应填：{expected}。", expected=say(column.expected))]
    lines += [say(column.note)] if column.note else []
    lines += [say("例：{example}", example=column.example)] if column.example else []
    return "\n".join(lines)


def _guide(page: Any, sheets: Sequence[Sheet], formats: dict[str, Any]) -> None:
    """填写说明: how to fill in, then every column of every sheet."""
    page.set_column(0, 1, 20, formats["wrap"])
    page.set_column(2, 2, 8, formats["wrap"])
    page.set_column(3, 5, 36, formats["wrap"])
    page.write_string(0, 0, say("以“示例：”开头的一行是示例，不会读入，可以删除。金额一律以元为单位。合计行不要填。"))
    page.write_row(2, 0, ["表", "列", "必填", "应填", "说明", "例"], formats["header"])
    row = 3
    for sheet in sheets:
        for column in sheet.columns:
            needed = "是" if sheet.requires(column) else "否"
            labels = "、".join(_labels(column))
            expected = f"{column.expected}：{labels}" if labels else column.expected
            for place, text in enumerate((sheet.zh, column.zh, needed, expected, column.note, column.example)):
                page.write_string(row, place, text, formats["wrap"])
            row += 1
        if sheet.note:
            page.write_string(row, 0, sheet.zh, formats["wrap"])
            page.write_string(row, 4, sheet.note, formats["wrap"])
            row += 1
