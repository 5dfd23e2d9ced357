"""消费帮扶: one list of sales seen by seller, buyer or channel; signed beside realised; and what the land can give."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.orders.models import Sale
from shanhai.areas.orders.pages.asking import Cell, Look, crumbs, select, table_of
from shanhai.areas.orders.queries import selling
from shanhai.areas.orders.queries.selling import Held, Share
from shanhai.asking import values
from shanhai.base.language import noted, say
from shanhai.web import amounts, charts, wording
from shanhai.web.charts import Bar
from shanhai.web.declare import page
from shanhai.web.drawings import inline
from shanhai.web.memory import remembered

TOLD = (
    "orders.sales",
    "orders.sales_bought",
    "orders.sales_helped",
    "orders.sales_signed",
    "orders.products_recognised",
)
_PARTS = ("orders.sales_bought", "orders.sales_helped")
_VIEWS = {"seller": noted("销售方"), "buyer": noted("购买方"), "channel": noted("渠道")}


@page("sales", "消费帮扶", order=40)
@remembered
@require_safe
def sales(request: HttpRequest) -> HttpResponse:
    """The sales of a year or of all."""
    look = Look.of(request)
    view = look.word("view") if look.word("view") in _VIEWS else "seller"
    years = selling.years_of(look.scope.pk, until=look.day)
    year = look.year
    shares = selling.by_view(look.scope.pk, view, year=year, until=look.day)
    held = selling.held(look.scope.pk, until=look.day)
    context = {
        "title": say("消费帮扶"), "crumbs": crumbs(), "tiles": look.tiles(TOLD, year),
        "filters": look.filters("sales", years, year, [select("view", say("从哪一方看"), ((code, say(word)) for code, word in _VIEWS.items()), view)]),
        "views": [{"label": say("按{view}", view=say(word)), "url": look.address("sales", view=code, year=year or ""), "current": code == view} for code, word in _VIEWS.items()],
        "note": say("三张表是同一批销售：每笔有一个编号，只计一次，所以三个合计相同。"),
        "shares": _shares(look, view, shares, year), "chart": _chart(look), "contracts": _contracts(look),
        "held": _held(held), "beyond": _beyond(held),
    }  # fmt: skip
    return render(request, "orders/sales.html", context)


def _beyond(held: list[Held]) -> str:
    count = sum(one.beyond for one in held)
    return (
        say("有 {count} 个产品的年销售超过面积、亩产和价格上限之积，请核对销售或认定资料。", count=count)
        if count
        else ""
    )


def _shares(look: Look, view: str, shares: list[Share], year: int | None) -> Cell:
    word = say(_VIEWS[view])
    columns = ((word, False), (say("笔数"), True), (say("采购"), True), (say("帮助销售"), True), (say("合计"), True))
    rows: list[list[Cell]] = [
        [
            {"text": wording.cell(Sale, selling.VIEWS[view], one.name), "head": True, "url": _channel_url(look, one.name, year) if view == "channel" else ""},
            {"text": str(one.count)}, {"text": wording.money(one.bought)}, {"text": wording.money(one.helped)}, {"text": wording.money(one.total)},
        ]
        for one in shares
    ]  # fmt: skip
    foot = [
        {"text": say("合计")}, {"text": str(sum(one.count for one in shares))}, {"text": wording.money(sum(one.bought for one in shares))},
        {"text": wording.money(sum(one.helped for one in shares))}, {"text": wording.money(sum(one.total for one in shares))},
    ]  # fmt: skip
    return table_of(say("按{view}", view=word), columns, rows, foot=foot)


def _channel_url(look: Look, channel: str, year: int | None) -> str:
    name = amounts.narrowed_name(amounts.declared("orders.sales"), {"channel": channel})
    return amounts.figure_url(name, look.scope.code, year=year, as_of=look.day.isoformat())


def _chart(look: Look) -> Cell | None:
    """Both parts year by year; every bar opens to its figure."""
    found = {name: values.by_year(look.asked, name, as_of=look.day) for name in _PARTS}
    years = sorted(next(iter(found.values())))
    drawn = [
        Bar(str(year), value.amount / 10_000, say("{figure}：{year} 年 {value} {unit}", figure=amounts.figure_word(value.figure), year=year,
            value=amounts.text(value), unit=amounts.unit_word(value.figure)), _figure_url(look, name, year), amounts.figure_word(value.figure))
        for name, by_year in found.items() for year, value in by_year.items() if isinstance(value.amount, Decimal)
    ]  # fmt: skip
    if not drawn:
        return None
    columns = ((say("年份"), False), *((amounts.figure_word(amounts.declared(name)), True) for name in _PARTS))
    rows: list[list[Cell]] = [
        [{"text": str(year), "head": True}, *({"text": amounts.text(found[name][year]) or "–", "url": _figure_url(look, name, year)} for name in _PARTS)]
        for year in years
    ]  # fmt: skip
    return {
        "title": say("各年采购与帮助销售（万元）"),
        "svg": inline(charts.bars(drawn, order=[str(year) for year in years]), label=say("；").join(bar.told for bar in drawn)),
        "picture_url": "", "table": table_of(say("各年数值（元）"), columns, rows),
    }  # fmt: skip


def _figure_url(look: Look, name: str, year: int) -> str:
    return amounts.figure_url(name, look.scope.code, year=year, as_of=look.day.isoformat())


def _contracts(look: Look) -> Cell:
    """What was signed beside what was sold under it; the two are never added."""
    columns = (
        (say("签约"), False),
        (say("日期"), False),
        (say("购买方"), False),
        (say("渠道"), False),
        (say("签约金额"), True),
        (say("已实现"), True),
    )
    rows: list[list[Cell]] = [
        [
            {"text": one.contract_no, "head": True, "url": wording.record_url(one.type_name(), one.key), "note": one.seller_name},
            {"text": one.signed_on.isoformat()}, {"text": one.buyer_name}, {"text": wording.cell(Sale, "channel_code", one.channel_code)},
            {"text": wording.money(one.amount_fen)}, {"text": wording.money(realised) if realised else "–"},
        ]
        for one, realised in selling.contracts(look.scope.pk, until=look.day)
    ]  # fmt: skip
    return table_of(say("签约与实现"), columns, rows)


def _held(held: list[Held]) -> Cell:
    """Each product's sales of a year beside what its land can give."""
    columns = ((say("产品"), False), (say("年份"), False), (say("销售（公斤）"), True), (say("面积×亩产（公斤）"), True), (say("销售金额"), True),
               (say("面积×亩产×价格上限"), True), (say("核对"), False))  # fmt: skip
    rows: list[list[Cell]] = [
        [
            {"text": one.product.name, "head": True, "url": wording.record_url(one.product.type_name(), one.product.key), "note": one.product.product_no},
            {"text": str(one.year)}, {"text": f"{one.quantity:,.2f}"}, {"text": f"{one.most_kg:,.2f}" if one.most_kg is not None else say("未登记")},
            {"text": wording.money(one.amount)}, {"text": wording.money(one.most_fen) if one.most_fen is not None else say("未登记")},
            {"text": "", "badge": _badge(one)},
        ]
        for one in held
    ]  # fmt: skip
    return table_of(say("销售与产能核对"), columns, rows)


def _badge(one: Held) -> dict[str, str]:
    if one.beyond:
        return {"code": "bad", "label": say("超过产能")}
    if one.most_kg is None:
        return {"code": "", "label": say("无法核对")}
    return {"code": "good", "label": say("在产能之内")}
