"""What the list of records that cross the border is narrowed by, read from an address and told back to it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from shanhai.base.language import noted, say
from shanhai.journal.terms import Side
from shanhai.reference.models import Scope
from shanhai.web import wording
from shanhai.web.choosing import needed_scope
from shanhai.web.words import LABELS, place_of
from shanhai.web.words_found import ACROSS, Narrowing, Standing, crossing_types

#: What the page of all this is called.
TITLE = noted("两边核对")
_PLACE = re.compile(r"([0-2])-(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """The pairing looked at and what its list is narrowed to."""

    scope: Scope
    narrowing: Narrowing

    @classmethod
    def of(cls, request: HttpRequest) -> "WordsAsked":
        """As an address asks; what the list does not know is passed over."""
        known = {"type": crossing_types(), "standing": set(Standing), "side": ACROSS, "turn": ACROSS}
        given = {name: request.GET.get(name, "") for name in known}
        kept = {name: value if value in known[name] else "" for name, value in given.items()}
        return cls(needed_scope(request), Narrowing(kept["type"], kept["standing"], kept["side"], kept["turn"]))

    def narrowed(self, **changed: Any) -> "WordsAsked":
        """The same with something else asked."""
        return replace(self, narrowing=replace(self.narrowing, **changed))

    @property
    def whole(self) -> "WordsAsked":
        """The same pairing, narrowed to nothing."""
        return replace(self, narrowing=Narrowing())

    def url(self, *, to: str = "", **more: str) -> str:
        """The address of this list, or of a file of it."""
        asked = self.narrowing
        told = {"type": asked.record_type, "standing": asked.standing, "side": asked.side, "turn": asked.turn}
        address = reverse("words-file", args=[to]) if to else reverse("words")
        return wording.with_query(address, scope=self.scope.code, **told, **more)

    def side_word(self, side: str) -> str:
        """A side with its place."""
        return say("{side}（{place}）", side=say(str(Side(side).label)), place=place_of(self.scope, side))

    def fields(self) -> list[dict[str, Any]]:
        """The choices above the list."""
        asked = self.narrowing
        types = [(name, wording.type_word(model)) for name, model in crossing_types().items()]
        standings = [(str(one), say(LABELS[one])) for one in Standing]
        sides = [(side, self.side_word(side)) for side in ACROSS]
        return [
            _select("type", say("记录类型"), types, asked.record_type),
            _select("standing", say("状态"), standings, asked.standing, every=say("未了结的")),
            _select("side", say("填报方"), sides, asked.side),
            _select("turn", say("等哪方办"), sides, asked.turn),
        ]


def place_in(request: HttpRequest, name: str) -> tuple[int, int] | None:
    """The place a page begins at; whatever cannot be read is as if it were not there."""
    found = _PLACE.fullmatch(request.GET.get(name, ""))
    return (int(found[1]), int(found[2])) if found else None


def told_place(place: tuple[int, int]) -> str:
    """A place as an address writes it."""
    return "-".join(str(number) for number in place)


def _select(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: str, *, every: str = ""
) -> dict[str, Any]:
    told = [{"value": code, "label": word, "selected": code == chosen} for code, word in options]
    first = {"value": "", "label": every or say("全部"), "selected": not chosen}
    return {"name": name, "label": label, "type": "select", "options": [first, *told]}
