"""Opening a figure: the rows behind its value, from the same expression, and the value folded from them again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shanhai.base.findings import WrongUse
from shanhai.figures import declare, evaluating, folding, listing
from shanhai.figures.compiling import Leaf
from shanhai.figures.engines import Engine
from shanhai.figures.folding import Folded, Value
from shanhai.figures.model import Figure, Registry
from shanhai.figures.terms import How, State
from shanhai.figures.windows import Window

_OPEN_NAME = re.compile(r"(?P<name>[a-z_]+\.[a-z0-9_]+)(?:\[(?P<slice>[^\[\]]*)\])?")
#: Beyond so many rows a page of them is listed and the engine folds them all; Python folds fewer row by row.
MANY = 5_000
_NAMED = 4
_PERSONAL = {"person", "household"}


class DisagreementError(Exception):
    """A value and its rows say different things: the program is wrong, and neither may be shown."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows to show: `size` of them (None: all) after the first `offset`."""

    offset: int = 0
    size: int | None = None

    def shows(self, number: int) -> bool:
        """Whether the row of this number (from 0) is on the page."""
        return self.offset <= number and (self.size is None or number < self.offset + self.size)


@dataclass(frozen=True, slots=True)
class Opened:
    """A value with the rows behind it.

    `fold` is the value computed again from all rows, not only those of the page: in Python, and where a page of very
    many is asked for, by the engine from the list of rows. Each row has `record`
    ("funds.allocation:" and its key), `journal` (the entry that last wrote it), `part` (the figure it was counted in,
    where the value is derived), and the columns that were folded or place it; money is Decimal yuan under the
    column's name without `_fen`. Persons are told apart by a number that means nothing outside this answer.
    """

    name: str
    value: Value
    fold: Value
    rows: tuple[dict[str, Any], ...]
    total_rows: int

    @property
    def how(self) -> str:
        """How the rows fold."""
        return str(self.value.figure.how)


def open_name(figure: str, slice: Mapping[str, str] | None = None) -> str:  # noqa: A002 - the word `open` uses
    """The name `open` takes: `funds.arranged[field=education]`; the figure's own name where nothing narrows it."""
    told = ",".join(f"{_escaped(label)}={_escaped(value)}" for label, value in sorted((slice or {}).items()))
    return f"{figure}[{told}]" if told else figure


def parse_open_name(name: str) -> tuple[str, dict[str, str]]:
    """Figure and slice from a name made by `open_name`; anything else is refused with a sentence."""
    if not (found := _OPEN_NAME.fullmatch(name.strip())):
        raise WrongUse(f"“{name}”不是指标名；应写作 funds.arranged 或 funds.arranged[field=education]。")
    pairs = [pair.partition("=") for pair in (found["slice"] or "").split(",") if pair]
    if any(not (label and sign and value) for label, sign, value in pairs):
        raise WrongUse(f"“{name}”方括号里应写作 名称=值，多项之间用英文逗号分开。")
    return found["name"], {_unescaped(label): _unescaped(value) for label, _, value in pairs}


def _escaped(text: str) -> str:
    return re.sub(r"[%,=\[\]]", lambda found: f"%{ord(found[0]):02X}", text)


