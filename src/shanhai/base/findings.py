"""Findings: what is wrong or worth knowing, as values with their place.

Exceptions are for broken programs; what a clerk can mend is a finding. Each step of the way of the
data answers *(result, findings)* and collects all of them before anything is saved.
"""

from dataclasses import dataclass

from shanhai.base.language import say


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: a workbook cell, a form field, or an offset into a text."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        parts = []
        if self.file:
            parts.append(f"《{self.file}》")
        if self.sheet:
            parts.append(say("“{sheet}”表", sheet=self.sheet))
        if self.column or self.row:
            parts.append(f"{self.column}{self.row or ''}")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a stable dotted code, where, what was found, what was expected, what to do.

    `message` is a whole sentence in the reader's language; `blocks` says whether the work must stop.
    """

    code: str
    message: str
    place: Place | None = None
    blocks: bool = True
    found: str = ""
    expected: str = ""

    def __str__(self) -> str:
        return f"{self.place}：{self.message}" if self.place else self.message


class Refused(Exception):  # noqa: N818 - the field's word; it says what happened to the clerk, not to the program
    """Something was refused; the sentence says what, why and what to do."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one field of one row, held against what is recorded: code and a whole sentence."""

    file: str
    sheet: str
    row: int
    field: str
    code: str
    message: str


class RefusedRows(Refused):
    """Rows were refused, each problem with the row and field it stands in, so that it can be marked in its cell."""

    def __init__(self, problems: "list[RowProblem]") -> None:
        """As one sentence, for whoever has no cells to mark: the first problems one after the other."""
        super().__init__("".join(dict.fromkeys(problem.message for problem in problems[:5])))
        self.problems = problems


class WrongUse(Refused):
    """What was asked for does not exist: a name of a figure, sheet, pairing or account (exit code 2)."""


def blocking(findings: "list[Finding]") -> "list[Finding]":
    """The findings that stop the work."""
    return [finding for finding in findings if finding.blocks]
