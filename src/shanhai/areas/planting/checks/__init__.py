"""Pure checks on rows of bases, leases, work, dividends and payments."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars

from shanhai.areas.planting.terms import Channel
from shanhai.base.language import say
from shanhai.base.money import show_money

Problem = tuple[int, str, str, str]
Check = Callable[[polars.DataFrame], Iterator[Problem]]
MONTHS = 12


def yearly_rent(area_mu: Decimal, rate_fen: int) -> int:
    """The rent of a whole year in fen, rounded half up to the fen."""
    return int((area_mu * rate_fen).quantize(Decimal(1), ROUND_HALF_UP))


def rent_of_months(yearly_fen: int, months: int) -> int:
    """The rent of some months of a year in fen, rounded half up to the fen."""
    return int((Decimal(yearly_fen) * months / MONTHS).quantize(Decimal(1), ROUND_HALF_UP))


def peak(spans: Iterable[tuple[date, date, int]]) -> int:
    """The largest sum that stands on one day, of amounts that each stand from a first to a last day."""
    moves = [move for first, last, amount in spans for move in ((first, 1, amount), (last, 2, -amount))]
    standing = highest = 0
    for _day, _order, amount in sorted(moves):
        standing += amount
        highest = max(highest, standing)
    return highest


def yuan(fen: int) -> str:
    """An amount in a sentence."""
    return show_money(fen, "元")


def mu(mu2: int) -> str:
    """An area in a sentence, in mu without its word."""
    whole, rest = divmod(mu2, 100)
    return f"{whole:,}" + (f".{rest:02}".rstrip("0") if rest else "")


def local(key: str) -> str:
    """A key as its own pairing writes it."""
    return key.partition("/")[2] or key


def amount_positive(column: str) -> Check:
    """An amount or area is above zero."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        for row in frame.filter(polars.col(column) <= 0).iter_rows(named=True):
            sentence = say("填的是 {found}，应大于零。请核对后改正。", found=_shown(column, row[column]))
            yield row["_row"], column, "planting.not_positive", sentence

    return check


def _shown(column: str, value: object) -> str:
    return yuan(value) if column.endswith("_fen") and isinstance(value, int) else str(value)


def days_follow(first: str, last: str) -> Check:
    """A term ends after it began."""

    def check(frame: polars.DataFrame) -> Iterator[Problem]:
        for row in frame.filter(polars.col(last) <= polars.col(first)).iter_rows(named=True):
            sentence = say(
                "终止日期 {last} 不晚于起始日期 {first}。请核对两个日期。",
                last=row[last].isoformat(),
                first=row[first].isoformat(),
            )
            yield row["_row"], last, "planting.term_backwards", sentence

    return check


def not_its_own_former(frame: polars.DataFrame) -> Iterator[Problem]:
    """A parcel does not stand on itself."""
    for row in frame.filter(polars.col("former_key") == polars.col("parcel_no")).iter_rows(named=True):
        yield (
            row["_row"],
            "former_key",
            "planting.own_former",
            say("原地块填的是这个地块自己。请填改造之前的地块编号，新建的留空。"),
        )


def round_adds_up(frame: polars.DataFrame) -> Iterator[Problem]:
    """What is kept and what is shared out are the income of the round."""
    wrong = polars.col("kept_fen") + polars.col("shared_fen") != polars.col("income_fen")
    for row in frame.filter(wrong).iter_rows(named=True):
        parts = row["kept_fen"] + row["shared_fen"]
        sentence = say(
            "集体留存 {kept} 加分配到户 {shared} 等于 {parts}，而收益总额是 {income}，相差 {gap}。留存与分配之和应等于收益总额，请核对三个金额。",
            kept=yuan(row["kept_fen"]), shared=yuan(row["shared_fen"]), parts=yuan(parts), income=yuan(row["income_fen"]),
            gap=yuan(abs(parts - row["income_fen"])),
        )  # fmt: skip
        yield row["_row"], "income_fen", "planting.round_does_not_add_up", sentence


