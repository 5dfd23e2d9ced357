"""What the pages of labour list: placements with their months of evidence, decisions on subsidies worked out again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncMonth

from shanhai.areas.labour import checks
from shanhai.areas.labour.checks import Claim, Decision
from shanhai.areas.labour.models import Placement, StayProof, Subsidy, SubsidyRule
from shanhai.areas.labour.queries import standing
from shanhai.areas.labour.terms import STEADY_MONTHS
from shanhai.reference.models import Person, Scope


def names_of(scope: Scope, people: Iterable[str]) -> dict[str, str]:
    """The masked names of people by key."""
    return dict(Person.objects.filter(scope=scope, key__in=set(people)).values_list("key", "name_mask"))


def with_months(scope: Scope, *, on: date) -> "QuerySet[Any]":
    """Placements begun by a day, each with `months`: how many months of it have evidence by then."""
    proofs = StayProof.objects.filter(scope=scope, placement_key=OuterRef("key"), month_on__lte=on).order_by()
    counted = (
        proofs.values("placement_key").annotate(months=Count(TruncMonth("month_on"), distinct=True)).values("months")
    )
    months = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return Placement.objects.filter(scope=scope, started_on__lte=on).annotate(months=months)


def steadiness(rows: "QuerySet[Any]", state: str) -> "QuerySet[Any]":
    """Of placements with their months: those steady by the rule, those on the way, or those without any evidence."""
    if state == "met":
        return rows.filter(months__gte=STEADY_MONTHS)
    if state == "on_the_way":
        return rows.filter(months__gt=0, months__lt=STEADY_MONTHS)
    return rows.filter(months=0) if state == "none" else rows


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as it stands, the rule it was made by, the class of the job, and what today's records would make of it."""

    subsidy: Subsidy
    rule: SubsidyRule | None
    class_code: str
    again: Decision

    @property
    def holds(self) -> bool:
        """Whether the records of today still give the decision."""
        one = self.subsidy
        return (self.again.rule_key, str(self.again.result), self.again.amount_fen) == (
            one.rule_key,
            one.result_code,
            one.amount_fen,
        )


def decisions(scope: Scope, found: Sequence[Subsidy]) -> list[Told]:
    """Decisions with their rules, each worked out again from what is recorded now."""
    rules = {one.key: one for one in SubsidyRule.objects.filter(scope=scope)}
    by_kind = standing.rules_by_kind(scope.pk)
    placements = standing.placements_named(scope.pk, {one.placement_key for one in found})
    months = standing.months_of(scope.pk, {one.placement_key for one in found})
    groups = standing.groups_of(scope.pk, {one.person_key for one in found})
    told = []
    for one in found:
        place = placements[one.placement_key].class_code if one.placement_key in placements else ""
        proved = sum(month <= one.applied_on for month in months.get(one.placement_key, ()))
        group = standing.group_on(groups.get(one.person_key, ()), one.applied_on) or one.group_code
        claim = Claim(one.applied_on, group, place, proved, one.earlier_fen)
        again = checks.decided(claim, by_kind.get(one.kind_code, ()))
        told.append(Told(one, rules.get(one.rule_key), place, again))
    return told
