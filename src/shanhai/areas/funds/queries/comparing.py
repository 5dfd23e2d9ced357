"""The two books of the transfers: what the payer's side asserts, what the receiving side booked and says of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from shanhai.areas.funds.terms import BookState

#: Every transfer with what was received for it and the latest word said after it was last written; a receipt whose
#: transfer is not there stands for itself. What needs an answer first: a dispute before an amount, an amount before silence.
_COMPARED = """
    WITH sent AS (
        SELECT key, owner_side, source_key, document_no, released_on, amount_fen, entry FROM funds_release
        WHERE scope_id = %(scope)s AND stage = 'achieved' AND kind_code = 'transfer' AND released_on <= %(until)s
    ), got AS (
        SELECT release_key, min(owner_side) AS owner_side, min(source_key) AS source_key, min(voucher_no) AS voucher_no,
               min(key) AS first_key, max(received_on) AS received_on, min(received_on) AS first_on, sum(amount_fen)::bigint AS amount_fen
        FROM funds_receipt WHERE scope_id = %(scope)s AND stage = 'achieved' AND received_on <= %(until)s
        GROUP BY release_key
    ), compared AS (
        SELECT coalesce(sent.key, got.release_key) AS release_key, sent.key IS NOT NULL AS is_sent,
               coalesce(sent.owner_side, CASE got.owner_side WHEN 'west' THEN 'east' ELSE 'west' END) AS owner_side,
               coalesce(sent.source_key, got.source_key) AS source_key, coalesce(sent.document_no, got.voucher_no) AS document_no,
               coalesce(sent.released_on, got.first_on) AS released_on, coalesce(sent.amount_fen, 0) AS sent_fen,
               coalesce(got.amount_fen, 0) AS received_fen, got.received_on, coalesce(got.first_key, '') AS receipt_key,
               coalesce(said.word, '') AS word, coalesce(said.note, '') AS note, said.said_on
        FROM sent FULL JOIN got ON got.release_key = sent.key
        LEFT JOIN LATERAL (
            SELECT word, note, said_on FROM journal_partnerword AS one
            WHERE one.scope_id = %(scope)s AND one.record_type = 'funds.release' AND one.record_key = sent.key
              AND one.entry > sent.entry ORDER BY one.entry DESC LIMIT 1
        ) AS said ON true
    ), judged AS (
        SELECT *, CASE WHEN word = 'disputed' THEN 'disputed' WHEN NOT is_sent THEN 'unmatched'
                       WHEN received_fen = 0 THEN 'in_transit' WHEN received_fen <> sent_fen THEN 'differs'
                       WHEN word = '' THEN 'unanswered' ELSE 'settled' END AS state
        FROM compared
    )
"""
_ROWS = """
    SELECT release_key, owner_side, source_key, document_no, released_on, sent_fen, received_fen, received_on, receipt_key,
           word, note, said_on, state
    FROM judged WHERE state = ANY (%(states)s) AND (released_on, release_key) > (%(after_on)s, %(after_key)s)
    ORDER BY released_on, release_key LIMIT %(size)s
"""
_TOTALS = "SELECT state, count(*), sum(sent_fen)::bigint, sum(received_fen)::bigint, min(released_on) FROM judged GROUP BY state"


@dataclass(frozen=True, slots=True)
class Compared:
    """A transfer in both books. `owner_side` asserts it, the other side receives; `word` is empty where none is said."""

    release_key: str
    owner_side: str
    source_key: str
    document_no: str
    released_on: date
    sent_fen: int
    received_fen: int
    received_on: date | None
    receipt_key: str
    word: str
    note: str
    said_on: date | None
    state: str

    @property
    def gap_fen(self) -> int:
        """What the payer's book says more than the receiver's; below zero where it is less."""
        return self.sent_fen - self.received_fen


@dataclass(frozen=True, slots=True)
class StateTotal:
    """The transfers in one state: how many, what both books say of them in fen, and the day of the oldest."""

    state: str
    count: int
    sent_fen: int
    received_fen: int
    oldest_on: date


def states_of(chosen: str) -> list[str]:
    """The states a choice stands for: one, or all that are not settled."""
    open_states = [str(state) for state in BookState if state is not BookState.SETTLED]
    return [chosen] if chosen in BookState.values else open_states


def compared(
    scope_id: int, states: list[str], size: int, *, until: date, after: tuple[date, str] | None = None
) -> list[Compared]:
    """Transfers in some states as of a day, the oldest first."""
    after_on, after_key = after or (date.min, "")
    asked: dict[str, Any] = {
        "scope": scope_id,
        "until": until,
        "states": states,
        "size": size,
        "after_on": after_on,
        "after_key": after_key,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COMPARED + _ROWS, asked)
        return [Compared(*row) for row in cursor.fetchall()]


def totals_by_state(scope_id: int, *, until: date) -> dict[str, StateTotal]:
    """The totals of every state there is, all transfers together in one pass."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPARED + _TOTALS, {"scope": scope_id, "until": until})
        return {row[0]: StateTotal(*row) for row in cursor.fetchall()}
