"""What the pages of money are narrowed by, read from an address and told back to it; and what sources and projects are called."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.timezone import localdate

from shanhai.areas.funds.models import Source
from shanhai.areas.funds.queries.ledger import Narrowing, names_of
from shanhai.base.language import say
from shanhai.reference.models import Scope
from shanhai.web import wording
from shanhai.web.choosing import needed_scope

PROJECT = "projects.project"
_LONGEST = 160
#: The name of each part of a narrowing in an address.
_PARTS = ("source", "level", "project", "step", "field", "payee")


@dataclass(frozen=True, slots=True)
class Look:
    """What a page of money is about: the scope, its sources by key, the day money is told to, what is asked.

    `told_day` is the day as the address tells it; empty where it tells none and the day is today.
    """

    scope: Scope
    sources: Mapping[str, Source]
    day: date
    narrowing: Narrowing
    told_day: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Look":
        """As an address asks."""
        scope = needed_scope(request)
        given = {name: request.GET.get(name, "").replace("\x00", "")[:_LONGEST] for name in (*_PARTS, "q")}
        narrowing = Narrowing(
            year=year_of(request, "year"),
            budget=year_of(request, "budget"),
            words=given.pop("q"),
            **given,
        )
        asked = _day_in(request)
        told_day = asked.isoformat() if asked else ""
        return cls(scope, names_of(scope.pk), asked or localdate(), narrowing, told_day)

    def told(self, **changed: Any) -> dict[str, Any]:
        """What an address says of this narrowing, with something else in it."""
        asked = {name: getattr(self.narrowing, name) for name in (*_PARTS, "year", "budget")}
        return {"scope": self.scope.code, "as_of": self.told_day, **asked, "q": self.narrowing.words, **changed}

    @property
    def chosen(self) -> list[str]:
        """The keys of the sources that the choice of source, level and budget year leaves."""
        asked = self.narrowing
        return [
            key
            for key, source in self.sources.items()
            if asked.source in ("", key)
            and asked.level in ("", source.level_code)
            and asked.budget in (None, source.budget_year)
        ]

    def years(self) -> list[int]:
        """The years in which money may have moved: from the first budget on, latest first."""
        first = min((source.budget_year for source in self.sources.values()), default=self.day.year)
        return list(range(self.day.year, first - 1, -1))

    def source_word(self, key: str) -> str:
        """What a source is called."""
        return self.sources[key].name if key in self.sources else wording.local(key)

    def source_field(self) -> dict[str, Any]:
        """The choice of a source."""
        options = ((key, source.name) for key, source in self.sources.items())
        return select("source", say("资金来源"), options, self.narrowing.source)

    def day_field(self) -> dict[str, Any]:
        """The choice of the day."""
        return {"name": "as_of", "label": say("算到哪一天"), "type": "date", "value": self.day.isoformat()}

    def budget_field(self) -> dict[str, Any]:
        """The choice of a budget year."""
        years = sorted({source.budget_year for source in self.sources.values()}, reverse=True)
        return select("budget", say("预算年度"), ((str(year), str(year)) for year in years), self.narrowing.budget)


def select(name: str, word: str, options: Iterable[tuple[str, str]], chosen: object) -> dict[str, Any]:
    """A choice among codes, all of them where none is chosen."""
    now = "" if chosen is None else str(chosen)
    told = [{"value": code, "label": label, "selected": code == now} for code, label in options]
    every = {"value": "", "label": say("全部"), "selected": not now}
    return {"name": name, "label": word, "type": "select", "options": [every, *told]}


def choices(model: type[Model], column: str) -> list[tuple[str, str]]:
    """The codes of a column with their words."""
    field = model._meta.get_field(column)
    return [(str(code), say(str(word))) for code, word in getattr(field, "flatchoices", [])]


def year_of(request: HttpRequest, name: str) -> int | None:
    """A year as an address writes it."""
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) == 4 and given > "0000" else None


def _day_in(request: HttpRequest) -> date | None:
    """The day an address tells the money to; anything else is as if it were not there."""
    try:
        return date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return None


def place_of(*told: Any) -> str:
    """The place a page ends at, for the address of the next."""
    return json.dumps(told, ensure_ascii=False)


def place_in(request: HttpRequest, name: str = "after") -> tuple[int, str] | None:
    """An amount and a name after which a page begins; whatever cannot be read is as if it were not there."""
    try:
        amount, key = json.loads(request.GET.get(name, ""))
    except (ValueError, TypeError):
        return None
    return (
        (amount, key)
        if type(amount) is int and abs(amount) < 2**62 and isinstance(key, str) and "\x00" not in key
        else None
    )


def project_words(scope_id: int, keys: Iterable[str] | None = None) -> dict[str, str]:
    """Names of projects by key: of some, or of all of a scope."""
    projects: Any = wording.model_named(PROJECT)._default_manager
    rows = projects.filter(scope_id=scope_id)
    found = rows.filter(key__in=set(keys)) if keys is not None else rows
    return dict(found.values_list("key", "name"))


def amount(fen: int) -> str:
    """An amount in a table that names its unit once, below."""
    return wording.show_amount(wording.yuan(fen))


def table_of(
    caption: str, columns: Sequence[dict[str, Any]], rows: Sequence[Sequence[dict[str, Any]]]
) -> dict[str, Any]:
    """A table whose cells carry the names of their columns, for narrow screens."""
    told = [
        {"cells": [cell | {"label": column["label"]} for cell, column in zip(row, columns, strict=True)]}
        for row in rows
    ]
    return {"caption": caption, "hide_caption": True, "stack": True, "columns": columns, "rows": told, "empty": {"text": say("没有符合条件的记录。")}}  # fmt: skip