def _unescaped(text: str) -> str:
    return re.sub(r"%([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), text)


def open_figure(
    figure: Figure,
    engine: Engine,
    window: Window,
    *,
    slice: Mapping[str, str] | None = None,  # noqa: A002
    page: Page | None = None,
    scope_codes: Mapping[int, str] | None = None,
    registry: Registry | None = None,
) -> Opened:
    """Open a figure: its value, all its rows folded again, and one page of them.

    Rows whose fold is another number than the value, or a record counted twice, stop with `DisagreementError`. Value
    and rows are two statements, so on a changing database a caller holds one snapshot (repeatable read) around them.
    A withheld value shows no rows. `scope_codes` gives the code of each scope by id, to name a record
    `funds.allocation:331081-511381/FP-2021-003`; without it the record is named by its key alone.
    """
    known, narrowed, shown = registry or declare.registry(), dict(slice or {}), page or Page()
    value = evaluating.evaluate([figure], engine, window, slice=narrowed, registry=known)[figure.name]
    name = open_name(figure.name, narrowed)
    if value.state not in {State.VALUE, State.BLANK}:
        return Opened(name, value, value, (), value.rows)
    folded: dict[Leaf, Folded] = {}
    rows: list[dict[str, Any]] = []
    before = 0
    for leaf in dict.fromkeys(folding.leaves(figure, known)):
        listed = _Listing(leaf, derived=figure.how.derived, scope_codes=scope_codes or {})
        text = listing.text_of(leaf, engine, window, narrowed)
        many = shown.size is not None and value.rows > MANY
        read = listed.read_part if many else listed.read
        folded[leaf], told = read(text, engine, page=shown, before=before)
        rows += told
        before += folded[leaf].rows
    fold = folding.value_of(Leaf(figure, figure.time), registry=known, window=window, folded=folded, labels=narrowed)
    if (fold.amount, fold.state, fold.rows) != (value.amount, value.state, value.rows):
        raise DisagreementError(
            f"{name}：记录合计为 {fold.plain}（{fold.rows} 条），与指标值 {value.plain}（{value.rows} 条）不符。"
        )
    return Opened(name, value, fold, tuple(rows), before)


class _Listing:
    """Reads the rows of one leaf: folds them all, tells those of a page."""

    def __init__(self, leaf: Leaf, *, derived: bool, scope_codes: Mapping[int, str]) -> None:
        self.leaf = leaf
        self.derived = derived
        self.scope_codes = scope_codes
        self.columns = listing.columns_of(leaf.figure)
        self._numbers: dict[Any, int] = {}

    def read(self, text: str, engine: Engine, *, page: Page, before: int) -> tuple[Folded, list[dict[str, Any]]]:
        """The fold of all lines, and the rows on the page when `before` rows of other parts came first."""
        rows: list[dict[str, Any]] = []
        seen: set[int] = set()

        def cells() -> Iterator[Any]:
            for number, line in enumerate(engine.fetch(text)):
                cell = dict(zip(self.columns, line, strict=True))
                if cell["id"] in seen:
                    raise DisagreementError(f"{self.leaf.figure.name}：记录 {cell['key']} 被计入两次。")
                seen.add(cell["id"])
                if page.shows(before + number):
                    rows.append(self._told(cell))
                yield self._folded(cell)

        amount = folding.fold(self.leaf.figure, cells())
        return Folded(amount, len(seen)), rows

    def read_part(self, text: str, engine: Engine, *, page: Page, before: int) -> tuple[Folded, list[dict[str, Any]]]:
        """The same where there are very many rows: the engine folds its list, only the page is fetched."""
        folded, records = listing.folded_by_engine(self.leaf, text, engine)
        if records != folded.rows:
            raise DisagreementError(f"{self.leaf.figure.name}：{folded.rows} 行里只有 {records} 条不同的记录。")
        first = max(0, page.offset - before)
        last = min(folded.rows, page.offset + (page.size or 0) - before)
        lines = listing.part_of(text, engine, first=first, size=last - first) if last > first else []
        return folded, [self._told(dict(zip(self.columns, line, strict=True))) for line in lines]

    def _folded(self, cell: Mapping[str, Any]) -> Any:
        """What the fold reads of a row; a key together with the scope in which it is unique."""
        name = self.leaf.figure.folded
        if not name:
            return cell["id"]
        scoped = self.leaf.figure.how is How.COUNT_DISTINCT and self.leaf.figure.base.column(name).scoped
        return (cell["scope_id"], cell[name]) if scoped and cell[name] is not None else cell[name]

    def _told(self, cell: Mapping[str, Any]) -> dict[str, Any]:
        figure = self.leaf.figure
        code = self.scope_codes.get(cell["scope_id"])
        key = f"{code}/{cell['key']}" if code else cell["key"]
        row = {"record": f"{figure.base.name}:{key}", "journal": cell["entry"]}
        if self.derived:
            row["part"] = figure.name
        for name in self.columns[_NAMED:]:
            if name == figure.identity and figure.unit.code in _PERSONAL:
                row[name] = self._numbers.setdefault(self._folded(cell), len(self._numbers) + 1)
            else:
                row |= dict([self._measured(name, cell[name])])
        return row

    def _measured(self, name: str, cell: Any) -> tuple[str, Any]:
        """A cell as a reader sees it: money in yuan, area in mu, a day as a day."""
        column = self.leaf.figure.base.column(name)
        if column.scale == 1 or cell is None:
            return name, cell
        shown = name.removesuffix("_fen").removesuffix("_mu2").removesuffix("_permyriad").removesuffix("_kg2")
        return shown, folding.in_unit(int(cell), column.scale)


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for JSON: money and days as text."""
    return {name: _plain(cell) for name, cell in row.items()}


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat() if isinstance(cell, date) else cell
