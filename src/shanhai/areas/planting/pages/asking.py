"""What the pages of planting are asked for: the pairing, the day, a base; and how land and money are written there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from shanhai.areas.planting.models import Base
from shanhai.areas.planting.queries import standing
from shanhai.base.language import say
from shanhai.reference.models import Scope
from shanhai.web import amounts, declare, wording
from shanhai.web.choosing import needed_scope

Cell = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """The pairing and the day a page is about, and the base it is narrowed to; `told` is the day of the address."""

    scope: Scope
    day: date
    told: str
    base: str = ""

    @classmethod
    def of(cls, request: HttpRequest, *, scope: Scope | None = None) -> "Asked":
        """What an address asks; what cannot be read is as if it were not there."""
        found = scope or needed_scope(request)
        base = request.GET.get("base", "")[:120].replace("\x00", "")
        try:
            day = date.fromisoformat(request.GET.get("as_of", ""))
        except ValueError:
            return cls(found, standing.told_day(found, localdate()), "", base)
        return cls(found, day, day.isoformat(), base)

    def figure(self, name: str, **narrowed: str) -> str:
        """The page of a figure on the same day."""
        told = amounts.narrowed_name(amounts.declared(name), narrowed)
        return amounts.figure_url(told, self.scope.code, as_of=self.day.isoformat())

    def records(self, record_type: str, **narrowed: str) -> str:
        """The list of records of a type."""
        return wording.with_query(reverse("list", args=[record_type]), scope=self.scope.code, **narrowed)

    def day_field(self) -> dict[str, Any]:
        """The choice of the day."""
        return {"name": "as_of", "label": say("算到哪一天"), "type": "date", "value": self.day.isoformat()}

    def filters(self, action: str, fields: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """The form that narrows the page."""
        clear = wording.with_query(action, scope=self.scope.code) if self.told or self.base else ""
        return {
            "action": action,
            "fields": fields,
            "kept": [("scope", self.scope.code)],
            "narrowed": True,
            "clear_url": clear,
        }


def select(name: str, word: str, options: Iterable[tuple[str, str]], chosen: str) -> dict[str, Any]:
    """A choice among keys, all of them where none is chosen."""
    told = [{"value": key, "label": label, "selected": key == chosen} for key, label in options]
    return {
        "name": name,
        "label": word,
        "type": "select",
        "options": [{"value": "", "label": say("全部"), "selected": not chosen}, *told],
    }


def base_url(key: str) -> str:
    """The page of a base."""
    found = declare.own_page(Base.type_name(), key)
    return found[1] if found else wording.record_url(Base.type_name(), key)


def mu(mu2: int) -> str:
    """An area in mu, exact."""
    whole, rest = divmod(mu2, 100)
    return f"{whole:,}" + (f".{rest:02}".rstrip("0") if rest else "")


def yuan(fen: int) -> str:
    """An amount in a table that names its unit once."""
    return wording.show_amount(wording.yuan(fen))


def money_told() -> str:
    """The unit of the amounts in a page's tables."""
    return say("表中金额单位：{unit}。", unit=say(wording.money_unit()))


def percent(part: int, whole: int) -> str:
    """A share to one decimal; a dash where there is nothing to divide by."""
    return f"{part * 100 / whole:.1f}%" if whole else "–"


def number(text: str, url: str = "", **more: Any) -> Cell:
    """A cell that holds a number and leads to what it counts."""
    return {"text": text, "number": True, "url": url, **more}


def table_of(
    caption: str, heads: Sequence[tuple[str, bool]], rows: Sequence[Sequence[Cell]], *, foot: Sequence[Cell] = ()
) -> dict[str, Any]:
    """A table whose cells carry the names of their columns, for narrow screens; heads say whether a column holds numbers."""
    columns = [{"label": label, "number": is_number} for label, is_number in heads]
    told = [{"cells": [cell | {"label": head[0]} for cell, head in zip(row, heads, strict=True)]} for row in rows]
    last = [cell | {"label": head[0]} for cell, head in zip(foot, heads, strict=True)] if foot else []
    return {
        "caption": caption,
        "hide_caption": True,
        "stack": True,
        "columns": columns,
        "rows": told,
        "foot": last,
        "empty": {"text": say("没有符合条件的记录。")},
    }


def crumbs(*, beside: bool = False) -> list[dict[str, str]]:
    """The way to the area's pages."""
    first = [
        {"label": say("首页"), "url": reverse("home")},
        {"label": say("种植基地"), "url": reverse("area", args=["planting"])},
    ]
    return [*first, {"label": say("基地一览"), "url": reverse("planting-bases")}] if beside else first
