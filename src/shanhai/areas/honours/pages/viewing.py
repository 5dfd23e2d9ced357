"""What both pages of honours are asked and share: the scope and the day, tiles, and how a title stands in a word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from shanhai.areas.honours.models import Honour
from shanhai.areas.honours.queries import Held
from shanhai.asking import values
from shanhai.asking.scopes import Asked
from shanhai.base.language import say
from shanhai.figures.folding import Value
from shanhai.web import amounts, tiles, wording
from shanhai.web.choosing import asked_of

Cell = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """The pairing or fund a page shows, and the day up to which it tells."""

    asked: Asked
    day: date

    @classmethod
    def of(cls, request: HttpRequest) -> "View":
        """As the address asks; a day that cannot be read is today."""
        given = request.GET.get("as_of", "")
        try:
            return cls(asked_of(request), date.fromisoformat(given))
        except ValueError:
            return cls(asked_of(request), localdate())

    def tiles(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """Figures up to the day, each opening to its rows of that day."""
        figures = [amounts.declared(name) for name in names]
        found = values.values(self.asked, values.window_of(self.asked, as_of=self.day), figures=figures)
        return [
            tiles.tile(figure.name, found[figure.name], self.asked.scope) | {"url": self.url(figure.name)}
            for figure in figures
        ]

    def url(self, name: str, **more: Any) -> str:
        """The page of a figure as of the same day."""
        return amounts.figure_url(name, self.asked.scope.code, as_of=self.day.isoformat(), **more)

    def counted(self, value: Value, name: str, **more: Any) -> Cell:
        """A number that opens to what it counts; a dash where nothing was registered."""
        if value.amount is None:
            return {"text": "–", "number": True}
        return {"text": amounts.text(value), "number": True, "url": self.url(name, **more)}

    def about(self, route: str, title: str, names: Sequence[str]) -> dict[str, Any]:
        """What both pages show above their tables: title, tiles, the choice of the day, the way there."""
        field = {"name": "as_of", "label": say("算到哪一天"), "type": "date", "value": self.day.isoformat()}
        return {
            "title": title, "tiles": self.tiles(names), "as_of": self.day.isoformat(),
            "filters": {"action": reverse(route), "kept": [("scope", self.asked.scope.code)], "fields": [field]},
            "crumbs": [
                {"label": say("首页"), "url": reverse("home")},
                {"label": say("示范与荣誉"), "url": reverse("area", args=["honours"])},
            ],
        }  # fmt: skip


def stacked(caption: str, heads: Sequence[tuple[str, bool]], rows: Iterable[Sequence[Cell]]) -> dict[str, Any]:
    """A table that becomes blocks on a narrow screen; `heads` say what a column is called and whether it holds numbers."""
    lines = [
        {"cells": [cell | {"label": word} for cell, (word, _) in zip(row, heads, strict=True)]} for row in rows
    ]  # fmt: skip
    return {
        "caption": caption, "hide_caption": True, "stack": True, "rows": lines, "empty": {"text": say("还没有登记。")},
        "columns": [{"label": word, "number": number} for word, number in heads],
    }  # fmt: skip


def rank_word(level: str) -> str:
    """What a level is called."""
    return wording.cell(Honour, "level_code", level)


def known_day(honour: Honour, column: str) -> str:
    """A day of a title as far as it is known."""
    day: date | None = getattr(honour, column)
    known = {"year": 4, "month": 7}.get(getattr(honour, f"{column}_precision"), 10)
    return day.isoformat()[:known] if day else ""


def standing_badge(one: Held, day: date) -> dict[str, str]:
    """How a title stands on a day, as a badge."""
    honour, title = one.honour, one.title
    if honour.awarded_on and title.awarded_on and honour.awarded_on <= day < title.awarded_on:
        return {"code": "planned", "label": say("授予日期不详，期末起计")}
    if title.awarded_on is None or title.awarded_on > day:
        announced = honour.announced_on is not None and honour.announced_on <= day
        return {"code": "planned", "label": say("已公示，尚未授予") if announced else say("已申报，尚未授予")}
    if title.withdrawn(day):
        return {"code": "bad", "label": say("已撤销")}
    if not title.in_force(day):
        return {"code": "late", "label": say("已过有效期")}
    return {"code": "good", "label": say("现行有效")}


def last_day(one: Held, day: date) -> str:
    """Until when a title reaches, in a word; nothing where it is withdrawn or not awarded."""
    if one.title.awarded_on is None or one.title.awarded_on > day or one.title.withdrawn(day):
        return "–"
    last = one.title.last_day(day)
    return last.isoformat() if last else say("没有期限")
