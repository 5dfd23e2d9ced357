"""The working calendar: which days are worked, and what day so many working days lead to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.reference.loading import CalendarDay, load_calendar_days, load_datasets

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """A version of the calendar: holidays on weekdays, make-up days on Saturdays and Sundays, and what it covers.

    A day outside what it covers is refused, because the yearly notice that settles it is not in it; a calendar
    that `assumes_plain_weeks` takes such days by the plain week instead, for estimates that say they are.
    """

    version: str
    first: date
    last: date
    holidays: frozenset[date]
    makeups: frozenset[date]
    assumes_plain_weeks: bool = False

    def assuming_plain_weeks(self) -> "WorkCalendar":
        """The same calendar with the plain week outside what it covers."""
        return replace(self, assumes_plain_weeks=True)

    def is_settled(self, day: date) -> bool:
        """Whether a notice in this calendar settles the day."""
        return self.first <= day <= self.last

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked. Raises `Refused` for a day the calendar does not cover."""
        if not self.is_settled(day) and not self.assumes_plain_weeks:
            raise Refused(
                say(
                    "工作日历（版本{version}）只包含{first}至{last}，{day}是否上班尚无依据。国务院办公厅公布放假安排后，请更新工作日历。",
                    version=self.version,
                    first=self.first,
                    last=self.last,
                    day=day,
                )
            )
        return day in self.makeups or (day.weekday() < 5 and day not in self.holidays)

    def add_workdays(self, start: date, workdays: int) -> date:
        """The day that many working days after the start (before it, if negative); the start itself does not count.

        Zero is the start, worked or not. Raises `Refused` where the way leads out of the calendar.
        """
        day, step = start, _DAY if workdays >= 0 else -_DAY
        left = abs(workdays)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """The working days after the start up to and with the end; negative where the end lies before the start.

        Whatever the days, from a to b and from b to c add up to from a to c. Raises `Refused` as `is_workday`.
        """
        if end < start:
            return -self.workdays_between(end, start)
        return sum(self.is_workday(start + step * _DAY) for step in range(1, (end - start).days + 1))


def make_calendar(days: Iterable[CalendarDay], *, version: str, first: date, last: date) -> WorkCalendar:
    """A calendar from its exceptions, read from the file or from the database."""
    exceptions = list(days)
    return WorkCalendar(
        version=version,
        first=first,
        last=last,
        holidays=frozenset(day.day for day in exceptions if day.kind == "holiday"),
        makeups=frozenset(day.day for day in exceptions if day.kind == "makeup"),
    )


@cache
def shipped_calendar() -> WorkCalendar:
    """The calendar that ships with the package."""
    about = load_datasets()["calendar"]
    first, last = about.covers_from.first_day, about.covers_to.last_day
    return make_calendar(load_calendar_days(), version=about.version, first=first, last=last)
