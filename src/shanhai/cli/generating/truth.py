"""What figures should give: counted with sets and sums over the generator's own rows, in any window of days."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from shanhai.cli.generating.world import Numbers


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one kind as the truth sees them: the day of each, who is meant (as counted), and an amount."""

    day: Numbers
    who: Numbers | None = None
    amount: Numbers | None = None
    until: Numbers | None = None

    def within(self, since: date | None, until: date) -> Numbers:
        """Which rows fall between two days, both included."""
        found = self.day <= np.datetime64(until)
        return found & (self.day >= np.datetime64(since)) if since else found


Answer = Callable[[date | None, date], int]


@dataclass(slots=True)
class Truth:
    """The true totals of one pairing by the name of the figure that should give them, in fen or whole numbers."""

    answers: dict[str, Answer] = field(default_factory=dict)

    def sums(self, figure: str, rows: Rows) -> None:
        """The sum of the amounts of rows in the window."""
        assert rows.amount is not None
        amount = rows.amount
        self.answers[figure] = lambda since, until: int(sum(amount[rows.within(since, until)].tolist()))

    def rows(self, figure: str, rows: Rows) -> None:
        """The number of rows in the window."""
        self.answers[figure] = lambda since, until: int(np.count_nonzero(rows.within(since, until)))

    def distinct(self, figure: str, rows: Rows) -> None:
        """How many different ones are meant by rows in the window; below zero means nobody."""
        assert rows.who is not None
        who = rows.who
        self.answers[figure] = lambda since, until: len(set(who[rows.within(since, until) & (who >= 0)].tolist()))

    def standing(self, figure: str, rows: Rows) -> None:
        """How many different ones stand on the last day: begun by then, and not ended before it."""
        assert rows.who is not None
        assert rows.until is not None
        who, ends = rows.who, rows.until

        def answer(_: date | None, until: date) -> int:
            day = np.datetime64(until)
            open_ended = np.isnat(ends)
            return len(set(who[(rows.day <= day) & (open_ended | (ends >= day))].tolist()))

        self.answers[figure] = answer

    def common(self, figure: str, rows: Rows) -> None:
        """The amount that all rows have in common; nought where there are none, or several amounts."""
        assert rows.amount is not None
        amount, ends = rows.amount, rows.until

        def answer(since: date | None, until: date) -> int:
            found = rows.within(since, until)
            several = set(amount[found if ends is None else found & (ends >= np.datetime64(until))].tolist())
            return several.pop() if len(several) == 1 else 0

        self.answers[figure] = answer

    def largest(self, figure: str, rows: Rows) -> None:
        """The largest amount; nought where there is none."""
        assert rows.amount is not None
        amount = rows.amount
        self.answers[figure] = lambda since, until: max(amount[rows.within(since, until)].tolist(), default=0)

    def unbroken(self, figure: str, rows: Rows) -> None:
        """How many different years (the amounts) lie in runs without a gap that end with the latest year of each kind."""
        assert rows.who is not None
        assert rows.amount is not None
        kinds, years = rows.who, rows.amount

        def answer(since: date | None, until: date) -> int:
            found, told = rows.within(since, until), set()
            for one in set(kinds[found].tolist()):
                mine = set(years[found & (kinds == one)].tolist())
                year = max(mine)
                while year in mine:
                    told.add(year)
                    year -= 1
            return len(told)

        self.answers[figure] = answer

    def of(self, figure: str, since: date | None, until: date) -> int:
        """The true total of a figure from one day (or the beginning) to another."""
        return self.answers[figure](since, until)
