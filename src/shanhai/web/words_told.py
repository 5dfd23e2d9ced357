"""A record that crosses the border as pages and files tell it: how it stands, since when, whose turn it is and to do what."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from shanhai.access.actions import GIVE_WORD
from shanhai.access.sessions import Actor, may
from shanhai.access.terms import OPERATOR, ROLES
from shanhai.base.language import listed, noted, say
from shanhai.intake.declare import SHEETS
from shanhai.journal.models import Record
from shanhai.journal.terms import Side, Word
from shanhai.web import list_columns, wording
from shanhai.web.forms_rights import acts_of, sides_of
from shanhai.web.live_records import Name, live_records
from shanhai.web.waits import Waits
from shanhai.web.words import LABELS
from shanhai.web.words_asked import WordsAsked
from shanhai.web.words_found import Crossing, Standing

#: What is done next with a record that is not settled.
_NEXT: Mapping[Standing, str] = {
    Standing.DISPUTED: noted("{side}核对异议：错的更正这条记录；没有错的，与对方商定后请对方重新表态。"),
    Standing.ASSERTED: noted("{side}与本方的账核对，确认这条记录，或提出异议并写明理由。"),
    Standing.CHANGED: noted("{side}核对更正后的内容，重新确认，或提出异议并写明理由。"),
}
_BADGES = {Standing.CHANGED: "asserted"}
_MOST = 3


@dataclass(frozen=True, slots=True)
class NextStep:
    """Who does what next: the sentence, the roles whose duty it is, and whether this reader may."""

    sentence: str
    duties: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells records to one reader; what is the same for many records is worked out once."""

    asked: WordsAsked
    actor: Actor
    waits: Waits
    _steps: dict[tuple[str, str, Standing], NextStep] = field(default_factory=dict)

    def step(self, one: Crossing) -> NextStep:
        """What is done next with a record, by whom."""
        known = (one.record_type, one.owner_side, one.standing)
        if known not in self._steps:
            self._steps[known] = self._step(one)
        return self._steps[known]

    def _step(self, one: Crossing) -> NextStep:
        if one.standing is Standing.CONFIRMED:
            return NextStep(say("不需要再办。"), "", mine=False)
        sentence = say(_NEXT[one.standing], side=say(str(Side(one.turn).label)))
        scope, sheet = self.asked.scope, SHEETS.get(one.record_type)
        if one.standing is not Standing.DISPUTED:
            mine = may(self.actor, GIVE_WORD, scope_id=scope.pk, side=one.turn)
            return NextStep(sentence, _roles(GIVE_WORD.duties), mine=mine)
        if sheet is None:
            return NextStep(sentence, "", mine=False)
        duties = {role for kind in acts_of(sheet) for role in kind.duties}
        return NextStep(sentence, _roles(duties), mine=one.turn in sides_of(self.actor, sheet, scope))

    def url(self, one: Crossing) -> str:
        """Where the next step is done: the form for who corrects the record, else the word on its page."""
        if one.standing is Standing.DISPUTED and self.step(one).mine:
            return reverse("form-correct", args=[one.record_type, one.key])
        return wording.record_url(one.record_type, one.key) + "#word"

    def records(self, found: list[Crossing]) -> dict[Name, Record]:
        """The records themselves."""
        return live_records(self._name(one) for one in found)

    def record_of(self, one: Crossing, records: Mapping[Name, Record]) -> Record | None:
        """The record told of."""
        return records.get(self._name(one))

    def _name(self, one: Crossing) -> Name:
        return one.record_type, one.key, self.asked.scope.pk


def since(one: Crossing) -> date | None:
    """The day since which a record stands as it does."""
    return localtime(one.since).date() if one.since else None


def badge(one: Crossing) -> dict[str, str]:
    """How a record stands, as a word with its colour."""
    return {"code": _BADGES.get(one.standing, str(one.standing)), "label": say(LABELS[one.standing])}


def said(one: Crossing) -> str:
    """What the other side said: the reason of a dispute above all; of a word made void by a correction, that it was."""
    if one.standing is Standing.CHANGED:
        before = say(LABELS[one.word]) if one.word == Word.CONFIRMED else say("有异议：{note}", note=one.note)
        return say("更正之前：{said}", said=before)
    return say("{who}：{note}", who=one.by, note=one.note) if one.standing is Standing.DISPUTED else ""


def gist(record: Record) -> str:
    """The first things a record says, by which a clerk knows it again: no keys of others, nothing that all have alike."""
    model = type(record)
    left_out = {*wording.references(model), *(model.crossing or {})}
    columns = [name for name in list_columns.usual(model) if name not in left_out]
    told = [(name, wording.cell(model, name, getattr(record, name))) for name in columns]
    kept = [(name, text) for name, text in told if text]
    days = [pair for pair in kept if pair[0].endswith(("_on", "_fen"))]
    words = [pair for pair in kept if pair not in days][: max(_MOST - len(days), 1)]
    return say("，").join(f"{wording.label(model, name)} {text}" for name, text in [*words, *days])


def table_of(
    caption: str, columns: Sequence[dict[str, Any]], rows: Iterable[Iterable[dict[str, Any]]]
) -> dict[str, Any]:
    """A table whose cells carry the names of their columns, for narrow screens."""
    told = [
        {"cells": [cell | {"label": column["label"]} for cell, column in zip(row, columns, strict=True)]}
        for row in rows
    ]
    return {"caption": caption, "hide_caption": True, "stack": True, "columns": columns, "rows": told}


def _roles(duties: Collection[str]) -> str:
    """The roles in whose hands a duty is; who keeps the program may do much on the command line, and is not waited for."""
    return listed(say(role.zh) for role in ROLES.values() if role.code in duties and role.code != OPERATOR)
