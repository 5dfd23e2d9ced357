"""Audit of placements: episodes of one person that lie over each other, and people counted in two classes at once.

Pure over a frame: placement_key, person_key (canonical, one for each person), class_code, started_on, and ended_on,
which is the last day and empty while the episode runs. Days are counted with both ends.
"""

from datetime import date

import numpy
import polars
from numpy.typing import NDArray

from shanhai.base.findings import Refused
from shanhai.base.language import listed, say

#: The rows of an audit: both placements, the earlier one first, the days both hold, and whether the classes differ, so
#: that a sum over classes counts the person twice.
OVERLAP = {
    "person_key": polars.String, "first_key": polars.String, "second_key": polars.String, "first_class": polars.String,
    "second_class": polars.String, "from_on": polars.Date, "until_on": polars.Date, "days": polars.Int64,
    "two_classes": polars.Boolean,
}  # fmt: skip
PLACEMENT = ("placement_key", "person_key", "class_code", "started_on", "ended_on")
_Days = NDArray[numpy.int32]


def overlaps(placements: polars.DataFrame, *, on: date) -> polars.DataFrame:
    """Every two placements of one person that share a day up to `on`, in the order of person, first and second.

    Episodes that still run are held to last until `on`; what begins after `on` is left out. Of two that begin on one
    day, the one with the lower key is the first. An episode that ends before it begins is refused.
    """
    placed = _in_order(placements, on)
    person, start, end = (placed[name].to_numpy() for name in ("_person", "started_on", "ended_on"))
    first, second = _swept(person, start, end)
    return _told(placed, first, second)


def _in_order(placements: polars.DataFrame, on: date) -> polars.DataFrame:
    """The placements up to a day, sorted by person, first day and key; days as whole numbers."""
    running = polars.col("ended_on").is_null() | (polars.col("ended_on") > on)
    placed = placements.lazy().select(PLACEMENT).filter(polars.col("started_on") <= on)
    ended = placed.with_columns(polars.when(running).then(on).otherwise("ended_on").alias("ended_on"))
    ordered = ended.sort("person_key", "started_on", "placement_key").collect()
    wrong = ordered.filter(polars.col("ended_on") < polars.col("started_on"))
    if wrong.height:
        keys = listed(wrong["placement_key"].head(3))
        raise Refused(say("就业记录{keys}的结束日期早于开始日期，请先更正。", keys=keys))
    return ordered.with_columns(
        polars.col("person_key").rle_id().alias("_person"),
        polars.col("started_on", "ended_on").cast(polars.Int32),
    )


def _swept(
    person: NDArray[numpy.uint32], start: _Days, end: _Days
) -> tuple[NDArray[numpy.int64], NDArray[numpy.int64]]:
    """The places of every two episodes that share a day.

    Behind an episode lie the person's later ones by their first day. The first that begins after the end of the
    episode ends the search for it, so the work is one look for each overlap and one more for each episode.
    """
    found = [numpy.zeros((2, 0), dtype=numpy.int64)]
    at, ahead = numpy.arange(len(person)), 1
    while len(at):
        at = at[at + ahead < len(person)]
        other = at + ahead
        at = at[(person[other] == person[at]) & (start[other] <= end[at])]
        found.append(numpy.stack([at, at + ahead]))
        ahead += 1
    first, second = numpy.concatenate(found, axis=1)
    order = numpy.lexsort((second, first))
    return first[order], second[order]


def _told(placed: polars.DataFrame, first: NDArray[numpy.int64], second: NDArray[numpy.int64]) -> polars.DataFrame:
    one, other = placed[first], placed[second]
    until = numpy.minimum(one["ended_on"].to_numpy(), other["ended_on"].to_numpy())
    since = other["started_on"].to_numpy()
    return polars.DataFrame({
        "person_key": one["person_key"], "first_key": one["placement_key"], "second_key": other["placement_key"],
        "first_class": one["class_code"], "second_class": other["class_code"],
        "from_on": polars.Series(since).cast(polars.Date), "until_on": polars.Series(until).cast(polars.Date),
        "days": (until - since + 1).astype(numpy.int64),
        "two_classes": one["class_code"].ne_missing(other["class_code"]),
    }, schema=OVERLAP)  # fmt: skip


def double_counts(found: polars.DataFrame) -> polars.DataFrame:
    """Of an audit, who is in two classes at once: for each two classes how many people, pairs of placements and days.

    So many people a sum over the two classes counts twice at some day; a sum over all classes is never told.
    """
    low, high = (way("first_class", "second_class") for way in (polars.min_horizontal, polars.max_horizontal))
    return (
        found.filter("two_classes")
        .group_by(low.alias("first_class"), high.alias("second_class"))
        .agg(people=polars.col("person_key").n_unique(), pairs=polars.len(), days=polars.col("days").sum())
        .sort("first_class", "second_class")
    )
