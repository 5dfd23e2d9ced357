"""Windows: of which scopes, from which day, as of which day; and what that means for each behaviour in time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Window:
    """What a figure is asked for: `scopes` by id (None: all the engine shows), first day (None: from the beginning),
    and the day whose state of things is asked, "what had happened by that day".

    A flow counts events from `start` to `end`, both included. A stock or a cumulative counts up to `end`, whatever
    the start. A ratio is divided from its parts, each in its own way. `kinds` are the kinds of the scopes, where
    known; a figure that does not apply to any of them is not applicable. A window that starts after it ends asks for
    a period that had not begun by that day: nothing in it is due yet.
    """

    end: date
    start: date | None = None
    scopes: tuple[int, ...] | None = None
    kinds: frozenset[str] = frozenset()

    @property
    def ahead(self) -> bool:
        """Whether the period had not begun by the day asked."""
        return self.start is not None and self.start > self.end

    def year(self, year: int) -> "Window":
        """The part of this window that lies in a calendar year, seen from its last day or from this window's."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        start = max(first, self.start) if self.start and self.start <= last else first
        return replace(self, start=start, end=min(last, self.end))


def year_window(
    year: int, as_of: date | None = None, scopes: Iterable[int] | None = None, kinds: frozenset[str] = frozenset()
) -> Window:
    """A calendar year as it stood on a day, or at its end."""
    whole = Window(end=as_of or date(year, 12, 31), scopes=None if scopes is None else tuple(scopes), kinds=kinds)
    return whole.year(year)
