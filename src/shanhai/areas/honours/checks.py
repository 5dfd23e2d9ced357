"""Pure checks on rows of honours, and the rule by which a title stands on a day."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars

from shanhai.base.language import say

Problem = tuple[int, str, str, str]
Check = Callable[[polars.DataFrame], Iterator[Problem]]
Row = dict[str, Any]

#: How much of a day is known: year, and month, and day.
_KNOWN = {"year": 1, "month": 2}
_NATIONAL = re.compile(
    r"^(?:国务院|国家|中央|中共中央|全国|中国)|^(?:农业农村|民政|教育|财政|商务|文化和旅游|人力资源和?社会保障)部"
)
_NAMES = re.compile(r"[、，,;；]")


def _blank(column: str) -> polars.Expr:
    return polars.col(column).fill_null("").str.strip_chars().eq("")


def _told(
    frame: polars.DataFrame, wrong: polars.Expr, *, field: str, code: str, message: Callable[[Row], str]
) -> Iterator[Problem]:
    for row in frame.filter(wrong).iter_rows(named=True):
        yield row["_row"], field, f"honours.{code}", message(row)


def told_day(row: Row, field: str) -> str:
    """A day as far as it is known: 2023, 2023-05 or 2023-05-10."""
    return str(row[field])[: {"year": 4, "month": 7}.get(row.get(f"{field}_precision") or "", 10)]


def days_of(day: date, precision: str | None) -> tuple[date, date]:
    """The first and the last day that a day may be, as far as it is known."""
    first = date(day.year, 1 if precision == "year" else day.month, 1)
    match precision:
        case "year":
            return first, date(day.year, 12, 31)
        case "month":
            return first, first.replace(day=monthrange(day.year, day.month)[1])
        case _:
            return day, day


def surely_before(row: Row, field: str, other: str) -> bool:
    """Whether one day lies before another as far as both are known; within one known year neither does."""
    if row.get(field) is None or row.get(other) is None:
        return False
    parts = min(_KNOWN.get(row.get(f"{name}_precision") or "", 3) for name in (field, other))
    one, two = ((row[name].year, row[name].month, row[name].day)[:parts] for name in (field, other))
    return one < two


def steps_in_order(frame: polars.DataFrame) -> Iterator[Problem]:
    """A title is nominated, then publicly announced, then awarded."""
    for row in frame.iter_rows(named=True):
        if surely_before(row, "announced_on", "nominated_on"):
            day = told_day(row, "nominated_on")
            yield (
                row["_row"],
                "announced_on",
                "honours.announced_before_nominated",
                say("公示日期早于推荐申报日期（{day}）。请核对两个日期。", day=day),
            )
        earlier = max(
            (name for name in ("nominated_on", "announced_on") if row.get(name)), key=lambda name: row[name], default=""
        )
        if earlier and surely_before(row, "awarded_on", earlier):
            day = told_day(row, earlier)
            yield (
                row["_row"],
                "awarded_on",
                "honours.awarded_before_nominated",
                say("授予日期早于申报或公示日期（{day}）。先申报、公示，后授予；请核对日期。", day=day),
            )


def some_day(frame: polars.DataFrame) -> Iterator[Problem]:
    """A title is at least nominated."""
    days = ("nominated_on", "announced_on", "awarded_on")
    yield from _told(
        frame, polars.all_horizontal(polars.col(name).is_null() for name in days), field="awarded_on", code="no_day",
        message=lambda _: say("申报、公示、授予日期都没有填。已经授予的填授予日期，只知道年份的填年份；尚未授予的填申报或公示日期。"),
    )  # fmt: skip


def awarded_by_paper(frame: polars.DataFrame) -> Iterator[Problem]:
    """What is awarded has the number of the paper that awards it."""
    yield from _told(
        frame, polars.col("awarded_on").is_not_null() & _blank("document_no"), field="document_no", code="document_missing",
        message=lambda _: say("填了授予日期，没有填文号。荣誉以授予文件为准；请填写文号，还没有正式文件的先删去授予日期。"),
    )  # fmt: skip


def expires_after_award(frame: polars.DataFrame) -> Iterator[Problem]:
    """A title is not over before it is awarded, and one that is not awarded has no end."""
    for row in frame.filter(polars.col("expires_on").is_not_null()).iter_rows(named=True):
        if row["awarded_on"] is None:
            sentence = say("填了有效期，没有填授予日期。请补填授予日期；尚未授予的，删去有效期。")
            yield row["_row"], "expires_on", "honours.expires_unawarded", sentence
        elif surely_before(row, "expires_on", "awarded_on"):
            sentence = say("有效期至早于授予日期（{day}）。请核对两个日期。", day=told_day(row, "awarded_on"))
            yield row["_row"], "expires_on", "honours.expires_before_award", sentence


def holder_named(frame: polars.DataFrame) -> Iterator[Problem]:
    """A title is held by a site of the register, or by a holder told in words with the region; never both."""
    site, named = ~_blank("site_key"), ~_blank("holder_name")
    yield from _told(
        frame, ~site & ~named, field="holder_name", code="holder_missing",
        message=lambda _: say("没有写明谁获得这项荣誉。请填写获得者；授予示范点的，填写示范点编号。"),
    )  # fmt: skip
    yield from _told(
        frame, ~site & named & _blank("region_code"), field="region_code", code="region_missing",
        message=lambda _: say("没有填写获得者所在地。请填写 6 位行政区划代码。"),
    )  # fmt: skip
    for field in ("holder_name", "region_code", "town", "village"):
        yield from _told(
            frame, site & ~_blank(field), field=field, code="told_by_site",
            message=lambda _: say("填了示范点编号，获得者和所在地由示范点登记带出。请删去这一格，或删去示范点编号。"),
        )  # fmt: skip
    village = _blank("site_key") & (polars.col("kind_code") == "village") & _blank("village")
    yield from _told(
        frame, village, field="village", code="village_missing",
        message=lambda _: say("类别是“行政村（社区）”，没有写明是哪个村。请填写村（社区）；统计覆盖的村要靠这一格。"),
    )  # fmt: skip


def partners_named(frame: polars.DataFrame) -> Iterator[Problem]:
    """A title of both regions names who holds it with the first."""
    yield from _told(
        frame, (polars.col("sharing_code") == "both") & _blank("joint_names"), field="joint_names", code="partner_missing",
        message=lambda _: say("写明两地联合获得，没有写对方的获得者。请填写共同获得者；一项荣誉只登记一次，由一方登记、对方确认。"),
    )  # fmt: skip


def review_told(frame: polars.DataFrame) -> Iterator[Problem]:
    """A withdrawal says why and ends the title; a review that was passed holds until a later day."""
    withdrawn = polars.col("result_code") == "withdrawn"
    yield from _told(
        frame, withdrawn & _blank("reason"), field="reason", code="reason_missing",
        message=lambda _: say("撤销没有写明原因。请填写撤销原因，如文件所述。"),
    )  # fmt: skip
    yield from _told(
        frame, withdrawn & polars.col("expires_on").is_not_null(), field="expires_on", code="withdrawn_with_term",
        message=lambda _: say("已撤销的荣誉没有有效期。请删去有效期，或把结论改为“复核通过”。"),
    )  # fmt: skip
    yield from _told(
        frame, polars.col("expires_on") < polars.col("reviewed_on"), field="expires_on", code="expires_before_review",
        message=lambda row: say("有效期至早于复核日期（{day}）。请核对两个日期。", day=row["reviewed_on"]),
    )  # fmt: skip


def site_in_order(frame: polars.DataFrame) -> Iterator[Problem]:
    """A site is proposed, then begun, then accepted."""
    days = ("proposed_on", "started_on", "accepted_on", "dropped_on")
    for earlier, later in ((0, 1), (0, 2), (1, 2), (0, 3)):
        for row in frame.filter(polars.col(days[later]) < polars.col(days[earlier])).iter_rows(named=True):
            sentence = say(
                "这个日期早于前一步的日期（{day}）。示范点先申报、再开工、后验收；请核对。", day=row[days[earlier]]
            )
            yield row["_row"], days[later], "honours.site_out_of_order", sentence


def dropped_with_reason(frame: polars.DataFrame) -> Iterator[Problem]:
    """A site given up says why, and was not accepted."""
    dropped = polars.col("dropped_on").is_not_null()
    yield from _told(
        frame, dropped & _blank("drop_reason"), field="drop_reason", code="reason_missing",
        message=lambda _: say("填了停建日期，没有写明原因。请填写停建原因。"),
    )  # fmt: skip
    yield from _told(
        frame, dropped & polars.col("accepted_on").is_not_null(), field="dropped_on", code="dropped_after_acceptance",
        message=lambda row: say("已验收（{day}）的示范点不能再停建。撤销命名的，请在“荣誉复核”表里登记。", day=row["accepted_on"]),
    )  # fmt: skip
    yield from _told(
        frame, ~dropped & ~_blank("drop_reason"), field="dropped_on", code="drop_day_missing",
        message=lambda _: say("写了停建原因，没有填停建日期。请填写停建日期，或删去原因。"),
    )  # fmt: skip


def rank_told(body: str, regions: Iterable[tuple[str, str]]) -> str:
    """The rank of a body as its name tells it: by the lowest region in it; nothing where it cannot be told.

    Of several bodies the first counts: papers name the highest first.
    """
    first = _NAMES.split(body.strip())[0]
    if _NATIONAL.search(first):
        return "national"
    levels = {level for name, level in regions if name in first}
    return next((rank for level, rank in (("county", "county"), ("prefecture", "prefecture"), ("province", "provincial")) if level in levels), "")  # fmt: skip


def names_of(text: str) -> set[str]:
    """The holders a cell names."""
    return {name.strip() for name in _NAMES.split(text or "") if name.strip()}


@dataclass(frozen=True, slots=True)
class Review:
    """What a review said of a title: on which day, whether it stands, until when."""

    reviewed_on: date
    passed: bool
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it stands: the day by which it had surely been awarded, how far it reaches, and its reviews."""

    awarded_on: date | None
    expires_on: date | None
    reviews: tuple[Review, ...] = ()

    def latest(self, day: date) -> Review | None:
        """The last review up to a day."""
        return max((one for one in self.reviews if one.reviewed_on <= day), key=lambda one: one.reviewed_on, default=None)  # fmt: skip

    def last_day(self, day: date) -> date | None:
        """Until when the title reaches, as known on a day; nothing where it has no end."""
        said = self.latest(day)
        return said.expires_on if said else self.expires_on

    def withdrawn(self, day: date) -> bool:
        """Whether it had been withdrawn by a day; the day of the withdrawal itself is no longer one of the title."""
        said = self.latest(day)
        return said is not None and not said.passed

    def in_force(self, day: date) -> bool:
        """Whether the title stands on a day; its last day is still one of it."""
        last = self.last_day(day)
        awarded = self.awarded_on is not None and self.awarded_on <= day
        return awarded and not self.withdrawn(day) and (last is None or last >= day)
