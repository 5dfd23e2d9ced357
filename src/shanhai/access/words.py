"""What a side may say of the other side's records: whose word it is, on which record, with what reason, on which day.

Pages and worksheets give words by the same rules; they stand here, and `shanhai.access.actions` writes the words.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars
from django.apps import apps
from django.db import models
from django.utils.timezone import localdate

from shanhai.access.entering import MARKS, Context, local_key, whole_rows
from shanhai.base.language import noted, say
from shanhai.journal.models import Act, PartnerWord, Record
from shanhai.journal.terms import Side, Word

NO_REASON = noted("提出异议请写明理由：哪一项不一致，本方的账上是多少。")
_ACROSS = {Side.EAST: Side.WEST, Side.WEST: Side.EAST}

Name = tuple[str, str]
"""A record by its type and its key."""
Fault = tuple[str, str, str]
"""What stands against a row: the field, a code and a sentence."""
Problem = tuple[dict[str, Any], str, str, str]


def other_side(record: Record) -> str:
    """The side that confirms or disputes the record; none where it crosses no border."""
    return str(_ACROSS.get(Side(record.owner_side), "")) if record.crosses_border else ""


def lacks_reason(word: str, note: str) -> bool:
    """Whether a dispute says nothing of what is wrong."""
    return word == Word.DISPUTED and not note.strip()


@dataclass(frozen=True, slots=True)
class Saying:
    """A word on one record, as it is said; `marks` tell the row of a worksheet it stands in."""

    record: Record
    word: str
    note: str
    said_on: date
    marks: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Said:
    """The latest word on a record, and whether it still counts: a record corrected since waits anew."""

    word: str
    note: str
    said_on: date
    counts: bool


@dataclass(slots=True)
class Hearing:
    """The rows of a worksheet heard one by one, in the order of their days, against what is recorded.

    Nobody else writes meanwhile: the act of the load is open. `sayings` are the words that are new; of a word that
    counts already, the same again is nothing new.
    """

    context: Context
    sayings: list[Saying] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _records: dict[Name, Record] = field(default_factory=dict)
    _said: dict[Name, _Said] = field(default_factory=dict)
    _written_on: dict[uuid.UUID, date] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: polars.DataFrame, context: Context) -> "Hearing":
        """Hear all rows; what is recorded is read by whole lists, one for each record type."""
        found = cls(context)
        told = list(whole_rows(rows.sort("said_on", maintain_order=True), context))
        for name in sorted({row["record_type"] for row in told}):
            found._look_up(name, [row["record_key"] for row in told if row["record_type"] == name])
        acts = Act.objects.filter(id__in={record.act_id for record in found._records.values()})
        found._written_on = {number: localdate(at) for number, at in acts.values_list("id", "acted_at")}
        for row in told:
            found._hear(row)
        return found

    def _look_up(self, record_type: str, keys: list[str]) -> None:
        model: type[Record] = apps.get_model(record_type)
        kept = model._default_manager.filter(scope_id=self.context.scope_id, key__in=keys).defer("source")
        self._records |= {(record_type, record.key): record for record in kept}
        said = PartnerWord.objects.filter(
            scope_id=self.context.scope_id, record_type=record_type, record_key__in=keys
        ).order_by("entry")
        for key, word, note, day, entry in said.values_list("record_key", "word", "note", "said_on", "entry"):
            if record := self._records.get((record_type, key)):
                self._said[record_type, key] = _Said(word, note, day, entry > record.entry)

    def _hear(self, row: dict[str, Any]) -> None:
        name, note = (row["record_type"], row["record_key"]), (row["note"] or "").strip()
        record, said = self._records.get(name), self._said.get(name)
        faults = list(self._about_record(row, record))
        faults += [*_about_reason(row["word"], note), *self._about_day(row, None if faults else record, said)]
        self.problems += [(row, *fault) for fault in faults]
        again = said is not None and said.counts and (said.word, said.note) == (row["word"], note)
        if record is None or faults or again:
            return
        marks = {name: value for name, value in row.items() if name in MARKS}
        self.sayings.append(Saying(record, row["word"], note, row["said_on"], marks))
        self._said[name] = _Said(row["word"], note, row["said_on"], counts=True)

    def _about_record(self, row: dict[str, Any], record: Record | None) -> Iterator[Fault]:
        """Why no word is due from this side on the record a row names."""
        told = {
            "type": say(str(apps.get_model(row["record_type"])._meta.verbose_name)),
            "key": local_key(row["record_key"], self.context.scope_code),
        }
        if record is None:
            sentence = say("没有编号是“{key}”的{type}，或者您看不到它。请核对记录类型和编号。", **told)
            yield "record_key", "access.word.unknown_record", sentence
        elif not other_side(record):
            sentence = say("{type}“{key}”不涉及对方，不需要对方表态。请删去这一行，或核对编号。", **told)
            yield "record_key", "access.word.crosses_no_border", sentence
        elif other_side(record) != self.context.side:
            sentence = say("{type}“{key}”是本方自己登记的，由对方表态。请删去这一行，或核对编号和填报方。", **told)
            yield "record_key", "access.word.own_record", sentence

    def _about_day(self, row: dict[str, Any], record: Record | None, said: _Said | None) -> Iterator[Fault]:
        """Why a word on the record, where one is due, cannot have been given on the day a row says."""
        day = row["said_on"]
        if day > self.context.today:
            sentence = say("表态日期 {day} 还没有到。请填写实际表态的日期。", day=day)
            yield "said_on", "access.word.in_the_future", sentence
        elif record and (first := self._first_on(record)) and day < first:
            yield "said_on", "access.word.before_the_record", self._too_early(day, first)
        elif said and day < said.said_on:
            sentence = say(
                "本方 {later} 已经对这条记录表过态，不能再补 {day} 的意见。请核对表态日期。",
                later=said.said_on,
                day=day,
            )
            yield "said_on", "access.word.overtaken", sentence

    def _first_on(self, record: Record) -> date | None:
        """The first day on which a word on the record as it stands could be given: the day it was written.

        A reconstructed example was written long after what it tells; there it is the first day the record tells of.
        """
        if not self.context.is_example:
            return self._written_on.get(record.act_id)
        return min(_days_of(record), default=None)

    def _too_early(self, day: date, first: date) -> str:
        if self.context.is_example:
            return say("这条记录说的是 {first} 的事，{day} 还不能表态。请核对表态日期。", first=first, day=day)
        return say("这条记录是 {first} 登记或更正的，{day} 还不能对它表态。请核对表态日期。", first=first, day=day)


def _about_reason(word: str, note: str) -> Iterable[Fault]:
    return [("note", "access.word.no_reason", say(NO_REASON))] if lacks_reason(word, note) else []


def _days_of(record: Record) -> list[date]:
    """The days a record itself tells of."""
    names = [field.attname for field in record._meta.concrete_fields if isinstance(field, models.DateField)]
    return [day for name in names if (day := getattr(record, name)) is not None]
