"""荣誉: titles awarded by level and year, each number opening to its figure, and every title with how it stands."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.honours import queries
from shanhai.areas.honours.models import Honour
from shanhai.areas.honours.pages.viewing import Cell, View, known_day, last_day, rank_word, stacked, standing_badge
from shanhai.areas.honours.queries import Held
from shanhai.areas.honours.terms import Rank
from shanhai.asking import values
from shanhai.base.language import say
from shanhai.figures.folding import Value
from shanhai.web import amounts, charts, wording
from shanhai.web.charts import Bar
from shanhai.web.declare import page
from shanhai.web.drawings import inline
from shanhai.web.memory import remembered

#: Titles told one by one; the list of records has them all.
MOST = 100
_AWARDED = "honours.awarded"
_TILES = (_AWARDED, "honours.in_force", "honours.reviews_due", "honours.bases_named")
Years = Mapping[str, Mapping[int, Value]]


@page("titles", "荣誉一览", order=10)
@remembered
@require_safe
def titles(request: HttpRequest) -> HttpResponse:
    """Titles by level and year, then one by one."""
    view = View.of(request)
    known = queries.honours_until(view.asked.scope.pk, view.day)
    years: Years = {name: values.by_year(view.asked, name, as_of=view.day) for name in _names()}
    context = view.about("honours-titles", say("荣誉一览"), _TILES) | {
        "chart": _chart(view, years), "years": _years(view, years), "titles": _titles(known[:MOST], view),
        "more": {"url": _all(view), "n": len(known)} if len(known) > MOST else None,
    }  # fmt: skip
    return render(request, "honours/titles.html", context)


def _names() -> list[str]:
    """The figure by each level, highest first, then as a whole."""
    figure = amounts.declared(_AWARDED)
    return [*(amounts.narrowed_name(figure, {"rank": str(rank)}) for rank in Rank), _AWARDED]


def _all(view: View) -> str:
    return wording.with_query(reverse("list", args=[Honour.type_name()]), scope=view.asked.scope.code)


def _years(view: View, years: Years) -> dict[str, Any]:
    heads = [(say("年份"), False), *((rank_word(str(rank)), True) for rank in Rank), (say("合计"), True)]
    rows: list[Sequence[Cell]] = [
        [{"text": str(year), "head": True}, *(view.counted(found[year], name, year=year) for name, found in years.items())]
        for year in sorted(years[_AWARDED], reverse=True)
    ]  # fmt: skip
    return stacked(say("各年各级授予的荣誉"), heads, rows)


def _chart(view: View, years: Years) -> dict[str, Any] | None:
    """Titles of each level year by year; nothing where no year has one."""
    bars = [
        Bar(
            str(year), value.amount, say("{year} 年{rank} {count} 项", year=year, rank=rank_word(str(rank)), count=amounts.text(value)),
            view.url(name, year=year), rank_word(str(rank)),
        )
        for rank, name in zip(Rank, years, strict=False) for year, value in years[name].items() if isinstance(value.amount, Decimal)
    ]  # fmt: skip
    if not bars:
        return None
    drawn = charts.bars(bars, order=[str(year) for year in years[_AWARDED]], width=720)
    label = say("；").join(bar.told for bar in bars)
    return {"title": say("各年各级授予的荣誉（项）"), "svg": inline(drawn, label=label), "picture_url": ""}


def _titles(known: Sequence[Held], view: View) -> dict[str, Any]:
    sites = queries.sites_by_key(view.asked.scope.pk, (one.honour.site_key for one in known))
    heads = [
        (say("荣誉称号"), False), (say("级别"), False), (say("获得者"), False), (say("授予"), False), (say("状态"), False), (say("荣誉有效期至"), False),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            {"text": one.honour.title, "head": True, "url": wording.record_url(Honour.type_name(), one.honour.key), "note": one.honour.document_no},
            {"text": rank_word(one.honour.level_code), "note": wording.cell(Honour, "kind_code", one.honour.kind_code)},
            {"text": sites[one.honour.site_key].name if one.honour.site_key in sites else one.honour.holder_name, "note": _joint(one.honour)},
            {"text": known_day(one.honour, "awarded_on") or "–", "note": one.honour.awarding_body},
            {"badge": standing_badge(one, view.day)}, {"text": last_day(one, view.day)},
        ]
        for one in known
    ]  # fmt: skip
    return stacked(say("荣誉称号"), heads, rows)


def _joint(honour: Honour) -> str:
    """Who holds a title together with the first."""
    return say("与{names}联合获得", names=honour.joint_names) if honour.joint_names else ""
