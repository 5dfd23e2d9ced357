"""What a record says, where it belongs, and from which cells it came."""

from typing import Any

from shanhai.base.language import noted, say
from shanhai.intake.declare import SHEETS
from shanhai.journal.models import Act, Record
from shanhai.journal.terms import Scheme, Side
from shanhai.web import wording
from shanhai.web.related import references_of

_SOURCE_KINDS = {"workbook": noted("工作簿"), "form": noted("页面填报"), "letter": noted("来函")}


def fields_of(record: Record) -> list[dict[str, Any]]:
    """What the record says, field by field; references lead to their records."""
    model, links = type(record), references_of(record)
    columns = (column for column in wording.own_columns(model) if not column.endswith("_precision"))
    return [_field(record, column, links) for column in columns]


def _field(record: Record, column: str, links: dict[str, dict[str, str]]) -> dict[str, Any]:
    value, model = getattr(record, column), type(record)
    told: dict[str, Any] = {"label": wording.label(model, column), "value": wording.cell(model, column, value)}
    if column.endswith("_mask"):
        return told | {"masked": True, "note": say("只显示掩码")}
    if link := links.get(column):
        return told | {"value": wording.local(value), "url": link["url"], "note": link["title"]}
    exactly = getattr(record, f"{column}_precision", "day")
    if exactly in ("year", "month"):
        return told | {
            "value": told["value"][: 4 if exactly == "year" else 7],
            "note": say("只知道年份") if exactly == "year" else say("只知道年月"),
        }
    return told


def frame_of(record: Record) -> list[dict[str, Any]]:
    """Where the record belongs: scope, scheme, whose book, version."""
    return [
        {"label": say("范围"), "value": record.scope.name, "url": wording.with_query("/", scope=record.scope.code)},
        {"label": say("协作机制"), "value": say(str(Scheme(record.scheme).label))},
        {"label": say("填报方"), "value": say(str(Side(record.owner_side).label))},
        {
            "label": say("版本"),
            "value": say("第 {version} 版", version=record.version)
            + ("" if record.version == 1 else say("，更正过 {n} 次", n=record.version - 1)),
        },
    ]


def source_of(record: Record, act: Act | None) -> list[dict[str, Any]]:
    """Where the record came from: file, worksheet, row, cells, who entered it and when."""
    source = record.source
    lines = [(say("方式"), say(_SOURCE_KINDS.get(source.get("kind", ""), "")))]
    lines += [
        (say("文件"), _file_of(record)),
        (say("工作表"), source.get("sheet", "")),
        (say("行"), say("第 {row} 行", row=source["row"]) if source.get("row") else ""),
    ]
    letters = sorted(_letters(record, act).values(), key=lambda each: (len(each), each))
    if letters and source.get("row"):
        lines.append((say("单元格"), f"{letters[0]}{source['row']}:{letters[-1]}{source['row']}"))
    if act:
        lines += [(say("录入"), act.acted_by_name or act.acted_by), (say("时间"), wording.moment(act.acted_at))]
    return [{"label": name, "value": value} for name, value in lines if value]


def _file_of(record: Record) -> str:
    files = record.source.get("files") or []
    return str(record.source.get("file") or (files[0]["name"] if files else ""))


def _letters(record: Record, act: Act | None) -> dict[str, str]:
    """The column letter of every field, as the act that wrote the record kept them."""
    source = record.source
    place = f"{record.type_name()}|{_file_of(record)}|{source.get('sheet', '')}"
    columns = source.get("columns") or (act.source.get("columns") if act else None) or {}
    found: dict[str, str] = columns.get(place, {})
    return found


def cells_of(record: Record, act: Act | None) -> list[dict[str, str]]:
    """Every cell the record came from, with what the record now says; personal ones masked."""
    letters, row = _letters(record, act), record.source.get("row")
    if not (letters and row and record.type_name() in SHEETS):
        return []
    sheet = SHEETS[record.type_name()]
    return [
        {
            "cell": f"{letters[column.field]}{row}",
            "label": say(column.zh),
            "text": _cell_text(record, column.field, secret=column.secret),
        }
        for column in sheet.columns
        if column.field in letters
    ]


def _cell_text(record: Record, column: str, *, secret: bool) -> str:
    if column == "scope_code":
        return record.scope.code
    if secret or (column == "name" and not hasattr(record, "name")):
        return say("（个人信息，不显示）")
    if not hasattr(record, column):
        return wording.local(record.key)
    value = getattr(record, column)
    return wording.local(value) if column.endswith("_key") and value else wording.cell(type(record), column, value)


def correct_note(record: Record) -> str:
    """How a wrong record is put right."""
    if record.type_name() not in SHEETS:
        return ""
    return say(
        "记录有误时，由填报方在本页“更正”，或者在工作簿里改正同一编号的那一行后重新上传，都要写明理由；原值和新值都留在下面。"
    )
