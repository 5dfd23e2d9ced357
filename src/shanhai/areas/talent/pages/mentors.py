"""师徒与干部结对: mentor pairs and groups with their goals and checks, and officials who learn from each other."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from shanhai.areas.talent.models import MentorGroup, MentorPair, PairedOfficials
from shanhai.areas.talent.pages.asking import Cells, crumbs, select, table, word_badge
from shanhai.areas.talent.queries import mentors as asked_of
from shanhai.areas.talent.queries import postings
from shanhai.areas.talent.queries.mentors import Group
from shanhai.areas.talent.terms import Trade
from shanhai.asking import values
from shanhai.asking.scopes import Asked, among
from shanhai.base.language import say
from shanhai.reference.models import Scope
from shanhai.web import amounts, keysets, wording
from shanhai.web.choosing import needed_scope, scopes_of
from shanhai.web.declare import page
from shanhai.web.keysets import Found, Order
from shanhai.web.memory import remembered

SIZE = 50
_ORDER = Order("first_on", descending=True)
_FIGURES = ("talent.mentor_pairs", "talent.apprentices", "talent.mentor_groups", "talent.officials_paired")


@page("mentors", "师徒与干部结对", order=30)
@remembered
@require_safe
def mentors(request: HttpRequest) -> HttpResponse:
    """Pairs of a trade or a group, or all; and the officials."""
    scope = needed_scope(request)
    trade, group = request.GET.get("trade", ""), request.GET.get("group", "")[:120]
    trade = trade if trade in set(Trade) else ""
    group = group if "\x00" not in group else ""
    place = (request.GET.get("after", ""), request.GET.get("before", ""))
    found = keysets.page_of(asked_of.pairs(scope, trade=trade, group=group), _ORDER, place, SIZE)
    officials = asked_of.officials(scope)
    people = [key for one in found.rows for key in (one.mentor_key, one.person_key)]
    names = postings.names(scope, [*people, *(key for one in officials for key in (one.east_key, one.west_key))])
    here = {"trade": trade, "group": group}
    context = {
        "title": say("师徒与干部结对"), "tiles": _tiles(among(scope, scopes_of(request)), localdate()),
        "pairs": _pairs(found.rows, names, postings.words(scope, found.rows)),
        "groups": _groups(asked_of.groups(scope), scope), "officials": _officials(officials, names),
        "filters": {
            "action": reverse("talent-mentors"), "kept": [("scope", scope.code), ("group", group)], "narrowed": bool(trade),
            "fields": [select("trade", say("传授领域"), Trade.choices, trade)],
            "clear_url": wording.with_query(reverse("talent-mentors"), scope=scope.code) if trade or group else "",
        },
        "pages": _pages(scope, found, here), "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "talent/mentors.html", context)


def _tiles(about: Asked, day: date) -> list[dict[str, Any]]:
    figures = [amounts.declared(name) for name in _FIGURES]
    found = values.values(about, values.window_of(about, as_of=day), figures=figures)
    return [
        {"label": amounts.figure_word(figure), "help": say(figure.rule), "note": "", "state": amounts.state(found[figure.name]),
         "url": amounts.figure_url(figure.name, about.scope.code, as_of=day.isoformat()), **amounts.told(found[figure.name])}
        for figure in figures
    ]  # fmt: skip


def _pages(scope: Scope, found: Found, here: Mapping[str, str]) -> dict[str, Any] | None:
    if not (found.before or found.after):
        return None
    url, last = reverse("talent-mentors"), keysets.place_of(found.rows[-1], _ORDER) if found.after else ""
    return {
        "next_url": wording.with_query(url, scope=scope.code, **here, after=last) if last else "",
        "first_url": wording.with_query(url, scope=scope.code, **here) if found.before else "",
        "told": say("本页 {n} 对", n=len(found.rows)),
    }


def _term(first: date, last: date | None) -> str:
    return say("{first} 至 {last}", first=first.isoformat(), last=last.isoformat() if last else say("未定"))


def _pairs(rows: Sequence[MentorPair], names: Mapping[str, str], words: Mapping[str, str]) -> dict[str, Any]:
    heads = (say("师傅"), say("徒弟"), say("传授领域"), say("约定目标"), say("期限"), say("期满考核"), say("对方意见"))
    told: Iterable[Cells] = (
        [
            {"text": names.get(one.mentor_key, wording.local(one.mentor_key)), "head": True,
             "url": wording.record_url(MentorPair.type_name(), one.key)},
            {"text": names.get(one.person_key, wording.local(one.person_key)), "note": one.unit_name},
            {"text": wording.cell(MentorPair, "trade_code", one.trade_code)}, {"text": one.goal},
            {"text": _term(one.first_on, one.last_on)},
            {"text": wording.cell(MentorPair, "outcome_code", one.outcome_code) or "–"},
            {"badge": word_badge(words.get(one.key, "asserted"))},
        ]
        for one in rows
    )  # fmt: skip
    return table(say("师徒结对"), heads, told, empty=say("没有符合条件的师徒结对。"))


def _groups(groups: Sequence[Group], scope: Scope) -> dict[str, Any]:
    heads = (say("小组"), say("传授领域"), say("所在单位"), say("组建日期"), say("师徒对数"))
    told: Iterable[Cells] = (
        [
            {"text": one.group.name, "head": True, "url": wording.record_url(MentorGroup.type_name(), one.group.key)},
            {"text": wording.cell(MentorGroup, "trade_code", one.group.trade_code)}, {"text": one.group.unit_name},
            {"text": one.group.first_on.isoformat()},
            {"text": str(one.pairs), "number": True,
             "url": wording.with_query(reverse("talent-mentors"), scope=scope.code, group=one.group.key)},
        ]
        for one in groups
    )  # fmt: skip
    return table(say("师徒小组"), heads, told, empty=say("还没有登记师徒小组。"))


def _officials(rows: Sequence[PairedOfficials], names: Mapping[str, str]) -> dict[str, Any]:
    heads = (say("东部干部"), say("西部干部"), say("期限"))
    told: Iterable[Cells] = (
        [
            {"text": names.get(one.east_key, wording.local(one.east_key)), "head": True, "note": one.east_unit,
             "url": wording.record_url(PairedOfficials.type_name(), one.key)},
            {"text": names.get(one.west_key, wording.local(one.west_key)), "note": one.west_unit},
            {"text": _term(one.first_on, one.last_on)},
        ]
        for one in rows
    )  # fmt: skip
    return table(say("干部结对"), heads, told, empty=say("还没有登记干部结对。"))
