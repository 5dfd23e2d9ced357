"""Mentors with their apprentices, and officials in pairs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from shanhai.areas.talent.models import MentorGroup, MentorPair, PairedOfficials
from shanhai.reference.models import Scope


@dataclass(frozen=True, slots=True)
class Group:
    """A group of mentors and apprentices, and how many pairs it holds."""

    group: MentorGroup
    pairs: int


def pairs(scope: Scope, *, trade: str = "", group: str = "") -> "QuerySet[MentorPair]":
    """Mentor pairs, of a trade or a group where asked."""
    narrowed = Q(trade_code=trade) if trade else Q()
    return MentorPair.objects.filter(narrowed & (Q(group_key=group) if group else Q()), scope=scope)


def groups(scope: Scope) -> list[Group]:
    """The groups, latest first."""
    counted = MentorPair.objects.filter(scope=scope).exclude(group_key="").values_list("group_key")
    sizes = dict(counted.annotate(size=Count("id")))
    return [
        Group(one, sizes.get(one.key, 0))
        for one in MentorGroup.objects.filter(scope=scope).order_by("-first_on", "key")
    ]


def officials(scope: Scope) -> Sequence[PairedOfficials]:
    """Paired officials, latest first; a page shows at most a hundred."""
    return list(PairedOfficials.objects.filter(scope=scope).order_by("-first_on", "key")[:100])
