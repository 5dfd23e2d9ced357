"""What a file really is: its content decides, never its name. Whatever is no workbook is refused with the reason."""

import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from pathlib import Path, PurePosixPath

import msoffcrypto
from msoffcrypto.exceptions import FileFormatError

from shanhai.base.findings import Finding, Place
from shanhai.base.language import noted, say, together

LARGEST_UNPACKED = 3 * 1024**3
"""Bytes a workbook may unpack to; more is a damaged or hostile file."""
MOST_TIMES, LOOKED_AT_FROM = 200, 64 * 1024**2
"""How many times its size a large part may unpack to; rows of a workbook shrink ten to fifty times, only emptiness more."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = noted("请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再上传。")
_WORKBOOK_NAMES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
_NOT_KNOWN = "?s"
_PLAIN_FORMATS = (*range(9), 11, 12, 13, *range(37, 45), 48, 49)
_USUAL_FORMATS = {str(number): "0" for number in _PLAIN_FORMATS} | {"9": "0%", "10": "0.00%", "14": "yyyy-mm-dd"}
"""Formats that workbooks name by number alone: plain ones, percentages, the usual date. Others are not looked into."""
_DAY = re.compile(r"(?:yyyy|yy)[-/.年]m{1,2}[-/.月]d{1,2}日?(?:;@)?", re.IGNORECASE)
_SPELT_OUT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[\$[^-\]]*\]|\[(?:[A-Z][a-z]+|Color ?\d+)\]')
"""What a format shows as it stands, its blanks, its currency and its colours."""
_OTHER = re.compile(r"[dmyhs\[]", re.IGNORECASE)
"""Letters that make a format one of times; where one stands and it is no plain day, the general reader decides."""
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')


class Kind(StrEnum):
    """The kinds of file that hold rows."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Part:
    """A worksheet inside an xlsx file: its name, the part that holds its cells, whether it is hidden."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Package:
    """What an xlsx file says about itself: its worksheets, the styles that show a percentage, and whether
    it asks to be recalculated on opening (values in it were then not computed by a spreadsheet)."""

    parts: tuple[Part, ...]
    percent_styles: frozenset[int]
    to_be_recalculated: bool
    day_styles: frozenset[int] = frozenset()
    other_styles: frozenset[int] = frozenset()
    """styles of dates without time, and styles of times or of formats that are not understood"""
    from_1904: bool = False
    shared_part: str = ""


def damaged() -> str:
    """The sentence for a file that is broken inside."""
    return together(say("文件已损坏，打不开。"), say(_SAVE_AS))


def identify(path: Path) -> tuple[Kind | None, Finding | None]:
    """The kind of a file by its content, or the finding that says why it cannot be read."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\x00\t\r\n "):
        return None, _refuse(path, "empty", say("文件是空的。请确认保存成功后重新上传。"))
    if head.startswith(b"PK"):
        return _in_zip(path)
    if head.startswith(_OLE):
        return _in_ole(path)
    return _in_text(path, head)


def _refuse(path: Path, code: str, sentence: str) -> Finding:
    return Finding(f"intake.{code}", sentence, Place(file=path.name), expected=say("Excel 工作簿（.xlsx）"))


def _in_zip(path: Path) -> tuple[Kind | None, Finding | None]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            size = sum(entry.file_size for entry in archive.infolist())
            swollen = any(_swollen(entry) for entry in archive.infolist())
            encrypted = any(entry.flag_bits & 1 for entry in archive.infolist())
            mimetype = archive.read("mimetype") if "mimetype" in names and not encrypted else b""
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        return None, _refuse(path, "damaged", damaged())
    if encrypted:
        return None, _refuse(path, "encrypted", say("文件设了密码，无法读取。请取消密码后重新上传。"))
    if size > LARGEST_UNPACKED:
        return None, _refuse(path, "too_large", say("文件解压后超过 3 GB，无法读取。请删去无用的格式或拆成几个文件。"))
    if swollen:
        told = say("文件解压后会大到 {times} 倍以上，像是损坏的或有意做成的文件，没有读取。", times=MOST_TIMES)
        return None, _refuse(path, "too_large", together(told, say(_SAVE_AS)))
    return _of_parts(path, names, mimetype)


