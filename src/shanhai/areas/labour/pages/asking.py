"""What the pages of labour are asked, the way to them, and the tables and choices they share."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from shanhai.base.language import say
from shanhai.figures.folding import Value
from shanhai.web import amounts, wording

SIZE = 50
_LONGEST = 160


def day_of(request: HttpRequest) -> date:
    """The day asked for; today where none is."""
    try:
        return date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return localdate()


def given(request: HttpRequest, name: str) -> str:
    """A word of the address; one that no key can be is as if it were not there."""
    told = request.GET.get(name, "")
    return told if len(told) <= _LONGEST and "\x00" not in told else ""


def chosen(request: HttpRequest, name: str, known: Iterable[str]) -> str:
    """A code of a list, or nothing."""
    told = given(request, name)
    return told if told in set(known) else ""


def page_of(request: HttpRequest) -> int:
    """Which page of a list is asked for, from 1 on."""
    told = request.GET.get("page", "")
    return max(1, int(told)) if told.isascii() and told.isdigit() and len(told) < 6 else 1


def day_field(day: date) -> dict[str, Any]:
    """The choice of a day."""
    return {"name": "as_of", "label": say("算到哪一天"), "type": "date", "value": day.isoformat()}


def select(name: str, word: str, options: Iterable[tuple[str, str]], now: str, *, every: str) -> dict[str, Any]:
    """A choice among codes; `every` is the word for no choice."""
    told = [{"value": code, "label": label, "selected": code == now} for code, label in options]
    return {
        "name": name,
        "label": word,
        "type": "select",
        "options": [{"value": "", "label": every, "selected": not now}, *told],
    }


def words_of(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """The codes of a list with their words in the language being read."""
    return [(str(code), say(str(label))) for code, label in choices]


def filters(name: str, scope: str, fields: Sequence[dict[str, Any]], *, narrowed: bool) -> dict[str, Any]:
    """The `filters` of a page."""
    address = reverse(name)
    return {
        "action": address, "kept": [("scope", scope)], "fields": fields, "narrowed": narrowed,
        "clear_url": wording.with_query(address, scope=scope) if narrowed else "",
    }  # fmt: skip


def pages_of(name: str, number: int, *, more: bool, **told: Any) -> dict[str, Any] | None:
    """The `pages` of a list: the one before and the one behind."""
    if number == 1 and not more:
        return None
    address = reverse(name)
    return {
        "first_url": wording.with_query(address, **told) if number > 2 else "",
        "previous_url": wording.with_query(address, **told, page=number - 1 if number > 2 else "") if number > 1 else "",
        "next_url": wording.with_query(address, **told, page=number + 1) if more else "",
    }  # fmt: skip


def table(
    caption: str, columns: Sequence[dict[str, Any]], rows: Iterable[Sequence[dict[str, Any]]], *, empty: str
) -> dict[str, Any]:
    """A table whose cells carry the names of their columns, for narrow screens."""
    told = [
        {"cells": [cell | {"label": column["label"]} for cell, column in zip(row, columns, strict=True)]}
        for row in rows
    ]
    return {
        "caption": caption,
        "hide_caption": True,
        "stack": True,
        "columns": columns,
        "rows": told,
        "empty": {"text": empty},
    }


def tile(value: Value, name: str, scope: str, *, note: str = "", **asked: Any) -> dict[str, Any]:
    """A figure as a tile that opens it."""
    return {
        "label": amounts.figure_label(value.figure, name), "url": amounts.figure_url(name, scope, **asked), "note": note,
        "help": say(value.figure.rule), "state": amounts.state(value), **amounts.told(value),
    }  # fmt: skip


def crumbs() -> list[dict[str, str]]:
    """The way to the area's pages."""
    area = {"label": say("劳务协作"), "url": reverse("area", args=["labour"])}
    return [{"label": say("首页"), "url": reverse("home")}, area]
