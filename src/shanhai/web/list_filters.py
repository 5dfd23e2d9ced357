"""What a list may be narrowed by: words, references, code lists, a span of days, whose book."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest

from shanhai.base.language import say
from shanhai.journal.models import PartnerWord, Record
from shanhai.journal.terms import Side, Word
from shanhai.web import wording

_SEARCHED = {"name", "title", "purpose", "payee_name", "document_no", "short_name", "party_name", "town", "to_unit"}
_LONGEST = 160
#: Narrowings that are no column of their own.
_OTHERS = {"owner_side": lambda: say("填报方"), "word": lambda: say("对方意见")}


def day_column(model: type[Record]) -> str:
    """The first day of a record, by which a span narrows."""
    return next((name for name in wording.own_columns(model) if name.endswith("_on")), "")


def choices_of(model: type[Record]) -> dict[str, list[tuple[str, str]]]:
    """Columns with a code list, and whose book: each with its codes and words."""
    found = {
        str(field.column): [(str(code), say(str(label))) for code, label in field.flatchoices]
        for field in model._meta.concrete_fields
        if field.flatchoices and field.column in wording.own_columns(model)
    }
    sides = {"owner_side": [(str(side), say(str(side.label))) for side in Side]}
    return found | sides | (_words() if model.crossing is not None else {})


def _words() -> dict[str, list[tuple[str, str]]]:
    """What the other side says of a record, or that it says nothing yet."""
    said = [(str(word), say(str(word.label))) for word in Word]
    return {"word": [("none", say("待对方确认")), *said]}


def asked_of(request: HttpRequest, model: type[Record]) -> dict[str, str]:
    """What the address narrows the list by; what the list does not know is passed over."""
    names = ["q", "from", "to", *wording.references(model), *choices_of(model)]
    given = {name: request.GET.get(name, "")[:_LONGEST] for name in names}
    return {name: value for name, value in given.items() if value and "\x00" not in value}


def narrowed(
    model: type[Record], rows: "models.QuerySet[Record]", asked: Mapping[str, str]
) -> "models.QuerySet[Record]":
    """The rows that are asked for."""
    for column in wording.references(model):
        if column in asked:
            rows = rows.filter(**{f"{column}__in": [asked[column], ""]})
    for column in choices_of(model):
        if column in asked and column != "word":
            rows = rows.filter(**{column: asked[column]})
    if "word" in asked:
        rows = _under(model, rows, asked["word"])
    day = day_column(model)
    for name, lookup in (("from", "gte"), ("to", "lte")):
        if day and (limit := _day(asked.get(name, ""))):
            rows = rows.filter(**{f"{day}__{lookup}": limit})
    return rows.filter(_search(model, asked["q"])) if "q" in asked else rows


def _under(model: type[Record], rows: "models.QuerySet[Record]", word: str) -> "models.QuerySet[Record]":
    """The rows that cross the border and stand under this word of the other side; a word before a correction is void."""
    said = PartnerWord.objects.filter(
        scope_id=OuterRef("scope_id"),
        record_type=model.type_name(),
        record_key=OuterRef("key"),
        entry__gt=OuterRef("entry"),
    )
    latest = Subquery(said.order_by("-entry").values("word")[:1])
    rows = rows.filter(**(model.crossing or {})).annotate(_word=latest)
    return rows.filter(_word__isnull=True) if word == "none" else rows.filter(_word=word)


def _search(model: type[Record], words: str) -> Q:
    condition = Q(key__icontains=words)
    for column in set(wording.own_columns(model)) & _SEARCHED:
        condition |= Q(**{f"{column}__icontains": words})
    return condition


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def fields_of(model: type[Record], asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """The fields of the form above the list."""
    fields: list[dict[str, Any]] = [
        {"name": "q", "label": say("编号或名称"), "type": "search", "value": asked.get("q", "")}
    ]
    for column, options in choices_of(model).items():
        word = _OTHERS[column]() if column in _OTHERS else wording.label(model, column)
        fields.append(
            {"name": column, "label": word, "type": "select", "options": _options(options, asked.get(column, ""))}
        )
    if day := day_column(model):
        word = wording.label(model, day)
        fields += [
            {"name": "from", "label": say("{day}从", day=word), "type": "date", "value": asked.get("from", "")},
            {"name": "to", "label": say("{day}到", day=word), "type": "date", "value": asked.get("to", "")},
        ]
    return fields


def _options(options: list[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
    told = [{"value": code, "label": label, "selected": code == chosen} for code, label in options]
    return [{"value": "", "label": say("全部"), "selected": not chosen}, *told]


def told_references(model: type[Record], asked: Mapping[str, str]) -> str:
    """A sentence on the records the list is narrowed to by reference; empty where it is not."""
    told = [
        f"{wording.label(model, column)} {wording.local(asked[column])}"
        for column in wording.references(model)
        if column in asked
    ]
    return say("只列{what}的记录。", what=say("、").join(told)) if told else ""
