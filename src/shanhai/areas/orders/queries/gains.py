"""What households gained, in bands, and accounts that no longer follow from what is recorded."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from shanhai.areas.orders.models import HouseholdGain

#: Width of a band of gains in fen: a thousand yuan.
BAND_FEN = 100_000


@dataclass(frozen=True, slots=True)
class Band:
    """Accounts whose gain lies from `first` up to `first + BAND_FEN` fen: how many, and their sum."""

    first: int
    count: int
    gain: int


def gains(scope_id: int, *, year: int | None, until: date) -> "QuerySet[HouseholdGain]":
    """Accounts up to a day, of a year or of all."""
    found = HouseholdGain.objects.filter(scope_id=scope_id, accounted_on__lte=until)
    return found.filter(gain_year=year) if year else found


def years_of(scope_id: int, *, until: date) -> list[int]:
    """The years with accounts, latest first."""
    found = gains(scope_id, year=None, until=until).order_by()
    return sorted(found.values_list("gain_year", flat=True).distinct(), reverse=True)


def bands(scope_id: int, *, year: int | None, until: date) -> list[Band]:
    """Accounts by band, lowest first; bands between them without any account are there too."""
    found: dict[int, tuple[int, int]] = {}
    for gain in gains(scope_id, year=year, until=until).order_by().values_list("gain_fen", flat=True):
        first = gain // BAND_FEN * BAND_FEN
        count, total = found.get(first, (0, 0))
        found[first] = (count + 1, total + gain)
    if not found:
        return []
    return [Band(first, *found.get(first, (0, 0))) for first in range(min(found), max(found) + BAND_FEN, BAND_FEN)]


def stale(scope_id: int, *, until: date) -> list[tuple[str, str, int, int]]:
    """Accounts whose income is no longer what was settled: key, household, income told, income settled; in fen."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH settled AS (
                SELECT g.key, g.household_key, g.income_fen, coalesce(sum(s.amount_fen), 0) AS now_fen
                FROM orders_householdgain g
                LEFT JOIN orders_settlement s ON s.scope_id = g.scope_id AND s.household_key = g.household_key
                    AND s.settled_on <= g.accounted_on AND extract(year FROM s.settled_on) = g.gain_year
                WHERE g.scope_id = %s AND g.accounted_on <= %s
                GROUP BY g.key, g.household_key, g.income_fen
            )
            SELECT key, household_key, income_fen, now_fen FROM settled WHERE income_fen <> now_fen ORDER BY key LIMIT 50
            """,
            [scope_id, until],
        )
        return [(key, household, int(told), int(now)) for key, household, told, now in cursor.fetchall()]
