"""Postings as they stand on a day, the masked names of their people, and what the other side says of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from shanhai.areas.talent.models import MinimumTerm, Secondment
from shanhai.base.language import noted
from shanhai.journal.models import PartnerWord, Record
from shanhai.reference.models import Closing, Person, Scope

#: Columns a page narrows postings by.
NARROWED = ("direction_code", "kind_code", "role_code")


class Standing(StrEnum):
    """How a posting stands on a day."""

    CANCELLED = "cancelled"
    PLANNED = "planned"
    MISSING = "missing"
    ON_DUTY = "on_duty"
    OVERDUE = "overdue"
    LEFT_EARLY = "left_early"
    LEFT = "left"


STANDINGS = {
    Standing.CANCELLED: noted("已取消"),
    Standing.PLANNED: noted("尚未到岗"),
    Standing.MISSING: noted("应到未到"),
    Standing.ON_DUTY: noted("在岗"),
    Standing.OVERDUE: noted("超期在岗"),
    Standing.LEFT_EARLY: noted("提前返回"),
    Standing.LEFT: noted("期满返回"),
}


def standing(posting: Secondment, day: date) -> Standing:
    """How a posting stands on a day, by its real days; the day of leaving is still one on duty."""
    if posting.cancelled_on and posting.cancelled_on <= day:
        return Standing.CANCELLED
    if posting.arrived_on is None or posting.arrived_on > day:
        return Standing.MISSING if posting.first_on < day and posting.arrived_on is None else Standing.PLANNED
    if posting.left_on is None or posting.left_on >= day:
        return Standing.OVERDUE if posting.last_on < day else Standing.ON_DUTY
    return Standing.LEFT_EARLY if posting.left_on < posting.last_on else Standing.LEFT


def narrowed(scope: Scope, asked: Mapping[str, str]) -> "QuerySet[Secondment]":
    """The postings of a scope, narrowed by direction, kind, role and unit."""
    rows = Secondment.objects.filter(scope=scope, **{name: asked[name] for name in NARROWED if asked.get(name)})
    if words := asked.get("q"):
        rows = rows.filter(
            Q(from_unit__icontains=words)
            | Q(to_unit__icontains=words)
            | Q(post__icontains=words)
            | Q(key__icontains=words)
        )
    return rows


def serving(rows: "QuerySet[Secondment]", day: date) -> "QuerySet[Secondment]":
    """Those on duty on a day."""
    return rows.filter(Q(left_on__isnull=True) | Q(left_on__gte=day), arrived_on__lte=day)


def during(rows: "QuerySet[Secondment]", first: date, last: date) -> "QuerySet[Secondment]":
    """Those that take a day between two days: real days where they are known, planned ones else."""
    begun = Q(arrived_on__lte=last) | Q(arrived_on__isnull=True, first_on__lte=last)
    there = Q(left_on__gte=first) | Q(left_on__isnull=True, arrived_on__isnull=False)
    return rows.filter(begun, there | Q(arrived_on__isnull=True, last_on__gte=first), cancelled_on__isnull=True)


def first_day(scope: Scope) -> date | None:
    """The first day any posting was planned or begun for."""
    first = Secondment.objects.filter(scope=scope).order_by("first_on").values_list("first_on", flat=True)
    return first.first()


def names(scope: Scope, keys: Iterable[str]) -> dict[str, str]:
    """The masked names of people by key."""
    return dict(Person.objects.filter(scope=scope, key__in=set(keys)).values_list("key", "name_mask"))


def words(scope: Scope, records: Sequence[Record]) -> dict[str, str]:
    """What the other side says of records, by key: asserted where it says nothing, or said it before a correction."""
    if not records:
        return {}
    found = {record.key: "asserted" for record in records}
    entries = {record.key: record.entry for record in records}
    said = PartnerWord.objects.filter(scope=scope, record_type=records[0].type_name(), record_key__in=list(found))
    for key, word, entry in said.order_by("entry").values_list("record_key", "word", "entry"):
        found[key] = word if entry > entries[key] else "asserted"
    return found


def spoken_of(scope: Scope) -> "QuerySet[Any]":
    """Postings each with the other side's word (`word`): what it said last, unless the posting was corrected since."""
    said = PartnerWord.objects.filter(
        scope=scope, record_type=Secondment.type_name(), record_key=OuterRef("key"), entry__gt=OuterRef("entry")
    )
    latest = Subquery(said.order_by("-entry").values("word")[:1])
    return Secondment.objects.filter(scope=scope).annotate(word=Coalesce(latest, Value("asserted")))


def word_counts(scope: Scope) -> dict[str, int]:
    """How many postings the other side confirmed, disputes, or has not spoken of."""
    counted = spoken_of(scope).values_list("word").annotate(postings=Count("id")).order_by()
    return dict.fromkeys(("confirmed", "disputed", "asserted"), 0) | dict(counted)


def minimum_terms(scope: Scope) -> list[MinimumTerm]:
    """The settings of the scope, by kind and day."""
    return list(MinimumTerm.objects.filter(scope=scope).order_by("kind_code", F("first_on").desc()))


def told_day(scope: Scope, today: date) -> tuple[date, bool]:
    """The day postings are told for where none is asked: the day the records were closed, where nobody came or went since."""
    closed = Closing.objects.filter(scope=scope).order_by("-closed_on").values("closed_on")[:1]
    found = Secondment.objects.filter(scope=scope).aggregate(
        came=Max("arrived_on"), left=Max("left_on"), closed=Max(Subquery(closed))
    )
    lasts = [day for day in (found["came"], found["left"]) if day]
    if found["closed"] and lasts and max(lasts) <= found["closed"] <= today:
        return found["closed"], True
    return today, False


def on_duty_counts(scope: Scope, day: date) -> dict[tuple[str, str], int]:
    """How many people are on duty by kind and direction, each counted under the record that stands for them."""
    standing_for = Person.objects.filter(scope=OuterRef("scope"), key=OuterRef("person_key")).exclude(canonical_key="")
    person = Coalesce(Subquery(standing_for.values("canonical_key")[:1]), "person_key")
    rows = serving(Secondment.objects.filter(scope=scope, stage="achieved"), day).annotate(person=person)
    counted = rows.values_list("kind_code", "direction_code").annotate(people=Count("person", distinct=True)).order_by()
    return {(kind, direction): people for kind, direction, people in counted}
