"""Which records hold the words asked for: by the documents, and by the journal where that is not read yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from shanhai.journal.models import Entry, Record
from shanhai.search.building import searched_columns, searched_models
from shanhai.search.models import Document, Progress
from shanhai.search.tokens import needed, normal

#: Entries that are looked through in the journal itself while the documents are behind it.
MOST_UNREAD = 500


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A record that holds the words as of an entry; whoever shows it holds that against the record as it is."""

    key: str
    record_type: str
    entry: int
    scope_id: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: every term, in one scope or in all the reader sees."""

    terms: tuple[str, ...]
    scope_id: int | None = None

    @classmethod
    def of(cls, text: str, scope_id: int | None = None) -> "Asked":
        """The terms of a text: what stands between its spaces, without what has no letters."""
        return cls(tuple(dict.fromkeys(filter(None, map(normal, text.split())))), scope_id)

    @property
    def tokens(self) -> list[str]:
        """The tokens every record found has."""
        return sorted({token for term in self.terms for token in needed(term)})

    @property
    def begun(self) -> list[str]:
        """The tokens every record found has where the last words may go on: `ZF-2021-00` for `ZF-2021-0001`."""
        return sorted({token for term in self.terms for token in needed(term, goes_on=True)})

    @property
    def answerable(self) -> bool:
        """Whether there are two characters of Chinese or a word to look for."""
        return any(len(token) > 1 for token in self.tokens)

    def holds(self, words: str) -> bool:
        """Whether normal words hold every term."""
        return all(term in words for term in self.terms)


@cache
def kinds() -> dict[str, type[Record]]:
    """Every type of record that is searched, by its name."""
    return {model.type_name(): model for model in searched_models()}


def find(asked: Asked, record_types: Sequence[str], *, after: str = "", most: int) -> list[Hit]:
    """The first hits of each type in the order of keys, after a key.

    Words that are not whole are looked for where whole ones find nothing: that is slower, for fewer tokens narrow it.
    """
    if not asked.answerable:
        return []
    phrases = [f"%{term}%" for term in asked.terms]
    given = [list(record_types), asked.scope_id, asked.tokens, phrases, after, most]
    found = _find(given)
    return found if found or asked.begun == asked.tokens else _find([*given[:2], asked.begun, *given[3:]])


def _find(given: list[Any]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, kind, entry, scope FROM search_find(%s, %s, %s, %s, %s, %s)", given)
        return [Hit(*row) for row in cursor.fetchall()]


def named(keys: Iterable[str], record_types: Sequence[str]) -> list[Hit]:
    """The records whose very key is asked for."""
    found = Document.objects.filter(record_type__in=record_types, record_key__in=list(keys))
    return [Hit(*row) for row in found.values_list("record_key", "record_type", "entry", "scope_id")[:50]]


@dataclass(frozen=True, slots=True)
class Unread:
    """The end of the journal that is not in the documents yet: its hits, how many entries were looked through, and not."""

    hits: tuple[Hit, ...]
    count: int
    left: int


def unread(asked: Asked) -> Unread:
    """Hits among the entries that are not read yet, the newest of them."""
    if not asked.answerable:
        return Unread((), 0, 0)
    read = Progress.objects.values_list("last_seq", flat=True).first() or 0
    entries = Entry.objects.filter(seq__gt=read, record_type__in=list(kinds()))
    if asked.scope_id is not None:
        entries = entries.filter(scope_id=asked.scope_id)
    rows = list(
        entries.order_by("-seq").values_list("seq", "scope_id", "record_type", "record_key", "after")[:MOST_UNREAD]
    )
    left = entries.count() - MOST_UNREAD if len(rows) == MOST_UNREAD else 0
    found = {
        (kind, key): Hit(key, kind, seq, scope)
        for seq, scope, kind, key, after in reversed(rows)
        if scope is not None and asked.holds(words_of(kinds()[kind], key, after or {}))
    }
    return Unread(tuple(sorted(found.values())), len(rows), left)


def words_of(model: type[Record], key: str, told: Mapping[str, Any]) -> str:
    """The normal words of a record, as the database makes them."""
    texts = [key.partition("/")[2] or key, *(told.get(column) for column in searched_columns(model))]
    return normal(" ".join(str(text) for text in texts if text is not None))
