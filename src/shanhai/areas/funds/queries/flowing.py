"""The way of the money from whose budget it comes to whom it is paid, as amounts between neighbours."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from psycopg import sql

from shanhai.areas.funds.models import Movement
from shanhai.areas.funds.queries.ledger import Narrowing, movements

#: How many payees are drawn by name; the others are drawn as one.
SHOWN = 12
#: Stands for all that are not told by name; no key of a record and no name of a payee.
OTHERS = "\t"
Pair = tuple[str, str]


@dataclass(slots=True)
class Flow:
    """Amounts in fen: issued by source; allocated less refunded by source and middle; paid by middle and payee.

    The middle is the field of cooperation, or the project. Where there are many sources, middles or payees, the
    smaller ones stand together under `OTHERS`.
    """

    by: str
    issued: Counter[str] = field(default_factory=Counter)
    arranged: Counter[Pair] = field(default_factory=Counter)
    refunded: int = 0
    paid: Counter[Pair] = field(default_factory=Counter)
    payees: int = 0
    others: dict[str, int] = field(default_factory=dict)

    @property
    def middles(self) -> Counter[str]:
        """What is allocated to each field or project, less what came back; zero where only payments name it."""
        found = Counter({middle: 0 for middle, _ in self.paid})
        for (_, middle), fen in self.arranged.items():
            found[middle] += fen
        return found

    @property
    def by_payee(self) -> Counter[str]:
        """What each payee got."""
        found: Counter[str] = Counter()
        for (_, payee), fen in self.paid.items():
            found[payee] += fen
        return found

    def unallocated(self, source: str) -> int:
        """What of a source's issued money is not allocated, or came back."""
        return self.issued[source] - sum(fen for (origin, _), fen in self.arranged.items() if origin == source)

    def unpaid(self, middle: str) -> int:
        """What of a field's or project's money is not paid yet."""
        return self.middles[middle] - sum(fen for (origin, _), fen in self.paid.items() if origin == middle)

    def folded(self, sources: int, middles: int, kinds: Mapping[str, str]) -> "Flow":
        """The same flow with at most so many sources and middles by name, the largest ones.

        The other sources stand together by their kind, so that nothing of different budgets is mixed.
        """
        known, named = _largest(self.issued, sources), _largest(self.middles, middles)
        found = Flow(self.by, refunded=self.refunded, payees=self.payees, others=dict(self.others))
        told = {source: source if source in known else OTHERS + kinds.get(source, "") for source in self.issued}
        found.others |= Counter(word for source, word in told.items() if source not in known)
        found.others["middle"] = len(self.middles) - len(named)
        for source, fen in self.issued.items():
            found.issued[told[source]] += fen
        for (source, middle), fen in self.arranged.items():
            found.arranged[told[source], middle if middle in named else OTHERS] += fen
        for (middle, payee), fen in self.paid.items():
            found.paid[middle if middle in named else OTHERS, payee] += fen
        return found


def _largest(sums: Counter[str], most: int) -> set[str]:
    """The largest keys; all where there are no more than one beyond the limit, for one is not folded alone."""
    return set(sums) if len(sums) <= most + 1 else {key for key, _ in sums.most_common(most)}


@dataclass(frozen=True, slots=True)
class Paid:
    """What a payee got: by how many payments, how much in fen."""

    name: str
    count: int
    amount_fen: int


def flow_of(scope_id: int, sources: Collection[str], *, by: str, until: date) -> Flow:
    """The flow of the money of some sources through fields (`field_code`) or projects (`project_key`)."""
    rows = movements(scope_id, Narrowing(), until=until).filter(source_key__in=list(sources))
    found = Flow(by)
    for source, middle, step, fen in (
        rows.filter(step_code__in=("issue", "allocation", "refund"))
        .values_list("source_key", by, "step_code")
        .annotate(fen=Sum("amount_fen"))
    ):
        if step == "issue":
            found.issued[source] += fen
        else:
            found.arranged[source, middle] += fen if step == "allocation" else -fen
            found.refunded += fen if step == "refund" else 0
    _add_payees(found, scope_id, list(sources), until)
    return found


#: What was paid out of each middle, payees ranked by what they got in all; the smaller ones together, in one journey.
_PAID = sql.SQL("""
    WITH paid AS (
        SELECT {by} AS middle, to_name, sum(amount_fen) AS fen FROM funds_movement
        WHERE scope_id = %(scope)s AND step_code = 'payment' AND source_key = ANY (%(sources)s) AND moved_on <= %(until)s
        GROUP BY 1, 2
    ), totalled AS (
        SELECT middle, to_name, fen, sum(fen) OVER (PARTITION BY to_name) AS got FROM paid
    ), ranked AS (
        SELECT middle, to_name, fen, dense_rank() OVER (ORDER BY got DESC, to_name) AS place FROM totalled
    )
    SELECT middle, CASE WHEN place <= %(shown)s THEN to_name ELSE %(others)s END, sum(fen)::bigint, max(place) FROM ranked GROUP BY 1, 2
""")


def _add_payees(found: Flow, scope_id: int, sources: list[str], until: date) -> None:
    """What was paid out of each middle to the largest payees, and to all others together."""
    asked: dict[str, Any] = {"scope": scope_id, "sources": sources, "until": until, "shown": SHOWN, "others": OTHERS}
    with connection.cursor() as cursor:
        cursor.execute(_PAID.format(by=sql.Identifier(found.by)), asked)
        for middle, payee, fen, place in cursor.fetchall():
            found.paid[middle, payee] = fen
            found.payees = max(found.payees, place)
    found.others["payee"] = max(0, found.payees - SHOWN)


def payees(payments: "QuerySet[Movement]", size: int, *, after: tuple[int, str] | None = None) -> list[Paid]:
    """Payees by what they got, largest first; those after an amount and a name where it is given."""
    found = payments.values("to_name").annotate(count=Count("*"), fen=Sum("amount_fen"))
    if after:
        fen, name = after
        found = found.filter(Q(fen__lt=fen) | Q(fen=fen, to_name__gt=name))
    return [Paid(row["to_name"], row["count"], row["fen"]) for row in found.order_by("-fen", "to_name")[:size]]
