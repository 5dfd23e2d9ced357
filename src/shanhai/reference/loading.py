"""Reading the reference files that ship with the package: regions, the working calendar, what each file is."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from shanhai.base.dates import PartialDate

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Region:
    """One spell of an administrative division by GB/T 2260: a code with a name, from a first to a last day.

    The same code stands twice where the name changed, the same name where the code changed. The days are known
    to the year only: the year in which the change came into the yearly code book. No first day: it stood when
    the record of changes begins (1996), or the day is not known (the note says so). No last day: in force.
    `successor_code` is who took its place, or the code itself where only the name changed.
    """

    code: str
    name: str
    level: str
    parent_code: str
    first_day: PartialDate | None
    last_day: PartialDate | None
    successor_code: str
    note: str

    @property
    def first_on(self) -> date | None:
        """The first day it may have been in force, None without a known beginning."""
        return self.first_day.first_day if self.first_day else None

    @property
    def last_on(self) -> date | None:
        """The last day it may have been in force, None while it is."""
        return self.last_day.last_day if self.last_day else None

    def may_stand_on(self, day: date) -> bool:
        """Whether it may have been in force on that day; in the year of a change, both the old and the new may."""
        return not (self.first_on and day < self.first_on) and not (self.last_on and day > self.last_on)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """An exception to the plain week: a weekday off (`holiday`) or a Saturday or Sunday worked (`makeup`)."""

    day: date
    kind: Literal["holiday", "makeup"]
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """What one reference file is: its version, the days it covers, where it comes from, under which licence."""

    name: str
    version: str
    covers_from: PartialDate
    covers_to: PartialDate
    source: str
    licence: str


@cache
def load_regions() -> tuple[Region, ...]:
    """All regions, those of today and those since 1996 that are gone, in the order of their codes."""
    return tuple(
        Region(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            parent_code=row["parent_code"],
            first_day=_partial(row["first_day"]),
            last_day=_partial(row["last_day"]),
            successor_code=row["successor_code"],
            note=row["note"],
        )
        for row in _rows("regions.csv")
    )


@cache
def load_calendar_days() -> tuple[CalendarDay, ...]:
    """All exceptions of the working calendar, in the order of their days. Raises `ValueError` for an unknown kind."""
    return tuple(
        CalendarDay(date.fromisoformat(row["day"]), _kind(row["kind"]), row["name"], row["source"])
        for row in _rows("calendar.csv")
    )


@cache
def load_datasets() -> dict[str, Dataset]:
    """What each reference file is, by its name (`regions`, `calendar`)."""
    return {
        row["name"]: Dataset(
            name=row["name"],
            version=row["version"],
            covers_from=PartialDate.from_iso(row["covers_from"]),
            covers_to=PartialDate.from_iso(row["covers_to"]),
            source=row["source"],
            licence=row["licence"],
        )
        for row in _rows("datasets.csv")
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _partial(text: str) -> PartialDate | None:
    return PartialDate.from_iso(text) if text else None


def _kind(text: str) -> Literal["holiday", "makeup"]:
    if text == "holiday":
        return "holiday"
    if text == "makeup":
        return "makeup"
    raise ValueError(f"a day of the calendar is holiday or makeup, not {text!r}")
