"""Reads of reference data that are more than a filter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag

from shanhai.base.findings import Refused
from shanhai.base.language import say
from shanhai.reference import vault
from shanhai.reference.models import Pairing, Person, PersonKey, Region
from shanhai.reference.terms import MergeKind

#: Begins the code of a region's own fund.
FUND = "FUND-"


def personal_keys(person_keys: Iterable[str]) -> dict[str, str]:
    """The keys of people, wrapped, by the keys of their records; those destroyed are left out."""
    return dict(PersonKey.objects.filter(person_key__in=list(person_keys)).values_list("person_key", "wrapped"))


def personal_values(person_keys: Iterable[str]) -> dict[str, dict[str, str | None]]:
    """Name and identity number of people by their key, opened in memory to be compared; destroyed ones are left out."""
    wanted = list(person_keys)
    wrapped = dict(PersonKey.objects.filter(person_key__in=wanted).values_list("person_key", "wrapped"))
    found: dict[str, dict[str, str | None]] = {}
    for person in Person.objects.filter(key__in=wanted):
        try:
            key = wrapped[person.key]
            found[person.key] = {
                "name": vault.open_sealed(key, person.name_sealed),
                "identity": vault.open_sealed(key, person.identity_sealed) if person.identity_sealed else None,
            }
        except (KeyError, InvalidTag):
            continue
    return found


def opened_under(sealed: Sequence[tuple[str, str]]) -> list[str | None]:
    """Values sealed under the keys of people, opened in memory, in their order; blank and destroyed ones are nothing."""
    named = PersonKey.objects.filter(person_key__in={person for person, text in sealed if text})
    wrapped = dict(named.values_list("person_key", "wrapped"))
    found: list[str | None] = []
    for person, text in sealed:
        try:
            found.append(vault.open_sealed(wrapped[person], text) if text else None)
        except (KeyError, InvalidTag):
            found.append(None)
    return found


def scope_of(code: str, pairing: dict[str, Any] | None, *, is_notice: bool) -> dict[str, Any]:
    """The scope a code founds: a pairing as its sheet says, or a region's own fund by its region code."""
    if code.startswith(FUND):
        region = code.removeprefix(FUND)[:6]
        name, level = _region(region)
        return {
            "kind": "region_fund", "code": code, "name": f"{name}本地资金", "scheme": "own_fund", "level": level,
            "east_code": "", "west_code": region, "is_notice": is_notice, "is_example": False,
        }  # fmt: skip
    if pairing is None:
        raise Refused(say("“{code}”还没有登记结对关系。请先填写并装载“结对关系”表。", code=code))
    if code != f"{pairing['east_code']}-{pairing['west_code']}":
        east, west = pairing["east_code"], pairing["west_code"]
        raise Refused(
            say(
                "结对代码“{code}”与双方代码 {east}、{west} 不一致，应为 {east}-{west}。",
                code=code,
                east=east,
                west=west,
            )
        )
    (east_name, _), (west_name, _) = _region(pairing["east_code"]), _region(pairing["west_code"])
    return {
        "kind": "pairing", "code": code, "name": f"{east_name}—{west_name}", "scheme": pairing["scheme"],
        "level": pairing["level"],
        "east_code": pairing["east_code"], "west_code": pairing["west_code"], "is_notice": is_notice,
        "is_example": bool(pairing["is_example"]),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """A round of a pairing: its number, its first day, and its last; no last day while it lasts."""

    number: int
    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether a day lies inside, the first and the last day included."""
        return self.first <= day and (self.last is None or day <= self.last)


def rounds_of(scope_id: int) -> list[Round]:
    """The recorded rounds of a scope's pairing, earliest first; none where none is registered, as in a region's own fund."""
    rows = Pairing.objects.filter(scope_id=scope_id).order_by("first_on", "round_no")
    return [Round(*row) for row in rows.values_list("round_no", "first_on", "last_on")]


def paired_on(day: date, rounds: Iterable[Round]) -> bool:
    """Whether the two regions were paired on a day: it lies inside one of the rounds, not in a gap between two."""
    return any(one.holds(day) for one in rounds)


def _region(code: str) -> tuple[str, str]:
    """Name and level of a region, in force or of old."""
    region = Region.objects.filter(code=code).order_by("-last_on").first()
    if region is None:
        raise Refused(say("行政区划代码“{code}”不在 GB/T 2260 代码表里。请核对 6 位代码。", code=code))
    current = Region.objects.filter(code=code, last_on__isnull=True).first() or region
    return current.name, current.level


#: Records that may mean one person, and nobody has decided: same name, and nothing tells the two apart (one has no
#: number, or both are of one household). Households: one person is registered in both.
_CANDIDATES = {
    MergeKind.PERSON: """
        SELECT a.scope_id, a.key AS left_key, b.key AS right_key, a.name_mask AS name,
               a.household_key <> '' AND a.household_key = b.household_key AS together
        FROM reference_person a
        JOIN reference_person b ON b.scope_id = a.scope_id AND b.name_index = a.name_index AND a.key < b.key
        WHERE a.name_index <> ''
          AND (a.identity_index = '' OR b.identity_index = ''
               OR (a.household_key <> '' AND a.household_key = b.household_key))
          AND (a.identity_index = '' OR a.identity_index <> b.identity_index)
          AND (a.birth_on IS NULL OR b.birth_on IS NULL OR a.birth_on = b.birth_on)
          AND COALESCE(NULLIF(a.canonical_key, ''), a.key) <> COALESCE(NULLIF(b.canonical_key, ''), b.key)
    """,
    MergeKind.HOUSEHOLD: """
        SELECT DISTINCT a.scope_id, a.household_key AS left_key, b.household_key AS right_key, '' AS name,
               true AS together
        FROM reference_person a
        JOIN reference_person b ON b.scope_id = a.scope_id AND a.household_key < b.household_key
          AND COALESCE(NULLIF(a.canonical_key, ''), a.key) = COALESCE(NULLIF(b.canonical_key, ''), b.key)
        JOIN reference_household c ON c.scope_id = a.scope_id AND c.key = a.household_key
        JOIN reference_household d ON d.scope_id = b.scope_id AND d.key = b.household_key
        WHERE a.household_key <> '' AND (a.canonical_key <> '' OR b.canonical_key <> '')
          AND COALESCE(NULLIF(c.canonical_key, ''), c.key) <> COALESCE(NULLIF(d.canonical_key, ''), d.key)
    """,
}
_UNDECIDED = """
    SELECT pair.* FROM ({pairs}) AS pair WHERE NOT EXISTS (
        SELECT 1 FROM reference_merge m WHERE m.scope_id = pair.scope_id AND m.kind_code = '{kind}'
        AND m.revoked_on IS NULL AND m.left_key IN (pair.left_key, pair.right_key)
        AND m.right_key IN (pair.left_key, pair.right_key)
    )
"""


def undecided_pairs(kind: str) -> str:
    """The text that lists pairs of records which may mean the same and about which nobody has decided.

    Columns: scope_id, left_key, right_key, name (masked), together (in one household).
    """
    found = MergeKind(kind)
    return _UNDECIDED.format(pairs=_CANDIDATES[found], kind=found.value)
