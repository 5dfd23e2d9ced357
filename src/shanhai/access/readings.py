"""Who opened what is recorded in a person's name: noted with the page, shown to the person."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from shanhai.access.sessions import Actor
from shanhai.journal.models import Record
from shanhai.reference.models import Person, PersonReading

#: The same reader on the same page again within this time is one reading.
ONE_READING = timedelta(minutes=10)


def people_of(record: Record) -> list[str]:
    """The people a record is about: the person it is, or the one it names; none where it is about nobody."""
    if isinstance(record, Person):
        return [record.key]
    named = getattr(record, "person_key", "")
    return [named] if named else []


def note(actor: Actor, scope_id: int, person_keys: Iterable[str], *, page: str, now: datetime | None = None) -> int:
    """Note that the actor opened a page about these people; answers how many readings were new."""
    at = now or timezone.now()
    wanted = [key for key in dict.fromkeys(person_keys) if key]
    if not wanted:
        return 0
    before = PersonReading.objects.filter(
        scope_id=scope_id, person_key__in=wanted, user_id=actor.user_id, page=page, read_at__gt=at - ONE_READING
    )
    noted = set(before.values_list("person_key", flat=True))
    fresh = [key for key in wanted if key not in noted]
    PersonReading.objects.bulk_create(
        PersonReading(scope_id=scope_id, person_key=key, user_id=actor.user_id, name=actor.name, read_at=at, page=page)
        for key in fresh
    )
    return len(fresh)


def readings_of(scope_id: int, person_keys: Iterable[str], *, most: int = 100) -> list[PersonReading]:
    """Who opened what is recorded of these people, the latest first."""
    found = PersonReading.objects.filter(scope_id=scope_id, person_key__in=list(person_keys))
    return list(found.order_by("-read_at", "-pk")[:most])
