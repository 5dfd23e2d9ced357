"""How bases and rounds stand on a day: land, promises, dues and payments side by side, each from its own records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max, OuterRef, QuerySet, Subquery

from shanhai.areas.planting.models import Base, BenefitPayment, Parcel
from shanhai.areas.planting.terms import Channel
from shanhai.reference.models import Closing, Scope

#: Keys of people and households told as the records that stand for them.
_ONE = "LEFT JOIN reference_{register} {alias} ON {alias}.scope_id = {rows}.scope_id AND {alias}.key = {rows}.{register}_key AND {alias}.canonical_key <> ''"
_PERSON = _ONE.format(register="person", alias="p", rows="b")
_HOUSEHOLD = _ONE.format(register="household", alias="h", rows="b")
_HOUSEHOLD_KEY = "coalesce(h.canonical_key, b.household_key)"
_PERSON_KEY = "nullif(coalesce(p.canonical_key, b.person_key), '')"


@dataclass(frozen=True, slots=True)
class Standing:
    """A base on a day: areas in hundredths of a mu, money in fen by channel, households and people each once."""

    base: Base
    area_mu2: int
    leased_mu2: int
    promised_fen: int
    due_fen: Mapping[str, int]
    paid_fen: Mapping[str, int]
    households: int
    people: int

    @property
    def all_due_fen(self) -> int:
        """Rents due, wages earned and dividends decided."""
        return sum(self.due_fen.values())

    @property
    def all_paid_fen(self) -> int:
        """Paid by the three channels."""
        return sum(self.paid_fen.values())

    @property
    def unpaid_fen(self) -> int:
        """Due and not yet paid."""
        return self.all_due_fen - self.all_paid_fen


_STANDING = f"""
    WITH asked AS (SELECT %(scope)s::bigint AS scope_id, %(day)s::date AS on_day, %(base)s::text AS only_base),
    land AS (
        SELECT c.base_key, sum(c.area_mu2) AS area FROM planting_parcel c, asked a
        WHERE c.scope_id = a.scope_id AND c.built_on <= a.on_day AND a.only_base IN ('', c.base_key)
          AND NOT EXISTS (SELECT 1 FROM planting_parcel n WHERE n.scope_id = c.scope_id AND n.former_key = c.key AND n.built_on <= a.on_day)
        GROUP BY 1
    ), leased AS (
        SELECT l.base_key, sum(l.area_mu2) AS area, sum(l.yearly_fen) AS promised FROM planting_landlease l, asked a
        WHERE l.scope_id = a.scope_id AND l.first_on <= a.on_day AND l.last_on >= a.on_day AND a.only_base IN ('', l.base_key) GROUP BY 1
    ), rent AS (
        SELECT d.base_key, sum(d.amount_fen) AS due FROM planting_rentdue d, asked a
        WHERE d.scope_id = a.scope_id AND d.due_on <= a.on_day AND a.only_base IN ('', d.base_key) GROUP BY 1
    ), work AS (
        SELECT w.base_key, sum(w.wage_fen) AS due FROM planting_workday w, asked a
        WHERE w.scope_id = a.scope_id AND w.worked_on <= a.on_day AND a.only_base IN ('', w.base_key) GROUP BY 1
    ), decided AS (
        SELECT r.base_key, sum(r.shared_fen) AS due FROM planting_dividendround r, asked a
        WHERE r.scope_id = a.scope_id AND r.decided_on <= a.on_day AND a.only_base IN ('', r.base_key) GROUP BY 1
    ), paid AS (
        SELECT b.base_key,
               coalesce(sum(b.amount_fen) FILTER (WHERE b.channel_code = 'rent'), 0) AS rent,
               coalesce(sum(b.amount_fen) FILTER (WHERE b.channel_code = 'wage'), 0) AS wage,
               coalesce(sum(b.amount_fen) FILTER (WHERE b.channel_code = 'dividend'), 0) AS dividend,
               count(DISTINCT {_HOUSEHOLD_KEY}) AS households, count(DISTINCT {_PERSON_KEY}) AS people
        FROM planting_benefitpayment b CROSS JOIN asked a {_HOUSEHOLD} {_PERSON}
        WHERE b.scope_id = a.scope_id AND b.paid_on <= a.on_day AND a.only_base IN ('', b.base_key) GROUP BY 1
    )
    SELECT g.key, coalesce(land.area, 0), coalesce(leased.area, 0), coalesce(leased.promised, 0),
           coalesce(rent.due, 0), coalesce(work.due, 0), coalesce(decided.due, 0),
           coalesce(paid.rent, 0), coalesce(paid.wage, 0), coalesce(paid.dividend, 0), coalesce(paid.households, 0), coalesce(paid.people, 0)
    FROM planting_base g JOIN asked a ON g.scope_id = a.scope_id AND a.only_base IN ('', g.key)
    LEFT JOIN land ON land.base_key = g.key LEFT JOIN leased ON leased.base_key = g.key LEFT JOIN rent ON rent.base_key = g.key
    LEFT JOIN work ON work.base_key = g.key LEFT JOIN decided ON decided.base_key = g.key LEFT JOIN paid ON paid.base_key = g.key
    WHERE g.started_on <= a.on_day
