"""分红对照: each round's decision, list and payments beside each other; the three are one or the page says how not."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.planting.pages.asking import (
    Asked,
    Cell,
    base_url,
    crumbs,
    money_told,
    number,
    select,
    table_of,
    yuan,
)
from shanhai.areas.planting.queries import standing
from shanhai.areas.planting.queries.standing import Round
from shanhai.base.language import noted, say
from shanhai.web import wording
from shanhai.web.declare import page
from shanhai.web.memory import remembered

#: The states of a round: the badge's code, and its word.
STATES = {
    "agrees": ("confirmed", noted("三者一致")),
    "part": ("late", noted("没有付完")),
    "differs": ("disputed", noted("三者不一致")),
    "unpaid": ("asserted", noted("已列未付")),
    "unlisted": ("late", noted("还没有名单")),
}


@page("rounds", "分红对照", order=20)
@remembered
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round by the day it was decided, the latest first."""
    asked = Asked.of(request)
    found = standing.rounds_on(asked.scope, on=asked.day, base=asked.base)
    fields = [select("base", say("基地"), standing.bases_of(asked.scope), asked.base), asked.day_field()]
    waiting = sum(1 for one in found if one.state != "agrees")
    context = {
        "title": say("分红对照"), "lead": _lead(asked, found, waiting), "table": table(asked, found, named=True),
        "unit_told": money_told(), "filters": asked.filters(reverse("planting-rounds"), fields), "crumbs": crumbs(beside=True),
    }  # fmt: skip
    return render(request, "planting/rounds.html", context)


def _lead(asked: Asked, found: Sequence[Round], waiting: int) -> str:
    if waiting:
        return say(
            "算到 {day}：{n} 批分红，其中 {waiting} 批还没有付清或没有名单。",
            day=asked.day.isoformat(),
            n=len(found),
            waiting=waiting,
        )
    return say("算到 {day}：{n} 批分红，决定、名单、支付都一致。", day=asked.day.isoformat(), n=len(found))


def table(asked: Asked, found: Sequence[Round], *, named: bool = False) -> dict[str, Any]:
    """Rounds as a table; with the name of the base where they are of several."""
    heads = [
        (say("批次"), False), (say("收益总额"), True), (say("集体留存"), True), (say("决定分配到户"), True), (say("名单合计"), True),
        (say("已付"), True), (say("未付"), True), (say("核对"), False),
    ]  # fmt: skip
    return table_of(say("分红对照"), heads, [_row(asked, one, named=named) for one in found])


def _row(asked: Asked, one: Round, *, named: bool) -> list[Cell]:
    record = wording.record_url("planting.dividendround", one.key)
    lines = asked.records("planting.dividendline", round_key=one.key)
    payments = asked.records("planting.benefitpayment", base_key=one.base_key, channel_code="dividend")
    note = say("{day} 决定 · {document}", day=one.decided_on.isoformat(), document=one.document_no)
    last = say("最后一笔 {day}", day=one.last_paid_on.isoformat()) if one.last_paid_on else ""
    code, word = STATES[one.state]
    head: Cell = {"text": wording.local(one.key), "url": record, "head": True, "note": note}
    if named:
        head |= {"text": f"{one.base_name} {wording.local(one.key).partition('/')[2]}"}
    return [
        head,
        number(yuan(one.income_fen), record),
        number(yuan(one.kept_fen), record),
        number(yuan(one.shared_fen), record),
        number(yuan(one.listed_fen), lines, note=say("{n} 户", n=one.listed)),
        number(yuan(one.paid_fen), payments, note=" · ".join(filter(None, (say("{n} 户", n=one.paid), last)))),
        number(yuan(one.shared_fen - one.paid_fen), base_url(one.base_key)),
        {"text": "", "badge": {"code": code, "label": say(word)}},
    ]
