"""Rows held against each other and against the records: twice the same key, references, what would change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from shanhai.base.findings import Finding, Place
from shanhai.base.identifiers import mask_account, mask_identity
from shanhai.base.language import listed, say, together
from shanhai.base.money import yuan
from shanhai.intake import columns as kinds
from shanhai.intake.columns import Column, Ref
from shanhai.intake.declare import FILE, KEY, ROW, SCOPE, WORKSHEET, Sheet
from shanhai.intake.meaning import plain_header
from shanhai.intake.rows import SheetRead

MOST_LISTED = 20_000
"""Changes and duplicates listed one by one; further ones are counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a recorded row that the load would change; values as clerks write them."""

    key: str
    place: Place
    field: str
    zh: str
    old: str
    new: str


def identity(sheet: Sheet) -> list[str]:
    """The columns that together name a record: its scope, where the sheet has it, and its key."""
    return [name for name in (SCOPE, KEY) if name == KEY or any(name == each.field for each in sheet.columns)]


def identities(sheet: Sheet, frame: pl.DataFrame) -> pl.DataFrame:
    """Every identity in the rows, once."""
    return frame.select(identity(sheet)).drop_nulls().unique()


def sound_rows(reads: Sequence[SheetRead], frame: pl.DataFrame) -> pl.DataFrame:
    """The rows without a blocking finding; only these are compared with what is recorded."""
    bad = {
        (finding.place.file, finding.place.sheet, finding.place.row)
        for each in reads
        for finding in each.findings
        if finding.blocks and finding.place and finding.place.row
    }
    if not bad:
        return frame
    files, sheets, rows = zip(*bad, strict=True)
    wrong = pl.DataFrame({FILE: files, WORKSHEET: sheets, ROW: rows}, schema_overrides={ROW: pl.UInt32})
    return frame.join(wrong, on=[FILE, WORKSHEET, ROW], how="anti", maintain_order="left")


def duplicates(sheet: Sheet, reads: Sequence[SheetRead], frame: pl.DataFrame) -> list[Finding]:
    """A finding at every row whose key, or whose value of a `unique` column, stands in another row too."""
    found = _doubled(reads, frame, identity(sheet), sheet.column(sheet.key[-1]))
    for column in sheet.columns:
        if column.unique and (column.field,) != sheet.key:
            found += _doubled(reads, frame, [column.field], column)
    return found


def _doubled(reads: Sequence[SheetRead], frame: pl.DataFrame, names: list[str], column: Column) -> list[Finding]:
    filled = frame.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in names))
    doubled = filled.filter(pl.struct(names).is_duplicated())
    if doubled.is_empty():
        return []
    by_place = {(each.where.file, each.where.sheet): each for each in reads}
    findings = []
    for group in doubled.head(MOST_LISTED).partition_by(names, maintain_order=True):
        places = [by_place[row[FILE], row[WORKSHEET]].place(row[ROW], column.field) for row in group.to_dicts()]
        alike = group.drop(FILE, WORKSHEET, ROW).n_unique() == 1
        findings += [_twice(column, place, [other for other in places if other != place], alike) for place in places]
    if doubled.height > MOST_LISTED:
        message = say(
            "“{zh}”还有 {count} 行重复，没有逐一列出。请先改正以上各处。",
            zh=say(column.zh),
            count=doubled.height - MOST_LISTED,
        )
        findings.append(Finding("intake.and_more", message, findings[-1].place))
    return findings


def _twice(column: Column, place: Place, others: list[Place], alike: bool) -> Finding:
    places = listed(_from(place, other) for other in others[:5])
    if len(others) > 5:
        places = say("{places}等 {count} 处", places=places, count=len(others))
    todo = say("两行完全相同，请删去一行。") if alike else say("内容不同，请核对哪一行是对的，或改正编号。")
    code = "intake.duplicate_value" if column.unique else "intake.duplicate_key"
    told = say("与 {places} 的{column}重复。", places=places, column=plain_header(column.zh))
    return Finding(code, together(told, todo), place, found=places)


def _from(here: Place, other: Place) -> str:
    """Another cell as seen from here: only as much of its place as differs."""
    cell = f"{other.column}{other.row}" if other.column else say("第 {row} 行", row=other.row)
    if other.file != here.file:
        return say("《{file}》“{sheet}”表 {cell}", file=other.file, sheet=other.sheet, cell=cell)
    return cell if other.sheet == here.sheet else say("“{sheet}”表 {cell}", sheet=other.sheet, cell=cell)


Exists = Callable[[str, pl.DataFrame], pl.DataFrame]
"""Asked with a record type and identities (`_key`, and `scope_code` where the sheet has it, each once);
answers those of them that are recorded."""


def unknown_references(
    read: SheetRead, loaded: Mapping[str, pl.DataFrame], exists: Exists
) -> list[Finding]:  # fmt: skip
    """A finding at every cell that names a record which is neither recorded nor in this load."""
    findings: list[Finding] = []
    scope = [name for name in (SCOPE,) if name in read.frame.columns]
    for column in read.sheet.columns:
        if isinstance(column, Ref) and column.field in read.letters:
            asked = read.frame.select(*scope, pl.col(column.field).alias(KEY), ROW).drop_nulls(KEY)
            missing = _unanswered(asked, scope, loaded.get(column.to))
            if not missing.is_empty():
                missing = _unanswered(missing, scope, exists(column.to, missing.drop(ROW).unique()))
            findings += [_no_such(read, column, row) for row in missing.head(MOST_LISTED).to_dicts()]
    return findings


def _unanswered(asked: pl.DataFrame, scope: list[str], answers: pl.DataFrame | None) -> pl.DataFrame:
    if answers is None or answers.is_empty():
        return asked
    shared = [name for name in (*scope, KEY) if name in answers.columns]
    return asked.join(answers.select(shared), on=shared, how="anti", nulls_equal=True, maintain_order="left")


def _no_such(read: SheetRead, column: Ref, row: dict[str, Any]) -> Finding:
    message = say(
        "{column}是“{key}”，没有登记过这个编号，本次上传的表里也没有。请核对编号，或先登记被引用的记录。",
        column=plain_header(column.zh),
        key=row[KEY],
    )
    place = read.place(row[ROW], column.field)
    return Finding("intake.no_such_record", message, place, found=row[KEY], expected=say(column.expected))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows by what saving them would do; `changes` tells every changed field."""

    new: pl.DataFrame
    changed: pl.DataFrame
    same: int
    changes: list[Change]


