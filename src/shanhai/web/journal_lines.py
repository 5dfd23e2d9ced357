"""Lines of the journal: a statement of an act with its entries from first to last, or a single entry of one record."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from shanhai.base.language import say
from shanhai.journal.acts import KINDS
from shanhai.journal.models import Act, Entry, Span
from shanhai.web import wording
from shanhai.web.journal_filters import Narrowed
from shanhai.web.keysets import Found


@dataclass(frozen=True, slots=True)
class Line:
    """Entries that stand together: of one act, one type, one scope."""

    first: int
    last: int
    count: int
    act_id: uuid.UUID
    record_type: str
    code: str
    acted_by: str
    acted_at: datetime | None
    #: The key of the first record.
    key: str
    #: The name the account shows, and why the act was done; empty where only the entries are the reader's to see.
    who: str
    reason: str

    @property
    def act_word(self) -> str:
        """What the act is called."""
        return act_word(self.code)

    @property
    def url(self) -> str:
        """The act, at its entry."""
        return f"{reverse('journal-act', args=[self.act_id])}?from={self.first}#entry-{self.first}"


def act_word(code: str) -> str:
    """What an act of this code is called; an older program's code says itself."""
    kind = KINDS.get(code)
    return say(kind.zh) if kind else code or say("写入")


def type_word(name: str) -> str:
    """What a type of record in the journal is called."""
    if name == "journal.evidence":
        return say("佐证材料")
    return wording.type_word(wording.record_types()[name]) if name in wording.record_types() else name


def page_of(narrowed: Narrowed, place: tuple[int | None, int | None], size: int) -> Found:
    """A page of lines, newest first: those below the entry `after`, or above the entry `before`."""
    after, before = place
    by_key = "key" in narrowed.asked
    rows: Any = narrowed.entries() if by_key else narrowed.spans()
    column = "seq" if by_key else "last_seq"
    if before is not None:
        found = list(rows.filter(**{f"{column}__gt": before}).order_by(column)[: size + 1])
        shown, more = found[:size][::-1], (len(found) > size, True)
    else:
        below = {} if after is None else {f"{column}__lt": after}
        found = list(rows.filter(**below).order_by(f"-{column}")[: size + 1])
        shown, more = found[:size], (after is not None, len(found) > size)
    return Found(_of_entries(shown) if by_key else _of_spans(shown), *more)


def _of_spans(spans: Sequence[Span]) -> list[Line]:
    acts = acts_of({span.act_id for span in spans})
    firsts = Entry.objects.filter(seq__in=[span.first_seq for span in spans])
    keys = dict(firsts.values_list("seq", "record_key"))
    return [
        Line(
            span.first_seq, span.last_seq, span.entry_count, span.act_id, span.record_type, span.code, span.acted_by,
            span.acted_at, keys.get(span.first_seq, ""), *_told(acts, span.act_id, span.acted_by),
        )
        for span in spans
    ]  # fmt: skip


def _of_entries(entries: Iterable[Entry]) -> list[Line]:
    found = list(entries)
    acts = acts_of({entry.act_id for entry in found})
    return [_of_entry(entry, acts) for entry in found]


def _of_entry(entry: Entry, acts: Mapping[uuid.UUID, Act]) -> Line:
    act = acts.get(entry.act_id)
    return Line(
        entry.seq, entry.seq, 1, entry.act_id, entry.record_type, act.code if act else "", act.acted_by if act else "",
        act.acted_at if act else None, entry.record_key, *_told(acts, entry.act_id, ""),
    )  # fmt: skip


def acts_of(numbers: Iterable[uuid.UUID]) -> dict[uuid.UUID, Act]:
    """The acts of these numbers that the reader sees, without their long sources."""
    return {act.pk: act for act in Act.objects.filter(pk__in=list(numbers)).defer("source")}


def _told(acts: Mapping[uuid.UUID, Act], number: uuid.UUID, account: str) -> tuple[str, str]:
    act = acts.get(number)
    return (act.acted_by_name or act.acted_by, act.reason) if act else (account, "")
