"""Tables as figures see them: the columns they may read, each with its unit, stage and behaviour in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import ibis

from shanhai.base import units
from shanhai.figures.terms import DeclarationError, Stage, Time

RECORD_COLUMNS = {
    "id": "int64", "key": "string", "scope_id": "int64", "scheme": "string", "owner_side": "string", "stage": "string",
    "entry": "int64",
}  # fmt: skip
"""The columns every record table has (a view handed to figures must offer them too)."""

_PLAIN = {"string": "string", "int64": "int64", "bool": "boolean", "date": "date"}
_MEASURED = {"fen": ("CNY", 100), "mu2": ("mu", 100), "permyriad": ("percent", 100), "kg2": ("tonne", 100_000)}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its engine type, and, where it measures something, in which unit and how finely.

    `scale` stored whole numbers make one unit (100 fen are a yuan). `stage` and `time` are None where the table's
    hold, or where nothing is said.
    """

    name: str
    dtype: str
    unit: str | None = None
    scale: int = 1
    stage: Stage | None = None
    time: Time | None = None

    @property
    def scoped(self) -> bool:
        """Whether its values are keys that are unique only inside a scope."""
        return self.name == "key" or self.name.endswith("_key")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A record type as figures read it: `name` is area.record, `relation` the database's name for it.

    `stage` says what a row claims: one stage for all rows, or the stage of a claim for each code in its column `stage`.
    `published` marks a table of statistics somebody else published: each row tells a number nobody counted here.
    """

    name: str
    relation: str
    columns: Mapping[str, Column]
    stage: Stage | Mapping[str, Stage]
    published: bool = False

    def rows(self) -> ibis.Table:
        """The unbound table expression over all declared columns."""
        return ibis.table({column.name: column.dtype for column in self.columns.values()}, name=self.relation)

    def column(self, name: str) -> Column:
        """The column of this name; an unknown one is refused with the names there are."""
        if name not in self.columns:
            raise DeclarationError(f"{self.name} has no column {name!r}; it declares {', '.join(self.columns)}.")
        return self.columns[name]

    def stage_of(self, column: str) -> Stage | None:
        """The stage a column's values claim; None where the row's own stage code decides."""
        own = self.column(column).stage
        return own or (self.stage if isinstance(self.stage, Stage) else None)


def table(
    name: str,
    /,
    *,
    relation: str = "",
    stage: str | Mapping[str, str] = "",
    published: bool = False,
    **columns: str,
) -> Table:
    """Declare the table `area.record` with the columns figures may read, beside those every record has.

    A column says what it holds: `string`, `int64`, `bool`, `date`; `fen` (money, whole fen), `mu2` (area, hundredths
    of a mu), `permyriad` (a percentage in hundredths of a per cent), `kg2` (weight, hundredths of a kilogram), or the
    code of a unit counted in whole numbers (`person_time`, `school_place`). `@stage` after it marks what the column claims where it differs from the table
    (`fen@planned`, `date@signed`); `~stock` or `~cumulative` marks a reading that must not be added over time.

    Every record says in its column `stage` what it claims, and a figure counts only rows of its own stage. A table
    whose rows all claim one thing may say so (`stage="signed"`), one with other codes gives a mapping from these.
    Columns named `key` or `…_key` hold keys unique inside a scope: counted distinct, they are told apart by scope.
    `published=True`: its rows are published statistics, so a figure of persons may take its value from one of them.
    """
    if name.count(".") != 1:
        raise DeclarationError(f"A table is named area.record, not {name!r}.")
    if taken := RECORD_COLUMNS.keys() & columns.keys():
        raise DeclarationError(f"{name}: {', '.join(sorted(taken))} is in every record; do not declare it again.")
    specs = RECORD_COLUMNS | columns
    return Table(
        name=name,
        relation=relation or name.replace(".", "_"),
        columns=MappingProxyType({column: _column(name, column, spec) for column, spec in specs.items()}),
        stage=_stages(name, stage),
        published=published,
    )


def _stages(table_name: str, stage: str | Mapping[str, str]) -> Stage | Mapping[str, Stage]:
    try:
        if isinstance(stage, str):
            return Stage(stage) if stage else MappingProxyType({str(claim): claim for claim in Stage})
        return MappingProxyType({code: Stage(claim) for code, claim in stage.items()})
    except ValueError as wrong:
        raise DeclarationError(f"{table_name}: {wrong}; stages are {', '.join(Stage)}.") from wrong


def _column(table_name: str, name: str, spec: str) -> Column:
    rest, _, stage = spec.partition("@")
    kind, _, time = rest.partition("~")
    try:
        return Column(name, *_typed(kind), stage=Stage(stage) if stage else None, time=Time(time) if time else None)
    except (ValueError, KeyError) as wrong:
        raise DeclarationError(
            f"{table_name}.{name} is declared {spec!r}, which is no column type: use string, int64, bool, date, fen, "
            f"mu2, permyriad, kg2 or the code of a unit, with @stage and ~stock or ~cumulative where needed."
        ) from wrong


def _typed(kind: str) -> tuple[str, str | None, int]:
    if kind in _PLAIN:
        return _PLAIN[kind], "date" if kind == "date" else None, 1
    if kind in _MEASURED:
        return "int64", *_MEASURED[kind]
    return "int64", units.unit(kind).code, 1
