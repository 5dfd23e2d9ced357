"""选派时间线: a bar for each posting from arrival to leaving, with what was planned, what the other side says, and the table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.areas.talent.models import Secondment
from shanhai.areas.talent.pages.asking import PostingsAsked, crumbs, table, word_badge, year_of, year_select
from shanhai.areas.talent.queries import postings
from shanhai.areas.talent.queries.postings import STANDINGS, Standing
from shanhai.areas.talent.terms import PostingKind
from shanhai.base.language import say
from shanhai.web import keysets, timelines, wording
from shanhai.web.declare import page
from shanhai.web.keysets import Order
from shanhai.web.memory import remembered
from shanhai.web.timelines import Line, Span

SIZE = 25
_ORDER = Order("first_on", descending=True)
#: The tone of the bars of each kind.
TONES = {
    PostingKind.OFFICIAL: "working",
    PostingKind.TEACHER: "early",
    PostingKind.DOCTOR: "kept",
    PostingKind.SPECIALIST: "closing",
}


@page("timeline", "选派时间线", order=10)
@remembered
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Postings over days, of one year or all; each bar opens its record."""
    asked = PostingsAsked.of(request)
    year = year_of(request.GET.get("zoom", ""))
    place = (request.GET.get("after", ""), request.GET.get("before", ""))
    rows = postings.during(asked.rows, date(year, 1, 1), date(year, 12, 31)) if year else asked.rows
    found = keysets.page_of(rows, _ORDER, place, SIZE)
    names = postings.names(asked.scope, [one.person_key for one in found.rows])
    words = postings.words(asked.scope, found.rows)
    begun = postings.first_day(asked.scope) or asked.day
    shown = max([asked.day, *(_last(one, asked.day) for one in found.rows)])
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (min([begun, asked.day]), shown)
    lines = [_line(one, names, asked.day) for one in found.rows]
    drawn = timelines.timeline(lines, first=first, last=last, today=asked.day, label=say("选派时间线"))
    zoom = year_select("zoom", say("显示哪一年"), range(shown.year, begun.year - 1, -1), year)
    context = {
        "title": say("选派时间线"), "lead": asked.told, "filters": asked.filters("talent-timeline", more=[zoom]),
        "timeline": drawn if lines else None, "table": told_table(found.rows, names, words, asked.day),
        "legend": [{"tone": tone, "label": say(str(kind.label))} for kind, tone in TONES.items()],
        "words": [
            {"badge": word_badge(code), "told": say("{n} 条", n=count), "url": _listed(asked, code)}
            for code, count in postings.word_counts(asked.scope).items()
        ],
        "pages": asked.pages("talent-timeline", found, _ORDER, say("本页 {n} 次选派", n=len(found.rows)), zoom=year or ""),
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "talent/timeline.html", context)


def _listed(asked: PostingsAsked, word: str) -> str:
    """The list of postings under a word of the other side."""
    address = reverse("list", args=[Secondment.type_name()])
    return wording.with_query(address, scope=asked.scope.code, word="none" if word == "asserted" else word)


def _last(one: Secondment, day: date) -> date:
    """The last day of a bar: of leaving, or the day asked where somebody is still there or was not awaited longer."""
    if one.arrived_on is None:
        return one.last_on
    return one.left_on or max(day, one.arrived_on)


def _line(one: Secondment, names: Mapping[str, str], day: date) -> Line:
    name = names.get(one.person_key, wording.local(one.person_key))
    url = wording.record_url(Secondment.type_name(), one.key)
    note = say("{post} · {unit}", post=one.post, unit=one.to_unit)
    return Line(name, url, note, list(_spans(one, url, day)))


def _spans(one: Secondment, url: str, day: date) -> Iterator[Span]:
    standing = postings.standing(one, day)
    if standing is Standing.CANCELLED:
        return
    first, last = one.arrived_on or one.first_on, _last(one, day)
    told = say(
        "{kind}，{state}：{first} 至 {last}",
        kind=wording.cell(Secondment, "kind_code", one.kind_code), state=say(STANDINGS[standing]),
        first=first.isoformat(), last=last.isoformat(),
    )  # fmt: skip
    yield Span(first, last, told, url, TONES[PostingKind(one.kind_code)])


def told_table(
    rows: Sequence[Secondment], names: Mapping[str, str], words: Mapping[str, str], day: date
) -> dict[str, Any]:
    """Postings as a table: who, what, where, planned and real days, how it stands, what the other side says."""
    heads = (
        say("姓名"), say("人才类别和任职"), say("从哪里到哪里"), say("实际在岗"), say("状态"), say("对方意见"),
    )  # fmt: skip
    told = ([*_who(one, names), *_when(one, words, day)] for one in rows)
    return table(say("选派"), heads, told, empty=say("没有符合条件的选派。"))


def _who(one: Secondment, names: Mapping[str, str]) -> list[dict[str, Any]]:
    kind = wording.cell(Secondment, "kind_code", one.kind_code)
    return [
        {"text": names.get(one.person_key, wording.local(one.person_key)), "head": True,
         "url": wording.record_url(Secondment.type_name(), one.key), "note": wording.local(one.key)},
        {"text": say("{kind} · {post}", kind=kind, post=one.post)},
        {"text": say("{home} → {host}", home=one.from_unit, host=one.to_unit),
         "note": wording.cell(Secondment, "direction_code", one.direction_code)},
    ]  # fmt: skip


def _when(one: Secondment, words: Mapping[str, str], day: date) -> list[dict[str, Any]]:
    standing = postings.standing(one, day)
    late = standing in (Standing.OVERDUE, Standing.MISSING)
    planned = say("计划 {first} 至 {last}", first=one.first_on.isoformat(), last=one.last_on.isoformat())
    return [
        {"text": _served(one), "note": planned},
        {"badge": {"code": "late" if late else "good" if standing is Standing.ON_DUTY else "", "label": say(STANDINGS[standing])}},
        {"badge": word_badge(words.get(one.key, "asserted"))},
    ]  # fmt: skip


def _served(one: Secondment) -> str:
    """The real days of a posting."""
    if one.arrived_on is None:
        return "–"
    first = one.arrived_on.isoformat()
    return (
        say("{first} 至 {last}", first=first, last=one.left_on.isoformat())
        if one.left_on
        else say("{first} 至今", first=first)
    )
