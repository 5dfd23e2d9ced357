"""What the pages of charity are asked, and the parts they share: tiles, cells and a drawing of years."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from shanhai.asking import values
from shanhai.asking.scopes import Asked
from shanhai.base.language import say
from shanhai.figures import evaluating
from shanhai.figures.folding import Value
from shanhai.web import amounts, charts
from shanhai.web.charts import Bar
from shanhai.web.choosing import asked_of
from shanhai.web.drawings import inline

Cell = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """The scope a page is about, and the day its figures are told to."""

    asked: Asked
    day: date

    @classmethod
    def of(cls, request: HttpRequest) -> "Look":
        """As an address asks; today where it names no day."""
        try:
            day = date.fromisoformat(request.GET.get("as_of", ""))
        except ValueError:
            day = localdate()
        return cls(asked_of(request), day)

    def url(self, name: str, **more: Any) -> str:
        """The page of a figure, as of the same day."""
        return amounts.figure_url(name, self.asked.scope.code, as_of=self.day.isoformat(), **more)

    def filters(self, route: str) -> dict[str, Any]:
        """The choice of the day."""
        field = {"name": "as_of", "label": say("算到哪一天"), "type": "date", "value": self.day.isoformat()}
        return {"action": reverse(route), "kept": [("scope", self.asked.scope.code)], "fields": [field]}

    def tiles(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """Figures of the whole time, each by the name `open` takes."""
        window = values.window_of(self.asked, as_of=self.day)
        tiles = []
        for full in names:
            figure, narrowed = values.named(full)
            value = values.values(self.asked, window, figures=[figure], narrowed=narrowed)[figure.name]
            tiles.append(
                {"label": amounts.figure_label(figure, full), "url": self.url(full), "note": "", "help": say(figure.rule),
                 "state": amounts.state(value), **amounts.told(value)}
            )  # fmt: skip
        return tiles

    def cut(self, names: Iterable[str], by: str) -> dict[str, dict[str | None, Value]]:
        """Figures by the values of a slice."""
        window = values.window_of(self.asked, as_of=self.day)
        return evaluating.by_slice([amounts.declared(name) for name in names], values.engine(), window, by)

    def cell(self, found: Mapping[str, Mapping[str | None, Value]], name: str, by: str, *, of: str) -> Cell:
        """A figure for one value of a slice, opening to its rows; a dash where there are none."""
        value = found[name].get(of)
        if value is None or value.amount is None:
            return {"text": "–", "number": True}
        full = amounts.narrowed_name(value.figure, {by: of})
        return {"text": amounts.text(value), "number": True, "url": self.url(full)}


def crumbs() -> list[dict[str, str]]:
    """The way to the area's pages."""
    area = {"label": say("社会帮扶"), "url": reverse("area", args=["charity"])}
    return [{"label": say("首页"), "url": reverse("home")}, area]


def table(caption: str, heads: Sequence[tuple[str, bool]], rows: Iterable[Sequence[Cell]]) -> dict[str, Any]:
    """A table whose cells carry the names of their columns, for narrow screens."""
    told = [
        {"cells": [cell | {"label": head} for cell, (head, _) in zip(row, heads, strict=True)]} for row in rows
    ]  # fmt: skip
    columns = [{"label": head, "number": number} for head, number in heads]
    return {"caption": caption, "hide_caption": True, "stack": True, "columns": columns, "rows": told,
            "empty": {"text": say("还没有登记。")}}  # fmt: skip


def years(look: Look, title: str, drawn: Sequence[str], *, beside: Sequence[str] = ()) -> dict[str, Any] | None:
    """Figures year by year: `drawn` as bars, these and `beside` in the table; nothing where no year has a number."""
    named = {full: values.by_year(look.asked, full, as_of=look.day) for full in (*drawn, *beside)}
    order = list(next(iter(named.values())))
    if not any(
        isinstance(named[full][year].amount, Decimal) and named[full][year].amount for full in drawn for year in order
    ):
        return None
    per, unit = charts.drawn_unit(dict(enumerate(_values(named, drawn))))
    bars = [
        Bar(str(year), value.amount / per, _told(full, year, value), look.url(full, year=year), _word(full))
        for full in drawn for year, value in named[full].items() if isinstance(value.amount, Decimal)
    ]  # fmt: skip
    heads = [(say("年份"), False), *((_word(full), True) for full in named)]
    rows = [
        [{"text": str(year), "head": True}, *({"text": amounts.text(named[full][year]), "number": True, "url": look.url(full, year=year)} for full in named)]
        for year in order
    ]  # fmt: skip
    summary = say("；").join(bar.told for bar in bars)
    return {
        "title": say("{title}（{unit}）", title=title, unit=unit),
        "svg": inline(charts.bars(bars, order=[str(year) for year in order], width=720), label=summary), "picture_url": "",
        "table": table(title, heads, rows),
    }  # fmt: skip


def _values(named: Mapping[str, Mapping[int, Value]], drawn: Sequence[str]) -> list[Value]:
    return [value for full in drawn for value in named[full].values()]


def _word(full: str) -> str:
    return amounts.figure_label(amounts.declared(full), full)


def _told(full: str, year: int, value: Value) -> str:
    return say(
        "{year} 年{figure} {value} {unit}",
        year=year, figure=_word(full), value=amounts.text(value), unit=amounts.unit_word(value.figure),
    )  # fmt: skip
