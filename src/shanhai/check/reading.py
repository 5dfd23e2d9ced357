"""Reading the numeric claims of a Chinese report: value, unit, hedge, stage, period, places and relations of each."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shanhai.base.findings import Finding
from shanhai.base.units import unit as unit_named
from shanhai.check.arithmetic import contradictions
from shanhai.check.quantities import LOST
from shanhai.check.restoring import Restored, restore, span_as_given
from shanhai.check.running_text import RunningText, running_text
from shanhai.check.scanning import Found, scan
from shanhai.check.surroundings import Bounds, bounds_of, period_of, places_of, relation_of, section_of, stage_of

_BEHIND = re.compile(r"[^,。;:!?、\n\t\d]{0,30}")


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """One numeric claim as read; offsets `start`, `end` count characters of the text as given."""

    surface: str
    start: int
    end: int
    value: Decimal | str | None
    value_max: Decimal | None
    unit: str
    qualifier: str
    kind: str
    stage: str
    unreadable: bool
    clause: str
    sentence: str
    clause_start: int
    at: int
    subject: str
    section: str
    period: str
    places: tuple[str, ...]
    relation: str
    of: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read: its claims in order, and the findings of its own arithmetic."""

    text: str
    restored: Restored
    claims: tuple[ReadClaim, ...]
    findings: tuple[Finding, ...]


def read(text: str, *, published: date | None = None, names: tuple[str, ...] = ()) -> Reading:
    """Read all numeric claims of a text as given, damaged or not.

    `published` completes dates without a year; `names` are place names to look for without 省, 市 or 县 behind them.
    """
    restored = restore(text)
    running = running_text(restored)
    found = scan(running.text, published=published)
    page = _Page(text, restored, running, names)
    claims: list[ReadClaim] = []
    for one in found:
        claims.append(_claim(page, one, claims))
    return Reading(text, restored, tuple(claims), contradictions(running.text, found))


@dataclass(frozen=True, slots=True)
class _Page:
    """One text in its three forms, as given, restored and as it is read."""

    given: str
    restored: Restored
    running: RunningText
    names: tuple[str, ...]


def _claim(page: _Page, one: Found, earlier: list[ReadClaim]) -> ReadClaim:
    text = page.running.text
    first, last = page.running.restored_span(one.start, one.end)
    start, end = span_as_given(page.restored, first, last)
    bounds = bounds_of(text, one.start, one.end)
    relation = relation_of(text, one.start, one.end, bounds)
    whole = _whole(page.restored.text, first, one, earlier) if relation in {"subset", "part"} else None
    return ReadClaim(
        surface=page.given[start:end],
        start=start,
        end=end,
        value=one.value,
        value_max=one.high,
        unit=one.unit,
        qualifier=one.qualifier,
        kind=unit_named(one.unit).kind.value,
        stage=stage_of(text, one.start, bounds),
        unreadable=_touches_lost(page.restored, first, last),
        clause=text[bounds.clause_start : bounds.clause_end],
        sentence=text[bounds.sentence_start : bounds.sentence_end],
        clause_start=page.running.index[bounds.clause_start],
        at=first,
        subject=_subject(text, one, bounds),
        section=section_of(text, one.start),
        period=period_of(text, one.start, bounds),
        places=places_of(text, one.start, bounds, names=page.names),
        relation=relation,
        of=whole,
    )


def _whole(text: str, at: int, one: Found, earlier: list[ReadClaim]) -> int | None:
    """The index of the claim of which this one is a part: the nearest of its kind before the word that says so."""
    cue = max(text.rfind(word, 0, at) for word in ("其中", "分别", "包括", "(", "（"))
    kind = unit_named(one.unit).kind.value
    first = max(text.rfind(stop, 0, cue) for stop in "。！!\n") if cue >= 0 else at
    wholes = [place for place, claim in enumerate(earlier) if first < claim.at < cue and claim.kind == kind]
    return wholes[-1] if wholes else None


def _touches_lost(restored: Restored, first: int, last: int) -> bool:
    """Whether a digit or numeral of the number is doubtful, or the character behind it was lost."""
    return LOST in restored.text[first:last] or any(at in restored.doubtful for at in range(first, last))


def _subject(text: str, one: Found, bounds: Bounds) -> str:
    """What stands before and behind the number in its clause: the verb and what is counted."""
    ahead = text[max(bounds.clause_start, one.start - 40) : one.start]
    behind = _BEHIND.match(text, one.end)
    return ahead + (behind.group() if behind else "")
