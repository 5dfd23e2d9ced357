"""The ledger: every step of money in the order of days, narrowed, totalled, with what then stood on the account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from shanhai.areas.funds.models import Movement, Source
from shanhai.areas.funds.terms import LedgerStep

#: Where the numbers of a step are told: the account whose standing follows from it.
_STANDING = {
    "issue": "issued/", "allocation": "issued/", "transfer": "due/", "receipt": "transit/", "release": "allocated/",
    "payment": "released/", "refund": "released/",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the ledger is narrowed to; empty where it is not. `payee` is the whole name, `words` a part of names or papers."""

    year: int | None = None
    budget: int | None = None
    source: str = ""
    level: str = ""
    project: str = ""
    step: str = ""
    field: str = ""
    payee: str = ""
    words: str = ""

    def condition(self, scope_id: int) -> Q:
        """As a condition on movements."""
        told = {
            "source_key": self.source,
            "project_key": self.project,
            "step_code": self.step,
            "field_code": self.field,
            "to_name": self.payee,
        }
        found = Q(scope_id=scope_id, **{column: value for column, value in told.items() if value})
        if self.year:
            found &= Q(moved_on__gte=date(self.year, 1, 1), moved_on__lte=date(self.year, 12, 31))
        if self.level or self.budget:
            found &= Q(source_key__in=Source.objects.filter(self._of_sources(), scope_id=scope_id).values("key"))
        if self.words:
            found &= Q(to_name__icontains=self.words) | Q(document_no__icontains=self.words)
        return found

    def _of_sources(self) -> Q:
        """Whose budget and of which year the sources are."""
        told = {"level_code": self.level, "budget_year": self.budget}
        return Q(**{column: value for column, value in told.items() if value})


@dataclass(frozen=True, slots=True)
class StepTotal:
    """What the lines of one step come to: how many, and how much in fen."""

    step: str
    count: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What stood on an account after a step, in fen; the account's first word says which kind it is."""

    account: str
    amount_fen: int


def movements(scope_id: int, narrowing: Narrowing, *, until: date) -> "QuerySet[Movement]":
    """The lines of the ledger up to a day, in no order yet."""
    return Movement.objects.filter(narrowing.condition(scope_id), moved_on__lte=until)


def totals(rows: "QuerySet[Movement]") -> list[StepTotal]:
    """The lines counted and added up for each step, in the order in which money takes them."""
    found = rows.values_list("step_code").annotate(count=Count("*"), fen=Sum("amount_fen"))
    order = {step: place for place, step in enumerate(LedgerStep.values)}
    return [StepTotal(*row) for row in sorted(found, key=lambda row: order[row[0]])]


def standings(scope_id: int, lines: Iterable[Movement]) -> dict[str, Standing]:
    """By the key of a line: what stood after it on the account it drew on (for an issue, the one it filled).

    Lines of an account are taken in the ledger's own order, so the last one stands at the account's balance.
    """
    wanted = {line.key: account for line in lines if (account := _account(line))}
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING, {"scope": scope_id, "accounts": list(set(wanted.values())), "keys": list(wanted)})
        return {
            key: Standing(account, int(amount)) for key, account, amount in cursor.fetchall() if wanted[key] == account
        }


def _account(line: Movement) -> str:
    """The account of a line, as the database posts it; a carry-over moves no money between accounts."""
    kind = _STANDING.get(line.step_code, "")
    if not kind:
        return ""
    inside = f"/{line.project_key}" if kind in ("allocated/", "released/") else ""
    return f"{kind}{line.source_key}{inside}"


#: Corrections leave several postings of a record on an account; together they are what it moves, on its latest day.
_RUNNING = """
    WITH moved AS (
        SELECT account, record_type, record_key, sum(amount_fen) AS amount_fen,
               (array_agg(posted_on ORDER BY id DESC))[1] AS moved_on
        FROM funds_posting WHERE scope_id = %(scope)s AND account = ANY (%(accounts)s)
        GROUP BY account, record_type, record_key
    ), placed AS (
        SELECT account, amount_fen, moved_on,
               CASE record_type WHEN 'funds.issue' THEN '1' WHEN 'funds.receipt' THEN '3' WHEN 'funds.allocation' THEN '4'
                    WHEN 'funds.payment' THEN '6' WHEN 'funds.refund' THEN '7'
                    ELSE CASE WHEN account LIKE 'due/%%' OR account LIKE 'transit/%%' THEN '2' ELSE '5' END END
               || ':' || record_key AS key
        FROM moved
    ), running AS (
        SELECT key, account, sum(amount_fen) OVER (PARTITION BY account ORDER BY moved_on, key) AS standing FROM placed
    )
    SELECT key, account, standing FROM running WHERE key = ANY (%(keys)s)
"""


def names_of(scope_id: int) -> dict[str, Source]:
    """The sources of a scope by key."""
    found: Any = Source.objects.filter(scope_id=scope_id).order_by("-budget_year", "key")
    return {source.key: source for source in found}
