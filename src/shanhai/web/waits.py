"""How long something stands, in days and in working days, and by which calendar."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shanhai.base.language import say
from shanhai.reference.calendar import WorkCalendar, shipped_calendar


def _calendar() -> WorkCalendar:
    return shipped_calendar().assuming_plain_weeks()


@dataclass(frozen=True, slots=True)
class Waits:
    """The time things stand up to a day; many stand since the same one, so each is counted once."""

    until: date
    _calendar: WorkCalendar = field(default_factory=_calendar)
    _known: dict[date, int] = field(default_factory=dict)

    def days(self, since: date) -> int:
        """The days since then."""
        return (self.until - since).days

    def workdays(self, since: date) -> int:
        """The working days since then; days without a notice count as in a plain week."""
        if since not in self._known:
            self._known[since] = self._calendar.workdays_between(since, self.until)
        return self._known[since]

    def cell(self, since: date) -> dict[str, Any]:
        """Both as a table tells them."""
        return {
            "text": say("{n} 天", n=self.days(since)),
            "note": say("{n} 个工作日", n=self.workdays(since)),
        }

    def told(self, since: Iterable[date]) -> str:
        """Which calendar working days are counted by, and where it does not reach."""
        calendar = shipped_calendar()
        told = say("工作日按国务院办公厅放假安排计算（工作日历版本 {version}）。", version=calendar.version)
        if all(calendar.is_settled(day) for day in (*since, self.until)):
            return told
        return told + say("日历以外的日子按周一至周五估算。")
