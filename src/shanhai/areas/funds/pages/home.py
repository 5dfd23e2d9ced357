"""What funds put on the home page: the money of each year, issued, arranged and paid, each bar opening its figure."""

from decimal import Decimal
from typing import Any

from shanhai.asking import values
from shanhai.base.language import say
from shanhai.figures import declare
from shanhai.web import amounts, charts
from shanhai.web.charts import Bar
from shanhai.web.declare import Look, home_section
from shanhai.web.drawings import inline

FIGURES = ("funds.issued", "funds.arranged", "funds.paid_out")


@home_section("各年资金", "funds/home_money.html", order=20)
def money_on_home(look: Look) -> dict[str, Any] | None:
    """Issued, arranged and paid by year since the pairing began, as bars and as a table."""
    chosen = [declare.registry()[name] for name in FIGURES]
    found = values.many_by_year(look.asked, chosen, as_of=look.day)
    years = [year for year, line in found.items() if any(isinstance(value.amount, Decimal) for value in line.values())]
    if len(years) < 2:
        return None
    shown = range(years[0], years[-1] + 1)
    by, unit = charts.drawn_unit({year: found[year]["funds.issued"] for year in shown})
    bars, rows = [], []
    for year in shown:
        cells: list[dict[str, Any]] = [{"text": str(year), "head": True}]
        for figure in chosen:
            value, word = found[year][figure.name], amounts.figure_word(figure)
            url = amounts.figure_url(figure.name, look.scope.code, year=year, as_of=look.day.isoformat())
            cells.append({"text": amounts.text(value), "number": True, "label": word, "url": url})
            if isinstance(value.amount, Decimal):
                told = say("{year} 年{figure}：{value} 元", year=year, figure=word, value=amounts.text(value))
                bars.append(Bar(str(year), value.amount / by, told, url, word))
        rows.append({"cells": cells})
    title = say("下达、安排和支付的资金（{unit}）", unit=unit)
    drawn = charts.bars(bars, order=[str(year) for year in shown], width=720)
    columns = [
        {"label": say("年份")},
        *({"label": say("{figure}（元）", figure=amounts.figure_word(figure)), "number": True} for figure in chosen),
    ]
    return {
        "title": title,
        "svg": inline(drawn, label=title),
        "table": {"caption": title, "hide_caption": True, "stack": True, "columns": columns, "rows": rows},
    }
