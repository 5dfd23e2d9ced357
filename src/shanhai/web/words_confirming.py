"""Confirming at once what the other side registered of one type: what would be confirmed is shown first, then no more than that."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_http_methods

from shanhai.access.actions import GIVE_WORD, confirm_records
from shanhai.access.sessions import Actor, may
from shanhai.base.findings import Refused
from shanhai.base.language import noted, say
from shanhai.journal.models import Span
from shanhai.journal.terms import Side
from shanhai.web import wording
from shanhai.web.journal_pages import number_of
from shanhai.web.live_records import live_records
from shanhai.web.sessions import Forbidden, SignedIn, leads_back
from shanhai.web.waits import Waits
from shanhai.web.words_asked import TITLE, WordsAsked
from shanhai.web.words_found import ACROSS, Count, Lot, Standing, crossing_types, lot_of, page_of

#: How records stand that wait for a word; a disputed one waits for its own side.
_WAITING = (Standing.ASSERTED, Standing.CHANGED)
_CHANGED = noted("本页打开以后，这些记录里有的更正过，或者已经由别人表态。没有确认任何一条；请看过现在的内容再确认。")


def confirming_of(asked: WordsAsked, actor: Actor, counts: Iterable[Count]) -> dict[str, Any] | None:
    """What leads from a list to confirming all of it at once, for who may; the advice to choose a type where none is."""
    found: dict[str, int] = {}
    for one in counts:
        if one.turn == ACROSS[one.side] and _is_shown(asked, one):
            found[one.turn] = found.get(one.turn, 0) + one.count
    mine = {side: n for side, n in found.items() if may(actor, GIVE_WORD, scope_id=asked.scope.pk, side=side)}
    if not mine:
        return None
    if not asked.narrowing.record_type:
        return {"advice": say("选定一种记录类型后，等本方确认的可以一次全部确认。"), "links": []}
    return {"advice": "", "links": [_link(asked, side, n, alone=len(mine) == 1) for side, n in sorted(mine.items())]}


def _is_shown(asked: WordsAsked, one: Count) -> bool:
    narrowing = asked.narrowing
    pairs = (
        (narrowing.record_type, one.record_type),
        (narrowing.standing, one.standing),
        (narrowing.side, one.side),
        (narrowing.turn, one.turn),
    )
    return all(wanted in ("", found) for wanted, found in pairs)


def _link(asked: WordsAsked, side: str, count: int, *, alone: bool) -> dict[str, str]:
    n = f"{count:,}"
    label = (
        say("全部确认（{n} 条）…", n=n) if alone else say("{side}全部确认（{n} 条）…", side=asked.side_word(side), n=n)
    )
    return {"label": label, "url": _Confirming(asked.narrowed(side=ACROSS[side], turn=side)).url}


def told_notes(request: HttpRequest, asked: WordsAsked) -> dict[str, Any]:
    """What was just confirmed, by the act the address names, as the journal has it; nothing for any other word."""
    try:
        number = uuid.UUID(request.GET.get("told", ""))
    except ValueError:
        return {}
    spans = Span.objects.filter(act_id=number, scope_id=asked.scope.pk, code=GIVE_WORD.code)
    count = spans.aggregate(count=Sum("entry_count"))["count"]
    if not count:
        return {}
    note = {
        "tone": "good",
        "text": say("已确认 {n} 条，并记入日志。", n=f"{count:,}"),
        "url": reverse("journal-act", args=[number]),
        "label": say("查看这次操作"),
    }
    return {"notes": [note]}


@dataclass(frozen=True, slots=True)
class _Confirming:
    """Records of one type in one side's book that wait for the other side: `asked` names the type and both sides."""

    asked: WordsAsked

    @classmethod
    def of(cls, request: SignedIn) -> "_Confirming":
        """As an address asks; the side that confirms is the reader's own where the address names none."""
        asked = WordsAsked.of(request)
        told = asked.narrowing
        if not told.record_type or told.standing not in ("", *_WAITING):
            raise Http404
        named = told.turn or ACROSS.get(told.side, "")
        mine = [side for side in ACROSS if may(request.actor, GIVE_WORD, scope_id=asked.scope.pk, side=side)]
        turn = named or next(iter(mine), "")
        if turn and told.side not in ("", ACROSS[turn]):
            raise Http404
        if turn not in mine:
            raise Forbidden(say("确认对方的记录，由等着表态的那一方的协作办经办人或财务人员来做；没有写入任何内容。"))
        return cls(asked.narrowed(side=ACROSS[turn], turn=turn))

    @property
    def url(self) -> str:
        asked = self.asked.narrowing
        told = {"type": asked.record_type, "standing": asked.standing, "turn": asked.turn}
        return wording.with_query(reverse("words-confirm-all"), scope=self.asked.scope.code, **told)

    @property
    def back(self) -> WordsAsked:
        """The list of the type, where what is left is seen."""
        return self.asked.whole.narrowed(record_type=self.asked.narrowing.record_type)

    def confirm(self, actor: Actor, *, count: int, until: int) -> uuid.UUID:
        """Confirm what was shown: so many records up to that entry; where it is not the same any more, none."""
        scope_id = self.asked.scope.pk
        found = page_of(scope_id, replace(self.asked.narrowing, until=until), count + 1) if count and until else []
        records = live_records((one.record_type, one.key, scope_id) for one in found)
        if not count or len(records) != count:
            raise Refused(say(_CHANGED))
        return confirm_records(list(records.values()), actor=actor, today=localdate())


