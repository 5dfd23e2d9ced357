"""Pure checks on rows of charity: what the rows alone can say."""

from collections.abc import Callable, Iterator
from datetime import date

import polars

from shanhai.areas.charity.terms import WINTER_MONTHS
from shanhai.base.language import say

Problem = tuple[int, str, str, str]
Check = Callable[[polars.DataFrame], Iterator[Problem]]


def _blank(column: str) -> polars.Expr:
    return polars.col(column).fill_null("").eq("")


def _told(
    frame: polars.DataFrame, wrong: polars.Expr, *, field: str, code: str, message: Callable[[dict[str, object]], str]
) -> Iterator[Problem]:
    for row in frame.filter(wrong).iter_rows(named=True):
        yield row["_row"], field, f"charity.{code}", message(row)


def ends_after_it_begins(first: str, last: str) -> Check:
    """The last day does not lie before the first."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        yield from _told(
            frame, polars.col(last) < polars.col(first), field=last, code="ends_before_it_begins",
            message=lambda row: say("结束日期早于开始日期（{first_day}）。请核对两个日期。", first_day=row[first]),
        )  # fmt: skip

    return check


def amount_positive(frame: polars.DataFrame) -> Iterator[Problem]:
    """A gift has a value above zero."""
    yield from _told(
        frame, polars.col("amount_fen") <= 0, field="amount_fen", code="amount_not_positive",
        message=lambda _: say("捐赠金额（价值）不大于零。请填写大于零的金额（单位：元）；没有收到的捐赠不登记。"),
    )  # fmt: skip


def goods_valued(frame: polars.DataFrame) -> Iterator[Problem]:
    """Goods say how their value was found and what they are; money has neither."""
    goods, money = polars.col("kind_code") == "goods", polars.col("kind_code") == "money"
    yield from _told(
        frame, goods & _blank("valuation_code"), field="valuation_code", code="goods_not_valued",
        message=lambda _: say("物资没有填写作价方式，它的价值无从核对。请填写发票价、市场价或捐赠人自报价。"),
    )  # fmt: skip
    yield from _told(
        frame, goods & _blank("item_name"), field="item_name", code="goods_not_named",
        message=lambda _: say("捐的是物资，没有写明是什么。请填写物资名称。"),
    )  # fmt: skip
    yield from _told(
        frame, money & ~_blank("valuation_code"), field="valuation_code", code="money_valued",
        message=lambda _: say("捐的是资金，不需要作价。请删去作价方式，或把类别改为“物资”。"),
    )  # fmt: skip


def campaign_in_its_year(frame: polars.DataFrame) -> Iterator[Problem]:
    """The year of a campaign is the one it begins in; a winter belongs to the year it began in."""
    for row in frame.drop_nulls(["first_on", "campaign_year", "theme_code"]).iter_rows(named=True):
        expected = year_of(row["first_on"], row["theme_code"])
        if expected is None:
            message = say(
                "暖冬活动的开始日期是 {day}，不在冬季（10 月至次年 3 月）。请核对日期，或改选活动主题。",
                day=row["first_on"],
            )
            yield row["_row"], "first_on", "charity.not_in_winter", message
        elif expected != row["campaign_year"]:
            message = say(
                "活动年度填的是 {year} 年，{day} 开始的活动应属 {expected} 年（冬季按入冬的年份）。请核对年度和日期。",
                year=row["campaign_year"], day=row["first_on"], expected=expected,
            )  # fmt: skip
            yield row["_row"], "campaign_year", "charity.campaign_year_differs", message


def year_of(first_on: date, theme: str) -> int | None:
    """The year a campaign belongs to; nothing for a warm-winter campaign outside winter."""
    if theme != "warm_winter":
        return first_on.year
    begins, ends = WINTER_MONTHS
    if first_on.month >= begins:
        return first_on.year
    return first_on.year - 1 if first_on.month <= ends else None


def receiver_named(frame: polars.DataFrame) -> Iterator[Problem]:
    """Goods or money handed out went to somebody: a school, a person, or a receiver told in words."""
    nobody = _blank("school_key") & _blank("person_key") & _blank("receiver_name")
    yield from _told(
        frame, nobody, field="school_key", code="receiver_missing",
        message=lambda _: say("没有写明发给谁。请填写学校、人员编号或接收单位中的一项。"),
    )  # fmt: skip


def origin_stated(frame: polars.DataFrame) -> Iterator[Problem]:
    """A distribution says out of which gift it came, or in which campaign it was made."""
    yield from _told(
        frame, _blank("donation_key") & _blank("campaign_key"), field="donation_key", code="origin_missing",
        message=lambda _: say("没有写明出自哪笔捐赠或哪次活动。请填写捐赠编号或活动编号。"),
    )  # fmt: skip


def one_person_is_one(frame: polars.DataFrame) -> Iterator[Problem]:
    """A number of people is only given where their identities are not known."""
    yield from _told(
        frame, ~_blank("person_key") & polars.col("head_count").is_not_null(), field="head_count", code="counted_twice",
        message=lambda _: say("已写明人员编号的一行就是一人，不再填人数。请删去人数；身份不明的才填人数，并把人员编号空着。"),
    )  # fmt: skip


def level_follows(frame: polars.DataFrame) -> Iterator[Problem]:
    """Only the first level has nothing above it."""
    top = polars.col("level_no") == 1
    yield from _told(
        frame, top & ~_blank("parent_key"), field="parent_key", code="top_with_parent",
        message=lambda _: say("第 1 层没有上一层。请删去上级项目，或核对层数。"),
    )  # fmt: skip
    yield from _told(
        frame, ~top & _blank("parent_key"), field="parent_key", code="parent_missing",
        message=lambda row: say("第 {level} 层没有写上级项目。请填写它属于哪个募捐项目。", level=row["level_no"]),
    )  # fmt: skip
