"""Every record that crosses the border with what the other side says of it, whatever the type, in one question.

Which types have such records, and which of their records cross, is what a model declares in `crossing`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg import sql

from shanhai.journal.models import Record
from shanhai.journal.terms import Side
from shanhai.web import wording

ACROSS: Mapping[str, str] = {Side.EAST: Side.WEST, Side.WEST: Side.EAST}
_CHUNK = 2_000


class Standing(StrEnum):
    """How a record that crosses stands between the two sides; the order is that of the list."""

    DISPUTED = "disputed"
    ASSERTED = "asserted"
    CHANGED = "changed"
    CONFIRMED = "confirmed"


#: What is not settled; a record corrected after the other side's word waits like one it never spoke of.
UNSETTLED = (Standing.DISPUTED, Standing.ASSERTED, Standing.CHANGED)

#: `said` is the latest word on each record; it counts where it was said after the record was last written. `entry` and
#: `act_id` tell since when the record stands as it does; an entry is of one record alone, so it pages the list too.
#: A word brought by a worksheet was said before it was recorded: the record stands so since the day it was said.
_JUDGED = sql.SQL(
    """
    WITH said AS (
        SELECT DISTINCT ON (record_type, record_key) record_type, record_key, word, note, said_on, entry, act_id
        FROM journal_partnerword WHERE scope_id = {scope} ORDER BY record_type, record_key, entry DESC
    ), crossing AS ({parts}), told AS (
        SELECT one.record_type, one.key, one.owner_side, coalesce(said.word, '') AS word, coalesce(said.note, '') AS note,
               CASE WHEN said.entry IS NULL THEN 'asserted' WHEN said.entry < one.entry THEN 'changed' ELSE said.word END AS standing,
               greatest(one.entry, said.entry) AS entry,
               CASE WHEN said.entry > one.entry THEN said.act_id ELSE one.act_id END AS act_id,
               CASE WHEN said.entry > one.entry THEN said.said_on::timestamp AT TIME ZONE {zone} END AS said_at
        FROM crossing AS one LEFT JOIN said ON said.record_type = one.record_type AND said.record_key = one.key
    ), judged AS (
        SELECT *, CASE standing WHEN 'disputed' THEN 0 WHEN 'confirmed' THEN 2 ELSE 1 END AS rank,
               CASE standing WHEN 'disputed' THEN owner_side WHEN 'confirmed' THEN ''
                    ELSE CASE owner_side WHEN 'east' THEN 'west' ELSE 'east' END END AS turn
        FROM told
    )
    """
)
_PART = sql.SQL(
    "SELECT {type} AS record_type, key, owner_side, entry, act_id FROM {table}"
    " WHERE scope_id = {scope} AND owner_side IN ('east', 'west') AND {crossing}"
)
_COUNTS = sql.SQL(
    """
    SELECT judged.record_type, judged.owner_side, judged.standing, count(*), min(least(act.acted_at, judged.said_at))
    FROM judged LEFT JOIN journal_act AS act ON act.id = judged.act_id GROUP BY 1, 2, 3
    """
)
_WAITING = sql.SQL(
    """
    SELECT count(*), count(*) FILTER (WHERE standing = 'changed'), coalesce(max(judged.entry), 0), min(least(act.acted_at, judged.said_at))
    FROM judged LEFT JOIN journal_act AS act ON act.id = judged.act_id WHERE {conditions}
    """
)
_ROWS = sql.SQL(
    """
    SELECT shown.record_type, shown.key, shown.owner_side, shown.standing, shown.turn, shown.word, shown.note,
           shown.rank, shown.entry, least(act.acted_at, shown.said_at), coalesce(nullif(act.acted_by_name, ''), act.acted_by, '')
    FROM (SELECT * FROM judged WHERE {conditions} ORDER BY rank {way}, entry {way} LIMIT {size}) AS shown
    LEFT JOIN journal_act AS act ON act.id = shown.act_id ORDER BY shown.rank {way}, shown.entry {way}
    """
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many records of a type in one side's book stand the same, and since when the oldest of them does."""

    record_type: str
    side: str
    standing: str
    count: int
    oldest_at: datetime | None

    @property
    def turn(self) -> str:
        """The side that acts next; empty once settled."""
        if self.standing == Standing.CONFIRMED:
            return ""
        return self.side if self.standing == Standing.DISPUTED else ACROSS[self.side]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A record that crosses the border. `owner_side` asserts it; `turn` is the side that acts next, empty once settled.

    `word` and `note` are what the other side said last, also where a later correction made it void; `since` and `by`
    tell when and by whom it came to stand as it does.
    """

    record_type: str
    key: str
    owner_side: str
    standing: Standing
    turn: str
    word: str
    note: str
    rank: int
    entry: int
    since: datetime | None
    by: str

    @property
    def answering_side(self) -> str:
        """The side that confirms or disputes the record."""
        return ACROSS[self.owner_side]

    @property
    def place(self) -> tuple[int, int]:
        """Where the record stands in the list."""
        return self.rank, self.entry


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to: a type, how records stand (all that is not settled where empty), whose book, whose turn.

    `until` leaves out what came to stand as it does after that journal entry; 0 leaves out nothing.
    """

    record_type: str = ""
    standing: str = ""
    side: str = ""
    turn: str = ""
    until: int = 0


