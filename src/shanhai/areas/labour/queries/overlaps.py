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
_DAY_0, _NEVER = date(1970, 1, 1), 2**31 - 1


def overlaps(placements: polars.DataFrame, *, on: date) -> polars.DataFrame:
    """Every two placements of one person that share a day up to `on`, sorted by person, first and second.

    Episodes that still run are held to last until `on`; what begins after `on` is left out. Of two that begin on one
    day, the one with the lower key is the first. An episode that ends before it begins is refused.
    """
    start, end = _days(placements["started_on"]), _days(placements["ended_on"].fill_null(on).clip(upper_bound=on))
    begun = start <= (on - _DAY_0).days
    wrong = begun & (end < start)
    if wrong.any():
        keys = listed(placements["placement_key"].filter(polars.Series(wrong)).sort().head(3))
        raise Refused(say("就业记录{keys}的结束日期早于开始日期，请先更正。", keys=keys))
    first, second = _swept(placements["person_key"].hash().to_numpy(), numpy.where(begun, start, _NEVER), end)
    return _told(placements.select(PLACEMENT).with_columns(start=start, end=end), first, second)


def _days(days: polars.Series) -> _Days:
    return days.to_physical().to_numpy()


def _swept(person: NDArray[numpy.uint64], start: _Days, end: _Days) -> tuple[_Places, _Places]:
    """The places of every two episodes that share a day and whose people's numbers agree, the earlier one first.

    Sorted by person and first day, an episode is followed by the person's later ones. The first that begins after the
    end of the episode ends the search for it, so the work is one look for each overlap and one more for each episode.
    Two people may by chance have one number here; their pairs are thrown out by the keys, and none is missed for them.
    """
    number = (person >> 33).astype(numpy.int64)
    order = numpy.argsort((number << 32) + (start + numpy.int64(2**31)))
    number, start, end = number[order], start[order], end[order]
    found = [numpy.zeros((2, 0), dtype=numpy.int64)]
    at, ahead = numpy.arange(len(order)), 1
    while len(at):
        at = at[: numpy.searchsorted(at, len(order) - ahead)]
        at = at[(start[at + ahead] <= end[at]) & (number[at + ahead] == number[at])]
        found.append(numpy.stack([at, at + ahead]))
        ahead += 1
    first, second = numpy.concatenate(found, axis=1)
    return order[first], order[second]


def _told(placed: polars.DataFrame, first: _Places, second: _Places) -> polars.DataFrame:
    """The rows of the audit in their order, from the places of the two placements."""
    one, two = (
        placed[places].select(polars.all().name.suffix(name)) for places, name in ((first, "_1"), (second, "_2"))
    )
    both = one.hstack(two).lazy().filter(polars.col("person_key_1") == polars.col("person_key_2"))
    turned = (polars.col("start_1") == polars.col("start_2")) & (
        polars.col("placement_key_1") > polars.col("placement_key_2")
    )
    until = polars.min_horizontal("end_1", "end_2")

    def of(column: str, mine: str, other: str) -> polars.Expr:
        return polars.when(turned).then(column + other).otherwise(column + mine)

    told = both.select(
        polars.col("person_key_1").alias("person_key"), of("placement_key", "_1", "_2").alias("first_key"),
        of("placement_key", "_2", "_1").alias("second_key"), of("class_code", "_1", "_2").alias("first_class"),
        of("class_code", "_2", "_1").alias("second_class"), polars.col("started_on_2").alias("from_on"),
        until.cast(polars.Date).alias("until_on"), (until - polars.col("start_2") + 1).cast(polars.Int64).alias("days"),
        polars.col("class_code_1").ne_missing(polars.col("class_code_2")).alias("two_classes"), "start_1", "start_2",
    )  # fmt: skip
    in_order = told.sort("person_key", "start_1", "first_key", "start_2", "second_key")
    return in_order.drop("start_1", "start_2").collect()


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
