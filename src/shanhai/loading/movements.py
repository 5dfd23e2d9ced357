"""Which figures a load moves: all of them before and after, in the scopes it touches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shanhai.asking import values
from shanhai.asking.scopes import by_code
from shanhai.figures import declare
from shanhai.figures.folding import Value
from shanhai.reference.models import Scope


@dataclass(frozen=True, slots=True)
class Movement:
    """A figure of a scope that a load moves, with its values before and after."""

    scope: str
    figure: str
    zh: str
    unit: str
    before: Value
    after: Value


def snapshot(scopes: Iterable[Scope], today: date) -> dict[tuple[str, str], Value]:
    """Every figure of the scopes as it stands now."""
    found: dict[tuple[str, str], Value] = {}
    for scope in scopes:
        asked = by_code(scope.code)
        for name, value in values.values(asked, values.window_of(asked, as_of=today)).items():
            found[scope.code, name] = value
    return found


def moved(before: dict[tuple[str, str], Value], after: dict[tuple[str, str], Value]) -> list[Movement]:
    """The figures whose value or state is another one after."""
    registry = declare.registry()
    return [
        Movement(scope, name, registry[name].zh, registry[name].unit.code, before[scope, name], value)
        for (scope, name), value in sorted(after.items())
        if (scope, name) in before
        and (before[scope, name].amount, before[scope, name].state) != (value.amount, value.state)
    ]
