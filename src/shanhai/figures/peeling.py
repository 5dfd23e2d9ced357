"""A fold taken apart: the plain rows underneath, what they must meet, when they count, and who is told apart.

Figures that count people join the register, so that records of one person count once, and may ask that the person
also stands in other rows. Both joins depend on the key alone. Taken off, they may follow after rows are gathered by
key: over each person once instead of over every row, and on the same rows that figures of money read. That needs what
registers promise: one record for a key in a scope. A join of any other form stays where it was written.
"""

from dataclasses import dataclass
from typing import Any

from ibis.expr import operations as ops

from shanhai.figures import compiling, people
from shanhai.figures.compiling import Conditions, Leaf, Shape
from shanhai.figures.terms import How

_MARKS = {":start0", ":end0"}
_FORMS = {ops.GreaterEqual: ":start0", ops.LessEqual: ":end0"}


@dataclass(frozen=True, slots=True)
class When:
    """Which day of a row places it in time; within the window only, or everything up to its end."""

    day: str
    within: bool


@dataclass(frozen=True, slots=True)
class Keyed:
    """Who is told apart: the column with the key, and the register that says which key stands for which."""

    column: str
    register: Any = None


@dataclass(frozen=True, slots=True)
class Plain:
    """Rows without their joins by key: `source` is an ibis node, `conditions` are said of it and free of days.

    `keyed` is None where nothing is told apart by key; `among` are the rows in which the same key must stand too.
    """

    source: Any
    conditions: Conditions
    when: When
    keyed: Keyed | None = None
    among: "Plain | None" = None


def plain(leaf: Leaf, shape: Shape) -> Plain | None:
    """A fold taken apart; None where what it counts depends on the window in another way than by the day of a row."""
    figure = leaf.figure
    told_apart = figure.folded if figure.how is How.COUNT_DISTINCT else ""
    source, conditions = compiling.conditions_of(leaf, shape)
    source, conditions, other = _among(source, conditions, told_apart)
    found = _plain(source, conditions, told_apart)
    if other is None or found is None:
        return found
    among = _plain(other[0], _as_counted(*other, shape), other[1])
    return among and Plain(found.source, found.conditions, found.when, found.keyed, among)


def _plain(source: Any, conditions: Conditions, key: str) -> Plain | None:
    source, conditions = _unfiltered(source, conditions)
    keyed = Keyed(key) if key else None
    while register := _register(source, conditions):
        column, standing = register
        if column == key and keyed and keyed.register is not None:
            break
        if column == key:
            keyed = Keyed(key, standing)
        base = source.first.parent
        source, conditions = _unfiltered(base, _said_of(conditions, source, base))
    when, rest = _when(conditions)
    return None if when is None or _marked(source) else Plain(source, rest, when, keyed)


def _as_counted(source: Any, key: str, shape: Shape) -> Conditions:
    """Other rows matter only in the scopes of those counted, and where they name somebody."""
    rows = source.to_expr()
    named = (_stated(source, key),) if rows[key].type().is_string() else ()
    return (*named, rows["scope_id"].isin([compiling.SCOPES]).op()) if shape.scoped else named


def _unfiltered(source: Any, conditions: Conditions) -> tuple[Any, Conditions]:
    """Filters underneath, added to the conditions."""
    under, own = compiling.unfiltered(source)
    return under, tuple(dict.fromkeys([*own, *_said_of(conditions, source, under)]))


def _said_of(conditions: Conditions, one: Any, other: Any) -> Conditions:
    return tuple(each.replace({one: other}) for each in conditions) if one is not other else conditions


def _among(source: Any, conditions: Conditions, key: str) -> tuple[Any, Conditions, tuple[Any, str] | None]:
    """Take off the one demand that the key told apart stands, in the same scope, in other rows too."""
    if not (key and isinstance(source, ops.JoinChain) and len(source.rest) == 1 and source.rest[0].how == "semi"):
        return source, conditions, None
    link = source.rest[0]
    pairs = {_pair(predicate, source.first, link.table) for predicate in link.predicates}
    others = [right for left, right in pairs if left == key]
    if len(others) != 1 or pairs != {("scope_id", "scope_id"), (key, others[0])} or not _untouched(source):
        return source, conditions, None
    return source.first.parent, _said_of(conditions, source, source.first.parent), (link.table.parent, others[0])


def _pair(predicate: Any, left: Any, right: Any) -> tuple[str, str]:
    """The two columns a predicate holds equal, of the left and of the right rows; empty where it says something else."""
    sides = (predicate.left, predicate.right) if isinstance(predicate, ops.Equals) else ()
    named = {side.rel: side.name for side in sides if isinstance(side, ops.Field)}
    return named.get(left, ""), named.get(right, "")


def _untouched(source: Any) -> bool:
    return all(
        isinstance(value, ops.Field) and value.rel == source.first and value.name == name
        for name, value in source.values.items()
    )


def _register(source: Any, conditions: Conditions) -> tuple[str, Any] | None:
    """The column that `people` replaced by the key that stands for it, and the register's rows that say so.

    Only what `people` itself would have written is recognised, and only where no condition looks at the key but to
    ask that there is one.
    """
    if not (isinstance(source, ops.JoinChain) and len(source.rest) == 1 and people.ENTERED in source.values):
        return None
    entered, told = source.values[people.ENTERED], source.rest[0].table.parent
    base = source.first.parent
    register = next(iter(told.find(ops.UnboundTable)), None)
    if not isinstance(entered, ops.Field) or register is None or "canonical_key" not in register.schema:
        return None
    written = people.one_person(base.to_expr(), register.to_expr(), entered.name).op()
    looked = [each for each in conditions if _fields(each, source) & {entered.name, people.ENTERED}]
    if written != source or any(each != _stated(source, entered.name) for each in looked):
        return None
    return entered.name, told


def _fields(condition: Any, source: Any) -> set[str]:
    return {field.name for field in condition.find(ops.Field, ops.Value) if field.rel == source}


def _stated(source: Any, column: str) -> Any:
    return (source.to_expr()[column] != "").op()


def _when(conditions: Conditions) -> tuple[When | None, Conditions]:
    """The day that places a row in time, from the conditions that name the window's days, and the other conditions."""
    dated = [each for each in conditions if _marked(each)]
    rest = tuple(each for each in conditions if each not in dated)
    said = [(_FORMS.get(type(each)), each) for each in dated]
    days = {each.left.name for form, each in said if form and isinstance(each.left, ops.Field)}
    forms = {form for form, each in said if form and isinstance(each.left, ops.Field) and _mark(each.right) == form}
    if len(days) != 1 or len(forms) != len(dated) or ":end0" not in forms:
        return None, rest
    return When(days.pop(), ":start0" in forms), rest


def _mark(value: Any) -> str | None:
    """The mark a value is, alone or cast to a day."""
    inner = value.arg if isinstance(value, ops.Cast) else value
    return inner.value if isinstance(inner, ops.Literal) and inner.value in _MARKS else None


def _marked(node: Any) -> bool:
    """Whether a node names the window's days anywhere."""
    return any(literal.value in _MARKS for literal in node.find(ops.Literal) if isinstance(literal.value, str))
