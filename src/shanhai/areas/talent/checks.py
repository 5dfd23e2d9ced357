"""Pure checks on rows of talent exchange, and the rule by which one person's postings are held against each other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import polars

from shanhai.base.language import say

Problem = tuple[int, str, str, str]
Check = Callable[[polars.DataFrame], Iterator[Problem]]


def ends_after_it_begins(first: str, last: str) -> Check:
    """The last day does not lie before the first."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        for row in frame.filter(polars.col(last) < polars.col(first)).iter_rows(named=True):
            sentence = say("结束日期早于开始日期（{first_day}）。请核对两个日期。", first_day=row[first])
            yield row["_row"], last, "talent.ends_before_it_begins", sentence

    return check


def left_after_arriving(frame: polars.DataFrame) -> Iterator[Problem]:
    """Nobody leaves a post before they came to it, or without having come."""
    for row in frame.filter(polars.col("left_on") < polars.col("arrived_on")).iter_rows(named=True):
        sentence = say("离岗日期早于到岗日期（{arrived}）。请核对两个日期。", arrived=row["arrived_on"])
        yield row["_row"], "left_on", "talent.left_before_arrival", sentence
    absent = polars.col("left_on").is_not_null() & polars.col("arrived_on").is_null()
    for row in frame.filter(absent).iter_rows(named=True):
        sentence = say("填了离岗日期，却没有到岗日期。请补填到岗日期；没有成行的，删去离岗日期，填写取消日期。")
        yield row["_row"], "arrived_on", "talent.left_without_arrival", sentence


def cancelled_or_arrived(frame: polars.DataFrame) -> Iterator[Problem]:
    """A posting that was called off has nobody who came."""
    both = polars.col("cancelled_on").is_not_null() & polars.col("arrived_on").is_not_null()
    for row in frame.filter(both).iter_rows(named=True):
        sentence = say("已经到岗（{arrived}）的选派不能再取消。提前返回的，请填离岗日期。", arrived=row["arrived_on"])
        yield row["_row"], "cancelled_on", "talent.cancelled_after_arrival", sentence


def two_people(first: str, second: str) -> Check:
    """A pair has two people."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        for row in frame.filter(polars.col(first) == polars.col(second)).iter_rows(named=True):
            sentence = say("结对双方是同一个人（{person}）。请核对人员编号。", person=row[first])
            yield row["_row"], second, "talent.paired_with_oneself", sentence

    return check


@dataclass(frozen=True, slots=True)
class Stay:
    """The days a posting takes of a person, first and last included; what it is called in a sentence."""

    first: date
    last: date
    told: str
    key: str

    @classmethod
    def of(cls, row: dict[str, date | None], *, told: str, key: str) -> "Stay | None":
        """The stay of a posting: real days where they are known, else planned ones; none where it was called off."""
        first, last = row["arrived_on"] or row["first_on"], row["left_on"] or row["last_on"]
        if row["cancelled_on"] or first is None or last is None:
            return None
        return cls(first, last if row["left_on"] else max(first, last), told, key)

    def meets(self, other: "Stay") -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


def met_by(stay: Stay, others: Iterable[Stay]) -> Stay | None:
    """The first other posting that shares a day with this one."""
    return min((one for one in others if one is not stay and stay.meets(one)), key=lambda one: one.first, default=None)