"""


def standing_on(scope: Scope, *, on: date) -> list[Standing]:
    """The bases in use on a day with what came of them, the first ones first."""
    told = {row[0]: row[1:] for row in _asked(_STANDING, {"scope": scope.pk, "day": on, "base": ""})}
    bases = Base.objects.filter(scope=scope, key__in=list(told)).order_by("started_on", "key")
    return [_standing(base, told[base.key]) for base in bases]


def standing_of(base: Base, *, on: date) -> Standing | None:
    """What came of one base by a day; nothing before it was in use."""
    rows = _asked(_STANDING, {"scope": base.scope_id, "day": on, "base": base.key})
    return _standing(base, rows[0][1:]) if rows else None


def _standing(base: Base, row: tuple[Any, ...]) -> Standing:
    area, leased, promised, *rest = (int(cell) for cell in row)
    channels = (Channel.RENT, Channel.WAGE, Channel.DIVIDEND)
    due, paid = (dict(zip(map(str, channels), part, strict=True)) for part in (rest[:3], rest[3:6]))
    return Standing(base, area, leased, promised, due, paid, households=rest[6], people=rest[7])


def _asked(text: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Reached:
    """What one household got from a base, in fen by channel; and what kind of household it is."""

    household_key: str
    kind_code: str
    paid_fen: Mapping[str, int]

    @property
    def total_fen(self) -> int:
        """By all channels."""
        return sum(self.paid_fen.values())


_REACHED = f"""
    SELECT {_HOUSEHOLD_KEY}, coalesce(max(k.kind_code), ''),
           coalesce(sum(b.amount_fen) FILTER (WHERE b.channel_code = 'rent'), 0),
           coalesce(sum(b.amount_fen) FILTER (WHERE b.channel_code = 'wage'), 0),
           coalesce(sum(b.amount_fen) FILTER (WHERE b.channel_code = 'dividend'), 0)
    FROM planting_benefitpayment b {_HOUSEHOLD}
    LEFT JOIN reference_household k ON k.scope_id = b.scope_id AND k.key = {_HOUSEHOLD_KEY}
    WHERE b.scope_id = %(scope)s AND b.base_key = %(base)s AND b.paid_on <= %(day)s GROUP BY 1
