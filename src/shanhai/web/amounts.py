"""Values of figures as pages write them: exact, in a unit one can read, each of the five states in its word."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from shanhai.base.language import noted, say
from shanhai.base.units import Kind
from shanhai.figures import declare
from shanhai.figures.folding import Value
from shanhai.figures.model import Figure
from shanhai.figures.opening import open_name, parse_open_name
from shanhai.figures.terms import State
from shanhai.web.reading import UNITS, reading
from shanhai.web.wording import cell, label, model_named, with_query

_WAN = 10_000
WHY = {
    State.VALUE: "",
    State.BLANK: noted("没有登记过可以计入的记录；没有记录不等于零。"),
    State.NOT_APPLICABLE: noted("这个问题在这里没有答案，例如除数为零，或这类范围没有这项指标。"),
    State.NOT_YET_DUE: noted("所问的时段还没有到，或还没有结束。"),
    State.WITHHELD: noted("人数太少，显示出来可能指向个人。"),
}


def told(value: Value) -> dict[str, str]:
    """A value in three texts: `value` and `unit` as shown large, `exact` where the large one is another unit."""
    amount, unit = value.amount, value.figure.unit
    if amount is None:
        return {"value": "", "unit": "", "exact": ""}
    if isinstance(amount, date):
        return {"value": amount.isoformat(), "unit": "", "exact": ""}
    if unit.kind is Kind.MONEY:
        return _told_money(amount)
    return {"value": _trimmed(amount), "unit": unit_word(value.figure), "exact": ""}


def _told_money(yuan: Decimal) -> dict[str, str]:
    chosen = reading().unit
    if chosen == "auto":
        chosen = "wan" if abs(yuan) >= _WAN and yuan % 1 == 0 else "yuan"
    word = say({"yuan": noted("元"), "wan": noted("万元"), "yi": noted("亿元")}[chosen])
    if chosen == "yuan":
        return {"value": f"{yuan:,.2f}", "unit": word, "exact": ""}
    return {"value": _trimmed(yuan / UNITS[chosen]), "unit": word, "exact": f"{yuan:,.2f} {say('元')}"}


def text(value: Value) -> str:
    """A value in one text without its unit: money in yuan to the fen, a state in its word."""
    amount = value.amount
    if amount is None:
        return say(value.state.zh)
    if isinstance(amount, date):
        return amount.isoformat()
    return f"{amount:,.2f}" if value.figure.unit.kind is Kind.MONEY else _trimmed(amount)


def difference(before: Value, after: Value) -> str:
    """By how much a value moved; a dash where one of the two is no number."""
    if not (isinstance(before.amount, Decimal) and isinstance(after.amount, Decimal)):
        return "–"
    gap = after.amount - before.amount
    return f"{gap:+,.2f}" if after.figure.unit.kind is Kind.MONEY else f"{gap:+,}"


def _trimmed(amount: Decimal) -> str:
    shown = f"{amount:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def state(value: Value) -> dict[str, str]:
    """The state for a badge: its code, its word, and what it means."""
    zero = value.state is State.VALUE and isinstance(value.amount, Decimal) and value.amount == 0
    word = say("有记录，为零") if zero else say(value.state.zh) or say("有数值")
    return {"code": "zero" if zero else str(value.state), "label": word, "why": say(WHY[value.state])}


def unit_word(figure: Figure) -> str:
    """The unit beside a number; a day has none."""
    return "" if figure.unit.kind is Kind.DATE else say(figure.unit.zh)


def figure_word(figure: Figure) -> str:
    """What a figure is called in the language being read; its declaration says it in both."""
    return figure.zh if reading().language == "zh-hans" else figure.en


def declared(name: str) -> Figure:
    """The figure of a name that may narrow it."""
    return declare.registry()[parse_open_name(name)[0]]


def figure_url(name: str, scope: str, **asked: Any) -> str:
    """The page of a figure in a pairing."""
    return with_query(reverse("figure", args=[name]), scope=scope, **asked)


def figure_label(figure: Figure, name: str) -> str:
    """What a figure is called under a name that may narrow it: 安排协作资金（领域：教育帮扶）."""
    _, narrowed = parse_open_name(name)
    told_parts = [
        say("{name}：{value}", name=slice_label(figure, each), value=slice_value(figure, each, value))
        for each, value in narrowed.items()
    ]
    word = figure_word(figure)
    return say("{figure}（{parts}）", figure=word, parts=say("，").join(told_parts)) if told_parts else word


def slice_label(figure: Figure, name: str) -> str:
    """What a narrowing is called, from the column it reads."""
    if name not in figure.slices:
        return name
    word = label(model_named(figure.base.name), figure.slices[name])
    return say("项目") if name == "project" else word


def slice_value(figure: Figure, name: str, value: str) -> str:
    """What a value of a narrowing is called."""
    if name not in figure.slices:
        return value
    return cell(model_named(figure.base.name), figure.slices[name], value)


def narrowed_name(figure: Figure, narrowed: dict[str, str]) -> str:
    """The name of a figure under a narrowing."""
    return open_name(figure.name, {key: value for key, value in narrowed.items() if value})
