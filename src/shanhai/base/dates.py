"""Days as papers give them: a year, a month or a day, with what may be said of them.

A partial date keeps exactly what was written; it is never filled up. Reading dates from cells and
texts is in `date_words`; today comes from a `Clock` that is handed in.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Protocol

#: The official time of the whole country; no summer time since 1992.
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day: 2021, 2021-06, 2021-06-02.

    Raises `ValueError` for a day that no calendar has, or a day without its month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day without a month")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The partial date that is one whole day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """The value of `2021`, `2021-06` or `2021-06-02`, as `str` writes it. Raises `ValueError`."""
        found = _ISO.fullmatch(text)
        if not found:
            raise ValueError(f"not a partial date: {text!r}")
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]

    def __str__(self) -> str:
        month = "" if self.month is None else f"-{self.month:02d}"
        return f"{self.year:04d}{month}" + ("" if self.day is None else f"-{self.day:02d}")

    @property
    def zh(self) -> str:
        """As a Chinese reader writes it: 2021年, 2021年6月, 2021年6月2日."""
        month = "" if self.month is None else f"{self.month}月"
        return f"{self.year}年{month}" + ("" if self.day is None else f"{self.day}日")

    @property
    def first_day(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def is_exact(self) -> bool:
        """Whether it is one whole day."""
        return self.day is not None

    def surely_before(self, other: "PartialDate") -> bool:
        """Whether every day it may mean lies before every day the other may mean."""
        return self.last_day < other.first_day

    def may_be_same(self, other: "PartialDate") -> bool:
        """Whether one day fits both: 2021 and 2021-06 may be the same, 2021-05 and 2021-06 not."""
        return not (self.surely_before(other) or other.surely_before(self))

    def covers(self, day: date) -> bool:
        """Whether the day is one it may mean."""
        return self.first_day <= day <= self.last_day

    def __lt__(self, other: "PartialDate") -> bool:
        """An order for lists: by first day, the vaguer first among equals."""
        return self._order() < other._order()

    def _order(self) -> tuple[date, int]:
        return self.first_day, -(self.last_day - self.first_day).days


def whole_months(start: PartialDate, end: PartialDate) -> int:
    """The whole months from one date to another: 2021-06 to 2024-08 is 38.

    Where both are whole days the last month must be complete, its last day standing in for a day the month
    does not have (01-31 to 02-28 is one month); otherwise months are counted as such. Raises `ValueError`
    where a month is not known or the end lies before the start.
    """
    if start.month is None or end.month is None:
        raise ValueError("months cannot be counted from a year alone")
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day is not None and end.day is not None and end.day < start.day and not _ends_month(end.first_day):
        months -= 1
    if months < 0 or end.surely_before(start):
        raise ValueError(f"{end} lies before {start}")
    return months


def whole_years(start: PartialDate, end: PartialDate) -> int:
    """The whole years from one date to another, counted in months: 2021-06 to 2024-08 is 3.

    Where only a year is known on either side, years are counted as such: 2021 to 2024-08 is 3. Raises
    `ValueError` where the end lies before the start.
    """
    if start.month is not None and end.month is not None:
        return whole_months(start, end) // 12
    if end.year < start.year:
        raise ValueError(f"{end} lies before {start}")
    return end.year - start.year


def time_progress(at: date | PartialDate) -> Fraction:
    """序时进度: the months of the year that are over on that day, of 12, exact.

    30 April is 4/12 (33.33 %), 29 April still 3/12; a month or a year without a day is taken at its end.
    """
    day = at if isinstance(at, date) else at.last_day
    return Fraction(day.month - (0 if _ends_month(day) else 1), 12)


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


class Clock(Protocol):
    """Where "now" comes from; logic is given one and never asks the machine."""

    def now(self) -> datetime:
        """This moment, with its time zone."""


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still: for tests, for examples, and for work that must be repeatable."""

    moment: datetime

    def __post_init__(self) -> None:
        if self.moment.tzinfo is None:
            raise ValueError("a moment needs its time zone")

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.moment


class MachineClock:
    """The clock of the machine; made once at the outermost layer and handed in."""

    def now(self) -> datetime:
        """This moment in UTC."""
        return datetime.now(UTC)


def today(clock: Clock) -> date:
    """The date in China at the clock's moment."""
    return clock.now().astimezone(BEIJING).date()
