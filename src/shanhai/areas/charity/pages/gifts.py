"""捐赠: money and goods apart, by level and year; appeals within appeals, each gift counted once; what the other side says."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.charity import queries
from shanhai.areas.charity.models import Appeal, Donation
from shanhai.areas.charity.pages.asking import Cell, Look, crumbs, table, years
from shanhai.areas.charity.terms import GiverLevel
from shanhai.base.language import noted, say
from shanhai.figures.folding import Value
from shanhai.web import amounts, wording
from shanhai.web.declare import page
from shanhai.web.memory import remembered

_MONEY, _GOODS, _BOTH = "charity.donated_money", "charity.donated_goods", "charity.donated"
_WORDS = (("none", noted("待对方确认")), ("confirmed", noted("对方已确认")), ("disputed", noted("对方有异议")))


@page("gifts", "捐赠", order=20)
@remembered
@require_safe
def gifts(request: HttpRequest) -> HttpResponse:
    """Gifts received up to a day."""
    look = Look.of(request)
    context = {
        "title": say("捐赠"), "tiles": look.tiles((_MONEY, _GOODS, _BOTH, "charity.gifts_handed_out")), "as_of": look.day.isoformat(),
        "chart": years(look, say("各年捐赠资金与物资价值"), (_MONEY, _GOODS), beside=(_BOTH,)),
        "levels": _levels(look), "appeals": _appeals(look), "words": _words(look),
        "filters": look.filters("charity-gifts"), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "charity/gifts.html", context)


def _heads(first: str) -> list[tuple[str, bool]]:
    return [(first, False), *((amounts.figure_word(amounts.declared(name)), True) for name in (_MONEY, _GOODS, _BOTH))]


def _levels(look: Look) -> dict[str, Any]:
    """Money and goods by the level they came from."""
    found = look.cut((_MONEY, _GOODS, _BOTH), "level")
    told = [level for level in GiverLevel if any(str(level) in cells for cells in found.values())]
    rows: list[list[Cell]] = [
        [{"text": say(str(level.label)), "head": True}, *(look.cell(found, name, "level", of=str(level)) for name in (_MONEY, _GOODS, _BOTH))]
        for level in told
    ]  # fmt: skip
    return table(say("按捐赠层级"), _heads(say("捐赠层级")), rows)


def _appeals(look: Look) -> dict[str, Any] | None:
    """Appeals in the order of their nesting; a line holds its own gifts and those of all that is part of it."""
    nested = queries.nested_appeals(look.asked.scope.pk)
    if not nested:
        return None
    found = look.cut((_MONEY, _GOODS), "appeal")
    heads = [
        (say("募捐项目"), False), (say("层次"), True), (say("直接收到的资金"), True), (say("直接收到的物资价值"), True), (say("连同下层合计"), True),
    ]  # fmt: skip
    own = {
        appeal.key: sum((_yuan(found[name].get(appeal.key)) for name in (_MONEY, _GOODS)), Decimal(0))
        for appeal, _ in nested
    }
    rows: list[Sequence[Cell]] = []
    for appeal, parts in nested:
        whole = sum((own[key] for key in parts), Decimal(0))
        rows.append(
            [
                {"text": appeal.name, "head": True, "url": wording.record_url("charity.appeal", appeal.key), "note": _above(appeal, nested)},
                {"text": str(appeal.level_no), "number": True},
                *(look.cell(found, name, "appeal", of=appeal.key) for name in (_MONEY, _GOODS)),
                {"text": f"{whole:,.2f}", "number": True},
            ]
        )  # fmt: skip
    return table(say("募捐项目"), heads, rows)


def _above(appeal: Appeal, nested: Sequence[tuple[Appeal, Sequence[str]]]) -> str:
    """Which appeal this one is part of."""
    above = next((one.name for one, _ in nested if one.key == appeal.parent_key), "")
    return say("属于“{name}”", name=above) if above else ""


def _yuan(value: Value | None) -> Decimal:
    return value.amount if value is not None and isinstance(value.amount, Decimal) else Decimal(0)


def _words(look: Look) -> dict[str, Any] | None:
    """Gifts from the east in both books: how many the other side has confirmed, disputed, or not answered yet."""
    said = queries.gifts_by_word(look.asked.scope.pk, look.day)
    if not said:
        return None
    listed = reverse("list", args=["charity.donation"])
    rows: list[list[Cell]] = []
    for word, label in _WORDS:
        count, fen = said.get(word, (0, 0))
        url = wording.with_query(listed, scope=look.asked.scope.code, word=word)
        rows.append(
            [{"text": say(label), "head": True}, {"text": f"{count:,}", "number": True, "url": url if count else ""},
             {"text": wording.money(fen), "number": True}]
        )  # fmt: skip
    heads = [(say("对方意见"), False), (say("笔数"), True), (wording.label(Donation, "amount_fen"), True)]
    return table(say("东部捐赠的两本账"), heads, rows)
