"""年度目标: what was promised for a year, what stands on a day, and the lead on 序时进度."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from shanhai.areas.agreements import queries
from shanhai.areas.agreements.models import Target
from shanhai.areas.agreements.pages.asking import crumbs, day_field, day_of, year_field, year_of
from shanhai.areas.agreements.pages.home import told_row
from shanhai.asking.scopes import among, last_closing
from shanhai.base.language import say
from shanhai.reference.models import Scope
from shanhai.web import wording
from shanhai.web.choosing import needed_scope, scopes_of
from shanhai.web.declare import page
from shanhai.web.memory import remembered


@page("targets", "年度目标", order=20)
@remembered
@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """Every target of a year, held against the time that is over."""
    scope = needed_scope(request)
    years = queries.target_years(scope)
    year = year_of(request) or next((each for each in years if each <= localdate().year), None) or localdate().year
    day = day_of(request) if request.GET.get("as_of") else _usual_day(scope, year)
    found = list(Target.objects.filter(scope=scope, target_year=year).order_by("figure", "key"))
    progress = queries.progress_of_year(among(scope, scopes_of(request)), found, on=day)
    rows = [
        told_row(one, scope, day) | {"record_url": wording.record_url(Target.type_name(), one.target.key),
                                     "agreement": wording.local(one.target.agreement_key),
                                     "agreement_url": wording.record_url("agreements.agreement", one.target.agreement_key)}
        for one in progress
    ]  # fmt: skip
    context = {
        "title": say("{year} 年度目标", year=year), "rows": rows,
        "behind": sum(1 for one in progress if one.behind),
        "lead": say("算到 {day}，{year} 年已过 {percent}%（序时进度按整月计）。", day=day.isoformat(), year=year, percent=rows[0]["time"]) if rows else "",
        "filters": {"action": reverse("agreements-targets"), "kept": [("scope", scope.code)], "narrowed": True, "clear_url": "",
                    "fields": [year_field(years or [year], year, every=False), day_field(day)]},
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "agreements/targets.html", context)


def _usual_day(scope: Scope, year: int) -> date:
    """Today for the running year; for one that is over the day its records were closed, else its last day."""
    today = localdate()
    if year >= today.year:
        return today
    closing = last_closing(scope)
    return closing.closed_on if closing and closing.closed_on.year == year else date(year, 12, 31)
