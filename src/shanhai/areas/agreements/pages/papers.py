"""协议与条款: agreements with the rights their clauses grant, and what ends soon."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.agreements import queries
from shanhai.areas.agreements.models import Agreement, Clause
from shanhai.areas.agreements.pages.asking import crumbs, day_field, day_of, year_field, year_of
from shanhai.areas.agreements.queries import Paper
from shanhai.base.language import say
from shanhai.web import keysets, wording
from shanhai.web.choosing import needed_scope
from shanhai.web.declare import page
from shanhai.web.keysets import Order
from shanhai.web.memory import remembered

SIZE = 20
#: What ends within so many days of the day is told as ending soon.
SOON = timedelta(days=90)
_ORDER = Order("signed_on", descending=True)


@page("papers", "协议与条款", order=10)
@remembered
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Agreements, latest first, each with its clauses and the targets it is linked to."""
    scope, day, year = needed_scope(request), day_of(request), year_of(request)
    rows = Agreement.objects.filter(scope=scope, **({"signed_on__year": year} if year else {}))
    found = keysets.page_of(rows, _ORDER, (request.GET.get("after", ""), request.GET.get("before", "")), SIZE)
    here = wording.with_query(
        reverse("agreements-papers"), scope=scope.code, year=year or "", as_of=request.GET.get("as_of", "")
    )
    agreements, clauses = queries.falling_due(scope, on=day, within=day + SOON)
    due = [*(_ending(one, one.title) for one in agreements), *(_ending(one, one.wording) for one in clauses)]
    after = keysets.place_of(found.rows[-1], _ORDER) if found.after else ""
    context = {
        "title": say("协议与条款"),
        "filters": {
            "action": reverse("agreements-papers"), "kept": [("scope", scope.code)], "narrowed": True,
            "fields": [year_field(queries.signed_years(scope), year), day_field(day)],
            "clear_url": wording.with_query(reverse("agreements-papers"), scope=scope.code) if year else "",
        },
        "due": sorted(due, key=lambda one: one["on"]), "days": SOON.days, "as_of": day.isoformat(),
        "papers": [_told(paper, day) for paper in queries.papers(scope, found.rows)],
        "pages": {"next_url": wording.with_query(here, after=after).replace("?after", "&after") if after else "",
                  "first_url": here if found.before else "", "told": say("本页 {n} 份", n=len(found.rows))}
        if found.before or found.after else None,
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "agreements/papers.html", context)


def _ending(record: Agreement | Clause, text: str) -> dict[str, str]:
    on = record.last_on.isoformat() if record.last_on else ""
    return {
        "text": text,
        "on": on,
        "url": wording.record_url(record.type_name(), record.key),
        "type": wording.type_word(type(record)),
    }


def _told(paper: Paper, day: date) -> dict[str, Any]:
    one = paper.agreement
    kind = wording.cell(Agreement, "kind_code", one.kind_code)
    field = wording.cell(Agreement, "field_code", one.field_code)
    facts = [
        (name, wording.cell(Agreement, name, getattr(one, name)))
        for name in ("signed_on", "east_party", "west_party", "document_no")
    ]
    target = reverse("agreements-targets")
    return {
        "title": one.title, "url": wording.record_url(one.type_name(), one.key), "year": one.signed_on.year,
        "kind": say("{kind} · {field}", kind=kind, field=field) if field else kind, "state": _state(one.last_on, day),
        "facts": [{"label": wording.label(Agreement, name), "value": value} for name, value in facts if value],
        "clauses": [
            {"no": clause.clause_no, "wording": clause.wording, "granted_to": clause.granted_to, "state": _state(clause.last_on, day),
             "url": wording.record_url(clause.type_name(), clause.key)}
            for clause in paper.clauses
        ],
        "targets": [
            {"label": say("{year} 年", year=year), "url": wording.with_query(target, scope=one.scope.code, year=year)}
            for year in paper.years
        ],
    }  # fmt: skip


def _state(last: date | None, day: date) -> dict[str, str]:
    """Whether something still holds on a day, and until when, in words."""
    if last is None:
        return {"code": "good", "label": say("没有写明到期日")}
    if last < day:
        return {"code": "late", "label": say("{day} 已到期", day=last.isoformat())}
    if last <= day + SOON:
        return {"code": "late", "label": say("{day} 到期，还有 {n} 天", day=last.isoformat(), n=(last - day).days)}
    return {"code": "good", "label": say("有效至 {day}", day=last.isoformat())}
