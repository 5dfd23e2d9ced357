"""The search for the characters behind a damaged text: the cheapest way to read its bytes as whole characters.

Reading goes along the tokens. In step, a token is a character. After a cut the reading is one byte late: the first byte
of a token ends a character and its second byte begins the next, until an ASCII character brings both in step again.
Lost bytes open several ways; each has a cost, and ways that meet in the same state go on as the cheapest of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from shanhai.check.damage_bytes import FIRST_LEAD, FIRST_TRAIL, LAST_TRAIL, LOST_PAIRS, completions, shown
from shanhai.check.damage_readings import second_bytes
from shanhai.check.damage_score import Likelihood, rank
from shanhai.check.damage_tokens import Token
from shanhai.check.simplified import simplified

WIDTH = 150  # ways kept at each step
FEW = 40  # ways followed past a second lost byte
MANY_LOST = 60  # with more lost bytes than this a text is beyond search, and only the best ways are followed
ODD = 7.0  # a late run shows characters at least so unlikely among its first
BEYOND = 22.0  # a way that costs so much more than the cheapest is given up
NO_CHARACTER = 15.0
UNMARKED_START = 9.0
LOST_PAIR = 2.0
LOST_CHARACTER = 4.0
NOT_TRADITIONAL = 3.0
CLEAR = 3.0  # by so much the best reading of a cut must lead to count as certain


@dataclass(frozen=True, slots=True)
class Emitted:
    """One character read, with the tokens [first, last] that hold its bytes.

    `guess`: a byte of it was guessed by likelihood. `lost`: it stands for something that cannot be given back.
    """

    char: str
    first: int
    last: int
    guess: bool = False
    lost: bool = False


class Link(NamedTuple):
    """What one way has read so far, last character first."""

    parent: "Link | None"
    emitted: Emitted


class Way(NamedTuple):
    """One way of reading up to a token: its cost, the lead byte that waits for its trail byte, what came last."""

    cost: float
    pending: int
    since: int
    unsure: bool
    last: int
    before: str
    link: Link | None


class Search:
    """One search over the tokens of a text."""

    def __init__(self, tokens: list[Token], likelihood: Likelihood) -> None:
        """Read `tokens`; `likelihood` decides between what the bytes leave open."""
        self._tokens = tokens
        self._likelihood = likelihood
        self._weighing = False
        self._least = float("inf")
        self._lost_seen = 0

    def run(self) -> list[Emitted]:
        """The characters of the cheapest way, in order; every token is part of at least one."""
        ways = [Way(0.0, 0, 0, False, 0, "", None)]
        for index in range(len(self._tokens)):
            self._weighing = len(ways) > 1 or bool(ways[0].pending) or self._tokens[index].lost
            ways = self._step(ways, index)
        best = min(ways, key=lambda way: way.cost)
        if best.pending:
            best = self._give_up(best, len(self._tokens) - 1)
        return _chain(best.link)

    def _step(self, ways: list[Way], index: int) -> list[Way]:
        best: dict[tuple[int, int, str], Way] = {}
        self._least = float("inf")
        if self._tokens[index].lost:
            self._lost_seen += 1
            ways = ways[: FEW if self._lost_seen <= MANY_LOST else 3]
        for way in ways:
            for new in self._follow(way, index):
                self._least = min(self._least, new.cost)
                key = (new.pending, new.last, new.before)
                if key not in best or new.cost < best[key].cost:
                    best[key] = new
        if not best:
            cheapest = min(ways, key=lambda way: way.cost)
            return [self._opaque(cheapest, index)]
        kept = sorted(best.values(), key=lambda way: way.cost)[:WIDTH]
        return [way for way in kept if way.cost <= kept[0].cost + BEYOND]

    def _follow(self, way: Way, index: int) -> Iterator[Way]:
        token = self._tokens[index]
        if token.cut:
            yield from self._cut(way, index)
        elif token.lost:
            yield from self._lost_in_run(way, index) if way.pending else self._lost_in_step(way, index)
        elif token.choices:
            for choice in token.choices if way.pending or not token.char.isascii() else token.choices[:1]:
                new = self._read(way, choice, index)
                if new is not None:
                    yield new
        else:
            yield self._opaque(way, index)

    def _read(self, way: Way, found: bytes, index: int) -> Way | None:
        """A token whose bytes are known."""
        if not way.pending:
            return self._in_step(way, found, index)
        char = shown(way.pending, found[0])
        if not char:
            return self._opaque(way, index) if len(found) == 1 else None
        read = self._emit(way, Emitted(char, way.since, index, way.unsure))
        if len(found) == 1:
            return read._replace(pending=0, unsure=False, last=found[0])
        if found[1] >= FIRST_LEAD:
            return read._replace(pending=found[1], since=index, unsure=False, last=found[1])
        return self._ascii_behind(read, found[1], index)

    def _ascii_behind(self, way: Way, byte: int, index: int) -> Way | None:
        """An ASCII character that had been swallowed as the second byte of another: the reading is in step again."""
        if byte >= 0x80:
            return None
        return self._emit(way._replace(pending=0, unsure=False), Emitted(chr(byte), index, index))._replace(last=byte)

    def _in_step(self, way: Way, found: bytes, index: int) -> Way:
        char = found.decode("ascii") if len(found) == 1 else shown(found[0], found[1])
        if not char:
            return self._opaque(way, index)
        return self._emit(way, Emitted(char, index, index))._replace(last=found[-1])

    def _opaque(self, way: Way, index: int) -> Way:
        """A token that cannot be read as bytes stands for itself; a byte that waited is lost."""
        if way.pending:
            way = self._give_up(way, index - 1)
        token = self._tokens[index]
        emitted = Emitted(token.char, index, index, lost=token.lost)
        return way._replace(cost=way.cost + NO_CHARACTER, last=0, before=token.char, link=Link(way.link, emitted))

    def _give_up(self, way: Way, index: int) -> Way:
        link = Link(way.link, Emitted("?", way.since, index, guess=True, lost=True))
        return way._replace(cost=way.cost + NO_CHARACTER, pending=0, unsure=False, before="?", link=link)

    def _cut(self, way: Way, index: int) -> Iterator[Way]:
        """The lost byte and the byte before it were taken for the character that the pinyin reads."""
        found = self._readings_of(way, self._tokens[index].reading)
        least = min((cost for _, cost in found), default=0.0)
        unsure = sum(cost < least + CLEAR for _, cost in found) > 1
        for byte, cost in found:
            dearer = way._replace(cost=way.cost + cost, last=byte)
            if way.pending:
                read = Emitted(shown(way.pending, byte), way.since, index, way.unsure or unsure)
                yield self._emit(dearer, read)._replace(pending=0, unsure=False)
            else:
                yield dearer._replace(pending=byte, since=index, unsure=unsure)
        if not found:
            yield from self._unread_cut(way, index)

    def _readings_of(self, way: Way, reading: str) -> list[tuple[int, float]]:
        lowest = FIRST_TRAIL if way.pending else FIRST_LEAD
        found = ((byte, far, shown(way.last, byte)) for byte, far in second_bytes(way.last, reading) if byte >= lowest)
        return [(byte, far + _as_heading(char)) for byte, far, char in found]

    def _unread_cut(self, way: Way, index: int) -> Iterator[Way]:
        """No character reads so: any byte may have been lost."""
        dearer = way._replace(cost=way.cost + NO_CHARACTER)
        if way.pending:
            yield from self._ends(dearer, index)
        else:
            for byte in range(FIRST_LEAD, LAST_TRAIL + 1):
                yield dearer._replace(pending=byte, since=index, unsure=True, last=byte)

    def _lost_in_step(self, way: Way, index: int) -> Iterator[Way]:
        """A character lost as a whole, a question mark that is meant, or the unmarked start of a late run."""
        token = self._tokens[index]
        emitted = Emitted(token.char, index, index, lost=True)
        cost = LOST_CHARACTER + (NO_CHARACTER if token.opens_tag else 0.0)  # only a waiting byte swallows a bracket
        yield way._replace(cost=way.cost + cost, last=0, before="?", link=Link(way.link, emitted))
        if self._may_start(index + 1):
            for byte in range(FIRST_LEAD, LAST_TRAIL + 1):
                yield way._replace(cost=way.cost + UNMARKED_START, pending=byte, since=index, unsure=True, last=byte)

    def _may_start(self, index: int) -> bool:
        """Whether the tokens from `index` on look like a late run."""
        ahead = self._tokens[index : index + 3]
        if not ahead or len(ahead[0].choices[-1:] and ahead[0].choices[-1]) != 2:
            return False
        return any(rank(simplified(token.char)) >= ODD for token in ahead if not token.char.isascii())

    def _lost_in_run(self, way: Way, index: int) -> Iterator[Way]:
        """A trail byte that swallowed the ASCII character behind it, or two bytes that make no character."""
        yield from self._ends(way, index)
        for trail, char in completions(way.pending):
            leads = LOST_PAIRS.get(trail)
            if leads:
                cost = way.cost + self._likelihood.cost(way.before, char) + LOST_PAIR
                if cost <= self._least + BEYOND:
                    link = Link(way.link, Emitted(char, way.since, index, guess=True))
                    before = simplified(char)
                    yield from (Way(cost, lead, index, True, lead, before, link) for lead in leads)

    def _ends(self, way: Way, index: int) -> Iterator[Way]:
        for _, char in completions(way.pending):
            cost = way.cost + self._likelihood.cost(way.before, char)
            if cost <= self._least + BEYOND:
                ends = Link(way.link, Emitted(char, way.since, index, guess=True))
                swallowed = Link(ends, Emitted("", index, index, lost=True))
                yield Way(cost, 0, 0, False, 0, "?", swallowed)

    def _emit(self, way: Way, emitted: Emitted) -> Way:
        cost = self._likelihood.cost(way.before, emitted.char) if self._weighing else 0.0
        before = simplified(emitted.char)
        return way._replace(cost=way.cost + cost, before=before, link=Link(way.link, emitted))


def _as_heading(char: str) -> float:
    """The cost of a character as one that pinyin was put behind: these are traditional and common."""
    plain = simplified(char)
    return (rank(plain) - 4.0) * 0.5 + (0.0 if plain != char else NOT_TRADITIONAL)


def _chain(link: Link | None) -> list[Emitted]:
    result = []
    while link is not None:
        result.append(link.emitted)
        link = link.parent
    result.reverse()
    return result
