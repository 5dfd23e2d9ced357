"""How commands print: JSON alone on standard output, or tables for people."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table

CONSOLE = Console(highlight=False)


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no JSON form here")


def print_json(answer: object) -> None:
    """One JSON document on standard output."""
    CONSOLE.file.write(json.dumps(answer, ensure_ascii=False, default=_plain) + "\n")


def print_table(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A table for people."""
    table = Table(*columns, title=title, title_justify="left")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    CONSOLE.print(table)


def say(sentence: str) -> None:
    """A sentence for people."""
    CONSOLE.print(sentence, markup=False)
