"""Declaring a worksheet: one declaration gives template, reading, checks, keys, export and docs.

An area's `sheets.py` reads `from shanhai.intake import declare as sheet` and calls `sheet.sheet(name, zh, key=…,
columns=(sheet.code("document_no", "文号", …), sheet.money("amount_fen", "金额（元）", …)), checks=…, action=…)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import polars as pl

from shanhai.intake import columns as kinds

text = kinds.Text
code = kinds.Code
money = kinds.Money
day = kinds.Day
whole = kinds.Whole
decimal = kinds.Decimal
choice = kinds.Choice
ref = kinds.Ref
identity = kinds.Identity
account = kinds.Account
credit_code = kinds.CreditCode
region = kinds.Region
yes_no = kinds.YesNo

Problem: TypeAlias = tuple[int, str, str, str]
"""What a check answers for one cell: row number (`_row`), field, code, and a Chinese sentence saying
what was found, what was expected and what to do (the place is put before it)."""

Check: TypeAlias = Callable[[pl.DataFrame], Iterable[Problem]]
"""A pure check over the typed rows. Columns: the declared fields, `_row` (row number in the worksheet) and
`_key`. A cell that could not be understood is null and was reported already, so checks pass over nulls."""

Action: TypeAlias = Callable[..., object]
"""The area's action that saves rows: called as `action(rows=frame, context=context)` inside one transaction."""

ROW, KEY, FILE, WORKSHEET = "_row", "_key", "_file", "_sheet"
SCOPE = "scope_code"
"""The field in which rows name their scope, where a sheet has it; record keys are unique inside a scope."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet that is accepted: name (`area.record`), Chinese name, key, columns, checks, action.

    `checks` block the load, `warnings` only speak. `key` names the columns that identify a record;
    its values joined by `key_separator` are the record's key. `auxiliary` marks a sheet that goes with another
    one and gives no records: rows called 合计 are kept in it, and columns left out are not told.
    `only_added` says that rows are recorded under numbers of their own and never changed: `key` then only tells
    whether a row is recorded already, and there is no form to enter or correct one.
    """

    name: str
    zh: str
    key: tuple[str, ...] = field(kw_only=True)
    columns: tuple[kinds.Column, ...] = field(kw_only=True)
    action: Action | None = field(default=None, kw_only=True)
    checks: tuple[Check, ...] = field(default=(), kw_only=True)
    warnings: tuple[Check, ...] = field(default=(), kw_only=True)
    note: str = field(default="", kw_only=True)
    aliases: tuple[str, ...] = field(default=(), kw_only=True)
    key_separator: str = field(default="/", kw_only=True)
    auxiliary: bool = field(default=False, kw_only=True)
    only_added: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself; this is a broken program, found at start-up."""
        fields = [column.field for column in self.columns]
        headers = [column.zh for column in self.columns]
        wrong = [f"{name} stands twice" for name in {*fields, *headers} if (fields + headers).count(name) > 1]
        wrong += [f"key {name} is not a column" for name in self.key if name not in fields]
        wrong += [
            f"{column.field} must end {ending}"
            for kind, ending in ((kinds.Money, "_fen"), (kinds.Day, "_on"), (kinds.Ref, "_key"))
            for column in self.columns
            if isinstance(column, kind) and not column.field.endswith(ending)
        ]
        if not self.key:
            wrong.append("no key")
        if wrong:
            raise ValueError(f"sheet {self.name}: {'; '.join(wrong)}")

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """The columns of a typed frame: `_row`, `_key` and the declared fields, each with its type."""
        schema: dict[str, pl.DataType] = {ROW: pl.UInt32(), KEY: pl.String()}
        for column in self.columns:
            schema |= column.fields
        return schema

    def column(self, name: str) -> kinds.Column:
        """The column of this field name."""
        return next(column for column in self.columns if column.field == name)

    @property
    def has_form(self) -> bool:
        """Whether single rows are entered and corrected by a form."""
        return self.action is not None and not self.only_added

    def requires(self, column: kinds.Column) -> bool:
        """Whether a blank cell of this column is refused."""
        return column.required or column.field in self.key

    def record_keys(self, frame: pl.DataFrame) -> pl.Series:
        """The record key of every row: the key columns joined; null where a part is missing."""
        parts = [pl.col(name).cast(pl.String) for name in self.key]
        return frame.select(pl.concat_str(parts, separator=self.key_separator).alias(KEY)).to_series()


SHEETS: dict[str, Sheet] = {}
"""Every declared sheet by name, in the order of declaration."""


def sheet(
    name: str,
    zh: str,
    *,
    key: tuple[str, ...],
    columns: tuple[kinds.Column, ...],
    action: Action | None = None,
    checks: tuple[Check, ...] = (),
    warnings: tuple[Check, ...] = (),
    note: str = "",
    aliases: tuple[str, ...] = (),
    key_separator: str = "/",
    only_added: bool = False,
) -> Sheet:
    """Declare a worksheet and make it known to template, load and export.

    A second declaration of the same name or Chinese name is a broken program.
    """
    declared = Sheet(
        name, zh, key=key, columns=columns, action=action, checks=checks, warnings=warnings, note=note,
        aliases=aliases, key_separator=key_separator, only_added=only_added,
    )  # fmt: skip
    for other in SHEETS.values():
        if other.name == name or other.zh == zh:
            raise ValueError(f"sheet {name} ({zh}) is declared twice")
    SHEETS[name] = declared
    return declared
