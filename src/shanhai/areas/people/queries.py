"""Reads of people and households: what stands for whom, and which records may mean the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

from shanhai.reference.models import Household, Merge, Person
from shanhai.reference.terms import MergeKind, MergeVerdict

REGISTERS: dict[str, type[Person] | type[Household]] = {MergeKind.PERSON: Person, MergeKind.HOUSEHOLD: Household}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records that may mean one person, and nobody has decided: their keys, how they are called, and why."""

    left: str
    right: str
    name: str
    same_household: bool


def in_force(scope_id: int, kind: str) -> list[tuple[str, str]]:
    """The pairs decided to be the same, as decisions now stand."""
    held = Merge.objects.filter(
        scope_id=scope_id, kind_code=kind, verdict_code=MergeVerdict.SAME, revoked_on__isnull=True
    )
    return list(held.values_list("left_key", "right_key"))


def standing_for(pairs: Iterable[tuple[str, str]], ranked: dict[str, Any]) -> dict[str, str]:
    """For each record of the pairs the one that stands for its group: the first by rank, then by key.

    `ranked` gives the rank of a key; the smallest stands for the others.
    """
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def order(key: str) -> tuple[Any, str]:
        return ranked.get(key, 1), key

    for left, right in pairs:
        first, second = sorted((root(left), root(right)), key=order)
        parent[second] = first
    return {key: root(key) for key in list(parent)}


#: Same name, and nothing tells the two apart: one has no number, or both live in one household.
_CANDIDATES = """
    SELECT a.key, b.key, a.name_mask, a.household_key <> '' AND a.household_key = b.household_key
    FROM reference_person a
    JOIN reference_person b ON b.scope_id = a.scope_id AND b.name_index = a.name_index AND a.key < b.key
    WHERE a.scope_id = {scope} AND a.name_index <> ''
      AND (a.identity_index = '' OR b.identity_index = '' OR (a.household_key <> '' AND a.household_key = b.household_key))
      AND (a.identity_index = '' OR a.identity_index <> b.identity_index)
      AND (a.birth_on IS NULL OR b.birth_on IS NULL OR a.birth_on = b.birth_on)
      AND COALESCE(NULLIF(a.canonical_key, ''), a.key) <> COALESCE(NULLIF(b.canonical_key, ''), b.key)
      AND NOT EXISTS (
          SELECT 1 FROM reference_merge m
          WHERE m.scope_id = a.scope_id AND m.kind_code = 'person' AND m.revoked_on IS NULL
            AND m.left_key IN (a.key, b.key) AND m.right_key IN (a.key, b.key)
      )
    ORDER BY a.key, b.key LIMIT {most}
"""


def candidates(scope_id: int, *, most: int = 200) -> list[Candidate]:
    """Records that may mean one person and about which nobody has decided, at most so many."""
    statement = sql.SQL(_CANDIDATES).format(scope=sql.Literal(scope_id), most=sql.Literal(most))
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [Candidate(*row) for row in cursor.fetchall()]