def kept_not_negative(frame: polars.DataFrame) -> Iterator[Problem]:
    """What the collective keeps is not below zero."""
    for row in frame.filter(polars.col("kept_fen") < 0).iter_rows(named=True):
        yield (
            row["_row"],
            "kept_fen",
            "planting.kept_negative",
            say("集体留存小于零。请填写不小于零的金额（单位：元）。"),
        )


def household_once_in_round(frame: polars.DataFrame) -> Iterator[Problem]:
    """A household stands once on the list of a round."""
    for row, first in _again(frame, ("scope_code", "round_key", "household_key")):
        sentence = say(
            "户“{household}”在这一批分红里已经列在第 {first} 行。一户一批只列一次，请合并两行的金额或删去一行。",
            household=row["household_key"],
            first=first,
        )
        yield row["_row"], "household_key", "planting.household_listed_twice", sentence


def day_worked_once(frame: polars.DataFrame) -> Iterator[Problem]:
    """A person works a day once, at whatever base."""
    for row, first in _again(frame, ("scope_code", "person_key", "worked_on")):
        sentence = say(
            "人员“{person}”在 {day} 的务工已经列在第 {first} 行。同一人同一天只记一次工，请合并工时和工资，或改正日期、人员编号。",
            person=row["person_key"],
            day=row["worked_on"].isoformat(),
            first=first,
        )
        yield row["_row"], "worked_on", "planting.day_worked_twice", sentence


def _again(frame: polars.DataFrame, names: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], int]]:
    """Rows that say the same in these columns as one before them, each with the number of that row."""
    present = [name for name in names if name in frame.columns]
    whole = frame.drop_nulls(present)
    is_first = polars.struct(present).is_first_distinct()
    again = whole.filter(~is_first)
    if again.is_empty():
        return
    firsts = whole.filter(is_first).select(*present, first="_row")
    for row in again.join(firsts, on=present, how="left", maintain_order="left").iter_rows(named=True):
        yield row, row["first"]


def payment_names_what_it_pays(frame: polars.DataFrame) -> Iterator[Problem]:
    """Rent names the due it pays, a dividend its line, wages the person who worked; nothing else is named."""
    due, line = _given("due_key"), _given("line_key")
    rent, dividend, wage = (
        polars.col("channel_code") == str(one) for one in (Channel.RENT, Channel.DIVIDEND, Channel.WAGE)
    )
    rules = (
        (rent & ~due, "due_key", "planting.rent_without_due", say("渠道是“土地流转”，但没有填应付租金编号。租金付的是哪一笔应付，请填写它的编号。")),
        (dividend & ~line, "line_key", "planting.dividend_without_line", say("渠道是“分红”，但没有填分红名单编号。请填写名单上这一户的编号。")),
        (wage & ~_given("person_key"), "person_key", "planting.wage_without_person", say("渠道是“基地务工”，但没有填人员编号。工资付给谁，请填写人员编号。")),
        (~rent & due, "due_key", "planting.due_not_rent", say("只有渠道为“土地流转”时才填应付租金编号。请删去编号或改正渠道。")),
        (~dividend & line, "line_key", "planting.line_not_dividend", say("只有渠道为“分红”时才填分红名单编号。请删去编号或改正渠道。")),
    )  # fmt: skip
    for condition, field, code, sentence in rules:
        for row in frame.filter(polars.col("channel_code").is_not_null() & condition).iter_rows(named=True):
            yield row["_row"], field, code, sentence


def account_has_its_holder(frame: polars.DataFrame) -> Iterator[Problem]:
    """An account is kept under its holder's own key, so the holder is named."""
    for row in frame.filter(_given("account") & ~_given("person_key")).iter_rows(named=True):
        yield (
            row["_row"],
            "person_key",
            "planting.account_without_holder",
            say("填了收款账号，但没有填人员编号。账号加密保存在持有人名下，请填写人员编号，或删去账号。"),
        )


def _given(column: str) -> polars.Expr:
    return polars.col(column).fill_null("").ne("")
