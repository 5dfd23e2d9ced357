"""What the address of a figure page asks: which figure under which narrowing, of which scope, for which time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from shanhai.asking import values
from shanhai.asking.scopes import Asked
from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.figures.model import Figure
from shanhai.figures.opening import Opened, Page
from shanhai.figures.windows import Window
from shanhai.web import amounts
from shanhai.web.choosing import asked_of


@dataclass(frozen=True, slots=True)
class Question:
    """A figure under its narrowing, of a scope, as of a day: in one year, since a day, or since the beginning."""

    name: str
    figure: Figure
    narrowed: Mapping[str, str]
    asked: Asked
    as_of: date
    year: int | None = None
    since: date | None = None

    @classmethod
    def since_ever(cls, figure: Figure, asked: Asked, day: date) -> "Question":
        """A figure as it stands on a day, since its beginning."""
        return cls(figure.name, figure, {}, asked, day)

    @property
    def window(self) -> Window:
        """The window as figures take it."""
        window = values.window_of(self.asked, as_of=self.as_of, year=self.year)
        return replace(window, start=self.since) if self.since and not self.year else window

    def opened(self, *, first: int = 0, size: int | None = None) -> Opened:
        """The figure with its rows: `size` of them after the first ones, or all."""
        return values.opened(self.asked, self.name, self.window, page=Page(first, size))

    def narrower(self, chosen: Mapping[str, str]) -> str:
        """The name of the figure narrowed further, or less where a choice is empty."""
        return amounts.narrowed_name(self.figure, {**self.narrowed, **chosen})

    @property
    def told(self) -> dict[str, Any]:
        """What the address says beside the figure's name."""
        since = None if self.year else self.since
        return {"scope": self.asked.scope.code, "year": self.year, "since": since, "as_of": self.as_of.isoformat()}

    @property
    def period(self) -> str:
        """The time in words."""
        if self.year:
            return say("{year} 年", year=self.year)
        if self.since:
            return say("{day} 起", day=self.since.isoformat())
        began = self.asked.began_on
        return say("自结对（{day}）以来", day=began.isoformat()) if began else say("自有记录以来")


def question_of(request: HttpRequest, name: str) -> Question:
    """The question of an address; a figure or scope that is not there, or not seen, is no page."""
    try:
        figure, narrowed = values.named(name)
    except Refused as unknown:
        raise Http404 from unknown
    asked = asked_of(request)
    given = request.GET.get("year", "")
    year = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else None
    as_of = _day(request.GET.get("as_of", "")) or localdate()
    plain = amounts.narrowed_name(figure, narrowed)
    return Question(plain, figure, narrowed, asked, as_of, year, _day(request.GET.get("since", "")))


def _day(given: str) -> date | None:
    """A day as an address writes it; anything else is as if it were not there."""
    try:
        return date.fromisoformat(given) if len(given) == 10 else None
    except ValueError:
        return None
