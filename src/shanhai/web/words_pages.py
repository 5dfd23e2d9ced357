"""两边核对: every kind of record that crosses the border, what the other side says of it, and who does what next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from shanhai.base.language import say
from shanhai.journal.models import Record
from shanhai.journal.terms import Side
from shanhai.web import wording
from shanhai.web.keysets import Found
from shanhai.web.memory import remembered
from shanhai.web.sessions import SignedIn
from shanhai.web.waits import Waits
from shanhai.web.words import place_of
from shanhai.web.words_asked import TITLE, WordsAsked, place_in, told_place
from shanhai.web.words_confirming import confirming_of, told_notes
from shanhai.web.words_found import Crossing, counts_in, crossing_types, page_of
from shanhai.web.words_told import Teller, badge, gist, said, since, table_of
from shanhai.web.words_totals import compared_of, facts_of, totals_of

SIZE = 50


@remembered
@require_safe
def page(request: SignedIn) -> HttpResponse:
    """How every type of record stands between the two sides, and what is not settled: disputes, then the longest waiting."""
    asked = WordsAsked.of(request)
    counts = counts_in(asked.scope.pk)
    found = _found(asked, place_in(request, "after"), place_in(request, "before"))
    teller = Teller(asked, request.actor, Waits(localdate()))
    files = (("xlsx", say("下载工作簿")), ("csv", say("下载 CSV")))
    context = {
        "title": say(TITLE),
        "facts": facts_of(asked, counts) if counts else [],
        "totals": totals_of(asked, counts, teller.waits),
        "compared": compared_of(asked),
        "filters": {
            "action": reverse("words") + "#rows",
            "kept": [("scope", asked.scope.code)],
            "fields": asked.fields(),
            "clear_url": "" if asked == asked.whole else asked.whole.url() + "#rows",
        },
        "confirming": confirming_of(asked, request.actor, counts),
        "table": _table(teller, found.rows) | {"empty": {"text": _empty(asked, crosses=bool(counts))}},
        "pages": _pages(asked, found),
        "downloads": [{"label": label, "url": asked.url(to=form)} for form, label in files] if found.rows else [],
        "calendar_note": teller.waits.told(day for day in map(since, found.rows) if day),
        "crumbs": [{"label": say("首页"), "url": "/"}],
    }
    return render(request, "web/words.html", context | told_notes(request, asked))


def _found(asked: WordsAsked, after: tuple[int, int] | None, before: tuple[int, int] | None) -> Found:
    """A page of the list: the records before a place, else those after one, else the first."""
    if before is not None:
        rows = page_of(asked.scope.pk, asked.narrowing, SIZE + 1, place=before, back=True)
        return Found(rows[-SIZE:], len(rows) > SIZE, True)
    rows = page_of(asked.scope.pk, asked.narrowing, SIZE + 1, place=after)
    return Found(rows[:SIZE], after is not None, len(rows) > SIZE)


def _pages(asked: WordsAsked, found: Found) -> dict[str, Any] | None:
    if not (found.before or found.after):
        return None
    first, last = found.rows[:1], found.rows[-1:]
    return {
        "previous_url": asked.url(before=told_place(first[0].place)) if found.before and first else "",
        "next_url": asked.url(after=told_place(last[0].place)) if found.after and last else "",
        "first_url": asked.url() if found.before else "",
        "told": say("本页 {n} 条", n=len(found.rows)),
    }


def _table(teller: Teller, rows: list[Crossing]) -> dict[str, Any]:
    records = teller.records(rows)
    heads = [say("记录"), say("填报方"), say("状态"), say("已过时间"), say("等哪方办"), say("下一步")]
    told = [_cells(teller, one, teller.record_of(one, records)) for one in rows]
    return table_of(say("逐条核对"), [{"label": head} for head in heads], told)


def _cells(teller: Teller, one: Crossing, record: Record | None) -> list[dict[str, Any]]:
    step, scope = teller.step(one), teller.asked.scope
    word = wording.type_word(crossing_types()[one.record_type])
    key = {"text": f"{word} {wording.local(one.key)}", "url": wording.record_url(one.record_type, one.key)}
    next_step: dict[str, Any] = {"text": step.sentence}
    if step.mine:
        next_step |= {"url": teller.url(one), "badge": {"code": "late", "label": say("等本方办")}}
    return [
        key | {"note": gist(record) if record else "", "head": True},
        {"text": say(str(Side(one.owner_side).label)), "note": place_of(scope, one.owner_side), "whole": True},
        {"badge": badge(one), "note": said(one)},
        _waited(teller, one),
        {"text": say(str(Side(one.turn).label)), "note": step.duties} if one.turn else {"text": "–"},
        next_step,
    ]


def _waited(teller: Teller, one: Crossing) -> dict[str, Any]:
    """How long a record stands as it does, and since when."""
    day = since(one)
    if day is None:
        return {"text": "–"}
    told = teller.waits.cell(day)
    return {"text": told["text"], "note": say("{workdays}，{day} 起", workdays=told["note"], day=day.isoformat())}


def _empty(asked: WordsAsked, *, crosses: bool) -> str:
    if not crosses:
        return say("还没有需要对方表态的记录。")
    if asked == asked.whole:
        return say("没有要办的：需要对方表态的记录，对方都已确认。")
    return say("没有符合条件的记录。")
