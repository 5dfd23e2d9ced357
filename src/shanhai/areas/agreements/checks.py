"""Pure checks on rows of agreements and exchange."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import polars

from shanhai.base.language import say

Problem = tuple[int, str, str, str]


def ends_after_it_begins(first: str, last: str) -> Callable[[polars.DataFrame], Iterator[Problem]]:
    """The last day does not lie before the first."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        for row in frame.filter(polars.col(last) < polars.col(first)).iter_rows(named=True):
            yield (
                row["_row"],
                last,
                "agreements.ends_before_it_begins",
                say("结束日期早于开始日期（{first_day}）。请核对两个日期。", first_day=row[first]),
            )

    return check


def sides_differ(frame: polars.DataFrame) -> Iterator[Problem]:
    """A region is not paired with itself."""
    for row in frame.filter(polars.col("east_code") == polars.col("west_code")).iter_rows(named=True):
        yield (
            row["_row"],
            "west_code",
            "agreements.sides_equal",
            say("帮扶方与受援方是同一个行政区。请核对行政区划代码。"),
        )


def one_leader_per_team(frame: polars.DataFrame) -> Iterator[Problem]:
    """A team has one leader at a time."""
    leaders = frame.filter(polars.col("role_code") == "leader").sort("team_key", "first_on")
    for before, row in pairwise(leaders.iter_rows(named=True)):
        ended = before["last_on"] is not None and before["last_on"] < row["first_on"]
        if before["team_key"] == row["team_key"] and not ended:
            message = say(
                "工作队“{team_key}”在同一时间有两名队长（另见第 {row} 行）。请核对任期。",
                team_key=row["team_key"],
                row=before["_row"],
            )
            yield row["_row"], "role_code", "agreements.two_leaders", message
