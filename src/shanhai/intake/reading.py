"""Reading a file: worksheets found, rows typed, every finding collected with its very cell. Saves nothing."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from shanhai.base.findings import Finding, Place
from shanhai.base.language import listed, say
from shanhai.intake import headers, marks, opening
from shanhai.intake.declare import Sheet
from shanhai.intake.grid import DAMAGE, LARGEST_GRID, Book, RowTable, Table, open_book
from shanhai.intake.marks import Marks
from shanhai.intake.opening import Kind, Package, Part
from shanhai.intake.plain_sheet import PlainReader, shared_texts
from shanhai.intake.rows import RawSheet, SheetRead, read_rows
from shanhai.intake.typed import Known


@dataclass(slots=True)
class Reading:
    """A file as read: the sheets found in it and every finding; `kind` is None where it could not be opened."""

    file: str
    kind: Kind | None
    sheets: list[SheetRead] = field(default_factory=list)
    own_findings: list[Finding] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """Findings of the file, then of its sheets."""
        return self.own_findings + [finding for sheet in self.sheets for finding in sheet.findings]


@dataclass(frozen=True, slots=True)
class _Scan:
    """What a pass over the XML of a worksheet found: its marks, and its cells where they are plain."""

    marks: Marks = field(default_factory=Marks)
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    """One file being read: by which declarations, under which name, with its scans as they come."""

    name: str
    sheets: tuple[Sheet, ...]
    known: Known
    scan_of: Callable[[str], _Scan]


def read(path: Path, sheets: Iterable[Sheet], known: Known | None = None, *, name: str = "") -> Reading:
    """Read a file by the declarations given; `name` is what the clerk calls it, where the path is another.

    Nothing is raised for a bad file: what is wrong with it stands in the findings.
    """
    name = name or path.name
    kind, refused = opening.identify(path)
    if kind is None:
        return _refused(name, refused)
    job = _Job(name, tuple(sheets), known or Known(), lambda _: _Scan())
    try:
        return _read_xlsx(path, job) if kind is Kind.XLSX else _read_book(path, kind, job)
    except DAMAGE:
        return Reading(name, None, own_findings=[Finding("intake.damaged", opening.damaged(), Place(name))])


def _read_xlsx(path: Path, job: _Job) -> Reading:
    """One pass finds what the cells carry besides values, and the values of a plain worksheet; others are read again."""
    package = opening.package(path)
    spread = [_spread(job.name, part.name) for part in package.parts if _too_spread(path, part)]
    if spread:
        return Reading(job.name, Kind.XLSX, own_findings=spread)
    with ThreadPoolExecutor(max_workers=1) as aside:
        scans = {part.name: aside.submit(_scan, path, part, package) for part in package.parts}
        return _read_book(
            path, Kind.XLSX, replace(job, scan_of=lambda part: scans[part].result() if part in scans else _Scan())
        )


def _scan(path: Path, part: Part, package: Package) -> _Scan:
    plain = PlainReader(package, shared_texts(path, package))
    return _Scan(marks.scan(path, part.path, package, beside=plain), plain.table())


def _refused(name: str, refused: Finding | None) -> Reading:
    return Reading(name, None, own_findings=[replace(refused, place=Place(file=name))] if refused else [])


def _too_spread(path: Path, part: Part) -> bool:
    height, width = marks.size_of(path, part.path)
    return height * width > LARGEST_GRID


def _spread(name: str, worksheet: str) -> Finding:
    message = say("工作表的使用范围过大（常因在很远的行列误点过格式）。请选中数据以外的行和列，删除后保存再上传。")
    return Finding("intake.too_spread", message, Place(name, worksheet))


def _read_book(path: Path, kind: Kind, job: _Job) -> Reading:
    book, refused = open_book(path, kind)
    if book is None:
        return _refused(job.name, refused)
    reading = Reading(job.name, kind)
    for worksheet, hidden in book.worksheets():
        if headers.plain(worksheet) in headers.OWN_SHEETS:
            continue
        if hidden:
            reading.own_findings.append(_hidden(worksheet, job))
            continue
        _read_worksheet(reading, book, worksheet, job)
    if not reading.sheets:
        reading.own_findings.append(_nothing_known(job))
    return reading


def _read_worksheet(reading: Reading, book: Book, worksheet: str, job: _Job) -> None:
    sheet = headers.named(worksheet, job.sheets)
    scan = job.scan_of(worksheet)
    table = scan.table or RowTable(book.rows(worksheet))
    if sheet is None:
        head = table.head()
        sheet = headers.resembling(head, job.sheets)
        if sheet is None:
            if any(cell not in {"", None} for row in head for cell in row):
                reading.own_findings.append(_unknown(worksheet, job))
            return
    where = Place(job.name, worksheet)
    reading.sheets.append(read_rows(sheet, RawSheet(where, table, scan.marks), job.known))


def _hidden(worksheet: str, job: _Job) -> Finding:
    """A hidden worksheet is never read; one that bears a declared name stops the load until somebody decides."""
    declared = headers.named(worksheet, job.sheets) is not None
    message = say(
        "“{worksheet}”表是隐藏的，没有读入。如需读入，请取消隐藏；如不需要，请删除这张表。", worksheet=worksheet
    )
    return Finding("intake.hidden_sheet", message, Place(job.name, worksheet), blocks=declared)


def _unknown(worksheet: str, job: _Job) -> Finding:
    message = say(
        "“{worksheet}”表不是系统认识的表，没有读入。如应读入，请把表名改为模板中的表名。", worksheet=worksheet
    )
    return Finding("intake.unknown_sheet", message, Place(job.name, worksheet), blocks=False)


def _nothing_known(job: _Job) -> Finding:
    sheets = listed(f"“{sheet.zh}”" for sheet in job.sheets)
    message = say("文件里没有系统认识的表。可以上传的表有：{sheets}。请下载模板填写。", sheets=sheets)
    return Finding("intake.no_sheet", message, Place(job.name), expected=sheets)
