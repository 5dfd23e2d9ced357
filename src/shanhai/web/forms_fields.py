"""The fields of a form, made from the columns of its sheet: label, hint, example, list, date, number, reference."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from shanhai.base.language import noted, say
from shanhai.intake import columns as kinds
from shanhai.intake.columns import Column
from shanhai.web.forms_asked import AskedForm
from shanhai.web.wording import with_query

_LONG_TEXT = 201
_NAMING, _CONTENT, _AMOUNTS = noted("编号与关联的记录"), noted("内容"), noted("金额与日期")
_NUMBERS = {kinds.Money: "decimal", kinds.Decimal: "decimal", kinds.Whole: "numeric"}
#: What is expected where the label does not say it.
_SHAPES: dict[type[Column], str] = {
    kinds.Identity: noted("18 位公民身份号码。只加密保存，不在任何页面显示。"),
    kinds.CreditCode: noted("18 位统一社会信用代码。"),
    kinds.Region: noted("6 位行政区划代码，或者从列表里选地名。"),
    kinds.Ref: noted("填编号；输入编号或名称的一部分，列出已登记的记录。"),
    kinds.Money: noted("以元为单位，最多两位小数。"),
}


def groups_of(form: AskedForm, values: Mapping[str, str], errors: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The fields in groups, in the order of the sheet inside each: what names the record, what it says, money and days."""
    found: dict[str, list[dict[str, Any]]] = {}
    for column in form.columns:
        told = _field(form, column, values.get(column.field, ""), errors.get(column.field, ()))
        found.setdefault(_group(form, column), []).append(told)
    return [{"title": say(title), "fields": found[title]} for title in (_NAMING, _CONTENT, _AMOUNTS) if title in found]


def _group(form: AskedForm, column: Column) -> str:
    if column.field in form.sheet.key or isinstance(column, kinds.Ref):
        return _NAMING
    return _AMOUNTS if isinstance(column, kinds.Money | kinds.Day) else _CONTENT


def _field(form: AskedForm, column: Column, value: str, errors: Sequence[str]) -> dict[str, Any]:
    personal = column.field in form.personal
    required = form.sheet.requires(column) and not (personal and form.record)
    label = say(column.zh)
    told: dict[str, Any] = {
        "name": column.field,
        "label": label if required else say("{label}（选填）", label=label),
        "hint": _hint(form, column),
        "value": "" if personal else value,
        "errors": list(errors),
        "required": required,
        "placeholder": say("例：{example}", example=column.example) if column.example and not personal else "",
        "autocomplete": "off",
    }
    return told | _kind(form, column, value)


def _hint(form: AskedForm, column: Column) -> str:
    hints = [say(column.note)] if column.note else []
    shape = _SHAPES.get(type(column), "")
    if isinstance(column, kinds.Day) and column.partial and not column.note:
        shape = noted("知道到哪一级写到哪一级：年、年月或年月日。")
    hints += [say(shape)] if shape and not (column.note and isinstance(column, kinds.Day)) else []
    if column.field in form.personal and form.record:
        hints.append(say("已登记的内容不显示；不改就留空。"))
    return say("；").join(hint.rstrip("。.") for hint in hints) + say("。") if hints else ""


def _kind(form: AskedForm, column: Column, value: str) -> dict[str, Any]:
    match column:
        case kinds.Choice():
            return _select(list(column.choices.values()), value)
        case kinds.YesNo():
            return _select([noted("是"), noted("否")], value)
        case kinds.Day() if not column.partial and _is_day(value):
            return {"type": "date", "short": True}
        case kinds.Ref():
            return _listed(form, column.to, column.field)
        case kinds.Region():
            return _listed(form, "reference.region", column.field)
        case kinds.Text() if "\n" in value or (column.max_length or _LONG_TEXT) >= _LONG_TEXT:
            return {"type": "textarea", "rows": "3"}
    number = _NUMBERS.get(type(column), "")
    return {"inputmode": number, "short": bool(number) or isinstance(column, kinds.Day)}


def _is_day(value: str) -> bool:
    """Whether a date field would show the value; anything else stays visible as text, to be mended."""
    try:
        return not value or bool(date.fromisoformat(value))
    except ValueError:
        return False


def _select(labels: Sequence[str], value: str) -> dict[str, Any]:
    """A list to choose from; a value that is none of it stays, so that nothing typed is lost."""
    known = list(labels) + ([value] if value and value not in labels else [])
    chosen = [{"value": each, "label": say(each), "selected": each == value} for each in known]
    return {"type": "select", "options": [{"value": "", "label": say("请选择"), "selected": not value}, *chosen]}


def _listed(form: AskedForm, target: str, field: str) -> dict[str, Any]:
    url = with_query(reverse("form-choices", args=[target]), scope=form.scope.code, field=field)
    return {"list_url": url, "type": "text"}
