"""资金去向: from whose budget the money comes, through issues and fields or projects, to who is paid, drawn and told."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.funds.pages.choices import Look, place_in, place_of, table_of
from shanhai.areas.funds.pages.flow_drawing import Drawing, drawing_of
from shanhai.areas.funds.pages.ledger import url_of
from shanhai.areas.funds.queries.flowing import payees as paid_to
from shanhai.areas.funds.queries.ledger import movements
from shanhai.base.language import say
from shanhai.web import wording
from shanhai.web.charts import FONTS
from shanhai.web.declare import area_page_url, page
from shanhai.web.memory import remembered

SIZE = 50


@page("flow", "资金去向", order=20)
@remembered
@require_safe
def flow(request: HttpRequest) -> HttpResponse:
    """The drawing, what it adds up to, and the table behind it."""
    look = Look.of(request)
    drawing = drawing_of(look)
    context = {
        "title": say("资金去向"),
        "filters": {
            "action": area_page_url(flow),
            "fields": [look.budget_field(), look.source_field(), look.day_field()],
        },
        "facts": drawing.facts(),
        "table": _table(drawing),
        "picture_url": wording.with_query(area_page_url(flow_picture, form="svg"), **look.told()),
        "as_of": look.day.isoformat(),
        **_drawn(drawing, linked=True),
    }
    return render(request, "funds/flow.html", context)


def _drawn(drawing: Drawing, *, linked: bool) -> dict[str, Any]:
    laid = drawing.laid_out() if drawing.has_money else None
    return {"flow": laid, "fonts": FONTS, "label": drawing.summary, "linked": linked}


@page("flow/<str:form>", "资金去向")
@require_safe
def flow_picture(request: HttpRequest, form: str) -> HttpResponse:
    """The drawing as a picture of its own, for paper."""
    drawing = drawing_of(Look.of(request))
    if form != "svg" or not drawing.has_money:
        raise Http404
    context = _drawn(drawing, linked=False)
    return render(request, "web/components/flow.html", context, content_type="image/svg+xml")


def _table(drawing: Drawing) -> dict[str, Any]:
    """Every band as a row."""
    named = {place.key: place.label for place in drawing.places()}
    heads = [say("从"), say("到"), say("金额")]
    rows: list[list[dict[str, Any]]] = [
        [
            {"text": named[band.origin], "head": True},
            {"text": named[band.target]},
            {"text": wording.money(band.amount), "url": band.url, "number": True},
        ]
        for band in drawing.bands()
    ]
    columns = [{"label": head, "number": head == heads[2]} for head in heads]
    return table_of(say("图中的每一笔流向"), columns, rows) | {"empty": {"text": say("还没有下达的资金。")}}


@page("payees", "收款人", order=25)
@remembered
@require_safe
def payees(request: HttpRequest) -> HttpResponse:
    """Who was paid, the largest first; each opens to the payments."""
    look = Look.of(request)
    rows = movements(look.scope.pk, look.narrowing, until=look.day).filter(step_code="payment")
    found = paid_to(rows, SIZE + 1, after=place_in(request))
    shown, more = found[:SIZE], found[SIZE:]
    heads = [say("收款人"), say("笔数"), say("支付金额")]
    cells: list[list[dict[str, Any]]] = [
        [
            {"text": one.name, "head": True},
            {"text": str(one.count), "url": url_of(look, step="payment", payee=one.name), "number": True},
            {
                "text": wording.money(one.amount_fen),
                "url": url_of(look, step="payment", payee=one.name),
                "number": True,
            },
        ]
        for one in shown
    ]
    context = {
        "title": say("收款人"),
        "filters": {
            "action": area_page_url(payees),
            "fields": [look.budget_field(), look.source_field(), look.day_field()],
        },
        "table": table_of(say("收款人"), [{"label": head, "number": head != heads[0]} for head in heads], cells),
        "pages": {
            "first_url": wording.with_query(area_page_url(payees), **look.told()) if place_in(request) else "",
            "next_url": payees_url(look, after=place_of(shown[-1].amount_fen, shown[-1].name)) if more else "",
            "told": say("本页 {n} 条", n=len(shown)),
        },
        "as_of": look.day.isoformat(),
    }
    return render(request, "funds/payees.html", context)


def payees_url(look: Look, **changed: Any) -> str:
    """The list of payees as it is narrowed, with something else in it."""
    return wording.with_query(area_page_url(payees), **look.told(**changed))