"""


def reached(base: Base, *, on: date) -> list[Reached]:
    """The households money of a base reached by a day, those that got most first."""
    rows = _asked(_REACHED, {"scope": base.scope_id, "base": base.key, "day": on})
    channels = [str(one) for one in (Channel.RENT, Channel.WAGE, Channel.DIVIDEND)]
    found = [Reached(key, kind, dict(zip(channels, map(int, paid), strict=True))) for key, kind, *paid in rows]
    return sorted(found, key=lambda one: (-one.total_fen, one.household_key))


def banded(found: Iterable[Reached], limits: tuple[int, ...]) -> list[list[Reached]]:
    """The households by what they got: below the first limit (in yuan), between limits, above the last."""
    bands: list[list[Reached]] = [[] for _ in range(len(limits) + 1)]
    for one in found:
        bands[sum(one.total_fen >= limit * 100 for limit in limits)].append(one)
    return bands


def largest_share(found: list[Reached], many: int) -> tuple[int, int]:
    """What so many households that got most got together, and what all got."""
    return sum(one.total_fen for one in found[:many]), sum(one.total_fen for one in found)


@dataclass(frozen=True, slots=True)
class Round:
    """A dividend beside itself: the decision, the list and the payments, in fen and in households."""

    key: str
    base_key: str
    base_name: str
    decided_on: date
    document_no: str
    income_fen: int
    kept_fen: int
    shared_fen: int
    listed: int
    listed_fen: int
    paid: int
    paid_fen: int
    last_paid_on: date | None

    @property
    def state(self) -> str:
        """`agrees`: all three are one; `unlisted`: no list yet; `unpaid`, `part`: nothing or not all is paid; `differs`."""
        if not self.listed:
            return "unlisted"
        if self.listed_fen != self.shared_fen or self.paid_fen > self.shared_fen:
            return "differs"
        if self.paid_fen == self.shared_fen and self.paid == self.listed:
            return "agrees"
        return "part" if self.paid else "unpaid"


_ROUNDS = """
    SELECT r.key, r.base_key, g.name, r.decided_on, r.document_no, r.income_fen, r.kept_fen, r.shared_fen,
           count(l.id), coalesce(sum(l.amount_fen), 0)::bigint, count(b.id), coalesce(sum(b.amount_fen), 0)::bigint, max(b.paid_on)
    FROM planting_dividendround r
    JOIN planting_base g ON g.scope_id = r.scope_id AND g.key = r.base_key
    LEFT JOIN planting_dividendline l ON l.scope_id = r.scope_id AND l.round_key = r.key
    LEFT JOIN planting_benefitpayment b ON b.scope_id = l.scope_id AND b.line_key = l.key AND b.line_key <> '' AND b.paid_on <= %(day)s
    WHERE r.scope_id = %(scope)s AND r.decided_on <= %(day)s AND %(base)s IN ('', r.base_key)
    GROUP BY r.id, g.name ORDER BY r.decided_on DESC, r.key LIMIT 400
"""


def rounds_on(scope: Scope, *, on: date, base: str = "") -> list[Round]:
    """Rounds decided by a day, the latest first; of one base where asked."""
    rows = _asked(_ROUNDS, {"scope": scope.pk, "day": on, "base": base})
    return [Round(*row) for row in rows]


def land_of(base: Base, *, on: date) -> "QuerySet[Parcel]":
    """The parcels of a base built by a day, with the parcel that has taken the place of each (`newer`)."""
    newer = Parcel.objects.filter(scope_id=base.scope_id, built_on__lte=on).exclude(former_key="")
    rows = Parcel.objects.filter(scope_id=base.scope_id, base_key=base.key, built_on__lte=on)
    return rows.annotate(newer=Subquery(newer.filter(former_key=OuterRef("key")).values("key")[:1])).order_by(
        "built_on", "key"
    )


def bases_of(scope: Scope) -> list[tuple[str, str]]:
    """Keys and names of all bases, for a choice."""
    return list(Base.objects.filter(scope=scope).order_by("name").values_list("key", "name"))


def told_day(scope: Scope, today: date) -> date:
    """The day pages tell where none is asked: the day the records were closed where nothing was paid since, else today."""
    closed = Closing.objects.filter(scope=scope).order_by("-closed_on").values("closed_on")[:1]
    found = BenefitPayment.objects.filter(scope=scope).aggregate(last=Max("paid_on"), closed=Max(Subquery(closed)))
    if found["closed"] and found["last"] and found["last"] <= found["closed"] <= today:
        day: date = found["closed"]
        return day
    return today
