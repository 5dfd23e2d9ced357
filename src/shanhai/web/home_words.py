"""What waits between the two sides: records of the other side to confirm, and own records the other side disputes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from psycopg import sql

from shanhai.access.actions import GIVE_WORD
from shanhai.access.sessions import may
from shanhai.base.language import say
from shanhai.journal.models import Record
from shanhai.journal.terms import Side, Word
from shanhai.web import wording
from shanhai.web.declare import Look, Waiting

_SIDES = (Side.EAST, Side.WEST)

#: Each record that crosses with the latest word said after it was last written.
_COUNTS = sql.SQL(
    """
    SELECT {type}, record.owner_side, coalesce(said.word, ''), count(*)
    FROM {table} AS record LEFT JOIN LATERAL (
        SELECT word FROM journal_partnerword AS word
        WHERE word.scope_id = record.scope_id AND word.record_type = {type} AND word.record_key = record.key
          AND word.entry > record.entry
        ORDER BY word.entry DESC LIMIT 1
    ) AS said ON true
    WHERE record.scope_id = {scope} AND {crossing} GROUP BY 2, 3
    """
)


@dataclass(frozen=True, slots=True)
class Said:
    """How many records of a type in one side's book stand under the same word of the other; empty where none is said."""

    record_type: str
    side: str
    word: str
    count: int


def crossing_types() -> dict[str, type[Record]]:
    """The record types of which some cross the border."""
    return {name: model for name, model in wording.record_types().items() if model.crossing is not None}


def said_in(scope_id: int) -> list[Said]:
    """What is said, and not yet said, of the records that cross the border in a pairing, in one query."""
    parts = [_part(name, model, scope_id) for name, model in crossing_types().items()]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts))
        return [Said(*row) for row in cursor.fetchall()]


def _part(name: str, model: type[Record], scope_id: int) -> sql.Composed:
    conditions = [
        sql.SQL("record.{} = {}").format(sql.Identifier(column), sql.Literal(value))
        for column, value in (model.crossing or {}).items()
    ]
    return _COUNTS.format(
        type=sql.Literal(name),
        table=sql.Identifier(model._meta.db_table),
        scope=sql.Literal(scope_id),
        crossing=sql.SQL(" AND ").join(conditions) if conditions else sql.SQL("true"),
    )


def words_waiting(look: Look) -> Iterator[Waiting]:
    """Records of the other side that this reader confirms or disputes, and disputes of records of their own side."""
    mine = {side for side in _SIDES if may(look.actor, GIVE_WORD, scope_id=look.scope.pk, side=side)}
    if not mine:
        return
    for said in said_in(look.scope.pk):
        word = wording.type_word(wording.model_named(said.record_type))
        if not said.word and {side for side in _SIDES if side != said.side} & mine:
            yield Waiting(
                say("{side}登记的{type}，等本方确认", side=_side(said.side), type=word), _url(look, said), said.count
            )
        elif said.word == Word.DISPUTED and said.side in mine:
            yield Waiting(say("本方登记的{type}，对方有异议", type=word), _url(look, said), said.count)


def _side(side: str) -> str:
    return say(str(Side(side).label))


def _url(look: Look, said: Said) -> str:
    """The list narrowed to the side's records; the word stands on each record's page."""
    crossing = wording.model_named(said.record_type).crossing or {}
    return wording.with_query(
        reverse("list", args=[said.record_type]),
        scope=look.scope.code,
        owner_side=said.side,
        word=said.word or "none",
        **crossing,
    )