@leads_back
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedIn) -> HttpResponse:
    """Say what would be confirmed; confirm it when it is sent back, and show it anew where it changed meanwhile."""
    confirming = _Confirming.of(request)
    if request.method != "POST":
        return _shown(request, confirming)
    count, until = (number_of(request.POST.get(name, "")) or 0 for name in ("count", "until"))
    try:
        act = confirming.confirm(request.actor, count=count, until=until)
    except Refused as refused:
        return _shown(request, confirming, error=str(refused), status=409)
    return redirect(confirming.back.url(told=str(act)))


def _shown(request: SignedIn, confirming: _Confirming, *, error: str = "", status: int = 200) -> HttpResponse:
    asked = confirming.asked
    lot = lot_of(asked.scope.pk, asked.narrowing)
    files = (("xlsx", say("下载这些记录（工作簿）")), ("csv", say("下载 CSV")))
    context = {
        "title": say("全部确认"),
        "error": error,
        "type": wording.type_word(crossing_types()[asked.narrowing.record_type]),
        "side": say(str(Side(asked.narrowing.side).label)),
        "n": f"{lot.count:,}",
        "lot": lot,
        "facts": _facts(asked, lot),
        "action": confirming.url,
        "back_url": confirming.back.url() + "#rows",
        "downloads": [{"label": word, "url": asked.url(to=form, until=str(lot.until))} for form, word in files],
        "crumbs": [{"label": say("首页"), "url": "/"}, {"label": say(TITLE), "url": confirming.back.url()}],
    }
    return render(request, "web/words_confirm.html", context, status=status)


def _facts(asked: WordsAsked, lot: Lot) -> list[dict[str, str]]:
    day, waits = localtime(lot.oldest_at).date() if lot.oldest_at else None, Waits(localdate())
    told = [
        (say("记录类型"), wording.type_word(crossing_types()[asked.narrowing.record_type])),
        (say("要确认"), say("{n} 条", n=f"{lot.count:,}")),
        (say("其中更正后待确认"), say("{n} 条", n=f"{lot.changed:,}") if lot.changed else ""),
        (say("填报方"), asked.side_word(asked.narrowing.side)),
        (say("由哪方确认"), asked.side_word(asked.narrowing.turn)),
        (say("最早一条"), say("{day}（{n} 天）", day=day.isoformat(), n=waits.days(day)) if day else ""),
    ]
    return [{"label": label, "value": value} for label, value in told if value]
