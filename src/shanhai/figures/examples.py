"""Examples of figures that an official can read, kept as YAML beside the area and run on DuckDB in memory.

    - figure: funds.paid_out
      name: 一月二日的支付计入新年度
      given:
        funds.payment:
          - {key: p1, amount: 1200000, paid_on: 2024-12-31}
          - {key: p2, amount: 300000.50, paid_on: 2025-01-02}
      with: {year: 2025}
      expect: {value: 300000.50, unit: 元, rows: [p2]}

Money is told in yuan under the column's name without `_fen` (area in mu without `_mu2`, a percentage in per cent without
`_permyriad`). `with` takes `year`, or
`start` and `end`, and `slice`, `scopes`, `kinds`. `expect` takes `value` or `state`, `unit` (code, 元 or 万元) and
`rows`: their keys, or their number.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from shanhai.base.findings import Finding, Place
from shanhai.base.units import Kind
from shanhai.figures import opening
from shanhai.figures.engines import DuckEngine
from shanhai.figures.model import Figure, Registry
from shanhai.figures.opening import Opened
from shanhai.figures.tables import Table
from shanhai.figures.terms import State
from shanhai.figures.windows import Window

_DEFAULTS = {"scope_id": 1, "scheme": "east_west", "owner_side": "west", "stage": "achieved"}
_WHOLE = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


def load(file: Path) -> list[dict[str, Any]]:
    """The examples of a file."""
    return list(yaml.load(file.read_text(encoding="utf-8"), Loader=_Exact) or ())  # noqa: S506 - a safe loader


class _Exact(yaml.SafeLoader):
    """Reads amounts as they are written: a number with a point is a Decimal, never a float."""


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


_Exact.add_constructor("tag:yaml.org,2002:float", _decimal)


def findings(example: Mapping[str, Any], registry: Registry) -> list[Finding]:
    """What an example expects and the figure does not give; none where they agree."""
    figure = registry[example["figure"]]
    asked = dict(example.get("with", {}))
    opened = opening.open_figure(
        figure, _engine(figure, example.get("given", {}), registry), _window(asked), slice=asked.get("slice"),
        registry=registry,
    )  # fmt: skip
    expected = example["expect"]
    given = {
        "state": str(opened.value.state),
        "value": opened.value.amount,
        "unit": expected.get("unit"),
        "rows": _rows(opened, expected.get("rows")),
    }
    wanted = {"state": "value" if "value" in expected else given["state"]} | dict(expected)
    if "value" in expected:
        wanted["value"] = _amount(expected["value"], expected.get("unit", ""))
    if not _is_unit(expected.get("unit", figure.unit.code), figure):
        given["unit"] = figure.unit.code
    return [
        Finding(
            code=f"figures.example.{word}",
            message=f"{example['figure']}“{example['name']}”：{word} 应为 {wanted[word]}，算得 {given[word]}。",
            place=Place(file=example["figure"]),
            found=str(given[word]),
            expected=str(wanted[word]),
        )
        for word in wanted
        if wanted[word] != given[word]
    ]


def _engine(figure: Figure, given: Mapping[str, Iterable[Mapping[str, Any]]], registry: Registry) -> DuckEngine:
    tables = dict.fromkeys(table for leaf in registry.counted(figure) for table in leaf.reads)
    names = {table.name: table for table in tables}
    if unknown := given.keys() - names.keys():
        raise ValueError(f"{figure.name} does not read {', '.join(sorted(unknown))}, only {', '.join(sorted(names))}.")
    return DuckEngine.holding(
        {
            table: [_record(table, number, told) for number, told in enumerate(given.get(table.name, ()), start=1)]
            for table in tables
        },
        _connection(),
    )


@cache
def _connection() -> "duckdb.DuckDBPyConnection":
    """One DuckDB for all examples: opening one takes longer than ten examples."""
    return duckdb.connect(":memory:", config={"threads": 1})


def _record(table: Table, number: int, told: Mapping[str, Any]) -> dict[str, Any]:
    """A full row from what an example tells of it; the other columns are as an ordinary record has them."""
    texts = {column.name: "" for column in table.columns.values() if column.dtype == "string"}
    row: dict[str, Any] = texts | _DEFAULTS | {"id": number, "key": str(number), "entry": number}
    short = {
        name.removesuffix("_fen").removesuffix("_mu2").removesuffix("_permyriad").removesuffix("_kg2"): name
        for name in table.columns
    }
    for word, cell in told.items():
        column = table.column(word if word in table.columns else short.get(word, word))
        row[column.name] = cell if word == column.name or cell is None else int(Decimal(str(cell)) * column.scale)
    return row


def _window(asked: Mapping[str, Any]) -> Window:
    scopes = tuple(asked["scopes"]) if "scopes" in asked else None
    kinds = frozenset(asked.get("kinds", ()))
    if "year" in asked:
        end = asked.get("end", date(asked["year"], 12, 31))
        return Window(end=end, scopes=scopes, kinds=kinds).year(asked["year"])
    return Window(start=asked.get("start"), end=asked["end"], scopes=scopes, kinds=kinds)


def _amount(told: Any, unit: str) -> Decimal | date:
    return told if isinstance(told, date) else Decimal(str(told)) * _WHOLE.get(unit, 1)


def _is_unit(told: str, figure: Figure) -> bool:
    money = figure.unit.kind is Kind.MONEY and told in _WHOLE
    return money or told in {figure.unit.code, figure.unit.zh}


def _rows(opened: Opened, wanted: Any) -> Any:
    """The rows as the example tells them: keys in its order of telling, or their number."""
    if not isinstance(wanted, list):
        return opened.total_rows if opened.value.state in {State.VALUE, State.BLANK} else opened.value.rows
    keys = [str(row["record"]).partition(":")[2] for row in opened.rows]
    told = [str(key) for key in wanted]
    return wanted if sorted(keys) == sorted(told) else sorted(keys)