def against_recorded(
    sheet: Sheet, reads: Sequence[SheetRead], rows: pl.DataFrame, recorded: pl.DataFrame
) -> Comparison:  # fmt: skip
    """Hold rows against the recorded ones of the same identity; a column the workbook lacks changes nothing."""
    if rows.is_empty() or recorded.is_empty():
        return Comparison(rows, rows.clear(), 0, [])
    names = identity(sheet)
    fields = [name for name in rows.columns if name in recorded.columns and name not in names and name[0] != "_"]
    before = _as_declared(sheet, recorded, fields)
    joined = rows.join(before, on=names, how="left", suffix=_BEFORE, maintain_order="left")
    known = pl.col(_KNOWN).is_not_null()
    kept = [_kept(reads, name, known) for name in fields]
    joined = joined.with_columns(kept)
    differs = [_differs(sheet, name).alias(name + _DIFFERS) for name in fields]
    joined = joined.with_columns(differs)
    any_differs = pl.any_horizontal(*(name + _DIFFERS for name in fields), pl.lit(value=False))
    changed = joined.filter(known & any_differs)
    return Comparison(
        joined.filter(~known).select(rows.columns),
        changed.select(rows.columns),
        joined.filter(known & ~any_differs).height,
        _changes(sheet, reads, changed, fields),
    )


_BEFORE, _DIFFERS, _KNOWN = "__before", "__differs", "__known"


