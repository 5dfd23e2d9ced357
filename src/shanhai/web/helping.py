"""Help from the declarations: every figure, sheet and field explains itself in a sentence, in one place."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanhai.base.language import say
from shanhai.figures import declare
from shanhai.intake.declare import SHEETS, Sheet
from shanhai.loading.executing import ordered_sheets
from shanhai.web import amounts
from shanhai.web.guides import GUIDES
from shanhai.web.memory import remembered
from shanhai.web.wording import area_words


@remembered
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Where help begins: the tour, the guides, the figures and the sheets."""
    words = area_words()
    context = {
        "guides": [
            {"label": say(one.person), "text": say(one.comes_for), "url": reverse("guide", args=[one.slug])}
            for one in GUIDES
        ],
        "areas": [
            {
                "label": word,
                "figures": [
                    {"label": amounts.figure_word(figure), "url": reverse("figure-help", args=[figure.name])}
                    for figure in declare.registry().of_area(label)
                ],
                "sheets": [
                    {"label": say(sheet.zh), "url": reverse("sheet-help", args=[sheet.name])}
                    for sheet in ordered_sheets()
                    if sheet.name.partition(".")[0] == label and not sheet.auxiliary
                ],
            }
            for label, word in words.items()
        ],
    }
    return render(request, "web/help.html", context)


@remembered
@require_safe
def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """A worksheet and its fields, each with what it takes and what it means."""
    declared = SHEETS.get(name)
    if declared is None or declared.auxiliary:
        raise Http404
    context = {
        "title": say(declared.zh),
        "lead": say(declared.note),
        "key": say("、").join(say(_column_word(declared, field)) for field in declared.key),
        "only_added": declared.only_added,
        "table": _columns(declared),
        "template_url": reverse("template", args=[name]),
        "crumbs": [{"label": say("帮助"), "url": reverse("help")}],
    }
    return render(request, "web/sheet_help.html", context)


def _column_word(declared: Sheet, field: str) -> str:
    return next((say(column.zh) for column in declared.columns if column.field == field), field)


def _columns(declared: Sheet) -> dict[str, Any]:
    heads = [say("字段"), say("必填"), say("应填"), say("说明"), say("例")]
    rows = [
        {
            "cells": [
                {"text": say(column.zh), "head": True},
                {"text": say("是") if declared.requires(column) else say("否"), "label": heads[1]},
                {"text": say(column.expected), "label": heads[2]},
                {"text": say(column.note), "label": heads[3]},
                {"text": str(column.example), "label": heads[4]},
            ]
        }
        for column in declared.columns
    ]
    return {
        "caption": say(declared.zh),
        "hide_caption": True,
        "stack": True,
        "columns": [{"label": head} for head in heads],
        "rows": rows,
    }


@remembered
@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """What a figure counts, without its value: for who reads of it and does not ask a pairing."""
    declared = declare.registry().get(name)
    if declared is None:
        raise Http404
    slices = say("、").join(amounts.slice_label(declared, each) for each in declared.slices)
    facts = [
        (say("统计口径"), say(declared.rule)),
        (say("单位"), amounts.unit_word(declared)),
        (say("依据"), say(declared.basis)),
        (say("可按此收窄"), slices),
        (say("代号"), declared.name),
    ]
    context = {
        "title": amounts.figure_word(declared),
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "url": reverse("figure", args=[name]),
        "crumbs": [{"label": say("帮助"), "url": reverse("help")}],
    }
    return render(request, "web/figure_help.html", context)
