"""基地一览: every base with its land, and what was promised, fell due and was paid, beside the figures of the whole."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.planting.models import Base
from shanhai.areas.planting.pages.asking import Asked, Cell, base_url, crumbs, money_told, mu, number, table_of, yuan
from shanhai.areas.planting.queries.standing import Standing, standing_on
from shanhai.asking import scopes, values
from shanhai.base.language import say
from shanhai.figures import evaluating
from shanhai.figures.folding import Value
from shanhai.web import amounts, charts, tiles, wording
from shanhai.web.charts import Bar
from shanhai.web.declare import page
from shanhai.web.drawings import inline
from shanhai.web.memory import remembered

#: What the page tells of the whole, in this order.
TOLD = (
    "planting.bases_built", "planting.base_area", "planting.demonstration_area", "planting.people_benefited",
    "planting.households_benefited", "planting.benefits_due", "planting.benefits_paid", "planting.benefits_unpaid",
    "planting.paid_per_household", "planting.largest_share",
)  # fmt: skip
_BY_YEAR = ("planting.rent_paid", "planting.wages_paid", "planting.dividends_paid")


@page("bases", "基地一览", order=10)
@remembered
@require_safe
def bases(request: HttpRequest) -> HttpResponse:
    """The whole, its years, and base by base."""
    asked = Asked.of(request)
    found = standing_on(asked.scope, on=asked.day)
    context = {
        "title": say("基地一览"),
        "lead": say("算到 {day}：约定、应付、已付是三个数，分开列出。", day=asked.day.isoformat()),
        "tiles": _tiles(asked), "chart": _chart(asked), "table": _table(asked, found), "unit_told": money_told(),
        "filters": asked.filters(reverse("planting-bases"), [asked.day_field()]),
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "planting/bases.html", context)


def _tiles(asked: Asked) -> list[dict[str, Any]]:
    """The figures of the whole pairing, as their own pages tell them."""
    whole = scopes.Asked(asked.scope, ())
    found = values.values(
        whole, values.window_of(whole, as_of=asked.day), figures=[amounts.declared(name) for name in TOLD]
    )
    return [tiles.tile(name, found[name], asked.scope) | {"url": asked.figure(name)} for name in TOLD]


def _chart(asked: Asked) -> dict[str, Any] | None:
    """What was paid year by year by each channel; nothing where money moved in fewer than two years."""
    whole = scopes.Asked(asked.scope, ())
    years = range(asked.day.year - 4, asked.day.year + 1)
    windows = [values.window_of(whole, as_of=asked.day, year=year) for year in years]
    figures = [amounts.declared(name) for name in _BY_YEAR]
    told = dict(zip(years, evaluating.evaluate_windows(figures, values.engine(), windows), strict=True))
    drawn = {
        year: one for year, one in told.items() if any(isinstance(value.amount, Decimal) for value in one.values())
    }
    if len(drawn) < 2:
        return None
    return {
        "title": say("各年付到户的租金、工资、分红（万元）"),
        "svg": inline(_bars(asked, drawn), label=say("各年付到户的租金、工资、分红")),
        "table": _year_table(asked, drawn),
    }


def _bars(asked: Asked, drawn: Mapping[int, Mapping[str, Value]]) -> str:
    bars = [
        Bar(
            str(year), value.amount / 10_000,
            say("{figure}：{year} 年 {value} {unit}", figure=amounts.figure_word(value.figure), year=year, value=amounts.text(value), unit=amounts.unit_word(value.figure)),
            _year_url(asked, name, year), amounts.figure_word(value.figure),
        )
        for year, one in drawn.items() for name, value in one.items() if isinstance(value.amount, Decimal)
    ]  # fmt: skip
    return charts.bars(bars, order=[str(year) for year in drawn], width=900)


def _year_url(asked: Asked, name: str, year: int) -> str:
    return amounts.figure_url(name, asked.scope.code, year=year, as_of=asked.day.isoformat())


def _year_table(asked: Asked, drawn: Mapping[int, Mapping[str, Value]]) -> dict[str, Any]:
    heads = [(say("年份"), False), *((amounts.figure_word(amounts.declared(name)), True) for name in _BY_YEAR)]
    rows = [
        [{"text": str(year), "head": True}, *(number(amounts.text(one[name]), _year_url(asked, name, year)) for name in _BY_YEAR)]
        for year, one in drawn.items()
    ]  # fmt: skip
    return table_of(say("各年数值"), heads, rows)


def _table(asked: Asked, found: Sequence[Standing]) -> dict[str, Any]:
    heads = [
        (say("基地"), False), (say("品种与方式"), False), (say("面积（亩）"), True), (say("在期流转（亩）"), True), (say("约定年租金"), True),
        (say("应付"), True), (say("已付"), True), (say("应付未付"), True), (say("受益户"), True), (say("受益人"), True),
    ]  # fmt: skip
    return table_of(say("基地一览"), heads, [_row(asked, one) for one in found])


def _row(asked: Asked, one: Standing) -> list[Cell]:
    base, key = one.base, one.base.key
    started = say(
        "{action} · {day} 投用",
        action=wording.cell(Base, "action_code", base.action_code),
        day=base.started_on.isoformat(),
    )
    return [
        {"text": base.name, "url": base_url(key), "head": True, "note": f"{base.town} · {base.operator}"},
        {"text": wording.cell(Base, "crop_code", base.crop_code), "note": started},
        number(mu(one.area_mu2), asked.figure("planting.base_area", base=key)),
        number(mu(one.leased_mu2), asked.figure("planting.leased_area", base=key)),
        number(yuan(one.promised_fen), asked.figure("planting.rent_promised", base=key)),
        number(yuan(one.all_due_fen), asked.figure("planting.benefits_due", base=key)),
        number(yuan(one.all_paid_fen), asked.figure("planting.benefits_paid", base=key)),
        number(yuan(one.unpaid_fen), asked.figure("planting.benefits_unpaid", base=key)),
        number(f"{one.households:,}", asked.figure("planting.households_benefited", base=key)),
        number(f"{one.people:,}", asked.figure("planting.people_benefited", base=key)),
    ]
