"""One column, one meaning: which reader understands which kind of column, and what every fault says."""

from collections.abc import Callable
from typing import Any

from shanhai.base.identifiers import mask_account, mask_identity
from shanhai.base.language import say, together
from shanhai.intake import columns as kinds
from shanhai.intake import typed_codes, typed_days, typed_numbers
from shanhai.intake.cells import Cells
from shanhai.intake.columns import Column
from shanhai.intake.typed import Fault, Known, Typed, nothing, positions

LONGEST_SHOWN = 40

_READERS: dict[type[Column], Callable[[Any, Cells], Typed]] = {
    kinds.Text: typed_codes.text,
    kinds.Code: typed_codes.code,
    kinds.Ref: typed_codes.ref,
    kinds.Choice: typed_codes.choice,
    kinds.YesNo: typed_codes.yes_no,
    kinds.Identity: typed_codes.identity,
    kinds.Account: typed_codes.account,
    kinds.CreditCode: typed_codes.credit_code,
    kinds.Money: typed_numbers.money,
    kinds.Whole: typed_numbers.whole,
    kinds.Decimal: typed_numbers.decimal,
    kinds.Day: typed_days.day,
}


def understand(column: Column, cells: Cells, known: Known) -> Typed:
    """The typed column of these cells and every fault in them; blank cells are null and no fault here."""
    if isinstance(column, kinds.Region):
        return typed_codes.region(column, cells, known)
    return _READERS[type(column)](column, cells)


def missing(cells: Cells) -> list[Fault]:
    """The blank cells of a column that must be filled."""
    return [Fault(place, "intake.required", say("这一列必须填写。")) for place in positions(cells.blank())]


def blank_column(column: Column, length: int) -> Typed:
    """A column that the workbook does not have: all null."""
    series = {name: nothing(length, dtype) for name, dtype in column.fields.items()}
    return Typed(series, [])


def shown(column: Column, cells: Cells, position: int) -> str:
    """The cell as it may stand in a message: personal identifiers masked, long texts cut."""
    number = cells.number[position] if column.secret else None
    written = cells.shown(position).replace("\n", " ") if number is None else f"{number:.0f}"
    if isinstance(column, kinds.Account):
        return mask_account(written)
    if column.secret:
        return mask_identity(written)
    return written if len(written) <= LONGEST_SHOWN else written[:LONGEST_SHOWN] + "…"


def sentence(column: Column, fault: Fault, found: str) -> str:
    """What is wrong in a whole sentence: the column, what was found, what was expected, what to do."""
    name = plain_header(column.zh)
    if fault.code == "intake.required":
        return say("{name}没有填写，这里需要{expected}。请补填后重新上传。", name=name, expected=say(column.expected))
    if fault.told:
        return say("{name}填写有误：{reason}", name=name, reason=together(fault.lead, fault.advice))
    reason = fault.lead or say("这里需要{expected}。", expected=say(column.expected))
    return say("{name}是“{found}”，{reason}", name=name, found=found, reason=together(reason, fault.advice))


def plain_header(zh: str) -> str:
    """A header as the reader names it, without the unit in brackets behind it: 金额（元） is 金额."""
    told = say(zh)
    return told.split("（", 1)[0].split("(", 1)[0].strip() or told
