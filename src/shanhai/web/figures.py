"""A figure opened: its value, its meaning, its years, and every record it counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.base.language import say
from shanhai.web import amounts
from shanhai.web.figure_charts import chart_of
from shanhai.web.figure_filters import filters_of
from shanhai.web.figure_rows import table_of
from shanhai.web.figure_told import told_figure
from shanhai.web.memory import remembered
from shanhai.web.paging import numbered
from shanhai.web.questions import question_of
from shanhai.web.wording import with_query

SIZE = 50


@remembered
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """The page of a figure."""
    asked = question_of(request, name)
    chosen = {label: request.GET[f"by_{label}"] for label in asked.figure.slices if f"by_{label}" in request.GET}
    if chosen:
        return redirect(with_query(reverse("figure", args=[asked.narrower(chosen)]), **asked.told))
    number = _number(request.GET.get("page", ""))
    opened = asked.opened(first=(number - 1) * SIZE, size=SIZE)
    context = {
        "figure": told_figure(asked, opened),
        "filters": filters_of(asked),
        "chart": chart_of(asked),
        "table": table_of(opened, caption=say("{zh}所数的记录", zh=amounts.figure_word(asked.figure))),
        "rows_told": say("{total_rows} 条", total_rows=opened.total_rows),
        "pages": numbered(number, opened.total_rows, SIZE, lambda at: with_query(request.path, **asked.told, page=at)),
        "downloads": [
            {"label": label, "url": with_query(reverse("download", args=[form, asked.name]), **asked.told)}
            for form, label in (("xlsx", say("下载工作簿")), ("csv", say("下载 CSV")), ("json", say("下载 JSON")))
        ],
        "crumbs": [{"label": say("首页"), "url": "/"}],
    }
    return render(request, "web/figure.html", context)


def _number(given: str) -> int:
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 7 else 1
