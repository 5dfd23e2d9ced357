"""疑似重复: records that may mean one person or household, each with the two ways to decide; and what was decided."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.areas.people import queries
from shanhai.areas.people.queries import Candidate
from shanhai.base.language import say
from shanhai.reference.models import Household, Merge, Person
from shanhai.reference.terms import MergeKind, MergeVerdict
from shanhai.web import wording
from shanhai.web.choosing import asked_of
from shanhai.web.declare import page
from shanhai.web.sessions import SignedIn

_DECIDED = 50
_TYPES = {MergeKind.PERSON: Person.type_name(), MergeKind.HOUSEHOLD: Household.type_name()}


@page("doubles", "疑似重复", order=10)
@require_safe
def doubles(request: SignedIn) -> HttpResponse:
    """What waits for a decision in the scope looked at, and the decisions there are."""
    scope = asked_of(request).scope
    waiting = [
        {"kind": say(str(kind.label)), "table": _waiting(kind, queries.candidates(scope.pk, kind), scope.code)}
        for kind in MergeKind
    ]
    decided = Merge.objects.filter(scope=scope).order_by("-decided_on", "key")[: _DECIDED + 1]
    context = {
        "waiting": waiting,
        "decided": _decided(list(decided[:_DECIDED])),
        "all_url": wording.with_query(wording.list_url(Merge.type_name()), scope=scope.code),
        "crumbs": [{"label": say("首页"), "url": "/"}],
        "example": scope.is_example,
    }
    return render(request, "people/doubles.html", context)


def _waiting(kind: MergeKind, found: list[Candidate], scope: str) -> dict[str, Any]:
    columns = [
        {"label": say("第一个编号")}, {"label": say("第二个编号")}, {"label": say("姓名")}, {"label": say("为什么")}, {"label": say("认定")},
    ]  # fmt: skip
    rows = [{"cells": _cells(kind, one, scope)} for one in found]
    empty = {"title": say("没有待认定的疑似重复。"), "text": ""}
    caption = say("可能是同一个的{kind}", kind=say(str(kind.label)))
    return {"caption": caption, "hide_caption": True, "stack": True, "columns": columns, "rows": rows, "empty": empty}


def _cells(kind: MergeKind, one: Candidate, scope: str) -> list[dict[str, Any]]:
    left, right = (
        {"text": wording.local(key), "url": wording.record_url(_TYPES[kind], key)} for key in (one.left, one.right)
    )
    why = say("同名同户") if one.same_household else say("同名，至少一条没有证件号码")
    if kind is MergeKind.HOUSEHOLD:
        why = say("同一个人登记在两户")
    given = {
        "scope": scope, "kind_code": str(kind.label), "left_key": wording.local(one.left), "right_key": wording.local(one.right),
        "verdict_code": str(MergeVerdict.SAME.label),
    }  # fmt: skip
    url = wording.with_query(wording.new_url(Merge.type_name()), **given)
    return [
        left | {"head": True, "label": say("第一个编号")}, right | {"label": say("第二个编号")},
        {"text": one.name or "–", "label": say("姓名")}, {"text": why, "label": say("为什么")},
        {"text": say("去认定"), "url": url, "label": say("认定")},
    ]  # fmt: skip


def _decided(found: list[Merge]) -> dict[str, Any]:
    names = ("key", "kind_code", "left_key", "right_key", "verdict_code", "decided_on", "revoked_on")
    columns = [{"label": wording.label(Merge, name)} for name in names]
    rows = [{"cells": [_decided_cell(one, name) for name in names]} for one in found]
    empty = {"title": say("还没有认定。"), "text": ""}
    return {
        "caption": say("已作的认定"),
        "hide_caption": True,
        "stack": True,
        "columns": columns,
        "rows": rows,
        "empty": empty,
    }


def _decided_cell(one: Merge, name: str) -> dict[str, Any]:
    told: dict[str, Any] = {"label": wording.label(Merge, name)}
    value = getattr(one, name)
    if name == "key":
        return told | {
            "text": wording.local(one.key),
            "url": wording.record_url(Merge.type_name(), one.key),
            "head": True,
        }
    if name.endswith("_key"):
        return told | {"text": wording.local(value), "url": wording.record_url(_TYPES[MergeKind(one.kind_code)], value)}
    return told | {"text": wording.cell(Merge, name, value) or "–"}
