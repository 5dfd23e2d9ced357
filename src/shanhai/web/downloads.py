"""Files that pages hand out."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404

from shanhai.intake.writing import write_rows

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(name: str) -> str:
    """The header under which a file is saved by its Chinese name, and never shown inside a page."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='-._')}"


def rows_as(form: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """Rows as a workbook or CSV under a name, however many they are; any other form is no page."""
    if form not in ("xlsx", "csv"):
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rows.{form}"
        write_rows(path, name[:31], heads, rows)
        file = path.open("rb")
    kind = "text/csv; charset=utf-8" if form == "csv" else WORKBOOK
    response = FileResponse(file, content_type=kind)
    response.headers["Content-Disposition"] = attached(f"{name}.{form}")
    return response
