"""What is refused when a figure is declared: each rule one function, each refusal one sentence."""

import re

import ibis
from ibis.expr import operations as ops

from shanhai.base.units import Kind
from shanhai.figures.model import Figure, Registry
from shanhai.figures.tables import Column
from shanhai.figures.terms import DeclarationError, How, Stage, Time

_NAME = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*")
_BY_IDENTITY = {Kind.PERSONS, Kind.HOUSEHOLDS}
_COUNTABLE = {Kind.COUNT, Kind.PERSON_TIMES}
_NO_KEY = Column("", "string")
_MEANS = {"mean", "avg", "average", "median"}
_BUILT_FROM = {
    Time.FLOW: {Time.FLOW},
    Time.STOCK: {Time.FLOW, Time.STOCK},
    Time.CUMULATIVE: {Time.FLOW, Time.CUMULATIVE},
}


def _refuse_unless(holds: object, figure: str, sentence: str) -> None:
    if not holds:
        raise DeclarationError(f"{figure}: {sentence}")


def how(figure: str, told: str) -> How:
    """The fold told; an average is refused, because averages of averages are wrong where groups differ in size."""
    _refuse_unless(
        told not in _MEANS, figure, f"{told} is refused: declare numerator and denominator and a ratio, divided anew."
    )
    return How(told)


def check_told(figure: Figure) -> None:
    """What every figure owes its reader: names in both languages, the counting rule, the basis, sound options."""
    _refuse_unless(_NAME.fullmatch(figure.name), figure.name, "a figure is named area.noun_in_the_field.")
    for word in ("zh", "en", "rule", "basis"):
        _refuse_unless(getattr(figure, word), figure.name, f"`{word}` is missing; nobody could say what it counts.")
    _refuse_unless(figure.version >= 1, figure.name, "versions count from 1.")
    _refuse_unless(figure.due in {"", "year_end"}, figure.name, "`due` is year_end or nothing.")
    _refuse_unless(
        not figure.withhold_below or figure.unit.kind in _BY_IDENTITY,
        figure.name,
        "only counts of persons and households are withheld when small.",
    )


def check_rows(figure: Figure) -> None:
    """A figure over rows: fold, unit, day, stage and expression fit each other."""
    _refuse_unless(
        not figure.how.derived, figure.name, f"it has rows, so it cannot be a {figure.how}; use declare.{figure.how}."
    )
    _refuse_unless(figure.reads and figure.rows, figure.name, "it reads no table.")
    _refuse_unless(
        figure.time is not Time.RATIO, figure.name, "a ratio is divided from two figures; use declare.ratio."
    )
    _FOLDS[figure.how](figure)
    _check_days(figure)
    _check_stage(figure)
    for label, column in figure.slices.items():
        _refuse_unless(label and figure.base.column(column), figure.name, "a slice needs a name.")
    _check_expression(figure)


def _check_sum(figure: Figure) -> None:
    _refuse_unless(figure.column, figure.name, "a sum needs the column it adds.")
    column = figure.base.column(figure.column)
    _check_unit(figure, column)
    kind = figure.unit.kind
    _refuse_unless(kind not in _BY_IDENTITY or _is_published(figure), figure.name, _identity_sentence(figure))
    _refuse_unless(kind is not Kind.RATIO, figure.name, "ratios are not added; declare a ratio of two sums.")
    _refuse_unless(kind is not Kind.DATE, figure.name, "days are not added; use min_date, max_date or span_years.")
    _refuse_unless(
        column.time not in {Time.STOCK, Time.CUMULATIVE},
        figure.name,
        f"{column.name} is a {column.time} reading; adding readings of several days counts the same thing again. "
        "Record the movements and add these.",
    )


def _is_published(figure: Figure) -> bool:
    """Whether persons come from a published statistic that stands on a day: told by one row, never added up."""
    return figure.base.published and figure.how is How.BALANCE