@dataclass(frozen=True, slots=True)
class Lot:
    """How many records a list has, how many of them were corrected after a word, up to which entry, since when."""

    count: int
    changed: int
    until: int
    oldest_at: datetime | None


def crossing_types() -> dict[str, type[Record]]:
    """The record types of which some cross the border, as their models declare."""
    return {name: model for name, model in wording.record_types().items() if model.crossing is not None}


def counts_in(scope_id: int) -> list[Count]:
    """How the records that cross stand in a pairing, by type and side; types without any are left out."""
    order = {name: place for place, name in enumerate(crossing_types())}
    found = [Count(*row) for row in _fetched(scope_id, crossing_types(), _COUNTS)]
    return sorted(found, key=lambda one: (order[one.record_type], one.side, one.standing))


def page_of(
    scope_id: int, asked: Narrowing, size: int, *, place: tuple[int, int] | None = None, back: bool = False
) -> list[Crossing]:
    """Records after a place, in their order: disputed ones first, then the longest waiting; `back`, those before it."""
    query = _ROWS.format(
        conditions=sql.SQL(" AND ").join(_conditions(asked, place, back=back)),
        way=sql.SQL("DESC" if back else "ASC"),
        size=sql.Literal(size),
    )
    found = [
        Crossing(name, key, side, Standing(standing), *rest)
        for name, key, side, standing, *rest in _fetched(scope_id, _types(asked), query)
    ]
    return found[::-1] if back else found


def lot_of(scope_id: int, asked: Narrowing) -> Lot:
    """All records asked for, as numbers."""
    query = _WAITING.format(conditions=sql.SQL(" AND ").join(_conditions(asked, None, back=False)))
    (row,) = _fetched(scope_id, _types(asked), query)
    return Lot(*row)


def chunks_of(scope_id: int, asked: Narrowing) -> Iterator[list[Crossing]]:
    """All records asked for in their order, some at a time."""
    place: tuple[int, int] | None = None
    while found := page_of(scope_id, asked, _CHUNK, place=place):
        yield found
        place = found[-1].place


def _types(asked: Narrowing) -> dict[str, type[Record]]:
    known = crossing_types()
    return {asked.record_type: known[asked.record_type]} if asked.record_type else known


def _fetched(scope_id: int, types: Mapping[str, type[Record]], query: sql.Composable) -> list[tuple[Any, ...]]:
    if not types:
        return []
    parts = sql.SQL(" UNION ALL ").join(_part(name, model, scope_id) for name, model in types.items())
    with connection.cursor() as cursor:
        zone = sql.Literal(timezone.get_current_timezone_name())
        cursor.execute(_JUDGED.format(scope=sql.Literal(scope_id), parts=parts, zone=zone) + query)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _part(name: str, model: type[Record], scope_id: int) -> sql.Composed:
    conditions = [
        sql.SQL("{} = {}").format(sql.Identifier(column), sql.Literal(value))
        for column, value in (model.crossing or {}).items()
    ]
    return _PART.format(
        type=sql.Literal(name),
        table=sql.Identifier(model._meta.db_table),
        scope=sql.Literal(scope_id),
        crossing=sql.SQL(" AND ").join(conditions) if conditions else sql.SQL("true"),
    )


def _conditions(asked: Narrowing, place: tuple[int, int] | None, *, back: bool) -> Iterator[sql.Composable]:
    standings = [asked.standing] if asked.standing else [str(one) for one in UNSETTLED]
    yield sql.SQL("standing = ANY ({})").format(sql.Literal(standings))
    if asked.side:
        yield sql.SQL("owner_side = {}").format(sql.Literal(asked.side))
    if asked.turn:
        yield sql.SQL("turn = {}").format(sql.Literal(asked.turn))
    if asked.until:
        yield sql.SQL("judged.entry <= {}").format(sql.Literal(asked.until))
    if place is not None:
        beyond = sql.SQL("(rank, entry) < ({}, {})" if back else "(rank, entry) > ({}, {})")
        yield beyond.format(*(sql.Literal(number) for number in place))
