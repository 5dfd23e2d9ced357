"""What a notice's text states, held against its rows: the worksheet 文中合计 beside the rows in one workbook.

Each line gives a value as the text prints it and says which rows are meant. `等于`: the rows add up to it.
`至多`: the rows add up to no more. `其中`: it is a part of what the rows add up to. Amounts of money are
compared to the fen, nothing is rounded.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import polars as pl

from shanhai.base.findings import Finding
from shanhai.base.language import noted, say, together
from shanhai.base.money import FEN_IN
from shanhai.base.text import plain_name, squeeze
from shanhai.intake import declare as sheet
from shanhai.intake.columns import Decimal as DecimalColumn
from shanhai.intake.columns import Money, Whole
from shanhai.intake.headers import bare, plain
from shanhai.intake.reading import Reading
from shanhai.intake.rows import SheetRead

RELATIONS = {"equal": noted("等于"), "at_most": noted("至多"), "of_which": noted("其中")}
_RELATION_WORDS = {"=": "equal", "＝": "equal", "≤": "at_most", "<=": "at_most", "不超过": "at_most"}
_CONDITION = re.compile(r"\s*([^=＝]+?)\s*[=＝]\s*(.*?)\s*")

STATED = sheet.Sheet(
    "intake.stated_total", noted("文中合计"), key=("label",), auxiliary=True,
    note=noted("公告或文件正文写明的合计数；上传时与同一工作簿的明细核对，不另外登记。"),
    columns=(
        sheet.text("label", noted("标签"), required=True, note=noted("正文里的说法"), example="产业类小计"),
        sheet.text("stated", noted("文中数值"), required=True, note=noted("照正文填写数字，不加单位"), example="4197"),
        sheet.text("unit", "单位", required=True, note=noted("元、万元、亿元；数行数用“个”“项”等"), example="万元"),
        sheet.text("meant", noted("行条件"), note=noted("列名 = 值；几个条件用分号隔开，同时成立；几个值用“|”隔开；空着指全部行"),
                   example="类别 = 产业"),
        sheet.text("relation", noted("关系"), note=noted("等于、至多、其中；空着是等于"), example="等于"),
        sheet.text("table", noted("工作表"), note=noted("明细所在的表；只有一张表时可空着"), example="资金分配"),
        sheet.text("summed", noted("合计列"), note=noted("相加的列；空着时金额单位加金额列，其他单位数行数")),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of 文中合计 with its row number."""

    row: int
    label: str
    stated: str
    unit: str
    meant: str
    relation: str
    table: str
    summed: str