def _check_balance(figure: Figure) -> None:
    _check_sum(figure)
    _refuse_unless(
        figure.time is Time.STOCK,
        figure.name,
        "a balance is what stands on a day, so its time is stock; balances of several periods are not added.",
    )


def _check_common(figure: Figure) -> None:
    _refuse_unless(figure.column, figure.name, "a common value needs the column that holds it.")
    _check_unit(figure, figure.base.column(figure.column))
    kind = figure.unit.kind
    _refuse_unless(
        kind not in _BY_IDENTITY | _COUNTABLE | {Kind.DATE},
        figure.name,
        f"{figure.unit.code}s are counted; a common value is a term that every row repeats, such as a rate or a price.",
    )


def _check_unit(figure: Figure, column: Column) -> None:
    _refuse_unless(
        column.unit,
        figure.name,
        f"{column.name} of {figure.base.name} declares no unit; declare it (fen, mu2, or a unit's code).",
    )
    _refuse_unless(
        column.unit == figure.unit.code,
        figure.name,
        f"its unit is {figure.unit.code}, but {column.name} holds {column.unit}; unlike units are not added.",
    )


def _check_count(figure: Figure) -> None:
    _refuse_unless(not figure.column, figure.name, "a count of rows folds no column; use count_distinct.")
    _refuse_unless(figure.unit.kind not in _BY_IDENTITY, figure.name, _identity_sentence(figure))
    _refuse_unless(
        figure.unit.kind in _COUNTABLE, figure.name, f"rows are counted, not measured in {figure.unit.code}."
    )


def _check_distinct(figure: Figure) -> None:
    if figure.unit.kind in _BY_IDENTITY:
        _refuse_unless(figure.identity, figure.name, _identity_sentence(figure))
    _refuse_unless(figure.folded, figure.name, "a distinct count needs the column that tells the things apart.")
    _refuse_unless(
        not (figure.column and figure.identity) or figure.column == figure.identity,
        figure.name,
        "what is counted and the identity are two columns; one of them is meant.",
    )
    _refuse_unless(
        figure.unit.kind is not Kind.PERSON_TIMES,
        figure.name,
        "person-times count every attendance; use count, or count persons by their identity.",
    )
    _refuse_unless(
        figure.unit.kind in _BY_IDENTITY | {Kind.COUNT} or _counts_years(figure),
        figure.name,
        f"{figure.unit.code} is measured, not counted.",
    )
    _refuse_unless(
        not figure.base.column(figure.folded).unit, figure.name, f"{figure.folded} measures; an identity names."
    )


def _counts_years(figure: Figure) -> bool:
    """Whether calendar years told apart by their number are counted: the years in which something happened."""
    named = figure.folded.endswith("year") and figure.base.column(figure.folded).dtype == "int64"
    return figure.unit.code == "year" and named


def _identity_sentence(figure: Figure) -> str:
    return (
        f"{figure.unit.code}s are counted once each, by count_distinct over an `identity` column; rows or sums would "
        "count one of them several times."
    )


def _check_largest(figure: Figure) -> None:
    """The largest of readings that are never added: how many there were at least, where nobody knows who they were."""
    _refuse_unless(figure.column, figure.name, "the largest reading needs the column it reads.")
    column = figure.base.column(figure.column)
    _check_unit(figure, column)
    _refuse_unless(
        column.time in {Time.STOCK, Time.CUMULATIVE},
        figure.name,
        f"{column.name} is no reading; what can be added is added, and only readings have a largest one.",
    )
    _refuse_unless(
        figure.time is not Time.STOCK,
        figure.name,
        "the largest of all readings so far is not what stands on a day, so its time is flow or cumulative.",
    )


def _check_dated(figure: Figure) -> None:
    _refuse_unless(figure.unit.kind is Kind.DATE, figure.name, "a first or last day has the unit date.")
    _refuse_unless(
        figure.column and figure.base.column(figure.column).dtype == "date",
        figure.name,
        "a first or last day needs a column with days.",
    )


