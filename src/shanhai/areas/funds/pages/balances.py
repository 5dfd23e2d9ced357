"""余额与闲置: what stands unspent by source, by age and by project, how fast it is spent, what is due."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.funds.figures import IDLE_YEARS, idle_years
from shanhai.areas.funds.models import Source
from shanhai.areas.funds.pages.by_year import chart_of
from shanhai.areas.funds.pages.choices import Look, amount, place_in, place_of, project_words, select, table_of
from shanhai.areas.funds.pages.ledger import url_of
from shanhai.areas.funds.queries.standing import ProjectStanding, SourceStanding, by_project, by_source
from shanhai.asking import scopes, values
from shanhai.base.language import say
from shanhai.web import amounts, tiles, wording
from shanhai.web.declare import area_page_url, page
from shanhai.web.memory import remembered

SIZE = 50
#: What the page tells of the whole, in this order.
TOLD = (
    "funds.issued", "funds.arranged", "funds.released", "funds.paid_out", "funds.refunded", "funds.balance", "funds.unallocated",
    "funds.unspent_at_units", "funds.transfer_due", "funds.idle_over_two_years", "funds.spending_rate", "funds.release_rate",
)  # fmt: skip


@page("balances", "余额与闲置", order=30)
@remembered
@require_safe
def balances(request: HttpRequest) -> HttpResponse:
    """The whole, its years, ages, sources and projects."""
    look = Look.of(request)
    band = _band_asked(request)
    chosen = set(look.chosen)
    every = [one for one in by_source(look.scope.pk, until=look.day) if one.source.key in chosen]
    shown = [one for one in every if band is None or band_of(one.source, look.day) == band]
    context = {
        "title": say("余额与闲置"),
        "filters": {"action": area_page_url(balances), "fields": [look.budget_field(), look.source_field(), _band_field(band), look.day_field()]},
        "tiles": _tiles(look),
        "chart": chart_of(scopes.Asked(look.scope, ()), look.years()[::-1], look.day),
        "ages": _ages(look, every),
        "sources": _sources(look, shown),
        "due": _due(look, shown),
        "projects": _projects(request, look, every),
        "as_of": look.day.isoformat(),
        "unit_told": say("表中金额单位：{unit}。", unit=say(wording.money_unit())),
        "band_rule": say("账龄从来源的预算年度结束之日起算，按满年数分档。"),
    }  # fmt: skip
    return render(request, "funds/balances.html", context)


def band_of(source: Source, day: date) -> int:
    """The age of a source's idle money: the number of limits in `IDLE_YEARS` that it has reached."""
    age = idle_years(source.budget_year, day.year)
    return sum(age >= limit for limit in IDLE_YEARS)


def band_words() -> list[str]:
    """What the ages are called, from the youngest."""
    between = [say("{a}–{b} 年", a=a, b=b) for a, b in pairwise(IDLE_YEARS)]
    return [say("不满 {n} 年", n=IDLE_YEARS[0]), *between, say("满 {n} 年", n=IDLE_YEARS[-1])]


def _band_asked(request: HttpRequest) -> int | None:
    given = request.GET.get("age", "")
    return int(given) if given in {str(place) for place in range(len(IDLE_YEARS) + 1)} else None


def _band_field(chosen: int | None) -> dict[str, Any]:
    options = ((str(place), word) for place, word in enumerate(band_words()))
    return select("age", say("账龄"), options, chosen)


def _tiles(look: Look) -> list[dict[str, Any]]:
    """The figures of the whole scope, as their own pages tell them."""
    asked = scopes.Asked(look.scope, ())
    figures = [amounts.declared(name) for name in TOLD]
    found = values.values(asked, values.window_of(asked, as_of=look.day), figures=figures)
    return [tiles.tile(name, found[name], look.scope) for name in TOLD]


def _ages(look: Look, every: Iterable[SourceStanding]) -> dict[str, Any]:
    """What stands unspent by the age of its budget; each opens to the sources of that age."""
    sums = [[one for one in every if band_of(one.source, look.day) == place] for place in range(len(IDLE_YEARS) + 1)]
    columns: list[dict[str, Any]] = [
        {"label": say("账龄")},
        {"label": say("来源数"), "number": True},
        {"label": say("未支付余额"), "number": True},
    ]
    rows: list[list[dict[str, Any]]] = [
        [
            {"text": word, "head": True},
            {"text": str(len(found)), "number": True, "url": _age_url(look, place)},
            {"text": wording.money(sum(one.balance_fen for one in found)), "number": True, "url": _idle_url(look, place)},
        ]
        for place, (word, found) in enumerate(zip(band_words(), sums, strict=True))
    ]  # fmt: skip
    return table_of(say("按账龄"), columns, rows)


def _age_url(look: Look, place: int) -> str:
    return wording.with_query(area_page_url(balances), **look.told(age=place)) + "#sources"


def _idle_url(look: Look, place: int) -> str:
    """The oldest money of the whole scope is a figure; of other ages, the sources that make it up."""
    if place == len(IDLE_YEARS) and not look.narrowing.budget and not look.narrowing.source:
        return amounts.figure_url("funds.idle_over_two_years", look.scope.code, as_of=look.day)
    return _age_url(look, place)


def _sources(look: Look, shown: Iterable[SourceStanding]) -> dict[str, Any]:
    columns: list[dict[str, Any]] = [{"label": say("资金来源")}, *({"label": word, "number": True} for word in (
        say("预算金额"), say("下达"), say("拨付到项目"), say("拨付率"), say("支付"), say("支出率"), say("未支付余额"),
    ))]  # fmt: skip
    return table_of(say("按来源和预算年度"), columns, [_source_row(look, one) for one in shown])