class _UnclearError(Exception):
    """A line that cannot be held against the rows; the field and the sentence say why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


def differences(reading: Reading, *, accepted: bool) -> list[Finding]:
    """Where the text and the rows of one workbook disagree, and by how much; they block unless accepted."""
    findings = []
    tables = [each for each in reading.sheets if each.sheet is not STATED]
    for stated in (each for each in reading.sheets if each.sheet is STATED):
        for line in _lines(stated):
            try:
                finding = _compared(stated, line, tables, accepted=accepted)
            except _UnclearError as unclear:
                place = stated.place(line.row, unclear.field)
                message = say("“{label}”无法核对：{reason}", label=line.label, reason=unclear.sentence)
                finding = Finding("intake.stated_unclear", message, place)
            findings += [finding] if finding else []
    return findings


def _lines(stated: SheetRead) -> list[_Line]:
    lines = []
    for row in stated.frame.to_dicts():
        if row["label"] and row["stated"] and row["unit"]:
            fields = {name: row[name] or "" for name in _Line.__slots__ if name != "row"}
            lines.append(_Line(row["_row"], **fields))
    return lines


def _compared(stated: SheetRead, line: _Line, tables: list[SheetRead], *, accepted: bool) -> Finding | None:
    value = _value(line)
    table = _table(line, tables)
    rows = _rows_meant(line, table)
    total = _total(line, table, rows)
    if total is None:
        return None
    held = {"equal": total == value, "at_most": total <= value, "of_which": value <= total}[_relation(line)]
    if held:
        return None
    gap = total - value
    words = say(RELATIONS[_relation(line)])
    sentence = noted(
        "正文“{label}”写的是 {stated}{unit}（{words}），“{sheet}”表的 {rows} 行合计 {total}{unit}，表比正文多 {gap}{unit}。"
    )
    if gap <= 0:
        sentence = noted(
            "正文“{label}”写的是 {stated}{unit}（{words}），“{sheet}”表的 {rows} 行合计 {total}{unit}，表比正文少 {gap}{unit}。"
        )
    message = say(
        sentence,
        label=line.label,
        stated=_show(value),
        unit=say(line.unit),
        words=words,
        sheet=table.where.sheet,
        rows=rows.height,
        total=_show(total),
        gap=_show(abs(gap)),
    )
    todo = say("已写明理由，按表保存。") if accepted else say("请核对正文和表；确认按表保存的，请写明理由后重新上传。")
    place = stated.place(line.row, "stated")
    shown = {"found": _show(total), "expected": _show(value)}
    return Finding("intake.stated_difference", together(message, todo), place, blocks=not accepted, **shown)


def _value(line: _Line) -> Decimal:
    try:
        return Decimal(squeeze(line.stated).replace(",", "").replace("，", ""))
    except InvalidOperation as error:
        raise _UnclearError(
            "stated", say("文中数值“{stated}”不是数字。请只填数字，单位填在“单位”列。", stated=line.stated)
        ) from error


def _relation(line: _Line) -> str:
    word = squeeze(line.relation).replace(" ", "")
    named = {label: name for name, label in RELATIONS.items()} | _RELATION_WORDS | {"": "equal"}
    if word not in named:
        raise _UnclearError("relation", say("关系“{relation}”不认识。请填：等于、至多、其中。", relation=line.relation))
    return named[word]


def _table(line: _Line, tables: list[SheetRead]) -> SheetRead:
    wanted = plain(line.table)
    found = [each for each in tables if wanted in {plain(each.where.sheet), plain(each.sheet.zh)}] if wanted else tables
    if not found:
        raise _UnclearError(
            "table", say("文件里没有“{table}”表。请填写同一工作簿里明细表的表名。", table=line.table or say("明细"))
        )
    if len(found) > 1:
        raise _UnclearError("table", say("文件里有几张明细表。请在“工作表”列写明是哪一张。"))
    return found[0]


def _rows_meant(line: _Line, table: SheetRead) -> pl.DataFrame:
    rows = table.frame.with_row_index("_position")
    for condition in filter(None, re.split(r"[;；]", line.meant)):
        rows = _narrowed(condition, table, rows)
    if rows.is_empty():
        raise _UnclearError(
            "meant", say("表里没有符合“{meant}”的行。请核对列名和值。", meant=line.meant or say("全部行"))
        )
    return rows


def _narrowed(condition: str, table: SheetRead, rows: pl.DataFrame) -> pl.DataFrame:
    found = _CONDITION.fullmatch(condition)
    if not found:
        raise _UnclearError("meant", say("行条件“{condition}”看不懂。请写成“列名 = 值”。", condition=condition))
    name = _field(found[1], table, "meant")
    values = {plain_name(value) for value in re.split(r"[|｜]", found[2])}
    cells = table.cells[name]
    fitting = [place for place in rows["_position"] if plain_name(cells.shown(place)) in values]
    return rows.filter(pl.col("_position").is_in(fitting))


def _field(header: str, table: SheetRead, field: str) -> str:
    wanted = (plain(header), bare(header))
    for column in table.sheet.columns:
        if column.field in table.cells and ({plain(column.zh), bare(column.zh), plain(column.field)} & set(wanted)):
            return column.field
    raise _UnclearError(
        field, say("“{sheet}”表里没有“{header}”这一列。请核对列名。", sheet=table.where.sheet, header=header)
    )


def _total(line: _Line, table: SheetRead, rows: pl.DataFrame) -> Decimal | None:
    """What the rows add up to in the unit of the line; None where a cell among them is at fault and told already."""
    unit = squeeze(line.unit)
    if unit not in FEN_IN and not line.summed:
        return Decimal(rows.height)
    name = _field(line.summed, table, "summed") if line.summed else _money_field(table)
    column = table.sheet.column(name)
    if not isinstance(column, Money | Whole | DecimalColumn) or isinstance(column, Money) != (unit in FEN_IN):
        raise _UnclearError(
            "summed", say("“{zh}”列不能按“{unit}”相加。请核对单位和合计列。", zh=column.zh, unit=say(line.unit))
        )
    blank = table.cells[name].blank()
    for place, value in zip(rows["_position"], rows[name], strict=True):
        if value is None and not blank[place]:
            return None
    total = sum((Decimal(value) for value in rows[name] if value is not None), Decimal(0))
    return total / FEN_IN[unit] if isinstance(column, Money) else total


def _money_field(table: SheetRead) -> str:
    money = [
        column.field for column in table.sheet.columns if isinstance(column, Money) and column.field in table.cells
    ]
    if len(money) != 1:
        raise _UnclearError(
            "summed",
            say("“{sheet}”表有 {n} 个金额列。请在“合计列”写明加哪一列。", sheet=table.where.sheet, n=len(money)),
        )
    return money[0]


def _show(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
