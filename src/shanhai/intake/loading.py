"""The plan of a load: which rows are new, the same, or changed, and whether anything stands against saving.

The plan is pure: it reads files and asks what is recorded, and saves nothing. All rows of a load are
saved or none; `Plan.blocked` decides.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from shanhai.base.findings import Finding, blocking
from shanhai.base.progress import Tell, silent
from shanhai.intake import comparing, stated_totals
from shanhai.intake.comparing import Change, Exists
from shanhai.intake.declare import FILE, WORKSHEET, Sheet
from shanhai.intake.reading import Reading, read
from shanhai.intake.rows import SheetRead
from shanhai.intake.typed import Known

Recorded = Callable[[Sheet, pl.DataFrame], pl.DataFrame]
"""Asked with a sheet and a frame of identities (`_key`, and `scope_code` where the sheet has it, each once);
answers the recorded rows among them: the same identity columns and the declared fields."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a load is held against: recorded rows, recorded keys, and the names of regions by code."""

    recorded: Recorded
    exists: Exists
    regions: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class SheetPlan:
    """What a load would do with the rows of one declared sheet.

    The frames have the columns of `sheet.schema` and `_file`, `_sheet` (worksheet). `changed` holds new values,
    with recorded ones where the workbook lacks the column; `changes` tells them field by field.
    `columns` gives the column letter of every field by file and worksheet.
    """

    sheet: Sheet
    frame: pl.DataFrame
    new: pl.DataFrame
    changed: pl.DataFrame
    same: int
    changes: list[Change] = field(default_factory=list)
    columns: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """A whole load: its files as read, what it would do sheet by sheet, and every finding."""

    readings: list[Reading]
    sheets: list[SheetPlan] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    """findings that need more than one row: duplicates, corrections, references, totals in the text"""

    @property
    def findings(self) -> list[Finding]:
        """Every finding of the load."""
        return [finding for reading in self.readings for finding in reading.findings] + self.found

    @property
    def blocked(self) -> bool:
        """Whether anything stands against saving; then nothing at all is saved."""
        return bool(blocking(self.findings))

    @property
    def rows(self) -> int:
        """Rows read from all sheets."""
        return sum(sheet.frame.height for sheet in self.sheets)


def plan(
    files: Iterable[Path | tuple[str, Path]],
    sheets: Sequence[Sheet],
    lookup: Lookup,
    *,
    correct: str = "",
    accept_difference: str = "",
    tell: Tell = silent,
) -> Plan:
    """Read files (a path, or the clerk's name for it and a path) and plan their load.

    `correct` is the reason for which recorded rows may be changed, `accept_difference` the reason for which
    rows are saved although the text states another total; without them both block.
    """
    known = Known(lookup.regions)
    declared = (*sheets, stated_totals.STATED)
    named = [each if isinstance(each, tuple) else (each.name, each) for each in files]
    readings: list[Reading] = []
    for name, path in named:
        tell("reading", len(readings), len(named))
        readings.append(read(path, declared, known, name=name))
    tell("comparing", 0, 0)
    return compare(readings, sheets, lookup, correct=correct, accept_difference=accept_difference)


def compare(
    readings: list[Reading], sheets: Sequence[Sheet], lookup: Lookup, *, correct: str = "", accept_difference: str = ""
) -> Plan:
    """Plan the load of files that were read: duplicates, references, corrections, totals stated in the text."""
    made = Plan(readings)
    reads = [each for reading in readings for each in reading.sheets]
    loaded: dict[str, pl.DataFrame] = {}
    for sheet in sheets:
        mine = [each for each in reads if each.sheet is sheet]
        if mine:
            frame = pl.concat([_placed(each) for each in mine])
            loaded[sheet.name] = comparing.identities(sheet, frame)
            _plan_sheet(made, mine, frame, lookup=lookup, correct=correct)
    for each in reads:
        made.found += comparing.unknown_references(each, loaded, lookup.exists)
    # Rows that are all recorded already were accepted when they were saved; the difference is told, not asked again.
    settled = bool(made.sheets) and all(each.same == each.frame.height for each in made.sheets)
    for reading in readings:
        made.found += stated_totals.differences(reading, accepted=bool(accept_difference) or settled)
    return made


def _placed(read_sheet: SheetRead) -> pl.DataFrame:
    where = read_sheet.where
    return read_sheet.frame.with_columns(pl.lit(where.file).alias(FILE), pl.lit(where.sheet).alias(WORKSHEET))


def _plan_sheet(made: Plan, mine: list[SheetRead], frame: pl.DataFrame, *, lookup: Lookup, correct: str) -> None:
    """Add the plan of one declared sheet, which may stand in several worksheets."""
    sheet = mine[0].sheet
    made.found += comparing.duplicates(sheet, mine, frame)
    sound = comparing.sound_rows(mine, frame).drop_nulls(comparing.identity(sheet))
    recorded = lookup.recorded(sheet, comparing.identities(sheet, sound))
    compared = comparing.against_recorded(sheet, mine, sound, recorded)
    made.found += comparing.corrections(compared.changes, accepted=bool(correct), only_added=sheet.only_added)
    columns = {(each.where.file, each.where.sheet): each.letters for each in mine}
    made.sheets.append(
        SheetPlan(sheet, frame, compared.new, compared.changed, compared.same, compared.changes, columns)
    )
