"""公益活动: campaigns winter by winter, with the schools and children they reached; nobody is counted twice over the years."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.charity import queries
from shanhai.areas.charity.models import Campaign
from shanhai.areas.charity.pages.asking import Cell, Look, crumbs, table
from shanhai.base.language import say
from shanhai.figures.folding import Value
from shanhai.web import amounts, charts, wording
from shanhai.web.charts import Bar
from shanhai.web.declare import page
from shanhai.web.drawings import inline
from shanhai.web.memory import remembered

_CHILDREN, _SCHOOLS, _GIFTS = "charity.left_behind_children", "charity.schools_reached", "charity.gifts_handed_out"
_TILES = (
    "charity.campaign_years[theme=warm_winter]", _SCHOOLS, _CHILDREN, "charity.children_counted", "charity.campaigns_held",
)  # fmt: skip
Found = dict[str, dict[str | None, Value]]


@page("campaigns", "公益活动", order=10)
@remembered
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign that had begun by the day, latest first."""
    look = Look.of(request)
    held = queries.campaigns_until(look.asked.scope.pk, look.day)
    found = look.cut((_SCHOOLS, _CHILDREN, _GIFTS), "campaign")
    context = {
        "title": say("公益活动"), "tiles": look.tiles(_TILES), "chart": _chart(look, held, found), "as_of": look.day.isoformat(),
        "table": _table(look, held, found), "filters": look.filters("charity-campaigns"), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "charity/campaigns.html", context)


def _chart(look: Look, held: list[Campaign], found: Found) -> dict[str, Any] | None:
    """Children left behind, campaign by campaign from the first on; each bar opens to its figure."""
    reached = [one for one in reversed(held) if isinstance(_amount(found, one), Decimal)]
    years = Counter(one.campaign_year for one in reached)
    bars = []
    for one in reached:
        amount = _amount(found, one)
        assert amount is not None
        at = str(one.campaign_year) if years[one.campaign_year] == 1 else wording.local(one.key)
        cell = look.cell(found, _CHILDREN, "campaign", of=one.key)
        told = say("{campaign}：留守儿童 {count} 人", campaign=one.name, count=cell["text"])
        bars.append(Bar(at, amount, told, cell["url"]))
    if not bars:
        return None
    summary = say("；").join(bar.told for bar in bars)
    heads = [(say("活动年度"), False), (say("公益活动"), False), (_word(_SCHOOLS), True), (_word(_CHILDREN), True)]
    rows: list[list[Cell]] = [
        [{"text": str(one.campaign_year), "head": True}, {"text": one.name},
         *(look.cell(found, name, "campaign", of=one.key) for name in (_SCHOOLS, _CHILDREN))]
        for one in reached
    ]  # fmt: skip
    return {
        "title": say("各次活动惠及的留守儿童（人）"),
        "svg": inline(charts.bars(bars, order=[bar.at for bar in bars], width=720), label=summary), "picture_url": "",
        "table": table(say("各次活动惠及的学校和儿童"), heads, rows),
    }  # fmt: skip


def _amount(found: Found, campaign: Campaign) -> Decimal | None:
    value = found[_CHILDREN].get(campaign.key)
    return value.amount if value is not None and isinstance(value.amount, Decimal) else None


def _word(name: str) -> str:
    return amounts.figure_word(amounts.declared(name))


def _table(look: Look, held: list[Campaign], found: Found) -> dict[str, Any]:
    heads = [
        (say("公益活动"), False), (say("主题"), False), (say("活动期间"), False), (_word(_SCHOOLS), True), (_word(_CHILDREN), True),
        (_word(_GIFTS), True), (wording.label(Campaign, "child_count"), True),
    ]  # fmt: skip
    return table(say("公益活动"), heads, [_row(look, one, found) for one in held])


def _row(look: Look, one: Campaign, found: Found) -> list[Cell]:
    last = one.last_on.isoformat() if one.last_on else say("今")
    counted = "–" if one.child_count is None else f"{one.child_count:,}"
    return [
        {"text": one.name, "head": True, "url": wording.record_url("charity.campaign", one.key), "note": one.brand},
        {"text": wording.cell(Campaign, "theme_code", one.theme_code), "note": say("{year} 年度", year=one.campaign_year)},
        {"text": say("{first} 至 {last}", first=one.first_on.isoformat(), last=last)},
        *(look.cell(found, name, "campaign", of=one.key) for name in (_SCHOOLS, _CHILDREN, _GIFTS)),
        {"text": counted, "number": True},
    ]  # fmt: skip
