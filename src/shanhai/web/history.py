"""What happened to a record: each journal entry with its act, and what it changed, field by field."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shanhai.base.language import say
from shanhai.journal.acts import KINDS
from shanhai.journal.models import Act, Entry, Evidence, PartnerWord, Record
from shanhai.journal.terms import Word
from shanhai.web import wording

#: What an entry says beside the record's own fields, and what is told of it.
_TOLD_TOO = ("stage", "scheme", "owner_side")


@dataclass(frozen=True, slots=True)
class Beside:
    """What was done beside a record: an evidence file given, a word said by the other side."""

    entry: int
    act_id: uuid.UUID
    what: str
    told: str


def beside(record: Record, files: Sequence[Evidence]) -> list[Beside]:
    """Everything done beside the record: its evidence, and what the other side said of it."""
    said = PartnerWord.objects.filter(
        scope_id=record.scope_id, record_type=record.type_name(), record_key=record.key
    )  # fmt: skip
    given = [Beside(one.entry, one.act_id, say("凭证"), one.name) for one in files]
    return given + [Beside(one.entry, one.act_id, say("对方意见"), _said(one)) for one in said]


def _said(one: PartnerWord) -> str:
    word = say(str(Word(one.word).label))
    return say("{word}：{note}", word=word, note=one.note) if one.note else word


def entries_of(record: Record) -> list[Entry]:
    """The entries of the record itself."""
    found = Entry.objects.filter(record_type=record.type_name(), record_key=record.key, scope_id=record.scope_id)
    return list(found)


def acts_of(record: Record, own: Sequence[Entry], others: Sequence[Beside]) -> dict[uuid.UUID, Act]:
    """The acts that wrote the record and what stands beside it, by their number."""
    wanted = {*(entry.act_id for entry in own), *(one.act_id for one in others), record.act_id}
    return {act.pk: act for act in Act.objects.filter(pk__in=wanted)}


def history_of(
    record: Record, own: Sequence[Entry], others: Sequence[Beside], acts: Mapping[uuid.UUID, Act]
) -> list[dict[str, Any]]:
    """The entries of a record and of what stands beside it, newest first."""
    lines = [(entry.seq, entry.act_id, changes_of(type(record), entry)) for entry in own]
    lines += [(one.entry, one.act_id, [{"field": one.what, "before": "", "after": one.told}]) for one in others]
    return [_line(seq, acts.get(act_id), changes) for seq, act_id, changes in sorted(lines, key=lambda line: -line[0])]


def _line(seq: int, act: Act | None, changes: list[dict[str, str]]) -> dict[str, Any]:
    told: dict[str, Any] = {"entry": seq, "changes": changes, "act": say("写入"), "when": "", "who": "", "reason": ""}
    if act is None:
        return told
    kind = KINDS.get(act.code)
    return told | {
        "act": say(kind.zh) if kind else act.code,
        "when": wording.moment(act.acted_at),
        "who": act.acted_by_name or act.acted_by,
        "reason": act.reason,
    }


def changes_of(model: type[Record], entry: Entry) -> list[dict[str, str]]:
    """The fields an entry set or changed; personal values are never shown, not even that they differ."""
    before, after = entry.before or {}, entry.after or {}
    changed = [
        column for column in (*wording.own_columns(model), *_TOLD_TOO) if before.get(column) != after.get(column)
    ]
    lines = [
        {
            "field": wording.label(model, column),
            "before": _text(model, column, before),
            "after": _text(model, column, after),
        }
        for column in changed
    ]
    return [line for line in lines if line["before"] != line["after"]]


def _text(model: type[Record], column: str, line: Mapping[str, Any]) -> str:
    value = line.get(column)
    return wording.local(value) if column.endswith("_key") and value else wording.cell(model, column, value)