def _source_row(look: Look, one: SourceStanding) -> list[dict[str, Any]]:
    source, moved = one.source, one.moved
    level = wording.cell(Source, "level_code", source.level_code)
    note = say("{year} 年度 · {level}", year=source.budget_year, level=level)
    record = wording.record_url("funds.source", source.key)
    budget = amount(source.budget_fen) if source.budget_fen is not None else "–"
    return [
        {"text": source.name, "url": record, "note": note, "head": True},
        {"text": budget, "url": record if source.budget_fen is not None else "", "number": True},
        _number(look, "funds.issued", source, amount(moved["issue"])),
        _number(look, "funds.released", source, amount(moved["release"])),
        _number(look, "funds.release_rate", source, rate(moved["release"], moved["issue"])),
        _number(look, "funds.paid_out", source, amount(moved["payment"])),
        _number(look, "funds.spending_rate", source, rate(moved["payment"], moved["issue"])),
        _number(look, "funds.balance", source, amount(one.balance_fen))
        | {"note": say("账龄{age}", age=band_words()[band_of(source, look.day)])},
    ]


def rate(part: int, whole: int) -> str:
    """A share in per cent as the figures divide it; a dash where there is nothing to divide by."""
    if not whole:
        return "–"
    exact = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    shown = f"{exact:,f}".rstrip("0").rstrip(".")
    return f"{shown}%"


def _number(look: Look, name: str, source: Source, text: str) -> dict[str, Any]:
    """A number of a source with its figure narrowed to the source."""
    told = amounts.narrowed_name(amounts.declared(name), {"source": source.key})
    return {"text": text, "number": True, "url": amounts.figure_url(told, look.scope.code, as_of=look.day)}


def _due(look: Look, shown: Iterable[SourceStanding]) -> dict[str, Any]:
    """Sources with money that somebody still has to allocate or to transfer."""
    columns: list[dict[str, Any]] = [
        {"label": say("资金来源")},
        {"label": say("待分配"), "number": True},
        {"label": say("待跨区域拨付"), "number": True},
    ]
    rows: list[list[dict[str, Any]]] = [
        [
            {"text": one.source.name, "head": True, "url": wording.record_url("funds.source", one.source.key)},
            _number(look, "funds.unallocated", one.source, amount(one.unallocated_fen)),
            _number(look, "funds.transfer_due", one.source, amount(one.transfer_due_fen)),
        ]
        for one in shown
        if one.unallocated_fen or one.transfer_due_fen
    ]
    return table_of(say("待办的资金"), columns, rows) | {
        "empty": {"text": say("下达的资金都已分配，也都已跨区域拨付。")}
    }


def _projects(request: HttpRequest, look: Look, every: Iterable[SourceStanding]) -> dict[str, Any]:
    """Projects by what stands unspent, the largest first, page by page."""
    bands = tuple(
        tuple(one.source.key for one in every if band_of(one.source, look.day) == place)
        for place in range(len(IDLE_YEARS) + 1)
    )
    after = place_in(request)
    found = by_project(look.scope.pk, bands, SIZE + 1, sources=look.chosen, until=look.day, after=after)
    shown, more = found[:SIZE], found[SIZE:]
    names = project_words(look.scope.pk, [one.project_key for one in shown])
    heads = [say("项目"), say("安排"), say("拨付到项目"), say("支付"), say("未支付余额"), *band_words()]
    rows = [_project_row(look, one, names.get(one.project_key, "")) for one in shown]
    last = shown[-1] if more else None
    here = wording.with_query(area_page_url(balances), **look.told())
    next_url = (
        wording.with_query(area_page_url(balances), **look.told(after=place_of(last.balance_fen, last.project_key)))
        if last
        else ""
    )
    return {
        "table": table_of(say("按项目"), [{"label": head, "number": head != heads[0]} for head in heads], rows),
        "pages": {"first_url": f"{here}#projects" if after else "", "next_url": next_url and f"{next_url}#projects", "told": say("本页 {n} 条", n=len(shown))},
    }  # fmt: skip


def _project_row(look: Look, one: ProjectStanding, name: str) -> list[dict[str, Any]]:
    if not one.project_key:
        told: list[dict[str, Any]] = [{"text": say("未落到项目（由单位统筹）"), "head": True}]
    else:
        told = [{"text": name or wording.local(one.project_key), "url": wording.record_url("projects.project", one.project_key), "head": True}]  # fmt: skip
    sums = (
        ("funds.arranged", one.arranged_fen),
        ("funds.released", one.released_fen),
        ("funds.paid_out", one.paid_fen),
        ("funds.balance", one.balance_fen),
    )
    told += [
        {"text": amount(fen), "number": True, "url": _project_url(look, name, one.project_key)} for name, fen in sums
    ]
    lines = url_of(look, project=one.project_key) if one.project_key else ""
    return [
        *told,
        *({"text": amount(fen) if fen else "–", "number": True, "url": lines if fen else ""} for fen in one.idle),
    ]


def _project_url(look: Look, name: str, key: str) -> str:
    """The figure of a project, of the source chosen where one is; the lines where a budget year narrows it too."""
    asked = look.narrowing
    if not key or (asked.budget and not asked.source):
        return url_of(look, project=key) if key else ""
    told = amounts.narrowed_name(amounts.declared(name), {"project": key, "source": asked.source})
    return amounts.figure_url(told, look.scope.code, as_of=look.day)