_FOLDS = {
    How.SUM: _check_sum,
    How.BALANCE: _check_balance,
    How.COMMON: _check_common,
    How.LARGEST: _check_largest,
    How.COUNT: _check_count,
    How.COUNT_DISTINCT: _check_distinct,
    How.MIN_DATE: _check_dated,
    How.MAX_DATE: _check_dated,
}


def _check_days(figure: Figure) -> None:
    _refuse_unless(figure.day, figure.name, "`on` is missing: without the day of the event nobody can ask as of a day.")
    for name in filter(None, (figure.day, figure.until)):
        _refuse_unless(figure.base.column(name).dtype == "date", figure.name, f"{name} holds no days.")
    _refuse_unless(
        not figure.until or figure.time is Time.STOCK, figure.name, "`until` ends a stock; a flow happens on one day."
    )


def _check_stage(figure: Figure) -> None:
    base = figure.base
    used = {name for name in (figure.column, figure.day, figure.until) if name}
    if figure.how is How.COUNT_DISTINCT:
        used -= {figure.column}
    claims = {name: base.stage_of(name) for name in used}
    for name, claim in claims.items():
        _refuse_unless(
            claim in {None, figure.stage},
            figure.name,
            f"its stage is {figure.stage}, but {base.name}.{name} is {claim}; stages are never mixed in one figure.",
        )
    if not isinstance(base.stage, Stage) and None in claims.values():
        _refuse_unless(
            figure.stage in base.stage.values(),
            figure.name,
            f"no stage code of {base.name} is {figure.stage}; it would count nothing.",
        )


def _check_expression(figure: Figure) -> None:
    rows = figure.counted_rows()
    _refuse_unless(isinstance(rows, ibis.Table), figure.name, "its function must return the rows it counts, a table.")
    had, kept = figure.base.rows().schema(), rows.schema()
    lost = [name for name, dtype in had.items() if kept.get(name) != dtype]
    _refuse_unless(
        not lost,
        figure.name,
        f"its rows lost {', '.join(lost)}; a row must stay one record of {figure.base.name} with all its columns.",
    )
    _check_joins(figure, rows)


def check_derived(figure: Figure, registry: Registry) -> None:
    """A derived figure: its parts are named and of a kind. Parts of other areas are held to it once all are loaded."""
    _refuse_unless(figure.parts, figure.name, "it names no figure it comes from.")
    for name in figure.parts:
        _refuse_unless(
            name in registry or not name.startswith(f"{figure.area}."),
            figure.name,
            f"{name} is not declared above it.",
        )
    if all(name in registry for name in figure.parts):
        _DERIVED[figure.how](figure, registry)


def _check_ratio(figure: Figure, registry: Registry) -> None:
    _refuse_unless(
        figure.numerator and figure.denominator, figure.name, "a ratio needs its numerator and its denominator."
    )
    above, below = registry[figure.numerator], registry[figure.denominator]
    for part in (above, below):
        _refuse_unless(
            part.how not in {How.RATIO, How.SPAN_YEARS, How.COMMON} and not part.how.dated,
            figure.name,
            f"{part.name} is a {part.how}; a ratio is divided from two amounts.",
        )
    if figure.unit.kind is Kind.RATIO:
        _refuse_unless(
            above.unit == below.unit,
            figure.name,
            f"{above.unit.code} is no share of {below.unit.code}; a ratio compares like with like.",
        )
    else:
        _refuse_unless(
            figure.unit == above.unit and below.unit.kind is not Kind.MONEY,
            figure.name,
            f"its unit must be a ratio, or {above.unit.code} per thing counted.",
        )
    _check_stages_of_parts(figure, (above,))
    _refuse_unless(
        below.stage is (figure.against or figure.stage),
        figure.name,
        f"{below.name} is {below.stage}; a {figure.stage} figure is held against it only where `against` says so.",
    )


