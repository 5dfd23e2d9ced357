"""Make src/shanhai/reference/data/calendar.csv from chinesecalendar, cross-checked with holidays.

    python tools/calendar_days.py [FOLDER]

Only exceptions are written: a weekday that is off (holiday) and a Saturday or Sunday that is worked (makeup).
Where the two libraries differ, the day must be decided in `DECIDED`, with its reason; an undecided difference
stops the tool. All differences go to calendar_differences.csv. The same versions give the same files.
"""

import csv
import sys
from datetime import date, timedelta
from pathlib import Path

import holidays as second_source
from chinese_calendar import constants as first_source

FOLDER = Path(__file__).parents[1] / "src/shanhai/reference/data"
YEARS = range(2004, 2027)
#: Days the libraries tell differently: what is taken, the occasion, and why.
DECIDED = {
    date(2005, 12, 31): (
        "makeup", "元旦", "国办发明电〔2005〕35号：将12月31日（星期六）公休日调休，12月31日上班；chinesecalendar 漏列"
    ),
}  # fmt: skip
NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
#: Days that a later notice moved.
LATER_NOTICES = {
    "国务院办公厅关于调整2019年劳动节假期安排的通知": [
        date(2019, 4, 28), date(2019, 5, 1), date(2019, 5, 2), date(2019, 5, 3), date(2019, 5, 5),
    ],
    "国务院办公厅关于延长2020年春节假期的通知": [date(2020, 1, 31)],
    "2015年抗战胜利70周年纪念日调休放假通知": [date(2015, 9, 3), date(2015, 9, 4), date(2015, 9, 6)],
}  # fmt: skip


def all_days() -> list[date]:
    """Every day of the years covered."""
    first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def exception(day: date, works: bool) -> str:
    """What a day is beside the plain week: holiday, makeup or nothing."""
    if works == (day.weekday() < 5):
        return ""
    return "makeup" if works else "holiday"


def by_first() -> dict[date, str]:
    """The exceptions as chinesecalendar tells them."""
    return {
        day: exception(day, day in first_source.workdays or (day.weekday() < 5 and day not in first_source.holidays))
        for day in all_days()
    }


def by_second() -> dict[date, str]:
    """The exceptions as holidays tells them."""
    china = second_source.country_holidays("CN", years=YEARS)
    return {day: exception(day, china.is_working_day(day)) for day in all_days()}


def occasion(day: date) -> str:
    """The holiday a day belongs to."""
    names = {holiday.value: holiday.chinese for holiday in first_source.Holiday}
    if day in DECIDED:
        return DECIDED[day][1]
    name = names[first_source.holidays.get(day) or first_source.workdays[day]]
    return NAMES.get(name, name)


def notice(day: date) -> str:
    """The notice that settled a day; the end of December belongs to the notice of the next year."""
    for title, days in LATER_NOTICES.items():
        if day in days:
            return title
    year = day.year + (day.month == 12 and occasion(day) == "元旦")
    return f"国务院办公厅关于{year}年部分节假日安排的通知"


def write(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write one CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([columns, *rows])


def main(folder: Path) -> None:
    """Make both files; stop where a difference is not decided."""
    first, second = by_first(), by_second()
    differ = [day for day in all_days() if first[day] != second[day]]
    undecided = [day.isoformat() for day in differ if day not in DECIDED]
    if undecided:
        sys.exit(f"the sources differ, undecided: {', '.join(undecided)}")
    taken = {day: DECIDED[day][0] if day in DECIDED else first[day] for day in all_days()}
    rows = [(day.isoformat(), kind, occasion(day), notice(day)) for day, kind in taken.items() if kind]
    write(folder / "calendar.csv", ("day", "kind", "name", "source"), rows)
    told = [(day.isoformat(), first[day] or "plain", second[day] or "plain", *DECIDED[day][::2]) for day in differ]
    write(folder / "calendar_differences.csv", ("day", "chinesecalendar", "holidays", "taken", "reason"), told)
    print(f"{len(rows)} exceptions in {YEARS[0]}-{YEARS[-1]}, {len(differ)} differences")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
