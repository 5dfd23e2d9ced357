"""两本账差异: transfers on which the payer's book and the receiver's do not agree, how long already, who does what next."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.access.actions import GIVE_WORD
from shanhai.access.sessions import Actor, may
from shanhai.areas.funds.actions import RECEIVE, RELEASE
from shanhai.areas.funds.pages.choices import Look, select, table_of
from shanhai.areas.funds.queries.comparing import Compared, StateTotal, compared, states_of, totals_by_state
from shanhai.areas.funds.terms import BookState
from shanhai.base.language import noted, say
from shanhai.journal.acts import ActKind
from shanhai.journal.terms import Side, Word
from shanhai.web import amounts, wording
from shanhai.web.declare import area_page_url, page
from shanhai.web.memory import remembered
from shanhai.web.sessions import SignedIn
from shanhai.web.waits import Waits

SIZE = 50
_ACROSS = {Side.EAST: Side.WEST, Side.WEST: Side.EAST}
_BADGES = {"disputed": "disputed", "unmatched": "bad", "in_transit": "late", "differs": "bad", "unanswered": "asserted", "settled": "confirmed"}  # fmt: skip
#: What is done next in each state, by which duty, and whether the receiving side does it.
_NEXT: Mapping[str, tuple[str, ActKind, bool]] = {
    "disputed": (noted("{side}核对异议，更正拨付记录，或与对方商定后请对方重新表态。"), RELEASE, False),
    "unmatched": (noted("{side}更正到账记录的“对应拨付”，或请对方补登这笔拨付。"), RECEIVE, True),
    "in_transit": (noted("{side}核对银行回单，登记到账。"), RECEIVE, True),
    "differs": (noted("{side}核对到账凭证：少登的补登，登错的更正；是拨付登错的，提出异议。"), RECEIVE, True),
    "unanswered": (noted("{side}确认这笔拨付，或提出异议并写明理由。"), GIVE_WORD, True),
}


@page("differences", "两本账差异", order=40, compares="funds.release")
@remembered
@require_safe
def differences(request: SignedIn) -> HttpResponse:
    """The totals of both books, and every transfer that is not settled, the oldest first."""
    look = Look.of(request)
    chosen = request.GET.get("state", "")
    totals = totals_by_state(look.scope.pk, until=look.day)
    found = compared(look.scope.pk, states_of(chosen), SIZE + 1, until=look.day, after=_place_in(request))
    shown, more = found[:SIZE], found[SIZE:]
    options = [(str(state), say(str(state.label))) for state in BookState]
    last = shown[-1] if more else None
    context = {
        "title": say("两本账差异"),
        "facts": _facts(look, totals),
        "totals": _totals(look, totals),
        "filters": {"action": area_page_url(differences), "fields": [select("state", say("状态"), options, chosen), look.day_field()]},
        "table": _table(look, request.actor, shown),
        "pages": {
            "first_url": _url(look, chosen) if request.GET.get("after") else "",
            "next_url": _url(look, chosen, after=json.dumps([last.released_on.isoformat(), last.release_key])) if last else "",
            "told": say("本页 {n} 条", n=len(shown)),
        },
        "calendar_note": Waits(look.day).told(one.released_on for one in shown),
        "words_url": wording.with_query(reverse("words"), scope=look.scope.code),
        "as_of": look.day.isoformat(),
    }  # fmt: skip
    return render(request, "funds/differences.html", context)


def _url(look: Look, state: str, **more: str) -> str:
    return wording.with_query(
        area_page_url(differences), scope=look.scope.code, as_of=look.told_day, state=state, **more
    )


def _place_in(request: HttpRequest) -> tuple[date, str] | None:
    """The day and key after which a page begins; whatever cannot be read is as if it were not there."""
    try:
        day, key = json.loads(request.GET.get("after", ""))
        return (date.fromisoformat(day), key) if isinstance(key, str) and "\x00" not in key else None
    except (ValueError, TypeError):
        return None


def _facts(look: Look, totals: Mapping[str, StateTotal]) -> list[dict[str, str]]:
    """Both books as wholes; each is a figure."""
    sent, received = (sum(getattr(one, name) for one in totals.values()) for name in ("sent_fen", "received_fen"))
    told = (
        (say("拨款方的账：跨区域拨付"), sent, "funds.transferred"),
        (say("收款方的账：到账"), received, "funds.received"),
        (say("相差（在途）"), sent - received, "funds.in_transit"),
    )
    return [
        {"label": label, "value": wording.money(fen), "url": amounts.figure_url(name, look.scope.code, as_of=look.day)}
        for label, fen, name in told
    ]


def _totals(look: Look, totals: Mapping[str, StateTotal]) -> dict[str, Any]:
    heads = [say("状态"), say("笔数"), say("拨付"), say("到账"), say("相差"), say("最早一笔")]
    columns = [{"label": head, "number": 0 < place < 5} for place, head in enumerate(heads)]
    rows = [_total_row(look, state, totals[str(state)]) for state in BookState if str(state) in totals]
    return table_of(say("各状态合计"), columns, rows) | {"empty": {"text": say("还没有跨区域拨付。")}}


def _total_row(look: Look, state: BookState, one: StateTotal) -> list[dict[str, Any]]:
    url = _url(look, str(state)) + "#rows"
    gap = one.sent_fen - one.received_fen
    sums = (str(one.count), *(wording.money(fen) for fen in (one.sent_fen, one.received_fen, gap)))
    return [
        {"badge": {"code": _BADGES[str(state)], "label": say(str(state.label))}, "head": True},
        *({"text": text, "url": url, "number": True} for text in sums),
        {"text": one.oldest_on.isoformat()},
    ]


def _table(look: Look, actor: Actor, shown: list[Compared]) -> dict[str, Any]:
    waits = Waits(look.day)
    heads = [
        say("拨付"),
        say("状态"),
        say("拨款方的账"),
        say("收款方的账"),
        say("相差"),
        say("已过时间"),
        say("下一步"),
    ]
    rows = [[*_cells(look, one), waits.cell(one.released_on), _next(look, actor, one)] for one in shown]
    columns = [{"label": head, "number": 1 < place < 5} for place, head in enumerate(heads)]
    empty = {"text": say("两本账没有差异：每笔跨区域拨付都已足额到账，并经对方确认。")}
    return table_of(say("两本账不一致的拨付"), columns, rows) | {"empty": empty}


def _cells(look: Look, one: Compared) -> list[dict[str, Any]]:
    received = say("{day} 到账", day=one.received_on.isoformat()) if one.received_on else say("未登记")
    receipts = _receipts(look, one) or _record(one)
    return [
        {"text": one.document_no or wording.local(one.release_key), "url": _record(one), "note": look.source_word(one.source_key), "head": True},
        {"badge": {"code": _BADGES[one.state], "label": say(str(BookState(one.state).label))}, "note": _said(one)},
        {"text": wording.money(one.sent_fen), "url": _record(one), "note": one.released_on.isoformat(), "number": True},
        {"text": wording.money(one.received_fen), "url": receipts, "note": received, "number": True},
        {"text": wording.money(one.gap_fen), "url": receipts, "number": True},
    ]  # fmt: skip


def _record(one: Compared) -> str:
    """The transfer's record; the receipt's where no transfer is there."""
    return (
        wording.record_url("funds.receipt", one.receipt_key)
        if one.state == BookState.UNMATCHED
        else wording.record_url("funds.release", one.release_key)
    )


def _receipts(look: Look, one: Compared) -> str:
    """The receipts that name the transfer; nothing where there are none."""
    told = {"scope": look.scope.code, "release_key": one.release_key}
    return wording.with_query(reverse("list", args=["funds.receipt"]), **told) if one.receipt_key else ""


def _said(one: Compared) -> str:
    """The other side's word with its day and reason."""
    if not one.word or one.said_on is None:
        return say("对方未表态")
    day = one.said_on.isoformat()
    return (
        say("{day} 对方确认", day=day)
        if one.word == Word.CONFIRMED
        else say("{day} 异议：{note}", day=day, note=one.note)
    )


def _next(look: Look, actor: Actor, one: Compared) -> dict[str, Any]:
    """What is done next, by whom, and where; told apart where this reader may do it."""
    if one.state not in _NEXT:
        return {"text": say("不需要再办。")}
    sentence, duty, is_receiving = _NEXT[one.state]
    side = _ACROSS.get(Side(one.owner_side), Side.OWN) if is_receiving else Side(one.owner_side)
    mine = may(actor, duty, scope_id=look.scope.pk, side=str(side))
    told: dict[str, Any] = {"text": say(sentence, side=say(str(side.label))), "url": _done_at(look, one, mine=mine)}
    return told | {"badge": {"code": "late", "label": say("等本方办")}} if mine else told


def _done_at(look: Look, one: Compared, *, mine: bool) -> str:
    """Where it is done: the form for who may, else the record itself."""
    if mine and one.state in (BookState.IN_TRANSIT, BookState.DIFFERS):
        return wording.with_query(reverse("form-new", args=["funds.receipt"]), scope=look.scope.code)
    if mine and one.state == BookState.DISPUTED:
        return reverse("form-correct", args=["funds.release", one.release_key])
    return _record(one)
