"""What stands unspent: by source with its age and rates, by project with the age of what is idle."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, Sum, Value, When

from shanhai.areas.funds.models import Source
from shanhai.areas.funds.queries.ledger import Narrowing, movements, names_of


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """A source and what its money did up to a day, in fen by step."""

    source: Source
    moved: Mapping[str, int]

    @property
    def balance_fen(self) -> int:
        """Allocated and neither paid nor come back."""
        return self.moved["allocation"] - self.moved["payment"] - self.moved["refund"]

    @property
    def unallocated_fen(self) -> int:
        """Issued or come back, and not allocated."""
        return self.moved["issue"] + self.moved["refund"] - self.moved["allocation"]

    @property
    def transfer_due_fen(self) -> int:
        """Issued and not yet transferred across the border."""
        return self.moved["issue"] - self.moved["transfer"]


@dataclass(frozen=True, slots=True)
class ProjectStanding:
    """A project's money in fen; `idle` is the balance by the age of the budgets it comes from."""

    project_key: str
    arranged_fen: int
    released_fen: int
    paid_fen: int
    balance_fen: int
    idle: tuple[int, ...]


def by_source(scope_id: int, *, until: date) -> list[SourceStanding]:
    """Every source with what its money did, newest budgets first."""
    moved: dict[str, Counter[str]] = {}
    found = movements(scope_id, Narrowing(), until=until).values_list("source_key", "step_code")
    for source, step, fen in found.annotate(fen=Sum("amount_fen")):
        moved.setdefault(source, Counter())[step] = fen
    return [SourceStanding(source, moved.get(key, Counter())) for key, source in names_of(scope_id).items()]


def by_project(
    scope_id: int,
    bands: tuple[tuple[str, ...], ...],
    size: int,
    *,
    sources: Collection[str],
    until: date,
    after: tuple[int, str] | None = None,
) -> list[ProjectStanding]:
    """Projects by what stands unspent of some sources, largest first; `bands` are the keys of the sources of each age.

    The project "" is what is allocated to units and not to a project.
    """
    signed = Case(
        When(step_code="allocation", then=F("amount_fen")),
        When(step_code__in=("payment", "refund"), then=-F("amount_fen")),
        default=Value(0),
    )
    idle = {f"idle_{place}": _sum(signed, Q(source_key__in=band)) for place, band in enumerate(bands)}
    found = (
        movements(scope_id, Narrowing(), until=until)
        .filter(step_code__in=("allocation", "release", "payment", "refund"), source_key__in=list(sources))
        .values("project_key")
        .annotate(
            balance=Sum(signed),
            arranged=_sum(F("amount_fen"), Q(step_code="allocation")),
            released=_sum(F("amount_fen"), Q(step_code="release")),
            paid=_sum(F("amount_fen"), Q(step_code="payment")),
            **idle,
        )
    )
    if after:
        fen, key = after
        found = found.filter(Q(balance__lt=fen) | Q(balance=fen, project_key__gt=key))
    return [_project(row, len(bands)) for row in found.order_by("-balance", "project_key")[:size]]


def _sum(what: Any, where: Q) -> Sum:
    return Sum(what, filter=where, default=0)


def _project(row: Mapping[str, Any], bands: int) -> ProjectStanding:
    idle = tuple(row[f"idle_{place}"] for place in range(bands))
    return ProjectStanding(row["project_key"], row["arranged"], row["released"], row["paid"], row["balance"], idle)