def _swollen(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > LOOKED_AT_FROM and entry.file_size > MOST_TIMES * max(1, entry.compress_size)


def _of_parts(path: Path, names: set[str], mimetype: bytes) -> tuple[Kind | None, Finding | None]:
    if "xl/workbook.xml" in names:
        return Kind.XLSX, None
    if "xl/workbook.bin" in names:
        return Kind.XLSB, None
    if b"opendocument.spreadsheet" in mimetype:
        return Kind.ODS, None
    what = say("Word 文档") if "word/document.xml" in names else say("压缩包")
    return None, _refuse(path, "not_workbook", say("这是{what}，不是工作簿。请上传 Excel 工作簿（.xlsx）。", what=what))


def _in_ole(path: Path) -> tuple[Kind | None, Finding | None]:
    try:
        with path.open("rb") as file:
            office = msoffcrypto.OfficeFile(file)
            encrypted = office.is_encrypted()
    except (FileFormatError, OSError, ValueError, EOFError, AttributeError):
        return None, _refuse(path, "not_workbook", together(say("这不是能读的工作簿，或文件已损坏。"), say(_SAVE_AS)))
    if encrypted:
        return None, _refuse(path, "encrypted", say("工作簿设了打开密码，无法读取。请取消密码后重新上传。"))
    if office.format != "xls97":
        return None, _refuse(
            path, "not_workbook", say("这是 Word 或 PowerPoint 文件，不是工作簿。请上传 Excel 工作簿（.xlsx）。")
        )
    return Kind.XLS, None


def _in_text(path: Path, head: bytes) -> tuple[Kind | None, Finding | None]:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        told = say("这是网页或 XML 表格，只是用了工作簿的名字。")
        return None, _refuse(path, "web_table", together(told, say(_SAVE_AS)))
    if head.startswith(b"%PDF"):
        return None, _refuse(path, "not_workbook", say("这是 PDF 文件，不是工作簿。请上传 Excel 工作簿（.xlsx）。"))
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, _refuse(path, "not_workbook", say("这不是工作簿。请上传 Excel 工作簿（.xlsx）。"))
    if path.suffix.lower() in _WORKBOOK_NAMES and not re.search(rb"[,;\t|]|\xef\xbc\x8c", head.split(b"\n", 1)[0]):
        told = say("这是普通文本，只是用了工作簿的名字。")
        return None, _refuse(path, "not_workbook", together(told, say(_SAVE_AS)))
    return Kind.CSV, None


def package(path: Path) -> Package:
    """The worksheets of an xlsx file and what its styles and settings mean for reading."""
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        names = set(archive.namelist())
        links = _read(archive, names, "xl/_rels/workbook.xml.rels")
        styles = _read(archive, names, "xl/styles.xml")
    targets = {each["Id"]: each.get("Target", "") for each in _tags("Relationship", links) if "Id" in each}
    parts = []
    for each in _tags("sheet", book):
        target = next((targets.get(value, "") for key, value in each.items() if key.endswith(":id")), "")
        parts.append(Part(each.get("name", ""), _inside(target), each.get("state", "visible") != "visible"))
    calculation = next(iter(_tags("calcPr", book)), {})
    formats = _formats(styles)
    shared = [each for each in _tags("Relationship", links) if each.get("Type", "").endswith("/sharedStrings")]
    return Package(
        tuple(parts),
        frozenset(place for place, code in enumerate(formats) if "%" in code),
        calculation.get("fullCalcOnLoad") in {"1", "true"},
        frozenset(place for place, code in enumerate(formats) if _DAY.fullmatch(code)),
        frozenset(place for place, code in enumerate(formats) if not _DAY.fullmatch(code) and _OTHER.search(code)),
        any(each.get("date1904") in {"1", "true"} for each in _tags("workbookPr", book)),
        _inside(shared[0].get("Target", "")) if shared else "",
    )


def _read(archive: zipfile.ZipFile, names: set[str], part: str) -> str:
    return archive.read(part).decode("utf-8", "replace") if part in names else ""


def _inside(target: str) -> str:
    """The path of a part inside the package from the link that the workbook gives."""
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _tags(name: str, xml: str) -> list[dict[str, str]]:
    """The attributes of every element of this name, whatever its prefix."""
    found = re.finditer(rf"<(?:\w+:)?{name}\b([^>]*)>", xml)
    return [{key: unescape(value) for key, value in _ATTRIBUTE.findall(tag[1])} for tag in found]


def _formats(styles: str) -> list[str]:
    """The number format of every cell style without what it only spells out; a format that a workbook does not spell out is one of the usual ones."""
    written = {each.get("numFmtId", ""): each.get("formatCode", "") for each in _tags("numFmt", styles)}
    cell_styles = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
    if not cell_styles:
        return []
    numbers = [each.get("numFmtId", "0") for each in _tags("xf", cell_styles[0])]
    return [_SPELT_OUT.sub("", written.get(number, _USUAL_FORMATS.get(number, _NOT_KNOWN))) for number in numbers]
