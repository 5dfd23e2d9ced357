"""The shapes of what the API answers: codes beside their words, amounts in yuan as decimal strings, never a float."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import Field

#: Text of an address or a body; the database knows no NUL.
NO_NUL = r"^[^\x00]*$"
Text = Annotated[str, Field(pattern=NO_NUL)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
Year = Annotated[int, Field(ge=1949, le=2200)]
Entry = Annotated[int, Field(ge=0, lt=1 << 62)]
ScopeCode = Annotated[str, Query(pattern=NO_NUL, description="范围代码，不写时用上次看的范围 / code of a scope")]
AsOf = Annotated[Day | None, Query(description="算到哪一天，不写是今天 / up to a day")]
OfYear = Annotated[Year | None, Query(description="只算某一年 / one year only")]
Sort = Annotated[str, Query(pattern=NO_NUL, description="列名，前面加 - 为倒序 / a column, with - descending")]
After = Annotated[
    str, Query(max_length=200, pattern=NO_NUL, description="上一页的 next / the `next` of the page before")
]
Words = Annotated[str, Query(min_length=1, max_length=100, pattern=NO_NUL, description="要找的词 / words to find")]
From = Annotated[int, Query(alias="from", ge=0, lt=1 << 62, description="从第几条起 / the first entry")]


class Problem(Schema):
    """What went wrong, by RFC 9457, in the reader's language."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]] = []


class Coded(Schema):
    """A code and its word."""

    code: str
    label: str


class ScopeShape(Schema):
    """A pairing, or a region's own fund."""

    code: str
    name: str
    kind: str
    scheme: Coded
    level: Coded
    east_code: str
    west_code: str
    is_example: bool
    is_notice: bool


class FigureShape(Schema):
    """The value of a figure; `value` is null where `state` says why there is none."""

    figure: str
    label: str
    area: str
    value: str | None
    unit: Coded
    state: Coded
    stage: Coded
    rows: int
    url: str


class FiguresShape(Schema):
    """Figures of a scope for one time."""

    scope: str
    as_of: date
    year: int | None
    figures: list[FigureShape]


class SliceShape(Schema):
    """What a figure may be narrowed by."""

    name: str
    label: str


class FigureOpened(FigureShape):
    """A figure with its meaning."""

    scope: str
    as_of: date
    year: int | None
    rule: str
    basis: str
    how: str
    time: str
    version: int
    slices: list[SliceShape]


class FigureRows(Schema):
    """A page of the records behind a value; `fold` is the value folded again from all of them."""

    figure: str
    value: str | None
    fold: str | None
    total_rows: int
    first: int
    rows: list[dict[str, str | int | bool | None]]
    next: int | None


class ColumnShape(Schema):
    """A column of a record type: what it is called, whether a list may be sorted or narrowed by it, its codes."""

    name: str
    label: str
    kind: str
    sortable: bool
    filterable: bool
    refers_to: str | None
    codes: list[Coded]


class RecordType(Schema):
    """A type of record."""

    name: str
    label: str
    area: str
    crosses_border: bool
    columns: list[ColumnShape]


class FieldShape(Schema):
    """A field of a record: the value as it is stored (money in yuan) and as a reader sees it."""

    name: str
    label: str
    value: str | int | bool | None
    text: str


class RecordShape(Schema):
    """A record."""

    type: str
    key: str
    scope: str
    title: str
    owner_side: Coded
    stage: Coded
    scheme: Coded
    version: int
    entry: int
    fields: list[FieldShape]
    url: str


class RecordList(Schema):
    """A page of records; `next` and `previous` are given back as `after` and `before`."""

    type: str
    scope: str
    sort: str
    records: list[RecordShape]
    next: str | None
    previous: str | None


class Change(Schema):
    """A field before and after, as a reader sees it."""

    field: str
    before: str
    after: str


class HistoryLine(Schema):
    """What happened to a record: the entry, who, when, why, and what changed."""

    entry: int
    act: str
    when: str
    who: str
    reason: str
    changes: list[Change]


class RecordOpened(RecordShape):
    """A record with its source and history."""

    source: dict[str, Any]
    history: list[HistoryLine]


class JournalLine(Schema):
    """What one statement of an act wrote: its entries from first to last, of one record type."""

    first: int
    last: int
    count: int
    act_id: str
    act: Coded
    acted_by: str
    who: str
    acted_at: datetime | None
    reason: str
    record_type: str
    first_key: str


class JournalShape(Schema):
    """A page of the journal, newest first; `next` is given back as `after`."""

    scope: str
    lines: list[JournalLine]
    next: int | None


class EntryShape(Schema):
    """An entry: the record, what changed, its digest, and the link of the chain it stands in."""

    entry: int
    record_type: str
    key: str
    new: bool
    changes: list[Change]
    digest: str
    link: int | None
    head: str


class ActShape(Schema):
    """An act with a page of its entries; `next` is given back as `from`."""

    act_id: str
    act: Coded
    acted_by: str
    who: str
    acted_at: datetime
    reason: str
    entries: list[EntryShape]
    next: int | None


class FoundRecord(Schema):
    """A record that holds the words."""

    type: str
    key: str
    scope: str
    title: str
    url: str


class FoundGroup(Schema):
    """What was found of one type of record; `next` is given back as `after` together with `kind`."""

    type: str
    label: str
    records: list[FoundRecord]
    next: str | None


class FoundPlace(Schema):
    """A figure, page, worksheet or kind of act that holds the words."""

    group: str
    title: str
    note: str
    url: str


class SearchShape(Schema):
    """What was found; `unread` says how many of the latest entries were not looked through yet."""

    records: list[FoundGroup]
    places: list[FoundPlace]
    unread: int


class Article(Schema):
    """An article to be checked."""

    text: Annotated[str, Field(min_length=1, max_length=200_000, pattern=NO_NUL)]
    pairing: Annotated[str, Field(max_length=24, pattern=NO_NUL)] | None = None
    published: Day | None = None


class Claim(Schema):
    """A number of the article with its verdict; offsets count characters of the text as given."""

    surface: str
    start: int
    end: int
    value: str | int | float | None
    value_max: str | int | float | None
    unit: str | None
    qualifier: str | None
    kind: str | None
    stage: str | None
    figure: str | None
    computed: str | None
    verdict: Coded
    reason: str
    records: list[str]
    reconstructed: bool
    unreadable: bool


class ArticleFinding(Schema):
    """What the text contradicts in itself, or what was assumed."""

    code: str
    message: str
    found: str
    expected: str


class CheckShape(Schema):
    """The article checked."""

    claims: list[Claim]
    findings: list[ArticleFinding]
    pairing: str | None
    held_on: date | None
