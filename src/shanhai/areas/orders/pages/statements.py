"""村结算单: the villages that delivered, and every settlement of a village with what a farmer needs to check it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.orders.models import Settlement
from shanhai.areas.orders.pages.asking import Cell, Look, crumbs, price, select, share, table_of, weight
from shanhai.areas.orders.pages.prices import rule_told
from shanhai.areas.orders.queries import villages
from shanhai.areas.orders.queries.villages import Line, VillageStanding
from shanhai.base.language import say
from shanhai.web import wording
from shanhai.web.declare import page
from shanhai.web.memory import remembered

TOLD = ("orders.settled", "orders.heads_delivered", "orders.weight_delivered", "orders.households_with_deliveries")


@page("statement", "村结算单", order=20)
@remembered
@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """All villages, or the statement of one."""
    look = Look.of(request)
    town, village = look.word("town"), look.word("village")
    years = villages.years_of(look.scope.pk, until=look.day)
    year = look.chosen_year(years)
    every = villages.by_village(look.scope.pk, year=year, until=look.day)
    chosen = next((one for one in every if (one.town, one.village) == (town, village)), None)
    filters = look.filters("statement", years, year)
    if chosen is None:
        context = {
            "title": say("村结算单"), "crumbs": crumbs(), "tiles": look.tiles(TOLD, year), "filters": filters,
            "villages": _villages(look, every, year), "waiting": _waiting(look),
        }  # fmt: skip
        return render(request, "orders/villages.html", context)
    filters["kept"] += [("town", town), ("village", village)]
    filters["fields"] = [select("year", say("年份"), _years(years), str(year or "")), filters["fields"][-1]]
    lines = villages.statement(look.scope.pk, town, village, year=year, until=look.day)
    return render(request, "orders/statement.html", _statement(look, chosen, lines, year) | {"filters": filters})


def _years(years: list[int]) -> list[tuple[str, str]]:
    return [("", say("全部年份")), *((str(year), say("{year} 年", year=year)) for year in years)]


def _waiting(look: Look) -> str:
    count = villages.unsettled(look.scope.pk, until=look.day)
    return say("有 {count} 次交售到这一天还没有结算单。", count=count) if count else ""


def _villages(look: Look, every: list[VillageStanding], year: int | None) -> Cell:
    columns = (
        (say("乡镇（街道）"), False), (say("村（社区）"), False), (say("交售农户"), True), (say("交售次数"), True), (say("头数"), True),
        (say("重量（公斤）"), True), (say("结算金额"), True),
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [
            {"text": one.town},
            {"text": one.village, "head": True, "url": look.address("statement", town=one.town, village=one.village, year=year or "")},
            {"text": str(one.households)}, {"text": str(one.deliveries)}, {"text": str(one.heads)},
            {"text": weight(one.weight)}, {"text": wording.money(one.settled)},
        ]
        for one in every
    ]  # fmt: skip
    return table_of(say("各村"), columns, rows)


def _statement(look: Look, chosen: VillageStanding, lines: list[Line], year: int | None) -> dict[str, Any]:
    narrowed = {"town": chosen.town, "village": chosen.village}
    agreements = {line.agreement.key: line.agreement for line in lines}
    broken = [line for line in lines if not line.holds]
    paid = villages.paid_by_household(lines)
    return {
        "title": say("{town}{village}结算单", town=chosen.town, village=chosen.village),
        "crumbs": [*crumbs(), {"label": say("村结算单"), "url": look.address("statement", year=year or "")}],
        "period": say("{year} 年结算", year=year) if year else say("全部年份"),
        "as_of": look.day.isoformat(),
        "tiles": look.tiles(TOLD, year, narrowed),
        "summary": say("{count} 份结算单，{households} 户，合计 {amount}。", count=len(lines), households=len(paid), amount=wording.money(sum(paid.values()))),
        "rules": [{"no": one.agreement_no, "title": one.title, "told": rule_told(one), "url": wording.record_url(one.type_name(), one.key)} for one in sorted(agreements.values(), key=lambda one: one.key)],
        "further": _further(lines),
        "lines": _lines(lines, sum(paid.values())),
        "verdict": {"code": "bad", "label": say("不一致")} if broken else {"code": "good", "label": say("一致")},
        "checked": say("有 {count} 份结算单与现在的磅单或周价不一致，应另登结算单更正。", count=len(broken))
        if broken else say("全部结算单已按协议、周价和磅单重新计算，结果一致。"),
    }  # fmt: skip


def _further(lines: list[Line]) -> Cell | None:
    """The statements that put others right: the whole that is due, what was settled before, and the difference."""
    found = [line.settlement for line in lines if line.settlement.corrects_key]
    if not found:
        return None
    columns = (
        (say("结算单"), False),
        (say("更正哪一份结算单"), False),
        (say("应付"), True),
        (say("此前已结算"), True),
        (say("本次结算"), True),
    )
    rows: list[list[Cell]] = [
        [
            {"text": wording.local(one.key), "head": True, "url": wording.record_url(one.type_name(), one.key)},
            {"text": wording.local(one.corrects_key), "url": wording.record_url(one.type_name(), one.corrects_key)},
            {"text": wording.money(one.due_fen)},
            {"text": wording.money(one.settled_fen)},
            {"text": wording.money(one.amount_fen)},
        ]
        for one in found
    ]
    return table_of(say("更正的结算单"), columns, rows)


def _lines(lines: list[Line], total: int) -> Cell:
    """Every settlement with its inputs, in the order of households."""
    columns = (
        (say("户编号"), False), (say("结算单"), False), (say("交售与磅单"), False), (say("重量（公斤）"), True), (say("等级"), False),
        (say("采用的周价"), False), (say("参考价"), True), (say("加价"), True), (say("结算价"), True), (say("本次结算"), True), (say("核对"), False),
    )  # fmt: skip
    rows = [_line(line) for line in lines]
    foot: list[Cell] = [
        {"text": say("合计")}, *({"text": ""} for _ in columns[1:-2]), {"text": wording.money(total)}, {"text": ""},
    ]  # fmt: skip
    return table_of(say("结算明细"), columns, rows, foot=foot)


def _line(line: Line) -> list[Cell]:
    one, delivery = line.settlement, line.delivery
    bound = wording.cell(Settlement, "bound_code", one.bound_code) if one.bound_code != "none" else ""
    household = wording.record_url("reference.household", one.household_key)
    corrects = say("更正 {no}", no=wording.local(one.corrects_key)) if one.corrects_key else ""
    grade = say("按 {share}", share=share(one.grade_permyriad))
    badge = {"code": "good", "label": say("一致")} if line.holds else {"code": "bad", "label": say("不一致")}
    return [
        {"text": wording.local(one.household_key), "head": True, "url": household},
        {"text": wording.local(one.key), "url": wording.record_url(one.type_name(), one.key), "note": corrects},
        {
            "text": one.delivered_on.isoformat(),
            "url": wording.record_url(delivery.type_name(), delivery.key),
            "note": delivery.ticket_no,
        },
        {"text": weight(one.weight_kg2), "note": say("{n} 头", n=delivery.head_count)},
        {"text": wording.cell(Settlement, "grade_code", one.grade_code), "note": grade},
        {"text": one.week_on.isoformat(), "note": say("第 {n} 次修订", n=one.revision) if one.revision else ""},
        {"text": price(one.reference_fen)},
        {"text": share(one.premium_permyriad)},
        {"text": price(one.price_fen), "note": bound},
        {"text": wording.money(one.amount_fen)},
        {"text": "", "badge": badge},
    ]
