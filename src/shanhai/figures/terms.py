"""The terms a figure is declared in: its fold, its behaviour in time, its stage, its words, its five states."""

from dataclasses import dataclass
from enum import StrEnum

from shanhai.base.language import noted


class DeclarationError(Exception):
    """A figure or table was declared in a way that could give a wrong number; the sentence says why and what to do."""


class How(StrEnum):
    """How the rows of a figure fold into its value.

    `common` is the one value all rows hold (a term of agreements); where they hold several there is no value.
    """

    SUM = "sum"
    COUNT = "count"
    COUNT_DISTINCT = "count_distinct"
    MIN_DATE = "min_date"
    MAX_DATE = "max_date"
    BALANCE = "balance"
    COMMON = "common"
    LARGEST = "largest"
    RATIO = "ratio"
    SPAN_YEARS = "span_years"
    TOTAL = "total"

    @property
    def derived(self) -> bool:
        """Whether the value comes from other figures instead of from rows of its own."""
        return self in {How.RATIO, How.SPAN_YEARS, How.TOTAL}

    @property
    def dated(self) -> bool:
        """Whether the value is a day."""
        return self in {How.MIN_DATE, How.MAX_DATE}


class Time(StrEnum):
    """How a figure behaves in time, which decides what a window means for it.

    `flow`: what happened between first and last day. `stock`: what stands on the last day. `cumulative`: what has
    come together up to the last day. `ratio`: divided anew from its two parts, each in its own way.
    """

    FLOW = "flow"
    STOCK = "stock"
    CUMULATIVE = "cumulative"
    RATIO = "ratio"


class Stage(StrEnum):
    """What a number claims: a plan, a capacity, a signature, or a result."""

    PLANNED = "planned"
    CAPACITY = "capacity"
    SIGNED = "signed"
    ACHIEVED = "achieved"


class State(StrEnum):
    """The five kinds of cell, kept apart to the last page and file; zero is a value.

    `value`: a number (zero included) or a day. `blank`: nothing is recorded, so nothing is known. `not_applicable`:
    the question has no answer here (a share of nothing; a pairing's figure asked of a region's own fund).
    `not_yet_due`: the period has not come or is not over. `withheld`: known, and not shown because it would point
    at persons.
    """

    VALUE = "value"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    NOT_YET_DUE = "not_yet_due"
    WITHHELD = "withheld"

    @property
    def zh(self) -> str:
        """What a page writes in the cell instead of a number; empty where there is one."""
        return _STATES_ZH[self]


_STATES_ZH = {
    State.VALUE: "",
    State.BLANK: noted("无记录"),
    State.NOT_APPLICABLE: noted("不适用"),
    State.NOT_YET_DUE: noted("未到期"),
    State.WITHHELD: noted("不公开"),
}


class Empty(StrEnum):
    """What it means that a figure has no rows at all: nothing happened, or nothing is known."""

    ZERO = "zero"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Words:
    """The words by which a text names a figure; the checker finds it by these, never by its value.

    `measure`: verbs and nouns of the measuring (安排, 投入). `object`: what is measured (协作资金). `excluded`: words
    beside which the figure is not meant (签约 beside money in place).
    `narrowed`: the figure is only ever meant of one slice (the agreement of a field, never of all).
    `about`: words one of which must stand in the sentence of an amount or in the one ahead, where its own clause says
    only what many things have in common (户均增收, of orders and of nothing else).
    """

    measure: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    narrowed: bool = False
    about: tuple[str, ...] = ()


def words(
    *,
    measure: tuple[str, ...] = (),
    object: tuple[str, ...] = (),  # noqa: A002 - the grammarian's word
    excluded: tuple[str, ...] = (),
    narrowed: bool = False,
    about: tuple[str, ...] = (),
) -> Words:
    """The words of a figure, for its declaration."""
    return Words(measure, object, excluded, narrowed, about)
