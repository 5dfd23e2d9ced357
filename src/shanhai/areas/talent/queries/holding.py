"""What new rows are held against: the other postings of the same human being, the course."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from shanhai.areas.talent.checks import Stay
from shanhai.areas.talent.models import Course, CourseDay, MinimumTerm, Secondment
from shanhai.base.language import say
from shanhai.reference.models import Person


@dataclass(frozen=True, slots=True)
class Alike:
    """Which records mean one human being: by key, what stands for them; and every key that does."""

    stands_for: dict[str, str]

    @property
    def keys(self) -> list[str]:
        """Every record of these people."""
        return list(self.stands_for)

    def of(self, key: str) -> str:
        """What stands for the human being behind a record."""
        return self.stands_for.get(key, key)


def alike(keys: Iterable[str]) -> Alike:
    """The records that mean the same people as these: of one identity number, or recognised as one.

    Records of other pairings are found where the reader sees them: somebody may be posted twice under two pairings.
    """
    named = set(keys)
    columns = ("key", "identity_index", "canonical_key")
    first = list(Person.objects.filter(Q(key__in=named) | Q(canonical_key__in=named)).values_list(*columns))
    numbers = {number for _, number, _ in first if number}
    canonical = {whole for *_, whole in first if whole}
    more = Person.objects.filter(Q(identity_index__in=numbers) | Q(key__in=canonical) | Q(canonical_key__in=canonical))
    found = {key: (number, whole) for key, number, whole in (*first, *more.values_list(*columns))}
    stands: dict[str, str] = {}
    for key, (number, whole) in found.items():
        over = found.get(whole, (number, whole))[0] if whole else number
        stands[key] = over or whole or key
    return Alike({key: key for key in named} | stands)


def stays(people: Alike, *, without: Iterable[str]) -> dict[str, list[Stay]]:
    """The postings of people by what stands for each, those of these keys left out."""
    found: defaultdict[str, list[Stay]] = defaultdict(list)
    rows = Secondment.objects.filter(person_key__in=people.keys).exclude(key__in=list(without))
    columns = ("key", "person_key", "to_unit", "first_on", "last_on", "arrived_on", "left_on", "cancelled_on")
    for row in rows.values(*columns):
        told = say("选派“{key}”（{unit}）", key=row["key"].rpartition("/")[2], unit=row["to_unit"])
        if stay := Stay.of(row, told=told, key=row["key"]):
            found[people.of(row["person_key"])].append(stay)
    return found


def courses_of(scope_id: int, keys: Iterable[str]) -> dict[str, Course]:
    """Courses by their key."""
    return {one.key: one for one in Course.objects.filter(scope_id=scope_id, key__in=set(keys))}


def days_of(scope_id: int, courses: Iterable[str]) -> set[tuple[str, date]]:
    """The days that courses have, each with its course."""
    found = CourseDay.objects.filter(scope_id=scope_id, course_key__in=set(courses))
    return set(found.values_list("course_key", "held_on"))


def secondments_of(scope_id: int, keys: Iterable[str]) -> dict[str, Secondment]:
    """Postings by their key."""
    return {one.key: one for one in Secondment.objects.filter(scope_id=scope_id, key__in=set(keys))}


def minimum_terms(scope_id: int, *, without: Iterable[str]) -> dict[str, list[tuple[date, date | None]]]:
    """The days for which a minimum of each kind is set, those of these keys left out."""
    found: defaultdict[str, list[tuple[date, date | None]]] = defaultdict(list)
    rows = MinimumTerm.objects.filter(scope_id=scope_id).exclude(key__in=list(without))
    for kind, first, last in rows.values_list("kind_code", "first_on", "last_on"):
        found[kind].append((first, last))
    return found
