"""What the pages of orders are asked: a scope, a day, a year; and the parts all of them share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from shanhai.asking import values
from shanhai.asking.scopes import Asked, among
from shanhai.base.language import say
from shanhai.reference.models import Scope
from shanhai.web import amounts, tiles, wording
from shanhai.web.choosing import needed_scope, scopes_of

_LONGEST = 160
Cell = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """What a page is about: the scope, the day it is told to, the year asked (none: all), whether one was asked."""

    request: HttpRequest
    scope: Scope
    asked: Asked
    day: date
    year: int | None
    year_told: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "Look":
        """As an address asks."""
        scope = needed_scope(request)
        given = request.GET.get("year", "")
        year = int(given) if given.isascii() and given.isdigit() and len(given) == 4 and given > "0000" else None
        return cls(request, scope, among(scope, scopes_of(request)), _day(request), year, "year" in request.GET)

    def word(self, name: str) -> str:
        """A word of the address, cut to what a name may be."""
        return self.request.GET.get(name, "").replace("\x00", "")[:_LONGEST]

    def chosen_year(self, years: Sequence[int]) -> int | None:
        """The year asked; the latest where the address says nothing of years."""
        if self.year_told:
            return self.year
        return years[0] if years else None

    def address(self, page: str, **asked: Any) -> str:
        """The address of a page of this area, with what is asked of it."""
        told = {"scope": self.scope.code, "as_of": self.request.GET.get("as_of", "")}
        return wording.with_query(reverse(f"orders-{page}"), **told, **asked)

    def tiles(self, names: Iterable[str], year: int | None, narrowed: dict[str, str] | None = None) -> list[Cell]:
        """Figures as tiles, of a year and narrowed where that is asked; each opens to its own page."""
        window = values.window_of(self.asked, as_of=self.day, year=year)
        figures = [amounts.declared(name) for name in names]
        found = values.values(self.asked, window, figures=figures, narrowed=narrowed)
        told = []
        for figure in figures:
            name = amounts.narrowed_name(figure, narrowed) if narrowed else figure.name
            url = amounts.figure_url(name, self.scope.code, year=year, as_of=self.day.isoformat())
            told.append(tiles.tile(figure.name, found[figure.name], self.scope) | {"url": url})
        return told

    def filters(self, page: str, years: Sequence[int], year: int | None, fields: Sequence[Cell] = ()) -> Cell:
        """The form above a page: its own choices, the year, the day."""
        options = [{"value": one, "label": say("{year} 年", year=one), "selected": one == year} for one in years]
        every = {"value": "", "label": say("全部年份"), "selected": year is None}
        asked = [
            *fields,
            {"name": "year", "label": say("年份"), "type": "select", "options": [every, *options]},
            {"name": "as_of", "label": say("算到哪一天"), "type": "date", "value": self.day.isoformat()},
        ]
        return {
            "action": reverse(f"orders-{page}"),
            "fields": asked,
            "kept": [("scope", self.scope.code)],
            "narrowed": True,
            "clear_url": "",
        }


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return localdate()


def select(name: str, word: str, options: Iterable[tuple[str, str]], chosen: str) -> Cell:
    """A choice among codes."""
    told = [{"value": code, "label": label, "selected": code == chosen} for code, label in options]
    return {"name": name, "label": word, "type": "select", "options": told}


def crumbs() -> list[dict[str, str]]:
    """The way to the area's pages."""
    area = {"label": say("订单与消费帮扶"), "url": reverse("area", args=["orders"])}
    return [{"label": say("首页"), "url": reverse("home")}, area]


def table_of(
    caption: str, columns: Sequence[tuple[str, bool]], rows: Sequence[Sequence[Cell]], *, foot: Sequence[Cell] = ()
) -> Cell:
    """A table whose cells carry the names of their columns, for narrow screens; `columns` tell label and number."""
    labels = [{"label": label, "number": number} for label, number in columns]
    told = [
        {
            "cells": [
                cell | {"label": label, "number": number} for cell, (label, number) in zip(row, columns, strict=True)
            ]
        }
        for row in rows
    ]
    ending = [cell | {"label": label, "number": number} for cell, (label, number) in zip(foot, columns, strict=False)]
    return {
        "caption": caption, "hide_caption": True, "stack": True, "columns": labels, "rows": told, "foot": ending,
        "empty": {"text": say("没有符合条件的记录。")},
    }  # fmt: skip


def price(fen: int | None) -> str:
    """A price per kilogram in yuan, whatever unit sums are shown in."""
    return f"{fen / 100:.2f}" if fen is not None else "–"


def weight(hundredths: int) -> str:
    """A weight in kilograms."""
    return f"{hundredths / 100:,.2f}"


def share(permyriad: int) -> str:
    """A share in per cent, without idle zeros."""
    return f"{permyriad / 100:.2f}".rstrip("0").rstrip(".") + "%"
