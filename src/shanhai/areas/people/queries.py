"""Reads of people and households: what stands for whom, and which records may mean the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from shanhai.reference.models import Household, Merge, Person
from shanhai.reference.queries import undecided_pairs
from shanhai.reference.terms import MergeKind, MergeVerdict

REGISTERS: dict[str, type[Person] | type[Household]] = {MergeKind.PERSON: Person, MergeKind.HOUSEHOLD: Household}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records that may mean one person, and nobody has decided: their keys, how they are called, and why."""

    left: str
    right: str
    name: str
    same_household: bool


def records_of(person: Person) -> list[Person]:
    """Every record of a person: the one that stands for them first, then those decided to be the same."""
    standing = person.canonical_key or person.key
    found = Person.objects.filter(Q(key=standing) | Q(canonical_key=standing), scope_id=person.scope_id)
    return list(found.select_related("scope").order_by("canonical_key", "key"))


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


def candidates(scope_id: int, kind: str = MergeKind.PERSON, *, most: int = 200) -> list[Candidate]:
    """Records that may mean one person or household and about which nobody has decided, at most so many."""
    named = "left_key, right_key, name, together"
    statement = f"SELECT {named} FROM ({undecided_pairs(kind)}) AS pair WHERE scope_id = %s ORDER BY 1, 2 LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [scope_id, most])
        return [Candidate(*row) for row in cursor.fetchall()]
