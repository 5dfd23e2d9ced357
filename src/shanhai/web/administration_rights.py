"""Who may do what, from the declarations; and who sees which scope, from the grants that hold today."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from shanhai.access import accounts
from shanhai.access.terms import ROLES
from shanhai.base.language import say
from shanhai.journal.acts import KINDS
from shanhai.web.administration import administrators_only, crumbs, sections
from shanhai.web.grants_told import side_told
from shanhai.web.sessions import SignedIn
from shanhai.web.wording import area_words


@require_safe
def rights(request: SignedIn) -> HttpResponse:
    """Roles and acts in one table, for the screen and for the wall of the office."""
    administrators_only(request)
    roles = [{"name": say(role.zh), "sentence": say(role.sentence)} for role in ROLES.values()]
    context = {
        "tabs": sections("administration-rights"), "roles": roles, "groups": _groups(), "day": localdate().isoformat(),
        "crumbs": crumbs(),
    }  # fmt: skip
    return render(request, "web/administration_rights.html", context)


def _groups() -> list[dict[str, Any]]:
    words = area_words() | {"access": say("权限"), "reference": say("基础资料"), "loading": say("装载")}
    kinds = sorted(
        KINDS.values(), key=lambda kind: (_label(kind.code) not in area_words(), _label(kind.code), kind.code)
    )
    return [
        {
            "name": words.get(label, label),
            "acts": [
                {"name": say(kind.zh), "code": kind.code, "everybody": not kind.duties,
                 "marks": [{"role": say(role.zh), "may": role.code in kind.duties or not kind.duties} for role in ROLES.values()]}
                for kind in found
            ],
        }
        for label, found in groupby(kinds, key=lambda kind: _label(kind.code))
    ]  # fmt: skip


def _label(code: str) -> str:
    return code.partition(".")[0]


@require_safe
def scopes(request: SignedIn) -> HttpResponse:
    """The scopes one administers, and whose grants open each."""
    administrators_only(request)
    found = []
    for (code, name), lines in groupby(accounts.readers(), key=lambda line: (line["code"], line["name"])):
        people = [_reader(line) for line in lines if line["user_id"]]
        found.append({"code": code, "name": name, "count": len(people), "table": _table(name, people)})
    context = {
        "tabs": sections("administration-scopes"),
        "scopes": found,
        "crumbs": crumbs(),
        "day": localdate().isoformat(),
    }
    return render(request, "web/administration_scopes.html", context)


def _reader(line: dict[str, Any]) -> list[str]:
    reach = {"scope": say("单个范围"), "region": say("按行政区"), "all": say("全部范围")}[line["reach"]]
    return [
        line["display_name"] or line["username"],
        line["username"],
        say(ROLES[line["role"]].zh),
        side_told(line["side"]),
        reach,
    ]


def _table(name: str, people: list[list[str]]) -> dict[str, Any]:
    names = (say("显示名"), say("账号"), say("角色"), say("所属方"), say("适用面"))
    rows = [
        {
            "cells": [
                {"text": text, "label": label, "head": label == names[0]}
                for text, label in zip(one, names, strict=True)
            ]
        }
        for one in people
    ]
    return {
        "caption": say("能看到“{name}”的账号", name=name), "hide_caption": True, "stack": True,
        "columns": [{"label": label} for label in names], "rows": rows, "empty": {"text": say("没有账号能看到这个范围。")},
    }  # fmt: skip
