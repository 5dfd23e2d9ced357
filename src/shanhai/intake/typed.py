"""Giving cells their meaning: a column of raw cells becomes a typed column and a list of faults.

Whole columns are understood at once; only what is left over is looked at value by value, with the same
readers of `base` that forms use, so a cell and a form field mean the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.intake.cells import Cells


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that could not be taken as it is: where, why, what to do. `advice` is a sentence.

    `lead` replaces the usual "这里需要…" where the reason is another one; `told` marks a lead that is a whole
    sentence and names the value itself.
    """

    position: int
    code: str
    advice: str = field(default_factory=lambda: say("请改正后重新上传。"))
    lead: str = ""
    blocks: bool = True
    told: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the cells are held against while they are read: the names of regions by code."""

    regions: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Typed:
    """A typed column: the values of every declared field, null where blank or at fault, and the faults."""

    series: dict[str, pl.Series]
    faults: list[Fault]


Reader = Callable[[Any], Any]
"""Reads one value; raises `Refused` (or `Misread`) where it cannot."""


class Misread(Refused):
    """A value was refused with its own code, advice and, if needed, reason."""

    def __init__(self, code: str, advice: str, lead: str = "") -> None:
        super().__init__(advice)
        self.code, self.advice, self.lead = code, advice, lead


def by_value(values: pl.Series, read: Reader, *, dtype: pl.DataType, code: str) -> tuple[pl.Series, list[Fault]]:
    """Read every different value once and put the results where the values stand; nulls stay null."""
    different = values.drop_nulls().unique()
    good: dict[Any, Any] = {}
    bad: dict[Any, Fault] = {}
    for value in different:
        try:
            good[value] = read(value)
        except Refused as refused:
            bad[value] = _fault(refused, code)
    return _put_back(values, good, dtype), _everywhere(values, bad)


def _put_back(values: pl.Series, good: dict[Any, Any], dtype: pl.DataType) -> pl.Series:
    """What each value became, where the values stand; null where it was not understood."""
    if not good:
        return nothing(len(values), dtype)
    return values.replace_strict(list(good), pl.Series(list(good.values()), dtype=dtype), default=None)


def _fault(refused: Refused, code: str) -> Fault:
    if isinstance(refused, Misread):
        return Fault(0, refused.code, refused.advice, refused.lead)
    return Fault(0, code, lead=str(refused), advice="", told=True)


def _everywhere(values: pl.Series, bad: Mapping[Any, Fault]) -> list[Fault]:
    if not bad:
        return []
    positions = values.is_in(list(bad)).fill_null(value=False).arg_true().to_list()
    faults = []
    for position in positions:
        faults.append(replace(bad[values[position]], position=position))
    return faults


def nothing(length: int, dtype: pl.DataType) -> pl.Series:
    """A column of nulls."""
    return pl.Series([None], dtype=dtype).new_from_index(0, length)


def first_of(*choices: pl.Series) -> pl.Series:
    """The first value that is not null, position by position."""
    result = choices[0]
    for other in choices[1:]:
        if result.null_count():
            result = result.zip_with(result.is_not_null(), other)
    return result


def positions(mask: pl.Series) -> list[int]:
    """The positions where a mask is true; null counts as false."""
    found: list[int] = mask.fill_null(value=False).arg_true().to_list()
    return found


def keep_where(values: pl.Series, mask: pl.Series) -> pl.Series:
    """The values where the mask is true, null elsewhere."""
    return pl.select(pl.when(mask).then(values).alias(values.name)).to_series()


def without(values: pl.Series, faults: list[Fault]) -> pl.Series:
    """The values with those at blocking faults taken out."""
    blocked = [fault.position for fault in faults if fault.blocks]
    if not blocked:
        return values
    mask = pl.Series([True]).new_from_index(0, len(values)).scatter(blocked, False)
    return keep_where(values, mask)


def others(cells: Cells) -> list[Fault]:
    """Cells that are neither text, number nor date: true/false, a time of day, a duration."""
    return [Fault(position, "intake.wrong_kind") for position in cells.other]