def _check_span(figure: Figure, registry: Registry) -> None:
    _refuse_unless(figure.unit.code == "year", figure.name, "a span is counted in whole years.")
    _refuse_unless(figure.begins, figure.name, "a span needs the figure it begins with.")
    for part in registry.parts_of(figure):
        _refuse_unless(part.how.dated, figure.name, f"{part.name} is no day.")


def _check_total(figure: Figure, registry: Registry) -> None:
    parts = registry.parts_of(figure)
    _refuse_unless(len(parts) > 1, figure.name, "a total needs at least two figures.")
    _refuse_unless(len(set(figure.parts)) == len(parts), figure.name, "a total counts a figure once.")
    for part in parts:
        _refuse_unless(
            part.unit == figure.unit,
            figure.name,
            f"{part.name} is in {part.unit.code}, the total in {figure.unit.code}; unlike units are never added.",
        )
        _refuse_unless(
            part.how not in {How.COUNT_DISTINCT, How.RATIO, How.SPAN_YEARS, How.COMMON, How.LARGEST}
            and not part.how.dated,
            figure.name,
            f"{part.name} is a {part.how}; it cannot be added without counting something twice or averaging.",
        )
        _refuse_unless(part.unit.kind not in _BY_IDENTITY, figure.name, _identity_sentence(part))
        _refuse_unless(
            figure.time in _BUILT_FROM and part.time in _BUILT_FROM[figure.time],
            figure.name,
            f"{part.name} is a {part.time}; summed into a {figure.time} it would be counted again for every day.",
        )
    _check_stages_of_parts(figure, parts)


def _check_stages_of_parts(figure: Figure, parts: tuple[Figure, ...]) -> None:
    for part in parts:
        _refuse_unless(
            part.stage is figure.stage,
            figure.name,
            f"{part.name} is {part.stage}, not {figure.stage}; stages are never mixed in one figure.",
        )


_DERIVED = {How.RATIO: _check_ratio, How.SPAN_YEARS: _check_span, How.TOTAL: _check_total}


def complete(registry: Registry) -> None:
    """Hold derived figures to their parts, once all areas are loaded."""
    for figure in registry:
        if figure.how.derived:
            registry.parts_of(figure)
            check_derived(figure, registry)
            _refuse_unless(not _reaches(figure, figure.name, registry), figure.name, "it is derived from itself.")


def _check_joins(figure: Figure, rows: ibis.Table) -> None:
    """Keys are unique inside a scope only, so a join by key says that it stays inside the scope."""
    for link in rows.op().find(ops.JoinLink):
        names = {field.name for predicate in link.predicates for field in predicate.find(ops.Field, ops.Value)}
        keys = {name for name in names if figure.base.columns.get(name, _NO_KEY).scoped}
        _refuse_unless(
            not keys or "scope_id" in names,
            figure.name,
            f"it joins by {', '.join(sorted(keys))} alone; another scope may use the same key. "
            "Join with declare.refers(rows, column, to).",
        )
        for predicate in link.predicates:
            _refuse_unless(
                isinstance(predicate, ops.Comparison) and all(map(_of_one_table, (predicate.left, predicate.right))),
                figure.name,
                "one condition of a join looks at both tables on one side, so that an engine goes through all pairs of "
                "rows. Compute the column first (mutate), or compare with a far day instead of asking for null.",
            )


def _of_one_table(side: ops.Value) -> bool:
    return len({field.rel for field in side.find(ops.Field, ops.Value)}) <= 1


def _reaches(figure: Figure, name: str, registry: Registry) -> bool:
    """Whether `name` is among the parts of a figure, at any depth; a chain longer than the registry is a circle."""
    level = set(figure.parts)
    for _ in range(len(registry)):
        if name in level:
            return True
        level = {part for each in level for part in registry[each].parts}
    return False
