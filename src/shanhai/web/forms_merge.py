"""Merging by field what two people did to one record: a change of one side stands, a change of both is asked about."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Merged:
    """The values after a merge, the fields taken over from the other, and those both changed differently.

    A field in `conflicts` keeps my value in `values` until somebody chooses.
    """

    values: dict[str, str]
    taken: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def merge(opened: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """Three values of every field I see: as I opened it, as I leave it, as the other left it."""
    values: dict[str, str] = {}
    taken, conflicts = [], []
    for name, value in mine.items():
        before = opened.get(name, value)
        now = theirs.get(name, before)
        values[name] = value
        if now in (before, value):
            continue
        if value == before:
            values[name] = now
            taken.append(name)
        else:
            conflicts.append(name)
    return Merged(values, tuple(taken), tuple(conflicts))
