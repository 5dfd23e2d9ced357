"""The cells of a table row as HTML. A page of a list has hundreds; a template each would be most of its time."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from shanhai.web.reading import reading
from shanhai.web.templatetags.words import HAN

register = template.Library()
#: A day or a number of a record: torn at its hyphens it is hard to read.
_WHOLE = re.compile(r"(?=.*[0-9])[0-9A-Za-z-]{1,12}")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b", re.ASCII)


@register.filter
def cells(row: Iterable[Mapping[str, Any]]) -> SafeString:
    """The cells of a row. A cell is {text, url, number, badge: {code, label}, note, label (its column's), head, whole, share}.

    A `whole` cell is not broken into lines. `share` draws how much is reached, from 0 to 100; the text beside it says it too.
    """
    foreign = reading().language != "zh-hans"
    return mark_safe("".join(_cell(cell, foreign=foreign) for cell in row))  # noqa: S308 - every text in it is escaped


def _cell(cell: Mapping[str, Any], *, foreign: bool) -> str:
    tag, opening = ("th", '<th scope="row" role="rowheader"') if cell.get("head") else ("td", '<td role="cell"')
    whole = cell.get("whole") or _WHOLE.fullmatch(str(cell.get("text") or ""))
    kind = "number" if cell.get("number") else "whole" if whole else ""
    shaped = f' class="{kind}"' if kind else ""
    label = f' data-label="{escape(str(cell["label"]))}"' if cell.get("label") else ""
    return f"{opening}{shaped}{label}><span>{_inside(cell, foreign=foreign)}</span></{tag}>"


def _inside(cell: Mapping[str, Any], *, foreign: bool) -> str:
    badge, text, url, note = cell.get("badge"), cell.get("text"), cell.get("url"), cell.get("note")
    shown = "" if text is None else _words(text, foreign=foreign)
    if url:
        shown = f'<a href="{escape(str(url))}">{shown}</a>'
    if badge:
        word = f'<span class="badge {escape(str(badge["code"]))}">{escape(str(badge["label"]))}</span>'
        shown = f"{word} {shown}" if shown else word
    if note:
        shown += f'<span class="small">{_DAY.sub(_unbroken, _words(note, foreign=foreign))}</span>'
    return f"{shown}{_bar(cell['share'])}" if cell.get("share") is not None else shown


def _unbroken(day: re.Match[str]) -> str:
    return f'<span class="whole">{day[0]}</span>'


def _bar(share: object) -> str:
    """A bar under a text; who cannot see it has the text."""
    return (
        '<svg class="bar slim" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="bar-all" width="100" height="6"/><rect class="bar-done" width="{escape(str(share))}" height="6"/></svg>'
    )


def _words(text: object, *, foreign: bool) -> str:
    """Text escaped; on a page in another language, Chinese is marked as such."""
    told = escape(str(text))
    return f'<span lang="zh-Hans">{told}</span>' if foreign and HAN.search(told) else told
