"""The rows behind a figure to take away: a workbook, CSV, or the whole answer as JSON."""

import tempfile
from pathlib import Path
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from shanhai.figures.opening import Opened, plain_row
from shanhai.intake.writing import write_rows
from shanhai.web import amounts
from shanhai.web.downloads import WORKBOOK, attached
from shanhai.web.figure_rows import cells_of, columns_of
from shanhai.web.questions import question_of


@require_safe
def download(request: HttpRequest, form: str, name: str) -> HttpResponse:
    """All rows behind a figure as a workbook, as CSV, or the whole answer as JSON."""
    if form not in ("xlsx", "csv", "json"):
        raise Http404
    asked = question_of(request, name)
    opened = asked.opened()
    file_name = f"{amounts.figure_label(asked.figure, asked.name)}.{form}"
    if form == "json":
        answer = {
            "figure": opened.name,
            "value": opened.value.plain,
            "unit": asked.figure.unit.code,
            "state": str(opened.value.state),
            "how": opened.how,
            "fold": opened.fold.plain,
            "as_of": asked.as_of.isoformat(),
            "year": asked.year,
            "scope": asked.asked.scope.code,
            "rows": [plain_row(row) for row in opened.rows],
            "total_rows": opened.total_rows,
        }
        response: HttpResponse = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    else:
        response = _file(opened, form)
    response.headers["Content-Disposition"] = attached(file_name)
    return response


def _file(opened: Opened, form: str) -> HttpResponse:
    columns = columns_of(opened)
    rows = ([cast(Any, cell) for cell in cells_of(opened, row, columns)] for row in opened.rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rows.{form}"
        write_rows(path, amounts.figure_word(opened.value.figure)[:31], [column.label for column in columns], rows)
        kind = "text/csv; charset=utf-8" if form == "csv" else WORKBOOK
        return HttpResponse(path.read_bytes(), content_type=kind)
