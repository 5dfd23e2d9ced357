"""价格与结算: a weekly price series with the settlements made by it, and the rules of the agreements that refer to it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.orders.models import PricePoint, PurchaseAgreement, Settlement
from shanhai.areas.orders.pages import price_drawing
from shanhai.areas.orders.pages.asking import Cell, Look, crumbs, price, select, share, table_of
from shanhai.areas.orders.queries import weeks
from shanhai.areas.orders.queries.weeks import Week
from shanhai.base.language import say
from shanhai.web import wording
from shanhai.web.declare import page
from shanhai.web.memory import remembered

TOLD = (
    "orders.premium_settled",
    "orders.settled",
    "orders.weight_delivered",
    "orders.heads_delivered",
    "orders.bounded_settlements",
)
#: Settlements of one week shown on the page; the record list has the others.
MOST = 60


@page("prices", "价格与结算", order=10)
@remembered
@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    """The series, week by week."""
    look = Look.of(request)
    every = weeks.series_of(look.scope.pk)
    chosen = next((one for one in every if one.key == look.word("series")), every[0] if every else None)
    key = chosen.key if chosen else ""
    years = weeks.years_of(look.scope.pk, key, until=look.day)
    year = look.chosen_year(years)
    agreements = weeks.agreements_on(look.scope.pk, key, until=look.day)
    found = weeks.weeks(look.scope.pk, key, [one.key for one in agreements], year=year, until=look.day)
    week = _week(look.word("week"))
    context = {
        "title": say("价格与结算"), "crumbs": crumbs(), "tiles": look.tiles(TOLD, year),
        "lead": say("{name}，{place}，{publisher}公布，每公斤元。", name=chosen.name, place=chosen.place, publisher=chosen.publisher) if chosen else say("还没有登记价格序列。"),
        "filters": look.filters("prices", years, year, [select("series", say("价格序列"), ((one.key, one.name) for one in every), key)]),
        "chart": _chart(look, found, key, year), "rules": _rules(agreements),
        "week": _of_week(look, week, [one.key for one in agreements]) if week else None,
    }  # fmt: skip
    return render(request, "orders/prices.html", context)


def _week(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _chart(look: Look, found: list[Week], series: str, year: int | None) -> Cell | None:
    """The line of prices with a bar for the settlements of each week, and the same as a table."""
    if not found:
        return None
    urls = {
        one.monday: look.address("prices", series=series, year=year or "", week=one.monday.isoformat()) + "#week"
        for one in found
        if one.count
    }
    return {
        "title": say("每周参考价（线）与按它结算的价格（竖条，最低到最高），元/公斤"),
        "svg": price_drawing.drawn(found, urls), "picture_url": "", "table": _table(found, urls, series),
    }  # fmt: skip


def _table(found: list[Week], urls: dict[date, str], series: str) -> Cell:
    columns = (
        (say("周（周一）"), False),
        (say("首次公布"), True),
        (say("最新修订"), True),
        (say("结算份数"), True),
        (say("结算价"), True),
        (say("结算金额"), True),
    )
    rows: list[list[Cell]] = []
    for one in found:
        point = f"{series}/{one.monday.isoformat()}"
        first, last = one.prices[0], one.prices[-1]
        between = f"{price(one.lowest)}–{price(one.highest)}" if one.count else "–"
        rows.append([
            {"text": one.monday.isoformat(), "head": True},
            {"text": price(first[1]), "url": wording.record_url(PricePoint.type_name(), f"{point}/{first[0]}")},
            {"text": price(last[1]), "url": wording.record_url(PricePoint.type_name(), f"{point}/{last[0]}")} if last[0] else {"text": "–"},
            {"text": str(one.count), "url": urls.get(one.monday, "")},
            {"text": between},
            {"text": wording.money(one.amount) if one.count else "–"},
        ])  # fmt: skip
    return table_of(say("各周价格与结算"), columns, rows)


def _rules(agreements: list[PurchaseAgreement]) -> Cell:
    """Every agreement on the series with its rule, as a farmer would read it."""
    columns = ((say("订购协议"), False), (say("收购方"), False), (say("期限"), False), (say("定价规则"), False))
    rows: list[list[Cell]] = [
        [
            {"text": one.title, "url": wording.record_url(one.type_name(), one.key), "head": True, "note": one.agreement_no},
            {"text": one.buyer_name, "note": wording.cell(PurchaseAgreement, "buyer_side_code", one.buyer_side_code)},
            {"text": say("{first} 至 {last}", first=one.first_on.isoformat(), last=one.last_on.isoformat())},
            {"text": rule_told(one)},
        ]
        for one in agreements
    ]  # fmt: skip
    return table_of(say("采用这个价格的订购协议"), columns, rows)


def rule_told(one: PurchaseAgreement) -> str:
    """The price rule of an agreement in a sentence."""
    return say(
        "交售周之前第 {lag} 周的参考价加 {premium}，保底 {floor}、封顶 {ceiling}；一级按 {first}、二级按 {second}、三级按 {third}。缺周价时：{missing}；周价修订时：{revised}。",
        lag=one.lag_weeks, premium=share(one.premium_permyriad), floor=price(one.floor_fen), ceiling=price(one.ceiling_fen),
        first=_percent(one.first_percent), second=_percent(one.second_percent), third=_percent(one.third_percent),
        missing=wording.cell(PurchaseAgreement, "missing_code", one.missing_code),
        revised=wording.cell(PurchaseAgreement, "revised_code", one.revised_code),
    )  # fmt: skip


def _percent(given: Any) -> str:
    return share(int(given * 100)) if given is not None else say("不收")


def _of_week(look: Look, week: date, agreements: list[str]) -> Cell:
    """The settlements that used the price of one week, each with what it was reckoned from."""
    used = Settlement.objects.filter(
        scope=look.scope, agreement_key__in=agreements, week_on=week, settled_on__lte=look.day
    )
    shown = list(used.order_by("settled_on", "key")[: MOST + 1])
    columns = (
        (say("结算单"), False), (say("村"), False), (say("交售日期"), False), (say("等级"), False), (say("参考价"), True), (say("加价"), True),
        (say("结算价"), True), (say("结算金额"), True),
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [
            {"text": wording.local(one.key), "url": wording.record_url(one.type_name(), one.key), "head": True},
            {"text": f"{one.town}{one.village}", "url": look.address("statement", town=one.town, village=one.village, year=one.settled_on.year)},
            {"text": one.delivered_on.isoformat()},
            {"text": wording.cell(Settlement, "grade_code", one.grade_code)},
            {"text": price(one.reference_fen)},
            {"text": share(one.premium_permyriad)},
            {"text": price(one.price_fen), "note": wording.cell(Settlement, "bound_code", one.bound_code) if one.bound_code != "none" else ""},
            {"text": wording.money(one.amount_fen)},
        ]
        for one in shown[:MOST]
    ]  # fmt: skip
    return {
        "title": say("{week} 那一周的价格下的结算", week=week.isoformat()),
        "table": table_of(say("这一周的结算"), columns, rows),
        "more": say("这里列出前 {most} 份，其余在“结算”记录表里。", most=MOST) if len(shown) > MOST else "",
    }
