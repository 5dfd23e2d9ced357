"""The matching board: who looks for a job on a day, which openings there are, and what the matching makes of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars
from django.db.models import Q

from shanhai.access.people import birth_days
from shanhai.areas.labour.models import Placement, Vacancy, Worker
from shanhai.areas.labour.queries import matching, matching_inputs, standing
from shanhai.areas.labour.queries.matching import Matched
from shanhai.areas.labour.terms import WorkerGroup
from shanhai.reference.models import Person, Scope

#: The kinds of household the fairness floor of the matching asks for, by the group of a worker.
_KINDS = {WorkerGroup.LIFTED: "lifted", WorkerGroup.MONITORED: "monitored", WorkerGroup.OTHER: "ordinary"}


@dataclass(frozen=True, slots=True)
class Board:
    """Seekers and vacancies of a day by key, the names of seekers masked, how many openings are left, and the matching."""

    seekers: dict[str, Worker]
    vacancies: dict[str, Vacancy]
    names: dict[str, str]
    groups: dict[str, str]
    left: dict[str, int]
    matched: Matched

    def unmatched(self) -> list[str]:
        """The seekers whom the matching gives nothing, by key."""
        got = set(self.matched.pairs["seeker_key"])
        return [key for key in self.seekers if key not in got]


def seekers(scope: Scope, *, on: date) -> dict[str, Worker]:
    """Registered workers who wish for a job and are in none on a day, by person; of several entries the latest."""
    alike = standing.stands_for(scope.pk)
    working = Placement.objects.filter(scope=scope, started_on__lte=on).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    )
    wishing = Worker.objects.filter(scope=scope, registered_on__lte=on).exclude(wish_code="")
    wishing = wishing.exclude(person_key__in=working.values("person_key")).order_by("registered_on", "key")
    found = {alike.get(one.person_key, one.person_key): one for one in wishing}
    if alike:
        busy = {
            alike.get(key, key)
            for key in working.filter(person_key__in=[*alike, *alike.values()]).values_list("person_key", flat=True)
        }
        found = {key: one for key, one in found.items() if key not in busy}
    return found


def vacancies(scope: Scope, *, on: date) -> tuple[dict[str, Vacancy], dict[str, int]]:
    """Vacancies open on a day, and how many openings of each nobody was placed in yet."""
    rows = Vacancy.objects.filter(scope=scope, first_on__lte=on).filter(Q(last_on__isnull=True) | Q(last_on__gte=on))
    open_now = {one.key: one for one in rows.order_by("key")}
    taken = Placement.objects.filter(scope=scope, vacancy_key__in=open_now, started_on__lte=on)
    counts = Counter(taken.values_list("vacancy_key", flat=True))
    return open_now, {key: max(0, one.opening_count - counts[key]) for key, one in open_now.items()}


def board(scope: Scope, *, on: date) -> Board:
    """Everything of a day, matched; the matching proposes and writes nothing."""
    looking = seekers(scope, on=on)
    offered, left = vacancies(scope, on=on)
    groups = standing.groups_of(scope.pk, looking)
    group = {key: standing.group_on(groups.get(key, ()), on) for key in looking}
    matched = matching.match(_seekers(looking, group, scope.west_code), _vacancies(offered, left), on=on)
    names = dict(Person.objects.filter(scope=scope, key__in=looking).values_list("key", "name_mask"))
    return Board(looking, offered, names, group, left, matched)


def _seekers(found: dict[str, Worker], group: dict[str, str], home: str) -> polars.DataFrame:
    births = birth_days(found)
    rows = [
        {
            "seeker_key": key, "birth_on": births.get(key), "household_kind": _KINDS.get(WorkerGroup(group[key] or "other")), "has_job": False,
            "home_code": home, "skills": [one.skill_code], "refused": [], "wishes": [one.wish_code],
            "trades": [one.skill_code], "wage_wish_fen": one.wage_wish_fen, "from_on": None,
        }
        for key, one in found.items()
    ]  # fmt: skip
    return polars.DataFrame(rows, schema=matching_inputs.SEEKER)


def _vacancies(found: dict[str, Vacancy], left: dict[str, int]) -> polars.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "vacancy_key": key, "openings": left[key], "is_open": True, "closes_on": one.last_on, "class_code": one.class_code,
            "region_code": one.region_code, "trade_code": one.skill_code, "wage_fen": one.monthly_wage_fen, "min_age": one.youngest_years,
            "max_age": one.oldest_years, "required": [] if one.skill_code == "general" else [one.skill_code],
            "preferred": [one.skill_code], "start_on": None,
        }
        for key, one in found.items()
    ]  # fmt: skip
    return polars.DataFrame(rows, schema=matching_inputs.VACANCY)
