"""Issued, arranged and paid year by year, as a drawing whose bars open and as a table."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from shanhai.areas.funds.pages.choices import table_of
from shanhai.asking import values
from shanhai.asking.scopes import Asked
from shanhai.base.language import say
from shanhai.figures import evaluating
from shanhai.figures.folding import Value
from shanhai.web import amounts, charts
from shanhai.web.charts import Bar
from shanhai.web.drawings import inline

_BY_YEAR = ("funds.issued", "funds.arranged", "funds.paid_out")


def chart_of(asked: Asked, years: Sequence[int], day: date) -> dict[str, Any] | None:
    """Issued, arranged and paid in each of the years as of a day; nothing where money moved in fewer than two."""
    figures = [amounts.declared(name) for name in _BY_YEAR]
    windows = [values.window_of(asked, as_of=day, year=year) for year in years]
    found = dict(zip(years, evaluating.evaluate_windows(figures, values.engine(), windows), strict=True))
    drawable = {
        year: one for year, one in found.items() if any(isinstance(each.amount, Decimal) for each in one.values())
    }
    if len(drawable) < 2:
        return None
    return {
        "title": say("各年下达、安排与支付（万元）"),
        "svg": inline(_drawn(asked, drawable, day), label=say("各年下达、安排与支付")),
        "table": _year_table(asked, drawable, day),
    }


def _drawn(asked: Asked, found: Mapping[int, Mapping[str, Value]], day: date) -> str:
    bars = [
        Bar(
            str(year),
            value.amount / 10_000,
            say("{figure}：{year} 年 {value} {unit}", figure=amounts.figure_word(value.figure), year=year, value=amounts.text(value), unit=amounts.unit_word(value.figure)),
            amounts.figure_url(name, asked.scope.code, year=year, as_of=day),
            amounts.figure_word(value.figure),
        )
        for year, one in found.items()
        for name, value in one.items()
        if isinstance(value.amount, Decimal)
    ]  # fmt: skip
    return charts.bars(bars, order=[str(year) for year in found], width=900)


def _year_table(asked: Asked, found: Mapping[int, Mapping[str, Value]], day: date) -> dict[str, Any]:
    columns: list[dict[str, Any]] = [
        {"label": say("年份")},
        *({"label": amounts.figure_word(amounts.declared(name)), "number": True} for name in _BY_YEAR),
    ]
    rows: list[list[dict[str, Any]]] = [
        [
            {"text": str(year), "head": True},
            *({"text": _told(one[name]), "number": True, "url": amounts.figure_url(name, asked.scope.code, year=year, as_of=day)} for name in _BY_YEAR),
        ]
        for year, one in found.items()
    ]  # fmt: skip
    return table_of(say("各年数值"), columns, rows)


def _told(value: Value) -> str:
    shown = amounts.told(value)
    return f"{shown['value']} {shown['unit']}" if shown["value"] else amounts.state(value)["label"]
