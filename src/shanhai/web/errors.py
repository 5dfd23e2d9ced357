"""The page of a program that failed: no word of what failed, in the language of the reader, without asking the database."""

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from shanhai.web.reading import reading


@requires_csrf_token
def failed(request: HttpRequest) -> HttpResponse:
    """Shown by Django where a view failed; the log has the rest."""
    page = loader.render_to_string("500.html", {"html_language": reading().html_language})
    return HttpResponse(page, status=500)
