"""Records that hold the words: what was found is held against the records as they are and as the reader may see them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shanhai.access.entering import SEPARATOR
from shanhai.base.identifiers import birth_date, plain_identity
from shanhai.journal.models import Record
from shanhai.reference.models import Person, Scope
from shanhai.reference.vault import blind_index
from shanhai.search import queries
from shanhai.search.building import searched_columns
from shanhai.search.queries import Asked, Hit
from shanhai.web import wording
from shanhai.web.live_records import live_records
from shanhai.web.search_marks import has_mark, marked

_IDENTITY = re.compile(r"\d{17}[\dX]", re.ASCII)
_FIELDS = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Records of one type: those shown, whether one of them is the very key, whether there are more after them."""

    record_type: str
    records: list[Record]
    exact: bool
    more: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What records hold the words, type by type; how many entries of the journal are not in the documents yet, and not even looked through."""

    groups: list[Found]
    late: int = 0
    left: int = 0


def identity_in(text: str) -> str:
    """The identity number of a person that a text is; empty where it is none."""
    plain = plain_identity(text)
    return plain if _IDENTITY.fullmatch(plain) and birth_date(plain) else ""


def people_of(identity: str) -> list[Record]:
    """The people of an identity number, found by its keyed fingerprint; the number itself is written nowhere."""
    return list(Person.objects.filter(identity_index=blind_index(identity))[:20])


def overview(asked: Asked, text: str, scopes: Sequence[Scope], *, most: int) -> Answer:
    """The first records of every type; one whose very key was given comes first, and its type before the others."""
    types = [name for name in wording.record_types() if name in queries.kinds()]
    hits = queries.find(asked, types, most=most + 1)
    late = queries.unread(asked)
    keys = _keys_of(text, asked, scopes)
    exact = queries.named(keys, types) if keys else []
    return Answer(_grouped([*exact, *hits, *late.hits], keys, most, types), late.count, late.left)


def page_of(asked: Asked, record_type: str, *, after: str, most: int) -> Answer:
    """Records of one type after a key, in the order of keys."""
    hits = queries.find(asked, [record_type], after=after, most=most + 1)
    late = queries.unread(asked)
    more = [hit for hit in late.hits if hit.record_type == record_type and hit.key > after]
    return Answer(_grouped(sorted({*hits, *more})[: most + 1], set(), most, [record_type]), late.count, late.left)


def _keys_of(text: str, asked: Asked, scopes: Sequence[Scope]) -> set[str]:
    """The whole keys a text may be, where it is a single word."""
    plain = text.strip()
    if " " in plain or not plain:
        return set()
    return {plain} | {
        f"{scope.code}{SEPARATOR}{plain}" for scope in scopes if asked.scope_id is None or scope.pk == asked.scope_id
    }


def _grouped(hits: Sequence[Hit], keys: set[str], most: int, types: Sequence[str]) -> list[Found]:
    """Hits by type, each held against its record: one that was written again since is left to its newer hit."""
    records = live_records((hit.record_type, hit.key, hit.scope_id) for hit in hits)
    groups: dict[str, list[Record]] = {}
    for hit in dict.fromkeys(hits):
        record = records.get((hit.record_type, hit.key, hit.scope_id))
        if record is not None and record.entry == hit.entry:
            known = groups.setdefault(hit.record_type, [])
            if record not in known:
                known.append(record)
    raw = {name: len({hit.key for hit in hits if hit.record_type == name}) for name in groups}
    found = [
        Found(name, groups[name][:most], any(one.key in keys for one in groups[name]), raw[name] > most)
        for name in types
        if name in groups
    ]
    return sorted(found, key=lambda one: not one.exact)


def told(record: Record, terms: Sequence[str]) -> dict[str, Any]:
    """A record for the page: its title and key, and the fields in which the words stand, each marked."""
    title = wording.title(record)
    key = wording.local(record.key)
    return {
        "url": wording.record_url(record.type_name(), record.key),
        "title": marked(title, terms),
        "key": marked(key, terms),
        "fields": _fields(record, terms, {title, key})[:_FIELDS],
        "scope_id": record.scope_id,
    }


def _fields(record: Record, terms: Sequence[str], told: set[str]) -> list[dict[str, Any]]:
    """The fields in which the words stand, beside what is told already."""
    model = type(record)
    fields: list[dict[str, Any]] = []
    for column in searched_columns(model):
        value = str(getattr(record, column) or "")
        if value and value not in told and value[:60] not in told:
            fields.append({"label": wording.label(model, column), "pieces": marked(value, terms)})
    return [field for field in fields if has_mark(field["pieces"])]
