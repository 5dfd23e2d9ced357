"""Rows of bars over days: where each bar and each line of a timeline stands, in per cent of its width.

Positions are per cent, so the drawing fits any screen and its words keep their size.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shanhai.base.language import say

_NARROWEST = 0.6
_MONTHLY = 800


@dataclass(frozen=True, slots=True)
class Span:
    """A bar: its first and last day, what it says, where it leads, its tone (a class of the sheet)."""

    first: date
    last: date
    told: str
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is called, where it leads, a word beside it, its bars in order."""

    label: str
    url: str
    note: str
    spans: Sequence[Span]


def timeline(lines: Sequence[Line], *, first: date, last: date, today: date, label: str) -> dict[str, Any]:
    """The `timeline` of components/timeline.html for the days from first to last; what lies outside is cut off."""
    scale = _Scale(first, last)
    return {
        "label": label,
        "today": scale.at(today) if first <= today <= last else "",
        "today_told": today.isoformat(),
        "ticks": [{"x": scale.at(day), "label": word} for day, word in _ticks(first, last)],
        "rows": [
            {"label": line.label, "url": line.url, "note": line.note, "bars": list(_bars(line, scale))}
            for line in lines
        ],
    }


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    @property
    def days(self) -> int:
        return max(1, (self.last - self.first).days)

    def share(self, day: date) -> float:
        return 100 * min(max((day - self.first).days, 0), self.days) / self.days

    def at(self, day: date) -> str:
        return f"{self.share(day):.2f}"


def _bars(line: Line, scale: _Scale) -> Iterator[dict[str, str]]:
    for span in line.spans:
        if span.last >= scale.first and span.first <= scale.last:
            start = min(scale.share(span.first), 100 - _NARROWEST)
            wide = max(_NARROWEST, scale.share(span.last) - start)
            yield {"x": f"{start:.2f}", "width": f"{wide:.2f}", "told": span.told, "url": span.url, "tone": span.tone}


def _ticks(first: date, last: date) -> Iterator[tuple[date, str]]:
    """The first day of every year; of every quarter where the time is short."""
    months = (1, 4, 7, 10) if (last - first).days <= _MONTHLY else (1,)
    for year in range(first.year, last.year + 1):
        for month in months:
            if first <= (day := date(year, month, 1)) <= last:
                yield day, str(year) if month == 1 else say("{month} 月", month=month)
