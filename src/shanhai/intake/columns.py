"""The kinds of column a sheet may declare: what a clerk writes in a cell and what it becomes.

A column is pure declaration. `shanhai.intake.typing` turns raw cells into the column's `dtype`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as option
from typing import ClassVar

import polars as pl

from shanhai.base.language import noted


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` is its name inside, `zh` its header; `note` and `example` teach the clerk.

    `required` refuses blank cells (key columns are always required); `unique` refuses a value twice
    in one load; `aliases` are other wordings of the header that are understood as well; `filled` says that the action
    fills in what a row leaves blank, so that a blank is no other value than the recorded one.
    """

    field: str
    zh: str
    note: str = option(default="", kw_only=True)
    example: str = option(default="", kw_only=True)
    required: bool = option(default=False, kw_only=True)
    unique: bool = option(default=False, kw_only=True)
    aliases: tuple[str, ...] = option(default=(), kw_only=True)
    filled: bool = option(default=False, kw_only=True)

    expected: ClassVar[str] = noted("内容")
    secret: ClassVar[bool] = False
    """True where values are personal identifiers: messages show them masked."""
    as_text: ClassVar[bool] = False
    """True where template cells are formatted as text, so that Excel keeps every digit."""

    @property
    def dtype(self) -> pl.DataType:
        """The Polars type of the typed column."""
        return pl.String()

    @property
    def fields(self) -> dict[str, pl.DataType]:
        """Every column this declaration gives to the typed frame, with its type."""
        return {self.field: self.dtype}


@dataclass(frozen=True, slots=True)
class Text(Column):
    """Free text, trimmed; line breaks inside are kept."""

    max_length: int | None = option(default=None, kw_only=True)
    expected: ClassVar[str] = noted("文字")
    as_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Code(Column):
    """A number or code kept as text: document numbers, project codes, line numbers.

    Full-width characters become half-width; a whole number cell becomes its digits. `pattern` is a
    regular expression the whole value must match, `shape` says it in words for the message.
    """

    pattern: str = option(default="", kw_only=True)
    shape: str = option(default=noted("编号"), kw_only=True)
    max_length: int | None = option(default=None, kw_only=True)
    expected: ClassVar[str] = noted("编号")
    as_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Money(Column):
    """Yuan in the cell, whole fen (int64) inside.

    `negative` allows amounts below zero (refunds); `project_size` says that amounts below 10,000
    yuan are unusual, so a whole column of them is asked about: were they written in 万元?
    """

    negative: bool = option(default=False, kw_only=True)
    project_size: bool = option(default=False, kw_only=True)
    expected: ClassVar[str] = noted("数字（单位：元，最多两位小数）")

    @property
    def dtype(self) -> pl.DataType:
        """Whole fen."""
        return pl.Int64()


@dataclass(frozen=True, slots=True)
class Day(Column):
    """A date. With `partial`, a month or a year is accepted too: the first day is kept, and a second
    column `<field>_precision` says `day`, `month` or `year`."""

    partial: bool = option(default=False, kw_only=True)
    expected: ClassVar[str] = noted("日期（如 2024-06-30）")

    @property
    def dtype(self) -> pl.DataType:
        """A calendar date."""
        return pl.Date()

    @property
    def fields(self) -> dict[str, pl.DataType]:
        """The date, and its precision where partial dates are allowed."""
        return {self.field: self.dtype} | ({f"{self.field}_precision": pl.String()} if self.partial else {})


@dataclass(frozen=True, slots=True)
class Whole(Column):
    """A whole number (int64): persons, households, items."""

    minimum: int | None = option(default=None, kw_only=True)
    maximum: int | None = option(default=None, kw_only=True)
    expected: ClassVar[str] = noted("整数")

    @property
    def dtype(self) -> pl.DataType:
        """A whole number."""
        return pl.Int64()


@dataclass(frozen=True, slots=True)
class Decimal(Column):
    """An exact decimal with at most `places` places: areas, tonnes, shares.

    With `percent` the value is in per cent: 42, "42%" and a cell formatted as percentage that shows 42% are the same.
    """

    places: int = option(default=2, kw_only=True)
    minimum: int | None = option(default=None, kw_only=True)
    maximum: int | None = option(default=None, kw_only=True)
    percent: bool = option(default=False, kw_only=True)
    expected: ClassVar[str] = noted("数字")

    @property
    def dtype(self) -> pl.DataType:
        """An exact decimal of the declared places."""
        return pl.Decimal(28, self.places)


@dataclass(frozen=True, slots=True)
class Choice(Column):
    """One of a code list: the cell holds the Chinese label (or the code), the frame holds the code."""

    choices: Mapping[str, str] = option(kw_only=True)
    """code -> Chinese label"""
    expected: ClassVar[str] = noted("下拉列表中的一项")
    as_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Ref(Column):
    """The key of another record; `to` is its type name, e.g. `projects.project`.

    It must exist already or stand in another sheet of the same load.
    """

    to: str = option(kw_only=True)
    expected: ClassVar[str] = noted("已登记的编号")
    as_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Identity(Column):
    """An identity number (公民身份号码), 18 characters with a right check character; always masked in messages."""

    expected: ClassVar[str] = noted("18 位公民身份号码（文本格式）")
    secret: ClassVar[bool] = True
    as_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Account(Column):
    """A bank account number, kept as text with all its digits; always masked in messages."""

    expected: ClassVar[str] = noted("银行账号（文本格式，8 至 32 位数字）")
    secret: ClassVar[bool] = True
    as_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class CreditCode(Column):
    """An organisation's 统一社会信用代码, 18 characters with a right check character."""

    expected: ClassVar[str] = noted("18 位统一社会信用代码")
    as_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Region(Column):
    """A place by its six-digit GB/T 2260 code; `331081`, `331081 温岭市` and, where only one place is
    called so, `温岭市` are understood. A code that does not belong to the name beside it is found."""

    expected: ClassVar[str] = noted("6 位行政区划代码（可附名称，如 331081 温岭市）")
    as_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class YesNo(Column):
    """是 or 否."""

    expected: ClassVar[str] = noted("“是”或“否”")
    as_text: ClassVar[bool] = True

    @property
    def dtype(self) -> pl.DataType:
        """True for 是."""
        return pl.Boolean()
