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
_Places = NDArray[numpy.int64]


def overlaps(placements: polars.DataFrame, *, on: date) -> polars.DataFrame:
    """Every two placements of one person that share a day up to `on`, sorted by person, first and second.

    Episodes that still run are held to last until `on`; what begins after `on` is left out. Of two that begin on one
    day, the one with the lower key is the first. An episode that ends before it begins is refused.
    """
    placed = _up_to(placements, on)
    first, second = _swept(*(placed[name].to_numpy() for name in ("person", "start", "end")))
    return _told(placed, first, second)


def _up_to(placements: polars.DataFrame, on: date) -> polars.DataFrame:
    """The placements up to a day; their days as whole numbers, their people as numbers in no order."""
    start, end = polars.col("started_on"), polars.col("ended_on")
    placed = placements.select(
        "placement_key", "person_key", "class_code",
        start.cast(polars.Int32).alias("start"), end.fill_null(on).clip(upper_bound=on).cast(polars.Int32).alias("end"),
        polars.col("person_key").cast(polars.Categorical).to_physical().alias("person"),
        (end < start).fill_null(False).alias("wrong"), (start <= on).alias("begun"),
    )  # fmt: skip
    wrong = placed.filter("wrong")
    if wrong.height:
        keys = listed(wrong["placement_key"].sort().head(3))
        raise Refused(say("就业记录{keys}的结束日期早于开始日期，请先更正。", keys=keys))
    return placed if placed["begun"].all() else placed.filter("begun")


def _swept(person: NDArray[numpy.uint32], start: _Days, end: _Days) -> tuple[_Places, _Places]:
    """The places of every two episodes that share a day, the one that begins first before the other.

    Sorted by person and first day, an episode is followed by the person's later ones. The first that begins after the
    end of the episode ends the search for it, so the work is one look for each overlap and one more for each episode.
    """
    order = numpy.argsort((person.astype(numpy.int64) << 32) + start)
    person, start, end = person[order], start[order], end[order]
    found = [numpy.zeros((2, 0), dtype=numpy.int64)]
    at, ahead = numpy.arange(len(order)), 1
    while len(at):
        at = at[: numpy.searchsorted(at, len(order) - ahead)]
        at = at[(person[at + ahead] == person[at]) & (start[at + ahead] <= end[at])]
        found.append(numpy.stack([at, at + ahead]))
        ahead += 1
    first, second = numpy.concatenate(found, axis=1)
    return order[first], order[second]


def _told(placed: polars.DataFrame, first: _Places, second: _Places) -> polars.DataFrame:
    """The rows of the audit in their order, from the places of the two placements."""
    before, after = (
        placed[places].select(polars.all().name.suffix(name)) for places, name in ((first, "_1"), (second, "_2"))
    )
    both = before.hstack(after)
    turned = (polars.col("start_1") == polars.col("start_2")) & (
        polars.col("placement_key_1") > polars.col("placement_key_2")
    )
    since, until = polars.col("start_2"), polars.min_horizontal("end_1", "end_2")

    def of(column: str, mine: str, other: str) -> polars.Expr:
        return polars.when(turned).then(column + other).otherwise(column + mine)

    told = both.select(
        polars.col("person_key_1").alias("person_key"), of("placement_key", "_1", "_2").alias("first_key"),
        of("placement_key", "_2", "_1").alias("second_key"), of("class_code", "_1", "_2").alias("first_class"),
        of("class_code", "_2", "_1").alias("second_class"), since.cast(polars.Date).alias("from_on"),
        until.cast(polars.Date).alias("until_on"), (until - since + 1).cast(polars.Int64).alias("days"),
        polars.col("class_code_1").ne_missing(polars.col("class_code_2")).alias("two_classes"), "start_1", "start_2",
    )  # fmt: skip
    return told.sort("person_key", "start_1", "first_key", "start_2", "second_key").drop("start_1", "start_2")


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
