"""What the address of a page of talent exchange asks: which pairing, which day, narrowed by what; and the way there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from shanhai.areas.talent.models import Secondment
from shanhai.areas.talent.queries import postings
from shanhai.areas.talent.terms import Direction, PostingKind, Role
from shanhai.base.language import say
from shanhai.reference.models import Scope
from shanhai.web import wording
from shanhai.web.choosing import needed_scope
from shanhai.web.keysets import Found, Order, place_of

#: The cells of a row of a table (see components/table.html).
Cells: TypeAlias = list[dict[str, Any]]
_NAMES = ("q", *postings.NARROWED, "as_of")
#: The badge of the other side's word on a record.
WORDS = {"asserted": "待对方确认", "confirmed": "对方已确认", "disputed": "对方有异议"}


@dataclass(frozen=True, slots=True)
class PostingsAsked:
    """The postings a page is about: of a scope, as of a day, narrowed."""

    scope: Scope
    day: date
    closed: bool
    asked: dict[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> "PostingsAsked":
        """What an address asks; what cannot be read is as if it were not there."""
        scope, today = needed_scope(request), localdate()
        given = {name: request.GET.get(name, "")[:120] for name in _NAMES}
        asked = {name: value for name, value in given.items() if value and "\x00" not in value}
        try:
            return cls(scope, date.fromisoformat(asked.get("as_of", "")), False, asked)
        except ValueError:
            asked.pop("as_of", None)
            day, closed = postings.told_day(scope, today)
            return cls(scope, day, closed, asked)

    @property
    def rows(self) -> "QuerySet[Secondment]":
        """The postings, in no order yet."""
        return postings.narrowed(self.scope, self.asked)

    def url(self, name: str, **more: object) -> str:
        """The address of one of the area's pages under the same question."""
        return wording.with_query(reverse(name), scope=self.scope.code, **{**self.asked, **more})

    @property
    def told(self) -> str:
        """For which day the page is told."""
        if self.closed:
            return say("算到 {day}：记录在这一天关账，此后没有人到岗或离岗。", day=self.day.isoformat())
        return say("算到 {day}。", day=self.day.isoformat())

    def filters(self, name: str, *, more: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
        """The form that narrows postings."""
        fields = [
            {"name": "q", "label": say("编号、单位或职务"), "type": "search", "value": self.asked.get("q", "")},
            *more,
            select("direction_code", say("方向"), Direction.choices, self.asked.get("direction_code", "")),
            select("kind_code", say("人才类别"), PostingKind.choices, self.asked.get("kind_code", "")),
            select("role_code", say("任职"), Role.choices, self.asked.get("role_code", "")),
            {"name": "as_of", "label": say("算到哪一天"), "type": "date", "value": self.day.isoformat()},
        ]
        clear = wording.with_query(reverse(name), scope=self.scope.code) if self.asked else ""
        return {"action": reverse(name), "fields": fields, "kept": [("scope", self.scope.code)],
                "narrowed": bool(self.asked.keys() - {"q"}), "clear_url": clear}  # fmt: skip

    def pages(self, name: str, found: Found, order: Order, told: str, **kept: object) -> dict[str, Any] | None:
        """The way on through a long list."""
        if not (found.before or found.after):
            return None
        before = place_of(found.rows[0], order) if found.before and found.rows else ""
        after = place_of(found.rows[-1], order) if found.after and found.rows else ""
        return {
            "previous_url": self.url(name, **kept, before=before) if before else "",
            "next_url": self.url(name, **kept, after=after) if after else "",
            "first_url": self.url(name, **kept) if found.before else "",
            "told": told,
        }  # fmt: skip


def select(name: str, label: str, choices: Iterable[tuple[Any, Any]], chosen: str) -> dict[str, Any]:
    """A choice out of a code list, or all."""
    told = [{"value": str(code), "label": say(str(word)), "selected": str(code) == chosen} for code, word in choices]
    every = {"value": "", "label": say("全部"), "selected": not chosen}
    return {"name": name, "label": label, "type": "select", "options": [every, *told]}


def year_of(given: str) -> int | None:
    """The year an address names."""
    return int(given) if given.isascii() and given.isdigit() and len(given) == 4 and int(given) > 0 else None


def year_select(name: str, label: str, years: Iterable[int], chosen: int | None) -> dict[str, Any]:
    """A choice of a year, or all."""
    told = [{"value": year, "label": say("{year} 年", year=year), "selected": year == chosen} for year in years]
    return {"name": name, "label": label, "type": "select",
            "options": [{"value": "", "label": say("全部年份"), "selected": chosen is None}, *told]}  # fmt: skip


def word_badge(word: str) -> dict[str, str]:
    """What the other side says, as a badge."""
    return {"code": word, "label": say(WORDS[word])}


def table(caption: str, words: Iterable[str], rows: Iterable[Cells], *, empty: str) -> dict[str, Any]:
    """A table whose cells carry the words of their columns, so that it stacks on a narrow screen."""
    heads = list(words)
    told = [{"cells": [cell | {"label": word} for cell, word in zip(row, heads, strict=True)]} for row in rows]
    return {"caption": caption, "hide_caption": True, "stack": True, "columns": [{"label": word} for word in heads],
            "rows": told, "empty": {"text": empty}}  # fmt: skip


def crumbs(*beside: tuple[str, str]) -> list[dict[str, str]]:
    """The way to the area's pages."""
    area = {"label": say("人才交流"), "url": reverse("area", args=["talent"])}
    return [
        {"label": say("首页"), "url": reverse("home")},
        area,
        *({"label": label, "url": url} for label, url in beside),
    ]
