"""Which figures a load moves: those that read what it writes, as they stood before and as they stand after."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.apps import apps

from shanhai.asking import values
from shanhai.asking.scopes import by_code
from shanhai.figures import compiling, declare
from shanhai.figures.folding import Value
from shanhai.figures.model import Figure
from shanhai.journal.models import Record
from shanhai.reference.models import Scope

Standing = dict[tuple[str, str], Value]
"""Values by the code of a scope and the name of a figure."""


@dataclass(frozen=True, slots=True)
class Movement:
    """A figure of a scope that a load moves, with its values before and after."""

    scope: str
    figure: str
    zh: str
    unit: str
    before: Value
    after: Value


@dataclass(slots=True)
class Movements:
    """The figures of some scopes that an act may move, each asked before the first write to a table it reads.

    Nothing is foretold about what an act writes: it says so before each list of records (`OpenAct.before_writing`),
    and a figure that reads none of what was written until then stands as it stood before the act.
    """

    scopes: tuple[Scope, ...]
    today: date
    _before: Standing = field(default_factory=dict)
    _figures: set[Figure] = field(default_factory=set)
    _heard: set[type[Record]] = field(default_factory=set)

    def before_writing(self, *models: type[Record]) -> None:
        """Keep how the figures stand that read one of these; of what was heard before, nothing is asked again."""
        fresh = set(models) - self._heard
        self._heard |= fresh
        added = {figure for model in fresh for figure in readers(model)} - self._figures
        self._figures |= added
        self._before |= self._standing(added)

    def moved(self) -> list[Movement]:
        """The figures whose value or state is another one now."""
        return [
            _movement(scope, name, self._before[scope, name], value)
            for (scope, name), value in sorted(self._standing(self._figures).items())
            if (self._before[scope, name].amount, self._before[scope, name].state) != (value.amount, value.state)
        ]

    def _standing(self, figures: Iterable[Figure]) -> Standing:
        """These figures of the scopes as they stand now; always in one order, so that their text is compiled once."""
        asked = sorted(figures, key=lambda figure: figure.name)
        found: Standing = {}
        for scope in self.scopes if asked else ():
            about = by_code(scope.code)
            standing = values.values(about, values.window_of(about, as_of=self.today), figures=asked)
            found |= {(scope.code, name): value for name, value in standing.items()}
        return found


def _movement(scope: str, name: str, before: Value, after: Value) -> Movement:
    figure = declare.registry()[name]
    return Movement(scope, name, figure.zh, figure.unit.code, before, after)


def readers(model: type[Record]) -> list[Figure]:
    """The figures that writing records of this type may move: those that read them, themselves or through their parts.

    What a view reads is not known here, so a figure over one may move whatever is written.
    """
    registry, unmoved = declare.registry(), _tables() - {model._meta.db_table}
    return [
        figure
        for figure in registry
        if not all(compiling.relations(leaf) <= unmoved for leaf in registry.counted(figure))
    ]


@cache
def _tables() -> frozenset[str]:
    """The tables of records: nothing stands in them but what is written as such."""
    return frozenset(
        model._meta.db_table for model in apps.get_models() if issubclass(model, Record) and model._meta.managed
    )
