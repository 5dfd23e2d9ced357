"""Blank workbooks to fill in."""

import tempfile
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.base.language import say
from shanhai.intake.declare import SHEETS
from shanhai.intake.templates import write_template
from shanhai.loading.executing import ordered_sheets
from shanhai.web.downloads import WORKBOOK, attached


def blank_books() -> list[dict[str, str]]:
    """The `templates` of the upload page, in the order a load saves them."""
    return [
        {"label": say(sheet.zh), "url": reverse("template", args=[sheet.name]), "note": ""}
        for sheet in ordered_sheets()
    ]


@require_safe
def template(request: HttpRequest, name: str) -> HttpResponse:
    """The blank workbook of a sheet."""
    if name not in SHEETS:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template([SHEETS[name]], path)
        body = path.read_bytes()
    return HttpResponse(
        body, content_type=WORKBOOK, headers={"Content-Disposition": attached(f"{say(SHEETS[name].zh)}.xlsx")}
    )
