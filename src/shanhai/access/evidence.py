"""The store of evidence files: each kept once under the hash of its content, its type told by its content."""

import hashlib
import io
import os
import tempfile
import zipfile
from pathlib import Path

from django.conf import settings

from shanhai.base.findings import Refused
from shanhai.base.language import noted, say

LARGEST = 20 << 20
_BEGINS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_PARTS = {
    "xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet",
    "word/document.xml": f"{_OFFICE}.wordprocessingml.document",
}
KINDS = {
    "application/pdf": "PDF", "image/png": noted("PNG 图片"), "image/jpeg": noted("JPEG 图片"),
    _PARTS["xl/workbook.xml"]: noted("Excel 工作簿"), _PARTS["word/document.xml"]: noted("Word 文档"),
}  # fmt: skip
ENDINGS = {
    "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg",
    _PARTS["xl/workbook.xml"]: ".xlsx", _PARTS["word/document.xml"]: ".docx",
}  # fmt: skip


def media_type_of(body: bytes) -> str:
    """The type of a file by what it holds, whatever its name says; one that is no evidence is refused."""
    if not body:
        raise Refused(say("文件是空的。请确认保存成功后重新选择。"))
    if len(body) > LARGEST:
        raise Refused(say("文件有 {size:.1f} MB，超过 20 MB。请压缩图片或拆成几个文件。", size=len(body) / (1 << 20)))
    for begin, kind in _BEGINS.items():
        if body.startswith(begin):
            return kind
    if kind := _office_kind(body):
        return kind
    raise Refused(say("看内容不是可以作凭证的文件。请选择 PDF、PNG 或 JPEG 图片、Excel（.xlsx）或 Word（.docx）文件。"))


def _office_kind(body: bytes) -> str:
    if not body.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError):
        return ""
    macros = any(name.endswith("vbaProject.bin") for name in names)
    return "" if macros else next((kind for part, kind in _PARTS.items() if part in names), "")


def store(body: bytes) -> str:
    """Keep a content; answers its SHA-256. What is kept already is left as it is."""
    digest = hashlib.sha256(body).hexdigest()
    path = path_of(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
    return digest


def path_of(digest: str) -> Path:
    """Where a content lies."""
    folder: Path = settings.HOME.evidence
    return folder / digest[:2] / digest
