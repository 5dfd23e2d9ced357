"""The cells of a table row as HTML. A page of a list has hundreds; a template each would be most of its time."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from shanhai.web.reading import reading
from shanhai.web.templatetags.words import HAN

register = template.Library()


@register.filter
def cells(row: Iterable[Mapping[str, Any]]) -> SafeString:
    """The cells of a row. A cell is {text, url, number, badge: {code, label}, note, label (its column's), head}."""
    foreign = reading().language != "zh-hans"
    return mark_safe("".join(_cell(cell, foreign=foreign) for cell in row))  # noqa: S308 - every text in it is escaped


def _cell(cell: Mapping[str, Any], *, foreign: bool) -> str:
    tag, opening = ("th", '<th scope="row" role="rowheader"') if cell.get("head") else ("td", '<td role="cell"')
    kind = ' class="number"' if cell.get("number") else ""
    label = f' data-label="{escape(str(cell["label"]))}"' if cell.get("label") else ""
    return f"{opening}{kind}{label}><span>{_inside(cell, foreign=foreign)}</span></{tag}>"


def _inside(cell: Mapping[str, Any], *, foreign: bool) -> str:
    badge, text, url, note = cell.get("badge"), cell.get("text"), cell.get("url"), cell.get("note")
    shown = "" if text is None else _words(text, foreign=foreign)
    if url:
        shown = f'<a href="{escape(str(url))}">{shown}</a>'
    if badge:
        word = f'<span class="badge {escape(str(badge["code"]))}">{escape(str(badge["label"]))}</span>'
        shown = f"{word} {shown}" if shown else word
    return f'{shown}<span class="small">{_words(note, foreign=foreign)}</span>' if note else shown


def _words(text: object, *, foreign: bool) -> str:
    """Text escaped; on a page in another language, Chinese is marked as such."""
    told = escape(str(text))
    return f'<span lang="zh-Hans">{told}</span>' if foreign and HAN.search(told) else told
