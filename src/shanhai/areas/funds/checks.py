"""Pure checks on rows of money."""

from collections.abc import Callable, Iterator
from datetime import date

import polars

from shanhai.base.language import say

Problem = tuple[int, str, str, str]
Check = Callable[[polars.DataFrame], Iterator[Problem]]
#: No East-West record is older than the programme itself.
FIRST_YEAR = 1996


def amount_positive(frame: polars.DataFrame) -> Iterator[Problem]:
    """An amount of money moved is above zero; money that came back has a sheet of its own."""
    for row in frame.filter(polars.col("amount_fen") <= 0).iter_rows(named=True):
        yield (
            row["_row"],
            "amount_fen",
            "funds.amount_not_positive",
            say("金额不大于零。请填写大于零的金额（单位：元）；退回的资金请填“资金退回”表。"),
        )


def day_believable(column: str) -> Check:
    """A day of money lies after the programme began; a slip of the year is found here."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        for row in frame.filter(polars.col(column) < date(FIRST_YEAR, 1, 1)).iter_rows(named=True):
            yield (
                row["_row"],
                column,
                "funds.day_too_early",
                say("日期早于 {first_year} 年，东西部协作尚未开始。请核对年份。", first_year=FIRST_YEAR),
            )

    return check


def project_or_unit_named(frame: polars.DataFrame) -> Iterator[Problem]:
    """An allocation says where the money goes: a project, or the unit that will divide it further."""
    blank = polars.col("project_key").fill_null("").eq("") & polars.col("unit_name").fill_null("").eq("")
    for row in frame.filter(blank).iter_rows(named=True):
        yield (
            row["_row"],
            "project_key",
            "funds.destination_missing",
            say("项目编号和责任单位都没有填。请至少填写一项，说明资金分配给谁。"),
        )


def project_matches_kind(frame: polars.DataFrame) -> Iterator[Problem]:
    """A transfer between treasuries names no project; a release to a unit names its project."""
    named = polars.col("project_key").fill_null("").ne("")
    for row in frame.filter(named & polars.col("kind_code").eq("transfer")).iter_rows(named=True):
        yield (
            row["_row"],
            "project_key",
            "funds.transfer_with_project",
            say("跨区域拨付不对应单个项目。请删去项目编号，或把拨付类别改为“拨付到项目单位”。"),
        )
    for row in frame.filter(~named & polars.col("kind_code").eq("project")).iter_rows(named=True):
        yield row["_row"], "project_key", "funds.release_without_project", say("拨付到项目单位时必须填写项目编号。")


def years_follow(frame: polars.DataFrame) -> Iterator[Problem]:
    """A carry-over goes into the next budget year."""
    for row in frame.filter(polars.col("to_year") != polars.col("from_year") + 1).iter_rows(named=True):
        yield (
            row["_row"],
            "to_year",
            "funds.years_not_following",
            say(
                "从 {from_year} 年结转，转入年度应是 {next_year} 年。",
                from_year=row["from_year"],
                next_year=row["from_year"] + 1,
            ),
        )