def _differs(sheet: Sheet, name: str) -> pl.Expr:
    """Whether the field is another one than recorded; a blank that the action fills in is not."""
    other = pl.col(name).ne_missing(pl.col(name + _BEFORE))
    filled = any(column.filled for column in sheet.columns if name in column.fields)
    return other & pl.col(name).is_not_null() if filled else other


def _as_declared(sheet: Sheet, recorded: pl.DataFrame, fields: list[str]) -> pl.DataFrame:
    """Recorded rows in the sheet's types; a text left out is recorded as blank text and means the same."""
    chosen = []
    for name in fields:
        dtype = sheet.schema[name]
        value = pl.col(name).cast(dtype)
        chosen.append((pl.when(value != "").then(value) if dtype == pl.String else value).alias(name))
    return recorded.select(*identity(sheet), *chosen, pl.lit(value=True).alias(_KNOWN))


def _kept(reads: Sequence[SheetRead], name: str, known: pl.Expr) -> pl.Expr:
    """The field, or its recorded value where the worksheet has no such column."""
    absent = pl.lit(value=False)
    for each in reads:
        if name.removesuffix("_precision") not in each.letters:
            absent |= (pl.col(FILE) == each.where.file) & (pl.col(WORKSHEET) == each.where.sheet)
    return pl.when(absent & known).then(pl.col(name + _BEFORE)).otherwise(pl.col(name)).alias(name)


def _changes(
    sheet: Sheet, reads: Sequence[SheetRead], changed: pl.DataFrame, fields: list[str]
) -> list[Change]:  # fmt: skip
    by_place = {(each.where.file, each.where.sheet): each for each in reads}
    changes = []
    for name in fields:
        column = next((each for each in sheet.columns if name in each.fields), None)
        if column is None:
            continue
        for row in changed.filter(pl.col(name + _DIFFERS)).to_dicts():
            place = by_place[row[FILE], row[WORKSHEET]].place(row[ROW], column.field)
            old, new = _written(column, row[name + _BEFORE]), _written(column, row[name])
            changes.append(Change(row[KEY], place, name, plain_header(column.zh), old, new))
    return sorted(changes, key=lambda change: (change.place.file, change.place.sheet, change.place.row or 0))


def _written(column: Column, value: object) -> str:
    """A value as clerks write it, personal identifiers masked."""
    match column, value:
        case _, None:
            return say("（空）")
        case kinds.Money(), int():
            return yuan(value)
        case kinds.Choice(), str():
            return say(column.choices.get(value, value))
        case kinds.Identity(), str():
            return mask_identity(value)
        case kinds.Account(), str():
            return mask_account(value)
        case kinds.YesNo(), bool():
            return say("是") if value else say("否")
    return str(value)


def corrections(changes: Sequence[Change], *, accepted: bool, only_added: bool = False) -> list[Finding]:
    """A finding at every cell that would change a recorded value; they block unless a reason was given.

    Where rows are only added, no reason lets one change.
    """
    accepted = accepted and not only_added
    findings = []
    for change in changes[:MOST_LISTED]:
        told = say(
            "{key} 已登记的{zh}是“{old}”，文件里是“{new}”。",
            key=change.key,
            zh=change.zh,
            old=change.old,
            new=change.new,
        )
        todo = _todo(accepted=accepted, only_added=only_added)
        shown = {"found": change.new, "expected": change.old}
        findings.append(Finding("intake.correction", together(told, todo), change.place, blocks=not accepted, **shown))
    if len(changes) > MOST_LISTED:
        message = say("还有 {count} 处与已登记的不同，没有逐一列出。", count=len(changes) - MOST_LISTED)
        findings.append(Finding("intake.and_more", message, changes[-1].place, blocks=not accepted))
    return findings


def _todo(*, accepted: bool, only_added: bool) -> str:
    if accepted:
        return say("将作为更正保存。")
    if only_added:
        return say("已登记的不能更改；情况有变的请另写一行，写明新的日期。")
    return say("若是更正，请写明更正理由后重新上传；若不是，请改回或改正编号。")
