"""Lists of records of any type, paged by key."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.intake.declare import SHEETS
from shanhai.journal.models import Record
from shanhai.journal.terms import Side
from shanhai.reference.models import Scope
from shanhai.web import wording
from shanhai.web.choosing import needed_scope

SIZE = 50
_MOST_COLUMNS = 6
_SEARCHED = {"name", "title", "purpose", "payee_name", "document_no", "short_name"}


@require_safe
def page(request: HttpRequest, type_name: str) -> HttpResponse:
    """One page of the records of a type in the pairing looked at."""
    model, scope = wording.model_named(type_name), needed_scope(request)
    asked = _asked(request, model)
    rows, before, after = _page(model, scope, asked, request)
    word = wording.type_word(model)
    url = reverse("list", args=[type_name])

    def turned(**place: str) -> str:
        return wording.with_query(url, scope=scope.code, **asked, **place)

    context = {
        "title": word,
        "lead": _lead(model, asked),
        "filters": _filters(url, asked),
        "table": _table(model, rows),
        "crumbs": [{"label": "首页", "url": "/"}],
        "pages": {
            "previous_url": turned(before=rows[0].key) if before else "",
            "next_url": turned(after=rows[-1].key) if after else "",
            "told": f"本页 {len(rows)} 条",
        }
        if before or after
        else None,
    }
    return render(request, "web/list.html", context)


def _asked(request: HttpRequest, model: type[Record]) -> dict[str, str]:
    """What the list is narrowed by: a search, and references to other records."""
    names = ["q", *wording.references(model)]
    return {
        name: request.GET[name][:160] for name in names if request.GET.get(name) and "\x00" not in request.GET[name]
    }


def _page(
    model: type[Record], scope: Scope, asked: dict[str, str], request: HttpRequest
) -> tuple[list[Record], bool, bool]:
    """The records of a page, and whether there are any before and after it."""
    rows = model._default_manager.filter(scope=scope)
    for column in wording.references(model):
        if column in asked:
            rows = rows.filter(**{f"{column}__in": [asked[column], ""]})
    if "q" in asked:
        rows = rows.filter(_search(model, asked["q"]))
    if start := request.GET.get("before"):
        found = list(rows.filter(key__lt=start).order_by("-key")[: SIZE + 1])
        return found[SIZE - 1 :: -1] if len(found) > SIZE else found[::-1], len(found) > SIZE, True
    after = request.GET.get("after", "")
    found = list(rows.filter(key__gt=after).order_by("key")[: SIZE + 1])
    return found[:SIZE], bool(after), len(found) > SIZE


def _search(model: type[Record], words: str) -> Q:
    condition = Q(key__icontains=words)
    for column in set(wording.own_columns(model)) & _SEARCHED:
        condition |= Q(**{f"{column}__icontains": words})
    return condition


def _lead(model: type[Record], asked: dict[str, str]) -> str:
    told = [f"{wording.label(model, column)} {wording.local(key)}" for column, key in asked.items() if column != "q"]
    return f"只列{'、'.join(told)}的记录。" if told else ""


def _filters(url: str, asked: dict[str, str]) -> dict[str, Any]:
    return {
        "action": url,
        "fields": [{"name": "q", "label": "编号或名称", "type": "search", "value": asked.get("q", "")}],
    }


def _columns(model: type[Record]) -> list[str]:
    """The first columns of a record, its amount and its day among them; not the number it is listed by."""
    sheet = SHEETS.get(model.type_name())
    number = sheet.key[0] if sheet and len(sheet.key) == 1 else ""
    told = [name for name in wording.own_columns(model) if name != number and not name.endswith("_precision")]
    first = [name for name in told if not name.endswith(("_fen", "_on"))]
    last = [next((name for name in told if name.endswith(ending)), "") for ending in ("_fen", "_on")]
    return [*first[: _MOST_COLUMNS - 2], *filter(None, last)]


def _table(model: type[Record], rows: list[Record]) -> dict[str, Any]:
    columns = _columns(model)
    heads = [
        {"label": "编号"},
        *({"label": wording.label(model, column), "number": _is_number(column)} for column in columns),
        {"label": "填报方"},
    ]
    return {
        "caption": wording.type_word(model),
        "hide_caption": True,
        "stack": True,
        "columns": heads,
        "rows": [{"cells": _cells(model, record, columns)} for record in rows],
        "empty": {"text": "没有符合条件的记录。"},
    }


def _is_number(column: str) -> bool:
    return column.endswith(("_fen", "_count", "amount"))


def _cells(model: type[Record], record: Record, columns: list[str]) -> list[dict[str, Any]]:
    links = wording.references(model)
    cells: list[dict[str, Any]] = [
        {
            "text": wording.local(record.key),
            "url": wording.record_url(record.type_name(), record.key),
            "head": True,
            "label": "编号",
        }
    ]
    for column in columns:
        value = getattr(record, column)
        told: dict[str, Any] = {"label": wording.label(model, column), "number": _is_number(column)}
        if column in links and value:
            cells.append(told | {"text": wording.local(value), "url": wording.record_url(links[column], value)})
        else:
            cells.append(told | {"text": wording.cell(model, column, value) or "–"})
    return [*cells, {"text": Side(record.owner_side).label, "label": "填报方"}]
