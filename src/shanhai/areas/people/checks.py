"""Pure checks on rows of people, households and decisions."""

from collections.abc import Iterator

import polars

from shanhai.base.language import say

Problem = tuple[int, str, str, str]


def told_apart_somehow(frame: polars.DataFrame) -> Iterator[Problem]:
    """A person without an identity number is at least told by a day of birth."""
    for row in frame.filter(polars.col("identity").is_null() & polars.col("birth_on").is_null()).iter_rows(named=True):
        sentence = say("身份证号码和出生日期都没有填，无法把同名的人分开。请至少填一项。")
        yield row["_row"], "birth_on", "people.not_told_apart", sentence


def two_different_records(frame: polars.DataFrame) -> Iterator[Problem]:
    """A decision is about two records."""
    for row in frame.filter(polars.col("left_key") == polars.col("right_key")).iter_rows(named=True):
        sentence = say("两个编号相同（{key}）。同一认定说的是两条记录，请填另一条的编号。", key=row["left_key"])
        yield row["_row"], "right_key", "people.one_record", sentence


def revoked_after_decided(frame: polars.DataFrame) -> Iterator[Problem]:
    """What is taken back was decided before."""
    for row in frame.filter(polars.col("revoked_on") < polars.col("decided_on")).iter_rows(named=True):
        sentence = say(
            "撤销日期 {revoked} 早于认定日期 {decided}。请核对两个日期。",
            revoked=row["revoked_on"].isoformat(),
            decided=row["decided_on"].isoformat(),
        )
        yield row["_row"], "revoked_on", "people.revoked_before", sentence
