"""户增收: what households gained from orders against their own baselines, in bands and one by one."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.orders.models import HouseholdGain
from shanhai.areas.orders.pages.asking import Cell, Look, crumbs, table_of
from shanhai.areas.orders.queries import gains as asked_gains
from shanhai.areas.orders.queries.gains import BAND_FEN, Band
from shanhai.base.language import say
from shanhai.web import charts, keysets, wording
from shanhai.web.charts import Bar
from shanhai.web.declare import page
from shanhai.web.drawings import inline
from shanhai.web.keysets import Found, Order
from shanhai.web.memory import remembered

SIZE = 50
TOLD = ("orders.gain_per_household", "orders.households_accounted", "orders.gain", "orders.households_with_deliveries")
_ORDER = Order("gain_fen", descending=True)


@page("gains", "户增收", order=30)
@remembered
@require_safe
def gains(request: HttpRequest) -> HttpResponse:
    """The average with its parts, how gains spread, and every account."""
    look = Look.of(request)
    years = asked_gains.years_of(look.scope.pk, until=look.day)
    year = look.year
    rows = asked_gains.gains(look.scope.pk, year=year, until=look.day)
    found = keysets.page_of(rows, _ORDER, (look.word("after"), look.word("before")), SIZE)
    context = {
        "title": say("户增收"), "crumbs": crumbs(), "tiles": look.tiles(TOLD, year), "filters": look.filters("gains", years, year),
        "rule": say("每户增收等于当年结算单合计减成本，再减这一户自己的对照纯收入。户均数的分子和分母是同一批户：有增收核算的户。"),
        "chart": _chart(asked_gains.bands(look.scope.pk, year=year, until=look.day)),
        "table": _table(found), "pages": _pages(look, found, year), "stale": _stale(look),
    }  # fmt: skip
    return render(request, "orders/gains.html", context)


def _chart(bands: list[Band]) -> Cell | None:
    """How many households lie in each band of gain."""
    if not bands:
        return None
    order = [_word(band) for band in bands]
    drawn = [Bar(_word(band), Decimal(band.count), _told(band)) for band in bands]
    columns = ((say("增收（元）"), False), (say("户次"), True), (say("增收合计"), True))
    rows: list[list[Cell]] = [
        [{"text": _word(band), "head": True}, {"text": str(band.count)}, {"text": wording.money(band.gain)}]
        for band in bands
    ]
    return {
        "title": say("按增收多少分档的核算（份）"),
        "svg": inline(charts.bars(drawn, order=order, width=900), label=say("；").join(bar.told for bar in drawn)),
        "picture_url": "", "table": table_of(say("各档"), columns, rows),
    }  # fmt: skip


def _word(band: Band) -> str:
    return f"{band.first // 100}–{(band.first + BAND_FEN) // 100 - 1}"


def _told(band: Band) -> str:
    return say("{band} 元：{count} 份", band=_word(band), count=band.count)


def _table(found: Found) -> Cell:
    columns = (
        (say("户编号"), False), (say("年度"), False), (say("结算收入"), True), (say("成本"), True), (say("对照纯收入"), True), (say("增收"), True), (say("核算日期"), False),
    )  # fmt: skip
    return table_of(say("各户"), columns, [_row(one) for one in found.rows])


def _row(one: HouseholdGain) -> list[Cell]:
    return [
        {"text": wording.local(one.household_key), "head": True, "url": wording.record_url("reference.household", one.household_key)},
        {"text": str(one.gain_year)},
        {"text": wording.money(one.income_fen)},
        {"text": wording.money(one.cost_fen)},
        {"text": wording.money(one.baseline_fen), "url": wording.record_url("orders.baseline", one.baseline_key)},
        {"text": wording.money(one.gain_fen), "url": wording.record_url(one.type_name(), one.key)},
        {"text": one.accounted_on.isoformat()},
    ]  # fmt: skip


def _pages(look: Look, found: Found, year: int | None) -> dict[str, Any] | None:
    if not (found.before or found.after):
        return None
    asked = {"year": year or ""}
    return {
        "previous_url": look.address("gains", **asked, before=keysets.place_of(found.rows[0], _ORDER)) if found.before and found.rows else "",
        "next_url": look.address("gains", **asked, after=keysets.place_of(found.rows[-1], _ORDER)) if found.after and found.rows else "",
        "first_url": look.address("gains", **asked) if found.before else "",
        "told": say("本页 {n} 条", n=len(found.rows)),
    }  # fmt: skip


def _stale(look: Look) -> Cell | None:
    """Accounts that settlements made later have overtaken."""
    found = asked_gains.stale(look.scope.pk, until=look.day)
    if not found:
        return None
    columns = ((say("户编号"), False), (say("核算时的结算收入"), True), (say("现在的结算单合计"), True))
    rows: list[list[Cell]] = [
        [
            {"text": wording.local(household), "head": True, "url": wording.record_url("orders.householdgain", key)},
            {"text": wording.money(told)},
            {"text": wording.money(now)},
        ]
        for key, household, told, now in found
    ]
    return table_of(say("需要重新核算的户"), columns, rows)
