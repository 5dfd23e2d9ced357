"""The records a record stands among: what it refers to, what refers to it, and what shares its references.

For money this is the way from its source to the payee and back: a payment and its project, the allocation and the
release of the same source to the same project, the issue before them.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, Q, Sum, Window
from django.urls import reverse

from shanhai.base.money import show_money
from shanhai.journal.models import Record
from shanhai.web import wording


def references_of(record: Record) -> dict[str, dict[str, str]]:
    """For each column that names another record: that record's address and title."""
    found = {}
    for column, target in wording.references(type(record)).items():
        if key := getattr(record, column):
            other = wording.model_named(target)._default_manager.filter(scope_id=record.scope_id, key=key).first()
            if other:
                found[column] = {"url": wording.record_url(target, key), "title": wording.title(other)}
    return found


def related_to(record: Record) -> list[dict[str, Any]]:
    """One line per type of record around this one, in the order of the sheets, with the record in its own place."""
    anchors = _anchors(record)
    lines = []
    for name, model in wording.record_types().items():
        if name in anchors:
            lines.append(_anchor(record, name, anchors[name]))
        condition = _condition(model, anchors)
        if condition is not None:
            lines += _neighbours(record, model, condition)
    return lines


def _anchors(record: Record) -> dict[str, str]:
    """The record itself and what it refers to: type and key."""
    anchors = {target: getattr(record, column) for column, target in wording.references(type(record)).items()}
    return {record.type_name(): record.key} | {
        target: key for target, key in anchors.items() if key and target != record.type_name()
    }


def _anchor(record: Record, name: str, key: str) -> dict[str, Any]:
    if name == record.type_name():
        return {"label": wording.type_word(type(record)), "url": "", "text": f"{wording.local(key)}（本条）"}
    word = wording.type_word(wording.model_named(name))
    return {"label": f"{word} {wording.local(key)}", "url": wording.record_url(name, key), "text": ""}


def _condition(model: type[Record], anchors: Mapping[str, str]) -> Q | None:
    """Records that share every reference they have in common with the anchors; one left empty means all of them."""
    shared = {column: anchors[target] for column, target in wording.references(model).items() if target in anchors}
    if not shared:
        return None
    condition = ~Q(pk__in=[]) & ~Q(**dict.fromkeys(shared, ""))
    for column, key in shared.items():
        condition &= Q(**{f"{column}__in": [key, ""]})
    return condition


def _neighbours(record: Record, model: type[Record], condition: Q) -> list[dict[str, Any]]:
    """How many records of a type stand around, with their sum; a single one leads to its own page."""
    money = wording.money_column(model)
    rows = model._default_manager.filter(condition, scope_id=record.scope_id)
    if model is type(record):
        rows = rows.exclude(key=record.key)
    rows = rows.annotate(_count=Window(Count("id")))
    if money:
        rows = rows.annotate(_sum=Window(Sum(F(money))))
    first = rows.order_by("key").first()
    if first is None:
        return []
    count, total = getattr(first, "_count"), getattr(first, "_sum", None)  # noqa: B009 - annotations are unknown to the type
    word = wording.type_word(model)
    told = f"合计 {show_money(int(total), '元')}" if total is not None else ""
    if count == 1:
        return [
            {
                "label": f"{word} {wording.local(first.key)}",
                "url": wording.record_url(model.type_name(), first.key),
                "text": told.removeprefix("合计 "),
            }
        ]
    return [{"label": f"{word} {count} 条", "url": _list_url(record, model), "text": told}]


def _list_url(record: Record, model: type[Record]) -> str:
    anchors = _anchors(record)
    asked = {column: anchors[target] for column, target in wording.references(model).items() if target in anchors}
    return wording.with_query(reverse("list", args=[model.type_name()]), scope=record.scope.code, **asked)
