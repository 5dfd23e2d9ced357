"""`figures` and `open`."""

from datetime import date
from typing import Any

from shanhai.access.sessions import acting_as
from shanhai.asking import scopes, values
from shanhai.base.dates import MachineClock, today
from shanhai.cli.printing import print_json, print_table
from shanhai.figures import declare
from shanhai.figures.folding import Value
from shanhai.figures.opening import Page, plain_row

PAGE = 10_000


def figures(*, pairing: str | None, year: int | None, as_of: date | None, user: str, as_json: bool) -> int:
    """Every figure of a pairing."""
    with acting_as(user):
        asked = scopes.ask(pairing)
        found = values.values(asked, values.window_of(asked, as_of=as_of or today(MachineClock()), year=year))
    if as_json:
        print_json({"figures": [_line(name, value) for name, value in sorted(found.items())]})
        return 0
    registry = declare.registry()
    print_table(
        asked.scope.name, ("指标", "名称", "值", "单位", "阶段", "行数"),
        ((name, registry[name].zh, value.plain if value.amount is not None else value.state.zh, registry[name].unit.zh,
          registry[name].stage, value.rows) for name, value in sorted(found.items())),
    )  # fmt: skip
    return 0


def _line(name: str, value: Value) -> dict[str, Any]:
    figure = value.figure
    return {
        "figure": name, "value": value.plain, "unit": figure.unit.code, "stage": str(figure.stage), "rows": value.rows,
        "state": str(value.state),
    }  # fmt: skip


def open_figure(
    *, figure: str, pairing: str | None, year: int | None, as_of: date | None, user: str, as_json: bool, page: int
) -> int:
    """One figure with its rows."""
    with acting_as(user):
        asked = scopes.ask(pairing)
        window = values.window_of(asked, as_of=as_of or today(MachineClock()), year=year)
        opened = values.opened(asked, figure, window, page=Page((page - 1) * PAGE, PAGE))
    if as_json:
        print_json({
            "figure": opened.name, "value": opened.value.plain, "how": opened.how, "fold": opened.fold.plain,
            "rows": [plain_row(row) for row in opened.rows], "total_rows": opened.total_rows,
        })  # fmt: skip
        return 0
    columns = list(opened.rows[0]) if opened.rows else ["record"]
    print_table(
        f"{opened.name} = {opened.value.plain}（{opened.how}；{opened.total_rows} 行）",
        columns, ([row.get(column) for column in columns] for row in opened.rows),
    )  # fmt: skip
    return 0
