"""The world a programme is drawn from: its pairings, days, households and people, and who is whose double."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from shanhai.reference.loading import load_regions

Numbers = np.ndarray
FIRST_YEAR = 2021
#: One person in so many stands in a second record, without an identity number.
_DOUBLED = 40
#: Of these, one in so many was decided to be the same person; the others wait for a decision and count apart.
_DECIDED = 2
_HOUSEHOLD = 3.4


@dataclass(frozen=True, slots=True)
class Size:
    """What is asked for: pairings, calendar years from 2021 on, people in all pairings together, and the seed."""

    pairings: int
    years: int
    people: int
    seed: int

    @property
    def last_on(self) -> date:
        """The last day anything happens on."""
        return date(FIRST_YEAR + self.years - 1, 12, 31)


@dataclass(frozen=True, slots=True)
class Pair:
    """One pairing: the codes of its two counties, how many people it has, and its own stream of random numbers."""

    number: int
    east: str
    west: str
    people: int
    first_person: int
    size: Size

    @property
    def code(self) -> str:
        """The code of its scope."""
        return f"{self.east}-{self.west}"

    @property
    def random(self) -> np.random.Generator:
        """Random numbers of this pairing alone, so that one pairing is the same whatever stands beside it."""
        return np.random.default_rng([self.size.seed, self.number])


def pairs_of(size: Size) -> Iterator[Pair]:
    """The pairings of a programme: real counties of the coast and of the mountains, paired by chance."""
    codes = [region.code for region in load_regions() if region.level == "county" and region.last_on is None]
    east = [code for code in codes if code[:2] in {"33", "32", "35", "37", "44"}]
    west = [code for code in codes if code[:2] in {"51", "52", "53", "62", "64"}]
    random = np.random.default_rng(size.seed)
    chosen = random.permutation(len(west))[: size.pairings]
    if size.pairings > len(west):
        raise ValueError(f"at most {len(west)} pairings can be made")
    share, first = divmod(size.people, size.pairings), 0
    for number, place in enumerate(chosen):
        people = share[0] + (number < share[1])
        yield Pair(number, east[number % len(east)], west[int(place)], people, first, size)
        first += people


@dataclass(slots=True)
class People:
    """Households and people of one pairing, as arrays.

    `household` is the household of each record of a person, `person` the person each record means: doubles mean one
    of the first `real` people. `counted` is the person a record counts as while only the decided doubles are known.
    """

    households: int
    real: int
    household: Numbers
    person: Numbers
    counted: Numbers
    birth: list[date] = field(default_factory=list)
    decided: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def records(self) -> int:
        """How many records of people there are."""
        return len(self.person)


def people_of(pair: Pair, random: np.random.Generator) -> People:
    """Draw the households and people of a pairing, with their doubles and what was decided about these."""
    households = max(2, round(pair.people / _HOUSEHOLD))
    doubles = random.choice(pair.people, size=pair.people // _DOUBLED, replace=False)
    person = np.concatenate([np.arange(pair.people), doubles])
    household = person % households
    decided = np.arange(len(doubles)) % _DECIDED == 0
    apart = np.where(decided, doubles, pair.people + np.arange(len(doubles)))
    counted = np.concatenate([np.arange(pair.people), apart])
    birth = [_birth(pair.first_person + number) for number in range(pair.people)]
    return People(households, pair.people, household, person, counted, birth, np.flatnonzero(decided))


def _birth(number: int) -> date:
    """A day of birth of its own for every thousand people, so that no two have one identity number."""
    return date(1950, 1, 1) + timedelta(days=number // 1000 * 7919 % 18_000)


def days_between(random: np.random.Generator, count: int, first: date, last: date) -> Numbers:
    """So many days between two, both included."""
    span = (last - first).days + 1
    return np.datetime64(first) + random.integers(0, span, count).astype("timedelta64[D]")
